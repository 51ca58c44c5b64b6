//! Which place each mention means, and why; relative and vague places as geometry.

mod about;
pub mod area;
mod beside;
mod candidate;
mod choose;
mod confidence;
pub mod corrections;
pub mod feature;
mod home;
mod links;
mod report;
mod resolution;
mod tally;
pub mod train;
pub mod weights;
mod whole;

pub use about::About;
pub use choose::{located, resolve};
pub use home::{Home, home};
pub use resolution::{Located, Reason, Resolution, RunnerUp};

//! Which place each mention means, and why; relative and vague places as geometry.

pub mod area;
mod choose;
pub mod corrections;
mod evidence;
mod resolution;
pub mod weights;

pub use choose::{located, resolve};
pub use resolution::{Located, Reason, Resolution, RunnerUp};

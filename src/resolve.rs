//! Which place each mention means, and why; relative and vague places as geometry.

mod resolution;

pub use resolution::{Located, Reason, Resolution, RunnerUp};

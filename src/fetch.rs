//! Asking other machines for files: few, slowly, and only where it is meant to go. Knows nothing of stores or reports.
//!
//! The one floor that reaches out; it is used by `dalil watch` alone. Everything that comes from outside has an end here: in time, in
//! bytes, in redirects.

mod address;
mod get;
mod host;
mod robots;

pub use address::{checked, is_public};
pub use get::{Answer, Client, Failure, Known, Manners, Private};
pub use host::{asked_to_wait, next_try};
pub use robots::Robots;

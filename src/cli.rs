//! The commands.

pub mod eval;

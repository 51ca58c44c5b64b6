//! One binary of tests that use the library from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod eval;

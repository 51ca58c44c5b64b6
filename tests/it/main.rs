//! What the house promises, from outside: the router called in process, the binary run as a child, the floors, the papers.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test that cannot go on should stop")]

/// The binary as a child: results on standard output, words on standard error, the exit status.
mod cli;
/// The papers tell of files that exist.
mod docs;
/// The scores are the referees'.
mod eval;
/// Imports point down.
mod floors;
/// The real reader over the example reports.
mod intake;
/// Every published shape, made from findings written by hand.
mod layer;
/// Findings written by hand.
mod sample;
/// The router, called in process.
mod server;
/// What is kept, and that nothing is lost.
mod store;

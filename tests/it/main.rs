//! What the house promises, from outside: the router called in process, the binary run as a child, the floors, the papers.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test that cannot go on should stop")]

/// The binary as a child: results on standard output, words on standard error, the exit status.
mod cli;
/// Reports with answers written by hand.
mod corpus;
/// The papers tell of files that exist.
mod docs;
/// The scores are the referees'.
mod eval;
/// Imports point down.
mod floors;
/// Every data file: header, form, counts, what the files must agree on.
mod geodata;
/// The real reader over the example reports.
mod intake;
/// What holds for any text: no panic, true spans, the same bytes in any order.
mod invariants;
/// Every published shape, made from findings written by hand.
mod layer;
/// Findings written by hand.
mod sample;
/// Who comes first when a person or a program looks for a place.
mod search;
/// Real articles beside the repository, where they are.
mod seeds;
/// The router, called in process.
mod server;
/// Whole outputs for the example reports.
mod snapshots;
/// What is kept, and that nothing is lost.
mod store;

//! What the house promises, from outside: the router called in process, the binary run as a child, the floors, the papers.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test that cannot go on should stop")]

/// Faults planted in a geodata folder.
mod check;
/// The binary as a child: results on standard output, words on standard error, the exit status.
mod cli;
/// Compiled gazetteers: what goes in comes out, damage is refused, a killed build changes nothing.
mod compiled;
/// What people complain of in other readers, and the traps of the field.
mod complaints;
/// Reports with answers written by hand.
mod copies;
mod corpus;
/// Which incidents are one event.
mod corroboration;
/// The papers tell of files that exist.
mod docs;
/// Files of all kinds and what is read in them.
mod documents;
/// People change places and decide about names.
mod editing;
/// The scores are the referees'.
mod eval;
/// Events of a store, and what people rule about them.
mod events;
/// Places leave as files and come back the same.
mod exchange;
/// Why a word is a place or is none.
mod explain;
/// Sets of features leave in the formats of the field.
mod export;
/// Imports point down.
mod floors;
/// Every data file: header, form, counts, what the files must agree on.
mod geodata;
/// The real reader over the example reports.
mod ingesting;
mod intake;
/// What holds for any text: no panic, true spans, the same bytes in any order.
mod invariants;
/// People correct, confirm and reject incidents.
mod judging;
/// Reports in a store of their own.
mod kept;
/// The program is killed at many moments.
mod killed;
/// Every published shape, made from findings written by hand.
mod layer;
/// The sequence model and how it is made.
mod model;
/// Places told by their relation to others.
/// Documents of word processors, pages to print, tables.
mod office;
mod relative;
/// Which place a name means.
mod resolution;
/// Findings written by hand.
mod sample;
/// Which place is the scene.
mod scenes;
/// Who comes first when a person or a program looks for a place.
mod search;
/// Real articles beside the repository, where they are.
mod seeds;
/// The router, called in process.
mod server;
/// Several places in one statement.
mod several;
/// Whole outputs for the example reports.
mod snapshot;
mod snapshots;
/// Gazetteer data of all kinds, row by row.
mod source;
/// What is kept, and that nothing is lost.
mod spelling;
mod store;
/// Who was harmed, how many, and who says so.
mod tolls;
/// Feeds and folders are followed.
mod watching;

//! Gazetteer data of all kinds, read row by row: whose format it is, the file's first bytes say.
//!
//! A reader hands on what one row gives and forgets it: a file of millions of rows costs no more memory than one of ten.
//! Every row of a file is either read or refused with file, line and reason; nothing is dropped unsaid.

mod columns;
mod delimited;
mod format;
mod geojson;
mod geonames;
mod guess;
mod hierarchy;
mod linked_places;
mod mapping;
mod names;
mod open;
mod shape;
mod stream;
mod tally;
mod wof;

pub use super::country_code::{alpha2, is_country};
pub use columns::Columns;
pub use format::Format;
pub use geonames::Rank;
pub use hierarchy::Hierarchy;
pub use open::{Known, Sink, Source, open};
pub use tally::Tally;

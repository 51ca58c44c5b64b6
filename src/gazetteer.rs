//! Places and their names: a compiled table for the embedded gazetteer, and smaller ones laid over it.
//!
//! Says which places bear a name; never guesses which one a report means.

mod absent;
pub mod border;
pub mod bytes;
pub mod chain;
pub mod compile;
pub mod containment;
pub mod country_code;
pub mod country_label;
pub mod format;
pub mod kind;
pub mod known;
pub mod load;
pub mod names;
pub mod nearest;
pub mod outline;
pub mod overlay;
pub mod packed;
pub mod region;
pub mod row;
pub mod search;
pub mod source;
pub mod spelling;
pub mod stream;
pub mod table;
pub mod transducer;

mod lazy;
mod place;

pub use names::KeyFlags;
pub use place::{Gazetteer, Place, PlaceRef, Walk};

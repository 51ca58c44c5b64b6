//! Places and their names: a compiled table for the embedded gazetteer, and smaller ones laid over it.
//!
//! Says which places bear a name; never guesses which one a report means.

pub mod compile;
pub mod load;
pub mod names;
pub mod overlay;
pub mod region;
pub mod row;
pub mod search;
pub mod table;

mod place;

pub use names::KeyFlags;
pub use place::{Gazetteer, Place, PlaceRef, Walk};

//! Taking in: reports are read, published and kept; a place that the user enters makes the reports that name it be read again.

mod place;
mod read;

pub use place::{Changed, NearDuplicate, NewPlace, Saved, add_place, overlaid, retire_place};
pub use read::{Taken, entry, take_in};

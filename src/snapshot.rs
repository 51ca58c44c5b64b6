//! What the store publishes, in memory, as columns: every question of filtering, sorting, counting and drawing is answered here.
//!
//! A [`Snapshot`] never changes: readers keep the one that they began with while a newer one takes its place. It is made from the store
//! once, then brought up to date by the store's log of changes: features that changed go to a small new [`Segment`] and are struck out in
//! the older ones, so that an edit costs what it changes, not what is there.

mod cache;
mod cells;
mod column;
mod count;
mod cql;
mod dictionary;
mod layers;
mod like;
mod page;
pub mod parameters;
mod predicate;
mod rows;
mod schema;
mod segment;
mod shape;
mod space;
mod texts;
pub mod tile;
mod words;

pub use cells::{CELL_DEGREES, Cell, Cells};
pub use count::{Bin, Facet, Histogram, Step};
pub use cql::{from_json, from_text};
pub use layers::{Layer, Matches, Snapshot};
pub use page::{Cursor, Page, Sort, SortKey};
pub use predicate::{Leaf, Like, Predicate, Range, Relation, TextTest};
pub use schema::{Kind, Property, Schema, schema};
pub use segment::Segment;

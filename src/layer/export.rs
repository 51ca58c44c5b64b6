//! Filtered sets as files of other programs, feature after feature, so that memory does not grow with them (`docs/exports.md`).
//!
//! [`FORMATS`] is the one table of formats; [`Export`] writes in any of them and counts and hashes what it wrote.

mod about;
mod acled;
mod columns;
mod flatgeobuf;
mod format;
mod geojson;
mod geopackage;
mod kml;
mod row;
mod shape;
mod sink;
mod table;
mod told;
mod ucdp;
mod write;

pub use about::{About, Manifest};
pub use acled::ACLED_COLUMNS;
pub use columns::{Column, Columns, Kind};
pub use format::{FORMATS, Format};
pub use sink::LeftOut;
pub(super) use table::line;
pub use ucdp::UCDP_COLUMNS;
pub use write::{Export, write_features};

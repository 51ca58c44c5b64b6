//! The gazetteer as a reconciliation service (W3C Reconciliation Service API 0.2), for `OpenRefine` and its kin.
//!
//! Entities are places, types the feature codes of GeoNames and their classes, properties what is known of a place.

mod candidates;
mod extend;
mod manifest;
mod preview;
mod properties;
mod suggest;

pub use candidates::{ReconcileQuery, reconciled};
pub use extend::{ExtendQuery, extended};
pub use manifest::{MAX_BATCH, manifest};
pub use preview::preview;
pub use suggest::{proposed_properties, suggested_entities, suggested_properties, suggested_types};

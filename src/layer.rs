//! Every published shape, as pure functions: the command line, the store and the server print the same bytes.

mod actors;
mod corrected;
mod events;
mod excerpt;
mod exchange;
mod export;
mod features;
mod geometry;
mod items;
mod linked;
mod parse;
mod pelias;
mod places;
pub mod properties;
mod reconcile;
mod rfc7946;
mod scene;
mod tellings;
mod why;

pub use actors::{ActorNames, actors};
pub use corrected::{corrected_feature, corrected_items, correction_of, incident_correction_feature};
pub use events::{event_item, ruling_feature};
pub use exchange::{ExchangeFormat, PLACE_COLUMNS, exchange};
pub use export::{ACLED_COLUMNS, About, Column, Columns, Export, FORMATS, Format, Kind, LeftOut, Manifest, UCDP_COLUMNS, write_features};
pub use features::{Collection, collection, incident_feature, linked, mention_feature, report_feature};
pub use items::{incident_items, mention_items, report_row, written};
pub use parse::parsed;
pub use pelias::{Told, id_of_gid, label, name_in, pelias_collection, pelias_feature, space_of};
pub use places::{correction_feature, found_feature, match_candidate, place_feature};
pub use reconcile::{
    ExtendQuery, MAX_BATCH, ReconcileQuery, extended, manifest, preview, proposed_properties, reconciled, suggested_entities,
    suggested_properties, suggested_types,
};
pub use rfc7946::{GeojsonFault, geojson_faults};
pub use tellings::{feature_telling, parsed_tellings};
pub use why::why;

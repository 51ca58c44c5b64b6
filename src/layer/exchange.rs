//! The user's places as files for other programs, from which `gazetteer import` makes the same places again.

use crate::gazetteer::Gazetteer;
use crate::store::{PlaceRecord, PlaceStatus};

use super::export::line;
use super::features::{Collection, collection};
use super::items::written;
use super::linked;
use super::places::place_feature;

/// In which form places leave and come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeFormat {
    /// Comma-separated values (RFC 4180), the columns of [`PLACE_COLUMNS`].
    Csv,
    /// GeoJSON (RFC 7946) as `/api/collections/places/items` gives it.
    GeoJson,
    /// Linked Places 1.3.
    LinkedPlaces,
}

/// The columns of a CSV file of places; `names` are `language:kind:name`, separated by «|».
pub const PLACE_COLUMNS: [&str; 24] = [
    "id",
    "name",
    "names",
    "class",
    "feature",
    "country",
    "admin1_code",
    "admin2_code",
    "parent",
    "lon",
    "lat",
    "population",
    "radius_m",
    "outline",
    "valid_from",
    "valid_to",
    "source",
    "note",
    "status",
    "merged_into",
    "created",
    "created_by",
    "modified",
    "modified_by",
];

/// Places, one after the other, with nothing left out.
pub fn exchange(format: ExchangeFormat, places: &[PlaceRecord], gazetteer: &Gazetteer) -> String {
    let features = |feature: &dyn Fn(&PlaceRecord) -> String| places.iter().map(feature).collect::<Vec<String>>();
    match format {
        ExchangeFormat::Csv => {
            let header = line(PLACE_COLUMNS.iter().map(|c| (*c).to_owned()));
            places.iter().fold(header, |out, place| out + &line(cells(place).into_iter()))
        }
        ExchangeFormat::GeoJson => {
            let features = features(&|place| written(&place_feature(place, gazetteer)));
            let features = features.iter().map(String::as_str).collect();
            collection(&Collection { features, ..Collection::default() }) + "\n"
        }
        ExchangeFormat::LinkedPlaces => linked::collection(&features(&|place| linked::feature(place).to_string())),
    }
}

fn cells(place: &PlaceRecord) -> [String; PLACE_COLUMNS.len()] {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let names: Vec<String> = place.names.iter().map(|n| format!("{}:{}:{}", n.lang, n.kind.label(), n.name)).collect();
    let status = match place.status {
        PlaceStatus::InUse => "",
        PlaceStatus::Retired => "retired",
        PlaceStatus::Merged => "merged",
    };
    let outline = if place.outline.is_empty() { String::new() } else { serde_json::json!(place.outline).to_string() };
    [
        place.id.clone(),
        place.name.clone(),
        names.join("|"),
        place.class.clone(),
        place.feature.clone(),
        place.country.clone(),
        place.admin1.clone(),
        place.admin2.clone(),
        place.parent.clone(),
        place.lon.to_string(),
        place.lat.to_string(),
        number(place.population),
        number(place.radius_m),
        outline,
        place.valid_from.clone(),
        place.valid_to.clone(),
        place.source.clone(),
        place.note.clone(),
        status.to_owned(),
        place.merged_into.clone(),
        place.created.clone(),
        place.created_by.clone(),
        place.modified.clone(),
        place.modified_by.clone(),
    ]
}

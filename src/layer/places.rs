//! A place that a user entered, or that a search found, as GeoJSON.

use crate::gazetteer::Gazetteer;
use crate::gazetteer::search::Found;
use crate::resolve::corrections::Correction;
use crate::store::{PlaceName, PlaceRecord, version};
use crate::text::word::is_arabic;

use super::features::feature;
use super::geometry::rounded;
use super::items::written;
use super::parse::{said, shortened};
use super::properties::{CorrectionProperties, Feature, FoundProperties, Geometry, MatchCandidate, NameShape, PlaceProperties};

/// The published form of a user's place; the gazetteer tells the name of its first-level unit.
pub fn place_feature(place: &PlaceRecord, gazetteer: &Gazetteer) -> Feature<PlaceProperties> {
    let admin1 = gazetteer.admin1(&place.country, &place.admin1).map(|unit| gazetteer.place(unit).name().to_owned());
    let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(|[lon, lat]| [rounded(*lon), rounded(*lat)]).collect();
    let properties = PlaceProperties {
        name: place.name.clone(),
        names: place.names.iter().map(name_shape).collect(),
        class: place.class.clone(),
        feature: place.feature.clone(),
        country: said(&place.country),
        admin1: admin1.or_else(|| said(&place.admin1)),
        admin1_code: said(&place.admin1),
        admin2_code: said(&place.admin2),
        parent: said(&place.parent),
        population: place.population,
        radius_m: place.radius_m,
        outline: if place.outline.is_empty() { None } else { Some(Geometry::Polygon(place.outline.iter().map(ring).collect())) },
        valid_from: said(&place.valid_from),
        valid_to: said(&place.valid_to),
        source: said(&place.source),
        note: place.note.clone(),
        created: place.created.clone(),
        created_by: said(&place.created_by),
        modified: said(&place.modified),
        modified_by: said(&place.modified_by),
        status: Some(place.status).filter(|_| !place.is_in_use()),
        merged_into: said(&place.merged_into),
        version: place.version(),
    };
    feature(place.id.clone(), Some(Geometry::Point([rounded(place.lon), rounded(place.lat)])), properties)
}

fn name_shape(name: &PlaceName) -> NameShape {
    NameShape { name: name.name.clone(), lang: said(&name.lang), kind: name.kind.label(), script: script(&name.name) }
}

/// The script of a name by its first letter, ISO 15924.
fn script(name: &str) -> &'static str {
    let Some(letter) = name.chars().find(|c| c.is_alphabetic()) else { return "Zyyy" };
    match letter {
        c if is_arabic(c) => "Arab",
        '\u{0041}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => "Latn",
        '\u{0370}'..='\u{03FF}' => "Grek",
        '\u{0400}'..='\u{052F}' => "Cyrl",
        '\u{0530}'..='\u{058F}' => "Armn",
        '\u{0590}'..='\u{05FF}' => "Hebr",
        '\u{0700}'..='\u{074F}' => "Syrc",
        '\u{1200}'..='\u{139F}' => "Ethi",
        '\u{2D30}'..='\u{2D7F}' => "Tfng",
        _ => "Zzzz",
    }
}

/// The published form of a correction; it has no geometry.
pub fn correction_feature(correction: &Correction) -> Feature<CorrectionProperties> {
    let ruling = if correction.place_id.is_some() { "pin" } else { "reject" };
    feature(correction.id.clone(), None, CorrectionProperties { ruling, version: version(correction), correction: correction.clone() })
}

/// What a search found, written as GeoJSON.
pub fn found_feature(found: &Found, gazetteer: &Gazetteer) -> String {
    let place = gazetteer.place(found.place);
    let unit = gazetteer.admin1(place.country(), place.admin1()).map(|unit| gazetteer.place(unit).name().to_owned());
    let properties = FoundProperties {
        name: place.name().to_owned(),
        name_ar: place.name_ar().to_owned(),
        name_fr: place.name_fr().to_owned(),
        matched: found.key.clone(),
        country: said(place.country()),
        admin1: unit.or_else(|| said(place.admin1())),
        feature: place.feature().to_owned(),
        population: Some(place.population()).filter(|p| *p > 0),
        radius_m: place.radius_m(),
        score: shortened(found.score),
    };
    written(&feature(place.id(), Some(Geometry::Point([rounded(place.lon()), rounded(place.lat())])), properties))
}

/// What a search found, for programs that match names.
pub fn match_candidate(found: &Found, gazetteer: &Gazetteer) -> MatchCandidate {
    let place = gazetteer.place(found.place);
    MatchCandidate {
        id: place.id(),
        name: place.name().to_owned(),
        lat: rounded(place.lat()),
        lon: rounded(place.lon()),
        country: said(place.country()),
        feature: place.feature().to_owned(),
        score: shortened(found.score),
    }
}

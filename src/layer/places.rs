//! A place that a user entered, or that a search found, as GeoJSON.

use crate::gazetteer::Gazetteer;
use crate::gazetteer::row::Row;
use crate::gazetteer::search::Found;

use super::features::feature;
use super::geometry::rounded;
use super::items::written;
use super::parse::{said, shortened};
use super::properties::{Feature, FoundProperties, Geometry, MatchCandidate, NameShape, PlaceProperties};

/// The published form of a user's place; the gazetteer tells the name of its first-level unit.
pub fn place_feature(row: &Row, note: &str, created: &str, gazetteer: &Gazetteer) -> Feature<PlaceProperties> {
    let admin1 = gazetteer.admin1(&row.country, &row.admin1).map(|unit| gazetteer.place(unit).name().to_owned());
    let properties = PlaceProperties {
        name: row.name.clone(),
        names: row.names.iter().map(|(lang, name)| NameShape { name: name.clone(), lang: said(lang) }).collect(),
        feature: row.feature.clone(),
        country: said(&row.country),
        admin1: admin1.or_else(|| said(&row.admin1)),
        radius_m: row.radius_m,
        note: note.to_owned(),
        created: created.to_owned(),
    };
    let point = row.lon.zip(row.lat).map(|(lon, lat)| Geometry::Point([rounded(lon), rounded(lat)]));
    feature(row.id.clone(), point, properties)
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

//! A place that a user entered, as GeoJSON.

use crate::gazetteer::Gazetteer;
use crate::gazetteer::row::Row;

use super::features::feature;
use super::geometry::rounded;
use super::parse::said;
use super::properties::{Feature, Geometry, NameShape, PlaceProperties};

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

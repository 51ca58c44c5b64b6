//! Where an incident was: its main place and those named with it, as fields and as one geometry.
//!
//! Several places are a `MultiPoint`, also when one of them is an area: a client that draws it shows each place, and no client has to read a
//! `GeometryCollection`, which RFC 7946 (§3.1.8) advises against and shapefiles cannot hold. How far each reaches is its `radius_m`.

use serde_json::{Value, json};

use crate::gazetteer::country_code::alpha3;
use crate::incident::{Granularity, Incident, OtherPlace, Status};
use crate::resolve::Located;

use super::excerpt::Quoted;
use super::geometry::{area, rounded};
use super::parse::said;
use super::properties::{Geometry, OtherPlaceShape};

/// The place that an incident is drawn at: none for what sums several events up, or did not happen.
pub(super) fn drawn(incident: &Incident) -> Option<&Located> {
    incident.place.as_ref().filter(|_| is_drawn(incident))
}

fn is_drawn(incident: &Incident) -> bool {
    matches!(incident.status, Status::Asserted | Status::Claimed) && incident.granularity != Granularity::Aggregate
}

/// The area or point of an incident, the points of all its places when it has several; none when it is not drawn.
pub(super) fn ground(incident: &Incident) -> Option<Geometry> {
    let main = drawn(incident)?;
    let others = incident.other_places.iter().filter_map(|o| o.place.as_ref());
    let points: Vec<[f64; 2]> = std::iter::once(main).chain(others).map(|p| [rounded(p.lon), rounded(p.lat)]).collect();
    Some(if points.len() > 1 { Geometry::MultiPoint(points) } else { area(main) })
}

/// The further places as they are published.
pub(super) fn other_places(incident: &Incident, quoted: &Quoted) -> Vec<OtherPlaceShape> {
    let shape = |other: &OtherPlace| {
        let (start, end) = quoted.range(other.span);
        let place = other.place.as_ref().map(other_place).unwrap_or_default();
        let place = if is_drawn(incident) { place } else { OtherPlaceShape { lat: None, lon: None, radius_m: None, ..place } };
        OtherPlaceShape { place_surface: Some(other.surface.clone()), start: Some(start), end: Some(end), ..place }
    };
    incident.other_places.iter().map(shape).collect()
}

/// A place of the gazetteer as a further place.
pub(super) fn other_place(place: &Located) -> OtherPlaceShape {
    let country = said(&place.country);
    OtherPlaceShape {
        place_name: Some(place.name.clone()),
        gazetteer_id: Some(place.id.clone()),
        lat: Some(rounded(place.lat)),
        lon: Some(rounded(place.lon)),
        radius_m: Some(place.radius_m),
        geo_precision: Some(place.geo_precision),
        where_prec: Some(place.where_prec),
        country_a3: country.as_deref().and_then(alpha3),
        country,
        admin1: said(&place.admin1),
        admin2: said(&place.admin2),
        ..OtherPlaceShape::default()
    }
}

/// The points of published further places.
pub(super) fn points(other_places: &Value) -> Vec<[f64; 2]> {
    let point = |other: &Value| Some([other["lon"].as_f64()?, other["lat"].as_f64()?]);
    other_places.as_array().into_iter().flatten().filter_map(point).collect()
}

/// A written geometry with the points of further places: all of them as one `MultiPoint` around `main`.
pub(super) fn spread(geometry: Value, main: [f64; 2], others: &[[f64; 2]]) -> Value {
    if others.is_empty() {
        return geometry;
    }
    let points: Vec<[f64; 2]> = std::iter::once(main).chain(others.iter().copied()).collect();
    json!({"type": "MultiPoint", "coordinates": points})
}

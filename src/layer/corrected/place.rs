//! Where a corrected incident is, and what is drawn of it.

use serde_json::{Map, Value, json};

use crate::gazetteer::Gazetteer;
use crate::incident::correction::{IncidentCorrection, is_drawn};
use crate::incident::weights::POINTED_RADIUS_M;
use crate::resolve::{Located, located};

use super::super::geometry::{area, rounded};
use super::super::parse::said;
use super::super::scene::{other_place, points, spread};
use super::follow::follows;

/// Brings the fields of the place into line and gives the geometry; `was` is the machine's.
pub(super) fn placed(fields: &mut Map<String, Value>, was: &Value, correction: &IncidentCorrection, gazetteer: &Gazetteer) -> Value {
    let set = &correction.fields;
    let is_placed = set.contains_key("gazetteer_id");
    let known = fields.get("gazetteer_id").and_then(Value::as_str).and_then(|id| gazetteer.by_id(id)).map(|p| located(p, gazetteer));
    if is_placed {
        match &known {
            Some(place) => at(fields, set, place),
            None if set["gazetteer_id"].is_null() => nowhere(fields, set),
            // A place that was taken out of use since: the name and the point are as they are read.
            None => {}
        }
    }
    let pointed = set.get("lat").map(|lat| !lat.is_null());
    if pointed == Some(true) {
        follows(fields, set, "geo_precision", json!(1));
        follows(fields, set, "where_prec", json!(1));
        follows(fields, set, "radius_m", json!(POINTED_RADIUS_M));
    }
    if !is_drawn(fields, correction.verdict) {
        return undrawn(fields);
    }
    // What the machine did not draw, since it did not happen for it, is drawn at its place.
    if pointed.is_none()
        && fields.get("lat").is_none_or(Value::is_null)
        && let Some(place) = &known
    {
        point(fields, set, place);
    }
    let [Some(lon), Some(lat)] = ["lon", "lat"].map(|key| fields.get(key).and_then(Value::as_f64)) else { return undrawn(fields) };
    let points = beside(fields, gazetteer);
    let is_one = points.is_empty();
    let geometry = match known {
        _ if pointed == Some(true) => json!({"type": "Point", "coordinates": [lon, lat]}),
        Some(place) if is_placed || was.is_null() || is_one && was["type"] == "MultiPoint" => json!(area(&place)),
        _ => was.clone(),
    };
    spread(geometry, [lon, lat], &points)
}

/// The further places brought into line: where the gazetteer has them now, and without the one that is the main place. Gives their points.
fn beside(fields: &mut Map<String, Value>, gazetteer: &Gazetteer) -> Vec<[f64; 2]> {
    let main = fields.get("gazetteer_id").cloned();
    let Some(others) = fields.get_mut("other_places").and_then(Value::as_array_mut) else { return Vec::new() };
    others.retain(|other| other["gazetteer_id"].is_null() || Some(&other["gazetteer_id"]) != main.as_ref());
    for other in others.iter_mut().filter(|other| other["lat"].is_null()) {
        let known = other["gazetteer_id"].as_str().and_then(|id| gazetteer.by_id(id)).map(|p| located(p, gazetteer));
        if let Some(place) = known {
            let surface = [other["place_surface"].clone(), other["start"].clone(), other["end"].clone()];
            *other = json!(other_place(&place));
            let [text, start, end] = surface;
            (other["place_surface"], other["start"], other["end"]) = (text, start, end);
        }
    }
    points(&json!(others))
}

/// A place without point is not drawn.
fn undrawn(fields: &mut Map<String, Value>) -> Value {
    let keys = ["lat", "lon", "radius_m"];
    for key in keys {
        fields.insert(key.to_owned(), Value::Null);
    }
    for other in fields.get_mut("other_places").and_then(Value::as_array_mut).into_iter().flatten() {
        for key in keys {
            other[key] = Value::Null;
        }
    }
    Value::Null
}

fn at(fields: &mut Map<String, Value>, set: &Map<String, Value>, place: &Located) {
    follows(fields, set, "place_name", json!(place.name));
    follows(fields, set, "geo_precision", json!(place.geo_precision));
    follows(fields, set, "where_prec", json!(place.where_prec));
    follows(fields, set, "country", json!(said(&place.country)));
    follows(fields, set, "admin1", json!(said(&place.admin1)));
    follows(fields, set, "admin2", json!(said(&place.admin2)));
    // «20 km north of» told of the other place.
    fields.insert("relation".to_owned(), Value::Null);
    point(fields, set, place);
}

fn point(fields: &mut Map<String, Value>, set: &Map<String, Value>, place: &Located) {
    follows(fields, set, "lat", json!(rounded(place.lat)));
    follows(fields, set, "lon", json!(rounded(place.lon)));
    follows(fields, set, "radius_m", json!(place.radius_m));
}

/// No place of the gazetteer: only what the person says instead.
fn nowhere(fields: &mut Map<String, Value>, set: &Map<String, Value>) {
    for key in ["place_name", "lat", "lon", "radius_m", "geo_precision", "where_prec", "admin1", "admin2", "relation"] {
        follows(fields, set, key, Value::Null);
    }
}

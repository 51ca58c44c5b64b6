//! A place in the Linked Places format 1.3, for gazetteers of historians and libraries.
//!
//! What the format has no member for stands under `dalil`, which other programs pass over.

use serde_json::{Map, Value, json};

use crate::store::PlaceRecord;

const CONTEXT: &str = "https://raw.githubusercontent.com/LinkedPasts/linked-places-format/main/linkedplaces-context-v1.3.jsonld";
/// Where the places of GeoNames have their addresses.
const GEONAMES: &str = "https://sws.geonames.org/";

pub(super) fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"@context\":\"{CONTEXT}\",\"features\":[\n{features}\n]}}\n")
}

pub(super) fn feature(place: &PlaceRecord) -> Value {
    let point = json!({"type": "Point", "coordinates": [place.lon, place.lat]});
    let geometry = if place.outline.is_empty() {
        point
    } else {
        json!({"type": "GeometryCollection", "geometries": [point, {"type": "Polygon", "coordinates": place.outline}]})
    };
    let names = place.names.iter().map(|n| {
        let mut name = json!({"toponym": n.name, "dalil": {"kind": n.kind.label()}});
        if !n.lang.is_empty() {
            name["lang"] = json!(n.lang);
        }
        name
    });
    let mut out = json!({
        "@id": address(&place.id),
        "type": "Feature",
        "properties": {"title": place.name, "fclasses": [place.class]},
        "names": names.collect::<Vec<Value>>(),
        "types": [{"identifier": format!("gn:{}.{}", place.class, place.feature), "label": place.feature}],
        "geometry": geometry,
    });
    if !place.country.is_empty() {
        out["properties"]["ccodes"] = json!([place.country]);
    }
    if !place.valid_from.is_empty() || !place.valid_to.is_empty() {
        let end = |day: &String| if day.is_empty() { json!({}) } else { json!({"in": day}) };
        out["when"] = json!({"timespans": [{"start": end(&place.valid_from), "end": end(&place.valid_to)}]});
    }
    if !place.parent.is_empty() {
        out["relations"] = json!([{"relationType": "gvp:broaderPartitive", "relationTo": address(&place.parent)}]);
    }
    if !place.note.is_empty() {
        out["descriptions"] = json!([{"value": place.note}]);
    }
    out["dalil"] = own(place);
    out
}

/// The members that only we have.
fn own(place: &PlaceRecord) -> Value {
    let whole = serde_json::to_value(place).unwrap_or_default();
    let keys = ["id", "admin1", "admin2", "population", "radius_m", "source", "status", "merged_into", "created", "created_by"];
    let members = keys.into_iter().chain(["modified", "modified_by"]).filter_map(|key| {
        let value = whole.get(key).filter(|v| !v.is_null() && **v != "" && **v != "in use")?;
        Some((key.to_owned(), value.clone()))
    });
    Value::Object(members.collect::<Map<String, Value>>())
}

/// An id as an address, where it has one.
fn address(id: &str) -> String {
    id.strip_prefix("geonames:").map_or_else(|| id.to_owned(), |number| format!("{GEONAMES}{number}/"))
}

//! A place as it is posted: a GeoJSON Feature, such as the one that is published.

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::store::{NameKind, PlaceName};

use super::check::NewPlace;

#[derive(Debug, Deserialize)]
struct Posted {
    #[serde(rename = "type")]
    kind: String,
    geometry: PostedPoint,
    properties: PostedProperties,
}

#[derive(Debug, Deserialize)]
struct PostedPoint {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Vec<f64>,
}

#[derive(Debug, Deserialize)]
struct PostedOutline {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Vec<Vec<[f64; 2]>>,
}

#[derive(Debug, Deserialize)]
struct PostedProperties {
    name: String,
    #[serde(default)]
    names: Vec<PostedName>,
    #[serde(default = "populated_place")]
    feature: String,
    class: Option<String>,
    country: Option<String>,
    admin1: Option<String>,
    admin1_code: Option<String>,
    admin2_code: Option<String>,
    parent: Option<String>,
    population: Option<u32>,
    radius_m: Option<u32>,
    outline: Option<PostedOutline>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    source: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PostedName {
    name: String,
    lang: Option<String>,
    kind: Option<NameKind>,
}

fn populated_place() -> String {
    "PPL".to_owned()
}

/// Reads a GeoJSON Feature of a place, such as the one that is published.
///
/// # Errors
/// [`Error::Value`] for what it does not have or has wrong.
pub fn posted_place(body: &Value) -> Result<NewPlace> {
    let posted = Posted::deserialize(body).map_err(|e| Error::value("body", e.to_string(), "a GeoJSON Feature of a place"))?;
    let (true, "Point", [lon, lat, ..]) = (posted.kind == "Feature", posted.geometry.kind.as_str(), posted.geometry.coordinates.as_slice())
    else {
        return Err(Error::value("geometry", posted.geometry.kind, "a Feature with a Point of longitude and latitude"));
    };
    let given = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
    let properties = posted.properties;
    let outline = match properties.outline {
        Some(outline) if outline.kind == "Polygon" => outline.coordinates,
        Some(outline) => return Err(Error::value("outline", outline.kind, "a Polygon")),
        None => Vec::new(),
    };
    let name = |n: PostedName| {
        let is_old = n.lang.as_deref() == Some("old");
        let kind = n.kind.unwrap_or(if is_old { NameKind::Historic } else { NameKind::Variant });
        PlaceName { name: n.name, lang: n.lang.filter(|_| !is_old).unwrap_or_default(), kind }
    };
    Ok(NewPlace {
        names: properties.names.into_iter().map(name).collect(),
        lon: *lon,
        lat: *lat,
        name: properties.name,
        class: given(properties.class).unwrap_or_default(),
        feature: properties.feature,
        country: given(properties.country),
        admin1: given(properties.admin1),
        admin1_code: given(properties.admin1_code).unwrap_or_default(),
        admin2_code: given(properties.admin2_code).unwrap_or_default(),
        parent: given(properties.parent).unwrap_or_default(),
        population: properties.population,
        radius_m: properties.radius_m,
        outline,
        valid_from: given(properties.valid_from).unwrap_or_default(),
        valid_to: given(properties.valid_to).unwrap_or_default(),
        source: given(properties.source).unwrap_or_default(),
        note: properties.note.unwrap_or_default(),
    })
}

/// JSON Merge Patch (RFC 7396): members given replace, null takes away.
pub fn patched(mut target: Value, patch: Value) -> Value {
    let Value::Object(patch) = patch else { return patch };
    if !target.is_object() {
        target = Value::Object(serde_json::Map::new());
    }
    for (key, value) in patch {
        match (value, target.as_object_mut()) {
            (Value::Null, Some(members)) => {
                members.remove(&key);
            }
            (value, Some(members)) => {
                let old = members.remove(&key).unwrap_or_default();
                members.insert(key, patched(old, value));
            }
            (_, None) => {}
        }
    }
    target
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::patched;

    #[test]
    fn a_patch_replaces_what_it_names() {
        let target = json!({"a": {"b": 1, "c": 2}, "d": [1, 2]});
        assert_eq!(patched(target, json!({"a": {"b": null, "e": 3}, "d": [4]})), json!({"a": {"c": 2, "e": 3}, "d": [4]}));
    }
}

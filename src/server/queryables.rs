//! What can be asked of a collection, as JSON Schema (OGC API – Features, parts 3 and 8).

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::snapshot::{Kind, Property, schema};
use crate::store::Collection;

use super::items::known;
use super::reply::{Problem, tagged};

/// `GET /api/collections/{collection}/queryables`
pub(super) async fn queryables(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let mut properties = properties(collection, |_| true);
    if collection.is_drawn() {
        properties.insert("geometry".to_owned(), json!({"title": "geometry", "format": "geometry-any", "x-ogc-role": "primary-geometry"}));
    }
    Ok(answer(&headers, &name, "queryables", &properties))
}

/// `GET /api/collections/{collection}/sortables`
pub(super) async fn sortables(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let properties = properties(known(&name)?, |property| property.kind != Kind::Texts);
    Ok(answer(&headers, &name, "sortables", &properties))
}

fn answer(headers: &HeaderMap, name: &str, what: &str, properties: &Map<String, Value>) -> Response {
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("/api/collections/{name}/{what}"),
        "type": "object",
        "title": name,
        "properties": properties,
        "additionalProperties": false,
    });
    tagged(headers, "application/schema+json", document.to_string().into_bytes())
}

fn properties(collection: Collection, is_wanted: impl Fn(&Property) -> bool) -> Map<String, Value> {
    let wanted = schema(collection).properties.iter().filter(|p| is_wanted(p));
    wanted.map(|property| (property.name.to_owned(), described(property))).collect()
}

fn described(property: &Property) -> Value {
    let mut out = json!({"title": property.name, "description": property.description});
    out["type"] = json!(match property.kind {
        Kind::Text | Kind::Day => "string",
        Kind::Texts => "array",
        Kind::Integer => "integer",
        Kind::Real => "number",
        Kind::Flag => "boolean",
    });
    if property.kind == Kind::Day {
        out["format"] = json!("date");
    }
    if property.kind == Kind::Texts {
        out["items"] = json!({"type": "string"});
    }
    let allowed = (property.allowed)();
    if !allowed.is_empty() {
        out["enum"] = json!(allowed);
    }
    match property.name {
        "id" => out["x-ogc-role"] = json!("id"),
        "date_start" => out["x-ogc-role"] = json!("primary-interval-start"),
        "date_end" => out["x-ogc-role"] = json!("primary-interval-end"),
        "published" | "created" => out["x-ogc-role"] = json!("primary-instant"),
        _ => {}
    }
    out
}

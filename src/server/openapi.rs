//! The definition of the interface (OpenAPI 3.0), made from the lists that the handlers check against.

mod edits;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::incident::{EventType, Granularity, Status, SubEventType};
use crate::lang::Lang;
use crate::store::Collection;

use super::asked;
use super::query::{EVENT_TYPES, GRANULARITIES, MAX_LIMIT, STATUSES, SUB_EVENT_TYPES, VERDICTS, parameters};
use super::reply::tagged;

/// `GET /api/openapi`
pub(super) async fn definition(headers: HeaderMap) -> Response {
    tagged(&headers, "application/vnd.oai.openapi+json;version=3.0", document().to_string().into_bytes())
}

fn document() -> Value {
    let mut paths = Map::new();
    for (path, summary) in [
        ("/api", "Landing page"),
        ("/api/conformance", "Conformance classes"),
        ("/api/collections", "The collections"),
        ("/health", "Whether the server answers"),
    ] {
        paths.insert(path.to_owned(), json!({"get": {"summary": summary, "responses": answers(&json_body())}}));
    }
    for collection in Collection::ALL {
        let path = format!("/api/collections/{}", collection.name());
        let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        let asked: Vec<Value> = parameters(collection).into_iter().map(parameter).collect();
        let mut items = json!({"get": {"summary": format!("Features of {}", collection.name()), "parameters": asked, "responses": answers(&geojson_body())}});
        let mut item = json!({"get": {"summary": "One feature", "parameters": [id], "responses": answers(&geojson_body())}});
        edits::add(collection, &mut items, &mut item);
        paths.insert(
            path.clone(),
            json!({"get": {"summary": format!("The collection {}", collection.name()), "responses": answers(&json_body())}}),
        );
        paths.insert(format!("{path}/items"), items);
        paths.insert(format!("{path}/items/{{id}}"), item);
    }
    edits::paths(&mut paths);
    why(&mut paths);
    for (path, summary, names, required) in [
        ("/gazetteer/search", "Places by name (the shape of Pelias)", &asked::SEARCH[..], "text"),
        ("/gazetteer/autocomplete", "Places by the beginning of a name", &asked::SEARCH[..], "text"),
        ("/gazetteer/reverse", "Places around a point", &asked::REVERSE[..], "point."),
        ("/gazetteer/place", "Places by identifier", &asked::PLACE[..], "ids"),
    ] {
        let taken = |name: &str| json!({"name": name, "in": "query", "required": name.starts_with(required) && name != "q", "schema": {"type": "string"}});
        let parameters: Vec<Value> = names.iter().map(|name| taken(name)).collect();
        paths
            .insert(path.to_owned(), json!({"get": {"summary": summary, "parameters": parameters, "responses": answers(&geojson_body())}}));
    }
    let reconcile = json!({"summary": "Reconciliation service (API 0.2): manifest, queries, extend", "responses": answers(&json_body())});
    paths.insert("/reconcile".to_owned(), json!({"get": reconcile, "post": reconcile}));
    let events = json!({"200": {"description": "an event «changed» a change", "content": {"text/event-stream": {}}}, "default": problem()});
    paths.insert("/events".to_owned(), json!({"get": {"summary": "Changes as they happen", "responses": events}}));
    json!({
        "openapi": "3.0.3",
        "info": {"title": "dalil", "version": env!("CARGO_PKG_VERSION"), "license": {"name": "MIT OR Apache-2.0"}},
        "paths": paths,
    })
}

/// The paths that tell why.
fn why(paths: &mut Map<String, Value>) {
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let at = json!({"name": "at", "in": "query", "required": true, "schema": {"type": "integer", "minimum": 0},
        "description": "a code point of the report's text: of a mention, or of a word that is none"});
    for (collection, summary, parameters) in [
        (Collection::Mentions, "Why a mention means its place, and what would have changed that", json!([id])),
        (Collection::Reports, "Why a word of a report is a mention of a place, or is none", json!([id, at])),
    ] {
        let get = json!({"summary": summary, "parameters": parameters, "responses": answers(&json_body())});
        paths.insert(format!("/api/collections/{}/items/{{id}}/why", collection.name()), json!({"get": get}));
    }
}

fn parameter(name: &str) -> Value {
    let list = |values: Vec<&str>| json!({"type": "array", "items": {"type": "string", "enum": values}});
    let (schema, description) = match name {
        "bbox" => (
            json!({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}),
            "west,south,east,north in degrees; west greater than east crosses the antimeridian",
        ),
        "datetime" => (json!({"type": "string"}), "a day or time (RFC 3339), or start/end with «..» for an open end"),
        "limit" => (json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}), "most features of the answer"),
        "offset" => (json!({"type": "integer", "minimum": 0}), "features passed over"),
        "download" => (json!({"type": "string", "enum": ["0", "1"]}), "1: the answer is to be saved as a file"),
        "event_type" => (list(EVENT_TYPES.map(EventType::label).to_vec()), "event types"),
        "sub_event_type" => (list(SUB_EVENT_TYPES.map(SubEventType::label).to_vec()), "sub-event types"),
        "status" => (list(STATUSES.map(Status::label).to_vec()), "whether it is said to have happened"),
        "granularity" => (list(GRANULARITIES.map(Granularity::label).to_vec()), "one event, several, or one recalled"),
        "verdict" => (list(VERDICTS.to_vec()), "what people say of incidents; without it, incidents that nobody rejected"),
        "orphan" => (json!({"type": "boolean"}), "true: those whose incident is not read any more"),
        "lang" => (list(Lang::ALL.map(Lang::code).to_vec()), "languages of the reports"),
        "country" => (json!({"type": "array", "items": {"type": "string", "pattern": "^[A-Z]{2}$"}}), "ISO 3166-1 alpha-2"),
        _ => (json!({"type": "string"}), "words that all must be there, in any spelling"),
    };
    json!({"name": name, "in": "query", "required": false, "style": "form", "explode": false, "description": description, "schema": schema})
}

fn answers(content: &Value) -> Value {
    json!({"200": {"description": "the answer", "content": content}, "default": problem()})
}

fn problem() -> Value {
    json!({"description": "problem details (RFC 9457)", "content": {"application/problem+json": {"schema": {"type": "object"}}}})
}

fn json_body() -> Value {
    json!({"application/json": {"schema": {"type": "object"}}})
}

fn geojson_body() -> Value {
    json!({"application/geo+json": {"schema": {"type": "object"}}})
}

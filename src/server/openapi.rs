//! The definition of the interface (OpenAPI 3.0), made from the lists that the handlers check against.

mod edits;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::layer::FORMATS;
use crate::snapshot::parameters::{BBOX, GENERAL, MAX_LIMIT, asked_by_name, parameters};
use crate::snapshot::{Kind, schema};
use crate::store::Collection;

use super::asked;
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
        ("/ready", "Whether the store can be read"),
    ] {
        paths.insert(path.to_owned(), json!({"get": {"summary": summary, "responses": answers(&json_body())}}));
    }
    for collection in Collection::ALL {
        let path = format!("/api/collections/{}", collection.name());
        let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        let asked: Vec<Value> = parameters(collection).into_iter().map(|name| parameter(collection, name)).collect();
        let mut items = json!({"get": {"summary": format!("Features of {}", collection.name()), "parameters": asked, "responses": answers(&geojson_body())}});
        let mut item = json!({"get": {"summary": "One feature", "parameters": [id], "responses": answers(&geojson_body())}});
        edits::add(collection, &mut items, &mut item);
        paths.insert(
            path.clone(),
            json!({"get": {"summary": format!("The collection {}", collection.name()), "responses": answers(&json_body())}}),
        );
        for (leaf, summary) in [("queryables", "What features can be found by"), ("sortables", "What features can be sorted by")] {
            let get = json!({"summary": summary, "responses": answers(&schema_body())});
            paths.insert(format!("{path}/{leaf}"), json!({"get": get}));
        }
        counted(collection, &path, &mut paths);
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
        ("/gazetteer/spell", "A Latin name in Arabic letters", &asked::SPELL[..], "text"),
    ] {
        let taken = |name: &str| json!({"name": name, "in": "query", "required": name.starts_with(required) && name != "q", "schema": {"type": "string"}});
        let parameters: Vec<Value> = names.iter().map(|name| taken(name)).collect();
        paths
            .insert(path.to_owned(), json!({"get": {"summary": summary, "parameters": parameters, "responses": answers(&geojson_body())}}));
    }
    let query = |name: &str| json!({"name": name, "in": "query", "required": false, "schema": {"type": "string"}});
    let asked: Vec<Value> = super::public::ASKED.iter().map(|name| query(name)).collect();
    let public = json!({"summary": "How much happened in which cell of half a degree: no places, names or sources",
        "parameters": asked, "responses": answers(&geojson_body())});
    paths.insert(super::public::PATH.to_owned(), json!({"get": public}));
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

/// The paths that count.
fn counted(collection: Collection, path: &str, paths: &mut Map<String, Value>) {
    let files: Map<String, Value> = FORMATS
        .iter()
        .filter(|format| format.suits(collection))
        .map(|format| (format.media_type.to_owned(), json!({"schema": {"type": "string", "format": "binary"}})))
        .chain([("application/json".to_owned(), json!({"schema": {"type": "object"}}))])
        .collect();
    let tile = json!({"application/vnd.mapbox-vector-tile": {"schema": {"type": "string", "format": "binary"}}});
    let mut add = |path: String, summary: &str, own: &[(&str, &str)], content: &Value| {
        let is_in_path = |name: &str| path.contains(&format!("{{{name}}}"));
        let own = own.iter().map(|(name, says)| {
            let (place, kind) = if is_in_path(name) { ("path", "integer") } else { ("query", "string") };
            json!({"name": name, "in": place, "required": is_in_path(name), "description": says, "schema": {"type": kind}})
        });
        let passed = ["limit", "offset", "after", "sortby", "download"];
        let filters = parameters(collection).into_iter().filter(|name| !passed.contains(name)).map(|name| parameter(collection, name));
        let asked: Vec<Value> = own.chain(filters).collect();
        let mut responses = answers(content);
        if content.get("application/vnd.mapbox-vector-tile").is_some() {
            responses["204"] = json!({"description": "nothing lies in the tile"});
        }
        paths.insert(path, json!({"get": {"summary": summary, "parameters": asked, "responses": responses}}));
    };
    add(format!("{path}/download"), "All that matches, as a file", &super::download::OWN, &Value::Object(files));
    add(format!("{path}/facets"), "How many features have which value of some properties", &super::counts::FACETS, &json_body());
    add(
        format!("{path}/histogram"),
        "How many features begin in which days, weeks, months or years",
        &super::counts::HISTOGRAM,
        &json_body(),
    );
    if collection.is_drawn() {
        let tiles = format!("/api/tiles/{}", collection.name());
        add(tiles.clone(), "The tiles (TileJSON)", &[], &json_body());
        add(format!("{tiles}/{{z}}/{{x}}/{{y}}"), "A vector tile", &[("z", "zoom"), ("x", "column"), ("y", "row")], &tile);
    }
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

fn parameter(collection: Collection, name: &str) -> Value {
    let list = |items: Value| json!({"type": "array", "items": items});
    let property = asked_by_name(&schema(collection)).map(|(_, property)| property).find(|p| p.name == name);
    let description = [BBOX].iter().chain(&GENERAL).find(|(n, _)| *n == name).map(|(_, says)| *says).or(property.map(|p| p.description));
    let schema = match (name, property) {
        ("bbox", _) => json!({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}),
        ("limit", _) => json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
        ("offset", _) => json!({"type": "integer", "minimum": 0}),
        ("download", _) => json!({"type": "string", "enum": ["0", "1"]}),
        ("filter-lang", _) => json!({"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"}),
        ("country", _) => list(json!({"type": "string", "pattern": "^[A-Z]{2}$"})),
        (_, Some(property)) => match ((property.allowed)(), property.kind) {
            (allowed, _) if !allowed.is_empty() => list(json!({"type": "string", "enum": allowed})),
            (_, Kind::Flag) => json!({"type": "boolean"}),
            (_, Kind::Integer) => list(json!({"type": "string", "pattern": "^(-?[0-9]+|(-?[0-9]+)?[.][.](-?[0-9]+)?)$"})),
            _ => list(json!({"type": "string"})),
        },
        _ => json!({"type": "string"}),
    };
    json!({"name": name, "in": "query", "required": false, "style": "form", "explode": false, "description": description, "schema": schema})
}

fn answers(content: &Value) -> Value {
    json!({"200": {"description": "the answer", "content": content}, "default": problem()})
}

fn problem() -> Value {
    json!({"description": "problem details (RFC 9457)", "content": {"application/problem+json": {"schema": {"type": "object"}}}})
}

fn schema_body() -> Value {
    json!({"application/schema+json": {"schema": {"type": "object"}}})
}

fn json_body() -> Value {
    json!({"application/json": {"schema": {"type": "object"}}})
}

fn geojson_body() -> Value {
    json!({"application/geo+json": {"schema": {"type": "object"}}})
}

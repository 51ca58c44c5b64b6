//! The definition of the interface (OpenAPI 3.0), made from the lists that the handlers check against.

mod edits;
mod parameters;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::layer::FORMATS;
use crate::snapshot::parameters::parameters as names_of;
use crate::store::Collection;

use self::parameters::{of_counts, of_geocoder, of_question};
use super::asked;
use super::html;
use super::reply::tagged;
use super::watches;

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
        ("/api/actors", "What the actors are called in Arabic, French and English"),
        (watches::PATH, "Feeds and folders that are followed, and how it goes; for editors"),
        ("/health", "Whether the server answers"),
        ("/ready", "Whether the store can be read"),
    ] {
        paths.insert(path.to_owned(), json!({"get": {"summary": summary, "responses": answers(&json_body())}}));
    }
    for collection in Collection::ALL {
        let path = format!("/api/collections/{}", collection.name());
        let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        let asked: Vec<Value> = names_of(collection).into_iter().map(|name| of_question(collection, name)).collect();
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
        let parameters: Vec<Value> = names.iter().map(|name| of_geocoder(name, name.starts_with(required))).collect();
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
    let settings =
        json!({"summary": "What the command line says of the page: tiles of another server", "responses": answers(&json_body())});
    paths.insert("/settings".to_owned(), json!({"get": settings}));
    let counts = json!({"200": {"description": "counts", "content": {super::watched::METRICS: {"schema": {"type": "string"}}}}, "default": problem()});
    paths.insert("/metrics".to_owned(), json!({"get": {"summary": "Counts for Prometheus", "responses": counts}}));
    for (path, methods) in &mut paths {
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            if method != "get" {
                operation["security"] = json!([{"token": []}]);
            } else if html::has_page(path) {
                as_page(operation);
            }
        }
    }
    let token = json!({"type": "http", "scheme": "bearer",
        "description": "a token of «dalil token create»; on the loopback address changes need none unless the server was told so"});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "dalil", "version": env!("CARGO_PKG_VERSION"), "license": {"name": "MIT OR Apache-2.0"}},
        "paths": paths,
        "components": {"securitySchemes": {"token": token}},
    })
}

/// An answer that is a page, too.
fn as_page(operation: &mut Value) {
    let form = json!({"name": html::FORM.0, "in": "query", "required": false, "description": html::FORM.1,
        "schema": {"type": "string", "enum": ["json", "html"]}});
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(form),
        None => operation["parameters"] = json!([form]),
    }
    operation["responses"]["200"]["content"]["text/html"] = json!({"schema": {"type": "string"}});
}

/// The paths that count.
fn counted(collection: Collection, path: &str, paths: &mut Map<String, Value>) {
    let (object, bytes) = (json!({"schema": {"type": "object"}}), json!({"schema": {"type": "string", "format": "binary"}}));
    let files: Map<String, Value> = FORMATS
        .iter()
        .filter(|format| format.suits(collection))
        .map(|format| (format.media_type.to_owned(), if format.name == "geojson" { object.clone() } else { bytes.clone() }))
        .chain([("application/json".to_owned(), object.clone())])
        .collect();
    let tile = json!({"application/vnd.mapbox-vector-tile": {"schema": {"type": "string", "format": "binary"}}});
    let mut add = |path: String, summary: &str, own: &[(&str, &str)], content: &Value| {
        // Of some collections there is nothing to sum up.
        let can_be = |parameter: &Value| parameter["schema"]["enum"] != json!([]);
        let own = own.iter().map(|(name, says)| of_counts(collection, &path, name, says)).filter(can_be);
        let passed = ["limit", "offset", "after", "sortby", "download"];
        let filters = names_of(collection).into_iter().filter(|name| !passed.contains(name)).map(|name| of_question(collection, name));
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
    let at = json!({"name": "at", "in": "query", "required": true, "schema": {"type": "integer", "minimum": 0, "maximum": u32::MAX},
        "description": "a code point of the report's text: of a mention, or of a word that is none"});
    for (collection, summary, parameters) in [
        (Collection::Mentions, "Why a mention means its place, and what would have changed that", json!([id])),
        (Collection::Reports, "Why a word of a report is a mention of a place, or is none", json!([id, at])),
    ] {
        let get = json!({"summary": summary, "parameters": parameters, "responses": answers(&json_body())});
        paths.insert(format!("/api/collections/{}/items/{{id}}/why", collection.name()), json!({"get": get}));
    }
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

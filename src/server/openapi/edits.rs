//! The definition of what changes places, corrections and rulings.

use serde_json::{Map, Value, json};

use crate::incident::correction::{Verdict, names};
use crate::store::Collection;

use super::super::documents;
use super::super::reports::{PLAIN, TOLD};
use super::{answers, geojson_body, json_body, problem};

/// Adds the changes to the items of a collection that can be changed.
pub(super) fn add(collection: Collection, items: &mut Value, item: &mut Value) {
    if collection == Collection::IncidentCorrections {
        item["delete"] = changing("Take a correction of an incident back, also one whose incident is gone", None);
        return;
    }
    let (what, body) = match collection {
        Collection::Places => ("a place; the reports that name it are read again", geojson_body()),
        Collection::Corrections => (
            "a correction: ruling pin (with place_id) or reject, name, scope mention (with report_id, start, \
            end), report (with report_id), source (with source), country (with country) or always, note",
            json_body(),
        ),
        Collection::Rulings => (
            "a ruling: verdict merge, split or pin, members and, of a split, others (identifiers of incidents, or of events for all \
            theirs; others may be left out for the rest of the members' events), note",
            json_body(),
        ),
        Collection::Reports => return reports(items, item),
        _ => return,
    };
    items["post"] = json!({
        "summary": format!("Enter {what}"),
        "parameters": [dry_run()],
        "requestBody": {"required": true, "content": body},
        "responses": {
            "201": {"description": "saved: the item, change, changed, affected, near_duplicates", "content": json_body()},
            "200": {"description": "what would change; nothing was saved", "content": json_body()},
            "409": problem(),
            "default": problem(),
        },
    });
    item["delete"] = changing("Take it out of use", None);
    if collection == Collection::Places {
        item["put"] = changing("Change a place to what is given, also one of the gazetteer's own", Some(&body));
        item["patch"] = changing("Change what is given of a place (JSON Merge Patch of the feature)", Some(&body));
    }
}

/// Reports are handed in as they are, and taken out; what is in between is reading.
fn reports(items: &mut Value, item: &mut Value) {
    let told = TOLD.iter().map(|(name, says)| {
        let says = format!("of a plain text: {says}");
        json!({"name": name, "in": "query", "required": false, "description": says, "schema": {"type": "string"}})
    });
    let members: Map<String, Value> = TOLD
        .iter()
        .chain([&("text", "the text")])
        .map(|(name, says)| ((*name).to_owned(), json!({"type": "string", "description": says})))
        .collect();
    let schema = json!({"type": "object", "required": ["text"], "properties": members});
    let content = json!({PLAIN: {"schema": {"type": "string"}}, "application/json": {"schema": schema}});
    items["post"] = json!({
        "summary": "Hand in a report: it is read at once",
        "parameters": told.chain([dry_run()]).collect::<Vec<_>>(),
        "requestBody": {"required": true, "content": content},
        "responses": {
            "201": {"description": "saved: the report, summary (incidents, located, mentions, unresolved), change, changed, affected", "content": json_body()},
            "200": {"description": "the very same was there already (duplicate), or what would be found", "content": json_body()},
            "409": problem(),
            "default": problem(),
        },
    });
    item["delete"] = changing("Take a report out, with all that was read out of it", None);
}

/// The correction of an incident.
fn correction() -> Value {
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let fields: Map<String, Value> = names().into_iter().map(|name| (name, json!({}))).collect();
    let schema = json!({"type": "object", "additionalProperties": false, "properties": {
        "fields": {"type": "object", "additionalProperties": false, "properties": fields},
        "verdict": {"type": "string", "nullable": true, "enum": Verdict::ALL.map(Verdict::label)},
        "note": {"type": "string"},
        "who": {"type": "string"},
    }});
    let mut put = changing(
        "Correct fields of an incident, confirm or reject it: the correction whole. If-Match is needed when there is one already",
        Some(&json!({"application/json": {"schema": schema}})),
    );
    put["parameters"][1]["required"] = json!(false);
    put["responses"]["201"] = json!({"description": "saved: the correction, the incident, change, changed", "content": json_body()});
    json!({
        "get": {"summary": "What people say of an incident", "parameters": [id], "responses": answers(&geojson_body())},
        "put": put,
        "delete": changing("Take the correction of an incident back", None),
    })
}

/// Adds the paths that are no items.
pub(super) fn paths(paths: &mut Map<String, Value>) {
    paths.insert("/api/collections/incidents/items/{id}/correction".to_owned(), correction());
    let merge = changing("Make a place another one, {\"into\": id}: its names go there", Some(&json_body()));
    paths.insert("/api/collections/places/items/{id}/merge".to_owned(), json!({"post": merge}));
    let f =
        json!({"name": "f", "in": "query", "required": true, "schema": {"type": "string", "enum": ["csv", "geojson", "linked-places"]}});
    let name = json!({"name": "name", "in": "query", "required": false, "schema": {"type": "string"}, "description": "of the file"});
    let text = json!({"schema": {"type": "string"}});
    let file = json!({"text/csv": text, "application/geo+json": text, "application/ld+json": text});
    paths.insert(
        "/api/collections/places/exchange".to_owned(),
        json!({
            "get": {"summary": "All places as a file that can be taken in again", "parameters": [f], "responses": answers(&file)},
            "post": {
                "summary": "Take places in: CSV, GeoJSON or Linked Places. Rows that cannot be used are told, the others go in whole",
                "parameters": [name, dry_run()],
                "requestBody": {"required": true, "content": file},
                "responses": answers(&json_body()),
            },
        }),
    );
    paths.insert(
        "/api/history".to_owned(),
        json!({"get": {"summary": "Who changed what, newest first", "responses": answers(&json_body())}}),
    );
    let bearer =
        json!({"summary": "Whether the token of this request may change something, and its name", "responses": answers(&json_body())});
    paths.insert("/api/bearer".to_owned(), json!({"post": bearer}));
    let named = json!({"name": "name", "in": "query", "required": false, "schema": {"type": "string"}, "description": "of the file"});
    let published = json!({"name": "published", "in": "query", "required": false, "schema": {"type": "string", "format": "date"},
        "description": "day of publication of reports that do not say theirs"});
    let apart = json!({
        "summary": "Take a file of any kind apart: the reports it holds, as they can be handed in, and what of it could not be read. Nothing is kept",
        "parameters": [named, published],
        "requestBody": {"required": true, "content": {documents::TAKEN: {"schema": {"type": "string", "format": "binary"}}}},
        "responses": answers(&json_body()),
    });
    paths.insert(documents::PATH.to_owned(), json!({"post": apart}));
    let number = json!({"name": "number", "in": "path", "required": true, "schema": {"type": "integer"}});
    let undo =
        json!({"summary": "Take a change back, also a taking back", "parameters": [number, dry_run()], "responses": answers(&json_body())});
    paths.insert("/api/history/{number}/undo".to_owned(), json!({"post": undo}));
}

fn changing(summary: &str, body: Option<&Value>) -> Value {
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let version = json!({"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"},
        "description": "the entity tag of the item as it was seen, or *"});
    let mut responses = answers(&json_body());
    responses["412"] = problem();
    responses["428"] = problem();
    let mut out = json!({"summary": summary, "parameters": [id, version, dry_run()], "responses": responses});
    if let Some(body) = body {
        out["requestBody"] = json!({"required": true, "content": body});
    }
    out
}

fn dry_run() -> Value {
    json!({"name": "dry_run", "in": "query", "required": false, "schema": {"type": "boolean"},
        "description": "say what would change, and save nothing"})
}

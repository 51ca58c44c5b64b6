//! What all changes over HTTP share: dry runs, versions, the shape of the answer.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::intake::Done;
use crate::snapshot::parameters::Pairs;
use crate::store::Collection;

use super::bearers::Writing;
use super::guard::is_json;
use super::items::{Given, known, pairs};
use super::reply::Problem;
use super::{corrections, judgements, places, reports, rulings};

/// A body that was read, or could not be.
pub(super) type Body = Result<Bytes, BytesRejection>;

/// `POST /api/collections/{collection}/items`
pub(super) async fn add(
    Writing(state): Writing,
    Path(name): Path<String>,
    headers: HeaderMap,
    given: Given,
    body: Body,
) -> Result<Response, Problem> {
    match known(&name)? {
        Collection::Places => places::add(state, is_dry(given)?, &json_body(&headers, body)?).await,
        Collection::Corrections => corrections::add(state, is_dry(given)?, &json_body(&headers, body)?).await,
        Collection::Reports => reports::add(state, &headers, given, body).await,
        Collection::Rulings => rulings::add(state, is_dry(given)?, &json_body(&headers, body)?).await,
        collection => Err(read_out(collection).allowing(methods_of_items(collection))),
    }
}

/// `OPTIONS /api/collections/{collection}/items`: desktop programs offer to edit what can be posted to.
pub(super) async fn of_items(Path(name): Path<String>) -> Result<Response, Problem> {
    Ok(allowed(methods_of_items(known(&name)?)))
}

/// `OPTIONS /api/collections/{collection}/items/{id}`
pub(super) async fn of_item(Path((name, _)): Path<(String, String)>) -> Result<Response, Problem> {
    Ok(allowed(methods_of_item(known(&name)?)))
}

fn methods_of_items(collection: Collection) -> &'static str {
    use Collection::{Corrections, Places, Reports, Rulings};
    let can_add = matches!(collection, Places | Corrections | Reports | Rulings);
    if can_add { "GET, HEAD, OPTIONS, POST" } else { "GET, HEAD, OPTIONS" }
}

fn methods_of_item(collection: Collection) -> &'static str {
    match collection {
        Collection::Places => "GET, HEAD, OPTIONS, PUT, PATCH, DELETE",
        collection if collection.is_entered() || collection == Collection::Reports => "GET, HEAD, OPTIONS, DELETE",
        _ => "GET, HEAD, OPTIONS",
    }
}

fn allowed(methods: &'static str) -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, methods)]).into_response()
}

/// `DELETE /api/collections/{collection}/items/{id}`
pub(super) async fn remove(
    Writing(state): Writing,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    match known(&name)? {
        Collection::Places => places::retire(state, id, is_dry(given)?, version(&headers)?).await,
        Collection::Corrections => corrections::remove(state, id, is_dry(given)?, version(&headers)?).await,
        Collection::IncidentCorrections => judgements::remove(state, id, is_dry(given)?, judgements::seen(&headers)?).await,
        Collection::Reports => reports::remove(state, id, is_dry(given)?, version(&headers)?).await,
        Collection::Rulings => rulings::remove(state, id, is_dry(given)?, version(&headers)?).await,
        collection => Err(not_of_item(collection)),
    }
}

/// The problem for a change that a feature of a collection does not know.
pub(super) fn not_of_item(collection: Collection) -> Problem {
    read_out(collection).allowing(methods_of_item(collection))
}

/// The problem for changes of what only reports can change.
fn read_out(collection: Collection) -> Problem {
    let name = collection.name();
    let detail = match collection {
        Collection::IncidentCorrections => {
            "corrections of incidents are put at /api/collections/incidents/items/{id}/correction".to_owned()
        }
        Collection::Corrections | Collection::Reports | Collection::Rulings => {
            format!("{name} are not changed: take one back and enter another")
        }
        _ => format!("{name} are read out of reports; only reports, places, corrections and rulings can be entered"),
    };
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

/// `?dry_run=true`: say what would change, and save nothing.
pub(super) fn is_dry(given: Given) -> Result<bool, Problem> {
    is_dry_of(pairs(given)?)
}

/// The same of parameters that were read.
pub(super) fn is_dry_of(pairs: Pairs) -> Result<bool, Problem> {
    let mut is_dry = false;
    for (name, value) in pairs {
        if name != "dry_run" {
            return Err(Problem::parameter(&name, "unknown parameter, expected dry_run"));
        }
        is_dry = dry_run(&value)?;
    }
    Ok(is_dry)
}

/// The value of `dry_run`.
pub(super) fn dry_run(value: &str) -> Result<bool, Problem> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Problem::parameter("dry_run", format!("found «{value}», expected true or false"))),
    }
}

/// The version that a change is made for, from If-Match; `None` for `*`.
pub(super) fn version(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(given) = headers.get(header::IF_MATCH) else {
        let detail = "name the version that you saw: If-Match with the entity tag of the item, or its property version in quotes";
        return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, detail));
    };
    let given = given.to_str().unwrap_or_default().trim();
    if given == "*" {
        return Ok(None);
    }
    // A proxy that compresses makes a tag weak; it names the same version.
    let tag = given.trim_start_matches("W/").strip_prefix('"').and_then(|t| t.strip_suffix('"')).filter(|t| !t.contains('"'));
    let refused = || Problem::parameter("If-Match", format!("found «{given}», expected one entity tag in quotes, or *"));
    tag.map(|t| Some(t.to_owned())).ok_or_else(refused)
}

/// A body of JSON.
pub(super) fn json_body(headers: &HeaderMap, body: Body) -> Result<Value, Problem> {
    is_json(headers)?;
    let body = body.map_err(|e| Problem::new(e.status(), e.body_text()))?;
    serde_json::from_slice(&body).map_err(|e| Problem::parameter("body", format!("no JSON: {e}")))
}

/// What a change did, or would do, beside the members of its own.
pub(super) fn answer(done: &Done, is_dry: bool, own: Value) -> Value {
    let mut out = own;
    out["dry_run"] = json!(is_dry);
    if !is_dry {
        out["change"] = json!(done.number);
    }
    out["changed"] = json!(done.changed);
    out["affected"] = json!(done.affected);
    out["left_off"] = json!(done.left_off);
    out
}

//! Corrections over HTTP: a name pinned to a place or rejected, in a scope.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::intake::{self, NewCorrection};
use crate::layer;
use crate::resolve::corrections::Scope;

use super::State;
use super::edits::answer;
use super::reply::Problem;

/// A correction as it is posted; alone, or as the `properties` of a Feature.
///
/// `{"ruling":"pin","name":"تلاتايت","place_id":"geonames:2449990","scope":"source","source":"Kidal.info"}`
#[derive(Debug, Deserialize)]
struct Posted {
    ruling: String,
    #[serde(default)]
    name: String,
    place_id: Option<String>,
    #[serde(flatten)]
    scope: Scope,
    #[serde(default)]
    note: String,
}

/// Makes a correction.
pub(super) async fn add(state: State, is_dry: bool, body: &Value) -> Result<Response, Problem> {
    let new = read(body)?;
    let done = state.edit(is_dry, move |store, base, who| intake::correct(store, base, new, who)).await?;
    let correction = done.steps.corrections.first().and_then(|s| s.after.as_ref()).map(|c| json!(layer::correction_feature(c)));
    let correction = correction.unwrap_or_default();
    let location = format!("/api/collections/corrections/items/{}", correction["id"].as_str().unwrap_or_default());
    let answer = answer(&done, is_dry, json!({"correction": correction}));
    if is_dry {
        return Ok(Json(answer).into_response());
    }
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(answer)).into_response())
}

/// Takes a correction back.
pub(super) async fn remove(state: State, id: String, is_dry: bool, version: Option<String>) -> Result<Response, Problem> {
    let done = state.edit(is_dry, move |store, base, who| intake::uncorrect(store, base, &id, version.as_deref(), who)).await?;
    Ok(Json(answer(&done, is_dry, json!({}))).into_response())
}

fn read(body: &Value) -> Result<NewCorrection, Problem> {
    let properties = if body["type"] == "Feature" { &body["properties"] } else { body };
    let posted = Posted::deserialize(properties).map_err(|e| Problem::parameter("body", format!("no correction: {e}")))?;
    let place_id = match (posted.ruling.as_str(), posted.place_id) {
        ("pin", Some(id)) => Some(id),
        ("pin", None) => return Err(Problem::parameter("place_id", "expected the id of the place that the name is pinned to")),
        ("reject", None) => None,
        ("reject", Some(_)) => return Err(Problem::parameter("place_id", "a rejected name has no place")),
        (other, _) => return Err(Problem::parameter("ruling", format!("found «{other}», expected pin or reject"))),
    };
    Ok(NewCorrection { name: posted.name, scope: posted.scope, place_id, note: posted.note })
}

//! Rulings over HTTP: incidents that are one event, or are not, and events that are right.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::incident::corroborate::Verdict;
use crate::intake::{self, NewRuling};
use crate::layer;

use super::State;
use super::edits::answer;
use super::reply::Problem;

/// A ruling as it is posted; alone, or as the `properties` of a Feature.
///
/// `{"verdict":"split","members":["inc-0123456789ab"],"note":"the second bomb"}`
#[derive(Debug, Deserialize)]
struct Posted {
    verdict: Verdict,
    members: Vec<String>,
    #[serde(default)]
    others: Vec<String>,
    #[serde(default)]
    note: String,
}

/// Makes a ruling.
pub(super) async fn add(state: State, is_dry: bool, body: &Value) -> Result<Response, Problem> {
    let properties = if body["type"] == "Feature" { &body["properties"] } else { body };
    let expected = "verdict merge, split or pin; members and others are lists of identifiers";
    let Posted { verdict, members, others, note } =
        Posted::deserialize(properties).map_err(|e| Problem::parameter("body", format!("no ruling: {e}; expected {expected}")))?;
    let new = NewRuling { verdict, members, others, note };
    let done = state.edit(is_dry, move |store, base, who| intake::rule(store, base, new, who)).await?;
    let ruling = done.steps.rulings.first().and_then(|s| s.after.as_ref()).map(|r| json!(layer::ruling_feature(r, &[])));
    let ruling = ruling.unwrap_or_default();
    let location = format!("/api/collections/rulings/items/{}", ruling["id"].as_str().unwrap_or_default());
    let answer = answer(&done, is_dry, json!({"ruling": ruling}));
    if is_dry {
        return Ok(Json(answer).into_response());
    }
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(answer)).into_response())
}

/// Takes a ruling back.
pub(super) async fn remove(state: State, id: String, is_dry: bool, version: Option<String>) -> Result<Response, Problem> {
    let done = state.edit(is_dry, move |store, base, who| intake::unrule(store, base, &id, version.as_deref(), who)).await?;
    Ok(Json(answer(&done, is_dry, json!({}))).into_response())
}

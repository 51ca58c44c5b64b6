//! Corrections of incidents over HTTP: `/api/collections/incidents/items/{id}/correction`.

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::incident::correction::{IncidentCorrection, Verdict};
use crate::intake::{self, Done, NewIncidentCorrection, SeenVersion, Who};
use crate::layer;
use crate::store::Collection;

use super::State;
use super::bearers::Writing;
use super::edits::{Body, answer, is_dry, json_body, version};
use super::items::{Given, known};
use super::reply::{Problem, versioned};

const MAX_WHO_CHARS: usize = 120;

/// A correction as it is put.
///
/// `{"fields":{"killed_low":9,"killed_best":9,"killed_high":9},"verdict":"confirmed","note":"the hospital's list","who":"Mariam"}`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Put {
    #[serde(default)]
    fields: Map<String, Value>,
    verdict: Option<Verdict>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    who: String,
}

/// `GET …/correction`
pub(super) async fn get(
    Shared(state): Shared<State>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let correction = correction(&state, &name, &id).await?.ok_or_else(|| none(&id))?;
    let feature = state.read(move |store| store.feature(Collection::IncidentCorrections, &correction.id)).await?;
    let feature = feature.ok_or_else(|| none(&id))?;
    let parsed: Value = serde_json::from_str(&feature).unwrap_or_default();
    Ok(versioned(&headers, feature, parsed["properties"]["version"].as_str().unwrap_or_default()))
}

/// `PUT …/correction`: the correction as it shall be, whole.
pub(super) async fn put(
    Writing(state): Writing,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
    body: Body,
) -> Result<Response, Problem> {
    let is_dry = is_dry(given)?;
    let body = json_body(&headers, body)?;
    let Put { fields, verdict, note, who } = Put::deserialize(&body).map_err(|e| {
        Problem::parameter("body", format!("no correction: {e}; expected fields, verdict (confirmed, rejected or null), note, who"))
    })?;
    let by = signed(name_of(&who)?, state.bearer());
    let known = correction(&state, &name, &id).await?;
    let seen = if known.is_none() && !headers.contains_key(header::IF_MATCH) { SeenVersion::None } else { seen(&headers)? };
    let new = NewIncidentCorrection { fields, verdict, note };
    let edit = move |store: &mut _, base: &_, who: Who<'_>| {
        let who = Who { who: by.as_deref().unwrap_or(who.who), ..who };
        intake::correct_incident(store, base, &id, &seen, new, who)
    };
    let (done, incident) = state.edit(is_dry, edit).await?;
    let (correction, tag) = correction_of(&done);
    let answer = Json(answer(&done, is_dry, json!({"correction": correction, "incident": incident})));
    if is_dry {
        return Ok(answer.into_response());
    }
    let status = if known.is_none() { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, [(header::ETAG, tag)], answer).into_response())
}

/// `DELETE …/correction`: takes it back.
pub(super) async fn delete(
    Writing(state): Writing,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    let known = correction(&state, &name, &id).await?.ok_or_else(|| none(&id))?;
    remove(state, known.id, is_dry(given)?, seen(&headers)?).await
}

/// Takes a correction back by its own identifier, also an orphan.
pub(super) async fn remove(state: State, id: String, is_dry: bool, seen: SeenVersion) -> Result<Response, Problem> {
    let done = state.edit(is_dry, move |store, base, who| intake::uncorrect_incident(store, base, &id, &seen, who)).await?;
    Ok(Json(answer(&done, is_dry, json!({}))).into_response())
}

/// The version that was seen, from If-Match.
pub(super) fn seen(headers: &HeaderMap) -> Result<SeenVersion, Problem> {
    Ok(version(headers)?.map_or(SeenVersion::Any, SeenVersion::Of))
}

/// The correction that lies over an incident that is there.
async fn correction(state: &State, name: &str, id: &str) -> Result<Option<IncidentCorrection>, Problem> {
    if known(name)? != Collection::Incidents {
        return Err(Problem::nothing(&format!("correction in {name}; incidents have them")));
    }
    let wanted = id.to_owned();
    let read = move |store: &crate::store::Store| {
        let is_there = store.feature(Collection::Incidents, &wanted)?.is_some();
        Ok((is_there, store.correction_of_incident(&wanted)?))
    };
    let (is_there, correction) = state.read(read).await?;
    if is_there { Ok(correction) } else { Err(Problem::nothing(&format!("«{id}» in {name}"))) }
}

fn none(id: &str) -> Problem {
    Problem::nothing(&format!("correction of «{id}»"))
}

/// Who makes the correction, as they call themselves; `None`: the way it came.
fn name_of(who: &str) -> Result<Option<String>, Problem> {
    let name = who.trim();
    if name.chars().count() > MAX_WHO_CHARS || name.chars().any(char::is_control) {
        return Err(Problem::parameter(
            "who",
            format!("who: found a longer name, expected one line of at most {MAX_WHO_CHARS} characters"),
        ));
    }
    Ok(Some(name.to_owned()).filter(|name| !name.is_empty()))
}

/// Who shows a token cannot sign as another: its name stands beside the one that they call themselves.
fn signed(name: Option<String>, bearer: Option<&str>) -> Option<String> {
    match (name, bearer) {
        (Some(name), Some(bearer)) if name != bearer => Some(format!("{name} ({bearer})")),
        (name, _) => name,
    }
}

/// The published form of the correction that a change made, and its tag.
fn correction_of(done: &Done) -> (Value, String) {
    let made = done.steps.incident_corrections.first().and_then(|s| s.after.as_ref());
    let feature = made.map(|c| json!(layer::incident_correction_feature(c))).unwrap_or_default();
    let tag = format!("\"{}\"", feature["properties"]["version"].as_str().unwrap_or_default());
    (feature, tag)
}

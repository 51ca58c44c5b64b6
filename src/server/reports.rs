//! Reports over HTTP: handed in one by one, read at once, taken out again.

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::document::decode;
use crate::intake::{self, Entered, posted_report};
use crate::lang::Lang;
use crate::store::Collection;

use super::State;
use super::edits::{Body, answer, dry_run, json_body};
use super::guard::{is_json, media_type};
use super::items::{Given, escaped, pairs};
use super::reply::Problem;

/// What is told of a plain text in its address; in JSON these are members.
pub(super) const TOLD: [(&str, &str); 6] = [
    ("id", "an identifier; none: one is made of the content"),
    ("title", "the headline"),
    ("published", "day of publication, 2022-09-06: what «yesterday» hangs on"),
    ("source", "who published it"),
    ("url", "where it can be read"),
    ("lang", "ar, fr or en; none: it is found out"),
];
/// Media type of a report that is nothing but its text.
pub(super) const PLAIN: &str = "text/plain";

/// Takes a report in: a plain text, or an object as a line of JSON Lines has it.
pub(super) async fn add(state: State, headers: &HeaderMap, given: Given, body: Body) -> Result<Response, Problem> {
    let is_plain = media_type(headers) == PLAIN;
    if !is_plain && is_json(headers).is_err() {
        let detail = format!("content-type «{}», expected {PLAIN} or application/json", media_type(headers));
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let (is_dry, told) = told(given, is_plain)?;
    let value = if is_plain { Value::Object(plain(told, body)?) } else { json_body(headers, body)? };
    let report = posted_report(value)?;
    let id = report.id.clone();
    let Entered { done, summary, is_duplicate } =
        state.edit(is_dry, move |store, base, who| intake::enter_report(store, base, report, who)).await?;
    let feature = state.snapshot().layer(Collection::Reports).feature(&id).map(serde_json::from_str::<Value>);
    let feature = feature.and_then(Result::ok);
    let answer = answer(&done, is_dry || is_duplicate, json!({"report": feature, "summary": summary, "duplicate": is_duplicate}));
    let location = [(header::LOCATION, format!("/api/collections/reports/items/{}", escaped(&id)))];
    Ok(match (is_duplicate, is_dry) {
        (true, _) => (StatusCode::OK, location, Json(answer)).into_response(),
        (false, true) => Json(answer).into_response(),
        (false, false) => (StatusCode::CREATED, location, Json(answer)).into_response(),
    })
}

/// Takes a report out, with all that was read out of it.
pub(super) async fn remove(state: State, id: String, is_dry: bool, version: Option<String>) -> Result<Response, Problem> {
    let done = state.edit(is_dry, move |store, base, who| intake::remove_report(store, base, &id, version.as_deref(), who)).await?;
    Ok(Json(answer(&done, is_dry, json!({}))).into_response())
}

/// Whether it is only to be tried, and what the address tells of a plain text.
fn told(given: Given, is_plain: bool) -> Result<(bool, Map<String, Value>), Problem> {
    let (mut is_dry, mut told) = (false, Map::new());
    for (name, value) in pairs(given)? {
        if name == "dry_run" {
            is_dry = dry_run(&value)?;
        } else if !is_plain || TOLD.iter().all(|(known, _)| *known != name) {
            let names: Vec<&str> = TOLD.iter().map(|(name, _)| *name).collect();
            let expected = if is_plain { names.join(", ") + " or dry_run" } else { "dry_run; the rest is told in the object".to_owned() };
            return Err(Problem::parameter(&name, format!("unknown parameter, expected {expected}")));
        } else if name == "lang" && Lang::from_code(&value).is_none() {
            return Err(Problem::parameter("lang", format!("found «{value}», expected ar, fr or en")));
        } else if told.insert(name.clone(), Value::String(value)).is_some() {
            return Err(Problem::parameter(&name, "found twice, expected once"));
        }
    }
    Ok((is_dry, told))
}

/// The object of a plain text; its encoding is found out as `dalil ingest` does.
fn plain(mut told: Map<String, Value>, body: Body) -> Result<Map<String, Value>, Problem> {
    let body = body.map_err(|e| Problem::new(e.status(), e.body_text()))?;
    let text = decode(&body).map_err(|reason| Problem::parameter("body", reason))?;
    told.insert("text".to_owned(), Value::String(text));
    Ok(told)
}

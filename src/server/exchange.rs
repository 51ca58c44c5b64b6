//! The user's places as files: out in the forms of other programs, and in again.

use axum::Json;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::error::Error;
use crate::intake;
use crate::layer::{self, ExchangeFormat};
use crate::snapshot::parameters::Pairs;
use crate::store::Store;

use super::State;
use super::bearers::Writing;
use super::edits::{Body, answer, is_dry_of};
use super::guard::media_type;
use super::items::{Given, pairs};
use super::reply::Problem;

/// Largest file that is taken in: some hundred thousand places.
pub(super) const MAX_FILE_BYTES: usize = 64_000_000;
/// Rows whose refusal is told; the others are counted.
const MAX_TOLD: usize = 50;
const MAX_NAME_CHARS: usize = 200;
/// Forms by their name, with media type and extension.
const FORMS: [(&str, ExchangeFormat, &str, &str); 3] = [
    ("csv", ExchangeFormat::Csv, "text/csv; charset=utf-8", "csv"),
    ("geojson", ExchangeFormat::GeoJson, "application/geo+json", "geojson"),
    ("linked-places", ExchangeFormat::LinkedPlaces, "application/ld+json", "lpf.json"),
];
/// Media types that a form of another page cannot send.
const TAKEN: [&str; 4] = ["text/csv", "application/json", "application/geo+json", "application/ld+json"];

/// `GET /api/collections/places/exchange?f=csv`: all places of the user, also those out of use.
pub(super) async fn export(Shared(state): Shared<State>, given: Given) -> Result<Response, Problem> {
    let pairs = pairs(given)?;
    let [(_, name)] = pairs.as_slice() else { return Err(Problem::parameter("f", "expected it once, and nothing else")) };
    let names = FORMS.map(|(name, ..)| name).join(", ");
    let form = FORMS.iter().find(|(known, ..)| known == name && pairs.iter().all(|(key, _)| key == "f"));
    let (_, format, media_type, extension) = *form.ok_or_else(|| Error::value("f", format!("«{name}»"), &format!("one of {names}")))?;
    let gazetteer = state.gazetteer();
    let places = state.read(Store::places).await?;
    let written = tokio::task::spawn_blocking(move || layer::exchange(format, &places, &gazetteer));
    let written = written.await.map_err(|e| Problem::internal(&e))?;
    let disposition = format!("attachment; filename=\"dalil-places.{extension}\"");
    Ok(([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], written).into_response())
}

/// `POST /api/collections/places/exchange?name=villages.csv`: wrong rows are told, the others go in whole.
pub(super) async fn import(Writing(state): Writing, headers: HeaderMap, given: Given, body: Body) -> Result<Response, Problem> {
    let media_type = media_type(&headers);
    if !TAKEN.contains(&media_type.as_str()) {
        let detail = format!("content-type «{media_type}», expected one of {}", TAKEN.join(", "));
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let (named, others): (Pairs, Pairs) = pairs(given)?.into_iter().partition(|(name, _)| name == "name");
    let is_dry = is_dry_of(others)?;
    let file: String = named.first().map_or("file", |(_, name)| name.as_str()).chars().take(MAX_NAME_CHARS).collect();
    let body = body.map_err(|e| Problem::new(e.status(), e.body_text()))?;
    let text = String::from_utf8(body.to_vec()).map_err(|e| Problem::parameter("body", format!("no UTF-8: {e}")))?;
    let rows = intake::rows_of(&file, &text, None).map_err(|e| Problem::parameter("body", e.to_string()))?;
    let imported = state.edit(is_dry, move |store, base, who| intake::import(store, base, &file, rows, who)).await?;
    let told: Vec<Value> = imported.refused.iter().take(MAX_TOLD).map(|error| json!(error.to_string())).collect();
    let counts =
        json!({"rows": imported.rows, "saved": imported.saved, "unchanged": imported.unchanged, "refused": imported.refused.len()});
    Ok(Json(answer(&imported.done, is_dry, json!({"import": counts, "refused": told}))).into_response())
}

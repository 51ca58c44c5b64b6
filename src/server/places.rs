//! The user's places: entered and retired by the page or by another program.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::intake::{self, NewPlace};
use crate::store::Collection;

use super::State;
use super::guard::is_json;
use super::items::known;
use super::reply::Problem;

/// By which way these changes come, in the store's history.
const WHO: &str = "page";

/// `POST /api/collections/places/items`
pub(super) async fn add(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    only_places(&name)?;
    is_json(&headers)?;
    let new = read(&body.map_err(|e| Problem::new(e.status(), e.body_text()))?)?;
    let saved = state.edit(move |store, base, now| intake::add_place(store, base, new, now, WHO)).await?;
    let feature: serde_json::Value = serde_json::from_str(&saved.place.feature).map_err(|e| Problem::internal(&e))?;
    let answer = serde_json::json!({"place": feature, "changed": saved.changed, "near_duplicates": saved.near_duplicates});
    let location = format!("/api/collections/places/items/{}", saved.place.row.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(answer)).into_response())
}

/// `DELETE /api/collections/places/items/{id}`
pub(super) async fn retire(Shared(state): Shared<State>, Path((name, id)): Path<(String, String)>) -> Result<Response, Problem> {
    only_places(&name)?;
    let wanted = id.clone();
    let changed = state.edit(move |store, base, now| intake::retire_place(store, base, &wanted, now, WHO)).await?;
    let changed = changed.ok_or_else(|| Problem::nothing(&format!("place «{id}» of the user")))?;
    Ok(Json(serde_json::json!({"changed": changed})).into_response())
}

fn only_places(name: &str) -> Result<(), Problem> {
    if known(name)? == Collection::Places {
        return Ok(());
    }
    Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{name} are read out of reports; only places can be entered")))
}

/// A Feature as it is posted.
#[derive(Debug, Deserialize)]
struct Posted {
    #[serde(rename = "type")]
    kind: String,
    geometry: PostedPoint,
    properties: PostedProperties,
}

#[derive(Debug, Deserialize)]
struct PostedPoint {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Vec<f64>,
}

#[derive(Debug, Deserialize)]
struct PostedProperties {
    name: String,
    #[serde(default)]
    names: Vec<PostedName>,
    #[serde(default = "populated_place")]
    feature: String,
    country: Option<String>,
    admin1: Option<String>,
    radius_m: Option<u32>,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PostedName {
    name: String,
    lang: Option<String>,
}

fn populated_place() -> String {
    "PPL".to_owned()
}

fn read(body: &[u8]) -> Result<NewPlace, Problem> {
    let refuse = |e: &dyn std::fmt::Display| Problem::parameter("body", format!("no GeoJSON Feature of a place: {e}"));
    let posted: Posted = serde_json::from_slice(body).map_err(|e| refuse(&e))?;
    let (true, "Point", [lon, lat, ..]) = (posted.kind == "Feature", posted.geometry.kind.as_str(), posted.geometry.coordinates.as_slice())
    else {
        return Err(Problem::parameter("geometry", "expected a Feature with a Point of longitude and latitude"));
    };
    let given = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
    Ok(NewPlace {
        names: posted.properties.names.into_iter().map(|n| (n.lang.unwrap_or_default(), n.name)).collect(),
        lon: *lon,
        lat: *lat,
        name: posted.properties.name,
        feature: posted.properties.feature,
        country: given(posted.properties.country),
        admin1: given(posted.properties.admin1),
        radius_m: posted.properties.radius_m,
        note: posted.properties.note.unwrap_or_default(),
    })
}

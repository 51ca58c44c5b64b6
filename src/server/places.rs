//! The user's places: entered, changed, retired and merged by the page or by another program.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::intake::{self, Done, PlaceEdit, patched, posted_place};
use crate::layer;
use crate::store::Collection;

use super::State;
use super::bearers::Writing;
use super::edits::{Body, answer, is_dry, json_body, not_of_item, version};
use super::items::{Given, known};
use super::reply::Problem;

/// Enters a place.
pub(super) async fn add(state: State, is_dry: bool, body: &Value) -> Result<Response, Problem> {
    let new = posted_place(body)?;
    let (done, near) = state.edit(is_dry, move |store, base, who| intake::add_place(store, base, new, who)).await?;
    let place = place_of(&done, &state.gazetteer());
    let location = format!("/api/collections/places/items/{}", place["id"].as_str().unwrap_or_default());
    let answer = answer(&done, is_dry, json!({"place": place, "near_duplicates": near}));
    if is_dry {
        return Ok(Json(answer).into_response());
    }
    Ok((StatusCode::CREATED, [(header::LOCATION, location), (header::ETAG, tag(&place))], Json(answer)).into_response())
}

/// Takes a place out of use.
pub(super) async fn retire(state: State, id: String, is_dry: bool, version: Option<String>) -> Result<Response, Problem> {
    let retire = move |store: &mut _, base: &_, who: intake::Who<'_>| {
        intake::retire_place(store, base, PlaceEdit { id: &id, version: version.as_deref() }, who)
    };
    let done = state.edit(is_dry, retire).await?;
    Ok(Json(answer(&done, is_dry, json!({}))).into_response())
}

/// `PUT /api/collections/places/items/{id}`: the place as it shall be, whole.
pub(super) async fn put(
    Writing(state): Writing,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
    body: Body,
) -> Result<Response, Problem> {
    only_places(&name)?;
    let (is_dry, version) = (is_dry(given)?, version(&headers)?);
    change(state, id, is_dry, version, json_body(&headers, body)?).await
}

/// `PATCH /api/collections/places/items/{id}`: a JSON Merge Patch of the published feature.
pub(super) async fn patch(
    Writing(state): Writing,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
    body: Body,
) -> Result<Response, Problem> {
    only_places(&name)?;
    let (is_dry, version) = (is_dry(given)?, version(&headers)?);
    let patch = json_body(&headers, body)?;
    let (wanted, gazetteer) = (id.clone(), state.gazetteer());
    let known = state.read(move |store| intake::known_place(store, &gazetteer, &wanted)).await?;
    let known = known.ok_or_else(|| Problem::from(Error::missing(format!("place «{id}»"))))?;
    // The patch is of what was seen; should another change it meanwhile, the version tells.
    let version = version.or_else(|| Some(known.version()));
    let feature = json!(layer::place_feature(&known, &state.gazetteer()));
    change(state, id, is_dry, version, patched(feature, patch)).await
}

async fn change(state: State, id: String, is_dry: bool, version: Option<String>, feature: Value) -> Result<Response, Problem> {
    let new = posted_place(&feature)?;
    let edit = move |store: &mut _, base: &_, who: intake::Who<'_>| {
        intake::edit_place(store, base, PlaceEdit { id: &id, version: version.as_deref() }, new, who)
    };
    let done = state.edit(is_dry, edit).await?;
    let place = place_of(&done, &state.gazetteer());
    Ok(([(header::ETAG, tag(&place))], Json(answer(&done, is_dry, json!({"place": place})))).into_response())
}

/// `POST /api/collections/places/items/{id}/merge` with `{"into": "geonames:2457163"}`
pub(super) async fn merge(
    Writing(state): Writing,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    given: Given,
    body: Body,
) -> Result<Response, Problem> {
    only_places(&name)?;
    let (is_dry, version) = (is_dry(given)?, version(&headers)?);
    let body = json_body(&headers, body)?;
    let into = body["into"].as_str().map(str::to_owned).ok_or_else(|| Problem::parameter("into", "expected the id of a place"))?;
    let merge = move |store: &mut _, base: &_, who: intake::Who<'_>| {
        intake::merge_places(store, base, PlaceEdit { id: &id, version: version.as_deref() }, &into, who)
    };
    let done = state.edit(is_dry, merge).await?;
    Ok(Json(answer(&done, is_dry, json!({}))).into_response())
}

/// The published form of the first place of a change, as it is afterwards.
fn place_of(done: &Done, gazetteer: &Gazetteer) -> Value {
    done.steps.places.first().and_then(|s| s.after.as_ref()).map(|p| json!(layer::place_feature(p, gazetteer))).unwrap_or_default()
}

fn tag(feature: &Value) -> String {
    format!("\"{}\"", feature["properties"]["version"].as_str().unwrap_or_default())
}

fn only_places(name: &str) -> Result<(), Problem> {
    match known(name)? {
        Collection::Places => Ok(()),
        collection => Err(not_of_item(collection)),
    }
}

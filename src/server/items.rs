//! The items of the collections.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde_json::Value;

use crate::error::Result as Asking;
use crate::gazetteer::Gazetteer;
use crate::intake;
use crate::layer;
use crate::store::{Collection, Store};

use super::State;
use super::query::{Asked, Pairs, asked};
use super::reply::{Problem, as_download, geojson, versioned};

/// Query strings that are no pairs are refused like other bad values.
pub(super) type Given = Result<Query<Pairs>, QueryRejection>;

pub(super) fn pairs(given: Given) -> Result<Pairs, Problem> {
    given.map(|Query(pairs)| pairs).map_err(|e| Problem::new(e.status(), e.body_text()))
}

pub(super) fn known(name: &str) -> Result<Collection, Problem> {
    Collection::from_name(name).ok_or_else(|| Problem::nothing(&format!("collection «{name}»")))
}

/// `GET /api/collections/{collection}/items`
pub(super) async fn items(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let Asked { query, is_download } = asked(collection, pairs(given)?)?;
    let (limit, offset) = (query.limit.unwrap_or_default(), query.offset);
    state.corroborate(collection).await?;
    let page = state.read(move |store| store.find(collection, &query)).await?;
    let mut links = vec![("self", uri.to_string())];
    if offset + page.features.len() < page.matched {
        links.push(("next", moved(&uri, offset + limit)));
    }
    let body = layer::collection(&layer::Collection { features: page.features, matched: Some(page.matched), bbox: page.bbox, links });
    let response = geojson(&headers, body);
    Ok(if is_download { as_download(response, file_name(collection)) } else { response })
}

/// The same address with another offset.
fn moved(uri: &Uri, offset: usize) -> String {
    let kept = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("offset="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("offset={offset}")]).collect();
    format!("{}?{}", uri.path(), query.join("&"))
}

fn file_name(collection: Collection) -> &'static str {
    match collection {
        Collection::Corrections => "attachment; filename=\"dalil-corrections.geojson\"",
        Collection::Events => "attachment; filename=\"dalil-events.geojson\"",
        Collection::IncidentCorrections => "attachment; filename=\"dalil-incident-corrections.geojson\"",
        Collection::Incidents => "attachment; filename=\"dalil-incidents.geojson\"",
        Collection::Mentions => "attachment; filename=\"dalil-mentions.geojson\"",
        Collection::Places => "attachment; filename=\"dalil-places.geojson\"",
        Collection::Reports => "attachment; filename=\"dalil-reports.geojson\"",
        Collection::Rulings => "attachment; filename=\"dalil-rulings.geojson\"",
    }
}

/// `GET /api/collections/{collection}/items/{id}`
pub(super) async fn item(
    Shared(state): Shared<State>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let collection = known(&name)?;
    state.corroborate(collection).await?;
    let (wanted, gazetteer) = (id.clone(), state.gazetteer());
    let feature = state.read(move |store| feature(store, collection, &wanted, &gazetteer)).await?;
    let feature = feature.ok_or_else(|| Problem::nothing(&format!("«{id}» in {name}")))?;
    Ok(match version(collection, &feature) {
        Some(version) => versioned(&headers, feature, &version),
        None => geojson(&headers, feature),
    })
}

/// A feature of the store; of places also those of the gazetteer, which can be changed as well.
fn feature(store: &Store, collection: Collection, id: &str, gazetteer: &Gazetteer) -> Asking<Option<String>> {
    if collection != Collection::Places {
        return store.feature(collection, id);
    }
    let place = intake::known_place(store, gazetteer, id)?;
    Ok(place.map(|p| layer::written(&layer::place_feature(&p, gazetteer))))
}

/// What a change of a feature must name.
fn version(collection: Collection, feature: &str) -> Option<String> {
    let feature: Value = serde_json::from_str(feature).ok().filter(|_| collection.is_entered())?;
    feature["properties"]["version"].as_str().map(str::to_owned)
}

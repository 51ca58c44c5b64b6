//! The items of the collections.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use crate::layer;
use crate::store::Collection;

use super::State;
use super::query::{Asked, Pairs, asked};
use super::reply::{Problem, as_download, geojson};

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
        Collection::Incidents => "attachment; filename=\"dalil-incidents.geojson\"",
        Collection::Mentions => "attachment; filename=\"dalil-mentions.geojson\"",
        Collection::Places => "attachment; filename=\"dalil-places.geojson\"",
        Collection::Reports => "attachment; filename=\"dalil-reports.geojson\"",
    }
}

/// `GET /api/collections/{collection}/items/{id}`
pub(super) async fn item(
    Shared(state): Shared<State>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let wanted = id.clone();
    let feature = state.read(move |store| store.feature(collection, &wanted)).await?;
    Ok(geojson(&headers, feature.ok_or_else(|| Problem::nothing(&format!("«{id}» in {name}")))?))
}

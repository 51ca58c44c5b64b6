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
use crate::snapshot::parameters::Pairs;
use crate::store::{Collection, Store, content_tag, short_hash};

use super::State;
use super::reply::{GEOJSON, Problem, as_download, base_of, geojson, made, versioned, with_tag};

/// A part of so many features, of what was asked lately, is put together sooner than another thread would begin with it.
const SHORT: usize = 200;

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
    let question = state.question(collection, pairs(given)?)?;
    let snapshot = state.snapshot();
    let is_download = question.is_download;
    let tag = tag_of(snapshot.moment(), &uri);
    let (at, base) = (state.now(), base_of(&headers));
    let predicate = question.predicate();
    let is_short = question.sort.0.is_empty() && question.offset + question.limit <= SHORT;
    let known = snapshot.known_matches(collection, &predicate).filter(|_| is_short);
    let is_known = known.is_some();
    let body = move || {
        let matches = known.unwrap_or_else(|| snapshot.matches(collection, &predicate));
        let layer = snapshot.layer(collection);
        let page = layer.page(&matches, &question.sort, question.after.as_ref(), question.offset, question.limit);
        let mut links = vec![("self", format!("{base}{uri}"))];
        if let Some(next) = &page.next {
            links.push(("next", format!("{base}{}", moved(&uri, &next.to_text()))));
        }
        links.push(("alternate", format!("{base}{}", with_form(&uri.to_string(), "html"))));
        let parts =
            layer::Collection { features: page.features, matched: Some(page.matched as usize), bbox: page.bbox, at: Some(at), links };
        layer::collection(&parts).into_bytes()
    };
    let response = if is_known { with_tag(&headers, GEOJSON, body, tag) } else { made(&headers, GEOJSON, body, tag).await? };
    Ok(if is_download { as_download(response, file_name(collection)) } else { response })
}

/// The tag of an answer that hangs on the store and the address alone.
pub(super) fn tag_of(moment: i64, uri: &Uri) -> String {
    // Weak: what is sent may be compressed on the way, and says when it was made.
    format!("W/\"{moment}-{}\"", short_hash(&format!("{} {uri}", env!("CARGO_PKG_VERSION"))))
}

/// The same address, in another form (`f`).
pub(super) fn with_form(address: &str, form: &str) -> String {
    format!("{address}{}f={form}", if address.contains('?') { '&' } else { '?' })
}

/// The same address, after the last feature of this part.
fn moved(uri: &Uri, after: &str) -> String {
    let is_kept = |pair: &&str| !pair.is_empty() && !pair.starts_with("offset=") && !pair.starts_with("after=");
    let kept = uri.query().unwrap_or_default().split('&').filter(is_kept);
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("after={}", escaped(after))]).collect();
    format!("{}?{}", uri.path(), query.join("&"))
}

/// As a value of a query string, or a part of a path.
pub(super) fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn file_name(collection: Collection) -> String {
    format!("attachment; filename=\"dalil-{}.geojson\"", collection.name())
}

/// `GET /api/collections/{collection}/items/{id}`
pub(super) async fn item(
    Shared(state): Shared<State>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let nothing = || Problem::nothing(&format!("«{id}» in {name}"));
    let feature = if collection == Collection::Places {
        let (wanted, gazetteer) = (id.clone(), state.gazetteer());
        state.read(move |store| place(store, &wanted, &gazetteer)).await?
    } else {
        state.snapshot().layer(collection).feature(&id).map(str::to_owned)
    };
    let feature = feature.ok_or_else(nothing)?;
    let (of, at) = (base_of(&headers), format!("/api/collections/{name}/items/{}", escaped(&id)));
    let links = [
        ("self", format!("{of}{at}")),
        ("alternate", format!("{of}{}", with_form(&at, "html"))),
        ("collection", format!("{of}/api/collections/{name}")),
    ];
    let version = version(collection, &feature);
    let feature = layer::linked(&feature, &links);
    Ok(match version {
        Some(version) => versioned(&headers, feature, &version),
        None => geojson(&headers, feature),
    })
}

/// A place of the store, or one of the gazetteer, which can be changed as well.
fn place(store: &Store, id: &str, gazetteer: &Gazetteer) -> Asking<Option<String>> {
    let place = intake::known_place(store, gazetteer, id)?;
    Ok(place.map(|p| layer::written(&layer::place_feature(&p, gazetteer))))
}

/// What a change of a feature must name.
fn version(collection: Collection, feature: &str) -> Option<String> {
    if collection == Collection::Reports {
        return Some(content_tag(feature.as_bytes()));
    }
    let feature: Value = serde_json::from_str(feature).ok().filter(|_| collection.is_entered())?;
    feature["properties"]["version"].as_str().map(str::to_owned)
}

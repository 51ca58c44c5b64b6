//! Vector tiles of what matches, in the order of addresses of slippy maps and of OGC API – Tiles, and `TileJSON` for both.

use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::snapshot::parameters::number;
use crate::snapshot::tile::{MAX_ZOOM, TOLD, TileId};
use crate::snapshot::{Kind, schema};
use crate::store::Collection;

use super::State;
use super::items::{Given, known, pairs, tag_of};
use super::reply::{Problem, base_of, is_known, tagged};

const MVT: &str = "application/vnd.mapbox-vector-tile";

/// `GET /api/tiles/{collection}/{z}/{x}/{y}`
pub(super) async fn by_column(
    state: Shared<State>,
    Path((name, z, x, y)): Path<(String, String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    tile(&state, &name, [&z, &x, y.trim_end_matches(".mvt").trim_end_matches(".pbf")], &uri, &headers, given).await
}

/// `GET /api/collections/{collection}/tiles/WebMercatorQuad/{z}/{row}/{column}`
pub(super) async fn by_row(
    state: Shared<State>,
    Path((name, z, row, column)): Path<(String, String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    tile(&state, &name, [&z, &column, &row], &uri, &headers, given).await
}

async fn tile(state: &State, name: &str, [z, x, y]: [&str; 3], uri: &Uri, headers: &HeaderMap, given: Given) -> Result<Response, Problem> {
    let collection = drawn(name)?;
    let side = (1_usize << MAX_ZOOM) - 1;
    let z = number("z", z, 0, usize::from(MAX_ZOOM))?;
    let id = TileId::of(z as u8, number("x", x, 0, side)? as u32, number("y", y, 0, side)? as u32)?;
    let question = state.question(collection, pairs(given)?)?;
    let snapshot = state.snapshot();
    let tag = tag_of(snapshot.moment(), uri);
    let cached = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if is_known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, cached).into_response());
    }
    let work = move || snapshot.layer(collection).tile(&snapshot.matches(collection, &question.predicate()), id);
    let made = tokio::task::spawn_blocking(work).await.map_err(|e| Problem::internal(&e))??;
    let status = if made.is_empty() { StatusCode::NO_CONTENT } else { StatusCode::OK };
    Ok((status, cached, [(header::CONTENT_TYPE, MVT)], made).into_response())
}

/// `GET /api/tiles/{collection}`, `GET /api/collections/{collection}/tiles/WebMercatorQuad`
pub(super) async fn tilejson(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    given: Given,
) -> Result<Response, Problem> {
    let collection = drawn(&name)?;
    // Refused here rather than tile by tile.
    state.question(collection, pairs(given)?)?;
    let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
    let schema = schema(collection);
    let kind = |kind: Kind| if matches!(kind, Kind::Integer | Kind::Real) { "Number" } else { "String" };
    let told = TOLD.iter().filter_map(|name| schema.find(name)).map(|(_, property)| (property.name.to_owned(), json!(kind(property.kind))));
    let counts = [("count", "Number"), ("killed", "Number"), ("id", "String")].map(|(name, kind)| (name.to_owned(), json!(kind)));
    let fields: Map<String, Value> = counts.into_iter().chain(told).collect();
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": name,
        "description": "marks that lie close together are one, with count, killed and the count of each kind",
        "tiles": [format!("{}/api/tiles/{name}/{{z}}/{{x}}/{{y}}{query}", base_of(&headers))],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "vector_layers": [{"id": name, "fields": fields}],
    });
    if let Some(b) = state.snapshot().layer(collection).extent() {
        document["bounds"] = json!([b.west, b.south, b.east, b.north]);
    }
    Ok(tagged(&headers, "application/json", document.to_string().into_bytes()))
}

fn drawn(name: &str) -> Result<Collection, Problem> {
    let collection = known(name)?;
    if collection.is_drawn() { Ok(collection) } else { Err(Problem::nothing(&format!("map of {name}: its features lie nowhere"))) }
}

//! The page and the machine interface over HTTP; every answer is made by the floors below.

mod asked;
mod corrections;
mod counts;
mod download;
mod edits;
mod guard;
mod history;
mod items;
mod judgements;
mod landing;
mod live;
mod openapi;
mod page;
mod places;
mod queryables;
mod reconcile;
mod reply;
mod rulings;
mod search;
mod state;
mod tiles;
mod why;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

pub use state::State;

/// Largest request body: a place with fifty names is a few kilobytes, one with an outline of 20,000 corners less than this.
const MAX_BODY_BYTES: usize = 1_000_000;

/// All routes.
pub fn app(state: State) -> Router {
    Router::new()
        .route("/", get(page::index))
        .route("/health", get(landing::health))
        .route("/events", get(live::events))
        .route("/gazetteer/search", get(search::search))
        .route("/gazetteer/autocomplete", get(search::autocomplete))
        .route("/gazetteer/reverse", get(search::reverse))
        .route("/gazetteer/place", get(search::place))
        .route("/api", get(landing::landing))
        .route("/api/openapi", get(openapi::definition))
        .route("/api/conformance", get(landing::conformance))
        .route("/api/collections", get(landing::collections))
        .route("/api/collections/{collection}", get(landing::collection))
        .route("/api/collections/{collection}/queryables", get(queryables::queryables))
        .route("/api/collections/{collection}/sortables", get(queryables::sortables))
        .route("/api/collections/{collection}/download", get(download::download))
        .route("/api/collections/{collection}/facets", get(counts::facets))
        .route("/api/collections/{collection}/histogram", get(counts::histogram))
        .route("/api/collections/{collection}/tiles/WebMercatorQuad", get(tiles::tilejson))
        .route("/api/collections/{collection}/tiles/WebMercatorQuad/{z}/{row}/{column}", get(tiles::by_row))
        .route("/api/tiles/{collection}", get(tiles::tilejson))
        .route("/api/tiles/{collection}/{z}/{x}/{y}", get(tiles::by_column))
        .route("/api/collections/{collection}/items", get(items::items).post(edits::add).options(edits::of_items))
        .route(
            "/api/collections/{collection}/items/{id}",
            get(items::item).put(places::put).patch(places::patch).delete(edits::remove).options(edits::of_item),
        )
        .route("/api/collections/{collection}/items/{id}/correction", get(judgements::get).put(judgements::put).delete(judgements::delete))
        .route("/api/collections/{collection}/items/{id}/merge", post(places::merge))
        .route("/api/collections/{collection}/items/{id}/why", get(why::why))
        .route("/api/history", get(history::history))
        .route("/api/history/{number}/undo", post(history::undo))
        .merge(reconcile::routes())
        .route("/{*path}", get(page::file))
        .fallback(reply::not_found)
        .method_not_allowed_fallback(reply::not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn(guard::same_origin))
        .layer(middleware::from_fn(reconcile::any_origin))
        .layer(middleware::map_response(guard::headers))
        .layer(CompressionLayer::new())
        .with_state(state)
}

/// Answers on a listener until the process ends.
///
/// # Errors
/// What the system says when it cannot accept connections.
pub async fn serve(listener: TcpListener, state: State) -> std::io::Result<()> {
    axum::serve(listener, app(state)).await
}

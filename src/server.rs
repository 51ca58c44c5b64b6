//! The page and the machine interface over HTTP; every answer is made by the floors below.

mod actors;
mod asked;
mod bearer;
mod bearers;
mod corrections;
mod counts;
mod documents;
mod download;
mod edits;
mod exchange;
mod foreign;
mod guard;
mod history;
mod html;
mod items;
mod judgements;
mod landing;
mod limits;
mod line;
mod live;
mod observed;
mod openapi;
mod page;
mod places;
mod public;
mod queryables;
mod reconcile;
mod reply;
mod reports;
pub mod rules;
mod rulings;
mod search;
mod serve;
mod settings;
mod state;
mod tiles;
pub mod token;
mod watched;
mod watches;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};

use bearers::Bearers;
use limits::{Rates, Turns};
use rules::Rules;
use watched::Watcher;

pub use serve::serve;
pub use state::State;

/// Largest request body: a place with fifty names is a few kilobytes, one with an outline of 20,000 corners less than this.
const MAX_BODY_BYTES: usize = 1_000_000;

/// What is shorter fits into one packet as it is; streams of events are never compressed.
const COMPRESSED_BYTES: u16 = 1_024;

/// All routes, for who is on this machine.
pub fn app(state: State) -> Router {
    app_with(state, Rules::default())
}

/// All routes, and who may ask what of them.
pub fn app_with(state: State, rules: Rules) -> Router {
    let bearers = Bearers::new(state.clone(), &rules);
    let (turns, rates) = (Turns::new(state.clone(), &rules), Rates::new(state.clone(), &rules));
    let watcher = Watcher { state: state.clone(), log: rules.log };
    let policy = guard::Policy::of(rules.tiles.as_ref());
    // From the inside out: who is refused for asking too fast costs no look at its token, and all answers are watched.
    routes()
        .merge(settings::routes(rules.tiles))
        .layer(middleware::from_fn(html::as_asked))
        .layer(middleware::from_fn_with_state(turns, limits::in_turn))
        .layer(middleware::from_fn_with_state(bearers, bearers::allowed))
        .layer(middleware::from_fn_with_state(rates, limits::at_rate))
        .layer(middleware::from_fn_with_state(state.clone(), guard::same_origin))
        .layer(middleware::from_fn_with_state(Arc::new(rules.origins), foreign::may_read))
        .layer(middleware::from_fn(reconcile::any_origin))
        .layer(middleware::map_response_with_state(policy, guard::headers))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES))))
        .layer(middleware::from_fn_with_state(watcher, watched::watch))
        .with_state(state)
}

fn routes() -> Router<State> {
    Router::new()
        .route("/", get(page::index))
        .route("/embed", get(page::embed))
        .route(public::PATH, get(public::incidents))
        .route("/health", get(landing::health))
        .route("/ready", get(watched::ready))
        .route("/metrics", get(watched::metrics))
        .route("/events", get(live::events))
        .route("/gazetteer/search", get(search::search))
        .route("/gazetteer/autocomplete", get(search::autocomplete))
        .route("/gazetteer/reverse", get(search::reverse))
        .route("/gazetteer/place", get(search::place))
        .route("/gazetteer/spell", get(search::spell))
        .route("/api", get(landing::landing))
        .route("/api/", get(landing::landing))
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
        .route(
            "/api/collections/places/exchange",
            get(exchange::export).post(exchange::import).layer(DefaultBodyLimit::max(exchange::MAX_FILE_BYTES)),
        )
        .route("/api/collections/{collection}/items", get(items::items).post(edits::add).options(edits::of_items))
        .route(
            "/api/collections/{collection}/items/{id}",
            get(items::item).put(places::put).patch(places::patch).delete(edits::remove).options(edits::of_item),
        )
        .route("/api/collections/{collection}/items/{id}/correction", get(judgements::get).put(judgements::put).delete(judgements::delete))
        .route("/api/collections/{collection}/items/{id}/merge", post(places::merge))
        .route("/api/collections/{collection}/items/{id}/why", get(why::why))
        .route("/api/actors", get(actors::actors))
        .route(documents::PATH, post(documents::take_apart).layer(DefaultBodyLimit::max(documents::MAX_FILE_BYTES)))
        .route("/api/bearer", post(bearer::bearer))
        .route(watches::PATH, get(watches::watches))
        .route("/api/history", get(history::history))
        .route("/api/history/{number}/undo", post(history::undo))
        .merge(reconcile::routes())
        .route("/{*path}", get(page::file))
        .fallback(reply::not_found)
        .method_not_allowed_fallback(reply::not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

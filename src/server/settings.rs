//! What the command line says of the page.

use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::State;
use super::rules::Tiles;

/// `GET /settings`: the base map that the page draws instead of its own, `{"tiles": {"url": …, "credit": …}}`; null: none.
pub(super) fn routes(tiles: Option<Tiles>) -> Router<State> {
    let settings = json!({"tiles": tiles.map(|tiles| json!({"url": tiles.url(), "credit": tiles.credit()}))});
    Router::new().route("/settings", get(move || async move { Json(settings) }))
}

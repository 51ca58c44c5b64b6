//! What actors are called.

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use crate::layer;

use super::reply::tagged;

/// `GET /api/actors`: incidents name actors by one name in all languages; this is what each language calls them.
pub(super) async fn actors(headers: HeaderMap) -> Response {
    tagged(&headers, "application/json", json!({"actors": layer::actors()}).to_string().into_bytes())
}

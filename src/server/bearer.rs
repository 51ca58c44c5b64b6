//! In whose name changes are made.

use axum::Json;
use serde_json::{Value, json};

use super::bearers::Writing;

/// `POST /api/bearer`: whether the asker may change something, and under which name; changes nothing. Without a token where none is
/// needed the name is null; who may not is refused as any change would be.
pub(super) async fn bearer(Writing(state): Writing) -> Json<Value> {
    Json(json!({"name": state.bearer()}))
}

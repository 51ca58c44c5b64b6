//! What is followed, and how it goes.

use axum::Json;
use axum::extract::State as Shared;
use serde_json::{Value, json};

use crate::store::Store;

use super::State;
use super::reply::Problem;

/// Where it is told; for editors alone, since addresses may be confidential.
pub(super) const PATH: &str = "/api/watches";

/// `GET /api/watches`: feeds and folders, each with its last success, last error and next try.
pub(super) async fn watches(Shared(state): Shared<State>) -> Result<Json<Value>, Problem> {
    let watches = state.read(Store::watches).await?;
    Ok(Json(json!({"watches": watches})))
}

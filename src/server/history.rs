//! Who changed what, and the way back.

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::intake;
use crate::store::Store;

use super::State;
use super::bearers::Writing;
use super::edits::{answer, is_dry};
use super::items::Given;
use super::reply::Problem;

/// `GET /api/history`: all changes, newest first.
pub(super) async fn history(Shared(state): Shared<State>) -> Result<Json<Value>, Problem> {
    let mut changes = state.read(Store::history).await?;
    changes.reverse();
    Ok(Json(json!({"changes": changes})))
}

/// `POST /api/history/{number}/undo`
pub(super) async fn undo(Writing(state): Writing, Path(number): Path<String>, given: Given) -> Result<Json<Value>, Problem> {
    let is_dry = is_dry(given)?;
    let number: i64 = number
        .parse()
        .map_err(|_e| Problem::new(StatusCode::NOT_FOUND, format!("there is no change «{number}»: expected its number in the history")))?;
    let done = state.edit(is_dry, move |store, base, who| intake::undo(store, base, number, who)).await?;
    Ok(Json(answer(&done, is_dry, json!({}))))
}

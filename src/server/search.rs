//! Search in the gazetteer, for people who look for a place.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::gazetteer::{Gazetteer, search as gazetteer_search};
use crate::layer;

use super::State;
use super::items::{Given, pairs};
use super::query::number;
use super::reply::{Problem, geojson};

const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 100;
const MAX_QUERY_CHARS: usize = 200;

/// `GET /gazetteer/search?q=&limit=`
pub(super) async fn search(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    let (mut query, mut limit) = (None, DEFAULT_LIMIT);
    for (name, value) in pairs(given)? {
        match name.as_str() {
            "q" if value.chars().count() <= MAX_QUERY_CHARS => query = Some(value),
            "q" => return Err(Problem::parameter("q", format!("expected at most {MAX_QUERY_CHARS} characters"))),
            "limit" => limit = number("limit", &value, 1, MAX_LIMIT)?,
            _ => return Err(Problem::parameter(&name, "unknown parameter, expected q or limit")),
        }
    }
    let query = query.ok_or_else(|| Problem::parameter("q", "expected the name to look for"))?;
    let gazetteer = state.gazetteer();
    let found = tokio::task::spawn_blocking(move || found(&gazetteer, &query, limit)).await;
    Ok(geojson(&headers, found.map_err(|e| Problem::internal(&e))?))
}

fn found(gazetteer: &Gazetteer, query: &str, limit: usize) -> String {
    let features = gazetteer_search::search(gazetteer, &gazetteer_search::Query::of(query, limit))
        .iter()
        .map(|f| layer::found_feature(f, gazetteer))
        .collect();
    layer::collection(&layer::Collection { features, ..layer::Collection::default() })
}

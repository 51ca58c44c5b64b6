//! The reconciliation service over HTTP: any page may ask, since nothing is changed.
//!
//! Pages from elsewhere are answered without the user's own places: these belong to who runs the server.

use std::collections::BTreeMap;

use axum::extract::State as Shared;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Form, Json, Router, extract::Request};
use serde_json::Value;

use crate::gazetteer::Gazetteer;
use crate::layer::{self, ExtendQuery, MAX_BATCH, ReconcileQuery};

use crate::snapshot::parameters::{Pairs, number};

use super::State;
use super::items::{Given, pairs};
use super::reply::Problem;

/// Where the service answers.
pub(super) const PATH: &str = "/reconcile";
/// Suggestions that can be passed over.
const MAX_CURSOR: usize = 10_000;
/// A preview is there to be framed; it loads nothing and runs nothing.
const PREVIEW_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// The routes; [`any_origin`] lies around them.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(PATH, get(asked).post(posted))
        .route("/reconcile/", get(asked).post(posted))
        .route("/reconcile/suggest/entity", get(entities))
        .route("/reconcile/suggest/type", get(types))
        .route("/reconcile/suggest/property", get(properties))
        .route("/reconcile/properties", get(proposals))
        .route("/reconcile/preview", get(preview))
}

/// Lets every origin ask the service, and answers who asks first whether it may.
pub(super) async fn any_origin(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(PATH) {
        return next.run(request).await;
    }
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = if is_preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // The answer is another for pages from elsewhere.
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if is_preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, OPTIONS"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    }
    response
}

/// `GET /reconcile`: the manifest, or the answer to `queries`, `query` or `extend`.
async fn asked(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    let pairs = pairs(given)?;
    if pairs.iter().all(|(name, _)| name == "callback") {
        return Ok(Json(layer::manifest(&address(&headers))).into_response());
    }
    answer(&state, &headers, pairs).await
}

/// `POST /reconcile` with a form of `queries` or `extend`.
async fn posted(Shared(state): Shared<State>, headers: HeaderMap, form: Result<Form<Pairs>, FormRejection>) -> Result<Response, Problem> {
    let Form(pairs) = form.map_err(|e| Problem::new(e.status(), e.body_text()))?;
    answer(&state, &headers, pairs).await
}

/// What is asked of the service.
enum Asked {
    Batch(BTreeMap<String, ReconcileQuery>),
    One(Box<ReconcileQuery>),
    Extend(ExtendQuery),
}

async fn answer(state: &State, headers: &HeaderMap, pairs: Pairs) -> Result<Response, Problem> {
    let asked = understood(&pairs)?;
    let gazetteer = gazetteer_for(state, headers);
    let answered = tokio::task::spawn_blocking(move || match asked {
        Asked::Batch(queries) => {
            let results = queries.iter().map(|(key, query)| (key.clone(), layer::reconciled(query, &gazetteer)));
            Ok(Value::Object(results.collect()))
        }
        Asked::One(query) => Ok(layer::reconciled(&query, &gazetteer)),
        Asked::Extend(query) => layer::extended(&query, &gazetteer),
    });
    Ok(Json(answered.await.map_err(|e| Problem::internal(&e))??).into_response())
}

fn understood(pairs: &Pairs) -> Result<Asked, Problem> {
    let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let refused = |name: &str, e: &dyn std::fmt::Display| {
        Problem::parameter(name, format!("expected JSON as the reconciliation API 0.2 has it: {e}"))
    };
    if let Some(text) = value("queries") {
        let queries: BTreeMap<String, ReconcileQuery> = serde_json::from_str(text).map_err(|e| refused("queries", &e))?;
        if queries.len() > MAX_BATCH {
            let detail = format!("{} queries, expected at most {MAX_BATCH} in a batch", queries.len());
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        if let Some((key, _)) = queries.iter().find(|(_, q)| q.is_empty()) {
            return Err(Problem::parameter("queries", format!("«{key}» has neither query nor properties, expected one of them")));
        }
        return Ok(Asked::Batch(queries));
    }
    if let Some(text) = value("extend") {
        return Ok(Asked::Extend(serde_json::from_str(text).map_err(|e| refused("extend", &e))?));
    }
    match value("query") {
        Some(text) if text.trim_start().starts_with('{') => Ok(Asked::One(serde_json::from_str(text).map_err(|e| refused("query", &e))?)),
        Some(text) => Ok(Asked::One(Box::new(ReconcileQuery::of(text)))),
        None => Err(Problem::parameter("queries", "nothing to answer, expected queries, query or extend")),
    }
}

/// `GET /reconcile/suggest/entity?prefix=&cursor=`
async fn entities(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Json<Value>, Problem> {
    let (prefix, cursor) = typed(given)?;
    let gazetteer = gazetteer_for(&state, &headers);
    let asked = tokio::task::spawn_blocking(move || layer::suggested_entities(&prefix, cursor, &gazetteer));
    Ok(Json(asked.await.map_err(|e| Problem::internal(&e))?))
}

/// `GET /reconcile/suggest/type?prefix=&cursor=`
async fn types(given: Given) -> Result<Json<Value>, Problem> {
    let (prefix, cursor) = typed(given)?;
    Ok(Json(layer::suggested_types(&prefix, cursor)))
}

/// `GET /reconcile/suggest/property?prefix=&cursor=`
async fn properties(given: Given) -> Result<Json<Value>, Problem> {
    let (prefix, cursor) = typed(given)?;
    Ok(Json(layer::suggested_properties(&prefix, cursor)))
}

fn typed(given: Given) -> Result<(String, usize), Problem> {
    let pairs = pairs(given)?;
    let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let cursor = value("cursor").filter(|c| !c.is_empty()).map(|c| number("cursor", &c, 0, MAX_CURSOR)).transpose()?;
    Ok((value("prefix").ok_or_else(|| Problem::parameter("prefix", "expected what was typed"))?, cursor.unwrap_or(0)))
}

/// `GET /reconcile/properties?type=&limit=`
async fn proposals(given: Given) -> Result<Json<Value>, Problem> {
    let pairs = pairs(given)?;
    let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let limit = value("limit").filter(|l| !l.is_empty()).map(|l| number("limit", &l, 0, MAX_CURSOR)).transpose()?;
    Ok(Json(layer::proposed_properties(&value("type").unwrap_or_default(), limit)))
}

/// `GET /reconcile/preview?id=`
async fn preview(Shared(state): Shared<State>, headers: HeaderMap, given: Given) -> Result<Response, Problem> {
    let id = pairs(given)?.into_iter().find(|(name, _)| name == "id").map(|(_, id)| id);
    let id = id.ok_or_else(|| Problem::parameter("id", "expected the identifier of a place"))?;
    let html = layer::preview(&id, &gazetteer_for(&state, &headers)).ok_or_else(|| Problem::nothing(&format!("place «{id}»")))?;
    Ok(([(header::CONTENT_SECURITY_POLICY, PREVIEW_POLICY)], Html(html)).into_response())
}

/// With the user's places for programs and for pages of this machine, without them for pages from elsewhere.
fn gazetteer_for(state: &State, headers: &HeaderMap) -> Gazetteer {
    let is_local = |origin: &HeaderValue| {
        let uri = origin.to_str().ok().and_then(|o| o.parse::<Uri>().ok());
        uri.and_then(|u| u.host().map(str::to_owned)).is_some_and(|h| matches!(h.as_str(), "127.0.0.1" | "localhost" | "[::1]"))
    };
    if headers.get(header::ORIGIN).is_none_or(is_local) { state.gazetteer() } else { state.base() }
}

/// The address under which the asker reached us.
fn address(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|h| h.to_str().ok());
    let host = text("host").filter(|h| h.parse::<axum::http::uri::Authority>().is_ok()).unwrap_or("127.0.0.1:8080");
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{host}")
}

//! Pages of other origins: which of them a browser lets read our answers. They change nothing either way.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::reconcile;
use super::rules::Origins;

/// What may be read and sent beyond what browsers always allow.
const HEADERS: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, if-none-match, last-event-id"),
    // So long a browser need not ask again.
    (header::ACCESS_CONTROL_MAX_AGE, "3600"),
];
const EXPOSED: HeaderValue = HeaderValue::from_static("etag, retry-after, content-disposition");

/// Lets pages of the origins that are named read; credentials are never let through, a token has to be given by the page's own code.
pub(super) async fn may_read(Shared(origins): Shared<Arc<Origins>>, request: Request, next: Next) -> Response {
    // The reconciliation service has rules of its own.
    if *origins == Origins::Own || request.uri().path().starts_with(reconcile::PATH) {
        return next.run(request).await;
    }
    let allowed = allowed(&origins, request.headers());
    let is_preflight = *request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if is_preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed.filter(|_| is_preflight || is_reading) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if is_preflight {
            headers.extend(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))));
        } else {
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
    response
}

fn allowed(origins: &Origins, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    match origins {
        Origins::Own => None,
        Origins::Any => Some(HeaderValue::from_static("*")),
        Origins::Named(named) => named.iter().any(|n| n.as_bytes() == origin.as_bytes()).then(|| origin.clone()),
    }
}

//! The machine interface for people: the answers that programs get, as pages (OGC API – Features, class HTML). They work without scripts.

mod features;
mod shell;
mod words;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::reply::Problem;
use words::Words;

/// The parameter that chooses, before what a browser prefers.
pub(super) const FORM: (&str, &str) = ("f", "the form of the answer: json or html");
/// Features of a page when the reader does not say: a screen or two.
const PAGE_LIMIT: &str = "limit=50";

/// Answers with a page where the address (`f=html`) or the browser asks for one.
pub(super) async fn as_asked(mut request: Request, next: Next) -> Response {
    if !request.method().is_safe() || !has_page(request.uri().path()) {
        return next.run(request).await;
    }
    let (form, mut query) = form_of(request.uri().query().unwrap_or_default());
    let is_page = match form.as_deref() {
        Some("html") => true,
        Some("json") => false,
        Some(other) => return Problem::parameter(FORM.0, format!("f: found «{other}», expected json or html")).into_response(),
        None => prefers_page(request.headers()),
    };
    if is_page && request.uri().path().ends_with("/items") && !query.iter().any(|pair| pair.starts_with("limit=")) {
        query.push(PAGE_LIMIT.to_owned());
    }
    let query = query.join("&");
    let path = request.uri().path().to_owned();
    if let Ok(uri) = if query.is_empty() { path.clone() } else { format!("{path}?{query}") }.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    if !is_page {
        return negotiated(next.run(request).await);
    }
    let words = Words::preferred(request.headers());
    request.headers_mut().remove(header::IF_NONE_MATCH);
    negotiated(page_of(next.run(request).await, &path, &query, &words).await)
}

/// Tiles and files have their own form.
pub(super) fn has_page(path: &str) -> bool {
    (path == "/api" || path.starts_with("/api/"))
        && !path.contains("/tiles/")
        && !["/download", "/exchange"].iter().any(|own| path.ends_with(own))
}

/// The value of `f`, and the pairs beside it.
fn form_of(query: &str) -> (Option<String>, Vec<String>) {
    let (form, others): (Vec<&str>, Vec<&str>) = query.split('&').filter(|pair| !pair.is_empty()).partition(|pair| pair.starts_with("f="));
    (form.first().and_then(|pair| pair.strip_prefix("f=")).map(str::to_owned), others.into_iter().map(str::to_owned).collect())
}

/// Browsers name HTML and do not name JSON.
fn prefers_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|h| h.to_str().ok()).unwrap_or_default();
    accepted.contains("text/html") && !accepted.contains("json")
}

/// The answer depends on what the asker prefers: caches must know.
fn negotiated(mut response: Response) -> Response {
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

async fn page_of(response: Response, path: &str, query: &str, words: &Words) -> Response {
    let (mut parts, body) = response.into_parts();
    let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if !media_type.contains("json") {
        return Response::from_parts(parts, body);
    }
    let read = to_bytes(body, usize::MAX).await.ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(answer) = read else { return Problem::internal(&"an answer of ours is no JSON").into_response() };
    for name in [header::ETAG, header::CONTENT_LENGTH] {
        parts.headers.remove(name);
    }
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(lang) = HeaderValue::from_str(words.lang()) {
        parts.headers.insert(header::CONTENT_LANGUAGE, lang);
    }
    Response::from_parts(parts, Body::from(shell::page(&answer, path, query, words).into_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_taken_out_of_the_question() {
        assert_eq!(form_of("f=html&q=a&limit=2"), (Some("html".to_owned()), vec!["q=a".to_owned(), "limit=2".to_owned()]));
        assert_eq!(form_of("filter=f=1"), (None, vec!["filter=f=1".to_owned()]));
        assert_eq!(form_of(""), (None, vec![]));
    }

    #[test]
    fn browsers_get_pages_and_programs_get_json() {
        let prefers = |accept: &'static str| prefers_page(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]));
        assert!(prefers("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(!prefers("application/geo+json") && !prefers("*/*") && !prefers("application/json, text/html;q=0.5"));
    }

    #[test]
    fn tiles_and_files_are_no_pages() {
        assert!(has_page("/api") && has_page("/api/collections/incidents/items"));
        for path in [
            "/",
            "/apis",
            "/api/tiles/incidents/0/0/0",
            "/api/collections/incidents/download",
            "/api/collections/places/exchange",
            "/health",
        ] {
            assert!(!has_page(path), "{path}");
        }
    }
}

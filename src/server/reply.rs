//! Answers: JSON with its media type and entity tag, and problem details (RFC 9457).

use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::Error;
use crate::store::content_tag;

/// Media type of GeoJSON.
pub(super) const GEOJSON: &str = "application/geo+json";

/// Why a request was not done. `{"type":"about:blank","title":"Bad Request","status":400,"detail":"…","parameter":"bbox"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// A header that answers of this kind must have.
    #[serde(skip)]
    more: Option<(&'static str, &'static str)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        let title = status.canonical_reason().unwrap_or("Error");
        Problem { kind: "about:blank", title, status: status.as_u16(), detail: detail.into(), parameter: None, more: None }
    }

    /// A parameter or field whose value cannot be used.
    pub(super) fn parameter(parameter: &str, detail: impl Into<String>) -> Problem {
        Problem { parameter: Some(parameter.to_owned()), ..Problem::new(StatusCode::BAD_REQUEST, detail) }
    }

    /// With the methods that are possible, as 405 has to name them.
    pub(super) fn allowing(self, methods: &'static str) -> Problem {
        Problem { more: Some(("allow", methods)), ..self }
    }

    pub(super) fn nothing(what: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, format!("there is no {what}"))
    }

    /// The detail goes to the log; the asker gets a sentence.
    pub(super) fn internal(error: &dyn std::fmt::Display) -> Problem {
        eprintln!("server: {error}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the server could not do this; its log says why")
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        match &error {
            Error::Value { parameter, .. } => Problem::parameter(parameter, error.to_string()),
            Error::Stale { .. } => Problem::new(StatusCode::PRECONDITION_FAILED, error.to_string()),
            Error::Missing { .. } => Problem::new(StatusCode::NOT_FOUND, error.to_string()),
            Error::Conflict { .. } => Problem::new(StatusCode::CONFLICT, error.to_string()),
            Error::Store(cause) if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
                eprintln!("server: {error}");
                let detail = "another program is writing to the store, and nothing was changed: ask again in a moment";
                Problem { more: Some(("retry-after", "5")), ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
            }
            _ => Problem::internal(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let more = self.more;
        let mut response = Json(self).into_response();
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some((name, value)) = more {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }
}

/// GeoJSON that was already written, with its entity tag; not sent again to who has it.
pub(super) fn geojson(headers: &HeaderMap, body: String) -> Response {
    tagged(headers, GEOJSON, body.into_bytes())
}

/// GeoJSON of what can be changed: its tag names the version, for who changes it; equal versions are equal in every field.
pub(super) fn versioned(headers: &HeaderMap, body: String, version: &str) -> Response {
    with_tag(headers, GEOJSON, || body.into_bytes(), format!("\"{version}\""))
}

/// Bytes with their entity tag; 304 when the asker's tag is the same.
pub(super) fn tagged(headers: &HeaderMap, media_type: &str, body: Vec<u8>) -> Response {
    // Weak: what is sent may be compressed on the way.
    let tag = format!("W/\"{}\"", content_tag(&body));
    with_tag(headers, media_type, || body, tag)
}

/// Whether the asker has what a tag names.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok()).unwrap_or_default();
    known.split(',').map(str::trim).any(|k| k == "*" || k.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}

/// Where the asker reached this server, `http://127.0.0.1:8080`: links that leave the browser must be whole.
pub(super) fn base_of(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|h| h.to_str().ok());
    // What is not an authority is not repeated to anyone.
    let is_plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let Some(host) = text("host").filter(is_plain) else { return String::new() };
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// What `body` makes, with a tag; not made for who has it.
pub(super) fn with_tag(headers: &HeaderMap, media_type: &str, body: impl FnOnce() -> Vec<u8>, tag: String) -> Response {
    let is_known = is_known(headers, &tag);
    let cached = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if is_known {
        return (StatusCode::NOT_MODIFIED, cached).into_response();
    }
    (cached, [(header::CONTENT_TYPE, media_type.to_owned())], body()).into_response()
}

/// As [`with_tag`], of a body that is made where it holds up no other answer.
pub(super) async fn made(
    headers: &HeaderMap,
    media_type: &str,
    body: impl FnOnce() -> Vec<u8> + Send + 'static,
    tag: String,
) -> Result<Response, Problem> {
    if is_known(headers, &tag) {
        return Ok(with_tag(headers, media_type, Vec::new, tag));
    }
    let body = tokio::task::spawn_blocking(body).await.map_err(|e| Problem::internal(&e))?;
    Ok(with_tag(headers, media_type, || body, tag))
}

/// The same answer, to be saved as a file.
pub(super) fn as_download(mut response: Response, name: String) -> Response {
    if let Ok(name) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// The problem for an address that is none of ours.
pub(super) async fn not_found(uri: Uri) -> Problem {
    Problem::nothing(uri.path())
}

/// The problem for a method that an address does not have.
pub(super) async fn not_allowed(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not possible on {}", uri.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_finds_another_program_writing_is_told_when_to_ask_again() {
        let busy = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None);
        let answer = Problem::from(Error::Store(busy)).into_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "5");
        let broken = Problem::from(Error::Store(rusqlite::Error::InvalidQuery)).into_response();
        assert_eq!(broken.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}

//! The page, embedded in the binary.

use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::Embed;
use serde_json::{Map, Value};

use super::guard;
use super::reply::{Problem, tagged};

/// The built page; empty in a program that was compiled before `make page`.
#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>dalil</title>\
    <h1>dalil</h1><p>This program was built without its page: run <code>make page</code> and build again. \
    The <a href=\"/api\">machine interface</a> answers all the same.</p>";

/// `GET /`
pub(super) async fn index(headers: HeaderMap) -> Response {
    embedded("index.html", &headers).unwrap_or_else(|| Html(NOT_BUILT).into_response())
}

/// `GET /embed`: the map alone, coarse, which any page may show in a frame: nothing can be changed there.
pub(super) async fn embed(headers: HeaderMap) -> Response {
    let mut response = embedded("embed.html", &headers).unwrap_or_else(|| Html(NOT_BUILT).into_response());
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(guard::FRAMED));
    response
}

/// `GET /{path}`: a file of the page.
pub(super) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    embedded(&path, &headers).unwrap_or_else(|| Problem::nothing(&format!("/{path}")).into_response())
}

/// The words of the page in a language; none in a program that was compiled without its page.
pub(super) fn locale(lang: &str) -> Map<String, Value> {
    let file = Dist::get(&format!("locale/{lang}.json"));
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

fn embedded(path: &str, headers: &HeaderMap) -> Option<Response> {
    let file = Dist::get(path)?;
    let guessed = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guessed.type_() == "text" || guessed.subtype() == "javascript";
    let media_type = if is_text { format!("{guessed}; charset=utf-8") } else { guessed.to_string() };
    let mut response = tagged(headers, &media_type, file.data.into_owned());
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("accept-encoding"));
    Some(response)
}

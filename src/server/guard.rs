//! What every request and every answer must carry, so that a foreign page can do nothing through a reader's browser.

use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::State;
use super::observed::Refusal;
use super::reconcile;
use super::reply::{GEOJSON, Problem};
use super::rules::Tiles;

const HEADERS: [(HeaderName, &str); 2] = [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::REFERRER_POLICY, "no-referrer")];

/// The same for what any page may show in a frame.
pub(super) const FRAMED: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; \
                                 frame-ancestors *; base-uri 'none'; form-action 'none'";

/// What a browser may load for the page.
#[derive(Clone, Debug)]
pub(super) struct Policy(HeaderValue);

impl Policy {
    /// From its own server alone, but for pictures of a base map that the server was told of; pictures of Leaflet's styles are inline.
    pub(super) fn of(tiles: Option<&Tiles>) -> Policy {
        let origin = tiles.map(|tiles| format!(" {}", tiles.origin())).unwrap_or_default();
        let policy = format!(
            "default-src 'self'; img-src 'self' data:{origin}; style-src 'self' 'unsafe-inline'; object-src 'none'; \
             frame-ancestors 'none'; base-uri 'none'"
        );
        // An origin has no letter that a header cannot have; without it the policy is the strictest.
        Policy(HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'self'")))
    }
}

/// Sets the headers of every answer.
pub(super) async fn headers(Shared(Policy(policy)): Shared<Policy>, mut response: Response) -> Response {
    // An answer that is there to be framed says so itself.
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether a request is for a change; questions to the reconciliation service are posted, but change nothing.
pub(super) fn is_change(request: &Request) -> bool {
    !request.method().is_safe() && request.uri().path().trim_end_matches('/') != reconcile::PATH
}

/// Refuses changes that a page of another origin asks for.
pub(super) async fn same_origin(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let is_change = is_change(&request);
    match request.headers().get(header::ORIGIN) {
        Some(origin) if is_change && !is_own(origin, request.headers()) => {
            state.observed().refuse(Refusal::Origin);
            Problem::new(StatusCode::FORBIDDEN, "a page of another origin cannot change anything here").into_response()
        }
        _ => next.run(request).await,
    }
}

fn is_own(origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let origin = origin.to_str().ok().and_then(|o| o.parse::<Uri>().ok());
    let origin = origin.as_ref().and_then(|uri| uri.authority()).map(ToString::to_string);
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok());
    origin.is_some() && origin.as_deref() == host
}

/// Refuses a body whose media type is not JSON: those that a form can send need no permission of the browser.
pub(super) fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let given = media_type(headers);
    if given == "application/json" || given == GEOJSON {
        return Ok(());
    }
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("content-type «{given}», expected {GEOJSON} or application/json")))
}

/// The media type of a body, without its parameters.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let given = headers.get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

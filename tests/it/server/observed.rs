//! What is told of the server, to whom, and what every answer carries.

use std::num::NonZeroU32;

use axum::body::Body;
use axum::http::{HeaderName, Method, Request, StatusCode, header};
use dalil::server::rules::{Limits, Origins, Rules};
use tower::ServiceExt;

use super::{Answer, ITEMS, PLACES, Server, place};

/// Every address that can be asked.
const PATHS: [&str; 27] = [
    "/",
    "/health",
    "/ready",
    "/metrics",
    "/events",
    "/gazetteer/search?text=Gao",
    "/gazetteer/autocomplete?text=Ga",
    "/gazetteer/reverse?point.lat=16.3&point.lon=0",
    "/gazetteer/place?ids=geonames:2457163",
    "/api",
    "/api/openapi",
    "/api/conformance",
    "/api/collections",
    "/api/collections/incidents",
    "/api/collections/incidents/queryables",
    "/api/collections/incidents/sortables",
    "/api/collections/incidents/facets?properties=country",
    "/api/collections/incidents/histogram",
    "/api/collections/incidents/tiles/WebMercatorQuad",
    "/api/collections/incidents/tiles/WebMercatorQuad/0/0/0",
    "/api/tiles/incidents",
    "/api/tiles/incidents/0/0/0",
    "/api/collections/incidents/items",
    "/api/collections/incidents/items/inc-01-r1",
    "/api/history",
    "/api/watches",
    "/reconcile",
];

async fn ask(server: &Server, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    server.ask(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_can_be_got_can_be_looked_at_without_its_body() {
    let server = Server::new();
    for path in PATHS {
        let whole = server.router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert!(whole.status().is_success(), "{path}: {}", whole.status());
        let head = ask(&server, Method::HEAD, path, &[]).await;
        assert_eq!((head.status, head.bytes.len()), (whole.status(), 0), "{path}");
        assert_eq!(head.headers.get(header::CONTENT_TYPE), whole.headers().get(header::CONTENT_TYPE), "{path}");
    }
}

#[tokio::test]
async fn requests_are_counted_by_route_and_the_store_is_told_of() {
    let server = Server::new();
    let incidents = server.get(&format!("{ITEMS}?granularity=incident,aggregate,background")).await.json()["numberMatched"].clone();
    for path in [ITEMS, "/api/collections/weather/items", "/nowhere/at/all", "/api/collections/incidents/items/secret-report"] {
        server.get(path).await;
    }
    let answer = server.get("/metrics").await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/plain; version=0.0.4; charset=utf-8");
    let told = String::from_utf8(answer.bytes).unwrap();
    for line in [
        "dalil_requests_total{route=\"/api/collections/{collection}/items\",status=\"2xx\"} 2".to_owned(),
        "dalil_requests_total{route=\"/api/collections/{collection}/items\",status=\"4xx\"} 1".to_owned(),
        "dalil_request_duration_seconds_count{route=\"/api/collections/{collection}/items\"} 3".to_owned(),
        // Itself.
        "dalil_requests_in_flight 1".to_owned(),
        "dalil_features{collection=\"reports\"} 2".to_owned(),
        format!("dalil_features{{collection=\"incidents\"}} {incidents}"),
        "dalil_listeners 0".to_owned(),
    ] {
        assert!(told.lines().any(|l| l == line), "{line}\n{told}");
    }
    assert!(!told.contains("secret-report") && !told.contains("nowhere/at"), "{told}");
    let number = |name: &str| told.lines().find_map(|l| l.strip_prefix(name)).and_then(|n| n.trim().parse::<u64>().ok());
    assert!(number("dalil_store_bytes ").is_some_and(|n| n > 10_000) && number("dalil_snapshot_moment ").is_some_and(|n| n > 0), "{told}");
    for line in told.lines().filter(|l| !l.starts_with('#')) {
        assert!(line.rsplit_once(' ').is_some_and(|(_, value)| value.parse::<f64>().is_ok()), "{line}");
    }
    assert_eq!(server.get("/ready").await.json()["status"], "ready");
}

#[tokio::test]
async fn answers_of_every_kind_carry_the_policy() {
    let server = Server::with(Rules { needs_token: true, rate: NonZeroU32::new(1), ..Rules::default() });
    let busy =
        Server::with(Rules { limits: Limits { costly: 0, patience: std::time::Duration::ZERO, ..Limits::default() }, ..Rules::default() });
    let open = Server::new();
    let mut answers = vec![
        (StatusCode::OK, server.get(ITEMS).await),
        (StatusCode::BAD_REQUEST, server.get(&format!("{ITEMS}?bbox=1")).await),
        (StatusCode::NOT_FOUND, server.get("/nowhere").await),
        (StatusCode::METHOD_NOT_ALLOWED, open.ask(Request::post("/api").body(Body::empty()).unwrap()).await),
        (StatusCode::UNAUTHORIZED, server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await),
        (StatusCode::FORBIDDEN, server.post(&place("Tin-Zoo", 1.4, 16.2), &[(header::ORIGIN, "http://evil.example")]).await),
        (StatusCode::SERVICE_UNAVAILABLE, busy.get("/api/tiles/incidents/0/0/0").await),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, open.ask(Request::post(PLACES).body(Body::empty()).unwrap()).await),
        (StatusCode::PAYLOAD_TOO_LARGE, open.post(&serde_json::json!({"note": "x".repeat(1_100_000)}), &[]).await),
    ];
    let tag = open.get(ITEMS).await.header(header::ETAG).to_owned();
    answers.push((StatusCode::NOT_MODIFIED, ask(&open, Method::GET, ITEMS, &[(header::IF_NONE_MATCH, &tag)]).await));
    for (status, answer) in answers {
        assert_eq!(answer.status, status);
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'self'"), "{status}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{status}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer", "{status}");
    }
}

#[tokio::test]
async fn long_answers_are_packed_as_asked_and_short_ones_and_events_are_not() {
    let server = Server::new();
    for encoding in ["gzip", "br", "zstd"] {
        let accepted = [(header::ACCEPT_ENCODING, encoding)];
        let long = ask(&server, Method::GET, ITEMS, &accepted).await;
        assert_eq!(long.header(header::CONTENT_ENCODING), encoding);
        assert!(long.headers.get_all(header::VARY).iter().any(|h| h == "accept-encoding"), "{encoding}");
        let tile = ask(&server, Method::GET, "/api/tiles/incidents/0/0/0", &accepted).await;
        assert!(tile.bytes.len() < 1_024 && tile.header(header::CONTENT_ENCODING).is_empty(), "{encoding}");
        let events = Request::get("/events").header(header::ACCEPT_ENCODING, encoding).body(Body::empty()).unwrap();
        let events = server.router.clone().oneshot(events).await.unwrap();
        assert!(!events.headers().contains_key(header::CONTENT_ENCODING), "{encoding}");
    }
}

const MAP: &str = "https://map.example.org";

fn read_by(origins: Origins) -> Server {
    Server::with(Rules { origins, ..Rules::default() })
}

#[tokio::test]
async fn foreign_pages_read_only_where_they_are_named() {
    let named = || Origins::Named(vec!["https://other.example".to_owned(), MAP.to_owned()]);
    for (origins, origin, expected) in [
        (Origins::Own, MAP, ""),
        (named(), MAP, MAP),
        (named(), "https://map.example.org.evil.example", ""),
        (named(), "null", ""),
        (Origins::Any, MAP, "*"),
    ] {
        let server = read_by(origins.clone());
        let answer = ask(&server, Method::GET, ITEMS, &[(header::ORIGIN, origin)]).await;
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), expected, "{origins:?} {origin}");
        assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS));
        assert_eq!(server.get(ITEMS).await.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "who is no page is told nothing");
    }
}

#[tokio::test]
async fn a_foreign_page_that_reads_still_changes_nothing() {
    let server = read_by(Origins::Any);
    let asked = [(header::ORIGIN, MAP), (header::ACCESS_CONTROL_REQUEST_METHOD, "DELETE")];
    let preflight = ask(&server, Method::OPTIONS, PLACES, &asked).await;
    assert_eq!(preflight.header(header::ACCESS_CONTROL_ALLOW_METHODS), "GET, HEAD");
    let refused = server.post(&place("Tin-Zoo", 1.4, 16.2), &[(header::ORIGIN, MAP)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
    // A program that asks what can be done here is no page.
    assert!(ask(&server, Method::OPTIONS, PLACES, &[]).await.header(header::ALLOW).contains("POST"));
}

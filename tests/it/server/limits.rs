//! Too much is refused, and told when to come again.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use dalil::server::rules::{Limits, Rules};

use super::{Answer, ITEMS, Server};

async fn get_from(server: &Server, client: &str) -> Answer {
    let mut request = Request::get("/health").body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client.parse().unwrap(), 40_000)));
    server.ask(request).await
}

fn limited(limits: Limits) -> Server {
    Server::with(Rules { limits, ..Rules::default() })
}

#[tokio::test]
async fn a_client_that_asks_too_fast_is_told_to_wait_and_others_are_not() {
    // Slow enough that nothing is earned back meanwhile but on a machine that stands still.
    let server = Server::with(Rules { rate: NonZeroU32::new(1), ..Rules::default() });
    let mut statuses = Vec::new();
    for _ in 0..20 {
        statuses.push(get_from(&server, "192.0.2.7").await.status);
    }
    assert!(statuses.starts_with(&[StatusCode::OK; 4]), "{statuses:?}");
    let refused = get_from(&server, "192.0.2.7").await;
    assert_eq!((refused.status, refused.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "1"), "{statuses:?}");
    assert_eq!(get_from(&server, "::ffff:192.0.2.7").await.status, StatusCode::TOO_MANY_REQUESTS, "the same client by another socket");
    assert_eq!(get_from(&server, "192.0.2.8").await.status, StatusCode::OK);
    for _ in 0..20 {
        for here in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(get_from(&server, here).await.status, StatusCode::OK, "{here}");
        }
    }
}

#[tokio::test]
async fn costly_questions_wait_for_their_turn_and_then_are_refused() {
    let server = limited(Limits { costly: 0, patience: Duration::from_millis(10), ..Limits::default() });
    for path in [
        "/api/tiles/incidents/0/0/0".to_owned(),
        format!("{ITEMS}?q=attaque"),
        format!("{ITEMS}?filter=killed_best%3E1"),
        "/api/collections/incidents/facets?properties=country".to_owned(),
        "/api/collections/incidents/histogram".to_owned(),
    ] {
        let answer = server.get(&path).await;
        assert_eq!((answer.status, answer.header(header::RETRY_AFTER)), (StatusCode::SERVICE_UNAVAILABLE, "1"), "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
    }
    for path in ["/health", ITEMS, "/api/collections"] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
    let told = server.get("/metrics").await;
    assert!(String::from_utf8_lossy(&told.bytes).contains("dalil_refused_total{reason=\"busy\"} 5"));
}

#[tokio::test]
async fn a_turn_is_given_back() {
    let server = limited(Limits { costly: 1, ..Limits::default() });
    for _ in 0..5 {
        assert_eq!(server.get(&format!("{ITEMS}?q=attaque")).await.status, StatusCode::OK);
    }
}

#[test]
fn a_question_that_takes_too_long_is_broken_off_and_a_change_is_not() {
    // Work waits for the one thread that does it, which is asleep for longer than an answer may take.
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let server = limited(Limits { request: Duration::from_millis(20), ..Limits::default() });
        let asleep = tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(500)));
        let late = server.get(&format!("{ITEMS}?q=attaque")).await;
        assert_eq!(late.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(late.json()["detail"].as_str().unwrap().contains("within"), "{}", late.json());
        let made = server.post(&super::place("Tin-Zoo", 1.4, 16.2), &[]).await;
        assert_eq!(made.status, StatusCode::CREATED);
        asleep.await.unwrap();
    });
}

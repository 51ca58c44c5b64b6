//! Ways to say no: too many questions of one client, too many costly ones at once, one that takes too long.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::State;
use super::guard::is_change;
use super::observed::Refusal;
use super::reconcile;
use super::reply::Problem;
use super::rules::{Limits, Rules};

/// Seconds' worth of requests that a client may save up: a page loads some dozens of tiles and files at once.
const BURST: f64 = 4.0;
/// Clients remembered before those are forgotten that have been quiet long enough to have all their requests again.
const MOST_CLIENTS: usize = 10_000;
/// Bits of an address that are one client: who has one IPv6 address has 2⁶⁴.
const CLIENT_BITS_V6: u32 = 64;

/// Turns for costly questions.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    state: State,
    costly: Arc<Semaphore>,
    limits: Limits,
}

impl Turns {
    pub(super) fn new(state: State, rules: &Rules) -> Turns {
        Turns { state, costly: Arc::new(Semaphore::new(rules.limits.costly)), limits: rules.limits }
    }

    fn late(&self) -> Response {
        self.state.observed().refuse(Refusal::Late);
        let detail = format!("no answer within {} s: ask for less at once", self.limits.request.as_secs_f64());
        refused(StatusCode::SERVICE_UNAVAILABLE, detail, self.limits.request)
    }
}

/// Gives costly questions their turn, and none more than its time. Changes take theirs: one that was made must not be told as failed.
pub(super) async fn in_turn(Shared(turns): Shared<Turns>, request: Request, next: Next) -> Response {
    if is_change(&request) {
        return next.run(request).await;
    }
    if !is_costly(request.method(), request.uri()) {
        return timeout(turns.limits.request, next.run(request)).await.unwrap_or_else(|_late| turns.late());
    }
    let Ok(Ok(turn)) = timeout(turns.limits.patience, Arc::clone(&turns.costly).acquire_owned()).await else {
        turns.state.observed().refuse(Refusal::Busy);
        let detail = "too many costly questions at once: ask again in a moment";
        return refused(StatusCode::SERVICE_UNAVAILABLE, detail, turns.limits.patience);
    };
    // A task of its own keeps its turn until the work is done, also when nobody waits for it any more: work cannot be broken off.
    let work = tokio::spawn(async move {
        let response = next.run(request).await;
        drop(turn);
        response
    });
    match timeout(turns.limits.request, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => Problem::internal(&error).into_response(),
        Err(_late) => turns.late(),
    }
}

/// Whether a question looks through a collection, or reads a report many times.
fn is_costly(method: &Method, uri: &Uri) -> bool {
    let path = uri.path();
    let is_asked = uri.query().is_some_and(|query| !query.is_empty());
    let is_tile = path.starts_with("/api/tiles/") || path.contains("/tiles/WebMercatorQuad/");
    let is_count = path.ends_with("/facets") || path.ends_with("/histogram");
    let is_match = path.starts_with(reconcile::PATH) && (is_asked || method == Method::POST);
    is_tile || is_count || is_match || path.ends_with("/why") || is_asked && path.ends_with("/items")
}

/// How many requests each client has left.
#[derive(Clone, Debug)]
pub(super) struct Rates {
    state: State,
    rate: Option<NonZeroU32>,
    clients: Arc<Mutex<HashMap<IpAddr, Bucket>>>,
}

/// Requests that are left, and when that was counted.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Rates {
    pub(super) fn new(state: State, rules: &Rules) -> Rates {
        Rates { state, rate: rules.rate, clients: Arc::default() }
    }

    /// Takes one request of a client, or says how long it should wait.
    fn take(&self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        let Some(rate) = self.rate.map(|rate| f64::from(rate.get())).filter(|_| !client.is_loopback()) else { return Ok(()) };
        let most = rate * BURST;
        let left = |bucket: &Bucket| (bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() * rate).min(most);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= MOST_CLIENTS {
            clients.retain(|_, bucket| left(bucket) < most);
        }
        let bucket = clients.entry(one_client(client)).or_insert(Bucket { left: most, at: now });
        *bucket = Bucket { left: left(bucket), at: now };
        if bucket.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.left) / rate));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

fn one_client(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> CLIENT_BITS_V6 << CLIENT_BITS_V6)),
    }
}

/// Refuses a client that asks faster than it may.
pub(super) async fn at_rate(Shared(rates): Shared<Rates>, request: Request, next: Next) -> Response {
    match client(&request).map_or(Ok(()), |client| rates.take(client.to_canonical(), Instant::now())) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            rates.state.observed().refuse(Refusal::Rate);
            refused(StatusCode::TOO_MANY_REQUESTS, "too many requests of one client: ask more slowly", wait)
        }
    }
}

/// Where a request came from, if it came through a socket.
pub(super) fn client(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

/// A refusal that says when to ask again.
fn refused(status: StatusCode, detail: impl Into<String>, wait: Duration) -> Response {
    let mut response = Problem::new(status, detail).into_response();
    let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_through_a_collection_is_costly() {
        for (uri, expected) in [
            ("/api/tiles/incidents/0/0/0", true),
            ("/api/collections/incidents/tiles/WebMercatorQuad/0/0/0", true),
            ("/api/collections/incidents/facets?properties=country", true),
            ("/api/collections/incidents/histogram", true),
            ("/api/collections/incidents/items?q=x", true),
            ("/api/collections/incidents/items?%71=x", true),
            ("/api/collections/mentions/items/m1/why", true),
            ("/reconcile?queries={}", true),
            ("/api/collections/incidents/items", false),
            ("/api/collections/incidents/items/inc-1", false),
            ("/reconcile", false),
            ("/events", false),
            ("/health", false),
        ] {
            assert_eq!(is_costly(&Method::GET, &uri.parse().unwrap()), expected, "{uri}");
        }
        assert!(is_costly(&Method::POST, &Uri::from_static("/reconcile")));
    }

    #[test]
    fn one_client_is_one_network_of_ipv6() {
        let of = |text: &str| one_client(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:9::8"));
        assert_ne!(of("2001:db8:1:2::4"), of("2001:db8:1:3::4"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}

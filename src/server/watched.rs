//! Being observed: a line a request, counts for Prometheus, and whether the store can be read.

use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Json;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{MatchedPath, Request, State as Shared};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use serde_json::{Value, json};

use crate::store::{Collection, Store};

use super::State;
use super::limits::client;
use super::observed::{gauge, headed, line};
use super::reply::Problem;
use super::rules::Log;

/// Media type of the text format of Prometheus.
pub(super) const METRICS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The route of addresses that are none of ours.
const NO_ROUTE: &str = "none";

/// `GET /ready`: whether the store can be read.
pub(super) async fn ready(Shared(state): Shared<State>) -> Result<Json<Value>, Response> {
    match state.read(Store::moment).await {
        Ok(moment) => Ok(Json(json!({"status": "ready", "moment": moment}))),
        Err(_told) => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the store cannot be read; the log says why").into_response()),
    }
}

/// `GET /metrics`, in the text format of Prometheus.
pub(super) async fn metrics(Shared(state): Shared<State>) -> Response {
    let mut out = state.observed().told();
    let snapshot = state.snapshot();
    gauge(&mut out, "dalil_snapshot_moment", "changes of the store that the answers show", snapshot.moment());
    headed(&mut out, "dalil_features", "gauge", "features by collection");
    for collection in Collection::ALL {
        line(&mut out, &format!("dalil_features{{collection=\"{}\"}} {}", collection.name(), snapshot.layer(collection).len()));
    }
    gauge(&mut out, "dalil_store_bytes", "size of the files of the store", state.store_bytes());
    gauge(&mut out, "dalil_listeners", "pages and programs that listen to /events", state.listeners());
    ([(header::CONTENT_TYPE, METRICS)], out).into_response()
}

/// Who writes the lines.
#[derive(Clone, Debug)]
pub(super) struct Watcher {
    pub(super) state: State,
    pub(super) log: Log,
}

/// Counts a request and, when its answer was sent, writes a line about it.
pub(super) async fn watch(Shared(watcher): Shared<Watcher>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    // The path alone: what is asked of it can be words of a confidential search.
    let (method, path, client) = (request.method().clone(), request.uri().path().to_owned(), client(&request));
    let in_flight = watcher.state.observed().begin();
    let response = next.run(request).await;
    drop(in_flight);
    let status = response.status();
    watcher.state.observed().answered(&route, status.as_u16(), begun.elapsed());
    let is_told = match watcher.log {
        Log::Off => false,
        Log::Failures => status.is_server_error(),
        Log::Text | Log::Json => true,
    };
    if !is_told {
        return response;
    }
    let line = Line { watcher, begun, method, path, client, status, bytes: 0 };
    response.map(|body| Body::new(Told { body, line }))
}

/// What is told of a request.
struct Line {
    watcher: Watcher,
    begun: Instant,
    method: Method,
    path: String,
    client: Option<IpAddr>,
    status: StatusCode,
    bytes: u64,
}

impl Drop for Line {
    fn drop(&mut self) {
        let (at, ms) = (self.watcher.state.now(), self.begun.elapsed().as_secs_f64() * 1e3);
        let (method, path, status, bytes) = (self.method.as_str(), &self.path, self.status.as_u16(), self.bytes);
        if self.watcher.log == Log::Json {
            let ms = (ms * 1e3).round() / 1e3;
            let line = json!({"at": at, "method": method, "path": path, "status": status, "bytes": bytes, "ms": ms, "client": self.client});
            eprintln!("{line}");
        } else {
            let client = self.client.map_or_else(|| "-".to_owned(), |c| c.to_string());
            eprintln!("{at} {method} {path} {status} {bytes} B {ms:.1} ms {client}");
        }
    }
}

/// A body that counts what is sent of it; its line is written when it is done with, whole or not.
struct Told {
    body: Body,
    line: Line,
}

impl HttpBody for Told {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            self.line.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

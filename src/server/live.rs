//! Server-sent events: a page hears at once what changed, and after a lost connection what it missed.

use std::convert::Infallible;

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde_json::{Map, Value, json};
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use tokio_stream::{Stream, StreamExt};

use crate::store::Changes;

use super::State;
use super::reply::Problem;

/// Features named by an event; of more only their number is told.
const MAX_NAMED: usize = 200;

/// `GET /events`: an event `changed` for each change, whose id is the moment of the store. Who names the last one that was heard
/// (`Last-Event-ID`, as browsers do when they connect again) hears first what changed since.
pub(super) async fn events(
    Shared(state): Shared<State>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let news = state.news();
    let now = state.snapshot().moment();
    let heard: Option<i64> = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.trim().parse().ok());
    // Who heard of a moment that is yet to come listened to another store: all may be different.
    let heard = heard.map(|heard| if heard > now { 0 } else { heard });
    let missed = match heard {
        Some(heard) if heard < now => Some(told(&state, heard).await?),
        _ => None,
    };
    let mut last = now;
    let asked = state.clone();
    let later = BroadcastStream::new(news).then(move |_| {
        let (state, since) = (asked.clone(), last);
        last = state.snapshot().moment();
        // Who fell behind hears all of it in one event.
        async move { told(&state, since).await.unwrap_or_default() }
    });
    // A server that ends lets its listeners go at once; they come back by themselves.
    let end = WatchStream::new(state.is_ending()).filter(|is_ending| *is_ending).map(|_| None);
    let stream = tokio_stream::iter(missed).chain(later).map(Some).merge(end).map_while(|event| event.map(Ok));
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

/// What changed since a moment: `{"moment":12,"at":"…","is_all":false,"collections":{"incidents":{"count":1,"ids":["inc-…"]}}}`
async fn told(state: &State, since: i64) -> Result<Event, Problem> {
    let changes: Changes = state.read(move |store| store.changes_since(since)).await?;
    let collections: Map<String, Value> = changes
        .ids
        .iter()
        .map(|(name, ids)| {
            let named: Vec<&String> = ids.iter().take(MAX_NAMED).collect();
            ((*name).to_owned(), json!({"count": ids.len(), "ids": named}))
        })
        .collect();
    let data = json!({"moment": changes.upto, "at": state.now(), "is_all": changes.is_all, "collections": collections});
    Ok(Event::default().event("changed").id(changes.upto.to_string()).data(data.to_string()))
}

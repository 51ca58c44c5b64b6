//! Server-sent events: a page hears at once that reports were read again.

use std::convert::Infallible;

use axum::extract::State as Shared;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::State;

/// `GET /events`: an event `changed` with the time of each change.
pub(super) async fn events(Shared(state): Shared<State>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // Who fell behind hears that something changed, which is all that an event says.
    let changes = BroadcastStream::new(state.news()).map(|news| Ok(Event::default().event("changed").data(news.unwrap_or_default())));
    Sse::new(changes).keep_alive(KeepAlive::default())
}

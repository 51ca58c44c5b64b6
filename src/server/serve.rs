//! A listener answered until the server is told to end.

use std::future::IntoFuture;
use std::net::SocketAddr;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use super::line::Door;
use super::rules::Rules;
use super::{State, app_with};

/// Answers on a listener until `stop`; then accepts nobody any more, ends the streams of events, and finishes what began, within
/// [`Limits::ending`](super::rules::Limits::ending).
///
/// # Errors
/// What the system says when it cannot accept connections.
pub async fn serve(
    listener: TcpListener,
    state: State,
    rules: Rules,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let limits = rules.limits;
    // Tapped, since then the address of a connection is known to the handlers.
    let door = Door::new(listener, limits, state.clone()).tap_io(|_line| {});
    let service = app_with(state.clone(), rules).into_make_service_with_connect_info::<SocketAddr>();
    let mut is_ending = state.is_ending();
    let told = async move {
        stop.await;
        state.end();
    };
    let served = axum::serve(door, service).with_graceful_shutdown(told).into_future();
    let too_late = async move {
        // The sender lives as long as the state.
        let _ = is_ending.wait_for(|is_ending| *is_ending).await;
        tokio::time::sleep(limits.ending).await;
    };
    tokio::select! {
        served = served => served,
        () = too_late => Ok(()),
    }
}

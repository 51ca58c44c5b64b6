//! Connections: not more than so many, and none that is held open without being used.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

use super::State;
use super::rules::Limits;

/// A listener with so many seats; who comes when all are taken waits outside.
pub(super) struct Door {
    listener: TcpListener,
    seats: Arc<Semaphore>,
    limits: Limits,
    state: State,
}

impl Door {
    pub(super) fn new(listener: TcpListener, limits: Limits, state: State) -> Door {
        Door { listener, seats: Arc::new(Semaphore::new(limits.connections)), limits, state }
    }
}

impl Listener for Door {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        // The semaphore is never closed.
        let seat = Arc::clone(&self.seats).acquire_owned().await.ok();
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Small answers go at once; where that is not possible they go later.
        let _ = stream.set_nodelay(true);
        self.state.observed().connected(1);
        (Line::new(stream, seat, self.limits, self.state.clone()), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when its client does not read, or when nothing is said on it in either direction.
pub(super) struct Line {
    stream: TcpStream,
    _seat: Option<OwnedSemaphorePermit>,
    state: State,
    idle: Duration,
    stalled: Duration,
    /// When something last went in either direction.
    last: Instant,
    silence: Pin<Box<Sleep>>,
    /// Runs while something waits to be written.
    stall: Option<Pin<Box<Sleep>>>,
}

impl Line {
    fn new(stream: TcpStream, seat: Option<OwnedSemaphorePermit>, limits: Limits, state: State) -> Line {
        let (idle, stalled) = (limits.idle, limits.stalled);
        Line { stream, _seat: seat, state, idle, stalled, last: Instant::now(), silence: Box::pin(sleep(idle)), stall: None }
    }

    /// What became of writing, or an error when it has waited for too long.
    fn written(&mut self, written: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stall = None;
            self.last = Instant::now();
            return written;
        }
        let stalled = self.stalled;
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep(stalled)));
        stall.as_mut().poll(context).map(|()| Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read")))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.state.observed().connected(-1);
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            self.last = Instant::now();
            return read;
        }
        // Moved only when it has run out, not with every byte.
        while self.silence.as_mut().poll(context).is_ready() {
            let until = self.last + self.idle;
            if until <= Instant::now() {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing is said")));
            }
            self.silence.as_mut().reset(until);
        }
        Poll::Pending
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(written, context)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, parts: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

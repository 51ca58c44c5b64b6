//! What only shows on real sockets: who does not read, who is silent, how many there are, and how it ends.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use dalil::gazetteer::Gazetteer;
use dalil::server::rules::{Limits, Rules};
use dalil::server::{State, serve};
use dalil::store::Store;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::sample::entry;

const SHORT: Duration = Duration::from_millis(300);
/// So long something may take on a machine that has other things to do.
const LONG: Duration = Duration::from_secs(20);

struct Running {
    runtime: Runtime,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
    _folder: tempfile::TempDir,
}

fn running(limits: Limits) -> Running {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().put(&[entry("r1")], "2026-11-21T10:00:00Z").unwrap();
    let state = State::open(folder.path(), Gazetteer::embedded(), || "2026-11-21T10:00:00Z".to_owned()).unwrap();
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let rules = Rules { limits, ..Rules::default() };
    let served = runtime.spawn(serve(listener, state, rules, async move { stopped.await.unwrap_or_default() }));
    Running { runtime, address, stop, served, _folder: folder }
}

impl Running {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// A connection on which something was asked.
    fn asked(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// How many others are connected.
    fn others(&self) -> i64 {
        let mut told = String::new();
        self.asked("GET /metrics HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n").read_to_string(&mut told).unwrap();
        told.lines().find_map(|l| l.strip_prefix("dalil_connections ")).unwrap().trim().parse::<i64>().unwrap() - 1
    }
}

/// The first line of what is answered.
fn status(stream: &mut TcpStream) -> String {
    let mut first = [0; 200];
    let read = stream.read(&mut first).unwrap();
    String::from_utf8_lossy(&first[..read]).lines().next().unwrap_or_default().to_owned()
}

fn within_long(mut is_done: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < LONG {
        if is_done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

const HEALTH: &str = "GET /health HTTP/1.1\r\nhost: here\r\n\r\n";

#[test]
fn who_does_not_read_is_cut_off() {
    let server = running(Limits { stalled: SHORT, ..Limits::default() });
    // More than fits into the buffers of both ends.
    let many = "GET /api/openapi HTTP/1.1\r\nhost: here\r\n\r\n".repeat(1_000);
    let stream = server.asked(&many);
    assert!(within_long(|| server.others() == 1), "the connection is not there");
    assert!(within_long(|| server.others() == 0), "the connection is still held");
    drop(stream);
}

#[test]
fn who_says_nothing_is_let_go() {
    let server = running(Limits { idle: SHORT, ..Limits::default() });
    let mut silent = server.connect();
    let mut half = server.asked("GET /health HTTP/1.1\r\nho");
    let begun = Instant::now();
    let mut rest = Vec::new();
    // Closed or reset; either is the end.
    let _ = silent.read_to_end(&mut rest);
    let _ = half.read_to_end(&mut rest);
    assert!(begun.elapsed() < LONG, "nobody was let go");
}

#[test]
fn who_comes_when_all_seats_are_taken_waits_until_one_leaves() {
    let server = running(Limits { connections: 2, ..Limits::default() });
    let mut seated = [server.asked(HEALTH), server.asked(HEALTH)];
    for stream in &mut seated {
        assert_eq!(status(stream), "HTTP/1.1 200 OK");
    }
    let mut third = server.asked(HEALTH);
    third.set_read_timeout(Some(SHORT)).unwrap();
    assert!(third.read(&mut [0; 1]).is_err(), "a third was answered");
    third.set_read_timeout(Some(LONG)).unwrap();
    drop(seated);
    assert_eq!(status(&mut third), "HTTP/1.1 200 OK");
}

#[test]
fn an_address_or_a_head_that_is_too_long_is_refused_and_the_server_goes_on() {
    let server = running(Limits::default());
    let long = "x".repeat(100_000);
    for request in [
        format!("GET /api?q={long} HTTP/1.1\r\nhost: here\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nhost: here\r\n\r\n"),
        format!("GET /api HTTP/1.1\r\nhost: here\r\n{}\r\n", "a: b\r\n".repeat(5_000)),
    ] {
        let answer = status(&mut server.asked(&request));
        assert!(answer.starts_with("HTTP/1.1 414") || answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
    assert_eq!(status(&mut server.asked("nonsense\r\n\r\n")), "HTTP/1.1 400 Bad Request");
    assert_eq!(status(&mut server.asked(HEALTH)), "HTTP/1.1 200 OK");
}

#[test]
fn a_server_told_to_end_finishes_what_began_and_lets_its_listeners_go() {
    let server = running(Limits { ending: LONG, ..Limits::default() });
    let mut events = server.asked("GET /events HTTP/1.1\r\nhost: here\r\n\r\n");
    assert_eq!(status(&mut events), "HTTP/1.1 200 OK");
    let body = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1.4,16.2]},"properties":{"name":"Tin-Zoo"}}"#;
    let (first, last) = body.split_at(20);
    let head = "POST /api/collections/places/items HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: ";
    let mut change = server.asked(&format!("{head}{}\r\n\r\n{first}", body.len()));
    // Asked and not yet answered: then the server has begun with it.
    assert!(within_long(|| server.others() == 2));
    std::thread::sleep(SHORT);
    let Running { runtime, address, stop, served, .. } = server;
    stop.send(()).unwrap();
    events.read_to_end(&mut Vec::new()).unwrap();
    assert!(within_long(|| TcpStream::connect(address).is_err()), "new connections are accepted");
    assert!(!served.is_finished(), "what began was broken off");
    change.write_all(last.as_bytes()).unwrap();
    assert_eq!(status(&mut change), "HTTP/1.1 201 Created");
    drop(change);
    let ended = runtime.block_on(async { tokio::time::timeout(LONG, served).await });
    assert!(matches!(ended, Ok(Ok(Ok(())))), "{ended:?}");
}

#[test]
fn an_end_is_not_waited_for_for_ever() {
    let Running { runtime, stop, served, address, .. } = running(Limits { ending: SHORT, ..Limits::default() });
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(b"POST /api/collections/places/items HTTP/1.1\r\nhost: here\r\ncontent-length: 9\r\n\r\n{").unwrap();
    std::thread::sleep(SHORT);
    stop.send(()).unwrap();
    let ended = runtime.block_on(async { tokio::time::timeout(LONG, served).await });
    assert!(matches!(ended, Ok(Ok(Ok(())))), "{ended:?}");
}

//! A host of one's own on this machine, which answers as it is told and remembers who asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) headers: String,
    pub(crate) begun: Instant,
    pub(crate) ended: Instant,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| line.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }
}

pub(crate) struct Host {
    pub(crate) base: String,
    pub(crate) asked: Arc<Mutex<Vec<Asked>>>,
}

/// Answers a request; the number counts how often its path was asked for before.
type Answering = dyn Fn(&Asked, usize, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

impl Host {
    /// Answers all but robots.txt, which there is none of.
    pub(crate) fn new(answer: impl Fn(&Asked, usize, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Host {
        let answer = move |asked: &Asked, n: usize, out: &mut TcpStream| {
            if asked.path == "/robots.txt" { send(out, "404 Not Found", "", b"") } else { answer(asked, n, out) }
        };
        Host::at("127.0.0.1", Arc::new(answer))
    }

    pub(crate) fn at(ip: &str, answer: Arc<Answering>) -> Host {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let remembered = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(stream), answer, asked) = (stream, Arc::clone(&answer), Arc::clone(&remembered)) else { return };
                std::thread::spawn(move || one(stream, &*answer, &asked));
            }
        });
        Host { base, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The paths that were asked for, in their order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| asked.path.clone()).collect()
    }

    pub(crate) fn last(&self) -> Asked {
        self.asked.lock().unwrap().last().unwrap().clone()
    }
}

fn one(mut stream: TcpStream, answer: &Answering, all: &Mutex<Vec<Asked>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let now = Instant::now();
    let asked = Asked { path, headers: headers.join("\n"), begun: now, ended: now };
    let (index, before) = {
        let mut all = all.lock().unwrap();
        let before = all.iter().filter(|other| other.path == asked.path).count();
        all.push(asked.clone());
        (all.len() - 1, before)
    };
    // Who asked may have left.
    let _ = answer(&asked, before, &mut stream);
    all.lock().unwrap()[index].ended = Instant::now();
}

/// A whole answer.
pub(crate) fn send(out: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    write!(out, "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len())?;
    out.write_all(body)
}

/// An answer without an end that writes a piece every so often, for a minute at most.
pub(crate) fn trickle(out: &mut TcpStream, headers: &str, piece: &[u8], pause: Duration) -> std::io::Result<()> {
    write!(out, "HTTP/1.1 200 OK\r\n{headers}connection: close\r\n\r\n")?;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_mins(1) {
        out.write_all(piece)?;
        out.flush()?;
        std::thread::sleep(pause);
    }
    Ok(())
}

/// Counts; for answers that change.
pub(crate) fn counter() -> (Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let counter = Arc::new(AtomicUsize::new(0));
    counter.store(0, Ordering::Relaxed);
    (Arc::clone(&counter), counter)
}

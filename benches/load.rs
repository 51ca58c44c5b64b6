//! An hour's worth of everybody at once in five minutes: `cargo bench --bench load`, `-- --seconds 30 --incidents 5000` for less.
//!
//! The real program serves a store of synthetic incidents and of reports that are really read. Readers, editors, two that race for one
//! place, downloads, clients that are slow or deaf, a crowd, listeners and bad input ask at the same time. It fails when an answer is a
//! 5xx other than a 503 with Retry-After, when memory grows after warming up, when something that was answered as saved is not there, as it was
//! answered last, while it runs or after it was opened again, or when the program does not end as told.
#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

#[path = "load/bad.rs"]
mod bad;
#[path = "load/client.rs"]
mod client;
#[path = "load/editors.rs"]
mod editors;
#[path = "load/program.rs"]
mod program;
#[path = "load/readers.rs"]
mod readers;
#[path = "load/seen.rs"]
mod seen;
mod synthetic;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, Reader};
use dalil::recognise::Report;
use dalil::store::Store;

use client::Client;
use editors::Saved;
use program::{Memory, Program};
use seen::Seen;

const NOW: &str = "2026-11-22T10:00:00Z";
/// Reports that are really read, each with an incident to correct and a village that editors know.
const READ: u64 = 120;
/// So much a process may hold more at the end than after warming up: pieces that the allocator has not given back.
const GROWTH: f64 = 1.15;

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let number = |name: &str, usual: usize| {
        let at = given.iter().position(|a| a == name).map(|at| at + 1);
        at.and_then(|at| given.get(at)).and_then(|n| n.parse().ok()).unwrap_or(usual)
    };
    let (seconds, incidents) = (number("--seconds", 300), number("--incidents", 20_000));
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fill(folder.path(), incidents);
    let mut program = Program::start(folder.path());
    let address = program.address;
    let corrected = to_correct(address);
    let seen = Seen::default();
    println!("{incidents} incidents, {} to be corrected, {seconds} s at {address}", corrected.len());
    let (saved, memory) = run(&program, &seen, &corrected, Duration::from_secs(seconds as u64));
    all_there(address, &seen, &saved, "at the end");
    let ended = program.told_to_end();
    if !ended.success() {
        seen.fault(format!("the program told to end ended with {ended}"));
    }
    is_whole(folder.path(), &seen);
    let mut again = Program::start(folder.path());
    all_there(again.address, &seen, &saved, "after it was opened again");
    again.told_to_end();
    let faults = seen.told();
    let [first, last, most] = memory.flat();
    println!("memory held: {first:.0} MB after warming up, {last:.0} MB in the last fifth, {most:.0} MB at most; {}", memory.rest());
    println!("saved and looked for: {}", saved.len());
    assert!(faults == 0, "{faults} faults");
    assert!(last <= first * GROWTH, "memory grows");
}

fn fill(folder: &Path, incidents: usize) {
    let mut store = Store::open(folder).unwrap();
    synthetic::fill(&mut store, incidents);
    let base = Gazetteer::embedded();
    let towns = ["Gao", "Mopti", "Tombouctou", "Kidal", "Ségou", "Sikasso"];
    let text = |n: u64| {
        let town = towns[(n % 6) as usize];
        format!(
            "Mardi 14 mai 2024, des hommes armés ont attaqué un convoi à {town}, au Mali. {} civils ont été tués à {town}. Les assaillants venaient de Zakdoubit {}.",
            n + 2,
            n % 50
        )
    };
    let report = |n: u64| Report {
        id: format!("read-{n:04}"),
        text: text(n),
        lang: None,
        title: None,
        published: Some("2024-05-17".parse().unwrap()),
        source: Some(format!("source {n}")),
        url: None,
        ..Report::default()
    };
    let reports: Vec<Report> = (0..READ).map(report).collect();
    let mut reader = Reader::open(&base, &store).unwrap();
    intake::take_in(&mut store, &reports, &mut reader, NOW).unwrap();
}

/// The incidents of the reports that were really read.
fn to_correct(address: SocketAddr) -> Vec<String> {
    let reports: Vec<String> = (0..READ).map(|n| format!("read-{n:04}")).collect();
    let path = format!("/api/collections/incidents/items?limit=1000&report_id={}", reports.join(","));
    let answer = Client::new(address).get(&path).unwrap();
    let found: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let ids: Vec<String> = found["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.len() as u64 >= READ / 2, "only {} incidents were read", ids.len());
    ids
}

fn run(program: &Program, seen: &Seen, corrected: &[String], time: Duration) -> (Saved, Memory) {
    let address = program.address;
    let posted = Client::new(address)
        .ask(
            "POST",
            "/api/collections/places/items",
            "content-type: application/json\r\n",
            editors::place("Raceville", 2.5, "0").to_string().as_bytes(),
        )
        .unwrap();
    assert_eq!(posted.status, 201);
    let shared = posted.location.as_str();
    let (first, second) = corrected.split_at(corrected.len() / 2);
    std::thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || readers::reader(address, seen, 101 + number));
        }
        scope.spawn(|| readers::downloader(address, seen));
        scope.spawn(|| readers::slow_reader(address, seen));
        scope.spawn(|| readers::deaf_reader(address, seen));
        scope.spawn(|| readers::crowd(address, seen));
        scope.spawn(|| readers::listener(address, seen));
        scope.spawn(|| bad::asker(address, seen, 7));
        scope.spawn(|| bad::writer(address, seen));
        scope.spawn(|| bad::talker(address, seen));
        let saving = [
            scope.spawn(|| editors::editor(address, seen, 1)),
            scope.spawn(|| editors::editor(address, seen, 2)),
            scope.spawn(|| editors::corrector(address, seen, first)),
            scope.spawn(|| editors::corrector(address, seen, second)),
        ];
        let racing = [scope.spawn(|| editors::racer(address, seen, shared)), scope.spawn(|| editors::racer(address, seen, shared))];
        let memory = program.watched(time);
        seen.is_over.store(true, Ordering::Relaxed);
        let mut saved: Saved = saving.into_iter().flat_map(|s| s.join().unwrap()).collect();
        let counted: u64 = racing.into_iter().map(|r| r.join().unwrap()).sum();
        let last = Client::new(address).get(shared).unwrap();
        if editors::count(&last) != counted {
            seen.fault(format!("two counted to {counted} in one place, which says {}", editors::count(&last)));
        }
        saved.insert(shared.to_owned(), Some(last.tag));
        println!("two that raced counted to {counted}");
        (saved, memory)
    })
}

/// Everything that was saved is there, in the version that was answered last.
fn all_there(address: SocketAddr, seen: &Seen, saved: &Saved, when: &str) {
    let mut client = Client::new(address);
    for (path, tag) in saved {
        let begun = Instant::now();
        let answer = client.get(path).unwrap();
        seen.note("looked for at the end", begun, &answer, &[200, 404], path);
        let shown = (answer.status == 200).then(|| answer.tag.clone());
        if shown != *tag {
            seen.fault(format!("{path}: saved as {tag:?}, {when} {shown:?} ({})", answer.status));
        }
    }
}

fn is_whole(folder: &Path, seen: &Seen) {
    let connection = rusqlite::Connection::open(Store::file(folder)).unwrap();
    let answer: String = connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    let orphans: i64 = connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    if answer != "ok" || orphans > 0 {
        seen.fault(format!("the store: {answer}, {orphans} rows without what they belong to"));
    }
}

//! Reading in at volume: mixed files into a store, against the same texts read on all cores with nothing else done.
//!
//! `cargo bench --bench ingest`, 2,000 reports; `-- --full`: 20,000.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use dalil::document::{Columns, Limits, Options};
use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, How, Reader, Task};
use dalil::recognise::Report;
use dalil::store::Store;

const REPORTS: [usize; 2] = [2_000, 20_000];
const DAY: &str = "2024-05-17";

fn main() {
    let is_full = std::env::args().any(|a| a == "--full");
    let count = REPORTS[usize::from(is_full)];
    let texts = texts(count);
    let bytes: usize = texts.iter().map(String::len).sum();
    let base = Gazetteer::embedded();
    let folder = tempfile::tempdir().expect("a folder");
    let (files, kept) = (folder.path().join("files"), folder.path().join("store"));
    write(&files, &texts);
    let alone = bare(&base, &kept.with_file_name("empty"), &texts);
    let mut store = Store::open(&kept).expect("a store");
    let tasks = intake::listed(&files).expect("a folder").into_iter().filter_map(Result::ok).map(Task::file).collect();
    let how = How { options: Options { limits: Limits::own(), columns: Columns::new() }, published: DAY.parse().ok() };
    let begun = Instant::now();
    let now = || "2026-11-22T10:00:00Z".to_owned();
    let sum = intake::take_in_all(&mut store, &base, tasks, &how, now, &AtomicBool::new(false), &mut |_| ()).expect("a store that works");
    let whole = begun.elapsed().as_secs_f64();
    assert_eq!((sum.read, sum.refused.len()), (count, 0), "{sum:?}");
    let begun = Instant::now();
    intake::corroborate(&mut store).expect("a store that works");
    let events = begun.elapsed().as_secs_f64();
    let rate = |seconds: f64| format!("{:.0} reports/s, {:.2} MB/s", count as f64 / seconds, bytes as f64 / seconds / 1e6);
    println!("{count} reports, {:.1} MB of text, {} incidents, {} threads", bytes as f64 / 1e6, sum.incidents, threads());
    println!("bare reading: {}", rate(alone));
    println!("into a store: {}, {:.2} of it; events after that {events:.1} s; peak memory {} MB", rate(whole), alone / whole, peak_mb());
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The own reports over and over, each with figures and a line of its own, so that none is a copy by chance.
fn texts(count: usize) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/reports.jsonl");
    let lines = fs::read_to_string(path).expect("the own reports");
    let own: Vec<String> = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned))
        .collect();
    (0..count).map(|n| format!("{}\nBulletin {n}.", own[n % own.len()].trim())).collect()
}

/// A third as texts, then pages, letters, lists of records, archives.
fn write(folder: &Path, texts: &[String]) {
    fs::create_dir_all(folder).expect("a folder");
    let at = |name: String| folder.join(name);
    let (mut records, mut archive) = (String::new(), None);
    for (n, text) in texts.iter().enumerate() {
        let done = match n % 6 {
            0 | 1 => fs::write(at(format!("{n}.txt")), text),
            2 => fs::write(at(format!("{n}.html")), page(text)),
            3 => fs::write(at(format!("{n}.eml")), letter(text)),
            4 => {
                let _ = writeln!(records, "{}", serde_json::json!({"id": format!("r{n}"), "text": text}));
                Ok(())
            }
            _ => {
                let options = zip::write::SimpleFileOptions::default();
                let zip = archive.get_or_insert_with(|| zip::ZipWriter::new(fs::File::create(at("year.zip".to_owned())).expect("a file")));
                zip.start_file(format!("{n}.txt"), options).expect("an archive");
                zip.write_all(text.as_bytes())
            }
        };
        done.expect("room on the disk");
    }
    archive.map(zip::ZipWriter::finish).transpose().expect("an archive");
    fs::write(at("records.jsonl".to_owned()), records).expect("room on the disk");
}

fn page(text: &str) -> String {
    let paragraphs: String =
        text.lines().fold(String::new(), |all, line| all + "<p>" + &line.replace('&', "&amp;").replace('<', "&lt;") + "</p>\n");
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body><nav><a href=/>a</a></nav><article>{paragraphs}</article></body></html>"
    )
}

fn letter(text: &str) -> String {
    format!(
        "From: Desk <desk@example.org>\r\nTo: a@example.org\r\nDate: Fri, 17 May 2024 08:00:00 +0000\r\nSubject: Bulletin\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    )
}

/// Seconds to read all texts into published features, on all cores, with nothing else done.
fn bare(base: &Gazetteer, folder: &Path, texts: &[String]) -> f64 {
    let store = Store::open(folder).expect("a store");
    let reader = Reader::open(base, &store).expect("a store");
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = Report { id: "r".to_owned(), text: text.clone(), published: DAY.parse().ok(), ..Report::default() };
                    std::hint::black_box(reader.entry(&report));
                }
            });
        }
    });
    begun.elapsed().as_secs_f64()
}

/// The most memory this process has held, as Linux tells it; 0 elsewhere.
fn peak_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

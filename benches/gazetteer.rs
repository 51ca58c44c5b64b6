//! What gazetteers of any size cost: building, opening, memory, scanning, beside two matchers of other kinds.
//!
//! `cargo bench --bench gazetteer -- FILE…` with files of rows (`synthetic:13000000` makes some up); `--texts FILE` names JSON Lines to
//! scan, else the examples are. Each measurement is a process of its own, so that its memory is its own. Times are of the
//! processor, which a busy machine does not stretch, but for opening.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use aho_corasick::{AhoCorasick, MatchKind};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use dalil::gazetteer::compile::Compiler;
use dalil::gazetteer::row::{self, Row};
use dalil::gazetteer::table::Table;
use dalil::gazetteer::{Gazetteer, bytes};
use dalil::incident;
use dalil::layer;
use dalil::recognise::Report;
use dalil::text::fold::fold_phrase;
use fst::Streamer;

/// Memory that one measurement may take, kilobytes; a matcher that needs more counts as failed.
const MAX_KILOBYTES: u64 = 9_000_000;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let Some(at) = arguments.iter().position(|a| a == "--step") {
        let step = arguments.split_off(at);
        return run(&step[1], &step[2..]);
    }
    let texts = match arguments.iter().position(|a| a == "--texts") {
        Some(at) => arguments.drain(at..at + 2).nth(1).unwrap(),
        None => concat!(env!("CARGO_MANIFEST_DIR"), "/examples/reports/reports.jsonl").to_owned(),
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gazetteer-bench");
    fs::create_dir_all(&folder).unwrap();
    let embedded = Path::new(env!("OUT_DIR")).join("gazetteer.bin").display().to_string();
    println!("the embedded table");
    measure(&embedded, &texts);
    for file in arguments {
        let table = folder.join(file.replace(['/', ':'], "_")).display().to_string();
        println!("\n{file}");
        child("build", &[&file, &table]);
        measure(&table, &texts);
        child("reading", &[&table, &texts]);
    }
}

fn measure(table: &str, texts: &str) {
    // Drops the file from the system's memory, so that the next opening is a cold one.
    let dropped = Command::new("dd").arg(format!("of={table}")).args(["oflag=nocache", "conv=notrunc,fdatasync", "count=0"]).output();
    println!("  (dropped from memory before opening: {})", dropped.is_ok_and(|o| o.status.success()));
    for step in ["scan", "aho-corasick", "daachorse"] {
        child(step, &[table, texts]);
    }
}

/// One step in a process with limited memory.
fn child(step: &str, arguments: &[&str]) {
    let program = std::env::current_exe().unwrap();
    let limited = format!("ulimit -v {MAX_KILOBYTES}; exec \"$0\" \"$@\"");
    let status = Command::new("sh").args(["-c", &limited]).arg(program).args(["--step", step]).args(arguments).status().unwrap();
    if !status.success() {
        println!("  {step:<14} failed with at most {} GB: {status}", MAX_KILOBYTES / 1_000_000);
    }
}

fn run(step: &str, arguments: &[String]) {
    match (step, arguments) {
        ("build", [rows, table]) => build(rows, Path::new(table)),
        ("scan", [table, texts]) => scan(Path::new(table), texts),
        ("aho-corasick", [table, texts]) => matcher(step, table, texts, aho_corasick),
        ("daachorse", [table, texts]) => matcher(step, table, texts, double_array),
        ("reading", [table, texts]) => reading(Path::new(table), texts),
        _ => panic!("{step} {arguments:?}"),
    }
}

fn build(rows: &str, path: &Path) {
    let mut compiler = Compiler::default();
    let begin = (Instant::now(), processor());
    match rows.strip_prefix("synthetic:") {
        Some(count) => (0..count.parse().unwrap()).for_each(|number| compiler.push(&made_up(number))),
        None => BufReader::new(File::open(rows).unwrap()).lines().for_each(|line| {
            if let Ok(Some(row)) = row::parse(&line.unwrap()) {
                compiler.push(&row);
            }
        }),
    }
    let summary = bytes::replace(path, |out| compiler.finish(out)).unwrap();
    println!(
        "  build          {:.1} s ({:.1} s of the processor), peak {} MB; {} places, {} names, {} keys",
        begin.0.elapsed().as_secs_f64(),
        processor() - begin.1,
        status("VmHWM:") / 1_000,
        summary.places,
        summary.names,
        summary.keys
    );
    let per = |count: u64| summary.bytes as f64 / count as f64;
    println!(
        "  size           {:.1} MB, {:.1} bytes a name, {:.1} bytes a key",
        summary.bytes as f64 / 1e6,
        per(summary.names),
        per(summary.keys)
    );
    let table = Table::map(path).unwrap();
    let sizes: Vec<String> = table.sizes().map(|(name, size)| format!("{name} {:.1}", size as f64 / summary.names as f64)).collect();
    println!("  bytes a name   {}", sizes.join(", "));
}

/// A place with a name of two to four syllables, a second spelling and now and then an Arabic name; numbers decide all.
fn made_up(number: u64) -> Row {
    const SYLLABLES: [&str; 32] = [
        "ba", "ko", "ndi", "mar", "tal", "ou", "sa", "gui", "da", "ren", "fo", "che", "li", "zan", "ya", "mo", "ti", "bel", "wa", "nor",
        "su", "ga", "dje", "hin", "ra", "lo", "ke", "vil", "am", "pe", "xi", "tou",
    ];
    const ARABIC: [&str; 32] = [
        "با", "كو", "ند", "مار", "تال", "او", "سا", "غي", "دا", "رين", "فو", "شي", "لي", "زان", "يا", "مو", "تي", "بل", "وا", "نور", "سو",
        "غا", "جي", "حين", "را", "لو", "كي", "فيل", "عم", "بي", "خي", "تو",
    ];
    let mixed = (number ^ number >> 15).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let join = |list: &[&str; 32], count: u64| (0..count).map(|i| list[(mixed >> (5 * i + 20) & 31) as usize]).collect::<String>();
    let count = 2 + (mixed >> 60) % 4;
    let mut names = vec![(String::new(), join(&SYLLABLES, count + 1))];
    if number.is_multiple_of(10) {
        names.push(("ar".to_owned(), join(&ARABIC, count)));
    }
    Row {
        id: format!("geonames:{number}"),
        name: join(&SYLLABLES, count),
        feature: "PPL".to_owned(),
        country: ["ML", "NE", "FR", "IN", "CN", "US", "BR", "SD"][(mixed >> 8 & 7) as usize].to_owned(),
        admin1: format!("{:02}", mixed >> 11 & 31),
        admin2: format!("{}", mixed >> 16 & 15),
        lat: Some((mixed % 16_000_000) as f64 / 1e5 - 80.0),
        lon: Some((mixed % 35_000_000) as f64 / 1e5 - 175.0),
        population: number.is_multiple_of(7).then_some((mixed >> 44) as u32),
        radius_m: None,
        names,
    }
}

/// Longest names from each word on, as recognition walks them.
fn scan(path: &Path, texts: &str) {
    let folded = folded(texts);
    let before = status("VmRSS:");
    let begin = Instant::now();
    let table = Table::map(path).unwrap();
    let opened = begin.elapsed();
    let after_open = status("VmRSS:");
    let (found, took) = scanned(&table, &folded);
    println!("  open           {:.1} ms, resident memory +{} kB", opened.as_secs_f64() * 1e3, after_open - before);
    tell("scan", status("VmRSS:").saturating_sub(before), &folded, found, took);
    let (found, took) = scanned(&table, &folded);
    tell("scan again", status("VmRSS:").saturating_sub(before), &folded, found, took);
}

fn scanned(table: &Table, folded: &str) -> (usize, f64) {
    let begin = processor();
    let mut found = 0;
    for text in folded.lines() {
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let mut end = None;
            let mut cursor = table.start();
            for (at, byte) in bytes.iter().enumerate().skip(start) {
                let Some(next) = table.walk(cursor, &[*byte]) else { break };
                cursor = next;
                if bytes.get(at + 1).is_none_or(|b| *b == b' ') && table.is_name(cursor) {
                    end = Some(at + 1);
                }
            }
            found += end.map_or(0, |_| table.postings(cursor).len().max(1)).min(1);
            let next = end.unwrap_or(start);
            start = bytes.iter().skip(next).position(|b| *b == b' ').map_or(bytes.len(), |space| next + space + 1);
        }
    }
    (found, processor() - begin)
}

/// A matcher of another kind over the same keys and texts.
fn matcher<M>(name: &str, table: &str, texts: &str, make: impl Fn(Vec<String>) -> (M, usize))
where
    M: Fn(&str) -> usize,
{
    let folded = folded(texts);
    let mut keys = Vec::new();
    {
        let table = Table::map(Path::new(table)).unwrap();
        let mut stream = table.names().stream();
        while let Some((key, _)) = stream.next() {
            keys.push(spaced(&String::from_utf8_lossy(key)));
        }
    }
    let begin = processor();
    let (find, memory) = make(keys);
    let built = processor() - begin;
    let begin = processor();
    let found = folded.lines().map(|text| find(&spaced(text))).sum();
    println!("  {name:<14} built in {built:.1} s, peak memory {} MB", status("VmHWM:") / 1_000);
    tell(name, memory as u64 / 1_000, &folded, found, processor() - begin);
}

fn aho_corasick(keys: Vec<String>) -> (impl Fn(&str) -> usize, usize) {
    let all = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(keys).unwrap();
    let bytes = all.memory_usage();
    (move |text: &str| all.find_iter(text).count(), bytes)
}

fn double_array(keys: Vec<String>) -> (impl Fn(&str) -> usize, usize) {
    let all: DoubleArrayAhoCorasick<u32> =
        DoubleArrayAhoCorasickBuilder::new().match_kind(daachorse::MatchKind::LeftmostLongest).build(keys).unwrap();
    let bytes = all.heap_bytes();
    (move |text: &str| all.leftmost_find_iter(text).count(), bytes)
}

/// With a space on either side, so that whole words match; two between words, so that neighbours have one each.
fn spaced(key: &str) -> String {
    format!(" {} ", key.replace(' ', "  "))
}

/// The whole pipeline, with the embedded table alone and with this one over it.
fn reading(path: &Path, texts: &str) {
    let reports = reports(texts);
    let bytes: usize = reports.iter().map(|r| r.text.len()).sum();
    let embedded = Gazetteer::embedded();
    let over = embedded.with(Table::map(path).unwrap());
    let read = |gazetteer: &Gazetteer| {
        let begin = processor();
        let size: usize = reports.iter().map(|r| layer::parsed(r, &incident::read(r, gazetteer)).incidents.len()).sum();
        (processor() - begin, size)
    };
    // The first run makes everything ready that is made once.
    read(&over);
    let (alone, both) = (read(&embedded), read(&over));
    println!(
        "  whole reading  {:.2} MB/s with the embedded table, {:.2} MB/s with this one over it: {:.2} of the speed ({} and {} incidents)",
        bytes as f64 / 1e6 / alone.0,
        bytes as f64 / 1e6 / both.0,
        alone.0 / both.0,
        alone.1,
        both.1
    );
}

fn reports(texts: &str) -> Vec<Report> {
    let content = fs::read_to_string(PathBuf::from(texts)).unwrap();
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
    let published = Some(jiff::civil::date(2022, 9, 8));
    let report = |(number, text): (usize, String)| Report {
        id: number.to_string(),
        text,
        lang: None,
        title: None,
        published,
        source: None,
        url: None,
        ..Report::default()
    };
    content.lines().map(text).enumerate().map(report).collect()
}

/// The texts folded, one a line.
fn folded(texts: &str) -> String {
    reports(texts).iter().map(|r| fold_phrase(&r.text) + "\n").collect()
}

fn tell(name: &str, kilobytes: u64, folded: &str, found: usize, took: f64) {
    println!("  {name:<14} memory {} MB, {:.1} MB/s of folded text, {found} found", kilobytes / 1_000, folded.len() as f64 / 1e6 / took);
}

/// Seconds that this process ran on a processor so far, as Linux counts them.
fn processor() -> f64 {
    const NANOSECONDS: f64 = 1e9;
    let account = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    account.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / NANOSECONDS
}

/// A number of kilobytes from Linux's account of this process.
fn status(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(field));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

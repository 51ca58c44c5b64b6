//! How fast reports are read and how much memory that takes, each against a baseline of the same run: `cargo bench`.
//!
//! Machines differ, ratios do not: the baseline is cutting and folding words alone, which every reading must do.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dalil::gazetteer::{Gazetteer, load};
use dalil::incident;
use dalil::lang::{Lang, detect};
use dalil::layer;
use dalil::recognise::{Report, toponym};
use dalil::text::Text;

/// The program's own, so that its speed is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Text read for each language.
const BYTES: usize = 2_000_000;
const RUNS: usize = 5;
/// Length of the long report.
const LONG: usize = 100_000;

fn main() {
    let opening = Instant::now();
    let gazetteer = Gazetteer::embedded();
    let opening = opening.elapsed();
    println!("{} places, {} names; medians of {RUNS} runs, one core\n", gazetteer.place_count(), gazetteer.name_count());
    println!("{:<36}{:>10}{:>12}{:>12}", "", "MB/s", "of baseline", "ms/report");
    for (lang, examples) in examples() {
        let reports = repeated(&examples);
        let bytes: usize = reports.iter().map(|r| r.text.len()).sum();
        let baseline = median(|| each(&reports, |r| drop(black_box(Text::read(&r.text)))));
        row(lang, "cutting and folding (baseline)", baseline, baseline, bytes, reports.len());
        let names = median(|| {
            each(&reports, |r| {
                let text = Text::read(&r.text);
                black_box(toponym::toponyms(&text, lang, &gazetteer));
            });
        });
        row(lang, "names of places", names, baseline, bytes, reports.len());
        let whole = median(|| each(&reports, |r| drop(black_box(layer::parsed(r, &incident::read(r, &gazetteer))))));
        row(lang, "whole reading", whole, baseline, bytes, reports.len());
        // One long report beside many short ones tells whether the time grows faster than the text.
        let mut one = reports[0].clone();
        one.text = reports.iter().map(|r| r.text.as_str()).scan(0, |sum, text| within(sum, text)).collect::<Vec<_>>().join("\n\n");
        let cut = median(|| drop(black_box(Text::read(&one.text))));
        let long = median(|| drop(black_box(incident::read(&one, &gazetteer))));
        row(lang, "whole reading, one long report", long, cut, one.text.len(), 1);
    }
    println!();
    time("gazetteer, first opening", opening);
    time("gazetteer, opened from its bytes", reopened());
    time("`dalil parse` of one report, from start to exit", started());
    println!("{:<52}{:>8} MB", "peak memory of this program", peak_kilobytes() / 1_000);
}

/// The text as long as all texts so far stay within [`LONG`].
fn within<'a>(sum: &mut usize, text: &'a str) -> Option<&'a str> {
    *sum += text.len();
    (*sum <= LONG).then_some(text)
}

fn row(lang: Lang, what: &str, taken: Duration, baseline: Duration, bytes: usize, reports: usize) {
    let seconds = taken.as_secs_f64();
    println!(
        "{}  {what:<32}{:>10.1}{:>12.3}{:>12.3}",
        lang.code(),
        bytes as f64 / 1e6 / seconds,
        baseline.as_secs_f64() / seconds,
        seconds * 1e3 / reports as f64
    );
}

fn time(what: &str, taken: Duration) {
    println!("{what:<52}{:>8.1} ms", taken.as_secs_f64() * 1e3);
}

fn each(reports: &[Report], mut read: impl FnMut(&Report)) {
    for report in reports {
        read(report);
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut taken: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    taken.sort_unstable();
    taken[RUNS / 2]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports")
}

/// The example reports by language.
fn examples() -> Vec<(Lang, Vec<Report>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut texts: Vec<String> = Vec::new();
    for path in paths {
        let content = fs::read_to_string(&path).unwrap();
        if path.extension().is_some_and(|e| e == "jsonl") {
            let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
            texts.extend(content.lines().map(text));
        } else {
            texts.push(content);
        }
    }
    let published = Some(jiff::civil::date(2022, 9, 8));
    let report = |(number, text): (usize, &String)| Report {
        id: number.to_string(),
        text: text.clone(),
        lang: None,
        title: None,
        published,
        source: None,
        url: None,
        ..Report::default()
    };
    let of = |lang| texts.iter().filter(|t| detect::detect(&Text::read(t)) == lang).enumerate().map(report).collect::<Vec<_>>();
    Lang::ALL.into_iter().map(|lang| (lang, of(lang))).inspect(|(lang, all)| assert!(!all.is_empty(), "no example in {lang:?}")).collect()
}

/// The reports again and again until there is enough to read.
fn repeated(examples: &[Report]) -> Vec<Report> {
    let once: usize = examples.iter().map(|r| r.text.len()).sum();
    vec![examples; BYTES.div_ceil(once)].concat()
}

fn reopened() -> Duration {
    let path = Path::new(env!("OUT_DIR")).join("gazetteer.bin");
    median(|| drop(black_box(load::open(&path).expect("the build script wrote it"))))
}

/// A child with one report, so that all that is made ready on first use is counted.
fn started() -> Duration {
    let file = folder().join("01-talataye-ar.txt");
    median(|| {
        let status = Command::new(env!("CARGO_BIN_EXE_dalil")).arg("parse").arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.unwrap().success());
    })
}

/// `VmHWM` of Linux; nought where there is no such file.
fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

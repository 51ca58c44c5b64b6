//! How long a new name takes in a store of 100,000 reports: `cargo bench --bench editing`.
//!
//! The reports are put together from the words of the example reports and kept unread, since only those that name the
//! place are read again; how many these are is what the time hangs on.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement that cannot be made should stop")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, NewPlace, Who};
use dalil::recognise::Report;
use dalil::store::{Entry, PlaceName, ReportRow, Store};

const REPORTS: usize = 100_000;
/// Words of a report: about 1.5 kB.
const WORDS: usize = 150;
/// One report in so many names the village, behind a prefix or not.
const NAMED_IN: usize = 5_000;
/// A name that nothing else has.
const NAME: &str = "زكدوبيت";

fn main() {
    let folder = std::env::var_os("DALIL_BENCH_STORE").map_or_else(|| std::env::temp_dir().join("dalil-bench-store"), Into::into);
    let mut store = Store::open(&folder).unwrap();
    if store.report_count().unwrap() < REPORTS {
        let filling = Instant::now();
        fill(&mut store);
        println!("{REPORTS} reports kept in {:.0} s", filling.elapsed().as_secs_f64());
    }
    println!("{:.0} MB on disk", fs::metadata(Store::file(&folder)).unwrap().len() as f64 / 1e6);
    let base = Gazetteer::embedded();
    let who = |is_dry| Who { who: "bench", now: "2026-11-21T10:00:00Z", is_dry };
    let new = || NewPlace {
        name: "Zakdoubit".to_owned(),
        names: vec![PlaceName { name: NAME.to_owned(), lang: "ar".to_owned(), ..PlaceName::default() }],
        lon: 1.25,
        lat: 15.75,
        feature: "PPL".to_owned(),
        ..NewPlace::default()
    };
    for _ in 0..3 {
        let finding = Instant::now();
        let found = store.reports_naming([NAME]).unwrap().len();
        println!("found by index: {found} reports, {:.2} ms", finding.elapsed().as_secs_f64() * 1e3);
        let trying = Instant::now();
        let dry = intake::add_place(&mut store, &base, new(), who(true)).unwrap().0;
        println!("dry run: {:?}, {:.0} ms", dry.changed, trying.elapsed().as_secs_f64() * 1e3);
        let adding = Instant::now();
        let added = intake::add_place(&mut store, &base, new(), who(false)).unwrap().0;
        println!("added: {} reports read again, {:.0} ms", added.changed.reports_read, adding.elapsed().as_secs_f64() * 1e3);
        let undoing = Instant::now();
        intake::undo(&mut store, &base, added.number, who(false)).unwrap();
        println!("undone: {:.0} ms", undoing.elapsed().as_secs_f64() * 1e3);
    }
    let scanning = Instant::now();
    let sought = dalil::text::fold::fold_phrase(NAME);
    let mut found = 0;
    let each = |row: dalil::store::Published| {
        found += usize::from(row.folded.contains(&sought));
        Ok(())
    };
    store.published(dalil::store::Collection::Reports, each).unwrap();
    println!("beside it, a scan of all texts: {found} reports, {:.0} ms", scanning.elapsed().as_secs_f64() * 1e3);
}

fn fill(store: &mut Store) {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let mut files: Vec<_> = fs::read_dir(examples).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let text: String = files.iter().filter_map(|f| fs::read_to_string(f).ok()).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut seed: u64 = 7;
    let mut chance = |most: usize| {
        // A linear congruence: the same store on any machine.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    for part in 0..REPORTS / 1_000 {
        let entry = |number: usize| {
            let mut parts: Vec<&str> = (0..WORDS).map(|_| words[chance(words.len())]).collect();
            let rare = format!("{:x}", number * 2_654_435_761 % 1_000_003);
            parts.push(&rare);
            let sentence = format!("قتل سبعة جنود في هجوم على قرية {NAME} في مالي.");
            if number.is_multiple_of(NAMED_IN) {
                parts.push(&sentence);
            }
            let report = Report {
                id: format!("r{number:06}"),
                text: parts.join(" "),
                lang: None,
                title: None,
                published: None,
                source: None,
                url: None,
                ..Report::default()
            };
            let row = ReportRow { report, lang: "ar", feature: "{}".to_owned(), sketch: dalil::text::sketch::Sketch::default() };
            Entry { report: row, mentions: Vec::new(), incidents: Vec::new(), fingerprint: "bench".to_owned() }
        };
        let entries: Vec<Entry> = (part * 1_000..(part + 1) * 1_000).map(entry).collect();
        store.put(&entries, "2026-11-21T10:00:00Z").unwrap();
    }
}

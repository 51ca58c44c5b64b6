use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dalil::error::Error;
use dalil::gazetteer::compile::{Compiler, compile};
use dalil::gazetteer::row::{self, Row};
use dalil::gazetteer::table::Table;
use dalil::gazetteer::{Gazetteer, KeyFlags, bytes, load};
use fst::automaton::{Automaton, Str};
use fst::{IntoStreamer, Streamer};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const ROWS: &str = "\
geonames:2453348\tMali\tPCLI\tML\t\t\t17.6\t-4\t19000000\t\tar:مالي|fr:Mali
geonames:2457161\tGao\tADM1\tML\t09\t\t18.2\t-0.1\t\t200000\tar:منطقة غاو|fr:Région de Gao|en:Gao Region
geonames:2457163\tGao\tPPLA\tML\t09\t0901\t16.27167\t-0.04472\t86353\t\tar:غاو|ar:جاو|:Gawgaw|old:Kawkaw
geonames:10\tGao\tPPL\tBF\t55\t\t12.1\t-1.2\t\t\t
wof:1729457421\tدلالا\tPPL\tML\t09\t0901\t-16.5\t179.99999\t\t\t
dalil:far-east\tFar East\tRGN\t\t\t\t90\t-180\t4294967295\t4294967295\tfr:Extrême-Orient
geonames:007\tSeven\tPPL\tCA\t\t\t1.5\t2.5\t0\t\t";

fn rows(text: &str) -> Vec<Row> {
    text.lines().map(|line| row::parse(line).unwrap().unwrap()).collect()
}

fn gazetteer(text: &str) -> Gazetteer {
    Gazetteer::of(Table::from_vec("test", compile(rows(text))).unwrap())
}

/// The columns of a place as a line of the file gives them, but for the names.
fn line(gazetteer: &Gazetteer, id: &str) -> String {
    let p = gazetteer.by_id(id).unwrap_or_else(|| panic!("{id} is there"));
    let own = |name: &str| if name == p.name() { String::new() } else { name.to_owned() };
    let names = [own(p.name_ar()), own(p.name_fr()), own(p.name_en())].join("|");
    let columns =
        [p.id(), p.name().to_owned(), p.feature().to_owned(), p.country().to_owned(), p.admin1().to_owned(), p.admin2().to_owned()];
    format!("{} {} {} {} {names}", columns.join(","), p.lat(), p.lon(), p.population())
}

#[test]
fn every_column_comes_back() {
    let known = gazetteer(ROWS);
    let lines: Vec<String> = rows(ROWS).iter().map(|row| line(&known, &row.id)).collect();
    assert_eq!(
        lines,
        [
            "geonames:2453348,Mali,PCLI,ML,, 17.6 -4 19000000 مالي||",
            "geonames:2457161,Gao,ADM1,ML,09, 16.27167 -0.04472 0 منطقة غاو|Région de Gao|Gao Region",
            "geonames:2457163,Gao,PPLA,ML,09,0901 16.27167 -0.04472 86353 غاو||",
            "geonames:10,Gao,PPL,BF,55, 12.1 -1.2 0 ||",
            "wof:1729457421,دلالا,PPL,ML,09,0901 -16.5 179.99999 0 ||",
            "dalil:far-east,Far East,RGN,,, 90 -180 4294967295 |Extrême-Orient|",
            "geonames:007,Seven,PPL,CA,, 1.5 2.5 0 ||",
        ]
    );
    assert_eq!(known.by_id("dalil:far-east").unwrap().radius_m(), u32::MAX);
    assert_eq!(known.by_id("geonames:2457161").unwrap().radius_m(), 239_291, "its ground as seen from the seat");
    assert!(["geonames:7", "geonames:", "", "wof:1", "zzz:9"].iter().all(|id| known.by_id(id).is_none()));
    let head = |country, code| known.admin1(country, code).or_else(|| known.country(country)).map(|p| known.place(p).id());
    assert_eq!(head("ML", "09").as_deref(), Some("geonames:2457161"));
    assert_eq!(head("ML", "08").as_deref(), Some("geonames:2453348"));
    assert_eq!(head("BF", "55"), None);
}

#[test]
fn names_lead_to_their_places_with_what_is_known_of_them() {
    let known = gazetteer(ROWS);
    let ids = |name: &str| known.by_name(name).into_iter().map(|(p, _)| known.place(p).id()).collect::<Vec<_>>();
    assert_eq!(ids("Gao"), ["geonames:2457161", "geonames:10", "geonames:2457163"]);
    assert_eq!(ids("غاو"), ["geonames:2457161", "geonames:2457163"]);
    assert_eq!(ids("Région de Gao"), ["geonames:2457161"]);
    assert_eq!(ids("Ga"), Vec::<String>::new());
    let flags = known.by_name("Kawkaw")[0].1;
    assert!(flags.has(KeyFlags::OLD) && !flags.has(KeyFlags::PREFERRED));
}

#[test]
fn rows_of_one_place_are_merged_in_any_number_and_sections_of_others_kept() {
    let mut compiler = Compiler::default();
    assert!(compiler.is_empty());
    for row in
        rows(ROWS).iter().chain(&rows("geonames:10\tGaoua\tPPLA\tBF\t55\t\t\t\t9\t\tar:قاوة\ndalil:none\tNone\tPPL\tML\t\t\t\t\t\t\t"))
    {
        compiler.push(row);
    }
    compiler.section("spelling", vec![1, 2, 3]);
    let mut out = Vec::new();
    let summary = compiler.finish(&mut out).unwrap();
    assert_eq!((summary.places, summary.bytes), (7, out.len() as u64));
    let table = Table::from_vec("test", out).unwrap();
    table.verify().unwrap();
    assert_eq!(table.section("spelling"), Some(&[1, 2, 3][..]));
    assert_eq!(table.section("missing"), None);
    let known = Gazetteer::of(table);
    assert_eq!(line(&known, "geonames:10"), "geonames:10,Gaoua,PPLA,BF,55, 12.1 -1.2 9 قاوة||");
    assert!(known.by_id("dalil:none").is_none());
    assert_eq!(known.by_name("Gaoua").len(), 1);
}

#[test]
fn of_very_many_places_of_a_name_reports_see_the_weightiest_and_searches_all() {
    let village = |n: u32| format!("geonames:{n}\tSidi\tPPL\tDZ\t\t\t30\t{}\t{}\t\t\n", f64::from(n) / 100.0, n * 10);
    let text: String = (1..=100).map(village).collect::<String>() + "geonames:500\tSidi\tADM2\tDZ\t\t\t30\t2\t\t\t";
    let table = Table::from_vec("test", compile(rows(&text))).unwrap();
    let cursor = table.walk(table.start(), b"sidi").unwrap();
    let mut all: Vec<u32> = table.postings(cursor).iter().map(|p| p.record).collect();
    all.sort_unstable();
    assert_eq!(all, (0..101).collect::<Vec<_>>());
    let known = Gazetteer::of(table);
    let seen: Vec<u32> = known.by_name("Sidi").iter().map(|(p, _)| known.place(*p).population()).collect();
    assert_eq!((seen.len(), seen.iter().filter(|people| **people == 0).count()), (64, 1));
    assert!(seen.iter().all(|people| *people == 0 || *people > 370), "{seen:?}");
}

#[test]
fn a_place_in_two_tables_is_taken_from_the_upper() {
    let upper = Table::from_vec("upper", compile(rows("geonames:10\tGao\tPPL\tBF\t55\t\t12.5\t-1.5\t\t\t"))).unwrap();
    let known = gazetteer(ROWS).with(upper);
    let named: Vec<(String, f64)> = known.by_name("Gao").iter().map(|(p, _)| (known.place(*p).id(), known.place(*p).lat())).collect();
    let expected = [("geonames:2457161", 16.27167), ("geonames:2457163", 16.27167), ("geonames:10", 12.5)];
    assert_eq!(named, expected.map(|(id, lat)| (id.to_owned(), lat)));
}

#[test]
fn the_embedded_table_has_all_its_places_under_their_ids_and_is_whole() {
    let known = Gazetteer::embedded();
    known.verify().unwrap();
    assert!(known.places().count() > 20_000);
    for place in known.places() {
        assert_eq!(known.by_id(&place.id()).map(dalil::gazetteer::Place::reference), Some(place.reference()), "{}", place.id());
    }
}

/// What is done to a whole table, and a word of what must be said of it.
fn damaged(whole: &[u8]) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let changed = |at: usize, to: u8| {
        let mut bytes = whole.to_vec();
        bytes[at] = to;
        bytes
    };
    let header_sum = 16 + usize::from(whole[8]) * 32;
    let longer = || whole.iter().copied().chain([0; 8]).collect();
    vec![
        ("nothing", Vec::new(), "other first bytes"),
        ("the magic alone", whole[..7].to_vec(), "seven bytes"),
        ("a cut header", whole[..40].to_vec(), "a cut header"),
        ("half a file", whole[..whole.len() / 2].to_vec(), "no end after"),
        ("without its last byte", whole[..whole.len() - 1].to_vec(), "no end after"),
        ("without its trailer", whole[..whole.len() - 24].to_vec(), "no end after"),
        ("with something after it", longer(), "no end after"),
        ("another format", b"PK\x03\x04 something else altogether".to_vec(), "other first bytes"),
        ("version 1", changed(7, b'1'), "version 1"),
        ("version 9", changed(7, b'9'), "version 9"),
        ("a wild number of sections", changed(14, 0xff), "sections"),
        ("a bit of the header turned", changed(30, whole[30] ^ 4), "checksum of the header"),
        ("a bit of the header's checksum turned", changed(header_sum, whole[header_sum] ^ 1), "checksum of the header"),
        ("another length at the end", changed(whole.len() - 16, whole[whole.len() - 16] ^ 1), "were written"),
        ("a bit of a small section turned", changed(whole.len() / 2, whole[whole.len() / 2] ^ 1), "checksum of section"),
        ("a hole of zeros at the end", [&whole[..whole.len() - 40], &[0; 40][..]].concat(), "no end after"),
    ]
}

#[test]
fn damaged_foreign_and_half_written_tables_are_refused() {
    let whole = compile(rows(ROWS));
    for (what, bytes, expected) in damaged(&whole) {
        match Table::from_vec("x.gz", bytes) {
            Err(Error::Gazetteer { name, found, .. }) if name == "x.gz" && found.contains(expected) => {}
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn damage_deep_in_a_large_section_is_found_by_verifying() {
    let whole = fs::read(Path::new(env!("OUT_DIR")).join("gazetteer.bin")).unwrap();
    for part in 1..8 {
        let mut bytes = whole.clone();
        let at = bytes.len() / 8 * part;
        bytes[at] ^= 0x10;
        let read = Table::from_vec("x", bytes).and_then(|table| table.verify());
        assert!(matches!(read, Err(Error::Gazetteer { .. })), "a bit at {at}");
    }
}

#[test]
fn a_file_that_is_neither_table_nor_text_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("foreign");
    for (content, expected) in [(&b"\x89PNG\r\n\0\0"[..], "neither a table nor text"), (b"", "no rows"), (b"dalilgz1old", "version 1")] {
        fs::write(&file, content).unwrap();
        let error = load::open(&file).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("foreign"), "{error}");
    }
}

/// Does with a table all that reading does.
fn walk(bytes: Vec<u8>) {
    let Ok(table) = Table::from_vec("x", bytes) else { return };
    let verified = table.verify();
    let known = Gazetteer::of(table);
    for name in ["Gao", "غاو", "Mali", "a", "", "Région de Gao"] {
        for (place, _) in known.by_name(name) {
            known.place(place).id();
        }
    }
    for countries in [&[][..], &["ML"]] {
        for near in dalil::gazetteer::spelling::propose(&known, "غاوو", countries, 5) {
            known.place(near.place).id();
        }
    }
    for place in known.places().take(50) {
        let all = [
            place.name(),
            place.name_ar(),
            place.name_fr(),
            place.name_en(),
            place.country(),
            place.admin1(),
            place.admin2(),
            place.feature(),
        ];
        let sum = place.lat() + place.lon() + f64::from(place.radius_m()) + f64::from(place.population());
        assert!(!sum.is_nan() && all.len() == 8);
    }
    assert!(known.by_id("geonames:2457163").is_none_or(|p| p.id() == "geonames:2457163"));
    known.admin1("ML", "09");
    dalil::gazetteer::search::search(&known, &dalil::gazetteer::search::Query::of("gao", 5));
    drop(verified);
}

#[test]
fn no_bytes_make_opening_or_walking_panic() {
    let config = Config { cases: 3_000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let whole = compile(rows(ROWS));
    let noise = prop::collection::vec(any::<u8>(), 0..300);
    runner
        .run(&noise, |bytes| {
            walk([&whole[..8], &bytes[..]].concat());
            Ok(())
        })
        .unwrap();
    // With right checksums, so that the damage is met where it is read.
    let spoilt = prop::collection::vec((0..whole.len(), any::<u8>()), 1..12);
    let spoil = |changes: Vec<(usize, u8)>| {
        let mut bytes = whole.clone();
        for (at, to) in changes {
            bytes[at] = to;
        }
        walk(resealed(bytes));
        Ok(())
    };
    runner.run(&spoilt, spoil).unwrap();
}

/// A table with the checksums that fit its bytes, as far as they can still be found.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    use dalil::gazetteer::format::{checksum, word};
    let count = word(&bytes, 8).unwrap_or_default().min(20) as usize;
    for entry in (0..count).map(|number| 16 + number * 32) {
        let range = [8, 16].map(|field| word(&bytes, entry + field).unwrap_or_default() as usize);
        let sum = bytes.get(range[0]..range[0].saturating_add(range[1])).map_or(0, checksum);
        bytes[entry + 24..entry + 32].copy_from_slice(&sum.to_le_bytes());
    }
    let sum = checksum(&bytes[..16 + count * 32]);
    bytes[16 + count * 32..24 + count * 32].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn names_are_streamed_by_beginning() {
    let table = Table::from_vec("test", compile(rows(ROWS))).unwrap();
    let mut found = Vec::new();
    let mut stream = table.names().search(Str::new("ga").starts_with()).into_stream();
    while let Some((key, number)) = stream.next() {
        found.push((String::from_utf8(key.to_vec()).unwrap(), table.postings_of(number).len()));
    }
    assert_eq!(found, [("gao".to_owned(), 3), ("gao region".to_owned(), 1), ("gawgaw".to_owned(), 1)]);
}

/// Rows enough to build for a while.
fn big_file(folder: &Path) -> PathBuf {
    let mut content = String::new();
    for number in 0..40_000 {
        writeln!(content, "geonames:{number}\tVille {number}\tPPL\tML\t\t\t{}\t1\t\t\tar:قرية {number}", f64::from(number % 80)).unwrap();
    }
    let file = folder.join("big.tsv");
    fs::write(&file, content).unwrap();
    file
}

#[test]
fn a_build_that_is_killed_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let (big, table) = (big_file(folder.path()), folder.path().join("places.gz"));
    let old = bytes::replace(&table, |out| {
        let mut compiler = Compiler::default();
        for row in rows(ROWS) {
            compiler.push(&row);
        }
        compiler.finish(out)
    });
    let old = old.unwrap().places;
    let build =
        || Command::new(env!("CARGO_BIN_EXE_dalil")).args(["gazetteer", "build", "-o"]).arg(&table).arg(&big).stderr(Stdio::null()).spawn();
    let parts = || {
        let entries = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap());
        entries
            .filter(|e| e.file_name().to_string_lossy().ends_with(".part"))
            .map(|e| e.metadata().map_or(0, |m| m.len()))
            .collect::<Vec<_>>()
    };
    let is_begun = || !parts().is_empty();
    let is_written = || parts().iter().any(|size| *size > 0);
    let later = |milliseconds| move || std::thread::sleep(Duration::from_millis(milliseconds));
    let mut killed = 0;
    for moment in 0..6 {
        // What an earlier build left would be taken for this one's.
        fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "part"))
            .for_each(|p| fs::remove_file(p).unwrap());
        let mut child = build().unwrap();
        match moment {
            0 => later(5)(),
            1 => until(is_begun),
            2 => {
                until(is_begun);
                later(60)();
            }
            3 => {
                until(is_begun);
                later(200)();
            }
            _ => until(is_written),
        }
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let found = Table::map(&table).unwrap();
        found.verify().unwrap();
        assert!(found.len() == old as u32 || found.len() == 40_000, "{} places", found.len());
        assert!(moment > 1 || found.len() == old as u32, "a new table after a build killed at its beginning");
    }
    assert!(killed >= 2, "only {killed} builds were killed in time");
    assert!(build().unwrap().wait().unwrap().success());
    assert_eq!(Table::map(&table).unwrap().len(), 40_000);
    assert_eq!(parts(), Vec::<u64>::new(), "leftovers");
}

/// Waits for a moment of a build, at most a minute.
fn until(is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() && begin.elapsed() < Duration::from_mins(1) {
        std::hint::spin_loop();
    }
}

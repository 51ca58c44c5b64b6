//! Places leave as files and come back the same; old stores open and keep everything.

use std::fs;

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, Imported, Who};
use dalil::layer::{self, ExchangeFormat};
use dalil::store::{NameKind, PlaceName, PlaceRecord, PlaceStatus, Step, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const FORMATS: [ExchangeFormat; 3] = [ExchangeFormat::Csv, ExchangeFormat::GeoJson, ExchangeFormat::LinkedPlaces];
const WHO: Who<'static> = Who { who: "test", now: "2026-11-21T10:00:00Z", is_dry: false };

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn imported(store: &mut Store, text: &str) -> Imported {
    let rows = intake::rows_of("file", text, None).unwrap();
    intake::import(store, &Gazetteer::embedded(), "file", rows, WHO).unwrap()
}

/// Names as people write them, and worse.
fn name() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "تلاتايت",
        "Tin-Zaouâten",
        "N\u{2019}Djamena",
        "O\"Hara, Zoo",
        "a;b\ta",
        "ميناكا (البلدة)",
        "\u{200F}غاو\u{200F}",
        "=SUM(A1)",
        "ar:fr:x",
        "Ḩarastā, al-Baṣal",
        "'quoted'",
        "ⵜⴰⵎⴰⵏⵔⴰⵙⵜ",
        "😀 Zoo",
        "Bir \\ Zoo",
        "{\"a\":1}",
    ]);
    prop::collection::vec(words, 1..4).prop_map(|w| w.join(" ").replace('\t', " ").chars().take(110).collect())
}

fn place() -> impl Strategy<Value = PlaceRecord> {
    let kind = prop::sample::select(NameKind::ALL.to_vec());
    let lang = prop::sample::select(vec!["", "ar", "fr", "en", "zh-Hant"]);
    let names = prop::collection::vec((name(), lang, kind), 0..5);
    let status = prop::sample::select(vec![PlaceStatus::InUse, PlaceStatus::Retired, PlaceStatus::Merged]);
    let extras = (any::<bool>(), prop::option::of(1_u32..2_000_000), prop::option::of(any::<u32>()), "[ -~é\u{0600}-\u{06FF}\n\"]{0,40}");
    (name(), names, -179.9..179.9_f64, -89.9..89.9_f64, status, extras).prop_map(
        |(name, names, lon, lat, status, (more, radius_m, population, note))| {
            let text = |given: &str| if more { given.to_owned() } else { String::new() };
            let square = vec![[1.0, 2.0], [3.5, 2.0], [3.5, 4.25], [1.0, 2.0]];
            PlaceRecord {
                name,
                names: names.into_iter().map(|(name, lang, kind)| PlaceName { name, lang: lang.to_owned(), kind }).collect(),
                feature: if more { "ADM2" } else { "PPL" }.to_owned(),
                class: if more { "A" } else { "S" }.to_owned(),
                country: text("ML"),
                admin1: text("09"),
                admin2: text("ML-x.1"),
                parent: text("geonames:2457163"),
                lon,
                lat,
                radius_m,
                population,
                outline: if more { vec![square] } else { Vec::new() },
                valid_from: text("2023-03"),
                valid_to: text("2024"),
                source: text("a \"letter\", 2023"),
                note,
                status,
                merged_into: if status == PlaceStatus::Merged { "geonames:2457163".to_owned() } else { String::new() },
                created: "2026-11-20T10:00:00Z".to_owned(),
                created_by: "somebody, else".to_owned(),
                modified: text("2026-11-21T10:00:00Z"),
                modified_by: text("page"),
                ..PlaceRecord::default()
            }
        },
    )
}

#[test]
fn places_come_back_from_every_format_without_loss() {
    let gazetteer = Gazetteer::embedded();
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let outcome = runner.run(&prop::collection::vec(place(), 1..12), |mut places| {
        for (number, place) in places.iter_mut().enumerate() {
            place.id = format!("mine:{number}");
        }
        // Once through the checks, as every place in a store has been.
        let (_a, mut first) = store();
        let begun = imported(&mut first, &layer::exchange(ExchangeFormat::Csv, &places, &gazetteer));
        prop_assert_eq!(begun.saved + begun.refused.len(), places.len(), "{:?}", begun.refused);
        prop_assert!(begun.refused.iter().all(|e| e.to_string().contains("file:")));
        let kept = first.places().unwrap();
        for format in FORMATS {
            let text = layer::exchange(format, &kept, &gazetteer);
            let (_b, mut second) = store();
            let outcome = imported(&mut second, &text);
            prop_assert!(outcome.refused.is_empty(), "{format:?}: {:?}", outcome.refused);
            prop_assert_eq!(second.places().unwrap(), kept.clone(), "{:?}", format);
            prop_assert_eq!(layer::exchange(format, &second.places().unwrap(), &gazetteer), text.clone());
            // Where it is there already, nothing is changed.
            let again = imported(&mut second, &text);
            prop_assert_eq!((again.saved, again.unchanged), (0, kept.len()));
        }
        Ok(())
    });
    outcome.unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn wrong_rows_are_refused_with_their_line_and_the_rest_goes_in() {
    let (_folder, mut store) = store();
    let long = "x".repeat(200);
    let text = format!(
        "id,name,lon,lat,country\nuser:1,Tin Zoo,1.5,16.5,ML\nuser:2,\"Tin\nBoo\",1.5,16.5,ML\nuser:1,Twice,1.5,16.5,ML\nuser:3,Far,181,0,ML\n\
         user:4,{long},1,1,ML\nuser:5,Nowhere,0,0,ML\nuser:6,Other,1,1,Mali\nno id,Other,1,1,ML\nuser:7,\"Tin, \"\"Woo\"\"\",1.5,16.6,ML\n"
    );
    let imported = imported(&mut store, &text);
    let lines: Vec<String> = imported.refused.iter().map(|e| e.to_string().split(':').nth(1).unwrap().to_owned()).collect();
    assert_eq!(lines, ["3", "5", "6", "7", "8", "9", "10"], "{:?}", imported.refused);
    assert_eq!((imported.rows, imported.saved), (9, 2));
    let names: Vec<String> = store.places().unwrap().into_iter().map(|p| p.name).collect();
    assert_eq!(names, ["Tin Zoo", "Tin, \"Woo\""]);
    assert_eq!(store.history().unwrap().len(), 1);
    // All of it goes with one undoing.
    intake::undo(&mut store, &Gazetteer::embedded(), 1, WHO).unwrap();
    assert!(store.places().unwrap().is_empty());
}

#[test]
fn a_dry_import_saves_nothing() {
    let (_folder, mut store) = store();
    let rows = || intake::rows_of("file", "name,lon,lat\nTin Zoo,1.5,16.5\n", None).unwrap();
    let dry = intake::import(&mut store, &Gazetteer::embedded(), "file", rows(), Who { is_dry: true, ..WHO }).unwrap();
    assert_eq!((dry.saved, store.places().unwrap().len(), store.history().unwrap().len()), (1, 0, 0));
    let wet = intake::import(&mut store, &Gazetteer::embedded(), "file", rows(), WHO).unwrap();
    assert_eq!((wet.done.changed, wet.done.affected), (dry.done.changed, dry.done.affected));
}

/// The tables of the first version, as that program made them.
const FIRST: &str = include_str!("exchange/first.sql");

#[test]
fn a_store_of_the_first_version_opens_and_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let connection = rusqlite::Connection::open(Store::file(folder.path())).unwrap();
    connection.execute_batch(FIRST).unwrap();
    drop(connection);
    let mut store = Store::open(folder.path()).unwrap();
    let places = store.places().unwrap();
    assert_eq!(places.iter().map(|p| (p.id.as_str(), p.is_in_use())).collect::<Vec<_>>(), [("user:1", true), ("user:2", false)]);
    assert_eq!((places[0].names.len(), places[0].note.as_str(), places[0].lat), (2, "a note, kept", 16.53));
    assert_eq!(store.history().unwrap().len(), 2);
    assert_eq!(store.reports_naming(["تلاتاي"]).unwrap().into_iter().collect::<Vec<_>>(), ["r1"]);
    let feature = store.feature(dalil::store::Collection::Places, "user:1").unwrap().unwrap();
    assert!(feature.contains(&places[0].version()), "{feature}");
    // Its changes cannot be undone, and say so; new ones can.
    let base = Gazetteer::embedded();
    let refused = intake::undo(&mut store, &base, 1, WHO).unwrap_err().to_string();
    assert!(refused.contains("older dalil"), "{refused}");
    let edit = intake::PlaceEdit { id: "user:1", version: Some(&places[0].version()) };
    let done = intake::retire_place(&mut store, &base, edit, WHO).unwrap();
    assert!(matches!(&done.steps.places[0], Step { before: Some(b), .. } if *b == places[0]));
    intake::undo(&mut store, &base, done.number, WHO).unwrap();
    assert_eq!(store.places().unwrap(), places);
    assert!(fs::metadata(Store::file(folder.path())).unwrap().len() > 0);
}

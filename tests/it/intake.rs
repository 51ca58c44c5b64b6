//! The real reader over the example reports: read twice, in another order, with a place more and a place less.

use std::path::Path;

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, NewPlace, PlaceEdit, Reader, Taken, Who};
use dalil::recognise::Report;
use dalil::store::{Collection, Store};

const NOW: &str = "2026-11-21T10:00:00Z";
const WHO: Who<'static> = Who { who: "test", now: NOW, is_dry: false };

fn report(id: &str, text: &str) -> Report {
    let published = Some("2022-09-08".parse().unwrap());
    Report { id: id.to_owned(), text: text.to_owned(), lang: None, title: None, published, source: None, url: None, ..Report::default() }
}

/// The example reports, and one about a village that no gazetteer has.
fn reports() -> Vec<Report> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().unwrap() == "txt").collect();
    files.sort();
    let mut out: Vec<Report> =
        files.iter().map(|f| report(&f.file_name().unwrap().to_string_lossy(), &std::fs::read_to_string(f).unwrap())).collect();
    assert!(out.len() >= 3, "{} examples", out.len());
    out.push(report(
        "village",
        "Mardi, des hommes armés ont attaqué le village de Zoukoudoubé, au Mali. Douze civils ont été tués à Zoukoudoubé.",
    ));
    out
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn published(store: &Store) -> Vec<Vec<String>> {
    [Collection::Incidents, Collection::Mentions, Collection::Reports].into_iter().map(|c| crate::kept::published(store, c)).collect()
}

#[test]
fn the_same_reports_in_any_order_give_the_same_bytes_and_again_nothing() {
    let (_a, mut one) = store();
    let (_b, mut other) = store();
    let mut reports = reports();
    let count = reports.len();
    let gazetteer = Gazetteer::embedded();
    let mut reader = Reader::open(&gazetteer, &one).unwrap();
    assert_eq!(intake::take_in(&mut one, &reports, &mut reader, NOW).unwrap(), Taken { read: count, unchanged: 0 });
    reports.reverse();
    for report in &reports {
        intake::take_in(&mut other, std::slice::from_ref(report), &mut reader, "2030-01-01T00:00:00Z").unwrap();
    }
    assert_eq!(published(&one), published(&other));
    assert!(!published(&one)[1].is_empty());
    assert_eq!(intake::take_in(&mut one, &reports, &mut reader, NOW).unwrap(), Taken { read: 0, unchanged: count });
}

#[test]
fn the_index_finds_every_report_in_which_a_place_was_recognised() {
    // What recognition matches and the index does not would stay as it was when the place changes.
    let (_folder, mut store) = store();
    let base = Gazetteer::embedded();
    let mut reader = Reader::open(&base, &store).unwrap();
    intake::take_in(&mut store, &reports(), &mut reader, NOW).unwrap();
    let mut seen = std::collections::BTreeMap::new();
    for feature in crate::kept::published(&store, Collection::Mentions) {
        let feature: serde_json::Value = serde_json::from_str(&feature).unwrap();
        let [id, report] = ["place_id", "report_id"].map(|key| feature["properties"][key].as_str().unwrap_or_default().to_owned());
        if feature["properties"]["kind"] == "literal" && base.by_id(&id).is_some() {
            seen.entry(id).or_insert(report);
        }
    }
    assert!(seen.len() >= 15, "{seen:?}");
    // Each walks all names of the gazetteer.
    for (id, report) in seen.into_iter().take(40) {
        let keys = base.keys_of(&std::collections::BTreeSet::from([id.as_str()]));
        assert!(store.reports_naming(keys.iter().map(String::as_str)).unwrap().contains(&report), "{id} in {report}: {keys:?}");
    }
}

#[test]
fn a_place_more_is_seen_at_once_and_a_place_less_leaves_no_trace() {
    let (_folder, mut store) = store();
    let base = Gazetteer::embedded();
    let mut reader = Reader::open(&base, &store).unwrap();
    intake::take_in(&mut store, &reports(), &mut reader, NOW).unwrap();
    let before = published(&store);
    let new = NewPlace { name: "Zoukoudoubé".to_owned(), lon: 1.25, lat: 15.75, feature: "PPL".to_owned(), ..NewPlace::default() };
    let (saved, _) = intake::add_place(&mut store, &base, new, WHO).unwrap();
    assert_eq!(saved.changed.reports_read, 1);
    assert!(saved.changed.mentions_resolved >= 1, "{:?}", saved.changed);
    assert!(saved.changed.incidents_moved + saved.changed.incidents_added >= 1, "{:?}", saved.changed);
    let incidents = crate::kept::published(&store, Collection::Incidents);
    assert!(incidents.iter().any(|f| f.contains("\"coordinates\":[1.25,15.75]")), "{incidents:#?}");
    // Reports that do not name the place need no reading because of it.
    assert_eq!(intake::take_in(&mut store, &reports(), &mut reader, NOW).unwrap().read, 0);
    let id = saved.steps.places[0].after.as_ref().unwrap().id.clone();
    intake::retire_place(&mut store, &base, PlaceEdit { id: &id, version: None }, WHO).unwrap();
    assert_eq!(published(&store), before);
    let what: Vec<String> = store.history().unwrap().into_iter().map(|h| h.what).collect();
    assert_eq!(what, ["place added", "place retired"]);
}

use dalil::store::{Bounds, Collection, Interval, Query, Store};

use crate::sample::{entry, report};

fn store(ids: &[&str]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    for id in ids {
        store.put(&[entry(id)], "2026-11-21T10:00:00Z").unwrap();
    }
    (folder, store)
}

fn published(store: &Store) -> Vec<Vec<String>> {
    Collection::ALL.into_iter().map(|c| store.find(c, &Query::default()).unwrap().features).collect()
}

fn matched(store: &Store, collection: Collection, query: &Query) -> usize {
    store.find(collection, query).unwrap().matched
}

#[test]
fn any_order_of_reports_gives_the_same_bytes() {
    let (_a, one) = store(&["r1", "r2", "r3"]);
    let (_b, other) = store(&["r3", "r1", "r2"]);
    assert_eq!(published(&one), published(&other));
}

#[test]
fn reading_a_report_twice_changes_nothing() {
    let (_folder, mut store) = store(&["r1", "r2"]);
    let before = published(&store);
    assert!(store.is_current(&report("r1"), "by hand").unwrap());
    store.put(&[entry("r1")], "2030-01-01T00:00:00Z").unwrap();
    assert_eq!(published(&store), before);
}

#[test]
fn a_changed_report_or_gazetteer_is_not_current() {
    let (_folder, store) = store(&["r1"]);
    let mut changed = report("r1");
    changed.source = None;
    assert!(!store.is_current(&changed, "by hand").unwrap());
    assert!(!store.is_current(&report("r1"), "another gazetteer").unwrap());
}

#[test]
fn a_new_reading_replaces_the_old_one_whole() {
    let (_folder, mut store) = store(&["r1", "r2"]);
    let mut again = entry("r1");
    again.incidents.truncate(1);
    again.mentions.clear();
    store.put(&[again], "2026-11-21T11:00:00Z").unwrap();
    assert_eq!(matched(&store, Collection::Incidents, &Query::default()), 5);
    assert_eq!(matched(&store, Collection::Mentions, &Query::default()), 2);
}

#[test]
fn queries_find_what_they_say() {
    let (_folder, store) = store(&["r1"]);
    let text = |words: &str| Query { q: Some(words.to_owned()), ..Query::default() };
    let bbox = |west, south, east, north| Query { bbox: Some(Bounds { west, south, east, north }), ..Query::default() };
    let days = |from: Option<&str>, to: Option<&str>| Query {
        datetime: Some(Interval { from: from.map(str::to_owned), to: to.map(str::to_owned) }),
        ..Query::default()
    };
    for (query, expected) in [
        (Query::default(), 4),
        (Query { status: vec!["claimed".to_owned()], ..Query::default() }, 1),
        (Query { granularity: vec!["aggregate".to_owned(), "incident".to_owned()], ..Query::default() }, 4),
        (Query { event_type: vec!["Protests".to_owned()], ..Query::default() }, 0),
        (Query { country: vec!["ML".to_owned()], lang: vec!["ar".to_owned()], ..Query::default() }, 4),
        (bbox(1.0, 16.0, 2.0, 17.0), 2),
        (bbox(-1.5, 12.0, -0.5, 14.0), 1),
        (bbox(170.0, 0.0, 1.6, 90.0), 2),
        (bbox(170.0, -10.0, -170.0, 10.0), 0),
        (days(Some("2022-09-06"), Some("2022-09-06")), 3),
        (days(Some("2022-09-07"), None), 0),
        (days(None, Some("2022-09-06")), 3),
        (text("تلاتاى"), 4),
        (text("ISLAMIC sahel"), 1),
        (text("semaine attaque"), 4),
        (text("% _"), 4),
        (text("nowhere"), 0),
    ] {
        assert_eq!(matched(&store, Collection::Incidents, &query), expected, "{query:?}");
    }
}

#[test]
fn parts_are_cut_by_limit_and_offset() {
    let (_folder, store) = store(&["r1", "r2"]);
    let whole = store.find(Collection::Incidents, &Query::default()).unwrap();
    let part = store.find(Collection::Incidents, &Query { limit: Some(3), offset: 6, ..Query::default() }).unwrap();
    assert_eq!((part.matched, part.features.as_slice()), (8, &whole.features[6..]));
    assert_eq!(whole.bbox, Some([-1.0, 13.0, 2.0, 16.53]));
}

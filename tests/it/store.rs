use dalil::store::{Collection, Store};

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
    Collection::ALL.into_iter().map(|c| crate::kept::published(store, c)).collect()
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
    assert_eq!(crate::kept::published(&store, Collection::Incidents).len(), 5);
    assert_eq!(crate::kept::published(&store, Collection::Mentions).len(), 2);
}

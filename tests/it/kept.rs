//! Reports of one day in a store of their own, for tests of what people do with them.

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, Reader};
use dalil::recognise::Report;
use dalil::store::Store;

/// The time by every clock.
pub(crate) const NOW: &str = "2026-11-21T10:00:00Z";

/// A report published on 17 May 2024.
pub(crate) fn report(id: &str, source: &str, text: &str) -> Report {
    let published = Some("2024-05-17".parse().unwrap());
    Report { id: id.to_owned(), text: text.to_owned(), lang: None, title: None, published, source: Some(source.to_owned()), url: None }
}

/// Reads reports into a store.
pub(crate) fn take_in(folder: &tempfile::TempDir, reports: &[Report]) {
    let base = Gazetteer::embedded();
    let mut store = Store::open(folder.path()).unwrap();
    let mut reader = Reader::open(&base, &store).unwrap();
    intake::take_in(&mut store, reports, &mut reader, NOW).unwrap();
}

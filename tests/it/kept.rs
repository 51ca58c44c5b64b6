//! Reports of one day in a store of their own, for tests of what people do with them.

use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, Reader};
use dalil::recognise::Report;
use dalil::store::{Collection, Store};

/// The time by every clock.
pub(crate) const NOW: &str = "2026-11-21T10:00:00Z";

/// A report published on 17 May 2024.
pub(crate) fn report(id: &str, source: &str, text: &str) -> Report {
    let published = Some("2024-05-17".parse().unwrap());
    Report {
        id: id.to_owned(),
        text: text.to_owned(),
        lang: None,
        title: None,
        published,
        source: Some(source.to_owned()),
        url: None,
        ..Report::default()
    }
}

/// Every feature that a store publishes of a collection, by id.
pub(crate) fn published(store: &Store, collection: Collection) -> Vec<String> {
    let mut out = Vec::new();
    let each = |row: dalil::store::Published| {
        out.push(row.feature);
        Ok(())
    };
    store.published(collection, each).unwrap();
    out
}

/// Reads reports into the store of a server that runs, as another process does, and waits until it shows them.
pub(crate) async fn take_in_beside(folder: &tempfile::TempDir, reports: &[Report], router: &axum::Router) {
    take_in(folder, reports);
    let written = Store::open(folder.path()).unwrap().moment().unwrap();
    for _ in 0..200 {
        let request = axum::http::Request::get("/health").body(axum::body::Body::empty()).unwrap();
        let answer = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let health: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        if health["moment"].as_i64().unwrap() >= written {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the server does not show what was taken in beside it");
}

/// Reads reports into a store.
pub(crate) fn take_in(folder: &tempfile::TempDir, reports: &[Report]) {
    let base = Gazetteer::embedded();
    let mut store = Store::open(folder.path()).unwrap();
    let mut reader = Reader::open(&base, &store).unwrap();
    intake::take_in(&mut store, reports, &mut reader, NOW).unwrap();
}

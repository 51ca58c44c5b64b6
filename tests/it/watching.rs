//! Feeds and folders are followed: politely, each thing read once, whatever hosts answer.

mod failing;
mod feeds;
mod folders;
pub(crate) mod host;
mod killed;
mod polite;

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use dalil::document::{Columns, Limits, Options};
use dalil::fetch::{Client, Manners, Private};
use dalil::gazetteer::Gazetteer;
use dalil::intake::{self, How, Pass, Watching};
use dalil::store::{Store, WatchRow};
use jiff::{SignedDuration, Timestamp};

const CONTACT: &str = "desk@example.org";

thread_local! {
    /// The clock of a test, in seconds since its beginning.
    static CLOCK: Cell<i64> = const { Cell::new(0) };
}

fn at(seconds: i64) -> Timestamp {
    "2026-11-22T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

fn now() -> String {
    at(CLOCK.get()).to_string()
}

fn wait(minutes: i64) {
    CLOCK.set(CLOCK.get() + 60 * minutes);
}

fn manners() -> Manners {
    Manners { private: Private::Allowed, pause: Duration::ZERO, time: Duration::from_secs(5), bytes: 12 << 20, ..Manners::new(CONTACT) }
}

fn record(id: &str, killed: u32) -> String {
    let text = format!(
        "Mardi, des hommes armés ont attaqué le village de Tin-Akof. Au moins {killed} civils ont été tués, selon le maire de Djibo."
    );
    serde_json::json!({"id": id, "text": text, "published": "2024-05-16"}).to_string() + "\n"
}

/// A store that follows something, as one call after the other sees it.
struct Follower {
    _folder: tempfile::TempDir,
    store: Store,
    client: Client,
    stop: Arc<AtomicBool>,
    watching: Watching,
}

impl Follower {
    fn new(manners: Manners, addresses: &[String]) -> Follower {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for address in addresses {
            store.add_watch(&intake::followed(address, &now()).unwrap()).unwrap();
        }
        let stop = Arc::new(AtomicBool::new(false));
        let client = Client::new(manners, || at(0), Arc::clone(&stop));
        let how = How { options: Options { limits: Limits::own(), columns: Columns::new() }, published: None };
        let watching = Watching { every: SignedDuration::from_mins(15), how, reads_pages: false };
        Follower { _folder: folder, store, client, stop, watching }
    }

    fn pass(&mut self) -> Pass {
        intake::watch(&mut self.store, &Gazetteer::embedded(), &self.client, &self.watching, now, &self.stop, &mut |_| ()).unwrap()
    }

    fn row(&self, address: &str) -> WatchRow {
        self.store.watches().unwrap().into_iter().find(|row| row.address == address).unwrap()
    }

    fn has(&self, report: &str) -> bool {
        !self.store.reports([&report.to_owned()]).unwrap().is_empty()
    }
}

//! What the handlers share: the store twice over (one to read, one to write), the gazetteer, the clock, the news.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::intake::{self, Who};
use crate::snapshot::Snapshot;
use crate::snapshot::parameters::{Pairs, Question};
use crate::store::{Collection, Store};

use super::observed::Observed;
use super::reply::Problem;

/// Changes that a slow listener may fall behind before it is told only the newest.
const MISSED_NEWS: usize = 16;

/// How often it is looked whether another process has changed the store, and whether there is something to put in order.
const WATCHED: Duration = Duration::from_millis(500);

/// Up to so many incidents, events are made anew before a change is answered; it takes some milliseconds a thousand.
const MOST_AT_ONCE: u64 = 5_000;

/// By which way these changes come, in the store's history.
const WHO: &str = "page";

/// The server's state; clones share it.
#[derive(Clone, Debug)]
pub struct State {
    inner: Arc<Inner>,
    /// In whose name changes are made; `None`: [`WHO`].
    bearer: Option<Arc<str>>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// Readers do not wait for a writer that reads reports again: `SQLite` lets both work on one file.
    reading: Mutex<Store>,
    writing: Mutex<Store>,
    /// The gazetteer without the user's places.
    base: Gazetteer,
    overlaid: RwLock<Gazetteer>,
    /// What is read: never waited for, and never older than the last change that was answered.
    shown: RwLock<Arc<Snapshot>>,
    news: broadcast::Sender<String>,
    is_ending: watch::Sender<bool>,
    observed: Observed,
    clock: fn() -> String,
}

impl State {
    /// A state over the store in a folder; `clock` tells the time as RFC 3339.
    ///
    /// # Errors
    /// As [`Store::open`] and [`intake::overlaid`].
    pub fn open(folder: &Path, base: Gazetteer, clock: fn() -> String) -> Result<State> {
        let (reading, writing) = (Store::open(folder)?, Store::open(folder)?);
        let shown = RwLock::new(Arc::new(Snapshot::of(&reading, folder)?));
        let overlaid = RwLock::new(intake::overlaid(&base, &reading)?);
        let (news, _) = broadcast::channel(MISSED_NEWS);
        // Until it is done, answers to a few letters only take longer.
        let ready = base.clone();
        std::thread::spawn(move || ready.make_ready());
        let inner = Arc::new(Inner {
            folder: folder.to_owned(),
            reading: Mutex::new(reading),
            writing: Mutex::new(writing),
            base,
            overlaid,
            shown,
            news,
            is_ending: watch::Sender::new(false),
            observed: Observed::default(),
            clock,
        });
        inner.follow(&mut locked(&inner.writing))?;
        let (watched, folder) = (Arc::downgrade(&inner), folder.to_owned());
        std::thread::spawn(move || follow_others(&watched, &folder));
        Ok(State { inner, bearer: None })
    }

    /// What there is now.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.snapshot()
    }

    /// The gazetteer with the user's places over it.
    pub(super) fn gazetteer(&self) -> Gazetteer {
        self.inner.overlaid.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads parameters of a question, as [`Question::parse`]; words that are the name of a place are looked for in all scripts.
    pub(super) fn question(&self, collection: Collection, pairs: Pairs) -> Result<Question> {
        let question = Question::parse(collection, pairs, &[])?;
        Ok(question.across_scripts(&|name| self.gazetteer().bearers(name)))
    }

    /// The gazetteer without the user's places.
    pub(super) fn base(&self) -> Gazetteer {
        self.inner.base.clone()
    }

    pub(super) fn now(&self) -> String {
        (self.inner.clock)()
    }

    /// The same state, for a change in the name of a token.
    pub(super) fn made_by(&self, bearer: &Arc<str>) -> State {
        State { inner: Arc::clone(&self.inner), bearer: Some(Arc::clone(bearer)) }
    }

    /// The name of the token that changes are made with.
    pub(super) fn bearer(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    pub(super) fn observed(&self) -> &Observed {
        &self.inner.observed
    }

    /// Says that the server ends: who listens for news is let go.
    pub(super) fn end(&self) {
        self.inner.is_ending.send_replace(true);
    }

    /// True once the server ends.
    pub(super) fn is_ending(&self) -> watch::Receiver<bool> {
        self.inner.is_ending.subscribe()
    }

    /// How many listen for news.
    pub(super) fn listeners(&self) -> usize {
        self.inner.news.receiver_count()
    }

    /// Size of the store's files; what cannot be looked at counts as nothing.
    pub(super) fn store_bytes(&self) -> u64 {
        let file = Store::file(&self.inner.folder);
        let log = file.with_extension("sqlite-wal");
        [file, log].iter().filter_map(|file| std::fs::metadata(file).ok()).map(|known| known.len()).sum()
    }

    pub(super) fn news(&self) -> broadcast::Receiver<String> {
        self.inner.news.subscribe()
    }

    /// Asks the store, off the threads that answer requests.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Store) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let state = self.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&locked(&state.inner.reading)));
        Ok(asked.await.map_err(|e| Problem::internal(&e))??)
    }

    /// Changes the store, one edit after the other, then tells the pages that listen; a dry run changes nothing.
    pub(super) async fn edit<T: Send + 'static>(
        &self,
        is_dry: bool,
        change: impl FnOnce(&mut Store, &Gazetteer, Who<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let state = self.clone();
        let edit = tokio::task::spawn_blocking(move || {
            let inner = &state.inner;
            let now = state.now();
            let mut store = locked(&inner.writing);
            let done = change(&mut store, &inner.base, Who { who: state.bearer().unwrap_or(WHO), now: &now, is_dry })?;
            if is_dry {
                return Ok(done);
            }
            *inner.overlaid.write().unwrap_or_else(PoisonError::into_inner) = intake::overlaid(&inner.base, &store)?;
            inner.follow(&mut store)?;
            // Nobody listening is no error.
            let _ = inner.news.send(now);
            Ok::<T, crate::Error>(done)
        });
        Ok(edit.await.map_err(|e| Problem::internal(&e))??)
    }
}

impl Inner {
    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, snapshot: Snapshot) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    /// Shows what the store holds now; true when that was something new. Who calls holds the lock of the writing store.
    fn follow(&self, store: &mut Store) -> Result<bool> {
        if self.snapshot().layer(Collection::Incidents).len() <= MOST_AT_ONCE {
            intake::corroborate(store)?;
        }
        let followed = self.snapshot().followed(store)?;
        let is_new = followed.is_some();
        if let Some(snapshot) = followed {
            self.show(snapshot);
        }
        Ok(is_new)
    }

    /// Brings in what other processes wrote, makes the events of a large store anew, and gathers what is scattered.
    fn put_in_order(&self, folder: &Path) -> Result<()> {
        // With a connection of its own: whoever reads or writes does not wait for it.
        let mut store = Store::open(folder)?;
        if !store.events_are_current()? {
            intake::corroborate_beside(&mut store)?;
        }
        let is_new = self.follow(&mut locked(&self.writing))?;
        let snapshot = self.snapshot();
        let scattered = snapshot.scattered();
        if !scattered.is_empty() {
            let gathered = snapshot.gathered(&store, &scattered)?;
            // What was changed meanwhile is followed before anybody sees it.
            let writing = locked(&self.writing);
            let followed = gathered.followed(&writing)?;
            self.show(followed.unwrap_or(gathered));
        }
        if is_new {
            *self.overlaid.write().unwrap_or_else(PoisonError::into_inner) = intake::overlaid(&self.base, &store)?;
            let _ = self.news.send((self.clock)());
        }
        Ok(())
    }
}

/// Until the state is gone.
fn follow_others(inner: &Weak<Inner>, folder: &Path) {
    let mut seen = None;
    loop {
        std::thread::sleep(WATCHED);
        let Some(inner) = inner.upgrade() else { return };
        let written = locked(&inner.reading).data_version().ok();
        if written == seen && inner.snapshot().scattered().is_empty() {
            continue;
        }
        seen = written;
        // Who took the store away is not given a new one.
        if !Store::file(folder).exists() {
            return;
        }
        if let Err(error) = inner.put_in_order(folder) {
            eprintln!("server: {error}");
        }
    }
}

/// A panic while the lock was held rolled its transaction back, so the store behind it is sound.
fn locked(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

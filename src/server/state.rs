//! What the handlers share: the store twice over (one to read, one to write), the gazetteer, the clock, the news.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::sync::broadcast;

use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::intake::{self, Who};
use crate::store::{Collection, Store};

use super::reply::Problem;

/// Changes that a slow listener may fall behind before it is told only the newest.
const MISSED_NEWS: usize = 16;

/// By which way these changes come, in the store's history.
const WHO: &str = "page";

/// The server's state; clones share it.
#[derive(Clone, Debug)]
pub struct State {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Readers do not wait for a writer that reads reports again: `SQLite` lets both work on one file.
    reading: Mutex<Store>,
    writing: Mutex<Store>,
    /// The gazetteer without the user's places.
    base: Gazetteer,
    overlaid: RwLock<Gazetteer>,
    news: broadcast::Sender<String>,
    clock: fn() -> String,
}

impl State {
    /// A state over the store in a folder; `clock` tells the time as RFC 3339.
    ///
    /// # Errors
    /// As [`Store::open`] and [`intake::overlaid`].
    pub fn open(folder: &Path, base: Gazetteer, clock: fn() -> String) -> Result<State> {
        let (reading, writing) = (Store::open(folder)?, Store::open(folder)?);
        let overlaid = RwLock::new(intake::overlaid(&base, &reading)?);
        let (news, _) = broadcast::channel(MISSED_NEWS);
        // Until it is done, answers to a few letters only take longer.
        let ready = base.clone();
        std::thread::spawn(move || ready.make_ready());
        let inner = Inner { reading: Mutex::new(reading), writing: Mutex::new(writing), base, overlaid, news, clock };
        Ok(State { inner: Arc::new(inner) })
    }

    /// The gazetteer with the user's places over it.
    pub(super) fn gazetteer(&self) -> Gazetteer {
        self.inner.overlaid.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The gazetteer without the user's places.
    pub(super) fn base(&self) -> Gazetteer {
        self.inner.base.clone()
    }

    pub(super) fn now(&self) -> String {
        (self.inner.clock)()
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

    /// Makes the events anew when what is asked for hangs on them and they are not those of what is kept.
    pub(super) async fn corroborate(&self, collection: Collection) -> std::result::Result<(), Problem> {
        let hangs = matches!(collection, Collection::Events | Collection::Incidents | Collection::Rulings);
        if !hangs || self.read(Store::events_are_current).await? {
            return Ok(());
        }
        let state = self.clone();
        let made = tokio::task::spawn_blocking(move || intake::corroborate(&mut locked(&state.inner.writing)));
        made.await.map_err(|e| Problem::internal(&e))??;
        Ok(())
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
            let done = change(&mut store, &inner.base, Who { who: WHO, now: &now, is_dry })?;
            if is_dry {
                return Ok(done);
            }
            *inner.overlaid.write().unwrap_or_else(PoisonError::into_inner) = intake::overlaid(&inner.base, &store)?;
            // Nobody listening is no error.
            let _ = inner.news.send(now);
            Ok::<T, crate::Error>(done)
        });
        Ok(edit.await.map_err(|e| Problem::internal(&e))??)
    }
}

/// A panic while the lock was held rolled its transaction back, so the store behind it is sound.
fn locked(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

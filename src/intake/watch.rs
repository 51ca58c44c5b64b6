//! Feeds and folders that are followed: what is due is looked at, what is new is read, and how it went is noted.
//!
//! What was read is kept before it is noted as read. So after a crash something may be looked at again, which finds it known; nothing is
//! read twice, and nothing is lost.

mod due;
mod feed;
mod folder;
mod wave;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::error::{Error, Result};
use crate::fetch::{Client, next_try};
use crate::gazetteer::Gazetteer;
use crate::store::{Store, WatchRow};

use super::corroborate::corroborate_beside;
use super::files::How;

pub use due::{due, next_due};

/// The kind of a row that is a folder.
const FOLDER: &str = "folder";
/// Messages about parts that could not be read: the first of them, since all may be as many as there are parts.
const SHOWN_PARTS: usize = 3;

/// How things are followed.
#[derive(Clone, Debug)]
pub struct Watching {
    /// How often feeds are looked at.
    pub every: SignedDuration,
    /// How files of folders are read; those of others are read within narrower limits.
    pub how: How,
    /// Pages of entries that have only a summary are fetched too.
    pub reads_pages: bool,
}

/// How it went with one feed or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// As it is noted.
    pub row: &'a WatchRow,
    /// Reports read this time.
    pub read: usize,
    /// It failed, or parts of it could not be read, this time.
    pub error: Option<&'a str>,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// Feeds and folders that were looked at.
    pub seen: usize,
    /// Those of them that failed, or were not read whole.
    pub failed: usize,
    /// Reports that were read.
    pub read: usize,
}

/// Looks at what is due, once.
struct Watch<'a> {
    store: &'a mut Store,
    base: &'a Gazetteer,
    client: &'a Client,
    watching: &'a Watching,
    now: fn() -> String,
    stop: &'a Arc<AtomicBool>,
    told: &'a mut dyn FnMut(Seen),
    pass: Pass,
}

/// What is to be followed as it will be called: an address, or the whole path of a folder or file.
///
/// # Errors
/// [`Error::Value`] for an address that cannot be asked, [`Error::File`] for a path where nothing is.
pub fn followed(text: &str, now: &str) -> Result<WatchRow> {
    let (address, kind) = if text.contains("://") {
        let url = crate::fetch::checked(text).map_err(|reason| Error::Value {
            parameter: "address".to_owned(),
            found: reason.trim_start_matches("found ").to_owned(),
            expected: "an address of http or https, or a folder".to_owned(),
        })?;
        (url.to_string(), String::new())
    } else {
        let path = std::path::Path::new(text);
        let path = path.canonicalize().map_err(|source| Error::File { path: path.to_owned(), source })?;
        let name = path.to_str().ok_or_else(|| Error::value("folder", path.display().to_string(), "a path that is Unicode"))?;
        (name.to_owned(), FOLDER.to_owned())
    };
    Ok(WatchRow { address, kind, added: now.to_owned(), ..WatchRow::default() })
}

/// Looks at all that is due, and makes the events anew when something was read. `now` gives the time, `stop` ends between two reports.
///
/// # Errors
/// [`Error::Store`]; what was kept before stays, and what was not noted is looked at again.
pub fn watch(
    store: &mut Store,
    base: &Gazetteer,
    client: &Client,
    watching: &Watching,
    now: fn() -> String,
    stop: &Arc<AtomicBool>,
    told: &mut dyn FnMut(Seen),
) -> Result<Pass> {
    let rows = due(store.watches()?, time(now), watching.every);
    let (folders, feeds): (Vec<WatchRow>, Vec<WatchRow>) = rows.into_iter().partition(|row| row.kind == FOLDER);
    let mut watch = Watch { store, base, client, watching, now, stop, told, pass: Pass::default() };
    for row in folders {
        if !watch.is_stopped() {
            watch.look_into(row)?;
        }
    }
    watch.ask_for(feeds)?;
    let pass = watch.pass;
    if !store.events_are_current()? {
        corroborate_beside(store)?;
    }
    Ok(pass)
}

impl Watch<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn interval(&self, row: &WatchRow) -> SignedDuration {
        due::interval(row, self.watching.every)
    }

    /// Notes a failure, and when it is tried again.
    fn failed(&mut self, row: WatchRow, reason: &str, wait: Option<SignedDuration>) -> Result<()> {
        let now = time(self.now);
        let failures = row.failures.saturating_add(1);
        let again = next_try(now, self.interval(&row), failures, wait);
        let row = WatchRow {
            last_tried: Some(now.to_string()),
            last_error: Some(reason.to_owned()),
            failures,
            next_try: Some(again.to_string()),
            ..row
        };
        self.noted(&row, 0, Some(reason), &BTreeMap::new())
    }

    /// Notes a success; `parts` are those that could not be read, `None` when nothing was there to read.
    fn succeeded(&mut self, row: WatchRow, read: usize, parts: Option<&Parts>, fetched: &BTreeMap<String, String>) -> Result<()> {
        let now = time(self.now);
        let error = parts.and_then(Parts::told);
        let last_error = match parts {
            Some(_) => error.clone(),
            // What could not be read is still not read, while nothing has changed.
            None => row.last_error.clone().filter(|_| row.failures == 0),
        };
        let row = WatchRow {
            last_tried: Some(now.to_string()),
            last_success: Some(now.to_string()),
            last_error,
            failures: 0,
            next_try: Some(next_try(now, self.interval(&row), 0, None).to_string()),
            read: row.read + read as u64,
            ..row
        };
        self.noted(&row, read, error.as_deref(), fetched)
    }

    fn noted(&mut self, row: &WatchRow, read: usize, error: Option<&str>, fetched: &BTreeMap<String, String>) -> Result<()> {
        self.store.set_watch(row, fetched)?;
        self.pass.seen += 1;
        self.pass.read += read;
        self.pass.failed += usize::from(error.is_some());
        (self.told)(Seen { row, read, error });
        Ok(())
    }
}

/// Parts that could not be read.
#[derive(Clone, Debug, Default)]
struct Parts {
    count: usize,
    first: Vec<String>,
}

impl Parts {
    fn add(&mut self, refused: &impl ToString) {
        self.count += 1;
        if self.first.len() < SHOWN_PARTS {
            self.first.push(refused.to_string());
        }
    }

    /// `2 parts could not be read: a.png: is a picture …; …`
    fn told(&self) -> Option<String> {
        let more = if self.count > self.first.len() { "; …" } else { "" };
        (self.count > 0).then(|| format!("{} not read: {}{more}", self.count, self.first.join("; ")))
    }
}

fn time(now: fn() -> String) -> Timestamp {
    // The clock writes what can be read; a broken one would make all of it due.
    now().parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// An address of a row; rows of folders have none.
fn address_of(row: &WatchRow) -> std::result::Result<Url, String> {
    crate::fetch::checked(&row.address)
}

//! What is followed: feeds and folders, how it went, and what was read of them.

use std::collections::BTreeMap;

use rusqlite::{Row, params};
use serde::Serialize;

use crate::error::{Error, Result};

use super::Store;

/// A feed or folder that is followed.
///
/// `{"address":"https://example.org/feed.xml","kind":"feed","added":"2026-11-22T06:00:00Z","last_success":null,"last_error":"answered 503",…}`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WatchRow {
    /// Where it is: an address of the web, or a path.
    pub address: String,
    /// `folder`, or what kind of file the address gave first; empty before that.
    pub kind: String,
    /// Since when it is followed.
    pub added: String,
    /// What the host calls the last answer.
    #[serde(skip)]
    pub etag: Option<String>,
    /// When the host says that the last answer was made.
    #[serde(skip)]
    pub last_modified: Option<String>,
    /// When it was last looked at.
    pub last_tried: Option<String>,
    /// When that last went well.
    pub last_success: Option<String>,
    /// What went wrong since, or what of it could not be read.
    pub last_error: Option<String>,
    /// Failures since the last success.
    pub failures: u32,
    /// When it is looked at next.
    pub next_try: Option<String>,
    /// Reports read of it so far.
    pub read: u64,
}

const COLUMNS: &str = "address, kind, added, etag, last_modified, last_tried, last_success, last_error, failures, next_try, read";

fn row_of(r: &Row) -> rusqlite::Result<WatchRow> {
    Ok(WatchRow {
        address: r.get(0)?,
        kind: r.get(1)?,
        added: r.get(2)?,
        etag: r.get(3)?,
        last_modified: r.get(4)?,
        last_tried: r.get(5)?,
        last_success: r.get(6)?,
        last_error: r.get(7)?,
        failures: r.get(8)?,
        next_try: r.get(9)?,
        read: r.get::<_, i64>(10)?.try_into().unwrap_or_default(),
    })
}

impl Store {
    /// Follows something from now on; what is followed already stays as it is.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn add_watch(&self, row: &WatchRow) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO watches (address, kind, added, failures, read) VALUES (?, ?, ?, 0, 0)";
        self.connection.execute(sql, params![row.address, row.kind, row.added])?;
        Ok(())
    }

    /// Follows something no more; what was read of it stays.
    ///
    /// # Errors
    /// [`Error::Missing`] when it is not followed, [`Error::Store`].
    pub fn remove_watch(&mut self, address: &str) -> Result<()> {
        self.change(|store| {
            let removed = store.connection.execute("DELETE FROM watches WHERE address = ?", [address])?;
            store.connection.execute("DELETE FROM fetched WHERE watch = ?", [address])?;
            if removed == 0 { Err(Error::missing(format!("feed or folder «{address}» that is followed"))) } else { Ok(((), true)) }
        })
    }

    /// All that is followed, by address.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn watches(&self) -> Result<Vec<WatchRow>> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM watches ORDER BY address"))?;
        Ok(statement.query_map([], row_of)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Notes how it went and what was read, together; nothing when it is not followed any more.
    ///
    /// # Errors
    /// [`Error::Store`]; nothing is noted then.
    pub fn set_watch(&mut self, row: &WatchRow, fetched: &BTreeMap<String, String>) -> Result<()> {
        self.change(|store| {
            let changed = store.connection.execute(
                "UPDATE watches SET kind = ?, etag = ?, last_modified = ?, last_tried = ?, last_success = ?, last_error = ?, failures = ?, \
                 next_try = ?, read = ? WHERE address = ?",
                params![
                    row.kind,
                    row.etag,
                    row.last_modified,
                    row.last_tried,
                    row.last_success,
                    row.last_error,
                    row.failures,
                    row.next_try,
                    row.read as i64,
                    row.address
                ],
            )?;
            let mut set = store.connection.prepare_cached("INSERT OR REPLACE INTO fetched (watch, url, hash) VALUES (?, ?, ?)")?;
            for (url, hash) in fetched.iter().filter(|_| changed > 0) {
                set.execute(params![row.address, url, hash])?;
            }
            drop(set);
            Ok(((), true))
        })
    }

    /// What was read of something that is followed, and what it was then.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn fetched(&self, address: &str) -> Result<BTreeMap<String, String>> {
        let mut statement = self.connection.prepare_cached("SELECT url, hash FROM fetched WHERE watch = ?")?;
        Ok(statement.query_map([address], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }
}

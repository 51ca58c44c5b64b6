//! Who changed what, and when; only ever added to.

use rusqlite::{Transaction, params};

use crate::error::Result;

use super::Store;

/// One change that a person made.
///
/// `{at: "2026-11-21T10:00:00Z", who: "page", what: "place added", subject: "user:0123456789ab", detail: "user:…\tTalataye\t…"}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Timestamp, RFC 3339.
    pub at: String,
    /// By which way it came: `page`, `command line`.
    pub who: String,
    /// What was done.
    pub what: String,
    /// To what.
    pub subject: String,
    /// What it is now.
    pub detail: String,
}

impl Store {
    /// All changes, oldest first.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn history(&self) -> Result<Vec<HistoryRow>> {
        let mut statement = self.connection.prepare("SELECT at, who, what, subject, detail FROM history ORDER BY seq")?;
        let rows = statement
            .query_map([], |r| Ok(HistoryRow { at: r.get(0)?, who: r.get(1)?, what: r.get(2)?, subject: r.get(3)?, detail: r.get(4)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

pub(super) fn add(tx: &Transaction, row: &HistoryRow) -> Result<()> {
    tx.execute(
        "INSERT INTO history (at, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)",
        params![row.at, row.who, row.what, row.subject, row.detail],
    )?;
    Ok(())
}

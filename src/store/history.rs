//! Who changed what, and when; only ever added to. Each change keeps what was before and after, so that it can be undone.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::incident::correction::IncidentCorrection;
use crate::incident::corroborate::Ruling;
use crate::recognise::Report;
use crate::resolve::corrections::Correction;

use super::Store;
use super::record::PlaceRecord;

/// One change that a person made.
///
/// `{number: 7, at: "2026-11-21T10:00:00Z", who: "page", what: "place added", subject: "user:0123456789ab", detail: "Talataye", undoes: None}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryRow {
    /// Counts up from 1.
    pub number: i64,
    /// Timestamp, RFC 3339.
    pub at: String,
    /// By which way it came: `page`, `command line`.
    pub who: String,
    /// What was done.
    pub what: String,
    /// To what.
    pub subject: String,
    /// In words.
    pub detail: String,
    /// The change that this one takes back.
    pub undoes: Option<i64>,
}

/// A place, a correction, a ruling or a report before and after a change; `None`: it was not there, or is not any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step<T> {
    /// Before.
    pub before: Option<T>,
    /// After.
    pub after: Option<T>,
}

impl<T: Clone> Step<T> {
    /// The way back.
    #[must_use]
    pub fn back(&self) -> Step<T> {
        Step { before: self.after.clone(), after: self.before.clone() }
    }
}

/// All that one change does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// To places.
    pub places: Vec<Step<PlaceRecord>>,
    /// To corrections.
    pub corrections: Vec<Step<Correction>>,
    /// To rulings.
    #[serde(default)]
    pub rulings: Vec<Step<Ruling>>,
    /// To corrections of incidents.
    #[serde(default)]
    pub incident_corrections: Vec<Step<IncidentCorrection>>,
    /// To reports that were handed in or taken out.
    #[serde(default)]
    pub reports: Vec<Step<Report>>,
}

const COLUMNS: &str = "seq, at, who, what, subject, detail, undoes";

fn row_of(r: &Row) -> rusqlite::Result<HistoryRow> {
    Ok(HistoryRow {
        number: r.get(0)?,
        at: r.get(1)?,
        who: r.get(2)?,
        what: r.get(3)?,
        subject: r.get(4)?,
        detail: r.get(5)?,
        undoes: r.get(6)?,
    })
}

impl Store {
    /// All changes, oldest first.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn history(&self) -> Result<Vec<HistoryRow>> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM history ORDER BY seq"))?;
        Ok(statement.query_map([], row_of)?.collect::<rusqlite::Result<_>>()?)
    }

    /// A change with its steps; `None` for the steps of changes that older programs made.
    ///
    /// # Errors
    /// [`crate::Error::Store`], also when the steps were damaged.
    pub fn change_made(&self, number: i64) -> Result<Option<(HistoryRow, Option<Steps>)>> {
        let sql = format!("SELECT {COLUMNS}, steps FROM history WHERE seq = ?");
        let found = self.connection.query_row(&sql, [number], |r| Ok((row_of(r)?, r.get::<_, Option<String>>(7)?))).optional()?;
        found.map(|(row, steps)| Ok((row, steps.map(|s| super::parsed(&s)).transpose()?))).transpose()
    }

    /// The number of the newest change: equal when places and corrections are.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn revision(&self) -> Result<i64> {
        Ok(self.connection.query_row("SELECT coalesce(max(seq), 0) FROM history", [], |r| r.get(0))?)
    }

    /// Notes a change down and gives its number; `row.number` is not used.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn add_history(&self, row: &HistoryRow, steps: &Steps) -> Result<i64> {
        let steps = super::json_of(steps);
        self.connection.execute(
            "INSERT INTO history (at, who, what, subject, detail, undoes, steps) VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![row.at, row.who, row.what, row.subject, row.detail, row.undoes, steps],
        )?;
        Ok(self.connection.last_insert_rowid())
    }
}

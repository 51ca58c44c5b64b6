//! What is published, row by row, and which rows changed since it was last read.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params_from_iter};

use crate::error::Result;

use super::collection::tied;
use super::{Collection, Store};

/// A feature as a read model needs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// Identifier of the feature.
    pub id: String,
    /// The published GeoJSON.
    pub feature: String,
    /// Words to search, folded.
    pub folded: String,
    /// First and last day, ISO dates.
    pub days: [Option<String>; 2],
    /// West, south, east, north of what is drawn.
    pub bbox: Option<[f64; 4]>,
}

/// What changed since a moment of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The moment up to which this tells.
    pub upto: i64,
    /// The log does not reach back to the moment asked about: anything may have changed.
    pub is_all: bool,
    /// Features that were added, changed or removed. A report stands for its mentions and incidents too.
    pub ids: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Rows of the log that are kept: a reader that is further behind reads everything anew.
const KEPT: i64 = 200_000;
/// Identifiers asked for at once.
const BATCH: usize = 500;

impl Store {
    /// Every published feature of a collection, by id.
    ///
    /// # Errors
    /// [`crate::Error::Store`], or what `each` says.
    pub fn published(&self, collection: Collection, each: impl FnMut(Published) -> Result<()>) -> Result<()> {
        self.rows(collection, "", &[], each)
    }

    /// The published features with these ids, those that are there.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn published_of(&self, collection: Collection, ids: &BTreeSet<String>) -> Result<Vec<Published>> {
        self.batches(collection, "id", ids)
    }

    /// The published mentions or incidents of these reports.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn published_in(&self, collection: Collection, reports: &BTreeSet<String>) -> Result<Vec<Published>> {
        self.batches(collection, "report_id", reports)
    }

    fn batches(&self, collection: Collection, column: &str, values: &BTreeSet<String>) -> Result<Vec<Published>> {
        let mut out = Vec::new();
        let values: Vec<&String> = values.iter().collect();
        for part in values.chunks(BATCH) {
            let marks = vec!["?"; part.len()].join(", ");
            self.rows(collection, &format!("AND {column} IN ({marks})"), part, |row| {
                out.push(row);
                Ok(())
            })?;
        }
        Ok(out)
    }

    fn rows(&self, collection: Collection, and: &str, values: &[&String], mut each: impl FnMut(Published) -> Result<()>) -> Result<()> {
        let in_use = if collection == Collection::Places { "retired IS NULL" } else { "1" };
        let sides = if collection.is_drawn() { "west, south, east, north" } else { "NULL, NULL, NULL, NULL" };
        let (table, tie) = (collection.table(), super::collection::tied_to(collection));
        let sql = format!("SELECT id, feature, folded, date_start, date_end, {sides}, {tie} FROM {table} WHERE {in_use} {and} ORDER BY id");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            each(of_row(collection, row)?)?;
        }
        Ok(())
    }

    /// The moment of the newest change.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn moment(&self) -> Result<i64> {
        Ok(self.connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM changes")?.query_row([], |r| r.get(0))?)
    }

    /// What changed after a moment.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn changes_since(&self, moment: i64) -> Result<Changes> {
        let oldest: i64 = self.connection.prepare_cached("SELECT coalesce(min(seq), 0) FROM changes")?.query_row([], |r| r.get(0))?;
        let mut out = Changes { upto: self.moment()?, is_all: oldest > moment + 1, ..Changes::default() };
        if out.is_all || out.upto == moment {
            return Ok(out);
        }
        let mut statement = self.connection.prepare_cached("SELECT collection, id FROM changes WHERE seq > ?")?;
        let mut rows = statement.query([moment])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if let Some(collection) = Collection::ALL.into_iter().find(|c| c.table() == name) {
                out.ids.entry(collection.name()).or_default().insert(row.get(1)?);
            }
        }
        Ok(out)
    }

    /// A number that changes whenever another connection or process has written.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, "data_version", |r| r.get(0))?)
    }
}

/// Forgets what no reader needs of the log.
pub(super) fn trim(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - ?", [KEPT])?;
    Ok(())
}

fn of_row(collection: Collection, row: &Row) -> Result<Published> {
    let west: Option<f64> = row.get(5)?;
    let bbox = match west {
        Some(west) => Some([west, row.get(6)?, row.get(7)?, row.get(8)?]),
        None => None,
    };
    Ok(Published {
        id: row.get(0)?,
        feature: tied(collection, row.get(1)?, row.get(9)?),
        folded: row.get(2)?,
        days: [row.get(3)?, row.get(4)?],
        bbox,
    })
}

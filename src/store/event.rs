//! Events, the incidents of each, and what people ruled about them.
//!
//! Events are made of what the store holds and can be made again at any time; rulings are people's and are kept for ever.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::incident::corroborate::Ruling;

use super::report::Item;
use super::{Store, json_of, parsed};

/// Set while the events are those of the incidents and rulings that are kept.
const CURRENT: &str = "INSERT OR REPLACE INTO marks VALUES ('events', 'current')";

/// The events are to be made anew.
pub(super) fn outdate(connection: &Connection) -> Result<()> {
    connection.prepare_cached("DELETE FROM marks WHERE mark = 'events'")?.execute([])?;
    Ok(())
}

impl Store {
    /// True while the events are those of the incidents and rulings that are kept.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn events_are_current(&self) -> Result<bool> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM marks WHERE mark = 'events'")?.exists([])?)
    }

    /// Says that the events are no longer those of what is kept.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn outdate_events(&self) -> Result<()> {
        outdate(&self.connection)
    }

    /// The published features of all incidents.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn incident_features(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT feature FROM incidents")?;
        Ok(statement.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps events in place of those before, with the event of each incident; what is as it was is not written again.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_events<'a>(&self, events: &[Item], members: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<()> {
        let mut gone = self.pairs("SELECT id, feature FROM events")?;
        let mut insert =
            self.connection.prepare_cached("INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for item in events {
            if gone.remove(&item.id).is_some_and(|feature| feature == item.feature) {
                continue;
            }
            let side = |number: usize| item.bbox.map(|b| b[number]);
            insert.execute(params![
                item.id,
                item.event_type,
                item.sub_event_type,
                item.status,
                item.granularity,
                item.date_start,
                item.date_end,
                side(0),
                side(1),
                side(2),
                side(3),
                item.country,
                item.folded,
                item.feature,
            ])?;
        }
        self.drop_all("DELETE FROM events WHERE id = ?", gone)?;
        let mut gone = self.pairs("SELECT incident_id, event_id FROM event_members")?;
        let mut insert = self.connection.prepare_cached("INSERT OR REPLACE INTO event_members VALUES (?, ?)")?;
        for (incident, event) in members {
            if gone.remove(incident).is_none_or(|before| before != event) {
                insert.execute([incident, event])?;
            }
        }
        self.drop_all("DELETE FROM event_members WHERE incident_id = ?", gone)?;
        self.connection.execute(CURRENT, [])?;
        Ok(())
    }

    /// Keeps which report is a copy of which; what is as it was is not written again.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_copies(&self, copies: &BTreeMap<String, String>) -> Result<()> {
        let mut gone = self.pairs("SELECT report_id, copy_of FROM report_copies")?;
        let mut insert = self.connection.prepare_cached("INSERT OR REPLACE INTO report_copies VALUES (?, ?)")?;
        for (report, original) in copies {
            if gone.remove(report).is_none_or(|before| before != *original) {
                insert.execute([report, original])?;
            }
        }
        self.drop_all("DELETE FROM report_copies WHERE report_id = ?", gone)
    }

    /// How many reports are copies of others.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn copy_count(&self) -> Result<usize> {
        let count: u32 = self.connection.query_row("SELECT count(*) FROM report_copies", [], |r| r.get(0))?;
        Ok(count as usize)
    }

    fn pairs(&self, sql: &str) -> Result<BTreeMap<String, String>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    fn drop_all(&self, sql: &str, gone: BTreeMap<String, String>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql)?;
        gone.into_keys().try_for_each(|id| Ok(statement.execute([id]).map(|_| ())?))
    }

    /// The identifiers of the incidents of an event.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn event_members(&self, event: &str) -> Result<Vec<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT incident_id FROM event_members WHERE event_id = ? ORDER BY incident_id")?;
        Ok(statement.query_map([event], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The rulings by id.
    ///
    /// # Errors
    /// [`crate::Error::Store`], also when one was damaged.
    pub fn rulings(&self) -> Result<Vec<Ruling>> {
        let mut statement = self.connection.prepare_cached("SELECT record FROM rulings ORDER BY id")?;
        statement.query_map([], |r| r.get::<_, String>(0))?.map(|record| parsed(&record?)).collect()
    }

    /// Sets a ruling, with its published GeoJSON.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_ruling(&self, ruling: &Ruling, feature: &str) -> Result<()> {
        let (day, folded) = (ruling.created.get(..10), crate::text::fold::fold_phrase(&ruling.note));
        self.connection.prepare_cached("INSERT OR REPLACE INTO rulings VALUES (?1, ?2, ?3, ?3, ?4, ?5)")?.execute(params![
            ruling.id,
            json_of(ruling),
            day,
            folded,
            feature
        ])?;
        outdate(&self.connection)
    }

    /// Forgets a ruling.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn drop_ruling(&self, id: &str) -> Result<()> {
        self.connection.execute("DELETE FROM rulings WHERE id = ?", [id])?;
        outdate(&self.connection)
    }
}

//! Events, the incidents of each, and what people ruled about them.
//!
//! Events are made of what the store holds and can be made again at any time; rulings are people's and are kept for ever.

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

    /// The published features of all incidents.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn incident_features(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT feature FROM incidents")?;
        Ok(statement.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps events in place of those before, with the event of each incident.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_events<'a>(&self, events: &[Item], members: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<()> {
        self.connection.execute_batch("DELETE FROM events; DELETE FROM event_members;")?;
        let mut event = self.connection.prepare_cached("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for item in events {
            let side = |number: usize| item.bbox.map(|b| b[number]);
            event.execute(params![
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
        let mut member = self.connection.prepare_cached("INSERT OR REPLACE INTO event_members VALUES (?, ?)")?;
        for (incident, event) in members {
            member.execute([incident, event])?;
        }
        self.connection.execute(CURRENT, [])?;
        Ok(())
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

//! What people say of incidents, and over which incidents it lies.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::incident::correction::{IncidentCorrection, Verdict};
use crate::text::fold::fold_phrase;

use super::report::Item;
use super::{Store, json_of, parsed};

/// Notes down over which incidents of a report corrections lie.
pub(super) fn laid(connection: &Connection, report_id: &str, incidents: &[Item]) -> Result<()> {
    let mut statement = connection.prepare_cached("INSERT OR REPLACE INTO corrected_incidents VALUES (?, ?, ?, ?)")?;
    for item in incidents {
        if let Some((correction, verdict)) = &item.correction {
            statement.execute(params![item.id, report_id, correction, verdict])?;
        }
    }
    Ok(())
}

impl Store {
    /// The corrections of incidents by id, orphans too.
    ///
    /// # Errors
    /// [`crate::Error::Store`], also when one was damaged.
    pub fn incident_corrections(&self) -> Result<Vec<IncidentCorrection>> {
        let mut statement = self.connection.prepare_cached("SELECT record FROM incident_corrections ORDER BY id")?;
        statement.query_map([], |r| r.get::<_, String>(0))?.map(|record| parsed(&record?)).collect()
    }

    /// The correction that lies over an incident.
    ///
    /// # Errors
    /// As [`Store::incident_corrections`].
    pub fn correction_of_incident(&self, incident: &str) -> Result<Option<IncidentCorrection>> {
        let sql =
            "SELECT record FROM incident_corrections WHERE id = (SELECT correction_id FROM corrected_incidents WHERE incident_id = ?)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let record = statement.query_map([incident], |r| r.get::<_, String>(0))?.next().transpose()?;
        record.map(|r| parsed(&r)).transpose()
    }

    /// Sets a correction of an incident, with its published GeoJSON.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_incident_correction(&self, correction: &IncidentCorrection, feature: &str) -> Result<()> {
        let made = &correction.incident;
        let sql = "INSERT OR REPLACE INTO incident_corrections VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)";
        self.connection.prepare_cached(sql)?.execute(params![
            correction.id,
            made.id,
            made.report_id,
            correction.verdict.map(Verdict::label),
            json_of(correction),
            correction.created.get(..10),
            fold_phrase(&format!("{}\n{}", correction.sentence, correction.note)),
            feature
        ])?;
        Ok(())
    }

    /// Forgets a correction of an incident.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn drop_incident_correction(&self, id: &str) -> Result<()> {
        self.connection.execute("DELETE FROM incident_corrections WHERE id = ?", [id])?;
        Ok(())
    }
}

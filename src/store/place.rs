//! The user's places and corrections as they are now.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::resolve::corrections::Correction;

use super::record::PlaceRecord;
use super::{Store, json_of, parsed};

impl Store {
    /// The user's places by id, retired ones too.
    ///
    /// # Errors
    /// [`crate::Error::Store`], also when a record was damaged.
    pub fn places(&self) -> Result<Vec<PlaceRecord>> {
        let mut statement = self.connection.prepare_cached("SELECT record FROM places ORDER BY id")?;
        statement.query_map([], |r| r.get::<_, String>(0))?.map(|record| parsed(&record?)).collect()
    }

    /// One of the user's places, also a retired one.
    ///
    /// # Errors
    /// As [`Store::places`].
    pub fn place(&self, id: &str) -> Result<Option<PlaceRecord>> {
        let record: Option<String> = self.connection.query_row("SELECT record FROM places WHERE id = ?", [id], |r| r.get(0)).optional()?;
        record.map(|r| parsed(&r)).transpose()
    }

    /// Sets what is kept of a place, with its published GeoJSON.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_place(&self, place: &PlaceRecord, feature: &str) -> Result<()> {
        set(&self.connection, place, feature)
    }

    /// Forgets a place altogether.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn drop_place(&self, id: &str) -> Result<()> {
        self.connection.execute("DELETE FROM places WHERE id = ?", [id])?;
        Ok(())
    }

    /// The corrections by id.
    ///
    /// # Errors
    /// [`crate::Error::Store`], also when one was damaged.
    pub fn corrections(&self) -> Result<Vec<Correction>> {
        let mut statement = self.connection.prepare_cached("SELECT record FROM corrections ORDER BY id")?;
        statement.query_map([], |r| r.get::<_, String>(0))?.map(|record| parsed(&record?)).collect()
    }

    /// Sets a correction, with its published GeoJSON; a place's point draws it.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn set_correction(&self, correction: &Correction, feature: &str) -> Result<()> {
        let record = json_of(correction);
        let folded = crate::text::fold::fold_phrase(&format!("{}\n{}", correction.name, correction.note));
        self.connection.prepare_cached("INSERT OR REPLACE INTO corrections VALUES (?1, ?2, ?3, ?3, ?4, ?5)")?.execute(params![
            correction.id,
            record,
            correction.created.get(..10),
            folded,
            feature
        ])?;
        Ok(())
    }

    /// Forgets a correction.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn drop_correction(&self, id: &str) -> Result<()> {
        self.connection.execute("DELETE FROM corrections WHERE id = ?", [id])?;
        Ok(())
    }
}

pub(super) fn set(connection: &Connection, place: &PlaceRecord, feature: &str) -> Result<()> {
    let record = json_of(place);
    let retired = if place.is_in_use() { None } else { Some(place.modified.as_str()) };
    let day = place.created.get(..10);
    connection
        .prepare_cached("INSERT OR REPLACE INTO places VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![place.id, record, retired, day, place.lon, place.lat, place.country, place.folded(), feature])?;
    Ok(())
}

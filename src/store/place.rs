//! The user's own places: rows in the gazetteer's format, retired rather than deleted.

use rusqlite::params;

use crate::error::{Error, Result};
use crate::gazetteer::row::{self, Row};

use super::Store;
use super::history::{self, HistoryRow};
use super::report::{Entry, replace};

/// A place that the user entered.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// As a gazetteer file would give it; its id begins with `user:`.
    pub row: Row,
    /// What the user wrote about it.
    pub note: String,
    /// When it was entered, RFC 3339.
    pub created: String,
    /// The published GeoJSON.
    pub feature: String,
}

/// A row as a line of a gazetteer file; [`row::parse`] reads it back.
pub fn row_line(row: &Row) -> String {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let whole = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let names: Vec<String> = row.names.iter().map(|(lang, name)| format!("{lang}:{name}")).collect();
    let (lat, lon, population, radius) = (number(row.lat), number(row.lon), whole(row.population), whole(row.radius_m));
    let texts = [&row.id, &row.name, &row.feature, &row.country, &row.admin1, &row.admin2, &lat, &lon, &population, &radius];
    let cells: Vec<String> =
        texts.into_iter().cloned().chain([names.join("|")]).map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
    cells.join("\t")
}

fn parsed(line: &str) -> Result<Row> {
    let refuse = |found: String, expected: String| Error::Line { file: "places of the store".to_owned(), line: 0, found, expected };
    match row::parse(line) {
        Ok(Some(row)) => Ok(row),
        Ok(None) => Err(refuse("an empty row".to_owned(), "a place".to_owned())),
        Err(fault) => Err(refuse(fault.found, fault.expected)),
    }
}

impl Store {
    /// The user's places in use, by id.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Line`] when a row was damaged.
    pub fn places(&self) -> Result<Vec<PlaceRow>> {
        let mut statement = self.connection.prepare("SELECT row, note, created, feature FROM places WHERE retired IS NULL ORDER BY id")?;
        let rows = statement.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
        rows.map(|r| {
            let (line, note, created, feature) = r?;
            Ok(PlaceRow { row: parsed(&line)?, note, created, feature })
        })
        .collect()
    }

    /// Saves a place and the reports that were read again because of it, in one transaction.
    ///
    /// # Errors
    /// [`Error::Store`]; nothing is changed then.
    pub fn add_place(&mut self, place: &PlaceRow, entries: &[Entry], fingerprint: &str, who: &str) -> Result<()> {
        let line = row_line(&place.row);
        let tx = self.connection.transaction()?;
        let (lon, lat) = (place.row.lon, place.row.lat);
        let folded = crate::text::fold::fold_phrase(&line);
        tx.execute(
            "INSERT OR REPLACE INTO places (id, row, note, created, retired, date_start, date_end, west, south, east, north, country, folded, feature)
             VALUES (?1, ?2, ?3, ?4, NULL, substr(?4, 1, 10), substr(?4, 1, 10), ?5, ?6, ?5, ?6, ?7, ?8, ?9)",
            params![place.row.id, line, place.note, place.created, lon, lat, place.row.country, folded, place.feature],
        )?;
        replace(&tx, entries, &place.created)?;
        tx.execute("UPDATE reports SET fingerprint = ?", [fingerprint])?;
        history::add(&tx, &change(&place.created, who, "place added", &place.row.id, line))?;
        Ok(tx.commit()?)
    }

    /// Takes a place out of use, with the reports that were read again because of it.
    ///
    /// # Errors
    /// [`Error::Store`]; nothing is changed then.
    pub fn retire_place(&mut self, id: &str, at: &str, entries: &[Entry], fingerprint: &str, who: &str) -> Result<()> {
        let tx = self.connection.transaction()?;
        tx.execute("UPDATE places SET retired = ? WHERE id = ?", [at, id])?;
        replace(&tx, entries, at)?;
        tx.execute("UPDATE reports SET fingerprint = ?", [fingerprint])?;
        history::add(&tx, &change(at, who, "place retired", id, String::new()))?;
        Ok(tx.commit()?)
    }
}

fn change(at: &str, who: &str, what: &str, subject: &str, detail: String) -> HistoryRow {
    HistoryRow { at: at.to_owned(), who: who.to_owned(), what: what.to_owned(), subject: subject.to_owned(), detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives_its_line() {
        let row = Row {
            id: "user:1".to_owned(),
            name: "Talataye".to_owned(),
            feature: "PPL".to_owned(),
            country: "ML".to_owned(),
            lat: Some(16.53),
            lon: Some(-1.5),
            names: vec![("ar".to_owned(), "تلاتاي".to_owned()), (String::new(), "Talatai".to_owned())],
            ..Row::default()
        };
        assert_eq!(parsed(&row_line(&row)).unwrap(), row);
    }
}

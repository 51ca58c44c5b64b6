//! Reports and what was read out of them.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::lang::Lang;
use crate::recognise::Report;
use crate::text::fold::fold_phrase;
use crate::text::sketch::Sketch;

use super::Store;
use super::hash::{content_hash, json_of};
use super::words;

/// A report with all that was read out of it, as it is to be kept.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The report.
    pub report: ReportRow,
    /// Its mentions.
    pub mentions: Vec<Item>,
    /// Its incidents.
    pub incidents: Vec<Item>,
    /// Of the gazetteer that it was read with.
    pub fingerprint: String,
}

/// A report and its published form.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// As it came in.
    pub report: Report,
    /// The language it was read in.
    pub lang: &'static str,
    /// The published GeoJSON.
    pub feature: String,
    /// What its copies are found by.
    pub sketch: Sketch,
}

/// A mention or an incident: what it is found by, and its published GeoJSON.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the published ones")]
pub struct Item {
    pub id: String,
    pub event_type: Option<&'static str>,
    pub sub_event_type: Option<&'static str>,
    pub status: Option<&'static str>,
    pub granularity: Option<&'static str>,
    pub date_start: Option<String>,
    pub date_end: Option<String>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    pub place_id: Option<String>,
    pub country: Option<String>,
    pub lang: &'static str,
    /// Words to search, folded.
    pub folded: String,
    /// The folded name of a mention that no table has as it is written.
    pub unrecorded: Option<String>,
    /// Of an incident: the correction that lies over it, and its verdict.
    pub correction: Option<(String, Option<&'static str>)>,
    pub feature: String,
}

/// What [`Store::kept`] tells of an item: its id, the place it means and where that lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Identifier of the mention or incident.
    pub id: String,
    /// Identifier of its place.
    pub place_id: Option<String>,
    /// West, south, east, north of what is drawn.
    pub bbox: Option<[f64; 4]>,
    /// The published GeoJSON.
    pub feature: String,
}

const REPORT: &str = "id, text, title, lang_given, published, source, url, provenance";

fn report_of(row: &Row) -> rusqlite::Result<Report> {
    let lang: Option<String> = row.get(3)?;
    let published: Option<String> = row.get(4)?;
    let provenance: Option<String> = row.get(7)?;
    Ok(Report {
        id: row.get(0)?,
        text: row.get(1)?,
        title: row.get(2)?,
        lang: lang.as_deref().and_then(Lang::from_code),
        published: published.and_then(|d| d.parse::<Date>().ok()),
        source: row.get(5)?,
        url: row.get(6)?,
        provenance: provenance.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
    })
}

impl Store {
    /// True when this very report was already read with this very gazetteer.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn is_current(&self, report: &Report, fingerprint: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM reports WHERE id = ? AND content_hash = ? AND fingerprint = ?";
        let found = self.connection.query_row(sql, [&report.id, &content_hash(report), fingerprint], |_| Ok(())).optional()?;
        Ok(found.is_some())
    }

    /// The identifiers and content hashes of the reports that were read with this very gazetteer.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn current(&self, fingerprint: &str) -> Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare("SELECT id, content_hash FROM reports WHERE fingerprint = ?")?;
        Ok(statement.query_map([fingerprint], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    /// What the reports were read with, each once, in order.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn fingerprints(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT DISTINCT fingerprint FROM reports ORDER BY fingerprint")?;
        let found = statement.query_map([], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps reports with what was read out of them, replacing what was kept under the same ids, in one transaction.
    ///
    /// # Errors
    /// [`crate::Error::Store`]; nothing is changed then.
    pub fn put(&mut self, entries: &[Entry], read_at: &str) -> Result<()> {
        self.change(|store| Ok((store.replace(entries, read_at)?, true)))
    }

    /// Writes reports with what was read out of them; what was kept under the same ids goes.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn replace(&self, entries: &[Entry], read_at: &str) -> Result<()> {
        entries.iter().try_for_each(|entry| replace(&self.connection, entry, read_at))
    }

    /// Forgets a report with all that was read out of it.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn drop_report(&self, id: &str) -> Result<()> {
        words::forget(&self.connection, id)?;
        self.connection.prepare_cached("DELETE FROM reports WHERE id = ?")?.execute([id])?;
        super::event::outdate(&self.connection)
    }

    /// What the copies of each report are found by: identifier, day of publication, sketch of the text.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn sketches(&self) -> Result<Vec<(String, Option<Date>, Sketch)>> {
        let mut statement = self.connection.prepare("SELECT id, published, sketch FROM reports ORDER BY id")?;
        let rows = statement.query_map([], |r| {
            let (published, sketch): (Option<String>, Option<Vec<u8>>) = (r.get(1)?, r.get(2)?);
            let sketch = sketch.and_then(|bytes| Sketch::from_bytes(&bytes)).unwrap_or_default();
            Ok((r.get(0)?, published.and_then(|d| d.parse().ok()), sketch))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many reports are kept.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn report_count(&self) -> Result<usize> {
        let count: u32 = self.connection.query_row("SELECT count(*) FROM reports", [], |r| r.get(0))?;
        Ok(count as usize)
    }

    /// Reports by their ids, those that are there.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn reports<'a>(&self, ids: impl IntoIterator<Item = &'a String>) -> Result<Vec<Report>> {
        let mut statement = self.connection.prepare_cached(&format!("SELECT {REPORT} FROM reports WHERE id = ?"))?;
        let found = ids.into_iter().map(|id| Ok(statement.query_row([id], report_of).optional()?));
        found.filter_map(Result::transpose).collect()
    }

    /// The kept mentions (`"mentions"`) or incidents (`"incidents"`) of a report, in the order of the text.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn kept(&self, table: &str, report_id: &str) -> Result<Vec<Kept>> {
        let sql = format!("SELECT id, place_id, west, south, east, north, feature FROM {table} WHERE report_id = ? ORDER BY ordinal");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([report_id], |r| {
            let west: Option<f64> = r.get(2)?;
            let bbox = west.map(|west| Ok::<_, rusqlite::Error>([west, r.get(3)?, r.get(4)?, r.get(5)?])).transpose()?;
            Ok(Kept { id: r.get(0)?, place_id: r.get(1)?, bbox, feature: r.get(6)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn replace(connection: &Connection, entry: &Entry, read_at: &str) -> Result<()> {
    let report = &entry.report.report;
    let (published, hash) = (report.published.map(|d| d.to_string()), content_hash(report));
    let mut known = connection.prepare_cached("SELECT 1 FROM reports WHERE id = ? AND content_hash = ?")?;
    // Its words are written once: reading it again with other places does not change them.
    if !known.exists([&report.id, &hash])? {
        words::index(connection, &report.id, report.title.as_deref(), &report.text)?;
    }
    let folded = fold_phrase(&format!("{}\n{}", report.title.as_deref().unwrap_or_default(), report.text));
    connection.prepare_cached("DELETE FROM reports WHERE id = ?")?.execute([&report.id])?;
    connection
        .prepare_cached("INSERT INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?6, ?6, ?12, ?13, ?14, ?15)")?
        .execute(params![
            report.id,
            report.text,
            report.title,
            report.lang.map(Lang::code),
            entry.report.lang,
            published,
            report.source,
            report.url,
            hash,
            entry.fingerprint,
            read_at,
            folded,
            entry.report.feature,
            (!report.provenance.is_empty()).then(|| json_of(&report.provenance)),
            entry.report.sketch.to_bytes(),
        ])?;
    super::event::outdate(connection)?;
    items(connection, "mentions", &report.id, &entry.mentions)?;
    items(connection, "incidents", &report.id, &entry.incidents)?;
    super::incident_correction::laid(connection, &report.id, &entry.incidents)
}

fn items(connection: &Connection, table: &str, report_id: &str, items: &[Item]) -> Result<()> {
    let sql = format!("INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut unrecorded = connection.prepare_cached("INSERT OR IGNORE INTO unrecorded VALUES (?, ?)")?;
    for name in items.iter().filter_map(|item| item.unrecorded.as_ref()) {
        unrecorded.execute([name, report_id])?;
    }
    for (ordinal, item) in items.iter().enumerate() {
        let side = |number: usize| item.bbox.map(|b| b[number]);
        statement.execute(params![
            report_id,
            ordinal as u32,
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
            item.place_id,
            item.country,
            item.lang,
            item.folded,
            item.feature,
        ])?;
    }
    Ok(())
}

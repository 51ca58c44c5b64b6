//! The tables, and the steps from each older shape to the newest.

use std::time::Duration;

use rusqlite::{Connection, params};

use crate::error::{Error, Result};
use crate::text::Text;
use crate::text::sketch::Sketch;

use super::{place, record, words};

/// One step a version; `user_version` counts the steps that a file has made. Steps are only ever added.
const MIGRATIONS: &[fn(&Connection) -> Result<()>] = &[
    |c| Ok(c.execute_batch(FIRST)?),
    second,
    |c| Ok(c.execute_batch(THIRD)?),
    |c| Ok(c.execute_batch(FOURTH)?),
    fifth,
    tokens,
    found,
    copies,
    |c| Ok(c.execute_batch(WATCHES)?),
];

/// How long a writer waits for another process before it gives up.
const BUSY: Duration = Duration::from_secs(10);

/// `feature` is the published GeoJSON; the other columns of a collection are what queries filter by.
const FIRST: &str = "
CREATE TABLE reports (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, title TEXT, lang_given TEXT, lang TEXT NOT NULL, published TEXT, source TEXT, url TEXT,
    content_hash TEXT NOT NULL, fingerprint TEXT NOT NULL, read_at TEXT NOT NULL,
    date_start TEXT, date_end TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
CREATE TABLE incidents (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
    event_type TEXT, sub_event_type TEXT, status TEXT, granularity TEXT, date_start TEXT, date_end TEXT,
    west REAL, south REAL, east REAL, north REAL, place_id TEXT, country TEXT, lang TEXT NOT NULL, folded TEXT NOT NULL,
    feature TEXT NOT NULL, PRIMARY KEY (report_id, ordinal)
) STRICT;
CREATE INDEX incidents_id ON incidents(id);
CREATE TABLE mentions (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
    event_type TEXT, sub_event_type TEXT, status TEXT, granularity TEXT, date_start TEXT, date_end TEXT,
    west REAL, south REAL, east REAL, north REAL, place_id TEXT, country TEXT, lang TEXT NOT NULL, folded TEXT NOT NULL,
    feature TEXT NOT NULL, PRIMARY KEY (report_id, ordinal)
) STRICT;
CREATE INDEX mentions_id ON mentions(id);
CREATE TABLE places (
    id TEXT PRIMARY KEY, row TEXT NOT NULL, note TEXT NOT NULL, created TEXT NOT NULL, retired TEXT,
    date_start TEXT, date_end TEXT, west REAL, south REAL, east REAL, north REAL, country TEXT, folded TEXT NOT NULL,
    feature TEXT NOT NULL
) STRICT;
CREATE TABLE history (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
";

/// Places as records, corrections, changes that can be undone, and the index from words to reports.
const SECOND: &str = "
ALTER TABLE places RENAME TO places_of_rows;
CREATE TABLE places (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, retired TEXT, date_start TEXT, date_end TEXT,
    west REAL, south REAL, east REAL, north REAL, country TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
CREATE TABLE corrections (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, date_start TEXT, date_end TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
ALTER TABLE history ADD COLUMN undoes INTEGER;
ALTER TABLE history ADD COLUMN steps TEXT;
CREATE TABLE report_numbers (number INTEGER PRIMARY KEY, report_id TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE report_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE INDEX mentions_country ON mentions(country);
CREATE TABLE unrecorded (
    name TEXT NOT NULL, report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, PRIMARY KEY (name, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unrecorded_report ON unrecorded(report_id);
";

/// Events made of several incidents, and what people ruled about them.
const THIRD: &str = "
CREATE TABLE events (
    id TEXT PRIMARY KEY, event_type TEXT, sub_event_type TEXT, status TEXT, granularity TEXT, date_start TEXT, date_end TEXT,
    west REAL, south REAL, east REAL, north REAL, country TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
CREATE TABLE event_members (incident_id TEXT PRIMARY KEY, event_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX event_members_event ON event_members(event_id);
CREATE TABLE rulings (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, date_start TEXT, date_end TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
CREATE TABLE marks (mark TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// What people say of incidents, and over which incidents it lies now.
const FOURTH: &str = "
CREATE TABLE incident_corrections (
    id TEXT PRIMARY KEY, incident_id TEXT NOT NULL, report_id TEXT NOT NULL, verdict TEXT, record TEXT NOT NULL,
    date_start TEXT, date_end TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
CREATE INDEX incident_corrections_report ON incident_corrections(report_id);
CREATE TABLE corrected_incidents (
    incident_id TEXT PRIMARY KEY, report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, correction_id TEXT NOT NULL, verdict TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX corrected_incidents_report ON corrected_incidents(report_id);
CREATE INDEX corrected_incidents_correction ON corrected_incidents(correction_id);
";

/// A log of which published features changed, for those that keep a copy of them in memory.
const FIFTH: &str = "CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, id TEXT NOT NULL) STRICT;";

/// Tables, the collection that a row of each belongs to, and the column that names the feature. A report stands for what was read out of it.
const LOGGED: [(&str, &str, &str); 8] = [
    ("reports", "reports", "id"),
    ("places", "places", "id"),
    ("corrections", "corrections", "id"),
    ("incident_corrections", "incident_corrections", "id"),
    ("rulings", "rulings", "id"),
    ("events", "events", "id"),
    ("event_members", "incidents", "incident_id"),
    ("corrected_incidents", "incident_corrections", "correction_id"),
];

fn fifth(connection: &Connection) -> Result<()> {
    connection.execute_batch(FIFTH)?;
    LOGGED.iter().try_for_each(|(table, collection, id)| log_changes(connection, table, collection, id))
}

fn log_changes(connection: &Connection, table: &str, collection: &str, id: &str) -> Result<()> {
    for (change, row) in [("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")] {
        let name = format!("{table}_{}", change.to_lowercase());
        let log = format!("INSERT INTO changes (collection, id) VALUES ('{collection}', {row}.{id})");
        connection.execute_batch(&format!("CREATE TRIGGER {name}_is_logged AFTER {change} ON {table} BEGIN {log}; END;"))?;
    }
    Ok(())
}

/// Who may ask and write over a network.
const TOKENS: &str = "
CREATE TABLE tokens (
    name TEXT PRIMARY KEY, mark TEXT NOT NULL UNIQUE, role TEXT NOT NULL, hash TEXT NOT NULL, created TEXT NOT NULL, revoked TEXT
) STRICT, WITHOUT ROWID;
";

fn tokens(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(TOKENS)?)
}

/// Where reports were found.
fn found(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("ALTER TABLE reports ADD COLUMN provenance TEXT")?)
}

/// What copies of a text are found by, and which report is a copy of which.
const COPIES: &str = "
ALTER TABLE reports ADD COLUMN sketch BLOB;
CREATE TABLE report_copies (report_id TEXT PRIMARY KEY, copy_of TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

fn copies(connection: &Connection) -> Result<()> {
    connection.execute_batch(COPIES)?;
    let mut reports = connection.prepare("SELECT id, text FROM reports")?;
    let mut rows = reports.query([])?;
    while let Some(r) = rows.next()? {
        let (id, text): (String, String) = (r.get(0)?, r.get(1)?);
        let sketch = Sketch::of(&Text::read(&text)).to_bytes();
        connection.prepare_cached("UPDATE reports SET sketch = ? WHERE id = ?")?.execute(params![sketch, id])?;
    }
    log_changes(connection, "report_copies", "reports", "report_id")
}

/// What is followed, and what was read of it: addresses or paths, each with a hash or stamp of what it was then.
const WATCHES: &str = "
CREATE TABLE watches (
    address TEXT PRIMARY KEY, kind TEXT NOT NULL, added TEXT NOT NULL, etag TEXT, last_modified TEXT, last_tried TEXT, last_success TEXT,
    last_error TEXT, failures INTEGER NOT NULL, next_try TEXT, read INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE fetched (watch TEXT NOT NULL, url TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (watch, url)) STRICT, WITHOUT ROWID;
";

fn second(connection: &Connection) -> Result<()> {
    connection.execute_batch(SECOND)?;
    let mut places = connection.prepare("SELECT row, note, created, retired, feature FROM places_of_rows")?;
    let mut rows = places.query([])?;
    while let Some(r) = rows.next()? {
        let (line, note, created): (String, String, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        let (retired, feature): (Option<String>, String) = (r.get(3)?, r.get(4)?);
        let mut record = record::from_line(&line, &note, &created, retired.is_some())?;
        record.modified = retired.unwrap_or_default();
        let mut feature: serde_json::Value = super::parsed(&feature)?;
        feature["properties"]["version"] = record.version().into();
        place::set(connection, &record, &feature.to_string())?;
    }
    drop(rows);
    drop(places);
    connection.execute_batch("DROP TABLE places_of_rows")?;
    let mut reports = connection.prepare("SELECT id, title, text FROM reports")?;
    let mut rows = reports.query([])?;
    while let Some(r) = rows.next()? {
        let (id, title, text): (String, Option<String>, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        words::index(connection, &id, title.as_deref(), &text)?;
    }
    Ok(())
}

/// Sets the connection up and brings the tables to the newest shape.
pub(super) fn prepare(connection: &mut Connection) -> Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A person's edit that was answered with «saved» must survive a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let version = version as usize;
    if version > MIGRATIONS.len() {
        return Err(Error::value(
            "store",
            format!("version {version}"),
            &format!("at most {}: it was made by a newer dalil", MIGRATIONS.len()),
        ));
    }
    for step in MIGRATIONS.iter().skip(version) {
        step(&tx)?;
    }
    tx.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    super::published::trim(&tx)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::store::Store;

    #[test]
    fn opening_twice_changes_nothing_and_a_newer_store_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        let store = Store::open(folder.path()).unwrap();
        store.connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(Store::open(folder.path()).unwrap_err().to_string().contains("newer"));
    }

    #[test]
    fn history_can_only_be_added_to() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.connection.execute("INSERT INTO history VALUES (1, 'now', 'me', 'place added', 'user:1', '', NULL, NULL)", []).unwrap();
        assert!(store.connection.execute("DELETE FROM history", []).is_err());
        assert!(store.connection.execute("UPDATE history SET who = 'you'", []).is_err());
    }
}

//! The tables, and the steps from each older shape to the newest.

use std::time::Duration;

use rusqlite::Connection;

use crate::error::{Error, Result};

/// One step a version; `user_version` counts the steps that a file has made. Steps are only ever added.
const MIGRATIONS: &[&str] = &[FIRST];

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
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
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
        store.connection.execute("INSERT INTO history VALUES (1, 'now', 'me', 'place added', 'user:1', '')", []).unwrap();
        assert!(store.connection.execute("DELETE FROM history", []).is_err());
        assert!(store.connection.execute("UPDATE history SET who = 'you'", []).is_err());
    }
}

//! Gazetteer data of all kinds: every row is read or refused, and what is read says what the file says.

mod build;
mod json;
mod packed;
mod real;
mod tables;

use std::path::Path;

use dalil::gazetteer::row::Row;
use dalil::gazetteer::source::{self, Columns, Format, Rank, Tally};

/// What a file gave.
struct Read {
    format: Format,
    rows: Vec<Row>,
    refused: Vec<String>,
    tally: Tally,
}

impl Read {
    /// The row with this identifier.
    fn row(&self, id: &str) -> &Row {
        self.rows.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("no {id} in {:?}", self.rows))
    }

    /// Fails unless as many rows were read and refused as stand in the file.
    fn adds_up(&self, rows: usize) {
        assert_eq!(self.tally.read + self.tally.refused, rows, "{:?} {:?}", self.tally, self.refused);
        assert_eq!(self.refused.len(), self.tally.refused);
    }
}

fn read_path(path: &Path, format: Option<Format>, columns: Option<&str>, known: &[&str]) -> dalil::Result<Read> {
    let columns = columns.map(Columns::parse).transpose()?;
    let source = source::open(path, format, columns.as_ref())?;
    let mut read = Read { format: source.format(), rows: Vec::new(), refused: Vec::new(), tally: Tally::default() };
    source.read(Rank::Plain, &|id| known.contains(&id), &mut |row| {
        read.tally.count(&row);
        match row {
            Ok(row) => read.rows.extend(row),
            Err(error) => read.refused.push(error.to_string()),
        }
        Ok(())
    })?;
    Ok(read)
}

fn read_as(name: &str, content: &[u8], columns: Option<&str>, known: &[&str]) -> dalil::Result<Read> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    read_path(&path, None, columns, known)
}

fn read(name: &str, content: &str) -> Read {
    read_as(name, content.as_bytes(), None, &[]).unwrap()
}

fn names(row: &Row) -> Vec<String> {
    row.names.iter().map(|(lang, name)| format!("{lang}:{name}")).collect()
}

//! Gazetteer files → rows, every bad line refused with its number and reason.

use std::path::Path;

use crate::error::{Error, Result};

use super::compile::{compile, merge};
use super::row::{self, Row};
use super::table::Table;

/// Rows of a file and the lines that were refused; `read + refused` is the number of data lines.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Rows that were understood.
    pub rows: Vec<Row>,
    /// One error a refused line.
    pub refused: Vec<Error>,
}

/// Parses the text of a file in the format of `base.tsv`.
pub fn rows(file: &str, content: &str) -> Loaded {
    let mut loaded = Loaded::default();
    for (index, line) in content.lines().enumerate() {
        match row::parse(line) {
            Ok(Some(row)) => loaded.rows.push(row),
            Ok(None) => {}
            Err(fault) => {
                loaded.refused.push(Error::Line { file: file.to_owned(), line: index + 1, found: fault.found, expected: fault.expected });
            }
        }
    }
    loaded
}

/// Opens a gazetteer file: a compiled table, or rows to compile.
///
/// # Errors
/// [`Error::File`] when it cannot be read, [`Error::Gazetteer`] when a compiled one is damaged,
/// the first refused line when no row of it could be read.
pub fn open(path: &Path) -> Result<(Table, Vec<Error>)> {
    let bytes = std::fs::read(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    let name = path.display().to_string();
    if bytes.starts_with(&super::compile::MAGIC) {
        return Ok((Table::from_vec(&name, &bytes)?, Vec::new()));
    }
    let mut loaded = rows(&name, &String::from_utf8_lossy(&bytes));
    if loaded.rows.is_empty() {
        let refused = if loaded.refused.is_empty() { None } else { Some(loaded.refused.swap_remove(0)) };
        return Err(refused.unwrap_or(Error::Gazetteer {
            name,
            found: "no rows".to_owned(),
            expected: "rows of eleven tab-separated columns".to_owned(),
        }));
    }
    Ok((table(&name, loaded.rows)?, loaded.refused))
}

/// Compiles rows to a table in memory.
///
/// # Errors
/// [`Error::Gazetteer`] should the compiled bytes not open (they always do).
pub fn table(name: &str, rows: Vec<Row>) -> Result<Table> {
    Table::from_vec(name, &compile(&merge(rows)))
}

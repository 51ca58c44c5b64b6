//! Gazetteer files → rows, every bad line refused with its number and reason.

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

use super::compile::compile;
use super::format::MAGIC;
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

/// Opens a gazetteer file: a compiled table, which is mapped, or rows to compile.
///
/// # Errors
/// [`Error::File`] when it cannot be read, [`Error::Gazetteer`] when it is a damaged table or neither a table nor text,
/// the first refused line when no row of it could be read.
pub fn open(path: &Path) -> Result<(Table, Vec<Error>)> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    (&mut file).take(MAGIC.len() as u64).read_to_end(&mut bytes).map_err(failed)?;
    if bytes == MAGIC {
        return Ok((Table::map(path)?, Vec::new()));
    }
    file.read_to_end(&mut bytes).map_err(failed)?;
    let name = path.display().to_string();
    let refuse =
        |found: &str, expected: &str| Error::Gazetteer { name: name.clone(), found: found.to_owned(), expected: expected.to_owned() };
    if bytes.contains(&0) {
        return Err(refuse("neither a table nor text", "a table made by «dalil gazetteer build», or rows of eleven tab-separated columns"));
    }
    let mut loaded = rows(&name, &String::from_utf8_lossy(&bytes));
    if loaded.rows.is_empty() {
        let refused = if loaded.refused.is_empty() { None } else { Some(loaded.refused.swap_remove(0)) };
        return Err(refused.unwrap_or_else(|| refuse("no rows", "rows of eleven tab-separated columns")));
    }
    Ok((table(&name, loaded.rows)?, loaded.refused))
}

/// Compiles rows to a table in memory.
///
/// # Errors
/// [`Error::Gazetteer`] should the compiled bytes not open (they always do).
pub fn table(name: &str, rows: Vec<Row>) -> Result<Table> {
    Table::from_vec(name, compile(rows))
}

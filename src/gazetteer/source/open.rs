//! A file opened for its format, and the way its rows are handed on.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::gazetteer::row::{self, Fault, Row};

use super::delimited::{self, Layout};
use super::mapping::{Mapping, fault};
use super::{Columns, Format, Rank, geojson, geonames, stream, wof};

/// Takes what each row gives: a place (or names for one), nothing that is a place or name, or why it is refused.
pub type Sink<'a> = &'a mut dyn FnMut(Result<Option<Row>>) -> Result<()>;

/// True for the identifier of a place that was read before.
pub type Known<'a> = &'a dyn Fn(&str) -> bool;

/// Refuses a row that has no coordinates and adds to no place that has.
pub(super) fn placed(row: Row, is_known: Known<'_>) -> std::result::Result<Row, Fault> {
    if row.lat.is_none() && !is_known(&row.id) {
        return Err(fault(format!("no coordinates for {}", row.id), "coordinates, or a place of that id in another file"));
    }
    Ok(row)
}

/// A file whose format is known.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    format: Format,
    /// Of tables with a header.
    table: Option<(Layout, Mapping)>,
    columns: Option<Columns>,
}

/// Recognises a file, or takes it for the format and columns given.
///
/// # Errors
/// [`Error::File`] when it cannot be read; [`Error::Value`] when it is empty, or a table whose columns cannot be told.
pub fn open(path: &Path, format: Option<Format>, columns: Option<&Columns>) -> Result<Source> {
    let head = stream::head(path)?;
    let name = path.display().to_string();
    if head.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::value(&name, "nothing", "rows of a gazetteer"));
    }
    let seen = Format::recognise(&head);
    let format = format.unwrap_or(seen);
    let table = match format {
        Format::Csv | Format::Pcodes => {
            let text = String::from_utf8_lossy(&head);
            let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
            let layout = Layout::of_header(first);
            Some((layout, Mapping::of_header(&name, &header(layout, first), columns)?))
        }
        _ => None,
    };
    Ok(Source { path: path.to_owned(), format, table, columns: columns.cloned() })
}

fn header(layout: Layout, line: &str) -> Vec<String> {
    layout.cells(line).unwrap_or_default().iter().map(|cell| cell.trim().to_owned()).collect()
}

impl Source {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// When this file is read among others: places, then rows without coordinates, then parents, then names.
    pub fn turn(&self) -> u8 {
        match self.format {
            Format::Hierarchy => 2,
            Format::AlternateNames => 3,
            _ => u8::from(self.table.as_ref().is_some_and(|(_, mapping)| !mapping.has_points())),
        }
    }

    /// Reads all rows, one after the other. Of alternate names, those of one rank. `is_known` says of an identifier that a file
    /// read before gave it a place: a row without coordinates adds to such a place, or is refused.
    ///
    /// # Errors
    /// [`Error::File`] when the file cannot be read to its end; what the sink fails with.
    pub fn read(&self, rank: Rank, is_known: Known<'_>, sink: Sink<'_>) -> Result<()> {
        let all = &|_: usize, _: &[&str]| false;
        let path = &self.path;
        match self.format {
            Format::Dalil => {
                let parse = &mut |record: &[&str]| row::parse(&record.join("\t"));
                delimited::read(path, Layout::TabsWithComments, all, parse, sink)
            }
            Format::Geonames => delimited::read(path, Layout::Tabs, all, &mut geonames::place, sink),
            Format::AlternateNames => {
                delimited::read(path, Layout::Tabs, all, &mut |r| Ok(geonames::name(r, rank)?.filter(|row| is_known(&row.id))), sink)
            }
            Format::Hierarchy => delimited::read(path, Layout::Tabs, all, &mut |r| geonames::link(r).map(|_| None), sink),
            Format::Wof => wof::read(path, sink),
            Format::Csv | Format::Pcodes => self.read_table(is_known, sink),
            Format::Geojson | Format::LinkedPlaces => geojson::read(path, self.format, self.columns.as_ref(), is_known, sink),
        }
    }

    fn read_table(&self, is_known: Known<'_>, sink: Sink<'_>) -> Result<()> {
        let Some((layout, mapping)) = &self.table else { return Ok(()) };
        // HXL: a second header line of tags (#adm1+code).
        let is_tags = |record: &[&str]| {
            let mut filled = record.iter().filter(|c| !c.trim().is_empty()).peekable();
            filled.peek().is_some() && filled.all(|c| c.trim().starts_with('#'))
        };
        let skip = |index: usize, record: &[&str]| index == 0 && mapping.has_header || index <= 1 && is_tags(record);
        let parse = &mut |record: &[&str]| {
            let row = mapping.row(record, None)?;
            placed(row, is_known).map(Some)
        };
        delimited::read(&self.path, *layout, &skip, parse, sink)
    }
}

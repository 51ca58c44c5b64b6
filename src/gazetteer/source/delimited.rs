//! Tables of cells: tab-separated without quotes, or separated by commas or semicolons with them.
//!
//! Lines are cut here and not by a crate: each refused row is told with its own line, behind comments, blank lines and
//! cells of several lines too, and a quote that is never closed costs one row, not the rest of the file.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::error::{Error, Result};
use crate::gazetteer::row::{Fault, Row};

use super::Sink;
use super::mapping::fault;
use super::stream::{self, Watched};

/// Lines that one quoted cell may go over: notes have paragraphs, a forgotten quote has no end.
const MAX_QUOTED_LINES: usize = 50;

/// How the cells of a line are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Tabs, nothing quoted: names of places begin with quotation marks.
    Tabs,
    /// Tabs, lines that begin with «#» are comments.
    TabsWithComments,
    /// This separator, cells quoted where they must be.
    Quoted(char),
}

impl Layout {
    /// The layout of a header line: the separator that stands in it most often.
    pub(super) fn of_header(line: &str) -> Layout {
        let count = |c: char| line.matches(c).count();
        match (count('\t'), count(','), count(';')) {
            (tabs, commas, semicolons) if tabs > 0 && tabs >= commas.max(semicolons) => Layout::Tabs,
            (_, commas, semicolons) if semicolons > commas => Layout::Quoted(';'),
            _ => Layout::Quoted(','),
        }
    }

    /// The cells of a record; nothing when a quote in it is not closed.
    pub(super) fn cells(self, record: &str) -> Option<Vec<Cow<'_, str>>> {
        let Layout::Quoted(separator) = self else { return Some(record.split('\t').map(Cow::Borrowed).collect()) };
        let mut cells = Vec::new();
        let mut rest = Some(record);
        while let Some(text) = rest {
            let Some(quoted) = text.trim_start_matches(' ').strip_prefix('"') else {
                let (cell, after) = text.split_once(separator).map_or((text, None), |(cell, after)| (cell, Some(after)));
                cells.push(Cow::Borrowed(cell));
                rest = after;
                continue;
            };
            let mut cell = String::new();
            let mut inside = quoted;
            let behind = loop {
                let (part, after) = inside.split_once('"')?;
                cell.push_str(part);
                match after.strip_prefix('"') {
                    Some(more) => {
                        cell.push('"');
                        inside = more;
                    }
                    None => break after,
                }
            };
            // What stands between the closing quote and the separator belongs to the cell.
            let (tail, after) = behind.split_once(separator).map_or((behind, None), |(tail, after)| (tail, Some(after)));
            cell.push_str(tail);
            cells.push(Cow::Owned(cell));
            rest = after;
        }
        Some(cells)
    }
}

/// What a row gives: a place, or nothing that is a name or a place.
pub(super) type Parsed = std::result::Result<Option<Row>, Fault>;

/// Reads all rows of a table; `skip` says of a record that it is no row of data (a header, a line of tags).
///
/// # Errors
/// [`Error::File`] when the file cannot be read to its end; what the sink fails with.
pub(super) fn read(
    path: &Path,
    layout: Layout,
    skip: &dyn Fn(usize, &[&str]) -> bool,
    parse: &mut dyn FnMut(&[&str]) -> Parsed,
    sink: Sink<'_>,
) -> Result<()> {
    let file = path.display().to_string();
    let (watched, _) = Watched::new(stream::open(path)?, true);
    let mut lines = Lines { reader: BufReader::with_capacity(stream::HEAD_BYTES, watched), line: 0, pending: VecDeque::new() };
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut index = 0;
    while let Some((line, first)) = lines.next().map_err(failed)? {
        let is_comment = layout == Layout::TabsWithComments && first.starts_with(b"#");
        if is_comment || first.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record = lines.record(layout, line, first).map_err(failed)?;
        let parsed = text(&record).and_then(|text| {
            let cells = layout.cells(text).ok_or_else(|| fault("a quote that is not closed", "a closing quote"))?;
            let cells: Vec<&str> = cells.iter().map(Cow::as_ref).collect();
            if skip(index, &cells) { Ok(None) } else { parse(&cells).map(Some) }
        });
        index += 1;
        let row = match parsed {
            Ok(None) => continue,
            Ok(Some(row)) => Ok(row),
            Err(fault) => Err(Error::Line { file: file.clone(), line, found: fault.found, expected: fault.expected }),
        };
        sink(row)?;
    }
    Ok(())
}

fn text(record: &[u8]) -> std::result::Result<&str, Fault> {
    std::str::from_utf8(record).map_err(|error| {
        let before = record.get(..error.valid_up_to()).unwrap_or_default();
        fault(format!("bytes that are no UTF-8 behind «{}»", tail(&String::from_utf8_lossy(before))), "UTF-8")
    })
}

/// The last letters, enough to find them.
fn tail(text: &str) -> String {
    const SHOWN: usize = 20;
    text.chars().skip(text.chars().count().saturating_sub(SHOWN)).collect()
}

/// The lines of a file with their numbers, and those that were looked at and given back.
struct Lines<R> {
    reader: R,
    line: usize,
    pending: VecDeque<(usize, Vec<u8>)>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> std::io::Result<Option<(usize, Vec<u8>)>> {
        if let Some(line) = self.pending.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        if self.reader.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.line += 1;
        let end = bytes.strip_suffix(b"\n").map_or(bytes.len(), |b| b.strip_suffix(b"\r").unwrap_or(b).len());
        bytes.truncate(end);
        Ok(Some((self.line, bytes)))
    }

    /// A line with those that its open quote reaches over; where the quote is never closed, the line alone.
    fn record(&mut self, layout: Layout, line: usize, first: Vec<u8>) -> std::io::Result<Vec<u8>> {
        let is_open = |record: &[u8]| std::str::from_utf8(record).is_ok_and(|text| layout.cells(text).is_none());
        if !matches!(layout, Layout::Quoted(_)) || !is_open(&first) {
            return Ok(first);
        }
        let mut record = first.clone();
        let mut taken = Vec::new();
        while taken.len() < MAX_QUOTED_LINES {
            let Some((number, more)) = self.next()? else { break };
            record.push(b'\n');
            record.extend(&more);
            taken.push((number, more));
            if !is_open(&record) {
                return Ok(record);
            }
        }
        debug_assert!(taken.first().is_none_or(|(number, _)| *number > line), "lines are taken in order");
        for line in taken.into_iter().rev() {
            self.pending.push_front(line);
        }
        Ok(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(record: &str) -> Option<Vec<String>> {
        Layout::Quoted(',').cells(record).map(|cells| cells.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn quotes_hold_separators_and_quotes() {
        assert_eq!(cells("a,\"b,\"\"c\"\"\",,d").unwrap(), ["a", "b,\"c\"", "", "d"]);
        assert_eq!(cells("5\" pipe,\"\"").unwrap(), ["5\" pipe", ""]);
        assert_eq!(cells("a,\"b"), None);
        assert_eq!(Layout::Tabs.cells("\"a\tb").unwrap(), ["\"a", "b"]);
    }

    #[test]
    fn the_separator_is_the_most_frequent() {
        assert_eq!(Layout::of_header("a\tb,c"), Layout::Tabs);
        assert_eq!(Layout::of_header("a;b,c;d"), Layout::Quoted(';'));
        assert_eq!(Layout::of_header("name"), Layout::Quoted(','));
    }
}

//! Rows in text files: commas, semicolons, tabs or bars between cells.

use csv::{ReaderBuilder, StringRecord};

use super::columns::{Fields, ROWS_ABOVE, head};
use super::row::Sheet;
use crate::document::{Columns, Each, File, Kind, Why, decode, refused};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows that are looked at to find the delimiter.
const LOOKED_AT: usize = ROWS_ABOVE + 10;

/// The documents of a table.
pub(in crate::document) fn documents(file: File, each: Each) -> bool {
    let content = match decode(file.bytes) {
        Ok(content) => content,
        Err(reason) => return each(Err(file.refused(Why::Unknown, reason))),
    };
    let (delimiter, content, skipped) = match told(&content) {
        Some((delimiter, rest)) => (delimiter, rest, 1),
        None => (delimiter_of(&content, &file.options.columns), content.as_str(), 0),
    };
    let first = start(content, delimiter);
    let rows: Vec<&[String]> = first.iter().map(Vec::as_slice).collect();
    let (at, fields) = match head(&rows, &file.options.columns) {
        Ok(found) => found,
        Err(reason) => return each(Err(file.refused(Why::Record, reason))),
    };
    let sheet = Sheet { file, name: None, kind: Kind::Csv, fields, is_from_1904: false };
    let bytes = content.as_bytes();
    let mut reader = reader(content, delimiter);
    let mut record = StringRecord::new();
    let mut index = 0;
    let (mut line, mut counted) = (1 + skipped, 0);
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return true,
            Err(e) => return each(Err(refused(file.name, Why::Damaged, e.to_string()))),
        }
        index += 1;
        if index <= at + 1 {
            continue;
        }
        // The library's count of lines lags behind where they end with two signs.
        let begins = record.position().map_or(counted, |p| p.byte() as usize);
        let begins = begins + bytes.get(begins..).map_or(0, |rest| rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count());
        line += bytes.get(counted..begins).map_or(0, |passed| memchr::memchr_iter(b'\n', passed).count()) as u32;
        counted = begins;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let goes_on = sheet.document(line, &cells).is_none_or(&mut *each);
        if !goes_on {
            return false;
        }
    }
}

/// Whether a text that begins so is a table of reports: a head with a column of texts and another one, and a row of as many cells.
pub(in crate::document) fn is_table(start_of_text: &str) -> bool {
    let (delimiters, content): (&[u8], &str) = match told(start_of_text) {
        Some((delimiter, rest)) => (&[delimiter], rest),
        None => (&DELIMITERS, start_of_text),
    };
    delimiters.iter().any(|delimiter| {
        let mut rows = start(content, *delimiter).into_iter().filter(|row| row.iter().any(|c| !c.trim().is_empty()));
        let (Some(head), row) = (rows.next(), rows.next()) else { return false };
        let is_head = Fields::known(head.iter().map(String::as_str)).is_some_and(|fields| fields.count() > 1);
        // A long first row may be cut by the end of what is looked at.
        is_head && row.is_none_or(|row| row.len() == head.len() || row.len() > 1)
    })
}

/// The delimiter that a file of Excel's begins with, and the rest: `sep=;`.
fn told(content: &str) -> Option<(u8, &str)> {
    let (first, rest) = content.split_once('\n')?;
    let delimiter = first.trim().trim_matches('"').to_ascii_lowercase().strip_prefix("sep=").map(str::to_owned)?;
    match delimiter.as_bytes() {
        [delimiter] => Some((*delimiter, rest)),
        // The line of a tab was trimmed.
        [] => Some((b'\t', rest)),
        _ => None,
    }
}

/// The delimiter by which a head of a table is found with most fields, else the one that makes most cells of the first rows.
fn delimiter_of(content: &str, columns: &Columns) -> u8 {
    let fit = |delimiter: &u8| {
        let rows = start(content, *delimiter);
        let views: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let fields = head(&views, columns).map_or(0, |(_, fields)| fields.count());
        let cells = rows.iter().map(Vec::len).min().unwrap_or(0);
        (fields, cells)
    };
    DELIMITERS.into_iter().rev().max_by_key(fit).unwrap_or(b',')
}

fn reader(content: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(content.as_bytes())
}

/// The first rows.
fn start(content: &str, delimiter: u8) -> Vec<Vec<String>> {
    let records = reader(content, delimiter).into_records().take(LOOKED_AT).flatten();
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_from_prose() {
        for table in ["id,text\n1,Gao\n", "sep=;\r\ntext;date\r\nGao;2022\r\n", "النص\tالتاريخ\nغاو\t2022\n", "title|body|url\na|b|c\n"]
        {
            assert!(is_table(table), "{table}");
        }
        for prose in ["Text, title and date of the report\n\nGao fell.", "Gao; Kidal\n", "text\nGao\n", "", "Notes,\n"] {
            assert!(!is_table(prose), "{prose}");
        }
    }
}

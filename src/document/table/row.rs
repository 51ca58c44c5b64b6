//! A row of a table → a document.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Fields;
use crate::document::said::said;
use crate::document::{At, Basis, Document, File, Found, Kind, Origin, Published, Why, published, refused};
use crate::text::Span;

/// Days as spreadsheets count them: 1954 to 2119. Smaller numbers are years and counts, larger ones are days without hyphens.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;
/// Days from the first day of the count of 1900 to that of 1904.
const DAYS_TO_1904: f64 = 1462.0;

/// A table, as its rows see it.
pub(super) struct Sheet<'a> {
    pub(super) file: File<'a>,
    /// Its name, when a workbook has several.
    pub(super) name: Option<&'a str>,
    pub(super) kind: Kind,
    pub(super) fields: Fields,
    /// Days are counted from 1904, not from 1900.
    pub(super) is_from_1904: bool,
}

impl Sheet<'_> {
    /// The document of a row, none when nothing stands in it.
    pub(super) fn document(&self, number: u32, cells: &[String]) -> Option<Found> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let part = self.name.map_or_else(|| number.to_string(), |name| format!("{name}!{number}"));
        let refuse = |reason: String| refused(&format!("{}:{part}", self.file.name), Why::Record, reason);
        let cell = |field: &str| self.fields.of(field).and_then(|at| cells.get(at)).map(String::as_str).unwrap_or_default();
        let text = paragraphs(cell("text"));
        if text.is_empty() {
            return Some(Err(refuse("has no text in its column of texts".to_owned())));
        }
        let published = match self.published(cell("published")) {
            Ok(published) => published,
            Err(reason) => return Some(Err(refuse(reason))),
        };
        let id = said(cell("id"));
        let origins = vec![Origin { span: Span { start: 0, end: text.len() as u32 }, at: At::Line(number) }];
        Some(Ok(Document {
            title: said(cell("title")),
            source: said(cell("source")),
            author: said(cell("author")),
            url: said(cell("url")),
            lang: said(cell("lang")),
            part: if id.is_some() { String::new() } else { part },
            id,
            published,
            text,
            kind: self.kind,
            origins,
            ..Document::default()
        }))
    }

    fn published(&self, written: &str) -> Result<Option<Published>, String> {
        // «n/a» and dashes say nothing.
        if !written.chars().any(char::is_numeric) {
            return Ok(None);
        }
        if let Some(day) = written.trim().parse().ok().and_then(|serial| of_serial(serial, self.is_from_1904)) {
            return Ok(Some(Published { day, at: day.to_string(), basis: Basis::Given }));
        }
        // «September 6, 2022 Tuesday»: what follows a day is none of it.
        let mut shorter = written.trim();
        loop {
            if let Some(found) = published(shorter, Basis::Given) {
                return Ok(Some(found));
            }
            match shorter.rsplit_once(char::is_whitespace) {
                Some((start, _)) => shorter = start.trim_end(),
                None => return Err(format!("published: found «{}», expected a date such as 2022-09-06", written.trim())),
            }
        }
    }
}

/// The day of a spreadsheet's number.
pub(super) fn of_serial(serial: f64, is_from_1904: bool) -> Option<Date> {
    let serial = if is_from_1904 { serial + DAYS_TO_1904 } else { serial };
    // The count of 1900 has a 29 February of that year, so it begins a day early.
    let first = Date::constant(1899, 12, 30);
    SERIALS.contains(&serial).then(|| first.checked_add((serial as i64).days()).ok()).flatten()
}

/// A cell's lines as paragraphs.
fn paragraphs(cell: &str) -> String {
    let cell = cell.replace("_x000D_", "");
    let lines = cell.split(['\n', '\r']).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets_are_days() {
        let day = |serial, is_from_1904| of_serial(serial, is_from_1904).map(|d| d.to_string());
        assert_eq!(day(44_810.0, false).as_deref(), Some("2022-09-06"));
        assert_eq!(day(44_810.9, false).as_deref(), Some("2022-09-06"));
        assert_eq!(day(43_348.0, true).as_deref(), Some("2022-09-06"));
        assert_eq!(day(2022.0, false), None);
        assert_eq!(day(20_220_906.0, false), None);
    }
}

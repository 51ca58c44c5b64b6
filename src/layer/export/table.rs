//! Features as comma-separated values (RFC 4180), for spreadsheets.

use std::io::{self, Write};

use serde_json::Value;

use super::about::About;
use super::columns::Columns;
use super::row::Row;
use super::sink::{LeftOut, Sink};

/// HXL's hashtags by column, for the row below the heads; columns that it has no word for stay empty.
const HASHTAGS: [(&str, &str); 40] = [
    ("id", "#event+id"),
    ("lon", "#geo+lon"),
    ("lat", "#geo+lat"),
    ("event_type", "#event+type"),
    ("sub_event_type", "#event+subtype"),
    ("disorder_type", "#event+disorder"),
    ("status", "#status"),
    ("date_start", "#date+occurred+start"),
    ("date_end", "#date+occurred+end"),
    ("place_name", "#loc+name"),
    ("place_surface", "#loc+name+text"),
    ("gazetteer_id", "#loc+code"),
    ("geo_precision", "#geo+precision"),
    ("radius_m", "#geo+radius+m"),
    ("country", "#country+code+v_iso2"),
    ("country_a3", "#country+code+v_iso3"),
    ("admin1", "#adm1+name"),
    ("admin2", "#adm2+name"),
    ("other_places", "#loc+list+other"),
    ("toll_shared", "#affected+shared"),
    ("actor1", "#group+name+actor1"),
    ("actor2", "#group+name+actor2"),
    ("claimed_by", "#group+name+claimed"),
    ("killed_low", "#affected+killed+min"),
    ("killed_best", "#affected+killed"),
    ("killed_high", "#affected+killed+max"),
    ("killed_civilians", "#affected+killed+civilians"),
    ("injured_best", "#affected+injured"),
    ("abducted_best", "#affected+abducted"),
    ("missing_best", "#affected+missing"),
    ("displaced_best", "#affected+displaced"),
    ("displaced_households_best", "#affected+displaced+hh"),
    ("arrested_best", "#affected+arrested"),
    ("crowd_low", "#affected+crowd+min"),
    ("attribution", "#meta+source+told"),
    ("source", "#meta+source"),
    ("url", "#meta+url"),
    ("published", "#date+reported"),
    ("lang", "#meta+lang"),
    ("notes", "#description"),
];

/// One row a feature: identifier, longitude, latitude, then its properties; what is nested stays JSON.
pub(super) struct Table {
    columns: Columns,
    has_tags: bool,
    has_bom: bool,
}

impl Table {
    /// With `has_tags` the hashtags of the Humanitarian Exchange Language stand in the second row.
    pub(super) fn new(about: &About, has_tags: bool) -> Table {
        Table { columns: about.columns.clone(), has_tags, has_bom: about.has_bom }
    }
}

impl Sink for Table {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let names: Vec<&str> = self.columns.names().collect();
        head(&names, self.has_bom, out)?;
        if self.has_tags {
            let tag = |column: &&str| HASHTAGS.iter().find(|(name, _)| name == column).map_or("", |(_, tag)| *tag).to_owned();
            out.write_all(line(names.iter().map(tag)).as_bytes())?;
        }
        Ok(())
    }

    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        let cells = self.columns.values(row).map(|value| cell(value.as_deref().unwrap_or(&Value::Null)));
        out.write_all(line(cells).as_bytes())?;
        Ok(None)
    }
}

/// The first row, behind a byte order mark where one is asked for.
pub(super) fn head(names: &[&str], has_bom: bool, out: &mut dyn Write) -> io::Result<()> {
    let mark = if has_bom { "\u{FEFF}" } else { "" };
    write!(out, "{mark}{}", line(names.iter().map(|name| (*name).to_owned())))
}

/// A value as a cell: text made harmless, numbers and what is nested as JSON writes them.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        other => other.to_string(),
    }
}

/// Text that a spreadsheet would take for a formula begins with an apostrophe; so does text that would be taken for such text, so that
/// taking one apostrophe from before `=`, `+`, `-`, `@`, tab, line feed or carriage return gives back what was. Numbers stay.
pub(super) fn harmless(text: &str) -> String {
    let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\n', '\r']);
    if is_formula && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
}

/// Cells as a line, quoted where they must be.
pub(in crate::layer) fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = |cell: String| {
        if cell.contains(['"', ',', '\n', '\r', '\t']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_quotes_and_line_feeds_are_quoted() {
        let cells = ["x, \"y\"", "أول\nثان", "plain"].map(str::to_owned);
        assert_eq!(line(cells.into_iter()), "\"x, \"\"y\"\"\",\"أول\nثان\",plain\r\n");
    }

    #[test]
    fn formulas_are_harmless_and_numbers_are_left() {
        for (text, expected) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+33 6", "'+33 6"),
            ("- قال", "'- قال"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
            ("-5.25", "-5.25"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), expected, "{text}");
        }
        assert_eq!(cell(&serde_json::json!(-5.25)), "-5.25");
    }
}

//! Which format a file is in, by what stands in it.

use crate::error::{Error, Result};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own: eleven tab-separated columns, see `row`.
    Dalil,
    /// A GeoNames dump (`allCountries.txt`, `ML.txt`): 19 tab-separated columns.
    Geonames,
    /// GeoNames' `alternateNamesV2.txt`: names with language and flags, by id.
    AlternateNames,
    /// GeoNames' `hierarchy.txt`: parent, child, kind.
    Hierarchy,
    /// A table of Who's On First places with names by language.
    Wof,
    /// A table with a header, its columns mapped: comma, semicolon or tab.
    Csv,
    /// A table of administrative units with p-codes (OCHA COD-AB).
    Pcodes,
    /// GeoJSON: a collection, or one feature a line.
    Geojson,
    /// Linked Places 1.3: GeoJSON with `names`, `types` and `when`.
    LinkedPlaces,
}

/// Formats by the name that `--format` takes.
const NAMES: [(&str, Format); 9] = [
    ("dalil", Format::Dalil),
    ("geonames", Format::Geonames),
    ("alternate-names", Format::AlternateNames),
    ("hierarchy", Format::Hierarchy),
    ("wof", Format::Wof),
    ("csv", Format::Csv),
    ("pcodes", Format::Pcodes),
    ("geojson", Format::Geojson),
    ("linked-places", Format::LinkedPlaces),
];

/// Columns of a GeoNames dump.
pub(super) const GEONAMES_COLUMNS: usize = 19;
/// Columns of `alternateNamesV2.txt`; the older file lacks the last two.
pub(super) const ALTERNATE_COLUMNS: [usize; 2] = [10, 8];
/// First column of the Who's On First table.
pub(super) const WOF_HEADER: &str = "wof_id";
/// Lines that are looked at: the first may be a broken one.
const LINES_SEEN: usize = 20;

impl Format {
    /// The format by its name.
    ///
    /// # Errors
    /// [`Error::Value`] that lists the names.
    pub fn from_name(name: &str) -> Result<Format> {
        let known = NAMES.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ");
        NAMES.iter().find(|(n, _)| *n == name).map(|(_, f)| *f).ok_or_else(|| Error::value("format", name, &known))
    }

    /// Its name, as `--format` takes it.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }

    /// Recognises a file by its first bytes; what has a header but no known one is a table whose columns are mapped.
    pub(super) fn recognise(head: &[u8]) -> Format {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches(['\u{FEFF}', '\u{1E}', ' ', '\n', '\r', '\t']);
        if text.starts_with(['{', '[']) {
            let is_linked = text.contains("\"@context\"") || text.contains("\"toponym\"");
            return if is_linked { Format::LinkedPlaces } else { Format::Geojson };
        }
        let lines: Vec<&str> = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).take(LINES_SEEN).collect();
        let first = lines.first().copied().unwrap_or_default();
        if first.split('\t').next() == Some(WOF_HEADER) {
            return Format::Wof;
        }
        if let Some(format) = lines.iter().find_map(|line| headless(line)) {
            return format;
        }
        if super::guess::has_pcodes(first) { Format::Pcodes } else { Format::Csv }
    }
}

/// The format of a line of a file without a header.
fn headless(line: &str) -> Option<Format> {
    let cells: Vec<&str> = line.split('\t').collect();
    let is_number = |at: usize| cells.get(at).is_some_and(|c| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit()));
    let is_degrees = |at: usize| cells.get(at).is_some_and(|c| c.parse::<f64>().is_ok());
    if cells.len() == GEONAMES_COLUMNS && is_number(0) && is_degrees(4) && is_degrees(5) {
        return Some(Format::Geonames);
    }
    if is_number(0) && is_number(1) {
        let is_code = |c: &&str| c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if ALTERNATE_COLUMNS.contains(&cells.len()) && cells.get(2).is_some_and(is_code) {
            return Some(Format::AlternateNames);
        }
        return (2..=3).contains(&cells.len()).then_some(Format::Hierarchy);
    }
    let has_id = cells.first().is_some_and(|id| id.contains(':') && !id.contains(' '));
    (cells.len() >= 11 && has_id && (is_degrees(6) && is_degrees(7) || cells[6].is_empty() && cells[7].is_empty())).then_some(Format::Dalil)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_stands_in_them() {
        let geonames = "2457163\tGao\tGao\t\t16.2\t-0.04\tP\tPPLA\tML\t\t09\t\t\t\t86353\t\t\tAfrica/Bamako\t2020-01-01\n";
        for (head, format) in [
            ("# mine\nmine:1\tX\tPPL\tML\t\t\t1.5\t1\t\t\t\n", Format::Dalil),
            (geonames, Format::Geonames),
            (&format!("broken\n{geonames}"), Format::Geonames),
            ("1\t2457163\tar\tغاو\t1\t\t\t\t\t\n", Format::AlternateNames),
            ("6255146\t2453866\tADM\n", Format::Hierarchy),
            ("wof_id\tgn_id\tname\n", Format::Wof),
            ("code,name,lat,lon\n", Format::Csv),
            ("admin1Name_en,admin1Pcode,admin0Pcode\n", Format::Pcodes),
            ("\u{1E}{\"type\":\"Feature\"}\n", Format::Geojson),
            ("{\"type\":\"FeatureCollection\",\"@context\":\"x\"}", Format::LinkedPlaces),
        ] {
            assert_eq!(Format::recognise(head.as_bytes()), format, "{head}");
        }
    }

    #[test]
    fn every_format_has_a_name() {
        for (name, format) in NAMES {
            assert_eq!((format.name(), Format::from_name(name).unwrap()), (name, format));
        }
        assert!(Format::from_name("xls").unwrap_err().to_string().contains("linked-places"));
    }
}

//! GeoNames' files: places in 19 columns, alternate names, hierarchy.
//!
//! **Source** of the columns: <https://download.geonames.org/export/dump/readme.txt>.

use crate::gazetteer::row::{Fault, Row, check};
use crate::text::fold::fold_phrase;

use super::delimited::Parsed;
use super::format::{ALTERNATE_COLUMNS, GEONAMES_COLUMNS};
use super::mapping::{degrees, fault, people};
use super::names::{add, is_code_of};

/// Which of the alternate names: later rows stand before earlier ones, so the preferred are read after the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Names without a flag, and historic and colloquial ones.
    Plain,
    /// Names flagged as preferred or short.
    Preferred,
}

/// «Languages» of alternate names that are no languages and whose values are no names.
const CODES: [&str; 11] = ["link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "nuts", "geot"];
/// «Languages» whose values are names in no one language.
const UNTAGGED: [&str; 2] = ["abbr", "piny"];
/// Names of the French revolution.
const REVOLUTION: &str = "fr_1793";

/// A line of a dump.
pub(super) fn place(record: &[&str]) -> Parsed {
    if record.len() != GEONAMES_COLUMNS {
        return Err(fault(format!("{} columns", record.len()), "19, as in a GeoNames dump"));
    }
    let cell = |at: usize| record.get(at).map_or("", |c| c.trim());
    let feature = match (cell(6), cell(7)) {
        ("P", "") => "PPL",
        ("A", "") => "ADMD",
        (_, code) => code,
    };
    let mut row = Row {
        id: format!("geonames:{}", number(cell(0))?),
        name: cell(1).to_owned(),
        feature: feature.to_owned(),
        country: cell(8).to_owned(),
        admin1: cell(10).to_owned(),
        admin2: cell(11).to_owned(),
        lat: degrees(cell(4), 90.0)?,
        lon: degrees(cell(5), 180.0)?,
        population: people(cell(14))?,
        ..Row::default()
    };
    if row.name.is_empty() {
        return Err(fault("no name", "a name in column 2"));
    }
    if row.lat.is_none() {
        return Err(fault("no coordinates", "latitude and longitude in columns 5 and 6"));
    }
    if fold_phrase(cell(2)) != fold_phrase(&row.name) {
        add(&mut row, "", cell(2));
    }
    for name in cell(3).split(',').filter(|n| !is_code_of(feature, n)) {
        add(&mut row, "", name);
    }
    check(&row)?;
    Ok(Some(row))
}

/// A line of `alternateNamesV2.txt`, as a row that adds its name to a place.
pub(super) fn name(record: &[&str], rank: Rank) -> Parsed {
    if !ALTERNATE_COLUMNS.contains(&record.len()) {
        return Err(fault(format!("{} columns", record.len()), "10, as in alternateNamesV2.txt"));
    }
    let cell = |at: usize| record.get(at).map_or("", |c| c.trim());
    number(cell(0))?;
    let id = number(cell(1))?;
    if cell(3).is_empty() {
        return Err(fault("no name", "a name in column 4"));
    }
    for at in 4..8 {
        if !matches!(cell(at), "" | "0" | "1") {
            return Err(fault(format!("flag «{}» in column {}", cell(at), at + 1), "1 or nothing"));
        }
    }
    let is = |at: usize| cell(at) == "1";
    let own = if is(4) || is(5) { Rank::Preferred } else { Rank::Plain };
    if CODES.contains(&cell(2)) || own != rank {
        return Ok(None);
    }
    // «ar-LY», «zh_TW»: the language counts.
    let lang = cell(2).split(['-', '_']).next().unwrap_or_default();
    let lang = match lang {
        _ if is(7) || cell(2) == REVOLUTION => "old",
        code if UNTAGGED.contains(&code) => "",
        code => code,
    };
    let mut row = Row { id: format!("geonames:{id}"), ..Row::default() };
    add(&mut row, lang, cell(3));
    Ok(Some(row))
}

/// A line of `hierarchy.txt`: parent and child.
pub(super) fn link(record: &[&str]) -> Result<(u32, u32), Fault> {
    if !(2..=3).contains(&record.len()) {
        return Err(fault(format!("{} columns", record.len()), "parent, child, kind"));
    }
    let cell = |at: usize| record.get(at).map_or("", |c| c.trim());
    let (parent, child) = (number(cell(0))?, number(cell(1))?);
    if parent == child {
        return Err(fault(format!("{parent} as its own parent"), "another place"));
    }
    Ok((parent, child))
}

fn number(cell: &str) -> Result<u32, Fault> {
    cell.parse().ok().filter(|n| *n > 0).ok_or_else(|| fault(format!("id «{cell}»"), "a GeoNames number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(line: &str) -> Vec<&str> {
        line.split('\t').collect()
    }

    #[test]
    fn a_line_of_a_dump_becomes_a_place() {
        let line = "2457163\tGao\tGao\tGA,غاو,Gawgaw\t16.27167\t-0.04472\tP\tPPLA\tML\t\t09\t\t\t\t86353\t\t226\tAfrica/Bamako\t2020-01-01";
        let row = place(&record(line)).unwrap().unwrap();
        assert_eq!((row.id.as_str(), row.population, row.names.len()), ("geonames:2457163", Some(86353), 3));
        let cut = line.replace("\t226", "");
        assert_eq!(place(&record(&cut)).unwrap_err().found, "18 columns");
        assert!(place(&record(&line.replace("-0.04472", "181"))).unwrap_err().found.contains("181"));
    }

    #[test]
    fn flags_and_codes_of_alternate_names_count() {
        let read = |line: &str, rank| name(&record(line), rank);
        let tagged = |line: &str, rank| read(line, rank).unwrap().map(|r| r.names[0].0.clone());
        assert_eq!(tagged("1\t9\tar\tغاو\t1\t\t\t\t\t", Rank::Preferred), Some("ar".to_owned()));
        assert_eq!(tagged("1\t9\tar\tغاو\t1\t\t\t\t\t", Rank::Plain), None);
        assert_eq!(tagged("1\t9\tfr\tSoudan français\t\t\t\t1\t\t", Rank::Plain), Some("old".to_owned()));
        assert_eq!(tagged("1\t9\twkdt\tQ1\t\t\t\t\t\t", Rank::Plain), None);
        assert_eq!(tagged("1\t9\tar-LY\tسرت\t\t\t\t\t\t", Rank::Plain), Some("ar".to_owned()));
        assert!(read("1\t9\tar\tغاو\tyes\t\t\t\t\t", Rank::Plain).is_err());
    }
}

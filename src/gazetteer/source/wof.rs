//! A table of Who's On First places, one row a place, names by language.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::error::{Error, Result};
use crate::gazetteer::row::{Fault, Row, check};

use super::delimited::{self, Layout, Parsed};
use super::mapping::{degrees, fault, people};
use super::names::{add, is_arabic, is_code_of, language};
use super::{Sink, stream};

/// Kinds of places and the GeoNames code that stands for them where the row has none.
/// A campus is nearly always an airport; those that are not are told by their names.
const FEATURES: [(&str, &str); 16] = [
    ("locality", "PPL"),
    ("neighbourhood", "PPLX"),
    ("macrohood", "PPLX"),
    ("microhood", "PPLX"),
    ("borough", "PPLX"),
    ("localadmin", "ADM3"),
    ("county", "ADM2"),
    ("region", "ADM1"),
    ("macroregion", "RGN"),
    ("country", "PCLI"),
    ("dependency", "PCLD"),
    ("empire", "PCL"),
    ("campus", "AIRP"),
    ("marinearea", "SEA"),
    ("ocean", "OCN"),
    ("continent", "CONT"),
];
/// Columns without which a row is nothing.
const NEEDED: [&str; 5] = ["wof_id", "placetype", "name", "lat", "lon"];
/// Columns of names and their tags, in order of trust.
const NAMES: [(&str, &str); 8] =
    [("ara", "ar"), ("ar", "ar"), ("fra", "fr"), ("fr", "fr"), ("eng", "en"), ("en", "en"), ("und", ""), ("other", "")];

/// Reads all rows of a table.
///
/// # Errors
/// [`Error::File`] when it cannot be read to its end, [`Error::Value`] when a needed column is missing.
pub(super) fn read(path: &Path, sink: Sink<'_>) -> Result<()> {
    let head = stream::head(path)?;
    let text = String::from_utf8_lossy(&head);
    let header = text.lines().next().unwrap_or_default();
    let columns: HashMap<&str, usize> = header.split('\t').enumerate().map(|(at, name)| (name, at)).collect();
    if let Some(missing) = NEEDED.iter().find(|n| !columns.contains_key(**n)) {
        return Err(Error::value(&path.display().to_string(), format!("no column {missing}"), &NEEDED.join(", ")));
    }
    let mut seen = HashSet::new();
    let parse = &mut |record: &[&str]| place(record, &columns, &mut seen);
    delimited::read(path, Layout::Tabs, &|index, _| index == 0, parse, sink)
}

fn place(record: &[&str], columns: &HashMap<&str, usize>, seen: &mut HashSet<u32>) -> Parsed {
    if record.len() != columns.len() {
        return Err(fault(format!("{} columns", record.len()), &format!("{}, as in the first line", columns.len())));
    }
    let cell = |name: &str| columns.get(name).and_then(|at| record.get(*at)).map_or("", |c| c.trim());
    let wof: u64 = cell("wof_id").parse().ok().ok_or_else(|| fault(format!("wof_id «{}»", cell("wof_id")), "a number"))?;
    let is_historic = cell("is_current") == "0";
    let mut row = Row {
        feature: feature(cell("placetype"), cell("fcode"), is_historic)?,
        country: cell("cc").to_owned(),
        admin1: cell("region_id").to_owned(),
        admin2: cell("county_id").to_owned(),
        lat: degrees(cell("lat"), 90.0)?,
        lon: degrees(cell("lon"), 180.0)?,
        population: people(cell("pop"))?,
        ..Row::default()
    };
    if row.lat.is_none() || row.lon.is_none() {
        return Err(fault("no coordinates", "latitude and longitude"));
    }
    name(&mut row, &cell, is_historic);
    if row.name.is_empty() {
        return Err(fault("no name", "a name in one of the columns of names"));
    }
    // Two rows of one table may claim one GeoNames place: the first has it, both stay.
    let geonames = cell("gn_id").parse::<u32>().ok().filter(|id| *id > 0 && seen.insert(*id));
    row.id = geonames.map_or_else(|| format!("wof:{wof}"), |id| format!("geonames:{id}"));
    check(&row)?;
    Ok(Some(row))
}

/// GeoNames' code; what is no more gets the code of its historic kind.
fn feature(placetype: &str, fcode: &str, is_historic: bool) -> std::result::Result<String, Fault> {
    let known = FEATURES.iter().find(|(kind, _)| *kind == placetype).map(|(_, code)| *code);
    let code = if fcode.is_empty() {
        known.ok_or_else(|| fault(format!("placetype «{placetype}»"), "a kind of place of Who's On First"))?
    } else {
        fcode
    };
    Ok(match code {
        code if is_historic && code.starts_with("PPL") => "PPLH".to_owned(),
        "ADM1" | "ADM2" | "ADM3" | "ADM4" if is_historic => format!("{code}H"),
        code => code.to_owned(),
    })
}

/// Names with their languages; all of a historic place are historic, codes of airports are none.
fn name<'a>(row: &mut Row, cell: &impl Fn(&str) -> &'a str, is_historic: bool) {
    let listed = NAMES.iter().flat_map(|(column, lang)| cell(column).split('|').map(move |name| (*lang, name.trim())));
    let listed: Vec<(&str, &str)> = listed.filter(|(_, n)| !n.is_empty() && !is_code_of(&row.feature, n)).collect();
    let primary = cell("name");
    let latin = || listed.iter().find(|(lang, _)| matches!(*lang, "en" | "fr")).map(|(_, n)| *n);
    let display =
        if primary.is_empty() || is_arabic(primary) { latin().or(Some(primary).filter(|p| !p.is_empty())) } else { Some(primary) };
    row.name = display.or(listed.first().map(|(_, n)| *n)).unwrap_or_default().to_owned();
    let tag = |lang: &'static str| if is_historic { "old" } else { lang };
    if primary != row.name {
        add(row, tag(language(primary, &row.country)), primary);
    }
    for (lang, name) in listed {
        let lang = if lang == "ar" && !is_arabic_script(name) { "" } else { lang };
        let tag = if is_historic { "old" } else { lang };
        add(row, tag, name);
    }
}

/// «Arabic» names in Latin letters are somebody's transliteration.
fn is_arabic_script(name: &str) -> bool {
    name.chars().any(crate::text::word::is_arabic)
}

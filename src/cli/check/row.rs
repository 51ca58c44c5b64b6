//! Rows of places: each by itself, then against the others, and the corrections against the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::gazetteer::row::{self, Row};
use crate::gazetteer::source::is_country;
use crate::text::fold::fold_phrase;

use super::file::File;

/// Columns of `base.tsv`, and of facts with their source and note.
const BASE_COLUMNS: usize = 11;
const FACT_COLUMNS: usize = 13;
const CORRECTION_COLUMNS: usize = 5;
/// Tags that a name may have.
const TAGS: [&str; 6] = ["", "ar", "fr", "en", "old", "short"];
/// Fields that a correction may name.
const FIELDS: [&str; 5] = ["display", "feature", "country", "admin1", "name"];
/// The widest place there is, a continent.
const MAX_RADIUS_M: u32 = 10_000_000;
/// Degrees that a place may lie beyond all others of its country: no country is so little known, and swapped coordinates lie farther.
const MAX_BEYOND: f64 = 4.0;
/// Countries with fewer places have no known spread.
const MIN_PLACES: usize = 10;
/// «No unit».
const NO_UNIT: &str = "00";

/// What is known of the folder as a whole.
#[derive(Default)]
struct World {
    base: BTreeSet<String>,
    ids: BTreeSet<String>,
    units: BTreeSet<(String, String)>,
    /// Latitudes and longitudes by country, sorted.
    spread: BTreeMap<String, [Vec<f64>; 2]>,
    features: BTreeSet<String>,
}

fn is_fact(file: &File) -> bool {
    file.is_under("facts")
}

/// Checks the files of places and the corrections.
pub(super) fn check(files: &mut [File]) {
    let mut world = World::default();
    for file in files.iter() {
        if file.is("feature_codes.tsv") {
            world.features.extend(file.rows().flat_map(|(_, l)| l.split(['\t', ' ']).skip(1)).map(str::to_owned));
        } else if file.is("base.tsv") || is_fact(file) {
            file.rows().filter_map(|(_, line)| row::parse(line).ok().flatten()).for_each(|row| world.learn(row, file.is("base.tsv")));
        } else if file.is("regions.tsv") {
            world.ids.extend(file.rows().filter_map(|(_, l)| l.split('\t').next()).map(str::to_owned));
        }
    }
    world.spread.values_mut().flatten().for_each(|side| side.sort_by(f64::total_cmp));
    for file in files.iter_mut() {
        if file.is("base.tsv") || is_fact(file) {
            check_rows(file, &world);
        } else if file.is("corrections.tsv") {
            check_corrections(file, &world);
        }
    }
}

impl World {
    fn learn(&mut self, row: Row, is_base: bool) {
        if let (Some(lat), Some(lon)) = (row.lat, row.lon) {
            let [lats, lons] = self.spread.entry(row.country.clone()).or_default();
            lats.push(lat);
            lons.push(lon);
        }
        // Some units of the first level in ISO 3166-2 are of the second in GeoNames.
        if matches!(row.feature.as_str(), "ADM1" | "ADM2") && !row.admin1.is_empty() {
            self.units.insert((row.country, row.admin1));
        }
        if is_base {
            self.base.insert(row.id.clone());
        }
        self.ids.insert(row.id);
    }

    /// True when all other places of the country lie far from this one, in latitude or longitude.
    fn is_beyond(&self, row: &Row) -> bool {
        let (Some(lat), Some(lon), Some(sides)) = (row.lat, row.lon, self.spread.get(&row.country)) else { return false };
        let beyond = |value: f64, sorted: &[f64]| match sorted {
            [first, second, .., before, end] if sorted.len() >= MIN_PLACES => {
                let low = if *first >= value { second } else { first };
                let high = if *end <= value { before } else { end };
                (low - value).max(value - high) > MAX_BEYOND
            }
            _ => false,
        };
        !row.country.is_empty() && (beyond(lat, &sides[0]) || beyond(lon, &sides[1]))
    }
}

fn check_rows(file: &mut File, world: &World) {
    let is_fact = is_fact(file);
    let columns = if is_fact { FACT_COLUMNS } else { BASE_COLUMNS };
    let mut seen = BTreeSet::new();
    let mut faults: Vec<(usize, String, String)> = Vec::new();
    for (number, line) in file.rows() {
        let mut fault = |what: String, expected: &str| faults.push((number, what, expected.to_owned()));
        let count = line.split('\t').count();
        if count != columns {
            fault(format!("{count} columns"), &format!("{columns}"));
            continue;
        }
        let row = match row::parse(line) {
            Ok(Some(row)) => row,
            Ok(None) => continue,
            Err(bad) => {
                fault(bad.found, &bad.expected);
                continue;
            }
        };
        if !seen.insert(row.id.clone()) {
            fault(format!("{} a second time", row.id), "an identifier once in a file");
        }
        if !row.country.is_empty() && !is_country(&row.country) {
            fault(format!("country «{}»", row.country), "a code of country_codes.tsv");
        }
        if !row.feature.is_empty() && !world.features.is_empty() && !world.features.contains(&row.feature) {
            fault(format!("feature «{}»", row.feature), "a code of feature_codes.tsv");
        }
        if row.radius_m.is_some_and(|r| r > MAX_RADIUS_M) {
            fault(format!("radius {} m", row.radius_m.unwrap_or_default()), "metres, less than a continent's");
        }
        names(&row, is_fact, &mut fault);
        if is_fact {
            against_others(&row, line, world, &mut fault);
        }
    }
    for (line, what, expected) in faults {
        file.fault(line, &what, &expected);
    }
}

fn names(row: &Row, is_fact: bool, fault: &mut dyn FnMut(String, &str)) {
    let mut seen = BTreeSet::new();
    for (lang, name) in &row.names {
        let folded = fold_phrase(name);
        if !TAGS.contains(&lang.as_str()) {
            fault(format!("name in language «{lang}»"), "ar, fr, en, old, short or nothing before the colon");
        }
        if folded.is_empty() {
            fault(format!("«{name}», in which no letter stays when it is folded"), "a name with letters");
        }
        // The packages spell a name in several scripts' letters; those are taken as they come.
        if is_fact && !lang.is_empty() && !seen.insert((lang, folded)) {
            fault(format!("«{lang}:{name}» a second time, folded"), "a spelling once");
        }
    }
}

/// Facts are written by hand: their units must exist, their points lie where their country is.
fn against_others(row: &Row, line: &str, world: &World, fault: &mut dyn FnMut(String, &str)) {
    let unit = (row.country.clone(), row.admin1.clone());
    let is_coded = world.units.range((row.country.clone(), String::new())..).next().is_some_and(|(country, _)| *country == row.country);
    if !matches!(row.admin1.as_str(), "" | NO_UNIT) && is_coded && !world.units.contains(&unit) {
        fault(format!("admin1 «{}»", row.admin1), &format!("the code of a unit of {}", row.country));
    }
    if world.is_beyond(row) {
        let point = format!("{}, {}", row.lat.unwrap_or_default(), row.lon.unwrap_or_default());
        fault(format!("{point}, far from all places of {}", row.country), "latitude, then longitude, of a point in the country");
    }
    if line.split('\t').nth(BASE_COLUMNS).is_none_or(str::is_empty) {
        fault(format!("{} without a source", row.id), "where the row comes from, in column 12");
    }
    if !world.base.contains(&row.id) && (row.lat.is_none() || row.feature.is_empty() || row.name.is_empty()) {
        fault(format!("{}, which base.tsv has not", row.id), "name, feature code and point of a new place");
    }
}

fn check_corrections(file: &mut File, world: &World) {
    let mut faults: Vec<(usize, String, String)> = Vec::new();
    for (number, line) in file.rows() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (what, expected) = match cells.as_slice() {
            [id, ..] if cells.len() == CORRECTION_COLUMNS && !world.ids.contains(*id) => (format!("id «{id}»"), "a place of the gazetteer"),
            [_, field, ..] if cells.len() == CORRECTION_COLUMNS && !FIELDS.contains(field) => {
                (format!("field «{field}»"), "display, feature, country, admin1 or name")
            }
            [_, _, _, _, ""] => ("no reason".to_owned(), "why, in column 5"),
            _ if cells.len() != CORRECTION_COLUMNS => (format!("{} columns", cells.len()), "5: id, field, found, wanted, reason"),
            _ => continue,
        };
        faults.push((number, what, expected.to_owned()));
    }
    for (line, what, expected) in faults {
        file.fault(line, &what, &expected);
    }
}

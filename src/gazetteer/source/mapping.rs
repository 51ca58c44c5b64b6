//! Cells under headers → a row. The same for tables and for the properties of features.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::gazetteer::row::{Fault, Row, check, parse_names};

use super::names::{add, language};
use super::shape::Shape;
use super::{Columns, alpha2, guess};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An identifier, and whose.
    Id(Option<&'static str>),
    Name,
    Feature,
    Country,
    Admin1,
    Admin2,
    Lat,
    Lon,
    Population,
    Radius,
    /// Names as our own files have them, `ar:…|fr:…`.
    Names,
    /// Names in a language, or in none.
    Tagged(String),
    /// The p-code of a unit of this level.
    UnitCode(u8),
    /// The name of a unit of this level, in a language.
    UnitName(u8, String),
}

/// Where in a record each thing stands.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    roles: Vec<(usize, Role)>,
    /// The first line is no row.
    pub(super) has_header: bool,
    /// Cells that a row of the table must have.
    width: Option<usize>,
    /// Before identifiers that are nobody's but the file's.
    namespace: String,
}

/// Bytes of the hash that names a row without an identifier: no two in a million meet by chance.
const HASH_BYTES: usize = 8;

pub(super) fn fault(found: impl Into<String>, expected: &str) -> Fault {
    Fault { found: found.into(), expected: expected.to_owned() }
}

/// Degrees of a cell; empty is none. A comma may stand for the point.
pub(super) fn degrees(cell: &str, limit: f64) -> std::result::Result<Option<f64>, Fault> {
    if cell.is_empty() {
        return Ok(None);
    }
    let value = cell.parse::<f64>().or_else(|_| cell.replacen(',', ".", 1).parse::<f64>());
    match value {
        Ok(value) if value.abs() <= limit => Ok(Some(value)),
        _ => Err(fault(format!("coordinate «{cell}»"), &format!("decimal degrees between -{limit} and {limit}"))),
    }
}

/// Inhabitants of a cell; nought is «not known».
pub(super) fn people(cell: &str) -> std::result::Result<Option<u32>, Fault> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse::<f64>() {
        Ok(count) if count >= 0.0 && count.is_finite() => Ok(Some(count as u32).filter(|c| *c > 0)),
        _ => Err(fault(format!("population «{cell}»"), "a whole number")),
    }
}

impl Mapping {
    /// The mapping of a table by its header, as given or guessed.
    pub(super) fn of_header(file: &str, header: &[String], columns: Option<&Columns>) -> Result<Mapping> {
        let mut mapping = Mapping::of_keys(file, header, columns)?;
        mapping.width = Some(header.len());
        if !mapping.has_name() {
            let found = format!("header «{}»", header.join(", "));
            return Err(Error::value(file, found, "a column of names: say which with --columns name=…,lat=…,lon=…"));
        }
        Ok(mapping)
    }

    /// The mapping of the properties of a feature.
    pub(super) fn of_keys(file: &str, keys: &[String], columns: Option<&Columns>) -> Result<Mapping> {
        let mut roles: Vec<(usize, Role)> = Vec::new();
        let mut has_header = true;
        match columns {
            Some(columns) => {
                has_header = !columns.are_numbers() || keys.iter().any(|k| columns.pairs.iter().any(|(_, c)| c == k));
                for (role, column) in &columns.pairs {
                    let at = keys.iter().position(|k| k.eq_ignore_ascii_case(column));
                    let at = at.or_else(|| column.parse::<usize>().ok()?.checked_sub(1).filter(|at| !has_header && *at < keys.len()));
                    let missing = || Error::value("columns", format!("«{column}»"), &format!("a column of {file}: {}", keys.join(", ")));
                    roles.push((at.ok_or_else(missing)?, role.clone()));
                }
            }
            None => {
                for (at, role) in keys.iter().enumerate().filter_map(|(at, key)| Some((at, guess::role(key)?))) {
                    let is_many = matches!(role, Role::Tagged(_) | Role::UnitName(..) | Role::Id(_));
                    if is_many || !roles.iter().any(|(_, known)| *known == role) {
                        roles.push((at, role));
                    }
                }
            }
        }
        let stem = Path::new(file).file_name().map_or_else(String::new, |n| n.to_string_lossy().to_lowercase());
        let stem = stem.split('.').next().unwrap_or_default();
        let namespace: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        Ok(Mapping { roles, has_header, width: None, namespace: if namespace.is_empty() { "file".to_owned() } else { namespace } })
    }

    fn has_name(&self) -> bool {
        self.roles.iter().any(|(_, r)| matches!(r, Role::Name | Role::Names | Role::Tagged(_) | Role::UnitName(..)))
    }

    /// True when the table has coordinates of its own.
    pub(super) fn has_points(&self) -> bool {
        [Role::Lat, Role::Lon].iter().all(|wanted| self.roles.iter().any(|(_, r)| r == wanted))
    }

    /// The row of a record, its place from the cells or from a shape; without either it has no coordinates.
    pub(super) fn row(&self, cells: &[&str], shape: Option<Shape>) -> std::result::Result<Row, Fault> {
        if let Some(width) = self.width.filter(|w| *w != cells.len()) {
            return Err(fault(format!("{} columns", cells.len()), &format!("{width}, as in the first line")));
        }
        let first = |wanted: &Role| {
            let mut found = self.roles.iter().filter(|(_, r)| r == wanted).map(|(at, _)| cells.get(*at).map_or("", |c| c.trim()));
            found.find(|c| !c.is_empty()).unwrap_or_default()
        };
        let mut row = Row {
            name: split(first(&Role::Name)).next().unwrap_or_default().to_owned(),
            feature: first(&Role::Feature).to_owned(),
            country: country(first(&Role::Country))?,
            admin1: first(&Role::Admin1).to_owned(),
            admin2: first(&Role::Admin2).to_owned(),
            population: people(first(&Role::Population))?,
            radius_m: people(first(&Role::Radius))?,
            lat: degrees(first(&Role::Lat), 90.0)?,
            lon: degrees(first(&Role::Lon), 180.0)?,
            ..Row::default()
        };
        if let Some(shape) = shape {
            (row.lon, row.lat) = (Some(shape.lon), Some(shape.lat));
            row.radius_m = row.radius_m.or(shape.radius_m);
        }
        let has_own_id = self.roles.iter().any(|(_, r)| matches!(r, Role::Id(_) | Role::Name));
        let unit = self.unit(cells, &mut row, !has_own_id);
        self.add_names(cells, &mut row)?;
        if row.name.is_empty() {
            row.name =
                row.names.iter().find(|(l, _)| l == "en" || l == "fr").or(row.names.first()).map_or_else(String::new, |(_, n)| n.clone());
            let name = row.name.clone();
            row.names.retain(|(lang, n)| *n != name || !lang.is_empty());
        }
        if row.name.is_empty() {
            return Err(fault("no name", "a name in one of the columns of names"));
        }
        row.id = unit.unwrap_or_else(|| self.id(cells, &row));
        check(&row)?;
        Ok(row)
    }

    /// Takes admin codes from the units; where the row *is* a unit (the deepest that has a p-code), also what it is. Returns its identifier.
    fn unit(&self, cells: &[&str], row: &mut Row, is_unit: bool) -> Option<String> {
        let codes = self.roles.iter().filter_map(|(at, role)| match role {
            Role::UnitCode(level) => Some((*level, cells.get(*at).map_or("", |c| c.trim()))),
            _ => None,
        });
        let codes: Vec<(u8, &str)> = codes.filter(|(_, code)| !code.is_empty()).collect();
        for (level, code) in &codes {
            match level {
                1 if row.admin1.is_empty() => (*code).clone_into(&mut row.admin1),
                2 if row.admin2.is_empty() => (*code).clone_into(&mut row.admin2),
                0 if row.country.is_empty() => alpha2(code).unwrap_or_default().clone_into(&mut row.country),
                _ => {}
            }
        }
        let (level, code) = codes.iter().max_by_key(|(level, _)| *level)?;
        if row.country.is_empty() {
            // A p-code begins with the code of its country, of two letters or three.
            let own = code.get(..2).and_then(alpha2).or_else(|| code.get(..3).and_then(alpha2));
            own.unwrap_or_default().clone_into(&mut row.country);
        }
        if !is_unit {
            return None;
        }
        if row.feature.is_empty() {
            row.feature = if *level == 0 { "PCLI".to_owned() } else { format!("ADM{level}") };
        }
        for (at, role) in &self.roles {
            if let Role::UnitName(of, lang) = role
                && of == level
            {
                for name in split(cells.get(*at).copied().unwrap_or_default()) {
                    add(row, lang, name);
                }
            }
        }
        Some(format!("pcode:{code}"))
    }

    fn add_names(&self, cells: &[&str], row: &mut Row) -> std::result::Result<(), Fault> {
        for (at, role) in &self.roles {
            let cell = cells.get(*at).copied().unwrap_or_default();
            match role {
                Role::Tagged(lang) if lang.is_empty() => {
                    for name in cell.split(['|', ';', ',']) {
                        add(row, "", name);
                    }
                }
                Role::Tagged(lang) => split(cell).for_each(|name| add(row, lang, name)),
                Role::Name => split(cell).for_each(|name| {
                    let lang = language(name, &row.country);
                    add(row, lang, name);
                }),
                Role::Names => parse_names(cell)?.iter().for_each(|(lang, name)| add(row, lang, name)),
                _ => {}
            }
        }
        Ok(())
    }

    /// The identifier: GeoNames' where there is one, else the file's own, else made of name and point.
    fn id(&self, cells: &[&str], row: &Row) -> String {
        let given = |space: Option<&'static str>| {
            let roles = self.roles.iter().filter(move |(_, r)| matches!(r, Role::Id(of) if *of == space));
            roles.map(|(at, _)| cells.get(*at).map_or("", |c| c.trim())).find(|c| !c.is_empty() && *c != "0").map(|c| (space, c))
        };
        let found = [Some("geonames"), None, Some("pcode"), Some("wof"), Some("wikidata")].into_iter().find_map(given);
        match found {
            Some((_, id)) if id.contains(':') => id.to_owned(),
            Some((space, id)) => format!("{}:{id}", space.unwrap_or(&self.namespace)),
            None => {
                let hash = Sha256::digest(format!("{}\t{:?}\t{:?}", row.name, row.lat, row.lon));
                let number = hash.iter().take(HASH_BYTES).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
                format!("{}:{number:016x}", self.namespace)
            }
        }
    }
}

/// Names in one cell.
fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['|', ';']).map(str::trim).filter(|n| !n.is_empty())
}

/// A code of two or three letters; a name of a country says nothing here and is no fault.
fn country(cell: &str) -> std::result::Result<String, Fault> {
    match alpha2(cell) {
        Some(code) => Ok(code.to_owned()),
        None if cell.is_empty() || cell.chars().count() > 3 => Ok(String::new()),
        None => Err(fault(format!("country «{cell}»"), "a code of ISO 3166-1, two letters or three")),
    }
}

//! What is known of each place but its keys, in columns as narrow as their largest number; texts once each.

use std::collections::HashMap;

use crate::gazetteer::format::{Tag, tag};
use crate::gazetteer::packed::{Writer, bits, push_varint};
use crate::gazetteer::row::Row;

use super::{COLUMNS, DEGREES_PER_UNIT, LAT_UNITS, LON_UNITS, Meta, SPARSE, column};

/// Namespaces of identifiers that are numbered; those of any further are written out.
const MAX_SPACES: usize = 250;

/// The columns of a table while it is compiled.
pub(super) struct Columns {
    rows: Vec<[u32; COLUMNS]>,
    sparse: [Vec<(u32, u32)>; SPARSE.len()],
    strings: Strings,
    units: Numbered<(String, String)>,
    countries: Numbered<String>,
    features: Numbered<String>,
    spaces: Numbered<String>,
    /// Countries and first-level units.
    heads: Vec<(String, String, u32)>,
}

impl Columns {
    pub(super) fn new(places: usize) -> Columns {
        let mut spaces = Numbered::default();
        // Number nought: the whole identifier is a text.
        spaces.number(String::new());
        Columns {
            rows: vec![[0; COLUMNS]; places],
            sparse: Default::default(),
            strings: Strings::default(),
            units: Numbered::default(),
            countries: Numbered::default(),
            features: Numbered::default(),
            spaces,
            heads: Vec::new(),
        }
    }

    pub(super) fn set(&mut self, record: u32, row: &Row, keys: usize) {
        let in_lang = |lang: &str| row.names.iter().find(|(l, _)| l == lang).map_or("", |(_, n)| n.as_str());
        let other = |name: &str| if name == row.name { 0 } else { name.len() };
        let mut extras = 0;
        let named = [in_lang("ar"), in_lang("fr"), in_lang("en")];
        for (number, name) in named.into_iter().enumerate().filter(|(_, n)| other(n) > 0) {
            let at = self.strings.add(name);
            self.sparse[number].push((record, at));
            extras |= 1 << number;
        }
        if let Some(radius) = row.radius_m.filter(|r| *r > 0) {
            self.sparse[named.len()].push((record, radius));
            extras |= 1 << named.len();
        }
        if super::is_area_head(&row.feature) {
            let unit = if row.feature == "ADM1" { row.admin1.clone() } else { String::new() };
            self.heads.push((row.country.clone(), unit, record));
        }
        let (space, id) = self.id(&row.id);
        let units =
            |degrees: Option<f64>, limit: u32| ((degrees.unwrap_or_default() / DEGREES_PER_UNIT).round() as i32 + limit as i32) as u32;
        let mut cells = [0; COLUMNS];
        cells[column::SPACE] = space;
        cells[column::ID] = id;
        cells[column::LAT] = units(row.lat, LAT_UNITS);
        cells[column::LON] = units(row.lon, LON_UNITS);
        cells[column::UNIT] = self.units.number((row.admin1.clone(), row.admin2.clone()));
        cells[column::COUNTRY] = self.countries.number(row.country.clone());
        cells[column::FEATURE] = self.features.number(row.feature.clone());
        cells[column::PEOPLE] = row.population.unwrap_or(0);
        cells[column::NAME] = self.strings.add(&row.name);
        cells[column::NAMES] = keys.min(255) as u32;
        cells[column::EXTRAS] = extras;
        if let Some(to) = self.rows.get_mut(record as usize) {
            *to = cells;
        }
    }

    /// The number of the country of each record.
    pub(super) fn countries(&self) -> Vec<u32> {
        self.rows.iter().map(|cells| cells[column::COUNTRY]).collect()
    }

    /// Number of the namespace and number in it, or nought and where the text stands.
    fn id(&mut self, id: &str) -> (u32, u32) {
        let split = id.split_once(':').and_then(|(space, rest)| Some((space, rest.parse::<u32>().ok().filter(|n| n.to_string() == rest)?)));
        match split {
            Some((space, number)) if self.spaces.known.contains_key(space) || self.spaces.list.len() < MAX_SPACES => {
                (self.spaces.number(space.to_owned()), number)
            }
            _ => (0, self.strings.add(id)),
        }
    }

    /// The sections, and the widths of the columns.
    pub(super) fn finish(mut self, meta: &mut Meta) -> Vec<(Tag, Vec<u8>)> {
        let mut people: Vec<u32> = self.rows.iter().map(|cells| cells[column::PEOPLE]).collect();
        people.sort_unstable();
        people.dedup();
        for cells in &mut self.rows {
            let number = people.binary_search(&cells[column::PEOPLE]).unwrap_or_default();
            cells[column::PEOPLE] = number as u32;
        }
        for (number, width) in meta.widths.iter_mut().enumerate() {
            *width = self.rows.iter().map(|cells| bits(u64::from(cells[number]))).max().unwrap_or(0);
        }
        let mut rows = Writer::default();
        for cells in &self.rows {
            cells.iter().zip(meta.widths).for_each(|(cell, width)| rows.push(u64::from(*cell), width));
            rows.end_byte();
        }
        self.rows = Vec::new();
        let mut units = Vec::new();
        for (admin1, admin2) in &self.units.list {
            units.extend(self.strings.add(admin1).to_le_bytes());
            units.extend(self.strings.add(admin2).to_le_bytes());
        }
        // Of two units of one code the later one holds it.
        self.heads.sort();
        self.heads.reverse();
        self.heads.dedup_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1));
        self.heads.reverse();
        let mut sections = vec![
            (tag("rows"), rows.finish()),
            (tag("people"), words(people)),
            (tag("units"), units),
            (tag("heads"), words(self.heads.iter().map(|(_, _, record)| *record))),
            (tag("features"), self.features.list.join("\n").into_bytes()),
            (tag("country"), self.countries.list.join("\n").into_bytes()),
            (tag("spaces"), self.spaces.list.join("\n").into_bytes()),
            (tag("strings"), self.strings.bytes),
        ];
        for (name, mut pairs) in SPARSE.iter().zip(self.sparse) {
            pairs.sort_unstable();
            sections.push((tag(name), words(pairs.into_iter().flat_map(|(record, value)| [record, value]))));
        }
        sections
    }
}

fn words(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Values numbered in the order they came.
struct Numbered<T> {
    list: Vec<T>,
    known: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { list: Vec::new(), known: HashMap::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.known.get(&value) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(value.clone());
        self.known.insert(value, number);
        number
    }
}

/// Texts with their length before them, each stored once; offset 0 is the empty text.
struct Strings {
    bytes: Vec<u8>,
    /// Hash of a text → where it stands. Two texts of one hash are both stored.
    known: HashMap<u64, u32>,
}

impl Default for Strings {
    fn default() -> Self {
        Strings { bytes: vec![0], known: HashMap::new() }
    }
}

impl Strings {
    fn add(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let mut written = Vec::with_capacity(text.len() + 2);
        push_varint(text.len() as u64, &mut written);
        written.extend(text.as_bytes());
        let hash = crate::gazetteer::format::checksum(&written);
        if let Some(at) = self.known.get(&hash).filter(|at| self.bytes.get(**at as usize..).is_some_and(|b| b.starts_with(&written))) {
            return *at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend(written);
        self.known.insert(hash, at);
        at
    }
}

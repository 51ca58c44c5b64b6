//! The columns of a record, each read where it lies.

use crate::gazetteer::compile::{DEGREES_PER_UNIT, LAT_UNITS, LON_UNITS, UNIT_BYTES, column};
use crate::gazetteer::format::half;
use crate::gazetteer::packed::{self, varint};

use super::{Table, first};

/// The columns of a record. Of a record that is not there, everything is empty or nought.
impl Table {
    fn cell(&self, record: u32, column: usize) -> u32 {
        let bit = record as usize * self.offsets[self.meta.widths.len()] + self.offsets[column];
        packed::read(self.part(&self.rows), bit, self.meta.widths[column]).unwrap_or_default() as u32
    }

    fn string(&self, at: u32) -> &str {
        let (strings, mut at) = (self.part(&self.strings), at as usize);
        let Some(length) = varint(strings, &mut at) else { return "" };
        let text = strings.get(at..).and_then(|rest| rest.get(..usize::try_from(length).ok()?));
        text.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// A value that few places have.
    fn sparse(&self, record: u32, section: usize) -> Option<u32> {
        if self.cell(record, column::EXTRAS) >> section & 1 == 0 {
            return None;
        }
        let pairs = self.part(&self.sparse[section]);
        let number = first(pairs.len() / 8, |n| half(pairs, n * 8).is_none_or(|r| r >= record));
        (half(pairs, number * 8) == Some(record)).then(|| half(pairs, number * 8 + 4)).flatten()
    }

    fn unit(&self, record: u32) -> &[u8] {
        let at = self.cell(record, column::UNIT) as usize * UNIT_BYTES;
        self.part(&self.units).get(at..at + UNIT_BYTES).unwrap_or_default()
    }

    pub(in crate::gazetteer) fn id(&self, record: u32) -> String {
        // A text has a colon in it, a namespace has none.
        match self.id_parts(record) {
            (text, _) if text.contains(':') => text.to_owned(),
            (space, number) => format!("{space}:{number}"),
        }
    }

    /// What an identifier is made of, compared faster than the whole: namespace (empty: none) and number, or the text.
    pub(in crate::gazetteer) fn id_parts(&self, record: u32) -> (&str, u32) {
        let number = self.cell(record, column::ID);
        match self.spaces.get(self.cell(record, column::SPACE) as usize).filter(|s| !s.is_empty()) {
            Some(space) => (space, number),
            None => (self.string(number), 0),
        }
    }

    pub(in crate::gazetteer) fn lat(&self, record: u32) -> f64 {
        degrees(self.cell(record, column::LAT), LAT_UNITS)
    }

    pub(in crate::gazetteer) fn lon(&self, record: u32) -> f64 {
        degrees(self.cell(record, column::LON), LON_UNITS)
    }

    pub(in crate::gazetteer) fn population(&self, record: u32) -> u32 {
        half(self.part(&self.people), self.cell(record, column::PEOPLE) as usize * 4).unwrap_or_default()
    }

    pub(in crate::gazetteer) fn radius_m(&self, record: u32) -> u32 {
        self.sparse(record, 3).unwrap_or_default()
    }

    pub(in crate::gazetteer) fn name(&self, record: u32) -> &str {
        self.string(self.cell(record, column::NAME))
    }

    /// Where it differs from the display name; else empty.
    pub(in crate::gazetteer) fn name_ar(&self, record: u32) -> &str {
        self.sparse(record, 0).map_or("", |at| self.string(at))
    }

    /// Where it differs from the display name; else empty.
    pub(in crate::gazetteer) fn name_fr(&self, record: u32) -> &str {
        self.sparse(record, 1).map_or("", |at| self.string(at))
    }

    /// Where it differs from the display name; else empty.
    pub(in crate::gazetteer) fn name_en(&self, record: u32) -> &str {
        self.sparse(record, 2).map_or("", |at| self.string(at))
    }

    pub(in crate::gazetteer) fn country(&self, record: u32) -> &str {
        self.countries.get(self.cell(record, column::COUNTRY) as usize).map_or("", String::as_str)
    }

    pub(in crate::gazetteer) fn admin1(&self, record: u32) -> &str {
        half(self.unit(record), 0).map_or("", |at| self.string(at))
    }

    pub(in crate::gazetteer) fn admin2(&self, record: u32) -> &str {
        half(self.unit(record), 4).map_or("", |at| self.string(at))
    }

    pub(in crate::gazetteer) fn feature(&self, record: u32) -> &str {
        self.features.get(self.cell(record, column::FEATURE) as usize).map_or("", String::as_str)
    }

    pub(in crate::gazetteer) fn names_of(&self, record: u32) -> u8 {
        self.cell(record, column::NAMES) as u8
    }
}

/// Stored units → degrees; the division is done on whole numbers so that 16.27167 comes back as written.
fn degrees(units: u32, begin: u32) -> f64 {
    (f64::from(units) - f64::from(begin)) / (1.0 / DEGREES_PER_UNIT).round()
}

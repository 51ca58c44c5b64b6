//! All rows of a table as bytes in one heap, until every row is known: a third of what they take as values.

use crate::gazetteer::packed::{push_varint, varint};
use crate::gazetteer::row::Row;

/// Rows in the order they came; after [`Pile::sort`] in order of identifiers.
#[derive(Debug, Default)]
pub(super) struct Pile {
    bytes: Vec<u8>,
    starts: Vec<u64>,
    has_place: bool,
}

/// Bytes of an optional whole number: one more than it, nought for none.
fn optional(value: Option<u32>) -> u64 {
    value.map_or(0, |v| u64::from(v) + 1)
}

impl Pile {
    pub(super) fn push(&mut self, row: &Row) {
        self.starts.push(self.bytes.len() as u64);
        self.has_place |= row.lat.is_some();
        for text in [&row.id, &row.name, &row.feature, &row.country, &row.admin1, &row.admin2] {
            self.text(text);
        }
        for degrees in [row.lat, row.lon] {
            self.bytes.extend(degrees.unwrap_or(f64::NAN).to_le_bytes());
        }
        for number in [row.population, row.radius_m] {
            push_varint(optional(number), &mut self.bytes);
        }
        push_varint(row.names.len() as u64, &mut self.bytes);
        for (lang, name) in &row.names {
            self.text(lang);
            self.text(name);
        }
    }

    /// True when no row with coordinates came yet.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_place
    }

    fn text(&mut self, text: &str) {
        push_varint(text.len() as u64, &mut self.bytes);
        self.bytes.extend(text.as_bytes());
    }

    /// Brings the rows into the order of their identifiers; those of one stay in the order they came.
    pub(super) fn sort(&mut self) {
        let bytes = &self.bytes;
        self.starts.sort_unstable_by(|a, b| id(bytes, *a).cmp(id(bytes, *b)).then(a.cmp(b)));
    }

    /// The rows of a sorted pile, those of one identifier merged, those without coordinates left out.
    pub(super) fn merged(&self) -> impl Iterator<Item = Row> {
        let groups = self.starts.chunk_by(|a, b| id(&self.bytes, *a) == id(&self.bytes, *b));
        let merged = groups.filter_map(|group| {
            let mut rows = group.iter().filter_map(|start| row(&self.bytes, *start));
            let mut known = rows.next()?;
            rows.for_each(|later| overrule(&mut known, later));
            Some(known)
        });
        merged.filter(|row| row.lat.is_some())
    }
}

/// Later rows add names and overrule with the cells they fill.
fn overrule(known: &mut Row, row: Row) {
    for (cell, value) in [
        (&mut known.name, row.name),
        (&mut known.feature, row.feature),
        (&mut known.country, row.country),
        (&mut known.admin1, row.admin1),
        (&mut known.admin2, row.admin2),
    ] {
        if !value.is_empty() && *cell != value {
            *cell = value;
        }
    }
    if row.lat.is_some() {
        (known.lat, known.lon) = (row.lat, row.lon);
    }
    known.population = row.population.or(known.population);
    known.radius_m = row.radius_m.or(known.radius_m);
    // The later row is the better one: its names stand first and so are the ones shown.
    let mut names = row.names;
    names.append(&mut known.names);
    known.names = names;
}

fn id(bytes: &[u8], start: u64) -> &[u8] {
    let mut at = start as usize;
    let length = varint(bytes, &mut at).unwrap_or_default() as usize;
    bytes.get(at..at + length).unwrap_or_default()
}

fn row(bytes: &[u8], start: u64) -> Option<Row> {
    let mut at = start as usize;
    let [id, name, feature, country, admin1, admin2] = [(); 6].map(|()| text(bytes, &mut at).unwrap_or_default());
    let [lat, lon] = [(); 2].map(|()| degrees(bytes, &mut at));
    let [population, radius_m] = [(); 2].map(|()| varint(bytes, &mut at).and_then(|v| v.checked_sub(1)).map(|v| v as u32));
    let count = varint(bytes, &mut at)?;
    let names = (0..count).map(|_| Some((text(bytes, &mut at)?, text(bytes, &mut at)?))).collect::<Option<Vec<_>>>()?;
    Some(Row { id, name, feature, country, admin1, admin2, lat, lon, population, radius_m, names })
}

fn text(bytes: &[u8], at: &mut usize) -> Option<String> {
    let length = varint(bytes, at)? as usize;
    let text = bytes.get(*at..*at + length)?;
    *at += length;
    String::from_utf8(text.to_vec()).ok()
}

fn degrees(bytes: &[u8], at: &mut usize) -> Option<f64> {
    let value = f64::from_le_bytes(bytes.get(*at..*at + 8)?.try_into().ok()?);
    *at += 8;
    Some(value).filter(|v| !v.is_nan())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_sorted_and_merged() {
        let names = |all: &[(&str, &str)]| all.iter().map(|(l, n)| ((*l).to_owned(), (*n).to_owned())).collect::<Vec<_>>();
        let whole = Row {
            id: "a:2".to_owned(),
            name: "Gao".to_owned(),
            feature: "PPLA".to_owned(),
            country: "ML".to_owned(),
            admin1: "09".to_owned(),
            admin2: "x".to_owned(),
            lat: Some(16.27167),
            lon: Some(-0.04472),
            population: Some(0),
            radius_m: Some(u32::MAX),
            names: names(&[("ar", "جاو"), ("", "Gawgaw")]),
        };
        let other = Row { id: "a:10".to_owned(), ..whole.clone() };
        let added = Row { id: "a:2".to_owned(), admin1: "08".to_owned(), names: names(&[("ar", "غاو")]), ..Row::default() };
        let nowhere = Row { id: "a:3".to_owned(), ..Row::default() };
        let mut pile = Pile::default();
        for row in [&whole, &added, &other, &nowhere] {
            pile.push(row);
        }
        pile.sort();
        let merged = Row { admin1: "08".to_owned(), names: names(&[("ar", "غاو"), ("ar", "جاو"), ("", "Gawgaw")]), ..whole };
        assert_eq!(pile.merged().collect::<Vec<_>>(), [other, merged]);
    }
}

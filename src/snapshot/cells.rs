//! Features counted by cells of the globe: what can be shown where no place, source or name may be told.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::column::Column;
use super::layers::{Layer, Matches};
use super::segment::{Segment, date_of};

/// Side of a cell in degrees, at most 56 km: a village cannot be told from its neighbours.
pub const CELL_DEGREES: f64 = 0.5;

/// What happened in a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// Its middle.
    #[serde(skip)]
    pub lon: f64,
    /// Its middle.
    #[serde(skip)]
    pub lat: f64,
    /// That of all features, if they have one.
    pub country: Option<String>,
    /// That of all features, if they have one.
    pub admin1: Option<String>,
    /// Features.
    pub count: u64,
    /// The sum of the best figures.
    pub killed: i64,
    /// The day on which the first begins.
    pub first: Option<String>,
    /// The day on which the last begins.
    pub last: Option<String>,
    /// Features by type of event.
    pub event_types: BTreeMap<String, u64>,
}

/// Features by cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    /// Cells that are not empty, from west to east.
    pub cells: Vec<Cell>,
    /// Features that lie nowhere.
    pub unlocated: u64,
}

/// What is gathered of a cell.
#[derive(Default)]
struct Sum<'a> {
    cell: Cell,
    days: Option<(i64, i64)>,
    countries: BTreeSet<Option<&'a str>>,
    units: BTreeSet<Option<&'a str>>,
}

impl Layer {
    /// Counts features that match by the cell in which their point lies.
    pub fn cells(&self, matches: &Matches) -> Cells {
        let mut sums: BTreeMap<(i64, i64), Sum> = BTreeMap::new();
        let mut unlocated = 0;
        for (segment, rows) in self.segments().zip(matches.parts()) {
            let of = |name: &str| self.schema().find(name).map(|(at, _)| segment.column(at));
            let (Some(lon), Some(lat)) = (of("lon"), of("lat")) else { continue };
            for row in rows {
                let Some((lon, lat)) = lon.number(row).zip(lat.number(row)) else {
                    unlocated += 1;
                    continue;
                };
                let at = [lon, lat].map(|degrees| (degrees / CELL_DEGREES).floor());
                let sum = sums.entry((at[0] as i64, at[1] as i64)).or_default();
                [sum.cell.lon, sum.cell.lat] = at.map(|corner| (corner + 0.5) * CELL_DEGREES);
                self.add(sum, segment, row);
            }
        }
        Cells { cells: sums.into_values().map(Sum::finish).collect(), unlocated }
    }

    fn add<'a>(&self, sum: &mut Sum<'a>, segment: &'a Segment, row: u32) {
        let of = |name: &str| self.schema().find(name).map(|(at, _)| segment.column(at));
        let text = |name: &str| of(name).and_then(|column: &'a Column| column.text(row));
        sum.cell.count += 1;
        sum.cell.killed += of("killed_best").and_then(|c| c.integer(row)).unwrap_or(0);
        *sum.cell.event_types.entry(text("event_type").unwrap_or_default().to_owned()).or_default() += 1;
        if let Some(day) = segment.column(self.schema().days[0]).integer(row) {
            sum.days = Some(sum.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
        sum.countries.insert(text("country"));
        sum.units.insert(text("admin1"));
    }
}

impl Sum<'_> {
    fn finish(self) -> Cell {
        let written = |day: i64| date_of(day).map(|d| d.to_string());
        let (first, last) = self.days.unzip();
        let shared = |values: &BTreeSet<Option<&str>>| values.first().copied().flatten().filter(|_| values.len() == 1).map(str::to_owned);
        Cell {
            first: first.and_then(written),
            last: last.and_then(written),
            country: shared(&self.countries),
            admin1: shared(&self.units),
            ..self.cell
        }
    }
}

//! Which places lie around a point: records sorted by the cell they lie in.

use geo::{Distance, Haversine, Point};

use super::place::reference;
use super::table::Table;
use super::{Gazetteer, Place, PlaceRef};

/// Cells in a degree: a cell is about 28 km high and holds some thirty places of a full gazetteer.
const CELLS_PER_DEGREE: f64 = 4.0;
const ROWS: usize = 180 * CELLS_PER_DEGREE as usize;
const COLUMNS: usize = 360 * CELLS_PER_DEGREE as usize;
/// How far is looked first, metres: in peopled country there are ten places within.
const FIRST_REACH_M: f64 = 15_000.0;
/// Farther away than this nothing is «near»: the emptiest desert has a named well within it.
const LAST_REACH_M: f64 = 1_000_000.0;
/// Metres in a degree of latitude, a little less than the least, so that no cell is missed.
const METRES_PER_DEGREE: f64 = 110_000.0;

/// The records of a table by cell; `starts[c]..starts[c + 1]` are those of cell `c`.
#[derive(Debug)]
pub struct Grid {
    starts: Vec<u32>,
    records: Vec<u32>,
}

impl Grid {
    pub(super) fn of(table: &Table) -> Grid {
        let mut starts = vec![0_u32; ROWS * COLUMNS + 1];
        let cell = |r: u32| row(table.lat(r)) * COLUMNS + column(table.lon(r));
        (0..table.len()).for_each(|r| starts[cell(r) + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut records = vec![0_u32; table.len() as usize];
        for record in 0..table.len() {
            let at = &mut next[cell(record)];
            records[*at as usize] = record;
            *at += 1;
        }
        Grid { starts, records }
    }

    /// Records of all cells that a circle touches, and some around it.
    fn around(&self, point: Point, reach_m: f64) -> impl Iterator<Item = u32> {
        let high = reach_m / METRES_PER_DEGREE;
        let (south, north) = ((point.y() - high).max(-90.0), (point.y() + high).min(90.0));
        let narrowest = south.abs().max(north.abs()).to_radians().cos();
        // Near a pole every meridian is near.
        let wide = if narrowest < high / 180.0 { 180.0 } else { (high / narrowest).min(180.0) };
        let columns = ((2.0 * wide * CELLS_PER_DEGREE) as usize + 2).min(COLUMNS);
        let first = column(point.x() - wide);
        (row(south)..=row(north)).flat_map(move |row| {
            (0..columns).flat_map(move |step| {
                let cell = row * COLUMNS + (first + step) % COLUMNS;
                self.records[self.starts[cell] as usize..self.starts[cell + 1] as usize].iter().copied()
            })
        })
    }
}

fn row(lat: f64) -> usize {
    (((lat + 90.0) * CELLS_PER_DEGREE) as usize).min(ROWS - 1)
}

fn column(lon: f64) -> usize {
    (((lon + 180.0).rem_euclid(360.0) * CELLS_PER_DEGREE) as usize).min(COLUMNS - 1)
}

/// The nearest places that pass, nearest first with their distances in metres, at most `limit`, none twice.
pub fn nearest(gazetteer: &Gazetteer, point: Point, limit: usize, passes: impl Fn(Place<'_>) -> bool) -> Vec<(PlaceRef, f64)> {
    let mut reach_m = FIRST_REACH_M;
    loop {
        let mut found: Vec<(PlaceRef, f64)> = Vec::new();
        for (number, table) in gazetteer.tables() {
            for record in table.grid().around(point, reach_m) {
                let place = gazetteer.place(reference(number, record));
                let distance = Haversine.distance(point, place.point());
                if distance <= reach_m && passes(place) {
                    found.push((place.reference(), distance));
                }
            }
        }
        if found.len() >= limit || reach_m >= LAST_REACH_M {
            found.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            return once(gazetteer, found, limit);
        }
        reach_m = (reach_m * 2.0).min(LAST_REACH_M);
    }
}

/// Of places with one identifier the one of the highest table: that is the one that counts.
fn once(gazetteer: &Gazetteer, found: Vec<(PlaceRef, f64)>, limit: usize) -> Vec<(PlaceRef, f64)> {
    let mut out: Vec<(PlaceRef, f64)> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for (place, distance) in found {
        let id = gazetteer.place(place).id();
        match ids.iter().position(|known| *known == id) {
            Some(at) if out[at].0 < place => out[at].0 = place,
            Some(_) => {}
            None if out.len() == limit => break,
            None => {
                ids.push(id);
                out.push((place, distance));
            }
        }
    }
    out
}

//! Outlines of regions: closed, simple, counter-clockwise, around their label.

use std::collections::BTreeSet;

use geo::line_measures::Distance;
use geo::{Contains, Coord, Haversine, Intersects, Line, Point, Polygon, Winding};

use crate::gazetteer::region;

use super::file::File;

/// How far outside a label may lie: the outlines are coarse.
const MAX_OUTSIDE_M: f64 = 50_000.0;
/// The column of the source.
const SOURCE: usize = 9;

/// Checks `regions.tsv`.
pub(super) fn check(file: &mut File) {
    let mut seen = BTreeSet::new();
    let mut found: Vec<(usize, String, String)> = Vec::new();
    for (number, line) in file.rows() {
        let mut fault = |what: String, expected: &str| found.push((number, what, expected.to_owned()));
        let (row, wkt) = match region::parse(line) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(bad) => {
                fault(bad.found, &bad.expected);
                continue;
            }
        };
        if !seen.insert(row.id.clone()) {
            fault(format!("{} a second time", row.id), "an identifier once in a file");
        }
        if line.split('\t').nth(SOURCE).is_none_or(str::is_empty) {
            fault(format!("{} without a source", row.id), "where the outline comes from, in column 10");
        }
        if wkt.is_empty() {
            continue;
        }
        let Some(polygon) = region::polygon(&wkt) else {
            fault(wkt, "POLYGON((lon lat, …)), four points or more");
            continue;
        };
        if let Some(what) = flaw(&wkt, &polygon) {
            fault(format!("{}: {what}", row.id), "a closed ring, counter-clockwise, that does not cross itself");
        }
        let label = row.lon.zip(row.lat).map(|(lon, lat)| Point::new(lon, lat));
        if label.is_some_and(|label| !polygon.contains(&label) && beyond(&polygon, label) > MAX_OUTSIDE_M) {
            fault(format!("{}: its label outside its outline", row.id), "a label inside");
        }
    }
    for (line, what, expected) in found {
        file.fault(line, &what, &expected);
    }
}

fn flaw(wkt: &str, polygon: &Polygon) -> Option<&'static str> {
    // `Polygon::new` closes a ring, so the text is looked at.
    let corners: Vec<&str> = wkt.trim_start_matches("POLYGON((").trim_end_matches("))").split(',').map(str::trim).collect();
    let ring = polygon.exterior();
    if corners.first() != corners.last() {
        Some("an open ring")
    } else if ring.0.iter().any(|c| c.x.abs() > 180.0 || c.y.abs() > 90.0) {
        Some("a corner beyond the globe")
    } else if crosses_itself(&ring.lines().collect::<Vec<_>>()) {
        Some("a ring that crosses itself")
    } else if !ring.is_ccw() {
        Some("a clockwise ring")
    } else {
        None
    }
}

/// True when two sides that are no neighbours meet.
fn crosses_itself(sides: &[Line]) -> bool {
    let last = sides.len().saturating_sub(1);
    let is_neighbour = |i: usize, j: usize| j == i + 1 || i == 0 && j == last;
    sides.iter().enumerate().any(|(i, a)| sides.iter().enumerate().skip(i + 1).any(|(j, b)| !is_neighbour(i, j) && a.intersects(b)))
}

/// Metres from a point to the outline; its corners and the middles of its sides are near enough.
fn beyond(polygon: &Polygon, point: Point) -> f64 {
    let to = |line: Line| {
        let middle = Coord { x: f64::midpoint(line.start.x, line.end.x), y: f64::midpoint(line.start.y, line.end.y) };
        Haversine.distance(point, line.start_point()).min(Haversine.distance(point, middle.into()))
    };
    polygon.exterior().lines().map(to).fold(f64::INFINITY, f64::min)
}

//! The ground along the straight line between two places.

use geo::{Bearing, Coord, Destination, Distance, Haversine, LineString, MultiPolygon, Point, Polygon};

use super::arc::{at, circle};
use super::whole::whole;

/// How far a road strays from the straight line, as a share of its length.
const STRAY: f64 = 0.1;
/// Least and largest reach to each side, metres: a road passes within a few kilometres of the line or follows a valley beside it.
const REACH_M: (f64, f64) = (3_000.0, 20_000.0);
/// Pieces in which a long line follows the globe.
const PIECES: usize = 8;

/// The middle, half the length in metres, and the band along the line; none between points that are far apart as no road is.
pub fn stretch(from: Point, to: Point) -> (Point, f64, Option<MultiPolygon>) {
    let length_m = Haversine.distance(from, to);
    let bearing = Haversine.bearing(from, to);
    let middle = Haversine.destination(from, bearing, length_m / 2.0);
    let reach_m = (length_m * STRAY).clamp(REACH_M.0, REACH_M.1);
    let area = if length_m < reach_m { circle(middle, reach_m) } else { band(middle, from, length_m, bearing, reach_m) };
    (middle, length_m / 2.0, area)
}

fn band(middle: Point, from: Point, length_m: f64, bearing: f64, reach_m: f64) -> Option<MultiPolygon> {
    let step_m = length_m / PIECES as f64;
    let line: Vec<Point> = (0..=PIECES).map(|i| Haversine.destination(from, bearing, step_m * i as f64)).collect();
    let side = |turn: f64| {
        (0..=PIECES).map(move |i| {
            // The direction of the line changes along a great circle.
            let (a, b) = if i < PIECES { (i, i + 1) } else { (i - 1, i) };
            (i, turn, a, b)
        })
    };
    let corner =
        |(i, turn, a, b): (usize, f64, usize, usize)| near(middle, at(line[i], Haversine.bearing(line[a], line[b]) + turn, reach_m));
    let corners: Vec<Coord> = side(90.0).map(corner).chain(side(-90.0).rev().map(corner)).collect();
    whole(Polygon::new(LineString::new(corners), Vec::new()).into())
}

/// The same corner with its longitude counted on from the middle's.
fn near(middle: Point, corner: Coord) -> Coord {
    Coord { x: corner.x - 360.0 * ((corner.x - middle.x()) / 360.0).round(), y: corner.y }
}

#[cfg(test)]
mod tests {
    use geo::{Contains, Validation};

    use super::*;

    #[test]
    fn the_middle_and_the_ends_are_on_the_way_and_what_lies_aside_is_not() {
        let (gao, ansongo) = (Point::new(-0.0447, 16.2717), Point::new(0.502, 15.66));
        let (middle, half_m, area) = stretch(gao, ansongo);
        let area = area.unwrap();
        assert!(area.is_valid() && area.contains(&middle) && (40_000.0..50_000.0).contains(&half_m));
        assert!(!area.contains(&Point::new(0.9, 16.3)));
    }

    #[test]
    fn one_place_twice_is_a_small_circle() {
        let (middle, half_m, area) = stretch(Point::new(1.0, 1.0), Point::new(1.0, 1.0));
        assert!(half_m == 0.0 && area.unwrap().contains(&middle));
    }
}

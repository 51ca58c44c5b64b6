//! Circles, rings and sectors on the globe, as polygons of few corners.

use geo::{Coord, Destination, Haversine, LineString, MultiPolygon, Point, Polygon};

use super::whole::plain;

/// Corners of a full circle.
const CIRCLE_CORNERS: usize = 32;
/// Corners of an arc of a sector.
const ARC_CORNERS: usize = 16;
/// Least width of a ring or sector, metres.
const MIN_WIDTH_M: f64 = 100.0;
/// Nearer to a pole a circle is no polygon in longitude and latitude.
const MAX_LATITUDE: f64 = 85.0;
/// Metres in a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// The ground within a radius; `None` near the poles.
pub fn circle(centre: Point, radius_m: f64) -> Option<MultiPolygon> {
    let radius_m = radius_m.max(MIN_WIDTH_M);
    drawable(centre, radius_m).then(|| plain(Polygon::new(round(centre, radius_m), Vec::new()).into()))
}

/// The ground between two distances; a disc when the inner one is nothing.
pub fn ring(centre: Point, inner_m: f64, outer_m: f64) -> Option<MultiPolygon> {
    let outer_m = outer_m.max(inner_m + MIN_WIDTH_M);
    if inner_m < MIN_WIDTH_M {
        return circle(centre, outer_m);
    }
    drawable(centre, outer_m).then(|| plain(Polygon::new(round(centre, outer_m), vec![round(centre, inner_m)]).into()))
}

/// The ground between two distances, so many degrees to either side of a bearing.
pub fn sector(centre: Point, bearing_deg: f64, half_angle_deg: f64, inner_m: f64, outer_m: f64) -> Option<MultiPolygon> {
    let outer_m = outer_m.max(inner_m + MIN_WIDTH_M);
    if !drawable(centre, outer_m) {
        return None;
    }
    let bearings = || (0..=ARC_CORNERS).map(|i| bearing_deg + half_angle_deg * (2.0 * i as f64 / ARC_CORNERS as f64 - 1.0));
    let mut corners: Vec<Coord> = bearings().map(|b| at(centre, b, outer_m)).collect();
    if inner_m < MIN_WIDTH_M {
        corners.push(centre.0);
    } else {
        corners.extend(bearings().rev().map(|b| at(centre, b, inner_m)));
    }
    Some(plain(Polygon::new(LineString::new(corners), Vec::new()).into()))
}

fn round(centre: Point, radius_m: f64) -> LineString {
    (0..CIRCLE_CORNERS).map(|i| at(centre, 360.0 * i as f64 / CIRCLE_CORNERS as f64, radius_m)).collect()
}

fn drawable(centre: Point, reach_m: f64) -> bool {
    reach_m.is_finite() && centre.y().abs() + reach_m / METRES_PER_DEGREE < MAX_LATITUDE
}

/// A point at a distance, its longitude counted on from the centre's, beyond 180° if need be.
pub(super) fn at(centre: Point, bearing_deg: f64, distance_m: f64) -> Coord {
    let point = Haversine.destination(centre, bearing_deg, distance_m);
    let turns = ((point.x() - centre.x()) / 360.0).round();
    Coord { x: point.x() - 360.0 * turns, y: point.y() }
}

#[cfg(test)]
mod tests {
    use geo::{Contains, CoordsIter, Distance, Validation};

    use super::*;

    #[test]
    fn a_sector_holds_what_lies_that_way_and_that_far() {
        let gao = Point::new(-0.0447, 16.2717);
        let area = sector(gao, 90.0, 22.5, 130_000.0, 170_000.0).unwrap();
        for (bearing, km, inside) in [(90.0, 150.0, true), (108.0, 140.0, true), (120.0, 150.0, false), (90.0, 100.0, false)] {
            assert_eq!(area.contains(&Haversine.destination(gao, bearing, km * 1_000.0)), inside, "{bearing} {km}");
        }
        assert!(area.is_valid() && area.coords_count() <= 64);
    }

    #[test]
    fn a_ring_is_hollow_and_near_the_antimeridian_it_is_cut() {
        let suva = Point::new(178.44, -18.14);
        let area = ring(suva, 200_000.0, 240_000.0).unwrap();
        assert!(area.is_valid() && !area.contains(&suva) && area.0.len() >= 2);
        assert!(area.coords_iter().all(|c| (-180.0..=180.0).contains(&c.x)));
        let on_the_ring = Haversine.destination(suva, 90.0, 220_000.0);
        assert!(on_the_ring.x() < 0.0 && area.contains(&on_the_ring));
        assert!((Haversine.distance(suva, on_the_ring) - 220_000.0).abs() < 1.0);
    }

    #[test]
    fn at_a_pole_nothing_is_drawn() {
        assert_eq!(circle(Point::new(0.0, 89.5), 200_000.0), None);
    }
}

//! Relative places as a point with a radius, by arithmetic on the geodesic.

use geo::{Destination, Geodesic, Point};

use crate::recognise::Relation;

/// «East» means anything within half an eighth of the compass to either side; its sine is the sideways error.
const DIRECTION_ERROR: f64 = 0.25;
/// «150 km» is a rounded figure, and by road as often as straight.
const DISTANCE_ERROR: f64 = 0.1;
/// No relative place is known better than this, metres.
const MIN_RADIUS_M: f64 = 2_000.0;

/// The point and the radius, metres, that a relation gives from its anchor.
///
/// # Units
/// Anchor and answer in degrees, longitude first; `anchor_radius_m` in metres.
pub fn located(anchor: Point, anchor_radius_m: f64, relation: &Relation) -> Option<(Point, f64)> {
    let distance_m = relation.distance_m?;
    Some(match relation.bearing_deg {
        Some(bearing) => {
            let radius_m = distance_m * (DIRECTION_ERROR + DISTANCE_ERROR) + anchor_radius_m.min(distance_m);
            (Geodesic.destination(anchor, bearing, distance_m), radius_m.max(MIN_RADIUS_M))
        }
        // Without a direction it lies on a ring around the anchor: the point is the anchor, the ring the radius.
        None => (anchor, (distance_m * (1.0 + DISTANCE_ERROR)).max(MIN_RADIUS_M)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_and_fifty_kilometres_east_of_gao() {
        let relation = Relation { distance_m: Some(150_000.0), bearing_deg: Some(90.0), anchor: 0, describes: None };
        let (point, radius_m) = located(Point::new(-0.0447, 16.2717), 5_000.0, &relation).unwrap();
        // One degree of longitude at 16.27° N is 106.9 km.
        assert!((point.x() - 1.359).abs() < 0.01 && (point.y() - 16.26).abs() < 0.02, "{point:?}");
        assert!(radius_m > 30_000.0 && radius_m < 75_000.0);
    }

    #[test]
    fn without_a_direction_the_radius_is_the_distance() {
        let relation = Relation { distance_m: Some(80_000.0), bearing_deg: None, anchor: 0, describes: None };
        let (point, radius_m) = located(Point::new(0.0, 14.0), 5_000.0, &relation).unwrap();
        assert_eq!(point, Point::new(0.0, 14.0));
        assert!((80_000.0..=90_000.0).contains(&radius_m));
    }
}

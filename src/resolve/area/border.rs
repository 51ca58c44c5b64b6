//! At a border: the band along the line that two countries share, and where three countries meet.

use geo::{BoundingRect, Distance, Haversine, InterpolatePoint, Length, LineString, MultiLineString, MultiPolygon, Point};

use crate::gazetteer::border::{band, border};

use super::arc::circle;
use super::memo::{Drawn, kept};
use super::whole::whole;

/// How far from a border «on the border» reaches, metres: an hour's drive on a track.
const REACH_M: f64 = 25_000.0;
/// How far from the meeting of three borders their «area» reaches, metres.
const CORNER_REACH_M: f64 = 100_000.0;

/// The band along the border of two countries, a point on the border half-way, and the reach around that point.
pub fn border_band(country: &str, neighbour: &str) -> Option<(MultiPolygon, Point, f64)> {
    kept(format!("border {country} {neighbour}"), || drawn(country, neighbour))
}

fn drawn(country: &str, neighbour: &str) -> Option<Drawn> {
    let line = border(country, neighbour)?;
    let middle = middle(&line)?;
    let area = whole(band(country, neighbour, REACH_M)?)?;
    Some((area, middle, spread_m(&line, middle).max(REACH_M)))
}

/// Where three countries meet, as a circle, its middle and its radius.
pub fn corner(countries: [&str; 3]) -> Option<(MultiPolygon, Point, f64)> {
    let [one, other, third] = countries;
    let ends = |line: &MultiLineString| -> Vec<Point> {
        line.iter().flat_map(|l| [l.0.first(), l.0.last()]).flatten().map(|c| Point::from(*c)).collect()
    };
    let (first, second) = (ends(&border(one, other)?), ends(&border(other, third)?));
    let pairs = first.iter().flat_map(|a| second.iter().map(move |b| (Haversine.distance(*a, *b), *a)));
    let (gap_m, meeting) = pairs.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (gap_m <= CORNER_REACH_M).then(|| Some((circle(meeting, CORNER_REACH_M)?, meeting, CORNER_REACH_M)))?
}

/// The point half-way along the longest piece.
fn middle(line: &MultiLineString) -> Option<Point> {
    let longest = line.iter().max_by(|a, b| Haversine.length(*a).total_cmp(&Haversine.length(*b)))?;
    half_way(longest)
}

fn half_way(line: &LineString) -> Option<Point> {
    let half_m = Haversine.length(line) / 2.0;
    let mut gone_m = 0.0;
    for piece in line.lines() {
        let (from, to) = (piece.start_point(), piece.end_point());
        let length_m = Haversine.distance(from, to);
        if gone_m + length_m >= half_m {
            let share = if length_m > 0.0 { (half_m - gone_m) / length_m } else { 0.0 };
            return Some(Haversine.point_at_ratio_between(from, to, share));
        }
        gone_m += length_m;
    }
    line.0.last().map(|c| Point::from(*c))
}

/// Standard deviation of the line's corners from a point, metres; at most half the diagonal of its box.
fn spread_m(line: &MultiLineString, from: Point) -> f64 {
    let squares: Vec<f64> = line.iter().flat_map(|l| l.points()).map(|p| Haversine.distance(p, from).powi(2)).collect();
    let mean = squares.iter().sum::<f64>() / squares.len().max(1) as f64;
    let diagonal = line.bounding_rect().map_or(0.0, |b| Haversine.distance(Point::from(b.min()), Point::from(b.max())));
    mean.sqrt().min(diagonal / 2.0)
}

#[cfg(test)]
mod tests {
    use geo::{Contains, Validation};

    use super::*;

    #[test]
    fn the_band_holds_its_point_and_towns_at_the_border() {
        let (area, middle, reach_m) = border_band("ML", "NE").unwrap();
        assert!(area.is_valid() && area.contains(&middle) && reach_m > 100_000.0);
        // Labbezanga is the crossing of the road from Gao to Niamey.
        assert!(area.contains(&Point::new(0.70, 14.96)) && !area.contains(&Point::new(2.4, 15.92)));
        assert!(border_band("ML", "SY").is_none());
    }

    #[test]
    fn three_countries_meet_where_their_borders_end() {
        let (area, meeting, _) = corner(["ML", "BF", "NE"]).unwrap();
        assert!((meeting.x() - 0.23).abs() < 0.15 && (meeting.y() - 15.0).abs() < 0.15, "{meeting:?}");
        assert!(area.contains(&meeting));
        assert!(corner(["ML", "NE", "SY"]).is_none());
    }
}

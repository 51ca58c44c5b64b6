//! Points and outlines as RFC 7946 wants them: longitude first, right-hand rule, seven decimals.

use geo::orient::Direction;
use geo::{LineString, MultiPolygon, Orient, Polygon};

use crate::recognise::MentionKind;
use crate::resolve::{Located, Resolution};

use super::properties::Geometry;

/// Seven decimals are a centimetre; more would claim what no report knows.
const DECIMALS: f64 = 1e7;

/// A coordinate or score without the noise of its arithmetic.
pub(super) fn rounded(value: f64) -> f64 {
    // Adding zero turns -0.0, which JSON would print, into 0.0.
    (value * DECIMALS).round() / DECIMALS + 0.0
}

/// The point of a place.
pub(super) fn point(place: &Located) -> Geometry {
    Geometry::Point([rounded(place.lon), rounded(place.lat)])
}

/// The outline of a place where it has one, its point otherwise.
pub(super) fn area(place: &Located) -> Geometry {
    place.outline.as_ref().map_or_else(|| point(place), polygons)
}

/// The ground that a relative mention means; a name's own outline is the gazetteer's to give.
pub(super) fn relative_ground(mention: &Resolution) -> Option<Geometry> {
    let place = mention.place.as_ref().filter(|p| mention.kind == MentionKind::Relative || p.id.starts_with("relative:"))?;
    place.outline.as_ref().map(polygons)
}

fn polygons(outline: &MultiPolygon) -> Geometry {
    match outline.0.as_slice() {
        [one] => Geometry::Polygon(rings(one)),
        several => Geometry::MultiPolygon(several.iter().map(rings).collect()),
    }
}

fn rings(outline: &Polygon) -> Vec<Vec<[f64; 2]>> {
    let oriented = outline.orient(Direction::Default);
    let ring = |line: &LineString| line.coords().map(|c| [rounded(c.x), rounded(c.y)]).collect();
    std::iter::once(oriented.exterior()).chain(oriented.interiors()).map(ring).collect()
}

/// West, south, east, north of a geometry.
pub(super) fn bounds(geometry: &Geometry) -> [f64; 4] {
    let points: Vec<[f64; 2]> = match geometry {
        Geometry::Point(point) => vec![*point],
        Geometry::MultiPoint(points) => points.clone(),
        Geometry::Polygon(rings) => rings.iter().flatten().copied().collect(),
        Geometry::MultiPolygon(parts) => parts.iter().flatten().flatten().copied().collect(),
    };
    around(points.iter().map(|[lon, lat]| [*lon, *lat, *lon, *lat])).unwrap_or_default()
}

/// The box around boxes; `None` around nothing.
pub(super) fn around(boxes: impl Iterator<Item = [f64; 4]>) -> Option<[f64; 4]> {
    boxes.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn rings_run_counter_clockwise_and_coordinates_are_short() {
        let clockwise = polygon![(x: 0.0, y: 0.0), (x: 0.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.000_000_000_1, y: 0.0)];
        let Geometry::Polygon(rings) = polygons(&clockwise.into()) else { panic!("a polygon stays one") };
        let doubled_area: f64 = rings[0].windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
        assert!(doubled_area > 0.0);
        assert_eq!(rings[0].first(), rings[0].last());
        assert!(rings[0].contains(&[1.0, 0.0]));
        assert_eq!(format!("{:?}", bounds(&Geometry::Polygon(rings))), "[0.0, 0.0, 1.0, 1.0]");
    }
}

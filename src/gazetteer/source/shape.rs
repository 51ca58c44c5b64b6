//! A geometry of GeoJSON → a point inside it and how far it reaches.

use geo::line_measures::{Distance, Length};
use geo::{Area, BoundingRect, Coord, Haversine, InteriorPoint, LineString, MultiPolygon, Point, Polygon};
use serde_json::Value;

use crate::gazetteer::row::Fault;

use super::mapping::fault;

/// Where a place is, and half its greatest extent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) lon: f64,
    pub(super) lat: f64,
    pub(super) radius_m: Option<u32>,
}

/// Islands smaller than this part of the largest do not count for the reach of a place.
const SMALL_PART: f64 = 0.25;
/// Degrees by which tools overshoot the edge of the map when they cut at it.
const ROUNDING: f64 = 1e-6;

/// The shape of a geometry; none for `null`.
pub(super) fn of(geometry: &Value) -> Result<Option<Shape>, Fault> {
    let kind = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    Ok(match kind {
        "" if geometry.is_null() => None,
        "Point" => Some(at(Point(coord(coordinates)?), None)),
        "MultiPoint" => list(coordinates)?.first().map(coord).transpose()?.map(|c| at(Point(c), None)),
        "LineString" => line(&[ring(coordinates)?]),
        "MultiLineString" => line(&list(coordinates)?.iter().map(ring).collect::<Result<Vec<_>, _>>()?),
        "Polygon" => Some(area(vec![polygon(coordinates)?])?),
        "MultiPolygon" => Some(area(list(coordinates)?.iter().map(polygon).collect::<Result<_, _>>()?)?),
        "GeometryCollection" => {
            let parts = geometry.get("geometries").map_or(Ok(&[][..]), list)?;
            let shapes = parts.iter().map(of).collect::<Result<Vec<_>, _>>()?;
            let known: Vec<Shape> = shapes.into_iter().flatten().collect();
            known.iter().find(|s| s.radius_m.is_some()).or(known.first()).copied()
        }
        other => return Err(fault(format!("geometry «{other}»"), "a geometry of GeoJSON")),
    })
}

fn at(point: Point, radius_m: Option<u32>) -> Shape {
    Shape { lon: point.x(), lat: point.y(), radius_m }
}

fn list(value: &Value) -> Result<&[Value], Fault> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| fault("no list of coordinates", "a list"))
}

fn coord(value: &Value) -> Result<Coord, Fault> {
    let number = |at: usize| value.get(at).and_then(Value::as_f64);
    match (number(0), number(1)) {
        (Some(x), Some(y)) if x.abs() <= 180.0 + ROUNDING && y.abs() <= 90.0 + ROUNDING => {
            Ok(Coord { x: x.clamp(-180.0, 180.0), y: y.clamp(-90.0, 90.0) })
        }
        (Some(x), Some(y)) => Err(fault(format!("coordinates {x} {y}"), "longitude and latitude in degrees")),
        _ => Err(fault(format!("coordinates «{value}»"), "two numbers")),
    }
}

fn ring(value: &Value) -> Result<LineString, Fault> {
    Ok(LineString::from(list(value)?.iter().map(coord).collect::<Result<Vec<_>, _>>()?))
}

fn polygon(value: &Value) -> Result<Polygon, Fault> {
    let mut rings = list(value)?.iter().map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
    let outer = rings.next().ok_or_else(|| fault("a polygon without a ring", "an outer ring"))?;
    if outer.0.len() < 4 || outer.0.first() != outer.0.last() {
        return Err(fault(format!("a ring of {} points that is not closed", outer.0.len()), "four points or more, the last the first"));
    }
    Ok(Polygon::new(outer, rings.collect()))
}

fn line(lines: &[LineString]) -> Option<Shape> {
    let longest = lines.iter().max_by(|a, b| Haversine.length(*a).total_cmp(&Haversine.length(*b)))?;
    let middle = longest.0.get(longest.0.len() / 2)?;
    Some(at(Point(*middle), Some((Haversine.length(longest) / 2.0) as u32)))
}

/// A point inside the largest part; the reach of all parts that are not small beside it.
fn area(parts: Vec<Polygon>) -> Result<Shape, Fault> {
    let largest = parts.iter().map(Area::unsigned_area).fold(0.0, f64::max);
    let inside = parts.iter().find(|p| p.unsigned_area() >= largest).and_then(InteriorPoint::interior_point);
    let large = MultiPolygon(parts.into_iter().filter(|p| p.unsigned_area() >= largest * SMALL_PART).collect());
    let (Some(point), Some(bounds)) = (inside, large.bounding_rect()) else {
        return Err(fault("a polygon without an inside", "an outline around an area"));
    };
    let (low, high) = (bounds.min(), bounds.max());
    let wide = Haversine.distance(Point::new(low.x, point.y()), Point::new(high.x, point.y()));
    let tall = Haversine.distance(Point::new(point.x(), low.y), Point::new(point.x(), high.y));
    Ok(at(point, Some((wide.max(tall) / 2.0) as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Result<Option<Shape>, Fault> {
        of(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn an_area_has_a_point_inside_and_half_its_extent() {
        let found = shape(r#"{"type":"Polygon","coordinates":[[[0,10],[2,10],[2,11],[0,11],[0,10]]]}"#).unwrap().unwrap();
        assert!((0.0..2.0).contains(&found.lon) && (10.0..11.0).contains(&found.lat), "{found:?}");
        assert!((105_000..112_000).contains(&found.radius_m.unwrap()), "{found:?}");
    }

    #[test]
    fn what_is_no_shape_is_refused() {
        for bad in [
            r#"{"type":"Point","coordinates":[200,1]}"#,
            r#"{"type":"Point","coordinates":["1",1]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#,
            r#"{"type":"Circle","coordinates":[0,1]}"#,
            r#"{"type":"Polygon","coordinates":[]}"#,
        ] {
            assert!(shape(bad).is_err(), "{bad}");
        }
        assert_eq!(shape("null").unwrap(), None);
    }
}

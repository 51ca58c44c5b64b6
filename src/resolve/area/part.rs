//! The northern, eastern … part of a country, unit or region: its ground on that side of its middle.

use geo::{BooleanOps, BoundingRect, Centroid, Contains, InteriorPoint, MapCoords, MultiPolygon, Point};

use super::whole::{rectangle, whole, within_180};

/// «The north» begins a little south of the middle: the share of the whole length by which it does. Gao and Timbuktu are in
/// northern Mali, and the middle of Mali is north of both.
const OVERLAP: f64 = 0.1;
/// The centre is what lies within this share of the length to each side of the middle.
const CENTRE: f64 = 0.22;
/// Wider than this, degrees, an outline lies on both sides of the antimeridian.
const HALF_WORLD: f64 = 180.0;

/// A side of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Side {
    /// Degrees clockwise from north: a multiple of 45.
    Toward(f64),
    /// Around its middle.
    Centre,
}

/// The part of an area on one side, and a point in it.
pub fn part(area: &MultiPolygon, side: Side) -> Option<(MultiPolygon, Point)> {
    let bounds = area.bounding_rect()?;
    let is_split = bounds.width() > HALF_WORLD;
    let shifted = is_split.then(|| area.map_coords(|c| geo::Coord { x: if c.x < 0.0 { c.x + 360.0 } else { c.x }, y: c.y }));
    let area = shifted.as_ref().unwrap_or(area);
    let bounds = area.bounding_rect()?;
    let middle = area.centroid()?;
    let [mut west, mut south, mut east, mut north] = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
    match side {
        Side::Centre => {
            (west, east) = (middle.x() - CENTRE * bounds.width(), middle.x() + CENTRE * bounds.width());
            (south, north) = (middle.y() - CENTRE * bounds.height(), middle.y() + CENTRE * bounds.height());
        }
        Side::Toward(bearing) => {
            let (sin, cos) = bearing.to_radians().sin_cos();
            // Half of an eighth is between «north» and «north-east».
            let is_way = |component: f64| component > 0.3;
            if is_way(cos) {
                south = middle.y() - OVERLAP * bounds.height();
            }
            if is_way(-cos) {
                north = middle.y() + OVERLAP * bounds.height();
            }
            if is_way(sin) {
                west = middle.x() - OVERLAP * bounds.width();
            }
            if is_way(-sin) {
                east = middle.x() + OVERLAP * bounds.width();
            }
        }
    }
    let cut = whole(area.intersection(&rectangle(west, south, east, north)))?;
    let centre = cut.centroid().filter(|c| cut.contains(c)).or_else(|| cut.interior_point())?;
    Some((cut, Point::new(within_180(centre.x()), centre.y())))
}

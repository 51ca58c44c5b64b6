//! Polygons made fit to be published: within ±180°, rings closed and rightly wound, coordinates short.

use geo::orient::Direction;
use geo::{
    BooleanOps, BoundingRect, ChamberlainDuquetteArea, Coord, CoordsIter, MapCoords, MultiPolygon, Orient, Polygon, Rect, Simplify,
    SimplifyVwPreserve, Translate, Validation,
};

/// Five decimals are a metre: less than any of these areas is known by.
const DECIMALS: f64 = 1e5;
/// Corners that an area has at most before it is drawn more coarsely.
const MAX_CORNERS: usize = 128;
/// Where a coarser drawing begins, degrees: a kilometre, as the outlines are known.
const COARSE: f64 = 0.01;
/// Islets no longer than so many times the error of the drawing are left out: they would be drawn as its noise.
const ISLET: f64 = 2.0;
/// How much coarser a polygon may be drawn so that its lines do not cross.
const COARSER: [f64; 6] = [1.2, 1.4, 1.7, 2.0, 2.5, 3.0];
/// Doublings of coarseness that are tried.
const ROUNDS: i32 = 7;

/// An area as RFC 7946 wants it: cut at the antimeridian, outer rings anticlockwise, five decimals, not too many corners; `None` when
/// nothing valid is left.
pub fn whole(area: MultiPolygon) -> Option<MultiPolygon> {
    let mut area = plain(coarser(area));
    area.0.retain(|p| p.exterior().coords_count() >= 4 && p.is_valid());
    (!area.0.is_empty()).then_some(area)
}

/// The same for an area of few corners that is valid as it was made.
pub(super) fn plain(area: MultiPolygon) -> MultiPolygon {
    let short = |c: Coord| Coord { x: short(c.x), y: short(c.y) };
    within_world(area).map_coords(short).orient(Direction::Default)
}

/// The radius, metres, of the disc of the same area.
pub fn reach_m(area: &MultiPolygon) -> f64 {
    (area.chamberlain_duquette_unsigned_area() / std::f64::consts::PI).sqrt()
}

/// A coordinate with the digits that mean something.
pub(super) fn short(degrees: f64) -> f64 {
    (degrees * DECIMALS).round() / DECIMALS + 0.0
}

/// A longitude within ±180°.
pub(super) fn within_180(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

/// Longitudes beyond ±180° come back on the other side.
fn within_world(area: MultiPolygon) -> MultiPolygon {
    let Some(bounds) = area.bounding_rect() else { return area };
    if bounds.min().x >= -180.0 && bounds.max().x <= 180.0 {
        return area;
    }
    let strip = |from: f64| MultiPolygon::new(vec![rectangle(from, -90.0, from + 360.0, 90.0)]);
    let parts = [-540.0, -180.0, 180.0].map(|from| area.intersection(&strip(from)).translate(-180.0 - from, 0.0));
    MultiPolygon::new(parts.into_iter().flat_map(|part| part.0).collect())
}

pub(super) fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Polygon {
    Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon()
}

/// The same area with fewer corners, when it has very many; islets go first.
fn coarser(area: MultiPolygon) -> MultiPolygon {
    if area.coords_count() <= MAX_CORNERS {
        return area;
    }
    let mut off = 0.0;
    let mut drawn: Vec<(&Polygon, Polygon)> = area.0.iter().map(|polygon| (polygon, polygon.clone())).collect();
    for round in 0..ROUNDS {
        if drawn.iter().map(|(_, p)| p.coords_count()).sum::<usize>() <= MAX_CORNERS {
            break;
        }
        let step = COARSE * 2.0_f64.powi(round);
        let is_large = |p: &Polygon| p.coords_count() > 4 && p.bounding_rect().is_some_and(|r| r.width().max(r.height()) > ISLET * step);
        let next: Vec<_> = drawn.iter().map(|(polygon, finer)| (*polygon, finer.simplify(step))).filter(|(_, p)| is_large(p)).collect();
        if !next.is_empty() {
            (drawn, off) = (next, step);
        }
    }
    // Whether lines cross takes longer to see than all else: it is asked of what is drawn at last.
    let drawn = drawn.into_iter().map(|(polygon, simple)| uncrossed(polygon, off, simple));
    MultiPolygon::new(drawn.collect())
}

/// A polygon drawn coarsely, or a little more coarsely until its lines do not cross.
fn uncrossed(polygon: &Polygon, off: f64, simple: Polygon) -> Polygon {
    if simple.is_valid() {
        return simple;
    }
    let coarser = COARSER.into_iter().map(|times| polygon.simplify(off * times));
    coarser.filter(|p| p.coords_count() > 4).find(Validation::is_valid).unwrap_or_else(|| step_by_step(polygon, off))
}

/// The slow way, as coarse as the others or until the corners are few: each drawing from one that is twice as fine and valid, by
/// triangles where the other way crosses lines.
fn step_by_step(polygon: &Polygon, off: f64) -> Polygon {
    let steps = (0..ROUNDS).map(|round| COARSE * 2.0_f64.powi(round));
    steps.fold(polygon.clone(), |finer, step| {
        // Half, so that some such polygons together have not very many.
        if step > off && finer.coords_count() <= MAX_CORNERS / 2 {
            return finer;
        }
        let simple = finer.simplify(step);
        if simple.is_valid() { simple } else { finer.simplify_vw_preserve(step * step) }
    })
}

#[cfg(test)]
mod tests {
    use geo::Area;

    use super::*;

    #[test]
    fn what_crosses_the_antimeridian_is_cut_there() {
        let area = whole(MultiPolygon::new(vec![rectangle(175.0, -20.0, 185.0, -10.0)])).unwrap();
        let bounds = area.bounding_rect().unwrap();
        assert_eq!((bounds.min().x, bounds.max().x, area.0.len()), (-180.0, 180.0, 2));
        assert!((area.unsigned_area() - 100.0).abs() < 1e-6);
        assert_eq!((within_180(181.0), within_180(-180.0)), (-179.0, -180.0));
    }

    #[test]
    fn nothing_is_no_area() {
        assert_eq!(whole(MultiPolygon::new(Vec::new())), None);
    }
}

//! Point → country, first- and second-level unit, by the outlines in which it lies.

use std::sync::OnceLock;

use geo::{Coord, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::outline::{self, Level, Outlines, STEPS, Unit};

/// A point outside all outlines belongs to the nearest within this distance, metres: twelve nautical miles, the width
/// of territorial waters, and far more than the outlines were simplified by (1–2 km).
pub const NEAREST_M: f64 = 22_224.0;
/// Points of an arc that are looked at together: those whose latitudes do not meet that of the point are passed over.
const CHUNK: usize = 16;
/// Metres in a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_195.0;
/// Half-way round the world, in grid steps.
const ANTIMERIDIAN: f64 = 180.0 * STEPS;
/// Steps farther than this in longitude are the whole parallel (near the poles).
const WHOLE_PARALLEL: f64 = 360.0 * STEPS;

/// The units in which a point lies: `ML`, `09`, and the ids of these places; empty where no outline is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chain {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// GeoNames code of the first-level unit.
    pub admin1: &'static str,
    /// GeoNames code of the second-level unit.
    pub admin2: &'static str,
    /// Id of the country as a place.
    pub country_id: &'static str,
    /// Id of the first-level unit.
    pub admin1_id: &'static str,
    /// Id of the second-level unit.
    pub admin2_id: &'static str,
    /// How far outside the outline the point lies, metres; 0 inside.
    pub distance_m: f64,
    /// True when the first-level unit's outline is drawn by nearest places rather than surveyed.
    pub is_cut: bool,
}

/// The units in which a point lies, or beside which it lies within [`NEAREST_M`]; `None` on the high seas.
pub fn chain(point: Point) -> Option<Chain> {
    static INDEX: OnceLock<Index> = OnceLock::new();
    if !(point.x().abs() <= 180.0 && point.y().abs() <= 90.0) {
        return None;
    }
    let index = INDEX.get_or_init(|| Index::new(outline::all()));
    let at = Coord { x: point.x() * STEPS, y: point.y() * STEPS };
    index.containing(at).or_else(|| index.nearest(at))
}

type Part = GeomWithData<Rectangle<[f64; 2]>, u32>;

struct Index {
    outlines: &'static Outlines<'static>,
    /// Boxes of all polygons: of countries, and of units.
    countries: RTree<Part>,
    units: RTree<Part>,
    /// Each polygon's unit and its arcs.
    polygons: Vec<(u32, Box<[u32]>)>,
    /// For each arc, the boxes of its pieces of [`CHUNK`] lines.
    chunks: Vec<Box<[AABB<[i32; 2]>]>>,
}

impl Index {
    fn new(outlines: &'static Outlines<'static>) -> Index {
        let chunks: Vec<Box<[AABB<[i32; 2]>]>> = outlines.arcs.iter().map(|points| boxes(points)).collect();
        let (mut countries, mut units, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
        for (number, unit) in outlines.units.iter().enumerate() {
            for rings in &unit.polygons {
                let arcs: Box<[u32]> = rings.iter().flatten().map(|arc| outline::arc_index(*arc) as u32).collect();
                let around = arcs.iter().flat_map(|a| chunks[*a as usize].iter());
                let corners = around.flat_map(|b| [b.lower(), b.upper()]).map(|[x, y]| [f64::from(x), f64::from(y)]);
                let area = AABB::from_points(corners.collect::<Vec<_>>().iter());
                let part = GeomWithData::new(Rectangle::from_aabb(area), polygons.len() as u32);
                if unit.level == Level::Country {
                    countries.push(part);
                } else {
                    units.push(part);
                }
                polygons.push((number as u32, arcs));
            }
        }
        Index { outlines, countries: RTree::bulk_load(countries), units: RTree::bulk_load(units), polygons, chunks }
    }

    fn unit(&self, polygon: u32) -> &Unit<'static> {
        &self.outlines.units[self.polygons[polygon as usize].0 as usize]
    }

    fn containing(&self, at: Coord) -> Option<Chain> {
        let spot = [at.x, at.y];
        // Of two that contain the point (a city state whose hole was too small to keep) the smaller is meant.
        let inside = |tree: &RTree<Part>, level: Level| {
            let found = tree.locate_all_at_point(&spot).filter(|p| self.unit(p.data).level == level && self.contains(p.data, at));
            found.min_by(|a, b| extent(a).total_cmp(&extent(b))).map(|p| p.data)
        };
        let admin1 = inside(&self.units, Level::Admin1);
        let polygon = admin1.or_else(|| inside(&self.countries, Level::Country))?;
        let admin2 = admin1.and_then(|_| inside(&self.units, Level::Admin2));
        Some(self.chain_of(polygon, admin2, 0.0))
    }

    /// Odd number of borders crossed on the way east. Each arc is run through in one direction for both its sides, and
    /// a line counts its lower end alone, so that a point on a border lies on exactly one side.
    fn contains(&self, polygon: u32, at: Coord) -> bool {
        let mut is_inside = false;
        for arc in &self.polygons[polygon as usize].1 {
            let points = &self.outlines.arcs[*arc as usize];
            for (number, area) in self.chunks[*arc as usize].iter().enumerate() {
                let ([_, south], [east, north]) = (area.lower(), area.upper());
                if at.y < f64::from(south) || at.y >= f64::from(north) || at.x >= f64::from(east) {
                    continue;
                }
                is_inside ^= piece(points, number).windows(2).filter(|line| crosses(line[0], line[1], at)).count() % 2 == 1;
            }
        }
        is_inside
    }

    fn nearest(&self, at: Coord) -> Option<Chain> {
        let shrink = (at.y / STEPS).to_radians().cos();
        let up = NEAREST_M / METRES_PER_DEGREE * STEPS;
        let aside = (up / shrink).min(WHOLE_PARALLEL);
        // Beyond the antimeridian the same land has other longitudes.
        let turned = [0.0, -2.0 * ANTIMERIDIAN, 2.0 * ANTIMERIDIAN].map(|turn| Coord { x: at.x + turn, y: at.y });
        let mut best: Option<(f64, u32)> = None;
        for at in turned.into_iter().filter(|t| t.x.abs() <= ANTIMERIDIAN + aside) {
            let around = AABB::from_corners([at.x - aside, at.y - up], [at.x + aside, at.y + up]);
            // Units come first: a country is as near as its nearest unit, and says less.
            let parts = self.units.locate_in_envelope_intersecting(&around).filter(|p| self.unit(p.data).level == Level::Admin1);
            for part in parts.chain(self.countries.locate_in_envelope_intersecting(&around)) {
                let metres = self.distance(part.data, at, shrink) / STEPS * METRES_PER_DEGREE;
                let is_nearer = best.is_none_or(|(least, known)| {
                    let rank = |m: f64, p: u32| (m, self.unit(p).level == Level::Country, p);
                    rank(metres, part.data) < rank(least, known)
                });
                if metres <= NEAREST_M && is_nearer {
                    best = Some((metres, part.data));
                }
            }
        }
        best.map(|(metres, polygon)| self.chain_of(polygon, None, metres))
    }

    /// Distance to the nearest line of a polygon, in grid steps of latitude.
    fn distance(&self, polygon: u32, at: Coord, shrink: f64) -> f64 {
        let mut least = f64::INFINITY;
        for arc in &self.polygons[polygon as usize].1 {
            let points = &self.outlines.arcs[*arc as usize];
            for (number, area) in self.chunks[*arc as usize].iter().enumerate() {
                if gap(area, at, shrink) < least {
                    least = piece(points, number).windows(2).map(|line| to_line(line[0], line[1], at, shrink)).fold(least, f64::min);
                }
            }
        }
        least
    }

    fn chain_of(&self, polygon: u32, admin2: Option<u32>, distance_m: f64) -> Chain {
        let unit = self.unit(polygon);
        let second = admin2.map(|p| self.unit(p)).filter(|u| u.country == unit.country);
        let country_id = if unit.level == Level::Country { Some(unit) } else { self.outlines.unit(Level::Country, unit.country, "") };
        Chain {
            country: unit.country,
            admin1: unit.admin1,
            admin2: second.map_or("", |u| u.admin2),
            country_id: country_id.map_or("", |u| u.id),
            admin1_id: if unit.level == Level::Admin1 { unit.id } else { "" },
            admin2_id: second.map_or("", |u| u.id),
            distance_m,
            is_cut: unit.is_cut,
        }
    }
}

fn boxes(points: &[Coord<i32>]) -> Box<[AABB<[i32; 2]>]> {
    (0..points.len().saturating_sub(1).div_ceil(CHUNK))
        .map(|number| AABB::from_points(piece(points, number).iter().map(|p| [p.x, p.y]).collect::<Vec<_>>().iter()))
        .collect()
}

/// The points of a piece: its lines' ends, the last one being the next piece's first.
fn piece(points: &[Coord<i32>], number: usize) -> &[Coord<i32>] {
    let from = number * CHUNK;
    points.get(from..(from + CHUNK + 1).min(points.len())).unwrap_or_default()
}

fn extent(part: &Part) -> f64 {
    let (lower, upper) = (part.geom().lower(), part.geom().upper());
    (upper[0] - lower[0]) * (upper[1] - lower[1])
}

/// True when a line lies across the parallel of a point, east of it.
fn crosses(a: Coord<i32>, b: Coord<i32>, at: Coord) -> bool {
    let (ax, ay, bx, by) = (f64::from(a.x), f64::from(a.y), f64::from(b.x), f64::from(b.y));
    (ay > at.y) != (by > at.y) && at.x < ax + (at.y - ay) / (by - ay) * (bx - ax)
}

/// How far a box is from a point at least.
fn gap(area: &AABB<[i32; 2]>, at: Coord, shrink: f64) -> f64 {
    let outside = |value: f64, low: i32, high: i32| (f64::from(low) - value).max(value - f64::from(high)).max(0.0);
    let ([west, south], [east, north]) = (area.lower(), area.upper());
    (outside(at.x, west, east) * shrink).hypot(outside(at.y, south, north))
}

fn to_line(a: Coord<i32>, b: Coord<i32>, at: Coord, shrink: f64) -> f64 {
    let (ax, ay) = ((f64::from(a.x) - at.x) * shrink, f64::from(a.y) - at.y);
    let (bx, by) = ((f64::from(b.x) - at.x) * shrink, f64::from(b.y) - at.y);
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (ax + share * dx).hypot(ay + share * dy)
}

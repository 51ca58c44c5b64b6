//! Relations between what is drawn and a geometry that is asked about.

use geo::relate::IntersectionMatrix;
use geo::{BoundingRect, Geometry, Point, PreparedGeometry, Relate};
use serde_json::Value;

use crate::store::Bounds;

use super::predicate::Relation;
use super::segment::Segment;

/// A relation to a geometry, made ready to be asked of many features.
pub(super) struct Asked<'a> {
    relation: Relation,
    geometry: PreparedGeometry<'a, &'a Geometry>,
    /// Around the geometry.
    pub(super) bounds: Bounds,
}

impl<'a> Asked<'a> {
    /// `None` when the geometry is empty.
    pub(super) fn of(relation: Relation, geometry: &'a Geometry) -> Option<Asked<'a>> {
        let rect = geometry.bounding_rect()?;
        let bounds = Bounds { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y };
        Some(Asked { relation, geometry: PreparedGeometry::from(geometry), bounds })
    }

    pub(super) fn holds(&self, segment: &Segment, row: u32) -> bool {
        let Some(bounds) = segment.bbox(row) else { return false };
        let Some(drawn) = drawn(segment, row, bounds) else { return false };
        told(self.relation, &PreparedGeometry::from(&drawn).relate(&self.geometry))
    }
}

fn told(relation: Relation, matrix: &IntersectionMatrix) -> bool {
    match relation {
        Relation::Intersects => matrix.is_intersects(),
        Relation::Disjoint => matrix.is_disjoint(),
        Relation::Within => matrix.is_within(),
        Relation::Contains => matrix.is_contains(),
        Relation::Equals => matrix.is_equal_topo(),
        Relation::Touches => matrix.is_touches(),
        Relation::Crosses => matrix.is_crosses(),
        Relation::Overlaps => matrix.is_overlaps(),
    }
}

/// What is drawn of a row; a box without extent is a point, and then the feature need not be read.
fn drawn(segment: &Segment, row: u32, [west, south, east, north]: [f64; 4]) -> Option<Geometry> {
    #[expect(clippy::float_cmp, reason = "both sides of a point's box are the same number")]
    let is_point = west == east && south == north;
    if is_point {
        return Some(Point::new(west, south).into());
    }
    let feature: Value = serde_json::from_str(segment.feature(row)).ok()?;
    geojson::Geometry::from_json_value(feature.get("geometry")?.clone()).ok()?.value.try_into().ok()
}

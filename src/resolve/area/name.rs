//! What a relative place is called on maps and in tables: «150 km E of Gao», «north of Mali».

use crate::recognise::{How, Relation};

use super::super::resolution::Located;

/// The eighths of the compass, clockwise from north: as letters beside figures, as words without.
const COMPASS: [(&str, &str); 8] = [
    ("N", "north"),
    ("NE", "north-east"),
    ("E", "east"),
    ("SE", "south-east"),
    ("S", "south"),
    ("SW", "south-west"),
    ("W", "west"),
    ("NW", "north-west"),
];

pub(super) fn name(relation: &Relation, anchor: &str, beyond: &str, others: [Option<&Located>; 2]) -> String {
    let toward = relation.bearing_deg.map(compass);
    let kilometres = relation.distance_m.unwrap_or_default() / 1_000.0;
    let other = |at: usize| others[at].map_or("", |p| p.name.as_str());
    match (relation.how, toward) {
        (How::Distance, Some((letters, _))) => format!("{kilometres:.0} km {letters} of {anchor}"),
        (How::Distance, None) => format!("{kilometres:.0} km from {anchor}"),
        (How::Part, Some((_, word))) => format!("{word} of {anchor}"),
        (How::Part, None) => format!("centre of {anchor}"),
        (How::Near, _) if relation.distance_m.is_some() => format!("within {kilometres:.0} km of {anchor}"),
        (How::Around, _) => format!("around {anchor}"),
        (How::Near, _) => format!("near {anchor}"),
        (How::Bank, Some((_, word))) => format!("{word} bank of the {anchor}"),
        (How::Bank, None) => format!("banks of the {anchor}"),
        (How::Between, _) => format!("between {anchor} and {}", other(0)),
        (How::Border, _) if others[0].is_some() => format!("border of {anchor} and {}", other(0)),
        (How::Border, _) => format!("border of {anchor} and {beyond}"),
        (How::Corner, _) => format!("where {anchor}, {} and {} meet", other(0), other(1)),
    }
}

/// Letters and word of the eighth that a bearing lies in.
pub(super) fn compass(bearing_deg: f64) -> (&'static str, &'static str) {
    COMPASS[(bearing_deg.rem_euclid(360.0) / 45.0).round() as usize % COMPASS.len()]
}

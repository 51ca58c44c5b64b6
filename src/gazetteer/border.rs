//! The border of two countries: the line that both outlines share, and the band along it.

use std::collections::BTreeSet;

use geo::{AffineOps, AffineTransform, BoundingRect, Buffer, Coord, LineString, MultiLineString, MultiPolygon};

use super::outline::{self, Level, Outlines, degrees};

/// Metres in a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// The line between two countries by their ISO codes, in either order; `None` when they have no border on land.
pub fn border(country: &str, neighbour: &str) -> Option<MultiLineString> {
    let outlines = outline::all();
    let ours = arcs(outlines, country)?;
    let shared: Vec<usize> = arcs(outlines, neighbour)?.intersection(&ours).copied().collect();
    let is_border = country != neighbour && !shared.is_empty();
    is_border.then(|| joined(shared.into_iter().map(|arc| outlines.arcs[arc].iter().map(|p| degrees(*p)).collect()).collect()))
}

/// The ground within some distance of the border of two countries: what a report means by «on the Mali–Niger border».
/// Widths are right in the middle latitude of the border and off by a few percent at its ends.
pub fn band(country: &str, neighbour: &str, reach_m: f64) -> Option<MultiPolygon> {
    let line = border(country, neighbour)?;
    let middle = line.bounding_rect()?.center();
    let shrink = middle.y.to_radians().cos();
    let scaled = line.affine_transform(&AffineTransform::scale(shrink, 1.0, Coord { x: 0.0, y: 0.0 }));
    let around = scaled.buffer(reach_m / METRES_PER_DEGREE);
    Some(around.affine_transform(&AffineTransform::scale(1.0 / shrink, 1.0, Coord { x: 0.0, y: 0.0 })))
}

fn arcs(outlines: &Outlines<'_>, country: &str) -> Option<BTreeSet<usize>> {
    let unit = outlines.unit(Level::Country, country, "")?;
    Some(unit.polygons.iter().flatten().flatten().map(|arc| outline::arc_index(*arc)).collect())
}

/// Pieces joined end to end as far as they go.
fn joined(mut pieces: Vec<Vec<Coord>>) -> MultiLineString {
    let mut lines = Vec::new();
    while let Some(mut line) = pieces.pop() {
        while let Some(next) = pieces.iter().position(|p| p.first() == line.last() || p.last() == line.last()) {
            extend(&mut line, pieces.swap_remove(next));
        }
        line.reverse();
        while let Some(next) = pieces.iter().position(|p| p.first() == line.last() || p.last() == line.last()) {
            extend(&mut line, pieces.swap_remove(next));
        }
        lines.push(LineString::new(line));
    }
    MultiLineString::new(lines)
}

fn extend(line: &mut Vec<Coord>, mut piece: Vec<Coord>) {
    if piece.first() != line.last() {
        piece.reverse();
    }
    line.extend(piece.into_iter().skip(1));
}

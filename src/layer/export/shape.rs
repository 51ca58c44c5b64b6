//! GeoJSON geometries as shapes of the `geo` crate, and those as well-known binary and text.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde_json::Value;

/// The shape of a GeoJSON geometry; `None` of null, of an empty one and of what is no geometry. Heights are dropped.
pub(super) fn shape(geometry: &Value) -> Option<Geometry<f64>> {
    let parts = || geometry.get("coordinates")?.as_array().filter(|parts| !parts.is_empty());
    Some(match geometry.get("type")?.as_str()? {
        "Point" => Point(coord(geometry.get("coordinates")?)?).into(),
        "LineString" => line(geometry.get("coordinates")?)?.into(),
        "Polygon" => polygon(geometry.get("coordinates")?)?.into(),
        "MultiPoint" => MultiPoint(all(parts()?, |p| coord(p).map(Point))?).into(),
        "MultiLineString" => MultiLineString(all(parts()?, line)?).into(),
        "MultiPolygon" => MultiPolygon(all(parts()?, polygon)?).into(),
        "GeometryCollection" => {
            let members = geometry.get("geometries")?.as_array().filter(|members| !members.is_empty())?;
            Geometry::GeometryCollection(GeometryCollection(all(members, shape)?))
        }
        _ => return None,
    })
}

fn all<T>(values: &[Value], read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(read).collect()
}

fn coord(position: &Value) -> Option<Coord> {
    match position.as_array()?.as_slice() {
        [lon, lat, ..] => Some(Coord { x: lon.as_f64()?, y: lat.as_f64()? }),
        _ => None,
    }
}

fn line(positions: &Value) -> Option<LineString> {
    let coords = all(positions.as_array()?, coord)?;
    (coords.len() > 1).then_some(LineString(coords))
}

fn polygon(rings: &Value) -> Option<Polygon> {
    let mut rings = all(rings.as_array()?, line)?.into_iter();
    let outer = rings.next()?;
    Some(Polygon::new(outer, rings.collect()))
}

/// OGC well-known binary, little-endian.
pub(super) fn wkb(shape: &Geometry<f64>) -> Vec<u8> {
    let mut out = Vec::new();
    write_wkb(shape, &mut out);
    out
}

fn write_wkb(shape: &Geometry<f64>, out: &mut Vec<u8>) {
    let each = |code: u32, members: Vec<Geometry<f64>>, out: &mut Vec<u8>| {
        head(code, out);
        length(members.len(), out);
        for member in &members {
            write_wkb(member, out);
        }
    };
    match shape {
        Geometry::Point(point) => {
            head(1, out);
            coordinates(&[point.0], out);
        }
        Geometry::LineString(line) => {
            head(2, out);
            length(line.0.len(), out);
            coordinates(&line.0, out);
        }
        Geometry::Polygon(polygon) => {
            head(3, out);
            length(1 + polygon.interiors().len(), out);
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                length(ring.0.len(), out);
                coordinates(&ring.0, out);
            }
        }
        Geometry::MultiPoint(many) => each(4, many.0.iter().map(|p| (*p).into()).collect(), out),
        Geometry::MultiLineString(many) => each(5, many.0.iter().cloned().map(Into::into).collect(), out),
        Geometry::MultiPolygon(many) => each(6, many.0.iter().cloned().map(Into::into).collect(), out),
        Geometry::GeometryCollection(many) => each(7, many.0.clone(), out),
        // `shape` makes none of the others.
        Geometry::Line(line) => write_wkb(&LineString::from(*line).into(), out),
        Geometry::Rect(rect) => write_wkb(&rect.to_polygon().into(), out),
        Geometry::Triangle(triangle) => write_wkb(&triangle.to_polygon().into(), out),
    }
}

fn head(code: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend(code.to_le_bytes());
}

fn length(count: usize, out: &mut Vec<u8>) {
    out.extend((count as u32).to_le_bytes());
}

fn coordinates(coords: &[Coord], out: &mut Vec<u8>) {
    for coord in coords {
        out.extend(coord.x.to_le_bytes());
        out.extend(coord.y.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |out, byte| out + &format!("{byte:02x}"))
    }

    #[test]
    fn a_point_is_byte_order_kind_and_two_numbers() {
        let point = shape(&json!({"type": "Point", "coordinates": [1.0, -2.0, 300.0]})).unwrap();
        assert_eq!(hex(&wkb(&point)), "0101000000000000000000f03f00000000000000c0");
    }

    #[test]
    fn parts_have_heads_of_their_own_and_rings_do_not() {
        let ring = json!([[0, 0], [1, 0], [1, 1], [0, 0]]);
        let polygon = wkb(&shape(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap());
        let many = wkb(&shape(&json!({"type": "MultiPolygon", "coordinates": [[ring], [ring]]})).unwrap());
        assert_eq!(polygon.len(), 5 + 4 + 4 + 4 * 16);
        assert_eq!((many.len(), &many[9..9 + polygon.len()]), (5 + 4 + 2 * polygon.len(), polygon.as_slice()));
        let collection = json!({"type": "GeometryCollection", "geometries": [{"type": "MultiPoint", "coordinates": [[1, 2]]}]});
        assert_eq!(wkb(&shape(&collection).unwrap()).len(), 9 + 9 + 21);
    }

    #[test]
    fn what_is_no_geometry_has_no_shape() {
        for bad in [json!(null), json!({"type": "Polygon", "coordinates": []}), json!({"type": "Point", "coordinates": ["a", 1]})] {
            assert!(shape(&bad).is_none(), "{bad}");
        }
    }
}

//! Named regions without borders (Sahel, Liptako-Gourma): their outlines, drawn as coarsely as they are known.

use std::collections::HashMap;
use std::sync::OnceLock;

use geo::{Coord, LineString, Polygon};

use super::row::{self, Fault, Row};

static REGIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/regions.tsv"));

/// Columns of `regions.tsv`: id, name, feature, countries, lat, lon, `radius_m`, wkt, names, source.
const COLUMNS: usize = 9;

/// A region as a gazetteer row, and its outline as well-known text.
///
/// # Errors
/// A [`Fault`] that names the first value that cannot be used.
pub fn parse(line: &str) -> Result<Option<(Row, String)>, Fault> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let cells: Vec<&str> = line.split('\t').collect();
    let Some([id, name, feature, countries, lat, lon, radius, wkt, names]) =
        cells.get(..COLUMNS).and_then(|c| <[&str; COLUMNS]>::try_from(c).ok())
    else {
        return Err(Fault { found: format!("{} columns", cells.len()), expected: "9 or more".to_owned() });
    };
    // A region of one country belongs to it; one of several belongs to none.
    let country = if countries.len() == 2 { countries } else { "" };
    let line = [id, name, feature, country, "", "", lat, lon, "", radius, names].join("\t");
    Ok(row::parse(&line)?.map(|row| (row, wkt.to_owned())))
}

/// The outline of a region by its identifier.
pub fn outline(id: &str) -> Option<&'static Polygon> {
    static OUTLINES: OnceLock<HashMap<String, Polygon>> = OnceLock::new();
    let all = OUTLINES.get_or_init(|| {
        REGIONS.lines().filter_map(|line| parse(line).ok().flatten()).filter_map(|(row, wkt)| Some((row.id, polygon(&wkt)?))).collect()
    });
    all.get(id)
}

/// `POLYGON((lon lat, …))`, one ring.
pub fn polygon(wkt: &str) -> Option<Polygon> {
    let ring = wkt.trim().strip_prefix("POLYGON")?.trim().strip_prefix("((")?.strip_suffix("))")?;
    let coords: Option<Vec<Coord>> = ring
        .split(',')
        .map(|pair| {
            let (x, y) = pair.trim().split_once(' ')?;
            Some(Coord { x: x.trim().parse().ok()?, y: y.trim().parse().ok()? })
        })
        .collect();
    coords.filter(|c| c.len() >= 4).map(|c| Polygon::new(LineString::from(c), Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_read_longitude_first() {
        let square = polygon("POLYGON((-1 14, 2 14, 2 16, -1 16, -1 14))").unwrap();
        assert_eq!(square.exterior().0[1], Coord { x: 2.0, y: 14.0 });
        assert_eq!(polygon("POINT(1 2)"), None);
    }
}

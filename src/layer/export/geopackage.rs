//! OGC GeoPackage 1.3: one SQLite file with one layer, indexed by an R-tree, written in the system's temporary folder and copied out.

mod schema;

use std::fs::File;
use std::io::{self, Write};

use geo::BoundingRect;
use geo::{Geometry, Rect};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value;
use tempfile::TempDir;

use super::about::About;
use super::columns::{Columns, Kind};
use super::row::Row;
use super::shape::{shape, wkb};
use super::sink::{LeftOut, Sink};

use schema::{Layer, WGS84};

/// A GeoPackage in the making.
pub(super) struct GeoPackage {
    /// Removed with all that is in it when this is dropped.
    folder: TempDir,
    connection: Option<Connection>,
    layer: Layer,
    columns: Columns,
    insert: String,
    bounds: Option<Rect>,
    count: i64,
}

impl GeoPackage {
    pub(super) fn new(about: &About, format: &str) -> io::Result<GeoPackage> {
        let folder = tempfile::tempdir()?;
        let connection = Connection::open(file_in(&folder)).map_err(io::Error::other)?;
        let layer = Layer::new(about);
        schema::begin(&connection, &layer, &about.provenance(format).to_string()).map_err(io::Error::other)?;
        let columns = about.columns.clone();
        let names: Vec<String> = columns.names().map(|name| format!("\"{name}\"")).collect();
        let geometry = if layer.is_drawn { ", geom" } else { "" };
        let marks = vec!["?"; names.len() + 1 + usize::from(layer.is_drawn)].join(", ");
        let insert = format!("INSERT INTO \"{}\" (fid, {}{geometry}) VALUES ({marks})", layer.name, names.join(", "));
        Ok(GeoPackage { folder, connection: Some(connection), layer, columns, insert, bounds: None, count: 0 })
    }

    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let Some(connection) = &self.connection else { return Ok(()) };
        self.count += 1;
        let mut cells = vec![Cell::Integer(self.count)];
        cells.extend(self.columns.iter().zip(self.columns.values(row)).map(|(column, value)| cell(column.kind, value.as_deref())));
        let shape = shape(&row.geometry).and_then(|shape| Some((shape.bounding_rect()?, shape)));
        if self.layer.is_drawn {
            cells.push(shape.as_ref().map_or(Cell::Null, |(bounds, shape)| Cell::Blob(blob(*bounds, shape))));
        }
        connection.prepare_cached(&self.insert)?.execute(params_from_iter(cells))?;
        if let Some((bounds, _)) = shape.filter(|_| self.layer.is_drawn) {
            let (low, high) = (bounds.min(), bounds.max());
            connection.prepare_cached(&self.layer.index_insert())?.execute(params![self.count, low.x, high.x, low.y, high.y])?;
            self.bounds = Some(self.bounds.map_or(bounds, |all| around(all, bounds)));
        }
        Ok(())
    }
}

impl Sink for GeoPackage {
    fn feature(&mut self, row: &Row<'_>, _out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        self.add(row).map_err(io::Error::other)?;
        Ok(None)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(connection) = self.connection.take() {
            schema::finish(&connection, &self.layer, self.bounds).map_err(io::Error::other)?;
            connection.close().map_err(|(_, error)| io::Error::other(error))?;
        }
        io::copy(&mut File::open(file_in(&self.folder))?, out)?;
        Ok(())
    }
}

fn file_in(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("export.gpkg")
}

fn around(one: Rect, other: Rect) -> Rect {
    let (a, b, c, d) = (one.min(), one.max(), other.min(), other.max());
    Rect::new((a.x.min(c.x), a.y.min(c.y)), (b.x.max(d.x), b.y.max(d.y)))
}

/// A value as SQLite keeps it; what is nested, and what is not of its column's kind, is text.
fn cell(kind: Kind, value: Option<&Value>) -> Cell {
    let Some(value) = value else { return Cell::Null };
    let whole = || value.as_i64().filter(|_| kind == Kind::Whole).or_else(|| value.as_bool().map(i64::from));
    let real = || value.as_f64().filter(|_| kind == Kind::Real);
    match (whole(), real(), value) {
        (Some(number), ..) => Cell::Integer(number),
        (_, Some(number), _) => Cell::Real(number),
        (_, _, Value::String(text)) => Cell::Text(text.clone()),
        (_, _, other) => Cell::Text(other.to_string()),
    }
}

/// A geometry as the standard wants it (§2.1.3): `GP`, version 0, little-endian with an envelope of two dimensions, the reference
/// system, the envelope, then well-known binary.
fn blob(bounds: Rect, shape: &Geometry<f64>) -> Vec<u8> {
    const LITTLE_ENDIAN_WITH_ENVELOPE: u8 = 0b0000_0011;
    let mut out = vec![b'G', b'P', 0, LITTLE_ENDIAN_WITH_ENVELOPE];
    out.extend(WGS84.to_le_bytes());
    for side in [bounds.min().x, bounds.max().x, bounds.min().y, bounds.max().y] {
        out.extend(side.to_le_bytes());
    }
    out.extend(wkb(shape));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_geometry_begins_with_its_head_and_envelope() {
        let point: Geometry<f64> = geo::Point::new(1.0, -2.0).into();
        let blob = blob(point.bounding_rect().unwrap(), &point);
        assert_eq!(&blob[..8], [b'G', b'P', 0, 3, 0xE6, 0x10, 0, 0]);
        assert_eq!(blob[8..16], 1.0_f64.to_le_bytes());
        assert_eq!(blob[24..32], (-2.0_f64).to_le_bytes());
        assert_eq!(blob[40..], wkb(&point));
    }
}

//! FlatGeobuf 3: features in the order of a Hilbert curve behind an index of their boxes.

use std::io::{self, Write};

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor};
use serde_json::Value;

use super::about::About;
use super::columns::{Columns, Kind};
use super::row::Row;
use super::shape::shape;
use super::sink::{LeftOut, Sink};

/// WGS84 by its number at EPSG.
const WGS84: i32 = 4326;

/// The features wait in a file of the temporary folder until all are known, for the index stands before them.
pub(super) struct FlatGeobuf {
    /// Made at the first feature: without any there is no index, and the head has to say so.
    writer: Option<FgbWriter<'static>>,
    columns: Columns,
    name: &'static str,
    provenance: String,
}

impl FlatGeobuf {
    pub(super) fn new(about: &About, format: &str) -> FlatGeobuf {
        let provenance = about.provenance(format).to_string();
        FlatGeobuf { writer: None, columns: about.columns.clone(), name: about.collection.name(), provenance }
    }

    fn writer(&self, write_index: bool) -> io::Result<FgbWriter<'static>> {
        let options = FgbWriterOptions {
            write_index,
            // Points and areas lie side by side: each feature tells what it is.
            detect_type: false,
            promote_to_multi: false,
            crs: FgbCrs { org: Some("EPSG"), code: WGS84, name: Some("WGS 84"), ..FgbCrs::default() },
            metadata: Some(&self.provenance),
            ..FgbWriterOptions::default()
        };
        let mut writer = FgbWriter::create_with_options(self.name, GeometryType::Unknown, options).map_err(failure)?;
        for column in self.columns.iter() {
            let kind = match column.kind {
                Kind::Text | Kind::Day => ColumnType::String,
                Kind::Json => ColumnType::Json,
                Kind::Whole => ColumnType::Long,
                Kind::Real => ColumnType::Double,
                Kind::Flag => ColumnType::Bool,
            };
            writer.add_column(&column.name, kind, |_, _| {});
        }
        Ok(writer)
    }
}

impl Sink for FlatGeobuf {
    fn feature(&mut self, row: &Row<'_>, _out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        let Some(shape) = shape(&row.geometry) else { return Ok(Some(LeftOut::NoGeometry)) };
        let mut writer = self.writer.take().map_or_else(|| self.writer(true), Ok)?;
        let cells: Vec<(usize, &str, Cell)> = (self.columns.iter().zip(self.columns.values(row)).enumerate())
            .filter_map(|(at, (column, value))| Some((at, column.name.as_str(), Cell::of(column.kind, &*value?)?)))
            .collect();
        let mut refused = None;
        let added = writer.add_feature_geom(shape, |feature| {
            for (at, name, cell) in &cells {
                refused = refused.take().or(feature.property(*at, name, &cell.value()).err());
            }
        });
        self.writer = Some(writer);
        added.map_err(io::Error::other)?;
        refused.map_or(Ok(None), |error| Err(io::Error::other(error)))
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.writer.take().map_or_else(|| self.writer(false), Ok)?.write(out).map_err(failure)
    }
}

/// A value in the type of its column.
enum Cell {
    Text(String),
    Json(String),
    Whole(i64),
    Real(f64),
    Flag(bool),
}

impl Cell {
    /// `None` of a value that is not of its column's kind; columns are tested to be of their values' kinds.
    fn of(kind: Kind, value: &Value) -> Option<Cell> {
        Some(match kind {
            Kind::Text | Kind::Day => Cell::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            Kind::Json => Cell::Json(value.to_string()),
            Kind::Whole => Cell::Whole(value.as_i64()?),
            Kind::Real => Cell::Real(value.as_f64()?),
            Kind::Flag => Cell::Flag(value.as_bool()?),
        })
    }

    fn value(&self) -> ColumnValue<'_> {
        match self {
            Cell::Text(text) => ColumnValue::String(text),
            Cell::Json(text) => ColumnValue::Json(text),
            Cell::Whole(number) => ColumnValue::Long(*number),
            Cell::Real(number) => ColumnValue::Double(*number),
            Cell::Flag(flag) => ColumnValue::Bool(*flag),
        }
    }
}

/// A reader who leaves early must be known as such, also behind the crate's own error.
fn failure(error: flatgeobuf::Error) -> io::Error {
    match error {
        flatgeobuf::Error::IO(error) => error,
        other => io::Error::other(other),
    }
}

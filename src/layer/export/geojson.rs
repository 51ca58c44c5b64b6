//! GeoJSON: features as they are published, byte for byte.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::about::About;
use super::row::Row;
use super::sink::{LeftOut, Sink};

/// A FeatureCollection (RFC 7946), features one a line; where it comes from stands behind them as `provenance`.
pub(super) struct Whole {
    bbox: Option<[f64; 4]>,
    provenance: Value,
    is_empty: bool,
}

impl Whole {
    pub(super) fn new(about: &About, format: &str) -> Whole {
        Whole { bbox: about.bbox, provenance: about.provenance(format), is_empty: true }
    }
}

impl Sink for Whole {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"type\":\"FeatureCollection\",")?;
        if let Some(bbox) = self.bbox {
            write!(out, "\"bbox\":{},", json!(bbox))?;
        }
        writeln!(out, "\"features\":[")
    }

    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        if !std::mem::take(&mut self.is_empty) {
            out.write_all(b",\n")?;
        }
        out.write_all(row.text.as_bytes())?;
        Ok(None)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n],\"provenance\":{}}}", self.provenance)
    }
}

/// RFC 8142: a record separator before each text, a line feed after it.
pub(super) struct Sequence;

impl Sink for Sequence {
    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>> {
        writeln!(out, "\u{1E}{}", row.text)?;
        Ok(None)
    }
}

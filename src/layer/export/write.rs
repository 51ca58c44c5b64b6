//! A file as it is written: its bytes counted and hashed, its features counted.

use std::io::{self, Write};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::about::{About, Manifest, hex};
use super::format::Format;
use super::row::Row;
use super::sink::Sink;

/// A file of features in the making: [`Export::begin`], [`Export::feature`] for each, [`Export::finish`].
pub struct Export<W: Write> {
    out: Counted<W>,
    sink: Box<dyn Sink>,
    manifest: Manifest,
}

impl<W: Write> Export<W> {
    /// Writes what stands before the features.
    ///
    /// # Errors
    /// When `out`, or a file in the temporary folder, cannot be written.
    pub fn begin(format: &Format, about: &About, out: W) -> io::Result<Export<W>> {
        let mut out = Counted { out, hash: Sha256::new(), bytes: 0 };
        let mut sink = format.sink(about)?;
        sink.begin(&mut out)?;
        let manifest = Manifest {
            provenance: about.provenance(format.name),
            features: 0,
            located: 0,
            left_out: std::collections::BTreeMap::new(),
            days: None,
            bytes: 0,
            sha256: String::new(),
        };
        Ok(Export { out, sink, manifest })
    }

    /// Adds a published feature, a JSON object.
    ///
    /// # Errors
    /// As [`Export::begin`], and when the text is no JSON object.
    pub fn feature(&mut self, feature: &str) -> io::Result<()> {
        let row = Row::read(feature)?;
        if let Some(why) = self.sink.feature(&row, &mut self.out)? {
            *self.manifest.left_out.entry(why).or_default() += 1;
            return Ok(());
        }
        self.manifest.features += 1;
        self.manifest.located += u64::from(row.geometry != Value::Null);
        if let Some([start, end]) = row.days() {
            match &mut self.manifest.days {
                Some([first, last]) => {
                    if start < first.as_str() {
                        start.clone_into(first);
                    }
                    if end > last.as_str() {
                        end.clone_into(last);
                    }
                }
                none => *none = Some([start.to_owned(), end.to_owned()]),
            }
        }
        Ok(())
    }

    /// Writes what stands behind the features and tells what the file is.
    ///
    /// # Errors
    /// As [`Export::begin`].
    pub fn finish(mut self) -> io::Result<(W, Manifest)> {
        self.sink.finish(&mut self.out)?;
        self.out.flush()?;
        let Counted { out, hash, bytes } = self.out;
        Ok((out, Manifest { bytes, sha256: hex(&hash.finalize()), ..self.manifest }))
    }
}

/// Writes features in one format and tells nothing of the file, which is quicker than [`Export`].
///
/// # Errors
/// As [`Export::begin`] and [`Export::feature`].
pub fn write_features(format: &Format, mut about: About, features: &[&str], mut out: impl Write) -> io::Result<()> {
    if !format.is_verbatim {
        features.iter().try_for_each(|feature| about.columns.see(feature))?;
    }
    let mut sink = format.sink(&about)?;
    sink.begin(&mut out)?;
    for feature in features {
        sink.feature(&if format.is_verbatim { Row::whole(feature) } else { Row::read(feature)? }, &mut out)?;
    }
    sink.finish(&mut out)?;
    out.flush()
}

struct Counted<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

//! The published features, one after the other: in memory while they are few, in a file that the system maps when they are many.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};
use crate::gazetteer::bytes::{Bytes, map_open};

/// More than this goes to a file: the system keeps in memory what is read of it, and may let go of it.
const MOST_HELD: usize = 64 << 20;

/// Texts by row.
#[derive(Debug)]
pub(super) struct Texts {
    bytes: Bytes,
    ends: Vec<u64>,
}

impl Texts {
    pub(super) fn get(&self, row: u32) -> &str {
        let start = row.checked_sub(1).and_then(|r| self.ends.get(r as usize)).copied().unwrap_or(0);
        let end = self.ends.get(row as usize).copied().unwrap_or(start);
        let bytes = self.bytes.get(start as usize..end as usize).unwrap_or_default();
        #[expect(unsafe_code, reason = "looking at each letter again takes as long as all the rest of an answer")]
        // SAFETY: `ends` says where each text ended that was added, as a `&str`, and nobody else can write to memory of ours or to a file
        // without a name, so these bytes are the text that was added.
        unsafe {
            std::str::from_utf8_unchecked(bytes)
        }
    }
}

/// Collects texts.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    folder: &'a Path,
    held: Vec<u8>,
    file: Option<BufWriter<File>>,
    ends: Vec<u64>,
}

impl<'a> Builder<'a> {
    /// A file, if one is needed, is made in `folder` and has no name there, so that nothing is left behind.
    pub(super) fn new(folder: &'a Path) -> Builder<'a> {
        Builder { folder, held: Vec::new(), file: None, ends: Vec::new() }
    }

    pub(super) fn add(&mut self, text: &str) -> Result<()> {
        let start = self.ends.last().copied().unwrap_or(0);
        self.ends.push(start + text.len() as u64);
        if let Some(file) = &mut self.file {
            return file.write_all(text.as_bytes()).map_err(|e| failed(self.folder, e));
        }
        self.held.extend_from_slice(text.as_bytes());
        if self.held.len() > MOST_HELD { self.spill().map_err(|e| failed(self.folder, e)) } else { Ok(()) }
    }

    fn spill(&mut self) -> std::io::Result<()> {
        let mut file = BufWriter::with_capacity(1 << 20, tempfile::tempfile_in(self.folder)?);
        file.write_all(&std::mem::take(&mut self.held))?;
        self.file = Some(file);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Texts> {
        self.held.shrink_to_fit();
        let bytes = match self.file {
            None => Bytes::Held(self.held),
            Some(file) => {
                let file = file.into_inner().map_err(|e| failed(self.folder, e.into_error()))?;
                map_open(&file).map_err(|e| failed(self.folder, e))?
            }
        };
        Ok(Texts { bytes, ends: self.ends })
    }
}

fn failed(folder: &Path, source: std::io::Error) -> Error {
    Error::File { path: folder.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_a_file_read_like_those_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let mut builder = Builder::new(folder.path());
        builder.add("غاو").unwrap();
        builder.spill().unwrap();
        builder.add("").unwrap();
        builder.add("Gao").unwrap();
        let texts = builder.finish().unwrap();
        assert!(matches!(texts.bytes, Bytes::Mapped(_)));
        assert_eq!([0, 1, 2, 3].map(|row| texts.get(row)), ["غاو", "", "Gao", ""]);
    }
}

//! The bytes of a file, unpacked as they are read, with limits that no honest file meets.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use crate::error::{Error, Result};

/// Bytes of a file that are looked at to recognise it: some dozens of lines of any format.
pub(super) const HEAD_BYTES: usize = 64 * 1024;
/// How much more than its packed size a file may unpack to. Tables of names pack to a third or a tenth; made-up ones to a hundredth.
const MAX_RATIO: u64 = 250;
/// A small file may unpack to this much whatever its ratio.
const MIN_UNPACKED: u64 = 256 << 20;
/// The longest row or feature: the finest outline of a country has some megabytes.
const MAX_ROW_BYTES: usize = 64 << 20;
/// Files of a ZIP archive that are papers about the data, as GeoNames packs them.
const PAPERS: [&str; 3] = ["readme.txt", "iso-languagecodes.txt", "licence.txt"];

/// A file's bytes, unpacked.
pub(super) type Bytes = BufReader<Box<dyn Read>>;

/// Opens a file, unpacks what is packed (by its first bytes, not by its name) and drops a byte order mark.
///
/// # Errors
/// [`Error::File`] when the file or the archive cannot be read; [`Error::Value`] when it is in UTF-16.
pub(super) fn open(path: &Path) -> Result<Bytes> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let packed = file.metadata().map_err(failed)?.len();
    let mut magic = [0; 4];
    let length = read_up_to(&mut file, &mut magic).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let bounded =
        |inner: Box<dyn Read>| -> Box<dyn Read> { Box::new(Bounded { inner, left: MIN_UNPACKED.max(packed.saturating_mul(MAX_RATIO)) }) };
    let plain: Box<dyn Read> = match magic.get(..length).unwrap_or_default() {
        [0x28, 0xB5, 0x2F, 0xFD] => bounded(Box::new(zstd::Decoder::new(file).map_err(failed)?)),
        [0x1F, 0x8B, ..] => bounded(Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file)))),
        [b'P', b'K', 3, 4] => bounded(member(file).map_err(failed)?),
        _ => Box::new(file),
    };
    let mut bytes = BufReader::with_capacity(HEAD_BYTES, plain);
    let start = bytes.fill_buf().map_err(failed)?;
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::value(&path.display().to_string(), "UTF-16", "UTF-8"));
    }
    if start.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.consume(3);
    }
    Ok(bytes)
}

/// The first bytes of a file, unpacked, up to [`HEAD_BYTES`].
///
/// # Errors
/// As of [`open`].
pub(super) fn head(path: &Path) -> Result<Vec<u8>> {
    let mut head = vec![0; HEAD_BYTES];
    let length = read_up_to(&mut open(path)?, &mut head).map_err(|source| Error::File { path: path.to_owned(), source })?;
    head.truncate(length);
    Ok(head)
}

fn read_up_to(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|r| !r.is_empty()) {
        match reader.read(rest)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// The one data file of a ZIP archive: the largest that is no paper.
fn member(file: File) -> io::Result<Box<dyn Read>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut archive = zip::ZipArchive::new(file.try_clone()?).map_err(io::Error::from)?;
    let mut best: Option<(u64, u64, u64, zip::CompressionMethod)> = None;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(io::Error::from)?;
        let path = entry.name().map_err(io::Error::from)?;
        let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        if entry.is_dir() || PAPERS.contains(&name.as_str()) {
            continue;
        }
        if entry.encrypted() {
            return Err(invalid("the ZIP archive is encrypted"));
        }
        let start = entry.data_start().ok_or_else(|| invalid("the ZIP archive does not say where its file begins"))?;
        let found = (entry.size(), start, entry.compressed_size(), entry.compression());
        if best.is_none_or(|b| found.0 > b.0) {
            best = Some(found);
        }
    }
    let Some((_, start, packed, method)) = best else { return Err(invalid("the ZIP archive holds no data file")) };
    let mut file = file;
    file.seek(SeekFrom::Start(start))?;
    let packed = BufReader::new(file).take(packed);
    match method {
        zip::CompressionMethod::Stored => Ok(Box::new(packed)),
        zip::CompressionMethod::Deflated => Ok(Box::new(flate2::bufread::DeflateDecoder::new(packed))),
        other => Err(invalid(&format!("the ZIP archive is packed by {other:?}, expected Deflated or Stored"))),
    }
}

/// Stops a file that unpacks to far more than any gazetteer does.
struct Bounded {
    inner: Box<dyn Read>,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, format!("unpacks to more than {MAX_RATIO} times its size: no gazetteer does"))
        })?;
        Ok(count)
    }
}

/// How many lines end in some bytes.
pub(super) fn line_ends(bytes: &[u8]) -> usize {
    bytes.split(|b| *b == b'\n').count().saturating_sub(1)
}

/// Where a reader is in its file.
#[derive(Debug, Default)]
pub(super) struct Position {
    /// Lines that ended.
    lines: Cell<usize>,
    /// Bytes since the row or feature began.
    row_bytes: Cell<usize>,
}

impl Position {
    /// The line that is being read, from 1.
    pub(super) fn line(&self) -> usize {
        self.lines.get() + 1
    }

    /// A row or feature begins here.
    pub(super) fn begin(&self) {
        self.row_bytes.set(0);
    }
}

/// Counts lines and refuses rows without end.
pub(super) struct Watched<R> {
    inner: R,
    position: Rc<Position>,
    /// Rows end with their lines (not so in JSON).
    by_line: bool,
}

impl<R: Read> Watched<R> {
    pub(super) fn new(inner: R, by_line: bool) -> (Watched<R>, Rc<Position>) {
        let position = Rc::new(Position::default());
        (Watched { inner, position: Rc::clone(&position), by_line }, position)
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let got = buffer.get(..count).unwrap_or_default();
        self.position.lines.set(self.position.lines.get() + line_ends(got));
        let since = got.iter().rev().position(|b| *b == b'\n').filter(|_| self.by_line);
        let row_bytes = since.unwrap_or_else(|| self.position.row_bytes.get() + count);
        self.position.row_bytes.set(row_bytes);
        if row_bytes > MAX_ROW_BYTES {
            let what = format!("line {}: a row of more than {MAX_ROW_BYTES} bytes", self.position.line());
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        Ok(count)
    }
}

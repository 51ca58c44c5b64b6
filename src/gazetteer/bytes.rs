//! The bytes of a table: in the binary, in a mapped file, or in memory; and files that are replaced whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};

use memmap2::Mmap;

use crate::error::{Error, Result};

/// The bytes of a table.
pub enum Bytes {
    /// Part of the program.
    Embedded(&'static [u8]),
    /// A file; the system loads what is touched.
    Mapped(Mmap),
    /// Compiled just now.
    Held(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Embedded(bytes) => bytes,
            Bytes::Mapped(map) => map,
            Bytes::Held(bytes) => bytes,
        }
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

/// Maps a file into memory.
///
/// # Errors
/// [`Error::File`] when it cannot be opened or mapped.
pub fn map(path: &Path) -> Result<Bytes> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    map_open(&File::open(path).map_err(failed)?).map_err(failed)
}

/// Maps an open file into memory.
///
/// # Errors
/// What the system says.
pub fn map_open(file: &File) -> io::Result<Bytes> {
    #[expect(unsafe_code, reason = "the one way to open a large file without reading it")]
    // SAFETY: a mapped file must not be changed while it is mapped. `replace` never writes into a table's file, it puts a new one in its
    // place, and the old bytes live on as long as they are mapped; who overwrites a table in place by other means breaks it as
    // overwriting a running program would. Files without a name are written by nobody else.
    unsafe { Mmap::map(file) }.map(Bytes::Mapped)
}

/// Replaces a file whole: writes beside it, brings that to the disk, and puts it in the place of the old one. Whenever the program dies,
/// there is the old file or the new one.
///
/// # Errors
/// [`Error::File`] with what the system or `write` said; the old file is then as it was.
pub fn replace<T>(path: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<T>) -> Result<T> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    remove_leftovers(folder, &name);
    let beside = folder.join(format!(".{name}.{}{PART}", std::process::id()));
    let written = written(&beside, write).and_then(|value| fs::rename(&beside, path).map(|()| value));
    if written.is_err() {
        // The reason is told; that the rest could not be removed either would hide it. The next build removes it.
        drop(fs::remove_file(&beside));
    }
    let value = written.map_err(failed)?;
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(failed)?;
    }
    Ok(value)
}

/// How files end that are not finished.
const PART: &str = ".part";

/// Bytes collected before they are handed to the system.
const BUFFER_BYTES: usize = 1 << 18;

fn written<T>(beside: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<T>) -> io::Result<T> {
    let file = File::create(beside)?;
    // Held until the file is renamed or left behind: see below.
    file.lock()?;
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, &file);
    let value = write(&mut out)?;
    out.flush()?;
    drop(out);
    file.sync_all()?;
    Ok(value)
}

/// Removes what builds of this file left behind that were killed: nobody holds the lock of theirs any more.
fn remove_leftovers(folder: &Path, name: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_part = |path: &PathBuf| {
        let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        file.starts_with(&format!(".{name}.")) && file.ends_with(PART)
    };
    for path in entries.filter_map(|e| Some(e.ok()?.path())).filter(is_part) {
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            // A leftover that stays is no harm.
            drop(fs::remove_file(&path));
        }
    }
}

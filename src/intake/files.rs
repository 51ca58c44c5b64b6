//! Files and folders → reports, in the order given.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::document::{self, Options, Refused, Source, Why};
use crate::error::{Error, Result};
use crate::recognise::Report;

use super::record::report_of;

/// A report, or where and why there is none.
pub type Read = std::result::Result<Report, Refused>;

/// A file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    /// What reports of it are named after: its path inside the folder that was given, the same on any machine.
    pub name: String,
    /// Its size, as far as the system says.
    pub bytes: u64,
}

/// How files are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct How {
    /// How much of them.
    pub options: Options,
    /// Day of publication of reports that do not say theirs.
    pub published: Option<Date>,
}

/// A file, or the files of a folder and its folders in order; hidden ones and links to folders are passed over.
///
/// # Errors
/// [`Error::File`] when there is nothing at the path.
pub fn listed(path: &Path) -> Result<Vec<std::result::Result<Listed, Refused>>> {
    let found = std::fs::metadata(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    if found.is_dir() {
        let mut out = Vec::new();
        under(path, path, &mut out);
        return Ok(out);
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(vec![Ok(Listed { path: path.to_owned(), name, bytes: found.len() })])
}

fn under(root: &Path, folder: &Path, out: &mut Vec<std::result::Result<Listed, Refused>>) {
    let mut entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => return out.push(Err(unreadable(folder, &error))),
    };
    entries.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => under(root, &path, out),
            _ if path.is_dir() => {}
            _ => {
                let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
                out.push(Ok(Listed { name: name_in(root, &path), path, bytes }));
            }
        }
    }
}

fn name_in(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn unreadable(path: &Path, error: &io::Error) -> Refused {
    Refused { place: path.display().to_string(), why: Why::Unreadable, reason: error.to_string() }
}

/// Hands on what a file holds; `false` when `each` ended it.
pub fn read_file(file: &Listed, how: &How, each: &mut dyn FnMut(Read) -> bool) -> bool {
    match std::fs::File::open(&file.path) {
        Ok(opened) => {
            let shown = file.path.display().to_string();
            read_source(&file.name, &shown, &mut BufReader::with_capacity(1 << 16, opened), how, each)
        }
        Err(error) => each(Err(unreadable(&file.path, &error))),
    }
}

/// Hands on what a stream holds; `shown` is what messages call it.
pub fn read_source(name: &str, shown: &str, source: &mut dyn Source, how: &How, each: &mut dyn FnMut(Read) -> bool) -> bool {
    document::read(shown, source, &how.options, &mut |found| each(found.map(|document| report_of(document, name, how.published))))
}

/// Hands on records as JSON Lines as they come, of a stream that has no beginning to come back to.
pub fn read_lines(name: &str, source: &mut dyn io::BufRead, how: &How, each: &mut dyn FnMut(Read) -> bool) -> bool {
    document::read_lines(name, source, &how.options, &mut |found| each(found.map(|document| report_of(document, name, how.published))))
}

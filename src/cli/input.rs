//! Files, folders and standard input → reports, one after the other, in the order given.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::document::{self, Columns, FIELDS, Limits, Options, Refused, Source, Why};
use crate::intake::report_of;
use crate::recognise::Report;

use super::arguments::Reading;
use super::output::Log;
use super::run::Outcome;

/// A report, or where and why there is none.
pub(super) type Read1 = Result<Report, Refused>;

/// Hands every report to `each`; an error of `each` ends the reading.
///
/// # Errors
/// When a path does not exist, before anything is read; or what `each` says.
pub(super) fn read(paths: &[PathBuf], reading: &Reading, each: &mut dyn FnMut(Read1) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard_input } else { paths };
    for path in paths.iter().filter(|p| p.as_os_str() != "-") {
        std::fs::metadata(path).with_context(|| path.display().to_string())?;
    }
    for path in paths {
        if path.as_os_str() == "-" {
            stream(reading, each)?;
        } else if path.is_dir() {
            for file in files_under(path) {
                match file {
                    Ok(file) => read_file(&file, &name_in(path, &file), reading, each)?,
                    Err(error) => {
                        each(Err(Refused { place: path.display().to_string(), why: Why::Unreadable, reason: error.to_string() }))?;
                    }
                }
            }
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            read_file(path, &name, reading, each)?;
        }
    }
    Ok(())
}

/// Hands every report that can be read to `each`, and tells of those that cannot.
///
/// # Errors
/// As [`read`].
pub(super) fn each_report(
    paths: &[PathBuf],
    reading: &Reading,
    log: Log,
    each: &mut dyn FnMut(&Report) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Whole;
    read(paths, reading, &mut |read| match read {
        Ok(report) => each(&report),
        Err(reason) => {
            log.refuse(&reason.to_string());
            outcome = Outcome::SomeRefused;
            Ok(())
        }
    })?;
    Ok(outcome)
}

/// A file's identifier inside the folder that was given: the same on any machine.
fn name_in(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// All files of a folder and its folders, sorted; hidden ones and links to folders are passed over.
fn files_under(folder: &Path) -> Vec<io::Result<PathBuf>> {
    let entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => return vec![Err(io::Error::new(error.kind(), format!("{}: {error}", folder.display())))],
    };
    let mut entries: Vec<_> = entries.into_iter().filter(|e| !e.file_name().to_string_lossy().starts_with('.')).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    entries
        .into_iter()
        .flat_map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => files_under(&entry.path()),
            _ if entry.path().is_dir() => Vec::new(),
            _ => vec![Ok(entry.path())],
        })
        .collect()
}

fn read_file(path: &Path, name: &str, reading: &Reading, each: &mut dyn FnMut(Read1) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    match std::fs::File::open(path) {
        Ok(file) => documents(name, &shown, &mut BufReader::with_capacity(1 << 16, file), reading, each),
        Err(error) => each(Err(Refused { place: shown, why: Why::Unreadable, reason: error.to_string() })),
    }
}

/// Standard input has no beginning to come back to: what is no list of records is held in memory.
fn stream(reading: &Reading, each: &mut dyn FnMut(Read1) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut source = BufReader::new(io::stdin().lock());
    let mut ended = Ok(());
    if document::streams(source.fill_buf()?) {
        document::read_lines("-", &mut source, &options(reading), &mut |found| {
            ended = each(found.map(|document| report_of(document, "-", reading.published)));
            ended.is_ok()
        });
        return ended;
    }
    let mut bytes = Vec::new();
    source.take(options(reading).limits.file_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.is_empty() { Ok(()) } else { documents("-", "-", &mut Cursor::new(bytes), reading, each) }
}

/// Hands on what a file holds; `shown` is what messages call it.
fn documents(
    name: &str,
    shown: &str,
    source: &mut dyn Source,
    reading: &Reading,
    each: &mut dyn FnMut(Read1) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut ended = Ok(());
    document::read(shown, source, &options(reading), &mut |found| {
        ended = each(found.map(|document| report_of(document, name, reading.published)));
        ended.is_ok()
    });
    ended
}

fn options(reading: &Reading) -> Options {
    Options { limits: Limits::own(), columns: reading.columns.clone().unwrap_or_default() }
}

/// `text=Body,published=Date`
///
/// # Errors
/// A sentence that says what was found and what was expected.
pub(super) fn columns(told: &str) -> Result<Columns, String> {
    let pair = |pair: &str| {
        let (field, column) = pair.split_once('=').ok_or_else(|| format!("found «{pair}», expected FIELD=COLUMN"))?;
        let field = field.trim();
        if !FIELDS.contains(&field) {
            return Err(format!("found the field «{field}», expected one of {}", FIELDS.join(", ")));
        }
        if column.trim().is_empty() {
            return Err(format!("found no column for «{field}», expected FIELD=COLUMN"));
        }
        Ok((field.to_owned(), column.trim().to_owned()))
    };
    told.split(',').map(pair).collect()
}

//! Files, folders and standard input → reports, one after the other, in the order given.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use encoding_rs::Encoding;
use jiff::civil::Date;
use serde_json::Value;

use crate::intake::{decode, report_of, report_of_line};
use crate::recognise::Report;

use super::output::Log;
use super::run::Outcome;

/// Largest text file, and largest line of a JSON Lines file: positions in a report are 32 bits, and people send mistakes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A report, or where and why there is none.
pub(super) type Read1 = Result<Report, String>;

/// Hands every report to `each`; an error of `each` ends the reading.
///
/// # Errors
/// When a path does not exist, before anything is read; or what `each` says.
pub(super) fn read(paths: &[PathBuf], published: Option<Date>, each: &mut dyn FnMut(Read1) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard_input } else { paths };
    for path in paths.iter().filter(|p| p.as_os_str() != "-") {
        std::fs::metadata(path).with_context(|| path.display().to_string())?;
    }
    for path in paths {
        if path.as_os_str() == "-" {
            stream("-", &mut BufReader::new(io::stdin().lock()), published, each)?;
        } else if path.is_dir() {
            for file in files_under(path) {
                match file {
                    Ok(file) => read_file(&file, &name_in(path, &file), published, each)?,
                    Err(error) => each(Err(error.to_string()))?,
                }
            }
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            read_file(path, &name, published, each)?;
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
    published: Option<Date>,
    log: Log,
    each: &mut dyn FnMut(&Report) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Whole;
    read(paths, published, &mut |read| match read {
        Ok(report) => each(&report),
        Err(reason) => {
            log.refuse(&reason);
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

fn read_file(path: &Path, name: &str, published: Option<Date>, each: &mut dyn FnMut(Read1) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let shown = path.display();
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) => return each(Err(format!("{shown}: {error}"))),
    };
    if matches!(extension.as_str(), "jsonl" | "ndjson") {
        return lines(&shown.to_string(), &mut BufReader::new(file), published, each);
    }
    let content = match bytes(file).and_then(|b| decode(&b)) {
        Ok(content) => content,
        Err(reason) => return each(Err(format!("{shown}: {reason}"))),
    };
    if extension == "json" {
        return json(&shown.to_string(), &content, published, each);
    }
    each(Ok(plain(name, content, published)))
}

fn bytes(source: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > MAX_BYTES { Err(format!("is larger than {} MB", MAX_BYTES >> 20)) } else { Ok(bytes) }
}

fn plain(name: &str, text: String, published: Option<Date>) -> Report {
    Report { id: name.to_owned(), text, lang: None, title: None, published, source: None, url: None }
}

/// Standard input: JSON Lines when it begins with an object, else one plain text.
fn stream(
    name: &str,
    source: &mut dyn BufRead,
    published: Option<Date>,
    each: &mut dyn FnMut(Read1) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let first = source.fill_buf()?;
    let first = first.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(first).trim_ascii_start();
    if first.starts_with(b"{") {
        return lines(name, source, published, each);
    }
    match bytes(source).and_then(|b| decode(&b)) {
        Ok(content) if content.is_empty() => Ok(()),
        Ok(content) if content.trim_start().starts_with("[{") => json(name, &content, published, each),
        Ok(content) => each(Ok(plain(name, content, published))),
        Err(reason) => each(Err(format!("{name}: {reason}"))),
    }
}

/// JSON Lines, read as they come; a bad line is told with its number and the rest goes on.
fn lines(
    name: &str,
    source: &mut dyn BufRead,
    published: Option<Date>,
    each: &mut dyn FnMut(Read1) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if Encoding::for_bom(source.fill_buf()?).is_some_and(|(encoding, _)| encoding != encoding_rs::UTF_8) {
        return match bytes(source).and_then(|b| decode(&b)) {
            Ok(content) => lines(name, &mut Cursor::new(content), published, each),
            Err(reason) => each(Err(format!("{name}: {reason}"))),
        };
    }
    for number in 1.. {
        let mut line = Vec::new();
        if (&mut *source).take(MAX_BYTES).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let report = std::str::from_utf8(line).map_err(|e| e.to_string()).and_then(|l| report_of_line(l, published));
        each(report.map_err(|reason| format!("{name}:{number}: {}", without_place(&reason))))?;
    }
    Ok(())
}

/// The line that a JSON error counts is one of its own line, which misleads beside the file's.
fn without_place(reason: &str) -> String {
    reason.replacen(" at line 1 column", ", column", 1)
}

/// One object, or an array of them.
fn json(name: &str, content: &str, published: Option<Date>, each: &mut dyn FnMut(Read1) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let values = match serde_json::from_str(content) {
        Ok(Value::Array(values)) => values,
        Ok(value) => vec![value],
        // JSON Lines under the name of JSON.
        Err(_) if content.lines().next().is_some_and(|l| serde_json::from_str::<Value>(l).is_ok_and(|v| v.is_object())) => {
            return lines(name, &mut Cursor::new(content), published, each);
        }
        Err(error) => return each(Err(format!("{name}:{}: {error}", error.line()))),
    };
    for (index, value) in values.into_iter().enumerate() {
        each(report_of(value, published).map_err(|reason| format!("{name}: report {}: {reason}", index + 1)))?;
    }
    Ok(())
}

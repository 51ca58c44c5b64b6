//! `dalil check`: every line of a geodata folder is read as the program reads it; all faults are told.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::error::Error;
use crate::gazetteer::{load, region};
use crate::lang::lexicon;

use super::arguments::Check;
use super::output::{Log, stdout};
use super::run::Outcome;

pub(super) fn check(arguments: &Check, log: Log) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    anyhow::ensure!(folder.join("gazetteer").is_dir(), "{}: expected a geodata folder with gazetteer/ in it", folder.display());
    let mut out = stdout();
    let mut faults = 0;
    for (path, read) in files(folder)? {
        let content = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let name = path.display().to_string();
        let (rows, refused) = match String::from_utf8(content) {
            Ok(content) => read(&name, &content),
            Err(error) => (0, vec![line(&name, 1, &error.to_string(), "UTF-8")]),
        };
        for error in &refused {
            log.refuse(&error.to_string());
        }
        faults += refused.len();
        writeln!(out, "{rows}\t{}\t{name}", refused.len())?;
    }
    out.flush()?;
    log.progress(&format!("{faults} faults"));
    Ok(if faults == 0 { Outcome::Whole } else { Outcome::SomeRefused })
}

/// How many rows a file has, and what is wrong in it.
type Reader = fn(&str, &str) -> (usize, Vec<Error>);

/// The files that the program reads, each with its reader, in order.
fn files(folder: &Path) -> anyhow::Result<Vec<(PathBuf, Reader)>> {
    let gazetteer = folder.join("gazetteer");
    let mut out: Vec<(PathBuf, Reader)> = vec![(gazetteer.join("base.tsv"), rows), (gazetteer.join("regions.tsv"), regions)];
    out.extend(listed(&gazetteer.join("facts"), "tsv")?.into_iter().map(|path| (path, rows as Reader)));
    for lang in crate::lang::Lang::ALL {
        for path in listed(&folder.join("lexicon").join(lang.code()), "txt")? {
            let reader: Reader = if path.ends_with("actors.txt") { actors } else { words };
            out.push((path, reader));
        }
    }
    Ok(out)
}

fn listed(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files: Vec<PathBuf> = entries.collect::<std::io::Result<Vec<_>>>()?.into_iter().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == extension));
    files.sort();
    Ok(files)
}

fn rows(name: &str, content: &str) -> (usize, Vec<Error>) {
    let loaded = load::rows(name, content);
    (loaded.rows.len(), loaded.refused)
}

fn regions(name: &str, content: &str) -> (usize, Vec<Error>) {
    let mut refused = Vec::new();
    let mut count = 0;
    for (index, text) in content.lines().enumerate() {
        match region::parse(text) {
            Ok(None) => {}
            Ok(Some((_, outline))) if outline.is_empty() || region::polygon(&outline).is_some() => count += 1,
            Ok(Some((_, outline))) => refused.push(line(name, index + 1, &outline, "POLYGON((lon lat, …)) or nothing")),
            Err(fault) => refused.push(line(name, index + 1, &fault.found, &fault.expected)),
        }
    }
    (count, refused)
}

/// A word list is refused at its first bad line, which is then left out to find the next.
fn words(name: &str, content: &str) -> (usize, Vec<Error>) {
    let mut lines: Vec<&str> = content.lines().collect();
    let mut refused = Vec::new();
    loop {
        match lexicon::parse(name, &lines.join("\n")) {
            Ok(groups) => return (groups.entries.len(), refused),
            Err(error) => {
                let Error::Line { line, .. } = &error else { return (0, vec![error]) };
                let Some(bad) = line.checked_sub(1).and_then(|i| lines.get_mut(i)).filter(|l| !l.is_empty()) else {
                    return (0, vec![error]);
                };
                *bad = "";
                refused.push(error);
            }
        }
    }
}

/// Kinds of actors, as incidents publish them.
const ACTOR_KINDS: &[&str] = &["state", "rebel", "militia", "identity", "rioters", "protesters", "civilians", "external"];

/// Actors: canonical name, kind, country, aliases, separated by tabs.
fn actors(name: &str, content: &str) -> (usize, Vec<Error>) {
    let rows = content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with(['#', '[']));
    let mut refused = Vec::new();
    let mut count = 0;
    for (index, text) in rows {
        let cells: Vec<&str> = text.split('\t').collect();
        match cells.as_slice() {
            [actor, kind, country, ..] if !actor.is_empty() && ACTOR_KINDS.contains(kind) && matches!(country.len(), 0 | 2) => count += 1,
            _ => refused.push(line(name, index + 1, text, &format!("name, kind ({}), country, aliases", ACTOR_KINDS.join(", ")))),
        }
    }
    (count, refused)
}

/// Letters of a bad line that are shown: enough to find it.
const SHOWN_CHARS: usize = 80;

fn line(file: &str, line: usize, found: &str, expected: &str) -> Error {
    Error::Line { file: file.to_owned(), line, found: found.chars().take(SHOWN_CHARS).collect(), expected: expected.to_owned() }
}

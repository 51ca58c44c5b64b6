//! `dalil check`: every line of a geodata folder is read as the program reads it; all faults are told, each with file and line.

mod actor;
mod file;
mod language;
mod lexicon;
mod region;
mod row;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::error::Error;
use crate::gazetteer::outline;
use crate::gazetteer::spelling::Costs;
use crate::lang::Lang;
use crate::layer::geojson_faults;

use super::arguments::Check;
use super::output::{Log, stdout};
use super::run::Outcome;
use file::File;

pub(super) fn check(arguments: &Check, log: Log) -> anyhow::Result<Outcome> {
    let folder = &arguments.path;
    if folder.as_os_str() == "-" || folder.is_file() {
        return geojson(folder, log);
    }
    let expected = "expected a GeoJSON file, or a geodata folder with gazetteer/ in it";
    anyhow::ensure!(folder.join("gazetteer").is_dir(), "{}: {expected}", folder.display());
    let mut paths = Vec::new();
    walk(folder, &mut paths)?;
    paths.sort();
    let mut files = paths.iter().map(|path| File::read(path)).collect::<anyhow::Result<Vec<File>>>()?;
    faults(folder, &mut files);
    let mut out = stdout();
    for file in &mut files {
        file.faults.sort_by_key(|fault| fault.line);
        for fault in &file.faults {
            let error =
                Error::Line { file: file.name.clone(), line: fault.line, found: fault.found.clone(), expected: fault.expected.clone() };
            log.refuse(&error.to_string());
        }
        writeln!(out, "{}\t{}\t{}", file.rows().count(), file.faults.len(), file.name)?;
    }
    out.flush()?;
    let faults: usize = files.iter().map(|f| f.faults.len()).sum();
    log.progress(&format!("{faults} faults"));
    Ok(if faults == 0 { Outcome::Whole } else { Outcome::SomeRefused })
}

/// Checks a GeoJSON file against RFC 7946.
fn geojson(path: &Path, log: Log) -> anyhow::Result<Outcome> {
    let text = if path.as_os_str() == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
    let faults = geojson_faults(&text.with_context(|| path.display().to_string())?);
    for fault in &faults {
        log.refuse(&format!("{}: {}: found {}, expected {}", path.display(), fault.at, fault.found, fault.expected));
    }
    log.progress(&format!("{} faults", faults.len()));
    Ok(if faults.is_empty() { Outcome::Whole } else { Outcome::SomeRefused })
}

/// Finds the faults of all files; what they must agree on last.
fn faults(folder: &Path, files: &mut [File]) {
    for file in files.iter_mut() {
        file.check_form();
        if file.is_under("lexicon") {
            lexicon::check(file);
        } else if file.is("regions.tsv") {
            region::check(file);
        } else if file.is("outlines.tsv") {
            outlines(file);
        } else if file.is("costs.tsv") {
            costs(file);
        }
    }
    row::check(files);
    actor::agree(files);
    for name in language::lists(files) {
        let sisters = Lang::ALL.map(|lang| folder.join("lexicon").join(lang.code()).join(&name));
        language::check(files, &sisters);
    }
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "tsv" || e == "txt") {
            out.push(path);
        }
    }
    Ok(())
}

fn outlines(file: &mut File) {
    let content = std::mem::take(&mut file.content);
    for (line, fault) in outline::Outlines::read(&content).refused {
        file.fault(line, &fault.found, &fault.expected);
    }
    file.content = content;
}

fn costs(file: &mut File) {
    let faults = Costs::faults(&file.name, &file.content);
    for fault in faults {
        if let Error::Line { line, found, expected, .. } = fault {
            file.fault(line, &found, &expected);
        }
    }
}

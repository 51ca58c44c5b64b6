//! `dalil gazetteer`: search, count, build; what changes places is in `overlay`.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::gazetteer::{Gazetteer as Known, compile, load, search};
use crate::intake;
use crate::layer;
use crate::store::Store;

use super::arguments::Gazetteer;
use super::output::{Log, stdout};
use super::overlay;
use super::run::{Outcome, known_places, store_folder};

pub(super) fn gazetteer(command: &Gazetteer, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Gazetteer::Search { query, limit, keeping, places } => {
            let base = known_places(places, log)?;
            let folder = store_folder(keeping)?;
            let has_store = Store::file(&folder).exists();
            let known = if has_store { intake::overlaid(&base, &Store::open(&folder)?)? } else { base };
            print_found(&known, query, *limit)
        }
        Gazetteer::Stats { places } => {
            let known = known_places(places, log)?;
            writeln!(stdout(), "places\t{}\nnames\t{}\nfingerprint\t{}", known.place_count(), known.name_count(), known.fingerprint())?;
            Ok(Outcome::Whole)
        }
        Gazetteer::Build { files, output } => build(files, output, log),
        Gazetteer::Overlay(command) => overlay::overlay(command, log),
    }
}

/// One feature a line.
fn print_found(known: &Known, query: &str, limit: usize) -> anyhow::Result<Outcome> {
    let mut out = stdout();
    for found in search::search(known, query, limit) {
        writeln!(out, "{}", layer::found_feature(&found, known))?;
    }
    out.flush()?;
    Ok(Outcome::Whole)
}

fn build(files: &[PathBuf], output: &Path, log: Log) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Whole;
    let mut rows = Vec::new();
    for file in files {
        let content = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let loaded = load::rows(&file.display().to_string(), &content);
        for error in &loaded.refused {
            log.refuse(&error.to_string());
            outcome = Outcome::SomeRefused;
        }
        rows.extend(loaded.rows);
    }
    let merged = compile::merge(rows);
    anyhow::ensure!(!merged.is_empty(), "no rows with coordinates in {} files", files.len());
    std::fs::write(output, compile::compile(&merged)).with_context(|| output.display().to_string())?;
    log.progress(&format!("{} places written to {}", merged.len(), output.display()));
    Ok(outcome)
}

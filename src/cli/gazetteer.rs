//! `dalil gazetteer`: search, count, build; what changes places is in `overlay`.

mod build;

use std::io::Write;

use crate::gazetteer::{Gazetteer as Known, search};
use crate::intake;
use crate::layer;
use crate::store::Store;

use super::arguments::Gazetteer;
use super::output::{Log, stdout};
use super::overlay;
use super::run::{Outcome, known_places, store_folder};
use super::spelling;

pub(super) fn gazetteer(command: &Gazetteer, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Gazetteer::Search { query, limit, keeping, places } => {
            let base = known_places(places, log)?;
            let folder = store_folder(keeping)?;
            let has_store = Store::file(&folder).exists();
            let known = if has_store { intake::overlaid(&base, &Store::open(&folder)?)? } else { base };
            print_found(&known, query, *limit)
        }
        Gazetteer::Stats { places, verify } => {
            let known = known_places(places, log)?;
            if *verify {
                known.verify()?;
            }
            writeln!(stdout(), "places\t{}\nnames\t{}\nfingerprint\t{}", known.place_count(), known.name_count(), known.fingerprint())?;
            Ok(Outcome::Whole)
        }
        Gazetteer::Build(arguments) => build::build(arguments, log),
        Gazetteer::Overlay(command) => overlay::overlay(command, log),
        Gazetteer::Learn { files } => spelling::learn(files, log),
        Gazetteer::Measure { files, country, misses } => spelling::measure(files, country, *misses, log),
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

//! `dalil gazetteer`: search, count, build, add.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::gazetteer::{compile, load};
use crate::intake::{self, NewPlace};
use crate::store::Store;

use super::arguments::{Add, Gazetteer};
use super::find;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, now, store_folder};

pub(super) fn gazetteer(command: &Gazetteer, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Gazetteer::Search(search) => find::search(search, log),
        Gazetteer::Match(matching) => find::match_names(matching, log),
        Gazetteer::Stats { places } => {
            let known = known_places(places, log)?;
            writeln!(stdout(), "places\t{}\nnames\t{}\nfingerprint\t{}", known.place_count(), known.name_count(), known.fingerprint())?;
            Ok(Outcome::Whole)
        }
        Gazetteer::Build { files, output } => build(files, output, log),
        Gazetteer::Add(add) => add_place(add, log),
    }
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

fn add_place(add: &Add, log: Log) -> anyhow::Result<Outcome> {
    let base = known_places(&add.places, log)?;
    let mut store = Store::open(&store_folder(&add.keeping)?)?;
    let new = NewPlace {
        name: add.name.clone(),
        names: add
            .names
            .iter()
            .map(|n| n.split_once(':').map_or((String::new(), n.clone()), |(l, n)| (l.to_owned(), n.to_owned())))
            .collect(),
        lon: add.lon,
        lat: add.lat,
        feature: add.feature.clone(),
        country: add.country.clone(),
        admin1: add.admin1.clone(),
        radius_m: add.radius_m,
        note: add.note.clone(),
    };
    let saved = intake::add_place(&mut store, &base, new, &now(), "command line")?;
    for near in &saved.near_duplicates {
        log.progress(&format!("{} ({}) has this name {} m away", near.name, near.id, near.distance_m));
    }
    log.progress(&format!("{} reports read again, {} incidents moved", saved.changed.reports_read, saved.changed.incidents_moved));
    writeln!(stdout(), "{}", saved.place.feature)?;
    Ok(Outcome::Whole)
}

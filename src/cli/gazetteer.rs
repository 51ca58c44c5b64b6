//! `dalil gazetteer`: search, count, build, add.

mod build;

use std::io::Write;

use crate::gazetteer::{Gazetteer as Known, search};
use crate::intake::{self, NewPlace};
use crate::layer;
use crate::store::Store;

use super::arguments::{Add, Gazetteer};
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, now, store_folder};
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
        Gazetteer::Add(add) => add_place(add, log),
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

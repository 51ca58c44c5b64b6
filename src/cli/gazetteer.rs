//! `dalil gazetteer`: search, count, build; what changes places is in `overlay`.

mod build;

use std::io::Write;

use super::arguments::Gazetteer;
use super::find;
use super::output::{Log, stdout};
use super::overlay;
use super::run::{Outcome, known_places};
use super::spelling;

pub(super) fn gazetteer(command: &Gazetteer, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Gazetteer::Search(search) => find::search(search, log),
        Gazetteer::Match(matching) => find::match_names(matching, log),
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

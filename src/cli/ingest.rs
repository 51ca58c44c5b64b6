//! `dalil ingest`: reports into a store.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::document::{Refused, Why};
use crate::gazetteer::Gazetteer;
use crate::intake::{self, Taken};
use crate::recognise::Report;
use crate::store::{Store, content_hash};

use super::arguments::{Ingest, Reading};
use super::input;
use super::output::Log;
use super::run::{Outcome, known_places, now, store_folder};

/// Reports of one transaction: more gain nothing, fewer pay for a disk flush each.
const BATCH: usize = 100;

pub(super) fn ingest(arguments: &Ingest, log: Log) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&store_folder(&arguments.keeping)?)?;
    let base = known_places(&arguments.reading.places, log)?;
    take_in(&mut store, &base, &arguments.paths, &arguments.reading, log)
}

/// Reads paths into a store.
pub(super) fn take_in(store: &mut Store, base: &Gazetteer, paths: &[PathBuf], reading: &Reading, log: Log) -> anyhow::Result<Outcome> {
    let mut reader = intake::Reader::open(base, store)?;
    let mut outcome = Outcome::Whole;
    let mut taken = Taken::default();
    let mut batch: Vec<Report> = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut keep = |batch: &mut Vec<Report>| -> anyhow::Result<()> {
        let done = intake::take_in(store, batch, &mut reader, &now())?;
        taken = Taken { read: taken.read + done.read, unchanged: taken.unchanged + done.unchanged };
        batch.clear();
        Ok(())
    };
    input::read(paths, reading, &mut |read| {
        // Two reports of one id in one call would make the result hang on their order.
        let unique = read.and_then(|report| {
            let hash = content_hash(&report);
            let known = seen.entry(report.id.clone()).or_insert_with(|| hash.clone());
            if *known == hash { Ok(report) } else { Err(refused(&report.id)) }
        });
        match unique {
            Ok(report) => batch.push(report),
            Err(reason) => {
                log.refuse(&reason.to_string());
                outcome = Outcome::SomeRefused;
            }
        }
        if batch.len() >= BATCH { keep(&mut batch) } else { Ok(()) }
    })?;
    keep(&mut batch)?;
    for unheeded in intake::corroborate(store)? {
        log.refuse(&format!("{}: not obeyed: {}", unheeded.ruling, unheeded.why));
    }
    log.progress(&format!("{} reports read, {} unchanged", taken.read, taken.unchanged));
    Ok(outcome)
}

fn refused(id: &str) -> Refused {
    Refused { place: format!("report {id}"), why: Why::Record, reason: "another report of this call has the same id".to_owned() }
}

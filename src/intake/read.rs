//! Reports → findings → published features → store.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::overlay::Overlay;
use crate::incident;
use crate::incident::correction::IncidentCorrection;
use crate::layer;
use crate::recognise::Report;
use crate::resolve::corrections::{Correction, Corrections};
use crate::store::{Entry, PlaceRecord, PlaceStatus, Store};

/// How many reports were read, and how many needed no reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Read and kept.
    pub read: usize,
    /// Already there, unchanged, read with the same gazetteer.
    pub unchanged: usize,
}

/// All that reports of a store are read with: the gazetteer under the user's places, and their corrections.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The gazetteer with the store's places over it.
    pub gazetteer: Gazetteer,
    pub(super) corrections: Corrections,
    /// What people say of incidents, by report.
    incident_corrections: BTreeMap<String, Vec<IncidentCorrection>>,
    base: Gazetteer,
    pub(super) revision: i64,
}

impl Reader {
    /// As the store stands now.
    ///
    /// # Errors
    /// [`crate::Error::Store`], also when a kept record was damaged.
    pub fn open(base: &Gazetteer, store: &Store) -> Result<Reader> {
        let places = store.places()?;
        let gazetteer = base.overlaid(overlay(&places))?;
        let follow = |correction: Correction| Correction { place_id: correction.place_id.map(|id| merged(&places, id)), ..correction };
        let corrections = Corrections::of(store.corrections()?.into_iter().map(follow).collect(), &gazetteer);
        let mut incident_corrections: BTreeMap<String, Vec<IncidentCorrection>> = BTreeMap::new();
        for correction in store.incident_corrections()? {
            incident_corrections.entry(correction.incident.report_id.clone()).or_default().push(correction);
        }
        Ok(Reader { gazetteer, corrections, incident_corrections, base: base.clone(), revision: store.revision()? })
    }

    /// Reads a report into what the store keeps, with what people say of its incidents laid over them.
    pub fn entry(&self, report: &Report) -> Entry {
        let entry = self.read(report);
        match self.incident_corrections.get(&report.id) {
            Some(made) => Entry { incidents: layer::corrected_items(&report.text, entry.incidents, made, &self.gazetteer), ..entry },
            None => entry,
        }
    }

    /// Reads a report as the machine does.
    pub(super) fn read(&self, report: &Report) -> Entry {
        let findings = incident::read_corrected(report, &self.gazetteer, &self.corrections);
        Entry {
            report: layer::report_row(report, &findings),
            mentions: layer::mention_items(report, &findings),
            incidents: layer::incident_items(report, &findings),
            fingerprint: self.fingerprint(),
        }
    }

    /// What a reading depends on beside the report and what the store holds: this program and its gazetteer. A change of the
    /// user's places reads what it touches at once, so it makes no other report old.
    pub(super) fn fingerprint(&self) -> String {
        format!("{} {} {}", env!("CARGO_PKG_VERSION"), env!("DALIL_LEXICON"), self.base.fingerprint())
    }
}

/// The gazetteer with the store's places over it.
///
/// # Errors
/// As [`Reader::open`].
pub fn overlaid(base: &Gazetteer, store: &Store) -> Result<Gazetteer> {
    Ok(Reader::open(base, store)?.gazetteer)
}

fn overlay(places: &[PlaceRecord]) -> Overlay {
    let ids = |status: PlaceStatus| places.iter().filter(move |p| p.status == status);
    Overlay {
        rows: ids(PlaceStatus::InUse).map(PlaceRecord::row).collect(),
        retired: ids(PlaceStatus::Retired).map(|p| p.id.clone()).collect(),
        outlines: ids(PlaceStatus::InUse).filter_map(|p| Some((p.id.clone(), p.polygon()?))).collect(),
        merged: ids(PlaceStatus::Merged).map(|p| (p.id.clone(), merged(places, p.id.clone()))).collect(),
    }
}

/// The place that an id stands for after all mergers.
pub(super) fn merged(places: &[PlaceRecord], mut id: String) -> String {
    // No chain is longer than there are places.
    for _ in 0..places.len() {
        match places.binary_search_by(|p| p.id.cmp(&id)).ok().map(|at| &places[at]) {
            Some(place) if place.status == PlaceStatus::Merged => id.clone_from(&place.merged_into),
            _ => break,
        }
    }
    id
}

/// Reads and keeps reports in one transaction; those that are there unchanged are passed over. When somebody changed places
/// or corrections since the reader was opened, it is opened anew.
///
/// # Errors
/// [`crate::Error::Store`]; nothing of these reports is kept then, and nothing else is touched.
pub fn take_in(store: &mut Store, reports: &[Report], reader: &mut Reader, read_at: &str) -> Result<Taken> {
    loop {
        let fingerprint = reader.fingerprint();
        let mut entries = Vec::new();
        for report in reports {
            if !store.is_current(report, &fingerprint)? {
                entries.push(reader.entry(report));
            }
        }
        let is_kept = store.change(|store| {
            let is_same = store.revision()? == reader.revision;
            if is_same {
                store.replace(&entries, read_at)?;
            }
            Ok((is_same, is_same))
        })?;
        if is_kept {
            return Ok(Taken { read: entries.len(), unchanged: reports.len() - entries.len() });
        }
        *reader = Reader::open(&reader.base, store)?;
    }
}

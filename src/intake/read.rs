//! Reports → findings → published features → store.

use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::incident;
use crate::layer;
use crate::recognise::Report;
use crate::store::{Entry, Store};

/// How many reports were read, and how many needed no reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Read and kept.
    pub read: usize,
    /// Already there, unchanged, read with the same gazetteer.
    pub unchanged: usize,
}

/// Reads a report into what the store keeps.
pub fn entry(report: &Report, gazetteer: &Gazetteer) -> Entry {
    let findings = incident::read(report, gazetteer);
    Entry {
        report: layer::report_row(report, &findings),
        mentions: layer::mention_items(report, &findings),
        incidents: layer::incident_items(report, &findings),
        fingerprint: fingerprint(gazetteer),
    }
}

/// What a reading depends on beside the report: this program and its gazetteer.
pub(super) fn fingerprint(gazetteer: &Gazetteer) -> String {
    format!("{} {} {}", env!("CARGO_PKG_VERSION"), env!("DALIL_LEXICON"), gazetteer.fingerprint())
}

/// Reads and keeps reports in one transaction; those that are there unchanged are passed over.
///
/// # Errors
/// [`crate::Error::Store`]; nothing of these reports is kept then, and nothing else is touched.
pub fn take_in(store: &mut Store, reports: &[Report], gazetteer: &Gazetteer, read_at: &str) -> Result<Taken> {
    let fingerprint = fingerprint(gazetteer);
    let mut entries = Vec::new();
    for report in reports {
        if !store.is_current(report, &fingerprint)? {
            entries.push(entry(report, gazetteer));
        }
    }
    store.put(&entries, read_at)?;
    Ok(Taken { read: entries.len(), unchanged: reports.len() - entries.len() })
}

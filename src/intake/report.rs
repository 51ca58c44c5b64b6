//! Reports that people hand in one by one, and take out again.

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::recognise::Report;
use crate::store::{Collection, Kept, Step, Steps, Store, content_hash, content_tag};

use super::change::{Done, Plan, Who, perform};
use super::effects::Moved;

/// What was found in a report, counted. `{"incidents":2,"located":1,"mentions":5,"unresolved":["Tin-Zoo"]}`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct Summary {
    pub incidents: usize,
    /// Those that have a place on the map.
    pub located: usize,
    pub mentions: usize,
    /// The names that no place was found for, each once, in the order of the text.
    pub unresolved: Vec<String>,
}

/// A report that was handed in, or was there already.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// What was done; empty when the report was there.
    pub done: Done,
    /// What was found in it.
    pub summary: Summary,
    /// This very report was there already.
    pub is_duplicate: bool,
}

/// Takes a report in.
///
/// # Errors
/// [`Error::Conflict`] when another report has its identifier, [`Error::Store`]; nothing is changed then.
pub fn enter_report(store: &mut Store, base: &Gazetteer, report: Report, who: Who<'_>) -> Result<Entered> {
    if let Some(known) = store.reports([&report.id])?.pop() {
        if content_hash(&known) != content_hash(&report) {
            let found = "another text, title, day, source, address or language under this identifier";
            return Err(Error::conflict(&format!("report «{}»", report.id), found, "a new identifier, or none"));
        }
        return Ok(Entered { done: Done::default(), summary: kept_summary(store, &report.id)?, is_duplicate: true });
    }
    let plan = |_: &Store, _: &_| Ok(planned("report added", &report.clone(), Step { before: None, after: Some(report) }));
    let mut done = perform(store, base, who, plan)?;
    let summary = done.affected.first().map(|found| summary(&found.mentions, &found.incidents)).unwrap_or_default();
    // Of a new report all is new; naming each mention would make the answer longer than the report.
    done.affected.clear();
    Ok(Entered { done, summary, is_duplicate: false })
}

/// Takes a report out with all that was read out of it, of the version that was seen; `None`: whatever it is now.
///
/// # Errors
/// [`Error::Missing`], [`Error::Stale`], [`Error::Store`]; nothing is changed then.
pub fn remove_report(store: &mut Store, base: &Gazetteer, id: &str, version: Option<&str>, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, _| {
        let missing = || Error::missing(format!("report «{id}»"));
        let before = store.reports([&id.to_owned()])?.pop().ok_or_else(missing)?;
        let current = content_tag(store.feature(Collection::Reports, id)?.ok_or_else(missing)?.as_bytes());
        if let Some(expected) = version.filter(|v| *v != current) {
            return Err(Error::Stale { subject: id.to_owned(), found: current, expected: expected.to_owned() });
        }
        Ok(planned("report removed", &before.clone(), Step { before: Some(before), after: None }))
    })
}

fn planned(what: &str, report: &Report, step: Step<Report>) -> Plan {
    let detail = report.title.clone().unwrap_or_default();
    let steps = Steps { reports: vec![step], ..Steps::default() };
    Plan { what: what.to_owned(), subject: report.id.clone(), detail, undoes: None, steps }
}

fn summary(mentions: &[Moved], incidents: &[Moved]) -> Summary {
    let after = |moved: &Moved| moved.after.clone();
    let unresolved = mentions.iter().filter(|m| after(m).is_none_or(|w| w.place_id.is_none())).filter_map(|m| m.text.clone());
    Summary {
        incidents: incidents.len(),
        located: incidents.iter().filter(|i| after(i).is_some_and(|w| w.lon.is_some())).count(),
        mentions: mentions.len(),
        unresolved: once(unresolved),
    }
}

/// The same of a report that is kept.
fn kept_summary(store: &Store, id: &str) -> Result<Summary> {
    let (mentions, incidents) = (store.kept("mentions", id)?, store.kept("incidents", id)?);
    let text = |kept: &Kept| serde_json::from_str::<Value>(&kept.feature).ok()?["properties"]["text"].as_str().map(str::to_owned);
    Ok(Summary {
        incidents: incidents.len(),
        located: incidents.iter().filter(|i| i.bbox.is_some()).count(),
        mentions: mentions.len(),
        unresolved: once(mentions.iter().filter(|m| m.place_id.is_none()).filter_map(text)),
    })
}

fn once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

//! One change of places or corrections, whole or not at all: written down, and the reports that it touches read again.
//!
//! A dry run does all of it and takes it back, so it tells exactly what would happen.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, names, spelling};
use crate::incident::correction::IncidentCorrection;
use crate::incident::corroborate::Ruling;
use crate::layer;
use crate::recognise::Report;
use crate::resolve::corrections::{Correction, Scope};
use crate::store::{HistoryRow, PlaceRecord, Step, Steps, Store};

use super::effects::{Affected, Changed, Effects};
use super::read::{Reader, merged};

/// Reports held in memory at a time while many are read again.
const BATCH: usize = 500;

/// Who changes something, when, and whether it is only to be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who<'a> {
    /// By which way it comes: `page`, `command line`.
    pub who: &'a str,
    /// RFC 3339.
    pub now: &'a str,
    /// Nothing is saved.
    pub is_dry: bool,
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    /// «place added»
    pub what: String,
    /// The id that it is about.
    pub subject: String,
    /// In words.
    pub detail: String,
    /// The change that it takes back.
    pub undoes: Option<i64>,
    /// From what to what.
    pub steps: Steps,
}

/// What was done, or would be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// Its number in the history.
    pub number: i64,
    /// What it did.
    pub what: String,
    /// The places and corrections before and after.
    pub steps: Steps,
    /// What changed in the reports, counted.
    pub changed: Changed,
    /// The same one by one, the first of them.
    pub affected: Vec<Affected>,
    /// Affected reports that are not among these.
    pub left_off: usize,
}

/// Plans and does a change.
///
/// # Errors
/// What the plan says, or [`Error::Store`]; nothing is changed then.
pub(super) fn perform(
    store: &mut Store,
    base: &Gazetteer,
    who: Who<'_>,
    plan: impl FnOnce(&Store, &Reader) -> Result<Plan>,
) -> Result<Done> {
    store.change(|store| {
        let before = Reader::open(base, store)?;
        let Plan { what, subject, detail, undoes, steps } = plan(store, &before)?;
        if steps == Steps::default() {
            return Ok((Done::default(), false));
        }
        steps.places.iter().try_for_each(|step| set_place(store, step, None))?;
        steps.corrections.iter().try_for_each(|step| set_correction(store, step))?;
        steps.rulings.iter().try_for_each(|step| set_ruling(store, step))?;
        steps.incident_corrections.iter().try_for_each(|step| set_incident_correction(store, step))?;
        let row = HistoryRow { number: 0, at: who.now.to_owned(), who: who.who.to_owned(), what: what.clone(), subject, detail, undoes };
        let number = store.add_history(&row, &steps)?;
        let after = Reader::open(base, store)?;
        steps.places.iter().try_for_each(|step| set_place(store, step, Some(&after)))?;
        let ids: Vec<String> = touched(store, &before, &after, &steps)?.into_iter().collect();
        let mut effects = Effects::default();
        steps.reports.iter().try_for_each(|step| set_report(store, step, &after, who.now, &mut effects))?;
        for part in ids.chunks(BATCH) {
            for report in store.reports(part)? {
                let entry = after.entry(&report);
                effects.add(store, &entry)?;
                if !who.is_dry {
                    store.replace(std::slice::from_ref(&entry), who.now)?;
                }
            }
        }
        let Effects { changed, affected, left_off } = effects;
        Ok((Done { number, what, steps, changed, affected, left_off }, !who.is_dry))
    })
}

/// Takes a change back; taking back the taking back does it again.
///
/// # Errors
/// [`Error::Missing`] for a change that is not there, [`Error::Conflict`] when what it changed was changed since or it cannot
/// be undone, [`Error::Store`]; nothing is changed then.
pub fn undo(store: &mut Store, base: &Gazetteer, number: i64, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, _| {
        let (row, steps) = store.change_made(number)?.ok_or_else(|| Error::missing(format!("change {number}")))?;
        let name = format!("change {number}");
        let steps = steps.ok_or_else(|| Error::conflict(&name, "made by an older dalil, which kept no way back", "a newer change"))?;
        let since = |id: &str| {
            Error::conflict(&name, format!("«{id}» was changed since"), "it as this change left it; undo the later change first")
        };
        let corrections = store.corrections()?;
        for step in &steps.places {
            let id = step.after.as_ref().or(step.before.as_ref()).map(|p| p.id.clone()).unwrap_or_default();
            if store.place(&id)? != step.after {
                return Err(since(&id));
            }
        }
        for step in &steps.corrections {
            let id = step.after.as_ref().or(step.before.as_ref()).map(|c| c.id.clone()).unwrap_or_default();
            if corrections.iter().find(|c| c.id == id) != step.after.as_ref() {
                return Err(since(&id));
            }
        }
        let rulings = store.rulings()?;
        for step in &steps.rulings {
            let id = step.after.as_ref().or(step.before.as_ref()).map(|r| r.id.clone()).unwrap_or_default();
            if rulings.iter().find(|r| r.id == id) != step.after.as_ref() {
                return Err(since(&id));
            }
        }
        let made = store.incident_corrections()?;
        for step in &steps.incident_corrections {
            let id = step.after.as_ref().or(step.before.as_ref()).map(|c| c.id.clone()).unwrap_or_default();
            if made.iter().find(|c| c.id == id) != step.after.as_ref() {
                return Err(since(&id));
            }
        }
        for step in &steps.reports {
            let id = step.after.as_ref().or(step.before.as_ref()).map(|r| r.id.clone()).unwrap_or_default();
            if store.reports([&id])?.first() != step.after.as_ref() {
                return Err(since(&id));
            }
        }
        let steps = Steps {
            reports: steps.reports.iter().map(Step::back).collect(),
            incident_corrections: steps.incident_corrections.iter().map(Step::back).collect(),
            rulings: steps.rulings.iter().map(Step::back).collect(),
            places: steps.places.iter().map(Step::back).collect(),
            corrections: steps.corrections.iter().map(Step::back).collect(),
        };
        Ok(Plan { what: format!("undone: {}", row.what), subject: row.subject, detail: row.detail, undoes: Some(number), steps })
    })
}

/// Sets a place to its new state; its published form needs a reader that knows that state.
fn set_place(store: &Store, step: &Step<PlaceRecord>, reader: Option<&Reader>) -> Result<()> {
    match (&step.after, &step.before) {
        (Some(place), _) => {
            let feature = reader.map(|r| layer::written(&layer::place_feature(place, &r.gazetteer)));
            store.set_place(place, &feature.unwrap_or_default())
        }
        (None, Some(place)) => store.drop_place(&place.id),
        (None, None) => Ok(()),
    }
}

fn set_correction(store: &Store, step: &Step<Correction>) -> Result<()> {
    match (&step.after, &step.before) {
        (Some(correction), _) => store.set_correction(correction, &layer::written(&layer::correction_feature(correction))),
        (None, Some(correction)) => store.drop_correction(&correction.id),
        (None, None) => Ok(()),
    }
}

fn set_ruling(store: &Store, step: &Step<Ruling>) -> Result<()> {
    match (&step.after, &step.before) {
        (Some(ruling), _) => store.set_ruling(ruling, &layer::written(&layer::ruling_feature(ruling, &[]))),
        (None, Some(ruling)) => store.drop_ruling(&ruling.id),
        (None, None) => Ok(()),
    }
}

fn set_incident_correction(store: &Store, step: &Step<IncidentCorrection>) -> Result<()> {
    match (&step.after, &step.before) {
        (Some(made), _) => store.set_incident_correction(made, &layer::written(&layer::incident_correction_feature(made))),
        (None, Some(made)) => store.drop_incident_correction(&made.id),
        (None, None) => Ok(()),
    }
}

/// Reads a report that is new, or takes one out; what is only tried is taken back with the whole change.
fn set_report(store: &Store, step: &Step<Report>, reader: &Reader, now: &str, effects: &mut Effects) -> Result<()> {
    match (&step.after, &step.before) {
        (Some(report), _) => {
            let entry = reader.entry(report);
            effects.add(store, &entry)?;
            store.replace(std::slice::from_ref(&entry), now)
        }
        (None, Some(report)) => {
            effects.remove(store, &report.id)?;
            store.drop_report(&report.id)
        }
        (None, None) => Ok(()),
    }
}

/// The reports that a change can make a difference to: those that hold a name that begins, ends or changes its meaning.
fn touched(store: &Store, before: &Reader, after: &Reader, steps: &Steps) -> Result<BTreeSet<String>> {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let mut units: BTreeSet<&str> = BTreeSet::new();
    for place in steps.places.iter().flat_map(|s| [&s.before, &s.after]).flatten() {
        keys.extend(names::keys(&place.row()).into_iter().map(|(key, _)| key));
        ids.insert(&place.id);
        // A unit's name is told with every place in it.
        if crate::gazetteer::compile::is_area_head(&place.feature) {
            units.insert(&place.country);
        }
    }
    // Names that the gazetteer has for its own places are not in the records.
    for reader in [before, after] {
        keys.extend(reader.gazetteer.keys_of(&ids));
    }
    let mut out = store.reports_naming(keys.iter().map(String::as_str))?;
    // A name may also be a spelling of one of these.
    out.extend(store.reports_with_unrecorded(|name| keys.iter().any(|key| spelling::may_spell(name, key)))?);
    out.extend(store.reports_in_countries(units)?);
    // A pin goes where its place goes, whatever the name.
    let (pins, places) = (store.corrections()?, store.places()?);
    let moved = pins
        .iter()
        .filter(|c| c.place_id.as_deref().is_some_and(|id| ids.contains(id) || ids.contains(merged(&places, id.to_owned()).as_str())));
    let decided = steps.corrections.iter().flat_map(|s| [&s.before, &s.after]).flatten();
    for correction in moved.chain(decided) {
        out.extend(under(store, correction)?);
    }
    // An incident that was put at a place goes where its place goes.
    let follows = |id: &str| ids.contains(id) || ids.contains(merged(&places, id.to_owned()).as_str());
    let put = |made: &IncidentCorrection| made.fields.get("gazetteer_id").and_then(Value::as_str).is_some_and(follows);
    out.extend(store.incident_corrections()?.into_iter().filter(put).map(|made| made.incident.report_id));
    let said = steps.incident_corrections.iter().flat_map(|s| [&s.before, &s.after]).flatten();
    out.extend(said.map(|made| made.incident.report_id.clone()));
    Ok(out)
}

/// The reports in which a correction may hold.
fn under(store: &Store, correction: &Correction) -> Result<BTreeSet<String>> {
    if let Some(id) = correction.scope.report_id() {
        return Ok(BTreeSet::from([id.to_owned()]));
    }
    let naming = store.reports_naming([correction.name.as_str()])?;
    match &correction.scope {
        Scope::Source { source } => store.of_source(naming, source),
        _ => Ok(naming),
    }
}

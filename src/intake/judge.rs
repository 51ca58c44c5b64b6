//! What people say of an incident: other values of its fields, and whether it is true.

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::incident::correction::{IncidentCorrection, Verdict, agree, checked};
use crate::layer;
use crate::store::{Collection, Step, Steps, Store, short_hash, version};

use super::change::{Done, Plan, Who, perform};
use super::read::Reader;

const MAX_NOTE_CHARS: usize = 2_000;
/// Fields that the history names with their values; of more it gives the names.
const MAX_TOLD: usize = 6;

/// A correction of an incident as a person gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewIncidentCorrection {
    /// The fields with other values than the machine's.
    pub fields: Map<String, Value>,
    /// Whether it is true.
    pub verdict: Option<Verdict>,
    /// Why.
    pub note: String,
}

/// Which correction a person saw before changing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeenVersion {
    /// There was none.
    None,
    /// Whatever it is now.
    Any,
    /// This version.
    Of(String),
}

impl SeenVersion {
    fn check(&self, subject: &str, known: Option<&IncidentCorrection>) -> Result<()> {
        let found = known.map_or_else(|| "none".to_owned(), version);
        let expected = match self {
            SeenVersion::Any => return Ok(()),
            SeenVersion::None => "none",
            SeenVersion::Of(version) => version,
        };
        if found == expected {
            return Ok(());
        }
        Err(Error::Stale { subject: subject.to_owned(), found, expected: expected.to_owned() })
    }
}

/// Corrects, confirms or rejects an incident; an older correction of it goes. Gives the incident as it is published then, too.
///
/// # Errors
/// [`Error::Value`] for a value that cannot be used, [`Error::Missing`] for an incident that is not there, [`Error::Stale`],
/// [`Error::Store`]; nothing is changed then.
pub fn correct_incident(
    store: &mut Store,
    base: &Gazetteer,
    incident: &str,
    seen: &SeenVersion,
    new: NewIncidentCorrection,
    who: Who<'_>,
) -> Result<(Done, Value)> {
    let mut published = Value::Null;
    let done = perform(store, base, who, |store, reader| {
        let (machine, text) = read_again(store, reader, incident)?;
        let before = store.correction_of_incident(incident)?;
        seen.check(incident, before.as_ref())?;
        let after = planned_correction(&machine, &text, before.as_ref(), new, reader, who)?;
        published = layer::corrected_feature(&machine, &after, &reader.gazetteer);
        let what = match after.verdict {
            Some(Verdict::Confirmed) => "incident confirmed",
            Some(Verdict::Rejected) => "incident rejected",
            None => "incident corrected",
        };
        let step = Step { before, after: Some(after.clone()) };
        Ok(planned(what, &after, &machine, step))
    })?;
    Ok((done, published))
}

/// Takes a correction of an incident back, also one that lies over none any more.
///
/// # Errors
/// [`Error::Missing`], [`Error::Stale`], [`Error::Store`]; nothing is changed then.
pub fn uncorrect_incident(store: &mut Store, base: &Gazetteer, id: &str, seen: &SeenVersion, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, _| {
        let known = store.incident_corrections()?.into_iter().find(|c| c.id == id);
        let before = known.ok_or_else(|| Error::missing(format!("correction of an incident «{id}»")))?;
        seen.check(id, Some(&before))?;
        let step = Step { before: Some(before.clone()), after: None };
        Ok(planned("correction of incident taken back", &before, &Value::Null, step))
    })
}

/// An incident as the machine reads it now, with the text of its report.
fn read_again(store: &Store, reader: &Reader, incident: &str) -> Result<(Value, String)> {
    let missing = || Error::missing(format!("incident «{incident}»"));
    let feature: Value = store.feature(Collection::Incidents, incident)?.and_then(|f| serde_json::from_str(&f).ok()).ok_or_else(missing)?;
    let report_id = feature["properties"]["report_id"].as_str().unwrap_or_default().to_owned();
    let report = store.reports([&report_id])?.pop().ok_or_else(missing)?;
    let item = reader.read(&report).incidents.into_iter().find(|item| item.id == incident);
    let machine = item.and_then(|item| serde_json::from_str(&item.feature).ok());
    let found = "read by another dalil, and not found by this one";
    let machine = machine.ok_or_else(|| Error::conflict(incident, found, "an incident of this reading; take the reports in again"))?;
    Ok((machine, report.text))
}

fn planned_correction(
    machine: &Value,
    text: &str,
    before: Option<&IncidentCorrection>,
    new: NewIncidentCorrection,
    reader: &Reader,
    who: Who<'_>,
) -> Result<IncidentCorrection> {
    if new.note.chars().count() > MAX_NOTE_CHARS {
        return Err(Error::value("note", "a longer note", &format!("at most {MAX_NOTE_CHARS} characters")));
    }
    if new.fields.is_empty() && new.verdict.is_none() {
        return Err(Error::value("fields", "nothing", "a field, or a verdict; DELETE takes a correction back"));
    }
    let fields = checked(new.fields)?;
    if let Some(id) = fields.get("gazetteer_id").and_then(Value::as_str)
        && reader.gazetteer.by_id(id).is_none()
        && machine["properties"]["gazetteer_id"] != id
    {
        return Err(Error::value("fields.gazetteer_id", format!("«{id}»"), "the id of a known place, or null"));
    }
    let unknown = |other: &&Value| other["gazetteer_id"].as_str().is_none_or(|id| reader.gazetteer.by_id(id).is_none());
    if let Some(other) = fields.get("other_places").and_then(Value::as_array).into_iter().flatten().find(unknown) {
        let found = format!("«{}»", other["gazetteer_id"].as_str().unwrap_or_default());
        return Err(Error::value("fields.other_places", found, "the ids of known places"));
    }
    agree(machine["properties"].as_object().unwrap_or(&Map::new()), &fields, new.verdict)?;
    let blank = layer::correction_of(machine, text);
    let (now, name) = (who.now.to_owned(), who.who.to_owned());
    let stamps = match before {
        Some(known) => [known.created.clone(), known.created_by.clone(), now, name],
        None => [now, name, String::new(), String::new()],
    };
    let [created, created_by, modified, modified_by] = stamps;
    let new_id = || format!("fix:{}", short_hash(&format!("{}\t{}", blank.incident.id, who.now)));
    let id = before.map_or_else(new_id, |known| known.id.clone());
    Ok(IncidentCorrection { id, fields, verdict: new.verdict, note: new.note, created, created_by, modified, modified_by, ..blank })
}

fn planned(what: &str, correction: &IncidentCorrection, machine: &Value, step: Step<IncidentCorrection>) -> Plan {
    let told = |(name, value): (&String, &Value)| match &machine["properties"][name] {
        _ if correction.fields.len() > MAX_TOLD || machine.is_null() || value.is_array() => name.clone(),
        was => format!("{name}: {was} → {value}"),
    };
    let mut detail: Vec<String> = correction.fields.iter().map(told).collect();
    detail.extend(correction.verdict.map(|v| v.label().to_owned()));
    detail.extend(Some(correction.note.clone()).filter(|note| !note.is_empty()));
    let steps = Steps { incident_corrections: vec![step], ..Steps::default() };
    let subject = correction.incident.id.clone();
    Plan { what: what.to_owned(), subject, detail: detail.join("; "), undoes: None, steps }
}

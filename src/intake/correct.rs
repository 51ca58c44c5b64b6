//! Corrections of how names are read: pinned to a place, or rejected as places.

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::resolve::corrections::{Correction, Scope};
use crate::store::{Step, Steps, Store, json_of, short_hash};
use crate::text::fold::fold_phrase;

use super::change::{Done, Plan, Who, perform};

const MAX_NAME_CHARS: usize = 120;
const MAX_NOTE_CHARS: usize = 2_000;

/// A correction as a person gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCorrection {
    /// The name as it stands in reports; for one mention it may be empty, and is then read off the report.
    pub name: String,
    /// Where it holds.
    pub scope: Scope,
    /// The place that it means; `None`: no place.
    pub place_id: Option<String>,
    /// Why.
    pub note: String,
}

/// Makes a correction; the reports in which it may hold are read again. An older one of the same name and scope goes.
///
/// # Errors
/// [`Error::Value`] for a value that cannot be used, [`Error::Missing`] for a report that is not there, [`Error::Store`];
/// nothing is changed then.
pub fn correct(store: &mut Store, base: &Gazetteer, new: NewCorrection, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, reader| {
        let name = checked_name(store, &new)?;
        if new.note.chars().count() > MAX_NOTE_CHARS {
            return Err(Error::value("note", "a longer note", &format!("at most {MAX_NOTE_CHARS} characters")));
        }
        match &new.scope {
            Scope::Country { country } if reader.gazetteer.country(country).is_none() => {
                return Err(Error::value("country", country.as_str(), "a country's two capital letters (ISO 3166-1)"));
            }
            Scope::Source { source } if source.trim().is_empty() => return Err(Error::value("source", "nothing", "a source of reports")),
            _ => {}
        }
        if let Some(id) = new.place_id.as_deref().filter(|id| reader.gazetteer.by_id(id).is_none()) {
            return Err(Error::value("place_id", id, "the id of a known place"));
        }
        let scope = json_of(&new.scope);
        let id = format!("cor:{}", short_hash(&format!("{}\t{scope}", fold_phrase(&name))));
        let before = store.corrections()?.into_iter().find(|c| c.id == id);
        let after = Correction {
            id: id.clone(),
            name: name.clone(),
            scope: new.scope,
            place_id: new.place_id,
            note: new.note,
            created: who.now.to_owned(),
            created_by: who.who.to_owned(),
        };
        let what = if after.place_id.is_some() { "name pinned" } else { "name rejected" };
        Ok(planned(what, id, name, Step { before, after: Some(after) }))
    })
}

/// Takes a correction back, of the version that was seen; `None`: whatever it is now.
///
/// # Errors
/// [`Error::Missing`], [`Error::Stale`], [`Error::Store`]; nothing is changed then.
pub fn uncorrect(store: &mut Store, base: &Gazetteer, id: &str, version: Option<&str>, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, _| {
        let known = store.corrections()?.into_iter().find(|c| c.id == id);
        let before = known.ok_or_else(|| Error::missing(format!("correction «{id}»")))?;
        let current = crate::store::version(&before);
        if let Some(expected) = version.filter(|v| *v != current) {
            return Err(Error::Stale { subject: id.to_owned(), found: current, expected: expected.to_owned() });
        }
        let name = before.name.clone();
        Ok(planned("correction taken back", id.to_owned(), name, Step { before: Some(before), after: None }))
    })
}

/// The name as given, or as it stands in the report.
fn checked_name(store: &Store, new: &NewCorrection) -> Result<String> {
    let mut name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(id) = new.scope.report_id() {
        let reports = store.reports([&id.to_owned()])?;
        let report = reports.first().ok_or_else(|| Error::missing(format!("report «{id}»")))?;
        if let Scope::Mention { start, end, .. } = new.scope {
            let length = end.saturating_sub(start) as usize;
            let words: String = report.text.chars().skip(start as usize).take(length).collect();
            if length == 0 || words.chars().count() != length || !name.is_empty() && fold_phrase(&words) != fold_phrase(&name) {
                return Err(Error::value("start", format!("«{words}» at {start}"), &format!("the place of «{name}» in the report's text")));
            }
            name = words;
        }
    }
    let letters = fold_phrase(&name).chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
        return Err(Error::value(
            "name",
            format!("«{name}»"),
            &format!("a name of two letters or more, one line of at most {MAX_NAME_CHARS}"),
        ));
    }
    Ok(name)
}

fn planned(what: &str, subject: String, detail: String, step: Step<Correction>) -> Plan {
    let steps = Steps { corrections: vec![step], ..Steps::default() };
    Plan { what: what.to_owned(), subject, detail, undoes: None, steps }
}

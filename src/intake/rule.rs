//! Rulings: which incidents are one event, which are not, which event is right.

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::incident::corroborate::{Reference, Ruling, Verdict};
use crate::store::{Step, Steps, Store, json_of, short_hash};

use super::change::{Done, Plan, Who, perform};
use super::corroborate::{Told, corroborate};

const MAX_MEMBERS: usize = 1_000;
const MAX_NOTE_CHARS: usize = 2_000;

/// A ruling as a person gives it; identifiers are of incidents, or of events for all their incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRuling {
    /// What is ruled.
    pub verdict: Verdict,
    /// Of which.
    pub members: Vec<String>,
    /// Of a split: from which; empty for all others of their events.
    pub others: Vec<String>,
    /// Why.
    pub note: String,
}

/// Makes a ruling.
///
/// # Errors
/// [`Error::Value`] for what cannot be ruled, [`Error::Missing`] for an unknown incident, [`Error::Conflict`] when other rulings forbid
/// it, [`Error::Store`]; nothing is changed then.
pub fn rule(store: &mut Store, base: &Gazetteer, new: NewRuling, who: Who<'_>) -> Result<Done> {
    corroborate(store)?;
    perform(store, base, who, |store, _| {
        if new.note.chars().count() > MAX_NOTE_CHARS {
            return Err(Error::value("note", "a longer note", &format!("at most {MAX_NOTE_CHARS} characters")));
        }
        let told = Told::of(store)?;
        let members = references(store, &told, "members", &new.members)?;
        let mut others = references(store, &told, "others", &new.others)?;
        if new.verdict == Verdict::Split && others.is_empty() {
            others = rest(store, &told, &members)?;
        }
        check(new.verdict, &members, &others)?;
        let id = format!("rul:{}", short_hash(&json_of(&(new.verdict, &members, &others))));
        let mut rulings = store.rulings()?;
        let before = rulings.iter().find(|r| r.id == id).cloned();
        let (created, created_by) = (who.now.to_owned(), who.who.to_owned());
        let after = Ruling { id: id.clone(), verdict: new.verdict, members, others, note: new.note, created, created_by };
        // Also older ones may be in the way of each other now.
        let standing = told.corroborated(&rulings).unheeded;
        rulings.retain(|r| r.id != id);
        rulings.push(after.clone());
        if let Some(broken) = told.corroborated(&rulings).unheeded.into_iter().find(|u| !standing.contains(u)) {
            return Err(Error::conflict(&broken.ruling, broken.why, "rulings that can all be obeyed; take the other one back first"));
        }
        let what = match new.verdict {
            Verdict::Merge => "incidents merged",
            Verdict::Split => "incidents split",
            Verdict::Pin => "event pinned",
        };
        Ok(planned(what, &after.clone(), Step { before, after: Some(after) }))
    })
}

/// Takes a ruling back, of the version that was seen; `None`: whatever it is now.
///
/// # Errors
/// [`Error::Missing`], [`Error::Stale`], [`Error::Store`]; nothing is changed then.
pub fn unrule(store: &mut Store, base: &Gazetteer, id: &str, version: Option<&str>, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, _| {
        let known = store.rulings()?.into_iter().find(|r| r.id == id);
        let before = known.ok_or_else(|| Error::missing(format!("ruling «{id}»")))?;
        let current = crate::store::version(&before);
        if let Some(expected) = version.filter(|v| *v != current) {
            return Err(Error::Stale { subject: id.to_owned(), found: current, expected: expected.to_owned() });
        }
        Ok(planned("ruling taken back", &before.clone(), Step { before: Some(before), after: None }))
    })
}

/// The incidents that identifiers name, sorted, each once.
fn references(store: &Store, told: &Told, parameter: &str, ids: &[String]) -> Result<Vec<Reference>> {
    let mut out = Vec::new();
    for id in ids {
        let event = store.event_members(id)?;
        let named = if event.is_empty() { std::slice::from_ref(id) } else { event.as_slice() };
        for id in named {
            let telling = told.telling(id).filter(|t| t.tells_an_event());
            out.push(telling.map(Reference::to).ok_or_else(|| Error::missing(format!("incident «{id}» that is or could be an event")))?);
        }
    }
    out.sort();
    out.dedup();
    if out.len() > MAX_MEMBERS {
        return Err(Error::value(parameter, format!("{} incidents", out.len()), &format!("at most {MAX_MEMBERS}")));
    }
    Ok(out)
}

/// The other incidents of the events that some are in.
fn rest(store: &Store, told: &Told, members: &[Reference]) -> Result<Vec<Reference>> {
    let found = told.corroborated(&store.rulings()?);
    let event_of = found.by_incident();
    let mut events: Vec<String> = members.iter().filter_map(|m| event_of.get(m.id.as_str())).map(|e| (*e).to_owned()).collect();
    events.sort_unstable();
    events.dedup();
    let mut out = references(store, told, "others", &events)?;
    out.retain(|r| !members.contains(r));
    Ok(out)
}

fn check(verdict: Verdict, members: &[Reference], others: &[Reference]) -> Result<()> {
    let least = if verdict == Verdict::Merge { 2 } else { 1 };
    if members.len() < least {
        return Err(Error::value("members", format!("{} incidents", members.len()), &format!("{least} or more")));
    }
    match verdict {
        Verdict::Split if others.is_empty() => Err(Error::value("others", "nothing", "incidents that the members are not one with")),
        Verdict::Split if others.iter().any(|o| members.contains(o)) => {
            Err(Error::value("others", "one of the members", "other incidents"))
        }
        Verdict::Merge | Verdict::Pin if !others.is_empty() => Err(Error::value("others", "incidents", "none, but for a split")),
        _ => Ok(()),
    }
}

fn planned(what: &str, ruling: &Ruling, step: Step<Ruling>) -> Plan {
    let detail = ruling.members.iter().map(|m| m.id.as_str()).collect::<Vec<_>>().join(", ");
    let steps = Steps { rulings: vec![step], ..Steps::default() };
    Plan { what: what.to_owned(), subject: ruling.id.clone(), detail, undoes: None, steps }
}

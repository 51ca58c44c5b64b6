//! The user's places: added, changed, retired, merged. The gazetteer's own can be changed too: the user's version then lies over it.

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::store::{PlaceName, PlaceRecord, PlaceStatus, Step, Steps, Store};

use super::change::{Done, Plan, Who, perform};
use super::check::{NewPlace, checked};
use super::near::{self, NearDuplicate};

/// A change of one place, for the version that was seen; `None`: whatever it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceEdit<'a> {
    /// The place.
    pub id: &'a str,
    /// [`PlaceRecord::version`] of what was seen.
    pub version: Option<&'a str>,
}

/// Adds a place; the reports that name it are read again.
///
/// # Errors
/// [`Error::Value`] for a value that cannot be used, [`Error::Conflict`] when it is there already, [`Error::Store`]; nothing is
/// changed then.
pub fn add_place(store: &mut Store, base: &Gazetteer, new: NewPlace, who: Who<'_>) -> Result<(Done, Vec<NearDuplicate>)> {
    let mut near = Vec::new();
    let done = perform(store, base, who, |store, reader| {
        let place = PlaceRecord { created: who.now.to_owned(), created_by: who.who.to_owned(), ..checked(new, &reader.gazetteer)? };
        near = near::near_duplicates(&place, &reader.gazetteer);
        let before = store.place(&place.id)?;
        if before.as_ref().is_some_and(PlaceRecord::is_in_use) {
            return Err(Error::conflict(&place.id, "already there", "a place that is not; change that one"));
        }
        Ok(planned("place added", vec![Step { before, after: Some(place) }]))
    })?;
    Ok((done, near))
}

/// Changes a place to what is given, whole.
///
/// # Errors
/// As [`add_place`], [`Error::Missing`] when there is no such place, [`Error::Stale`] when it is not the version that was seen.
pub fn edit_place(store: &mut Store, base: &Gazetteer, edit: PlaceEdit<'_>, new: NewPlace, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, reader| {
        let (before, known) = seen(store, &reader.gazetteer, edit)?;
        let place = PlaceRecord {
            id: known.id,
            created: known.created,
            created_by: known.created_by,
            modified: who.now.to_owned(),
            modified_by: who.who.to_owned(),
            ..checked(new, &reader.gazetteer)?
        };
        Ok(planned("place changed", vec![Step { before, after: Some(place) }]))
    })
}

/// Takes a place out of use; one of the gazetteer's own is not found any more.
///
/// # Errors
/// As [`edit_place`].
pub fn retire_place(store: &mut Store, base: &Gazetteer, edit: PlaceEdit<'_>, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, reader| {
        let (before, known) = seen(store, &reader.gazetteer, edit)?;
        let after = PlaceRecord { status: PlaceStatus::Retired, ..modified(known, who) };
        Ok(planned("place retired", vec![Step { before, after: Some(after) }]))
    })
}

/// Makes a place another one: its names go there, and what means it means that.
///
/// # Errors
/// As [`edit_place`]; [`Error::Value`] for a place that shall become itself.
pub fn merge_places(store: &mut Store, base: &Gazetteer, edit: PlaceEdit<'_>, into: &str, who: Who<'_>) -> Result<Done> {
    perform(store, base, who, |store, reader| {
        if edit.id == into {
            return Err(Error::value("into", into, "another place"));
        }
        let (before, known) = seen(store, &reader.gazetteer, edit)?;
        let (kept, target) = seen(store, &reader.gazetteer, PlaceEdit { id: into, version: None })?;
        let mut names = target.names.clone();
        let display = PlaceName { name: known.name.clone(), ..PlaceName::default() };
        for name in std::iter::once(display).chain(known.names.iter().cloned()) {
            let is_known = name.name == target.name || names.iter().any(|n| n.name == name.name && n.lang == name.lang);
            if !is_known {
                names.push(name);
            }
        }
        let target = PlaceRecord { names, ..modified(target, who) };
        let gone = PlaceRecord { status: PlaceStatus::Merged, merged_into: into.to_owned(), ..modified(known, who) };
        let steps = vec![Step { before, after: Some(gone) }, Step { before: kept, after: Some(target) }];
        Ok(Plan { detail: format!("into {into}"), ..planned("place merged", steps) })
    })
}

/// Known places that share a name with a place and lie near it, to be shown before it is saved.
///
/// # Errors
/// [`Error::Value`] for a value that cannot be used.
pub fn near_duplicates(new: NewPlace, known: &Gazetteer) -> Result<Vec<NearDuplicate>> {
    Ok(near::near_duplicates(&checked(new, known)?, known))
}

/// A place in use as it can be changed: the user's version of it, else the gazetteer's.
///
/// # Errors
/// [`Error::Store`].
pub fn known_place(store: &Store, known: &Gazetteer, id: &str) -> Result<Option<PlaceRecord>> {
    match store.place(id)? {
        Some(place) => Ok(Some(place).filter(PlaceRecord::is_in_use)),
        None => Ok(known.by_id(id).map(PlaceRecord::of_place)),
    }
}

/// What the store has of a place, and the place as it was seen.
fn seen(store: &Store, known: &Gazetteer, edit: PlaceEdit<'_>) -> Result<(Option<PlaceRecord>, PlaceRecord)> {
    let place = known_place(store, known, edit.id)?.ok_or_else(|| Error::missing(format!("place «{}»", edit.id)))?;
    let version = place.version();
    if let Some(expected) = edit.version.filter(|v| *v != version) {
        return Err(Error::Stale { subject: edit.id.to_owned(), found: version, expected: expected.to_owned() });
    }
    Ok((store.place(edit.id)?, place))
}

fn modified(place: PlaceRecord, who: Who<'_>) -> PlaceRecord {
    PlaceRecord { modified: who.now.to_owned(), modified_by: who.who.to_owned(), ..place }
}

pub(super) fn planned(what: &str, places: Vec<Step<PlaceRecord>>) -> Plan {
    let first = places.first().and_then(|s| s.after.as_ref());
    let (subject, detail) = first.map(|p| (p.id.clone(), p.name.clone())).unwrap_or_default();
    Plan { what: what.to_owned(), subject, detail, undoes: None, steps: Steps { places, ..Steps::default() } }
}

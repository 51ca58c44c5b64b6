//! `dalil gazetteer add|edit|retire|merge|undo|history|import|export|pin|reject`: the user's places and corrections in a store.

mod arguments;

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

use crate::gazetteer::Gazetteer;
use crate::intake::{self, Done, NearDuplicate, NewCorrection, NewPlace, PlaceEdit, Who};
use crate::layer;
use crate::store::Store;

use super::arguments::{Keeping, Places};
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, now, store_folder};

pub(super) use arguments::Overlay;
use arguments::{Fields, Format, On, ScopeArguments};

/// By which way these changes come, in the store's history.
const WHO: &str = "command line";

pub(super) fn overlay(command: &Overlay, log: Log) -> anyhow::Result<Outcome> {
    let mut near: Vec<NearDuplicate> = Vec::new();
    let (on, done) = match command {
        Overlay::Add { name, fields, on } => {
            anyhow::ensure!(fields.lon.is_some() && fields.lat.is_some(), "a new place needs --lon and --lat");
            let new = fields.over(NewPlace { name: name.clone(), feature: "PPL".to_owned(), ..NewPlace::default() });
            let (done, found) = on.change(log, |store, base, who| intake::add_place(store, base, new, who))?;
            near = found;
            (on, done)
        }
        Overlay::Edit { id, name, fields, version, on } => {
            let edit = PlaceEdit { id, version: version.as_deref() };
            (
                on,
                on.change(log, |store, base, who| {
                    intake::edit_place(store, base, edit, changed(store, base, id, name.as_ref(), fields)?, who)
                })?,
            )
        }
        Overlay::Retire { id, on } => {
            (on, on.change(log, |store, base, who| intake::retire_place(store, base, PlaceEdit { id, version: None }, who))?)
        }
        Overlay::Merge { id, into, on } => {
            (on, on.change(log, |store, base, who| intake::merge_places(store, base, PlaceEdit { id, version: None }, into, who))?)
        }
        Overlay::Undo { number, on } => (on, on.change(log, |store, base, who| intake::undo(store, base, *number, who))?),
        Overlay::History { keeping } => return history(keeping),
        Overlay::Export { format, keeping, places } => return export(*format, keeping, places, log),
        Overlay::Import { file, format, on } => return import(file, *format, on, log),
        Overlay::Pin { name, id, scope, on } => (on, correct(name, Some(id), scope, on, log)?),
        Overlay::Reject { name, scope, on } => (on, correct(name, None, scope, on, log)?),
    };
    for near in &near {
        log.progress(&format!("{} ({}) has this name {} m away", near.name, near.id, near.distance_m));
    }
    print(on, &done, log)
}

/// A place as it is with what was given laid over it.
fn changed(store: &Store, base: &Gazetteer, id: &str, name: Option<&String>, fields: &Fields) -> crate::Result<NewPlace> {
    let known = intake::known_place(store, &intake::overlaid(base, store)?, id)?;
    let known = known.ok_or_else(|| crate::Error::missing(format!("place «{id}»")))?;
    let mut place = fields.over(NewPlace::from(&known));
    if let Some(name) = name {
        place.name.clone_from(name);
    }
    Ok(place)
}

fn correct(name: &str, place: Option<&String>, scope: &ScopeArguments, on: &On, log: Log) -> anyhow::Result<Done> {
    let new = NewCorrection { name: name.to_owned(), scope: scope.scope(name), place_id: place.cloned(), note: scope.note.clone() };
    on.change(log, |store, base, who| intake::correct(store, base, new, who))
}

impl On {
    /// Opens the store and changes it.
    pub(super) fn change<T>(
        &self,
        log: Log,
        change: impl FnOnce(&mut Store, &Gazetteer, Who<'_>) -> crate::Result<T>,
    ) -> anyhow::Result<T> {
        let base = known_places(&self.places, log)?;
        let mut store = Store::open(&store_folder(&self.keeping)?)?;
        Ok(change(&mut store, &base, Who { who: WHO, now: &now(), is_dry: self.dry_run })?)
    }
}

/// A change in words on standard error; on standard output what became of the place or correction, or for a dry run all of it.
pub(super) fn print(on: &On, done: &Done, log: Log) -> anyhow::Result<Outcome> {
    say_changed(on, done, log);
    let changed = done.changed;
    let mut out = stdout();
    let known = Gazetteer::embedded();
    let place = done.steps.places.first().and_then(|s| s.after.as_ref()).map(|p| json!(layer::place_feature(p, &known)));
    let correction = done.steps.corrections.first().and_then(|s| s.after.as_ref()).map(|c| json!(layer::correction_feature(c)));
    let subject = place.or(correction);
    if on.dry_run {
        writeln!(out, "{}", json!({"subject": subject, "changed": changed, "affected": done.affected, "left_off": done.left_off}))?;
    } else if let Some(subject) = subject {
        writeln!(out, "{subject}")?;
    }
    out.flush()?;
    Ok(Outcome::Whole)
}

fn say_changed(on: &On, done: &Done, log: Log) {
    let changed = done.changed;
    log.progress(&format!(
        "{} reports read again, {} mentions resolved anew, {} incidents moved, {} appeared, {} gone{}",
        changed.reports_read,
        changed.mentions_resolved,
        changed.incidents_moved,
        changed.incidents_added,
        changed.incidents_removed,
        if on.dry_run { "; nothing saved" } else { "" }
    ));
}

fn export(format: Format, keeping: &Keeping, places: &Places, log: Log) -> anyhow::Result<Outcome> {
    let folder = store_folder(keeping)?;
    anyhow::ensure!(Store::file(&folder).exists(), "{}: there is no store", folder.display());
    let store = Store::open(&folder)?;
    let known = intake::overlaid(&known_places(places, log)?, &store)?;
    let mut out = stdout();
    write!(out, "{}", layer::exchange(format.into(), &store.places()?, &known))?;
    out.flush()?;
    Ok(Outcome::Whole)
}

fn import(file: &Path, format: Option<Format>, on: &On, log: Log) -> anyhow::Result<Outcome> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let name = file.display().to_string();
    let rows = intake::rows_of(&name, &text, format.map(Into::into))?;
    let imported = on.change(log, |store, base, who| intake::import(store, base, &name, rows, who))?;
    for error in &imported.refused {
        log.refuse(&error.to_string());
    }
    let (rows, saved, unchanged, refused) = (imported.rows, imported.saved, imported.unchanged, imported.refused.len());
    log.progress(&format!("{rows} rows: {saved} saved, {unchanged} unchanged, {refused} refused"));
    say_changed(on, &imported.done, log);
    let mut out = stdout();
    let done = &imported.done;
    let counts = json!({"rows": rows, "saved": saved, "unchanged": unchanged, "refused": refused});
    writeln!(out, "{}", json!({"import": counts, "changed": done.changed, "affected": done.affected, "left_off": done.left_off}))?;
    out.flush()?;
    Ok(if refused == 0 { Outcome::Whole } else { Outcome::SomeRefused })
}

fn history(keeping: &Keeping) -> anyhow::Result<Outcome> {
    let folder = store_folder(keeping)?;
    anyhow::ensure!(Store::file(&folder).exists(), "{}: there is no store", folder.display());
    let mut changes = Store::open(&folder)?.history()?;
    changes.reverse();
    let mut out = stdout();
    for change in changes {
        let line: Value = serde_json::to_value(&change).context("a change as JSON")?;
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(Outcome::Whole)
}

//! `dalil gazetteer add|edit|retire|merge|undo|history|import|export|pin|reject`: the user's places and corrections in a store.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::gazetteer::Gazetteer;
use crate::intake::{self, Done, NearDuplicate, NewCorrection, NewPlace, PlaceEdit, Who};
use crate::layer::{self, ExchangeFormat};
use crate::resolve::corrections::Scope;
use crate::store::{NameKind, PlaceName, Store};

use super::arguments::{Keeping, Places};
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, now, store_folder};

/// By which way these changes come, in the store's history.
const WHO: &str = "command line";

#[derive(Debug, Subcommand)]
pub(super) enum Overlay {
    /// Enter a place; reports of the store that name it are read again
    Add {
        /// Name for display
        name: String,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        on: On,
    },
    /// Change a place, also one of the gazetteer's own; what is not given stays
    Edit {
        /// The place
        id: String,
        /// Name for display
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
        /// Only when it is still this version
        #[arg(long)]
        version: Option<String>,
        #[command(flatten)]
        on: On,
    },
    /// Take a place out of use
    Retire {
        /// The place
        id: String,
        #[command(flatten)]
        on: On,
    },
    /// Make a place another one: its names go there
    Merge {
        /// The place that goes
        id: String,
        /// The place that stays
        #[arg(long, value_name = "ID")]
        into: String,
        #[command(flatten)]
        on: On,
    },
    /// Take a change back, by its number in the history
    Undo {
        /// The number
        number: i64,
        #[command(flatten)]
        on: On,
    },
    /// Print who changed what, newest first
    History {
        #[command(flatten)]
        keeping: Keeping,
    },
    /// Print the places of a store, also retired ones, for «import» and for other programs
    Export {
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        #[command(flatten)]
        keeping: Keeping,
        #[command(flatten)]
        places: Places,
    },
    /// Enter the places of a file: CSV, GeoJSON, Linked Places
    Import {
        /// The file
        file: PathBuf,
        /// What it is [default: what it looks like]
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        on: On,
    },
    /// Say what place a name means
    Pin {
        /// The name as it stands in reports
        name: String,
        /// The place
        id: String,
        #[command(flatten)]
        scope: ScopeArguments,
        #[command(flatten)]
        on: On,
    },
    /// Say that a name is no place
    Reject {
        /// The name as it stands in reports
        name: String,
        #[command(flatten)]
        scope: ScopeArguments,
        #[command(flatten)]
        on: On,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Comma-separated values (RFC 4180)
    Csv,
    /// GeoJSON (RFC 7946)
    Geojson,
    /// Linked Places 1.3
    Lpf,
}

impl From<Format> for ExchangeFormat {
    fn from(format: Format) -> ExchangeFormat {
        match format {
            Format::Csv => ExchangeFormat::Csv,
            Format::Geojson => ExchangeFormat::GeoJson,
            Format::Lpf => ExchangeFormat::LinkedPlaces,
        }
    }
}

/// Which store, and whether only to try.
#[derive(Debug, Args)]
pub(super) struct On {
    /// Say what would change, and save nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) keeping: Keeping,
    #[command(flatten)]
    pub(super) places: Places,
}

/// What can be said of a place.
#[derive(Debug, Args)]
pub(super) struct Fields {
    /// Degrees east
    #[arg(long, allow_hyphen_values = true)]
    lon: Option<f64>,
    /// Degrees north
    #[arg(long, allow_hyphen_values = true)]
    lat: Option<f64>,
    /// GeoNames feature code [default for a new place: PPL]
    #[arg(long)]
    feature: Option<String>,
    /// Another name, «ar:تلاتاي» or «old:Fort-Lamy»; may be given several times
    #[arg(long = "also", value_name = "LANG:NAME")]
    names: Vec<String>,
    /// ISO 3166-1 alpha-2 [default for a new place: of the nearest known place]
    #[arg(long)]
    country: Option<String>,
    /// First-level unit [default for a new place: of the nearest known place]
    #[arg(long)]
    admin1: Option<String>,
    /// The place that it lies in, by id
    #[arg(long)]
    parent: Option<String>,
    /// How far the place reaches, metres
    #[arg(long)]
    radius_m: Option<u32>,
    /// Since when it is there: a day, month or year
    #[arg(long, value_name = "DATE")]
    valid_from: Option<String>,
    /// Until when
    #[arg(long, value_name = "DATE")]
    valid_to: Option<String>,
    /// Where this is known from
    #[arg(long)]
    source: Option<String>,
    /// What should be remembered about it
    #[arg(long)]
    note: Option<String>,
}

/// Where a correction holds; everywhere when nothing is said.
#[derive(Debug, Args)]
pub(super) struct ScopeArguments {
    /// In this report
    #[arg(long, value_name = "ID", conflicts_with_all = ["source", "in_country"])]
    report: Option<String>,
    /// Only where the name begins at this code point of the report
    #[arg(long, requires = "report")]
    start: Option<u32>,
    /// In the reports of this source
    #[arg(long, conflicts_with = "in_country")]
    source: Option<String>,
    /// In reports that name other places of this country
    #[arg(long, value_name = "CODE")]
    in_country: Option<String>,
    /// Why
    #[arg(long, default_value = "")]
    note: String,
}

impl ScopeArguments {
    fn scope(&self, name: &str) -> Scope {
        match (&self.report, self.start, &self.source, &self.in_country) {
            (Some(report), Some(start), ..) => {
                Scope::Mention { report_id: report.clone(), start, end: start + name.chars().count() as u32 }
            }
            (Some(report), None, ..) => Scope::Report { report_id: report.clone() },
            (None, _, Some(source), _) => Scope::Source { source: source.clone() },
            (None, _, None, Some(country)) => Scope::Country { country: country.clone() },
            (None, _, None, None) => Scope::Always,
        }
    }
}

impl Fields {
    /// Lays what was given over a place.
    fn over(&self, mut place: NewPlace) -> NewPlace {
        let set = |cell: &mut String, given: &Option<String>| given.iter().for_each(|text| cell.clone_from(text));
        place.lon = self.lon.unwrap_or(place.lon);
        place.lat = self.lat.unwrap_or(place.lat);
        if self.feature.is_some() {
            place.class.clear();
        }
        set(&mut place.feature, &self.feature);
        set(&mut place.parent, &self.parent);
        set(&mut place.valid_from, &self.valid_from);
        set(&mut place.valid_to, &self.valid_to);
        set(&mut place.source, &self.source);
        set(&mut place.note, &self.note);
        place.names.extend(self.names.iter().map(|n| tagged(n)));
        place.country = self.country.clone().or(place.country);
        place.admin1 = self.admin1.clone().or(place.admin1);
        place.radius_m = self.radius_m.or(place.radius_m);
        place
    }
}

/// «ar:تلاتاي», «old:Fort-Lamy», or a name alone.
fn tagged(name: &str) -> PlaceName {
    match name.split_once(':') {
        Some(("old", name)) => PlaceName { name: name.to_owned(), lang: String::new(), kind: NameKind::Historic },
        Some((lang, name)) => PlaceName { name: name.to_owned(), lang: lang.to_owned(), kind: NameKind::Variant },
        None => PlaceName { name: name.to_owned(), ..PlaceName::default() },
    }
}

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
            (on, on.change(log, |store, base, who| intake::edit_place(store, base, edit, changed(store, base, id, name, fields)?, who))?)
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
fn changed(store: &Store, base: &Gazetteer, id: &str, name: &Option<String>, fields: &Fields) -> crate::Result<NewPlace> {
    let known = intake::known_place(store, &intake::overlaid(base, store)?, id)?;
    let known = known.ok_or_else(|| crate::Error::missing(format!("place «{id}»")))?;
    let mut place = fields.over(NewPlace::from(&known));
    name.iter().for_each(|name| place.name.clone_from(name));
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

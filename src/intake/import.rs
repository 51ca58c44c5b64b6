//! Many places at once, out of a file: CSV, GeoJSON or Linked Places. Wrong rows are refused with their line and reason, the
//! rest goes in whole.

mod csv;
mod linked;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::layer::ExchangeFormat;
use crate::store::{PlaceRecord, PlaceStatus, Step, Steps, Store};

use super::change::{Done, Plan, Who, perform};
use super::check::{checked, is_id};
use super::posted::posted_place;
use super::read::Reader;

/// What became of a file.
#[derive(Debug, Default)]
pub struct Imported {
    /// What it changed.
    pub done: Done,
    /// Rows in the file; read, unchanged and refused ones together.
    pub rows: usize,
    /// Places added or changed.
    pub saved: usize,
    /// Places that were there as the file has them.
    pub unchanged: usize,
    /// One error a refused row.
    pub refused: Vec<Error>,
}

/// A row of a file as a GeoJSON Feature, with its line; or why it is none.
pub type FileRow = std::result::Result<(usize, Value), Error>;

/// The rows of a file.
///
/// # Errors
/// [`Error::Line`] when it is no file of this format at all.
pub fn rows_of(file: &str, text: &str, format: Option<ExchangeFormat>) -> Result<Vec<FileRow>> {
    let is_table = format.map_or_else(|| !text.trim_start_matches('\u{FEFF}').trim_start().starts_with('{'), |f| f == ExchangeFormat::Csv);
    if is_table {
        return csv::rows(file, text.trim_start_matches('\u{FEFF}'));
    }
    let refuse =
        |line: usize, found: String| Error::Line { file: file.to_owned(), line, found, expected: "a FeatureCollection".to_owned() };
    let whole: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|e| refuse(e.line(), e.to_string()))?;
    let features = whole["features"].as_array().ok_or_else(|| refuse(1, "no features".to_owned()))?;
    let lines = lines_of_features(text, features.len());
    let is_linked = |f: &Value| format == Some(ExchangeFormat::LinkedPlaces) || f.get("@id").is_some();
    let feature = |(f, line): (&Value, usize)| Ok((line, if is_linked(f) { linked::feature(f) } else { f.clone() }));
    Ok(features.iter().zip(lines).map(feature).collect())
}

/// The line on which each feature begins: our own files have one a line; of others only the first is known.
fn lines_of_features(text: &str, count: usize) -> Vec<usize> {
    let starts: Vec<usize> = text.lines().enumerate().filter(|(_, l)| l.contains("\"Feature\"")).map(|(i, _)| i + 1).collect();
    if starts.len() == count { starts } else { vec![1; count] }
}

/// Imports rows in one transaction.
///
/// # Errors
/// [`Error::Store`]; nothing is changed then.
pub fn import(store: &mut Store, base: &Gazetteer, file: &str, rows: Vec<FileRow>, who: Who<'_>) -> Result<Imported> {
    let mut imported = Imported { rows: rows.len(), ..Imported::default() };
    let done = perform(store, base, who, |store, reader| {
        let mut steps = Steps::default();
        let mut seen = BTreeSet::new();
        for row in rows {
            let step = row.and_then(|(line, feature)| {
                let refuse = |e: Error| refused(file, line, e);
                let step = step(store, reader, &feature, who).map_err(refuse)?;
                let id = step.after.as_ref().map(|p| p.id.clone()).unwrap_or_default();
                if seen.insert(id.clone()) { Ok(step) } else { Err(refuse(Error::value("id", id, "one row a place"))) }
            });
            match step {
                Ok(step) if step.before == step.after => imported.unchanged += 1,
                Ok(step) => steps.places.push(step),
                Err(error) => imported.refused.push(error),
            }
        }
        imported.saved = steps.places.len();
        let detail = format!("{} places", steps.places.len());
        Ok(Plan { what: "places imported".to_owned(), subject: file.to_owned(), detail, undoes: None, steps })
    })?;
    Ok(Imported { done, ..imported })
}

fn refused(file: &str, line: usize, error: Error) -> Error {
    match error {
        Error::Value { parameter, found, expected } => {
            Error::Line { file: file.to_owned(), line, found: format!("{parameter} {found}"), expected }
        }
        other => other,
    }
}

/// What a row does to the store. A row that says when it was created is a record that dalil wrote, and taken as it is;
/// in others what is missing is guessed as for a place entered by hand.
fn step(store: &Store, reader: &Reader, feature: &Value, who: Who<'_>) -> Result<Step<PlaceRecord>> {
    let said = |key: &str| feature["properties"][key].as_str().unwrap_or_default().to_owned();
    let (is_ours, code) = (!said("created").is_empty(), said("admin1_code"));
    let mut new = posted_place(feature)?;
    if is_ours {
        new.country = Some(new.country.unwrap_or_default());
    }
    if is_ours || !code.is_empty() {
        new.admin1 = None;
    }
    let place = checked(new, &reader.gazetteer)?;
    let id = match &feature["id"] {
        Value::Null => place.id.clone(),
        Value::String(id) if id.is_empty() => place.id.clone(),
        Value::String(id) if is_id(id) => id.clone(),
        other => return Err(Error::value("id", other.to_string(), "namespace:identifier, such as user:1")),
    };
    let status = match said("status").as_str() {
        "" | "in use" => PlaceStatus::InUse,
        "retired" => PlaceStatus::Retired,
        "merged" if is_id(&said("merged_into")) => PlaceStatus::Merged,
        other => return Err(Error::value("status", other, "retired, merged with the id in merged_into, or nothing")),
    };
    let before = store.place(&id)?;
    let mut after = PlaceRecord { id, status, merged_into: said("merged_into"), ..place };
    let mut stamps = [said("created"), said("created_by"), said("modified"), said("modified_by")];
    if !is_ours {
        stamps = match &before {
            None => [who.now.to_owned(), who.who.to_owned(), String::new(), String::new()],
            Some(known) => {
                let same = [&known.created, &known.created_by, &known.modified, &known.modified_by].map(String::clone);
                let unstamped = |p: &PlaceRecord| {
                    let nothing = String::new;
                    PlaceRecord { created: nothing(), created_by: nothing(), modified: nothing(), modified_by: nothing(), ..p.clone() }
                };
                let [created, by, ..] = same.clone();
                if unstamped(known) == unstamped(&after) { same } else { [created, by, who.now.to_owned(), who.who.to_owned()] }
            }
        };
    }
    [after.created, after.created_by, after.modified, after.modified_by] = stamps;
    Ok(Step { before, after: Some(after) })
}

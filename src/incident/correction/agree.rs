//! Whether the values that a person set go with each other and with what stands.

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::incident::{Granularity, Status, SubEventType};

use super::Verdict;
use super::fields::TOLLS;

/// True when an incident of these fields is drawn: it happened, it is one event, and nobody rejected it.
pub fn is_drawn(fields: &Map<String, Value>, verdict: Option<Verdict>) -> bool {
    let is = |key: &str, word: &str| fields.get(key).and_then(Value::as_str) == Some(word);
    let happened = is("status", Status::Asserted.label()) || is("status", Status::Claimed.label());
    happened && !is("granularity", Granularity::Aggregate.label()) && verdict != Some(Verdict::Rejected)
}

/// Checks fields against each other; those that the person left are what the machine says.
///
/// # Errors
/// [`Error::Value`] for the first that does not go with the others.
pub fn agree(machine: &Map<String, Value>, set: &Map<String, Value>, verdict: Option<Verdict>) -> Result<()> {
    let mut all = machine.clone();
    all.extend(set.iter().map(|(name, value)| (name.clone(), value.clone())));
    kinds(&all, set)?;
    days(&all, set)?;
    point(&all, set, verdict)?;
    TOLLS.iter().chain(&["crowd"]).try_for_each(|harm| toll(&all, set, harm))?;
    sides(&all, set)
}

fn refused(name: &str, found: impl Into<String>, expected: &str) -> Error {
    Error::value(&format!("fields.{name}"), found, expected)
}

fn kinds(all: &Map<String, Value>, set: &Map<String, Value>) -> Result<()> {
    let said = |key: &str| all.get(key).and_then(Value::as_str).unwrap_or_default();
    let of = SubEventType::from_label(said("sub_event_type")).map(|kind| kind.event_type().label()).unwrap_or_default();
    if set.contains_key("event_type") && said("event_type") != of {
        let expected = format!("«{of}», the type of the sub_event_type «{}»; set both", said("sub_event_type"));
        return Err(refused("event_type", format!("«{}»", said("event_type")), &expected));
    }
    Ok(())
}

fn days(all: &Map<String, Value>, set: &Map<String, Value>) -> Result<()> {
    let ends = ["date_start", "date_end"];
    let Some(changed) = ends.iter().find(|end| set.contains_key(**end)) else { return Ok(()) };
    match ends.map(|end| all.get(end).and_then(Value::as_str)) {
        [Some(start), Some(end)] if start > end => {
            Err(refused(changed, format!("{start} to {end}"), "date_start on or before date_end; set both"))
        }
        [Some(_), None] | [None, Some(_)] if ends.iter().all(|end| set.contains_key(*end)) => {
            Err(refused(changed, "one day of two", "date_start and date_end, or null for both"))
        }
        _ => Ok(()),
    }
}

fn point(all: &Map<String, Value>, set: &Map<String, Value>, verdict: Option<Verdict>) -> Result<()> {
    match ["lat", "lon"].map(|key| set.get(key)) {
        [None, None] | [Some(Value::Null), Some(Value::Null)] => Ok(()),
        [Some(lat), Some(lon)] if lat.is_number() && lon.is_number() => {
            if lat.as_f64() == Some(0.0) && lon.as_f64() == Some(0.0) {
                return Err(refused("lat", "0, 0", "the incident's own latitude and longitude"));
            }
            if !is_drawn(all, verdict) {
                let expected = "null: what is an aggregate, did not happen or is rejected has no point";
                return Err(refused("lat", format!("{lat}, {lon}"), expected));
            }
            Ok(())
        }
        [lat, _] => {
            let (there, missing) = if lat.is_some_and(|l| !l.is_null()) { ("lat", "lon") } else { ("lon", "lat") };
            Err(refused(there, format!("{there} without {missing}"), "lat and lon, or null for both"))
        }
    }
}

fn toll(all: &Map<String, Value>, set: &Map<String, Value>, harm: &str) -> Result<()> {
    let ends = ["low", "best", "high"].map(|end| format!("{harm}_{end}"));
    let Some(changed) = ends.iter().find(|end| set.contains_key(*end)) else { return Ok(()) };
    let figures: Vec<u64> = ends.iter().filter_map(|end| all.get(end)?.as_u64()).collect();
    if figures.is_sorted() {
        return Ok(());
    }
    let found = ends.iter().map(|end| format!("{end} {}", all.get(end).unwrap_or(&Value::Null))).collect::<Vec<_>>().join(", ");
    Err(refused(changed, found, &format!("{harm}_low ≤ {harm}_best ≤ {harm}_high; set all three")))
}

/// The dead by sides make the lowest figure.
fn sides(all: &Map<String, Value>, set: &Map<String, Value>) -> Result<()> {
    let sides = ["killed_a", "killed_b", "killed_civilians", "killed_unknown"];
    let Some(changed) = sides.iter().find(|side| set.get(**side).is_some_and(|v| !v.is_null())) else { return Ok(()) };
    let sum: u64 = sides.iter().filter_map(|side| all.get(*side)?.as_u64()).sum();
    let low = all.get("killed_low").and_then(Value::as_u64);
    if low == Some(sum) {
        return Ok(());
    }
    let low = low.map_or("null".to_owned(), |l| l.to_string());
    Err(refused(changed, format!("{sum} on all sides"), &format!("killed_low, {low}, as the sum of {}", sides.join(", "))))
}

//! Query string → [`Query`], every value that cannot be used refused with what could.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::incident::{EventType, Granularity, Status, SubEventType};
use crate::lang::Lang;
use crate::store::{Bounds, Collection, Interval, Query};

/// Features of a part when the asker does not say.
const DEFAULT_LIMIT: usize = 1_000;
/// Most features of a part.
pub const MAX_LIMIT: usize = 10_000;
const MAX_Q_CHARS: usize = 500;

/// Names and values of a query string, in its order.
pub type Pairs = Vec<(String, String)>;

/// A request for items.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What is asked for.
    pub query: Query,
    /// Whether the answer is to be saved as a file.
    pub is_download: bool,
}

/// The parameters that a collection knows.
pub fn parameters(collection: Collection) -> Vec<&'static str> {
    let mut names = vec!["datetime", "q", "limit", "offset", "download"];
    if collection.is_drawn() {
        names.extend(["bbox", "country"]);
    }
    if !collection.is_entered() && collection != Collection::Events {
        names.push("lang");
    }
    if matches!(collection, Collection::Incidents | Collection::Events) {
        names.extend(["event_type", "sub_event_type", "status", "granularity"]);
    }
    if matches!(collection, Collection::Incidents | Collection::IncidentCorrections) {
        names.push("verdict");
    }
    if collection == Collection::IncidentCorrections {
        names.push("orphan");
    }
    names.sort_unstable();
    names
}

/// Checks the parameters of a request for items.
///
/// # Errors
/// [`Error::Value`] for the first parameter that is unknown, given twice or has a value that cannot be used.
pub fn asked(collection: Collection, pairs: Pairs) -> Result<Asked> {
    let known = parameters(collection);
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in pairs {
        if !known.contains(&name.as_str()) {
            return Err(Error::value(&name, "an unknown parameter", &format!("one of {}", known.join(", "))));
        }
        if values.insert(name.clone(), value).is_some() {
            return Err(Error::value(&name, "the parameter twice", "it once, values separated by commas"));
        }
    }
    let mut take = |name: &str| values.remove(name).filter(|v| !v.is_empty());
    let query = Query {
        bbox: take("bbox").map(|v| bbox(&v)).transpose()?,
        datetime: take("datetime").map(|v| datetime(&v)).transpose()?,
        event_type: one_of("event_type", take("event_type"), &EVENT_TYPES.map(EventType::label))?,
        sub_event_type: one_of("sub_event_type", take("sub_event_type"), &SUB_EVENT_TYPES.map(SubEventType::label))?,
        status: one_of("status", take("status"), &STATUSES.map(Status::label))?,
        granularity: one_of("granularity", take("granularity"), &GRANULARITIES.map(Granularity::label))?,
        lang: one_of("lang", take("lang"), &Lang::ALL.map(Lang::code))?,
        country: take("country").map(|v| countries(&v)).transpose()?.unwrap_or_default(),
        verdict: one_of("verdict", take("verdict"), &VERDICTS)?,
        orphan: take("orphan").map(|v| flag("orphan", &v)).transpose()?,
        q: take("q").map(words).transpose()?,
        limit: Some(take("limit").map(|v| number("limit", &v, 1, MAX_LIMIT)).transpose()?.unwrap_or(DEFAULT_LIMIT)),
        offset: take("offset").map(|v| number("offset", &v, 0, u32::MAX as usize)).transpose()?.unwrap_or(0),
    };
    let is_download = one_of("download", take("download"), &["0", "1"])?.iter().any(|v| v == "1");
    Ok(Asked { query, is_download })
}

/// What people say of incidents; `none`: nothing.
pub const VERDICTS: [&str; 3] = ["confirmed", "rejected", "none"];

/// The values of the closed lists, in the order of the codebook.
pub const EVENT_TYPES: [EventType; 6] = EventType::ALL;
/// Sub-event types.
pub const SUB_EVENT_TYPES: [SubEventType; 25] = SubEventType::ALL;
/// Statuses.
pub const STATUSES: [Status; 5] = Status::ALL;
/// Granularities.
pub const GRANULARITIES: [Granularity; 3] = Granularity::ALL;

fn bbox(value: &str) -> Result<Bounds> {
    let refuse = |expected: &str| Error::value("bbox", format!("«{value}»"), expected);
    let numbers: Vec<f64> = value.split(',').filter_map(|n| n.trim().parse().ok()).filter(|n: &f64| n.is_finite()).collect();
    let (Ok([west, south, east, north]), 4) = (<[f64; 4]>::try_from(numbers), value.split(',').count()) else {
        return Err(refuse("west,south,east,north: four numbers, degrees"));
    };
    if west.abs() > 180.0 || east.abs() > 180.0 {
        return Err(refuse("longitudes between -180 and 180 (west may be greater than east: the box then crosses the antimeridian)"));
    }
    if south.abs() > 90.0 || north.abs() > 90.0 || south > north {
        return Err(refuse("latitudes between -90 and 90, south before north"));
    }
    Ok(Bounds { west, south, east, north })
}

fn datetime(value: &str) -> Result<Interval> {
    let refuse =
        || Error::value("datetime", format!("«{value}»"), "a date or time (RFC 3339), or an interval start/end with «..» for an open end");
    let end = |part: &str| match part.trim() {
        "" | ".." => Ok(None),
        day => self::day(day).map(|d| Some(d.to_string())).ok_or_else(refuse),
    };
    let interval = match value.split_once('/') {
        None => {
            let day = end(value)?.ok_or_else(refuse)?;
            Interval { from: Some(day.clone()), to: Some(day) }
        }
        Some((from, to)) => Interval { from: end(from)?, to: end(to)? },
    };
    match (&interval.from, &interval.to) {
        (None, None) => Err(refuse()),
        (Some(from), Some(to)) if from > to => Err(refuse()),
        _ => Ok(interval),
    }
}

/// The day of `2022-09-06` or `2022-09-06T10:00:00Z`; nothing shorter.
fn day(value: &str) -> Option<Date> {
    let date: Date = value.get(..10)?.parse().ok()?;
    let rest = value.get(10..)?;
    let is_time = rest.is_empty() || (rest.starts_with(['T', 't', ' ']) && value.replace(' ', "T").parse::<jiff::Timestamp>().is_ok());
    is_time.then_some(date)
}

fn one_of(parameter: &str, value: Option<String>, allowed: &[&str]) -> Result<Vec<String>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let parts: Vec<String> = value.split(',').map(|v| v.trim().to_owned()).collect();
    match parts.iter().find(|part| !allowed.contains(&part.as_str())) {
        Some(unknown) => Err(Error::value(parameter, format!("«{unknown}»"), &format!("one or several of: {}", allowed.join(", ")))),
        None => Ok(parts),
    }
}

fn flag(parameter: &str, value: &str) -> Result<bool> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Error::value(parameter, format!("«{value}»"), "true or false")),
    }
}

fn countries(value: &str) -> Result<Vec<String>> {
    let parts: Vec<String> = value.split(',').map(|v| v.trim().to_owned()).collect();
    match parts.iter().find(|p| p.len() != 2 || !p.bytes().all(|b| b.is_ascii_uppercase())) {
        Some(wrong) => Err(Error::value("country", format!("«{wrong}»"), "two capital letters (ISO 3166-1 alpha-2)")),
        None => Ok(parts),
    }
}

fn words(value: String) -> Result<String> {
    let count = value.chars().count();
    if count > MAX_Q_CHARS {
        return Err(Error::value("q", format!("{count} characters"), &format!("at most {MAX_Q_CHARS}")));
    }
    Ok(value)
}

/// A whole number between two limits.
///
/// # Errors
/// [`Error::Value`] when it is none.
pub fn number(parameter: &str, value: &str, least: usize, most: usize) -> Result<usize> {
    match value.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(Error::value(parameter, format!("«{value}»"), &format!("a whole number from {least} to {most}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(name: &str, value: &str) -> Result<Asked> {
        asked(Collection::Incidents, vec![(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn intervals_may_be_open() {
        let of = |value: &str| ask("datetime", value).unwrap().query.datetime.unwrap();
        assert_eq!(of("2022-09-06"), Interval { from: Some("2022-09-06".to_owned()), to: Some("2022-09-06".to_owned()) });
        assert_eq!(of("2022-09-06T10:00:00Z/.."), Interval { from: Some("2022-09-06".to_owned()), to: None });
        assert_eq!(of("../2022-09-06").from, None);
    }

    #[test]
    fn values_that_cannot_be_used_are_refused() {
        for (name, value) in [
            ("bbox", "1,2,3"),
            ("bbox", "1,2,3,x"),
            ("bbox", "0,50,1,40"),
            ("bbox", "0,0,200,10"),
            ("bbox", "NaN,0,1,1"),
            ("datetime", "2022"),
            ("datetime", "2022-13-01"),
            ("datetime", "../.."),
            ("datetime", "2022-09-07/2022-09-06"),
            ("datetime", "2022-09-06T99:00:00Z"),
            ("event_type", "Battle"),
            ("status", "asserted,maybe"),
            ("lang", "de"),
            ("country", "Mali"),
            ("limit", "0"),
            ("limit", "10001"),
            ("offset", "-1"),
            ("download", "yes"),
            ("verdict", "maybe"),
            ("colour", "red"),
        ] {
            assert!(matches!(ask(name, value), Err(Error::Value { parameter, .. }) if parameter == name), "{name}={value}");
        }
    }
}

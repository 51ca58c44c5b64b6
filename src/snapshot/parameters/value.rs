//! Values of parameters: boxes, days, numbers.

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::store::Bounds;

use super::super::predicate::Range;
use super::super::segment::days_of;
use super::MAX_LIMIT;

/// `3`, `3..10`, `3..`, `..10`.
pub(super) fn range(part: &str) -> Option<Range> {
    let number = |text: &str| text.parse::<i64>().ok().map(|n| n as f64);
    match part.split_once("..") {
        None => number(part).map(Range::exactly),
        Some(("", "")) => None,
        Some((from, "")) => Some(Range { from: Some((number(from)?, true)), to: None }),
        Some(("", to)) => Some(Range { from: None, to: Some((number(to)?, true)) }),
        Some((from, to)) => Some(Range::between(number(from)?, number(to)?)).filter(|r| r.from <= r.to),
    }
}

/// Reads `west,south,east,north`.
///
/// # Errors
/// [`Error::Value`].
pub fn bbox(value: &str) -> Result<Bounds> {
    let refuse = |expected: &str| Error::value("bbox", format!("«{value}»"), expected);
    let numbers: Option<Vec<f64>> = value.split(',').map(|n| n.trim().parse().ok().filter(|n: &f64| n.is_finite())).collect();
    // Heights, which nothing here has, are passed over.
    let (&[west, south, east, north] | &[west, south, _, east, north, _]) = numbers.unwrap_or_default().as_slice() else {
        return Err(refuse("west,south,east,north: four numbers, degrees; or six with heights"));
    };
    if west.abs() > 180.0 || east.abs() > 180.0 {
        return Err(refuse("longitudes between -180 and 180 (west may be greater than east: the box then crosses the antimeridian)"));
    }
    if south.abs() > 90.0 || north.abs() > 90.0 || south > north {
        return Err(refuse("latitudes between -90 and 90, south before north"));
    }
    Ok(Bounds { west, south, east, north })
}

/// A day, or an interval of days; ends may be open.
pub(super) fn datetime(value: &str) -> Result<Range> {
    let refuse =
        || Error::value("datetime", format!("«{value}»"), "a date or time (RFC 3339), or an interval start/end with «..» for an open end");
    let end = |part: &str| match part.trim() {
        "" | ".." => Ok(None),
        given => day(given).map(|d| Some((days_of(d) as f64, true))).ok_or_else(refuse),
    };
    let range = match value.split_once('/') {
        None => {
            let day = end(value)?.ok_or_else(refuse)?;
            Range { from: Some(day), to: Some(day) }
        }
        Some((from, to)) => Range { from: end(from)?, to: end(to)? },
    };
    match (range.from, range.to) {
        (None, None) => Err(refuse()),
        (Some(from), Some(to)) if from > to => Err(refuse()),
        _ => Ok(range),
    }
}

/// The day of `2022-09-06` or `2022-09-06T10:00:00Z`; nothing shorter.
fn day(value: &str) -> Option<Date> {
    let date: Date = value.get(..10)?.parse().ok()?;
    let rest = value.get(10..)?;
    // GDAL writes days as «2022-09-06T».
    let is_time =
        matches!(rest, "" | "T") || (rest.starts_with(['T', 't', ' ']) && value.replace(' ', "T").parse::<jiff::Timestamp>().is_ok());
    is_time.then_some(date)
}

/// `true`, `1`, `false`, `0`.
pub(super) fn flag(parameter: &str, value: &str) -> Result<bool> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Error::value(parameter, format!("«{value}»"), "true or false")),
    }
}

/// More than the most is taken for the most.
pub(super) fn limit(value: &str) -> Result<usize> {
    let is_huge = value.len() > 9 && value.bytes().all(|b| b.is_ascii_digit());
    if is_huge { Ok(MAX_LIMIT) } else { number("limit", value, 1, usize::MAX).map(|n| n.min(MAX_LIMIT)) }
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

//! The Hijri calendar: «14 رمضان 1443هـ», «في شهر رمضان», «15/9/1443 هـ».
//!
//! Days are reckoned by the arithmetic calendar of thirty years (civil epoch, 16 July 622 of the Julian calendar). The
//! calendar as kept follows the sighting of the moon and may be a day earlier or later, so a day is given as three.

use jiff::ToSpan;
use jiff::civil;

use crate::lang::lists::{TimeWord, Word};
use crate::text::TokenKind;

use super::parse::{Draft, Reader};
use super::resolve::Context;
use super::{Date, DateSource};

/// A date of the Hijri calendar; the day is missing when a month is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hijri {
    pub year: Option<i16>,
    pub month: u8,
    pub day: Option<u8>,
}

/// Years of reports lie between these.
const YEARS: std::ops::RangeInclusive<i16> = 1300..=1500;
/// «صفر» is also zero («2 صفر» a score): the month needs its year.
const ALSO_ZERO: u8 = 2;
/// The sighting of the moon moves a month by so many days.
const SIGHTING_DAYS: i64 = 1;

/// Fills the Hijri slot.
pub(super) fn take(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    if draft.hijri.is_some() {
        return None;
    }
    let (hijri, end) = in_digits(reader, at).or_else(|| day_and_month(reader, at)).or_else(|| month(reader, at, draft))?;
    (draft.hijri, draft.leads_to_year) = (Some(hijri), false);
    Some(end)
}

fn is_era(reader: &Reader, at: usize) -> Option<usize> {
    reader.time_word(at, |w| w == TimeWord::HijriEra).map(|(_, end)| end)
}

fn year(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    let at = at + usize::from(matches!(reader.text.folded(at), "من" | "," | "\u{060C}" | "سنة" | "عام" | "لعام" | "de"));
    let token = reader.text.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    debug_assert!(token.span.start < token.span.end);
    let year: i16 = reader.text.folded(at).parse().ok().filter(|y| YEARS.contains(y))?;
    Some((year, is_era(reader, at + 1).unwrap_or(at + 1)))
}

/// «15/9/1443», «1443/9/15هـ».
fn in_digits(reader: &Reader, at: usize) -> Option<(Hijri, usize)> {
    let text = reader.text;
    let number = |at: usize| text.tokens.get(at).filter(|t| t.kind == TokenKind::Number).and_then(|_| text.folded(at).parse::<i16>().ok());
    let sign = text.folded(at + 1);
    if !matches!(sign, "/" | "-") || text.folded(at + 3) != sign {
        return None;
    }
    let (first, month, last) = (number(at)?, number(at + 2)?, number(at + 4)?);
    let (year, day) = if YEARS.contains(&first) { (first, last) } else { (last, first) };
    let fits = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=30).contains(&day);
    let end = is_era(reader, at + 5).unwrap_or(at + 5);
    fits.then_some((Hijri { year: Some(year), month: month as u8, day: Some(day as u8) }, end))
}

fn named_month(reader: &Reader, at: usize) -> Option<(u8, usize)> {
    reader.signs.find(at, |s| match s.word {
        Word::Time(TimeWord::HijriMonth(month)) => Some((month, s.end as usize)),
        _ => None,
    })
}

/// «14 رمضان 1443هـ», «الرابع عشر من رمضان».
fn day_and_month(reader: &Reader, at: usize) -> Option<(Hijri, usize)> {
    let (day, mut end) = reader.day(at)?;
    for _ in 0..2 {
        end += usize::from(matches!(reader.text.folded(end), "من" | "شهر" | "of" | "de"));
    }
    let (month, end) = named_month(reader, end)?;
    let year = year(reader, end);
    let is_day = day <= 30 && (month != ALSO_ZERO || year.is_some());
    is_day.then(|| (Hijri { year: year.map(|y| y.0), month, day: Some(day) }, year.map_or(end, |y| y.1)))
}

/// «شهر رمضان», «during Ramadan», «محرم 1444».
fn month(reader: &Reader, at: usize, draft: &Draft) -> Option<(Hijri, usize)> {
    let (month, end) = named_month(reader, at)?;
    let year = year(reader, end);
    let is_led = draft.leads_to_year || draft.says_month;
    (is_led || year.is_some()).then(|| (Hijri { year: year.map(|y| y.0), month, day: None }, year.map_or(end, |y| y.1)))
}

/// Days of the year before a month, and of the years before a year, in the arithmetic calendar.
fn civil_day(year: i16, month: u8, day: u8) -> Option<civil::Date> {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month / 2 + day;
    // 19 July 622 in the calendar that jiff reckons by.
    civil::date(622, 7, 19).checked_add((days - 1).days()).ok()
}

/// The days that a Hijri date means; without its year the last such day or month before publication.
pub(super) fn resolve(hijri: Hijri, context: &Context) -> Option<Date> {
    let in_year = |year: i16| {
        let (first, last) = match hijri.day {
            Some(day) => (civil_day(year, hijri.month, day)?, civil_day(year, hijri.month, day)?),
            None if hijri.month == 12 => (civil_day(year, 12, 1)?, civil_day(year + 1, 1, 1)?.yesterday().ok()?),
            None => (civil_day(year, hijri.month, 1)?, civil_day(year, hijri.month + 1, 1)?.yesterday().ok()?),
        };
        Some((first.checked_sub(SIGHTING_DAYS.days()).ok()?, last.checked_add(SIGHTING_DAYS.days()).ok()?))
    };
    let (start, end) = match (hijri.year, context.published) {
        (Some(year), _) => in_year(year)?,
        (None, Some(published)) => YEARS.rev().filter_map(in_year).find(|(start, _)| *start <= published)?,
        (None, None) => return None,
    };
    let (precision, source) = if hijri.day.is_some() { (2, DateSource::Explicit) } else { (3, DateSource::Month) };
    Some(Date { start, end, precision, source })
}

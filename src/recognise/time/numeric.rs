//! Dates in digits: 2022-09-06, 06/09/2022, 25/سبتمبر/2022.

use jiff::civil;

use crate::lang::Lang;
use crate::text::TokenKind;

use super::parse::{Draft, Reader};
use super::resolve::days_between;

/// Two digits of a year from here on mean the last century.
const LAST_CENTURY: i16 = 70;

/// Fills day, month and year from three numbers joined by one sign.
pub(super) fn take(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    let text = reader.text;
    // «12 / 11 / 2022»: spaces on all sides.
    let is_wide = text.folded(at + 1) == "/" && (at + 1..at + 5).all(|i| text.tokens.get(i).is_some_and(|t| t.spaced));
    let number = |at: usize, first: bool| {
        let token = text.tokens.get(at).filter(|t| t.kind == TokenKind::Number && (first || !t.spaced || is_wide))?;
        debug_assert!(token.span.start < token.span.end);
        let folded = text.folded(at);
        if folded.len() > 4 { None } else { folded.parse::<i16>().ok().map(|value| (value, folded.len())) }
    };
    let first = number(at, true)?;
    let sign = text.folded(at + 1);
    let is_joined = matches!(sign, "/" | "-" | "." | "\u{2013}") && sign == text.folded(at + 3);
    if !is_joined || (!is_wide && (text.tokens[at + 1].spaced || text.tokens.get(at + 3)?.spaced)) {
        return None;
    }
    if text.tokens.get(at + 5).is_some_and(|t| !t.spaced && t.kind == TokenKind::Punct)
        && text.folded(at + 5) == sign
        && number(at + 6, false).is_some()
    {
        return None;
    }
    let (second, third) = (number(at + 2, false)?, number(at + 4, false)?);
    let (year, month, day) = match (first, second, third) {
        ((year, 4), (month, _), (day, _)) => (year, month, day),
        ((a, 1..=2), (b, 1..=2), (year, 4)) => order(reader, year, a, b),
        ((a, 1..=2), (b, 1..=2), (year, 2)) if sign == "/" => {
            order(reader, if year < LAST_CENTURY { 2000 + year } else { 1900 + year }, a, b)
        }
        _ => return None,
    };
    let is_year = (1900..=2100).contains(&year);
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| is_year)?;
    draft.year = Some(date.year());
    draft.month = Some(date.month() as u8);
    draft.days = Some((date.day() as u8, date.day() as u8));
    Some(at + 5)
}

/// Year, month and day of two numbers that may stand either way. The day comes first unless it cannot; in English
/// also unless that puts the date after the report while the other way does not.
fn order(reader: &Reader, year: i16, a: i16, b: i16) -> (i16, i16, i16) {
    let day_first = (year, b, a);
    let month_first = (year, a, b);
    if b > 12 {
        return month_first;
    }
    if a > 12 || reader.lang != Lang::En {
        return day_first;
    }
    let date = |(y, m, d): (i16, i16, i16)| civil::Date::new(y, m as i8, d as i8).ok();
    match (reader.published, date(day_first), date(month_first)) {
        (Some(published), Some(one), Some(other)) if one > published && days_between(other, published) >= 0 => month_first,
        _ => day_first,
    }
}

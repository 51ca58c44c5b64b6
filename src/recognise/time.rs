//! Dates and other times of day precision or coarser, against the day of publication.
//!
//! Clock times are no mentions: no incident is dated by them.

mod day;
mod hijri;
mod numeric;
mod parse;
mod relative;
mod resolve;
mod stretch;

use std::ops::Range;

use jiff::civil;

use crate::lang::Lang;
use crate::lang::lists::Signs;
use crate::text::{Span, Text};

/// What a date was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateSource {
    /// Day and month are named.
    Explicit,
    /// A weekday.
    Weekday,
    /// «yesterday», «قبل أسبوعين», «le lendemain».
    Relative,
    /// A month, or a year.
    Month,
    /// The report's own day; no mention has it.
    Document,
    /// Nothing.
    None,
}

/// Earliest and latest possible day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Earliest day.
    pub start: civil::Date,
    /// Latest day.
    pub end: civil::Date,
    /// ACLED's precision: 1 the day, 2 about a week, 3 a month or more.
    pub precision: u8,
    /// What it was made from.
    pub source: DateSource,
}

impl Date {
    /// True when it spans more than a month: no day of an incident.
    pub fn is_coarse(&self) -> bool {
        resolve::days_between(self.start, self.end) > 31
    }
}

/// What a mention says of a date, whether or not it could be completed («17 April» without a year).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Partial {
    /// Year.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// First and last day of the month.
    pub days: Option<(u8, u8)>,
    /// First and last weekday, 1 (Monday) to 7.
    pub weekdays: Option<(u8, u8)>,
}

/// A time in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// Its tokens, parts of the day included.
    pub tokens: Range<usize>,
    /// Its place in the original.
    pub span: Span,
    /// The days it means; `None` when the text and the day of publication do not tell.
    pub date: Option<Date>,
    /// What it says in any case.
    pub partial: Partial,
    /// It lies after the day of publication, or says so.
    pub is_future: bool,
    /// It begins or ends a period («since March», «until Friday», «منذ 2015»): no day of an incident.
    pub is_since: bool,
}

/// The times of a text in order, none inside another.
pub fn times(text: &Text, signs: &Signs, lang: Lang, published: Option<civil::Date>) -> Vec<TimeMention> {
    let mut out: Vec<TimeMention> = Vec::new();
    let mut context = resolve::Context { published, previous: None, years: Vec::new() };
    let mut at = 0;
    while at < text.tokens.len() {
        let Some(draft) = parse::parse(text, signs, lang, at, published) else {
            at += 1;
            continue;
        };
        if draft.is_name {
            at = draft.tokens.end.max(at + 1);
            continue;
        }
        let (draft, date) = if let Some((whole, last)) = stretch::take(text, signs, lang, published, &draft) {
            let date = resolve::between(&whole, &last, &context);
            (whole, date)
        } else {
            let date = resolve::resolve(&draft, &context);
            (draft, date)
        };
        context.remember(&draft, date);
        out.push(TimeMention {
            span: text.span(draft.tokens.clone()),
            date,
            partial: Partial { year: draft.year, month: draft.month, days: draft.days, weekdays: draft.weekdays },
            is_future: draft.is_future() || matches!((date, published), (Some(d), Some(p)) if d.start > p),
            is_since: draft.is_since,
            tokens: draft.tokens.clone(),
        });
        at = draft.tokens.end.max(at + 1);
    }
    out
}

#[cfg(test)]
mod tests;

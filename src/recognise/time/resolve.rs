//! From what a mention says to days.

use jiff::ToSpan;
use jiff::civil;

use crate::lang::lists::{TimeWord, Unit};

use super::parse::Draft;
use super::{Date, DateSource};

/// What is known when a mention is read.
pub(super) struct Context {
    pub published: Option<civil::Date>,
    /// The last day named.
    pub previous: Option<civil::Date>,
    /// Years of the full dates so far, each once.
    pub years: Vec<i16>,
}

impl Context {
    pub(super) fn remember(&mut self, draft: &Draft, date: Option<Date>) {
        if let (Some(year), Some(_)) = (draft.year, draft.days)
            && !self.years.contains(&year)
        {
            self.years.push(year);
        }
        // A report may carry the date of the next day; «today, Tuesday» sets the writer's clock for what follows.
        if let (Some(date), Some(_), Some(published)) = (date, draft.weekdays, self.published) {
            let days_ago = match draft.relative {
                Some(TimeWord::Today) => 0,
                Some(TimeWord::Yesterday) => 1,
                _ => i64::from(days_between(date.start, published)),
            };
            self.published = plus(date.start, days_ago).or(self.published);
        }
        if let Some(date) = date.filter(|d| d.precision == 1 && !draft.is_since) {
            self.previous = Some(date.end);
        }
    }
}

/// A date without a year may lie this many days after the day of publication: time zones and late datelines.
const GRACE_DAYS: i64 = 3;

pub(super) fn days_between(from: civil::Date, to: civil::Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The days that a mention means.
pub(super) fn resolve(draft: &Draft, context: &Context) -> Option<Date> {
    if let Some(month) = draft.month {
        return match draft.days {
            Some(days) => dated(draft, month, days, context),
            None => whole_month(draft, month, context),
        };
    }
    if let Some(hijri) = draft.hijri {
        return super::hijri::resolve(hijri, context);
    }
    if let Some(shift) = draft.shift {
        return shifted(shift, context.previous?);
    }
    if let Some(span) = draft.span {
        return up_to(span, context.published?);
    }
    if let (Some(days), Some(word)) = (draft.days, draft.relative) {
        return day_of_month(days.0, word, context.published?);
    }
    if let Some(ago) = draft.ago {
        return back(ago, context.published?);
    }
    if let (Some(year), None | Some(TimeWord::ThisYear | TimeWord::LastYear)) = (draft.year, draft.relative) {
        let (start, end) = narrow(day(year, 1, 1)?, day(year, 12, 31)?, draft.part);
        return Some(Date { start, end, precision: 3, source: DateSource::Month });
    }
    match draft.relative {
        Some(word) => relative(word, draft, context),
        None => weekday(draft.weekdays?, draft.modifier, context.published?),
    }
}

/// The days from the start of one mention to the end of another («from 28 February to 3 March»).
pub(super) fn between(first: &Draft, last: &Draft, context: &Context) -> Option<Date> {
    let (last_date, mut start) = (resolve(last, context)?, resolve(first, context)?);
    if start.start > last_date.end {
        // «between Friday and Sunday», «du 28 décembre au 3 janvier»: the beginning lies before the end.
        let back = if first.month.is_some() { 1.years() } else { 1.weeks() };
        start.start = start.start.checked_sub(back).ok()?;
    }
    let width = days_between(start.start, last_date.end);
    let precision = match width {
        ..=1 => 1,
        2..=10 => 2,
        _ => 3,
    };
    (width >= 0).then_some(Date { start: start.start, precision, ..last_date })
}

/// «the 5th of this month».
fn day_of_month(day_of: u8, word: TimeWord, published: civil::Date) -> Option<Date> {
    let first = published.first_of_month();
    let month = if word == TimeWord::LastMonth { plus(first, -1)? } else { first };
    let date = day(month.year(), month.month() as u8, day_of)?;
    Some(Date { start: date, end: date, precision: 1, source: DateSource::Explicit })
}

/// Days in a count of units; hours short of a day are none.
fn in_days(count: u32, unit: Unit) -> i64 {
    let count = i64::from(count);
    match unit {
        Unit::Hour => count / 24,
        Unit::Day => count,
        Unit::Week => count * 7,
        Unit::Month => count * 30,
        Unit::Year => count * 365,
    }
}

/// «two days earlier», «three weeks later».
fn shifted((fewest, most, unit, is_later): (u32, u32, Unit, bool), from: civil::Date) -> Option<Date> {
    let slack = match unit {
        Unit::Hour | Unit::Day => 0,
        Unit::Week => 3,
        Unit::Month | Unit::Year => 15,
    };
    let (near, far) = (in_days(fewest, unit) - slack, in_days(most, unit) + slack);
    let (start, end) = if is_later { (plus(from, near)?, plus(from, far)?) } else { (plus(from, -far)?, plus(from, -near)?) };
    let precision = if start == end { 1 } else { 2 };
    Some(Date { start, end, precision, source: DateSource::Relative })
}

/// «the past three days», to the day of publication.
fn up_to((_, most, unit): (u32, u32, Unit), published: civil::Date) -> Option<Date> {
    let days = if unit == Unit::Hour { i64::from(most.div_ceil(24)) } else { in_days(most, unit) };
    let start = match unit {
        Unit::Month => published.checked_sub(i64::from(most).months()).ok()?,
        Unit::Year => published.checked_sub(i64::from(most).years()).ok()?,
        _ => plus(published, -days)?,
    };
    let precision = match days {
        ..=1 => 1,
        2..=10 => 2,
        _ => 3,
    };
    Some(Date { start, end: published, precision, source: DateSource::Relative })
}

fn day(year: i16, month: u8, day: u8) -> Option<civil::Date> {
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn plus(date: civil::Date, days: i64) -> Option<civil::Date> {
    date.checked_add(days.days()).ok()
}

fn dated(draft: &Draft, month: u8, days: (u8, u8), context: &Context) -> Option<Date> {
    // «ليلة 14/13 سبتمبر» is written from right to left.
    let days = if days.0 == days.1 + 1 { (days.1, days.0) } else { days };
    let in_year = |year: i16| {
        let end = day(year, month, days.1)?;
        let start = if days.0 <= days.1 {
            day(year, month, days.0)?
        } else if month == 1 {
            day(year - 1, 12, days.0)?
        } else {
            day(year, month - 1, days.0)?
        };
        Some((start, end))
    };
    let (start, end) = match (draft.year, context.published) {
        (Some(year), _) => in_year(year)?,
        (None, Some(published)) => {
            let latest = plus(published, GRACE_DAYS)?;
            let is_weekday = |date: civil::Date| draft.weekdays.is_none_or(|w| w.0 == date.weekday().to_monday_one_offset() as u8);
            let mut years: Vec<_> = (published.year() - 2..=published.year() + 1).rev().filter_map(in_year).collect();
            match draft.modifier {
                Some(TimeWord::Next) => years = years.into_iter().rfind(|(s, _)| *s > published).into_iter().collect(),
                Some(TimeWord::This) => years.retain(|(s, _)| s.year() == published.year()),
                _ => years.retain(|(s, _)| *s <= latest),
            }
            // The weekday tells an older year from this one, and never leads further back than one year.
            let matching = years.iter().take(2).find(|(start, _)| is_weekday(*start));
            matching.or(years.first()).copied()?
        }
        (None, None) => match context.years.as_slice() {
            [year] => in_year(*year)?,
            _ => return None,
        },
    };
    let precision = if days_between(start, end) <= 1 { 1 } else { 2 };
    Some(Date { start, end, precision, source: DateSource::Explicit })
}

fn whole_month(draft: &Draft, month: u8, context: &Context) -> Option<Date> {
    let year = match (draft.year, context.published) {
        (Some(year), _) => year,
        (None, Some(published)) => {
            let this = published.year();
            let current = published.month() as u8;
            match draft.modifier {
                Some(TimeWord::Last) if month >= current => this - 1,
                Some(TimeWord::Next) if month <= current => this + 1,
                None if month > current => this - 1,
                Some(_) | None => this,
            }
        }
        (None, None) => match context.years.as_slice() {
            [year] => *year,
            _ => return None,
        },
    };
    let first = day(year, month, 1)?;
    let (start, end) = narrow(first, first.last_of_month(), draft.part);
    let precision = if draft.part.is_some() { 2 } else { 3 };
    Some(Date { start, end, precision, source: DateSource::Month })
}

/// The first, middle or last third of a stretch.
fn narrow(start: civil::Date, end: civil::Date, part: Option<TimeWord>) -> (civil::Date, civil::Date) {
    let third = i64::from(days_between(start, end) + 1) / 3;
    let shifted = |date, days| plus(date, days).unwrap_or(date);
    match part {
        Some(TimeWord::StartOf) => (start, shifted(start, third - 1)),
        Some(TimeWord::MiddleOf) => (shifted(start, third), shifted(end, -third)),
        Some(TimeWord::EndOf) => (shifted(end, 1 - third), end),
        _ => (start, end),
    }
}

fn weekday(weekdays: (u8, u8), modifier: Option<TimeWord>, published: civil::Date) -> Option<Date> {
    let today = i64::from(published.weekday().to_monday_one_offset());
    let (first, last) = weekdays;
    let end = if modifier == Some(TimeWord::Next) {
        plus(published, (i64::from(last) - today - 1).rem_euclid(7) + 1)?
    } else {
        let back = (today - i64::from(last)).rem_euclid(7);
        // «last Friday» on a Friday is a week ago.
        plus(published, if back == 0 && modifier == Some(TimeWord::Last) { -7 } else { -back })?
    };
    let start = if first == last { end } else { plus(end, -1)? };
    Some(Date { start, end, precision: 1, source: DateSource::Weekday })
}

fn relative(word: TimeWord, draft: &Draft, context: &Context) -> Option<Date> {
    use TimeWord as T;
    let one = |date: Option<civil::Date>| date.map(|d| Date { start: d, end: d, precision: 1, source: DateSource::Relative });
    match word {
        T::NextDay => return one(plus(context.previous?, 1)),
        T::PreviousDay => return one(plus(context.previous?, -1)),
        T::TwoDaysBefore => return one(plus(context.previous?, -2)),
        T::TwoDaysAfter => return one(plus(context.previous?, 2)),
        T::SameDay => return one(context.previous),
        _ => {}
    }
    let published = context.published?;
    let monday = plus(published, 1 - i64::from(published.weekday().to_monday_one_offset()))?;
    let month = published.first_of_month();
    let (start, end, precision) = match word {
        T::Today | T::Yesterday | T::DayBeforeYesterday | T::Tomorrow => {
            let offset = match word {
                T::Yesterday => -1,
                T::DayBeforeYesterday => -2,
                T::Tomorrow => 1,
                _ => 0,
            };
            let date = plus(published, offset)?;
            // A report is dated a day late now and then; the weekday in the text is the surer word.
            if let Some(weekdays) = draft.weekdays
                && weekdays.0 != date.weekday().to_monday_one_offset() as u8
                && word != T::Tomorrow
            {
                return weekday(weekdays, draft.modifier, published);
            }
            return one(Some(date));
        }
        T::LastNight => {
            if let Some(weekdays) = draft.weekdays {
                return weekday(weekdays, draft.modifier, published);
            }
            // A report dated a day late names its own day before («said on Saturday … struck overnight»).
            let morning = context.previous.filter(|p| days_between(*p, published) == 1).unwrap_or(published);
            (plus(morning, -1)?, morning, 1)
        }
        T::ThisWeek => (monday, published, 2),
        T::LastWeek => (plus(monday, -7)?, plus(monday, -1)?, 2),
        T::Weekend | T::LastWeekend => {
            let back = (i64::from(published.weekday().to_monday_one_offset()) - 6).rem_euclid(7);
            let saturday = plus(published, if word == T::LastWeekend && back < 2 { -back - 7 } else { -back })?;
            (saturday, plus(saturday, 1)?, 2)
        }
        T::ThisMonth => (month, if draft.part.is_some() { month.last_of_month() } else { published }, 3),
        T::LastMonth => {
            let last = plus(month, -1)?;
            (last.first_of_month(), last, 3)
        }
        T::ThisYear => (published.first_of_year(), if draft.part.is_some() { published.last_of_year() } else { published }, 3),
        T::LastYear => (day(published.year() - 1, 1, 1)?, day(published.year() - 1, 12, 31)?, 3),
        _ => return None,
    };
    let (start, end) = narrow(start, end, draft.part);
    let end = if word == T::ThisMonth || word == T::ThisYear { end.min(published).max(start) } else { end };
    Some(Date { start, end, precision, source: DateSource::Relative })
}

fn back((fewest, most, unit): (u32, u32, Unit), published: civil::Date) -> Option<Date> {
    let before = |count: u32| {
        let count = i64::from(count);
        let span = match unit {
            Unit::Hour => count.checked_div(24)?.days(),
            Unit::Day => count.days(),
            Unit::Week => count.weeks(),
            Unit::Month => count.months(),
            Unit::Year => count.years(),
        };
        published.checked_sub(span).ok()
    };
    // A count in weeks or months is rounded: half a unit on either side.
    let (slack, precision) = match unit {
        Unit::Hour | Unit::Day => (0, if fewest == most { 1 } else { 2 }),
        Unit::Week => (3, 2),
        Unit::Month => (15, 3),
        Unit::Year => (182, 3),
    };
    let start = plus(before(most)?, -slack)?;
    let end = plus(before(fewest)?, slack)?.min(published);
    Some(Date { start, end, precision, source: DateSource::Relative })
}

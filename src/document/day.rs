//! Days as metadata and addresses write them.

use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};

use super::{Basis, Published};

/// Years that reports of our kind can be of; others are numbers of something else.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2100;
/// Digits of a day without hyphens.
const COMPACT_LEN: usize = 8;
/// Forms of days in metadata beside ISO 8601 and RFC 2822. A day before its month, as Arabic and French papers write; where the
/// first number can only be a month it is one.
const FORMS: [&str; 8] = ["%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%d %B %Y", "%B %d, %Y"];
/// Seconds since 1970 stand as ten digits until 2286, milliseconds as thirteen.
const SECONDS_DIGITS: usize = 10;
const MILLISECONDS_DIGITS: usize = 13;

/// The day that a field of metadata tells, in whichever of the usual forms, with the time of day if it stands there.
///
/// The day is the one written, where it was written: «2022-09-06T23:30:00-05:00» is the sixth.
pub fn published(written: &str, basis: Basis) -> Option<Published> {
    let written = written.trim();
    let (day, at) = exact(written).or_else(|| other(written).map(|day| (day, day.to_string())))?;
    YEARS.contains(&day.year()).then_some(Published { day, at, basis })
}

/// ISO 8601, RFC 2822 or a Unix time.
fn exact(written: &str) -> Option<(Date, String)> {
    if written.bytes().all(|b| b.is_ascii_digit()) && matches!(written.len(), SECONDS_DIGITS | MILLISECONDS_DIGITS) {
        let seconds: i64 = written.get(..SECONDS_DIGITS)?.parse().ok()?;
        let stamp = jiff::Timestamp::from_second(seconds).ok()?;
        return Some((stamp.to_zoned(jiff::tz::TimeZone::UTC).date(), stamp.to_string()));
    }
    if let Ok(zoned) = rfc2822::parse(written) {
        let at = strtime::format("%Y-%m-%dT%H:%M:%S%:z", &zoned).ok()?;
        return Some((zoned.date(), at));
    }
    let day: Date = written.get(..10).and_then(|d| d.parse().ok()).or_else(|| compact(written))?;
    let rest = written.get(10..).unwrap_or_default();
    let is_timed = rest.starts_with(['T', 't', ' ']) && rest.get(1..6).is_some_and(|t| t.bytes().filter(u8::is_ascii_digit).count() == 4);
    let at = if is_timed { format!("{day}T{}", rest.get(1..).unwrap_or_default().trim()) } else { day.to_string() };
    Some((day, at))
}

/// `20220906`, and with a time `20220906T101500Z`.
fn compact(written: &str) -> Option<Date> {
    let digits = written.get(..COMPACT_LEN).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    if written.as_bytes().get(COMPACT_LEN).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    Date::new(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8).ok()
}

fn other(written: &str) -> Option<Date> {
    // The time of day and the weekday stand apart from the day in all of them.
    let without_time = written.split_once(" - ").map_or(written, |(day, _)| day);
    let candidates = [without_time, without_time.split_whitespace().next().unwrap_or_default()];
    let parsed = |text: &str| FORMS.iter().find_map(|form| strtime::parse(form, text).ok()?.to_date().ok());
    candidates.iter().find_map(|text| parsed(text.trim_end_matches(',')))
}

/// The day in an address: `/2022/09/06/`, `/2022-09-06-`, `/20220906/`, `/2022/sep/06/`.
pub fn day_in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let three = words.windows(3).find_map(|w| day_of(w[0], w[1], w[2]));
    let one = || words.iter().filter(|w| w.len() == COMPACT_LEN).find_map(|w| compact(w));
    three.or_else(one).filter(|day| YEARS.contains(&day.year()))
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let year: i16 = (year.len() == 4).then(|| year.parse().ok()).flatten().filter(|y| YEARS.contains(y))?;
    let named = || MONTHS.iter().position(|m| month.eq_ignore_ascii_case(m)).map(|at| at as i8 + 1);
    let month = (month.len() <= 2).then(|| month.parse().ok()).flatten().or_else(named)?;
    let day = (day.len() <= 2).then(|| day.parse().ok()).flatten()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_one_written() {
        let day = |written: &str| published(written, Basis::Metadata).map(|p| (p.day.to_string(), p.at));
        let told = |day: &str, at: &str| Some((day.to_owned(), at.to_owned()));
        assert_eq!(day("2022-09-06T23:30:00-05:00"), told("2022-09-06", "2022-09-06T23:30:00-05:00"));
        assert_eq!(day("2022-09-06 10:05"), told("2022-09-06", "2022-09-06T10:05"));
        assert_eq!(day("Tue, 06 Sep 2022 23:30:00 -0500"), told("2022-09-06", "2022-09-06T23:30:00-05:00"));
        assert_eq!(day("Tue, 06 Sep 2022 23:30:00 GMT"), told("2022-09-06", "2022-09-06T23:30:00+00:00"));
        assert_eq!(day("1662458400"), told("2022-09-06", "2022-09-06T10:00:00Z"));
        assert_eq!(day("1662458400000"), told("2022-09-06", "2022-09-06T10:00:00Z"));
        for plain in ["2022-09-06", "20220906", "20220906T1000Z", "2022/09/06", "06/09/2022", "06.09.2022 - 12:40", "06-09-2022 12:40"] {
            assert_eq!(day(plain), told("2022-09-06", "2022-09-06"), "{plain}");
        }
        assert_eq!(day("09/26/2022"), told("2022-09-26", "2022-09-26"));
        assert_eq!(day("6 September 2022"), told("2022-09-06", "2022-09-06"));
        assert_eq!(day("September 6, 2022"), told("2022-09-06", "2022-09-06"));
        for none in ["", "yesterday", "0000-00-00", "2022", "1022-09-06", "31/02/2022", "12345678901234", "2022-9"] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn an_address_may_hold_a_day() {
        for url in [
            "https://example.org/2022/09/06/gao-attack",
            "https://example.org/news/2022-09-06-gao",
            "https://example.org/20220906/gao.html",
            "https://example.org/world/2022/sep/06/gao",
            "/a/2022/9/6",
        ] {
            assert_eq!(day_in_address(url).map(|d| d.to_string()), Some("2022-09-06".to_owned()), "{url}");
        }
        for url in ["https://example.org/2022/", "https://example.org/12345678", "https://example.org/2022/13/40/", "?d=2022-09-06", ""] {
            assert_eq!(day_in_address(url), None, "{url}");
        }
    }
}

//! How many features have which value, and how many lie in which days.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::Serialize;

use crate::text::fold::fold_phrase;

use super::column::{Column, NONE};
use super::layers::{Layer, Matches};
use super::segment::date_of;

/// How many features have each value of a property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The property.
    pub property: &'static str,
    /// Values with their counts, the most frequent first.
    pub values: Vec<(String, u64)>,
    /// Features without a value.
    pub missing: u64,
}

impl Facet {
    /// The same with spellings of one fold as one value, written as most often.
    #[must_use]
    pub fn folded(self, most: usize) -> Facet {
        let mut groups: BTreeMap<String, (String, u64)> = BTreeMap::new();
        // The most frequent spelling comes first and gives its name.
        for (value, count) in self.values {
            groups.entry(fold_phrase(&value)).or_insert((value, 0)).1 += count;
        }
        let mut values: Vec<(String, u64)> = groups.into_values().collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        values.truncate(most);
        Facet { values, ..self }
    }
}

/// How wide a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "calendar units")]
pub enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    /// All of them with their names.
    pub const ALL: [(&'static str, Step); 4] = [("day", Step::Day), ("week", Step::Week), ("month", Step::Month), ("year", Step::Year)];

    /// The first day of the unit; weeks begin on Monday.
    fn start(self, date: Date) -> Date {
        match self {
            Step::Day => date,
            Step::Week => {
                let back = i64::from(date.weekday().since(Weekday::Monday));
                date.checked_sub(jiff::Span::new().days(back)).unwrap_or(date)
            }
            Step::Month => date.first_of_month(),
            Step::Year => date.first_of_year(),
        }
    }
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bin {
    /// Its first day.
    pub start: String,
    /// Features that begin in it.
    pub count: u64,
    /// The sum of the toll that was asked for.
    pub sum: i64,
}

/// Features by the day on which they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Histogram {
    /// Bars that are not empty, in order.
    pub bins: Vec<Bin>,
    /// Features without a day.
    pub undated: u64,
}

impl Layer {
    /// Counts the values of a property over features that match; at most so many values.
    pub fn facet(&self, matches: &Matches, property: usize, most: usize) -> Facet {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let mut numbers: BTreeMap<i64, u64> = BTreeMap::new();
        let mut missing = 0;
        for (segment, rows) in self.segments().zip(matches.parts()) {
            let column = segment.column(property);
            if let Column::Integer { .. } = column {
                for row in rows {
                    match column.integer(row) {
                        Some(number) => *numbers.entry(number).or_default() += 1,
                        None => missing += 1,
                    }
                }
                continue;
            }
            let Some(dictionary) = column.dictionary() else {
                missing += rows.len();
                continue;
            };
            match column {
                Column::Text { rows: by_code, .. } if !by_code.is_empty() => {
                    let mut with_value = 0;
                    for (text, of_code) in dictionary.iter().zip(by_code) {
                        let count = of_code.intersection_len(rows);
                        with_value += count;
                        if count > 0 {
                            *counts.entry(text).or_default() += count;
                        }
                    }
                    missing += rows.len() - with_value;
                }
                column => {
                    let mut by_code = vec![0_u64; dictionary.len()];
                    for row in rows {
                        let mut is_missing = true;
                        for code in column.codes(row).filter(|c| *c != NONE) {
                            is_missing = false;
                            if let Some(count) = by_code.get_mut(code as usize) {
                                *count += 1;
                            }
                        }
                        missing += u64::from(is_missing);
                    }
                    for (code, count) in by_code.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                        *counts.entry(dictionary.get(code as u32)).or_default() += count;
                    }
                }
            }
        }
        let numbers = numbers.into_iter().map(|(number, count)| (number.to_string(), count));
        let mut values: Vec<(String, u64)> = counts.into_iter().map(|(text, count)| (text.to_owned(), count)).chain(numbers).collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        values.truncate(most);
        Facet { property: self.schema().properties.get(property).map_or("", |p| p.name), values, missing }
    }

    /// Counts features that match by the day on which they begin, and sums a toll over them.
    pub fn histogram(&self, matches: &Matches, step: Step, toll: Option<usize>) -> Histogram {
        let mut by_day: BTreeMap<i64, (u64, i64)> = BTreeMap::new();
        let mut undated = 0;
        for (segment, rows) in self.segments().zip(matches.parts()) {
            let Column::Integer { least, values } = segment.column(self.schema().days[0]) else {
                undated += rows.len();
                continue;
            };
            let toll = toll.map(|at| segment.column(at));
            let mut days: Vec<(u64, i64)> = Vec::new();
            for row in rows {
                let offset = values.get(row);
                if offset == NONE {
                    undated += 1;
                    continue;
                }
                let at = offset as usize;
                if days.len() <= at {
                    days.resize(at + 1, (0, 0));
                }
                if let Some((count, sum)) = days.get_mut(at) {
                    *count += 1;
                    *sum += toll.and_then(|t| t.integer(row)).unwrap_or(0);
                }
            }
            for (at, (count, sum)) in days.into_iter().enumerate().filter(|(_, (count, _))| *count > 0) {
                let day = by_day.entry(least + at as i64).or_default();
                *day = (day.0 + count, day.1 + sum);
            }
        }
        let mut bins: BTreeMap<Date, Bin> = BTreeMap::new();
        for (day, (count, sum)) in by_day {
            let Some(start) = date_of(day).map(|d| step.start(d)) else { continue };
            let bin = bins.entry(start).or_insert_with(|| Bin { start: start.to_string(), count: 0, sum: 0 });
            bin.count += count;
            bin.sum += sum;
        }
        Histogram { bins: bins.into_values().collect(), undated }
    }
}

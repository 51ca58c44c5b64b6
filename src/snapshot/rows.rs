//! From a predicate to the rows of a segment that it holds for.
//!
//! Of conditions that must all hold, the one with the fewest rows is asked of the indexes, the others of what is left of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::store::Bounds;

use super::column::{Column, NONE, Narrow};
use super::predicate::{Leaf, Predicate, Range, TextTest};
use super::segment::Segment;
use super::shape;

/// Where fewer than one row in so many is left, rows are asked one by one rather than all at once.
const FEW: u64 = 8;

/// By folded word: the reports that hold it, whose incidents and mentions are found by it too.
pub(super) type ByReport = BTreeMap<String, Vec<(Arc<Segment>, RoaringBitmap)>>;

/// The rows of a segment that a predicate holds for.
pub(super) fn rows(segment: &Segment, predicate: &Predicate, reports: &ByReport) -> RoaringBitmap {
    Planner { segment, reports }.rows(predicate, false)
}

struct Planner<'a> {
    segment: &'a Segment,
    reports: &'a ByReport,
}

/// A condition made ready for a segment.
enum Test<'a> {
    Rows(Cow<'a, RoaringBitmap>),
    /// Texts whose codes are marked.
    Codes {
        column: &'a Column,
        marked: Vec<bool>,
        estimate: u64,
    },
    /// Whole numbers, as far from the least as they are kept.
    Offsets {
        values: &'a Narrow,
        low: u32,
        high: u32,
    },
    Reals {
        values: &'a [f64],
        range: Range,
    },
    Box {
        bounds: Bounds,
        estimate: u64,
    },
    Shape {
        asked: Box<shape::Asked<'a>>,
        estimate: u64,
    },
}

impl<'a> Planner<'a> {
    fn all(&self) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        rows.insert_range(0..self.segment.len() as u32);
        rows
    }

    /// With `is_not`: the rows that it is known not to hold for.
    fn rows(&self, predicate: &Predicate, is_not: bool) -> RoaringBitmap {
        match predicate {
            Predicate::Always(holds) if *holds == is_not => RoaringBitmap::new(),
            Predicate::Always(_) => self.all(),
            Predicate::Not(inner) => self.rows(inner, !is_not),
            Predicate::And(parts) if !is_not => self.conjunction(parts),
            // Not all: one does not; not one: all do not.
            Predicate::Or(parts) if is_not => parts.iter().map(|p| self.rows(p, true)).reduce(|a, b| a & b).unwrap_or_else(|| self.all()),
            Predicate::And(parts) | Predicate::Or(parts) => {
                parts.iter().fold(RoaringBitmap::new(), |rows, part| rows | self.rows(part, is_not))
            }
            Predicate::Leaf(leaf) => {
                if let Some(test) = self.inverted(predicate).filter(|_| is_not) {
                    return test.all(self.segment);
                }
                let holds = self.conjunction_of(self.tests(leaf));
                if is_not { self.known(leaf) - holds } else { holds }
            }
        }
    }

    fn conjunction(&self, parts: &[Predicate]) -> RoaringBitmap {
        let tests = parts.iter().flat_map(|part| match part {
            Predicate::Leaf(leaf) => self.tests(leaf),
            Predicate::Not(inner) if self.inverted(inner).is_some() => self.inverted(inner).into_iter().collect(),
            other => vec![Test::Rows(Cow::Owned(self.rows(other, false)))],
        });
        self.conjunction_of(tests.collect())
    }

    fn conjunction_of(&self, mut tests: Vec<Test>) -> RoaringBitmap {
        let count = self.segment.len() as u64;
        tests.sort_by_key(|test| test.estimate(count));
        let mut tests = tests.into_iter();
        let Some(first) = tests.next() else { return self.all() };
        if first.estimate(count) * FEW < count {
            // Few: the others are asked of each, and only what passes is put in order.
            let mut found = first.candidates(self.segment);
            found.retain(|row| tests.as_slice().iter().all(|test| test.holds(self.segment, *row)));
            found.sort_unstable();
            found.dedup();
            return found.into_iter().collect();
        }
        let mut rows = first.all(self.segment);
        for test in tests {
            if rows.is_empty() {
                break;
            }
            match test {
                Test::Rows(other) => rows &= other.as_ref(),
                test if rows.len() * FEW < count => rows = rows.iter().filter(|row| test.holds(self.segment, *row)).collect(),
                test => rows &= test.all(self.segment),
            }
        }
        rows
    }

    /// That a text is known and does not pass: as quick as that it does. Of lists, whose texts may be some of both, it is not.
    fn inverted(&self, predicate: &Predicate) -> Option<Test<'a>> {
        let Predicate::Leaf(Leaf::Text(property, test)) = predicate else { return None };
        match self.segment.column(*property) {
            column @ Column::Text { .. } => Some(self.texts(column, test, true)),
            _ => None,
        }
    }

    /// The conditions of a leaf, which must all hold.
    fn tests<'t>(&self, leaf: &'t Leaf) -> Vec<Test<'t>>
    where
        'a: 't,
    {
        let none = || vec![Test::Rows(Cow::Owned(RoaringBitmap::new()))];
        match leaf {
            Leaf::Text(property, test) => vec![self.texts(self.segment.column(*property), test, false)],
            Leaf::HasAll(property, texts) => {
                let column = self.segment.column(*property);
                texts.iter().map(|text| self.texts(column, &TextTest::OneOf(vec![text.clone()]), false)).collect()
            }
            Leaf::Number(property, range) => number(self.segment.column(*property), *range).map_or_else(none, |test| vec![test]),
            Leaf::Null(property) => {
                let column = self.segment.column(*property);
                vec![Test::Rows(Cow::Owned(dense(self.segment.len(), |row| !column.has_value(row))))]
            }
            Leaf::NotDrawn => vec![Test::Rows(Cow::Owned(self.all() - self.segment.space.rows()))],
            Leaf::Box(bounds) => vec![Test::Box { bounds: *bounds, estimate: self.segment.space.estimate(*bounds) }],
            Leaf::Shape(relation, geometry) => match shape::Asked::of(*relation, geometry) {
                Some(asked) if *relation == super::Relation::Disjoint => {
                    let near = Test::Box { bounds: asked.bounds, estimate: 0 }.all(self.segment);
                    let touching: RoaringBitmap = near.iter().filter(|row| !asked.holds(self.segment, *row)).collect();
                    vec![Test::Rows(Cow::Owned(self.segment.space.rows() - touching))]
                }
                Some(asked) => {
                    let estimate = self.segment.space.estimate(asked.bounds);
                    vec![Test::Shape { asked: Box::new(asked), estimate }]
                }
                None => none(),
            },
            Leaf::During(range) => {
                let [start, end] = self.segment.schema.days.map(|at| self.segment.column(at));
                let before_end = number(start, Range { from: None, to: range.to });
                let after_start = number(end, Range { from: range.from, to: None });
                match (before_end, after_start) {
                    (Some(before_end), Some(after_start)) => vec![before_end, after_start],
                    _ => none(),
                }
            }
            Leaf::Word(word) => vec![Test::Rows(Cow::Owned(self.word(word)))],
            // Answered before, of the mentions.
            Leaf::Names(_) => none(),
        }
    }

    fn texts(&self, column: &'a Column, test: &TextTest, is_not: bool) -> Test<'a> {
        let Some(dictionary) = column.dictionary() else { return Test::Rows(Cow::Owned(RoaringBitmap::new())) };
        let mut marked = vec![false; dictionary.len()];
        match test {
            TextTest::OneOf(texts) => texts.iter().filter_map(|t| dictionary.find(t).ok()).for_each(|code| marked[code as usize] = true),
            TextTest::Between(from, to) => {
                let low = from.as_ref().map_or(0, |(text, is_in)| match dictionary.find(text) {
                    Ok(code) if *is_in => code,
                    Ok(code) => code + 1,
                    Err(next) => next,
                });
                let high = to.as_ref().map_or(dictionary.len() as u32, |(text, is_in)| match dictionary.find(text) {
                    Ok(code) if *is_in => code + 1,
                    Ok(code) | Err(code) => code,
                });
                marked.get_mut(low as usize..high as usize).unwrap_or_default().fill(true);
            }
            TextTest::Like(like) => {
                let matcher = like.matcher();
                marked.iter_mut().zip(dictionary.iter()).for_each(|(mark, text)| *mark = matcher.matches(text));
            }
            TextTest::Folded(like, texts) => {
                let texts: Vec<Cow<str>> = texts.iter().map(|t| like.form(t)).collect();
                marked.iter_mut().zip(dictionary.iter()).for_each(|(mark, text)| *mark = texts.contains(&like.form(text)));
            }
        }
        if is_not {
            for mark in &mut marked {
                *mark = !*mark;
            }
        }
        if let Column::Text { rows, .. } = column
            && !rows.is_empty()
        {
            let mut chosen = rows.iter().zip(&marked).filter(|(_, mark)| **mark).map(|(rows, _)| rows);
            let first = chosen.next().map_or(Cow::Owned(RoaringBitmap::new()), Cow::Borrowed);
            return Test::Rows(chosen.fold(first, |all, rows| Cow::Owned(all.as_ref() | rows)));
        }
        let share = marked.iter().filter(|m| **m).count() as u64 * self.segment.len() as u64 / (marked.len() as u64).max(1);
        Test::Codes { column, marked, estimate: share }
    }

    fn word(&self, word: &str) -> RoaringBitmap {
        let mut rows = self.segment.words.rows(word);
        let column = self.segment.schema.find("report_id").map(|(at, _)| self.segment.column(at));
        if let (Some(reports), Some(column)) = (self.reports.get(word), column)
            && let Some(dictionary) = column.dictionary()
        {
            let mut marked = vec![false; dictionary.len()];
            for (segment, found) in reports {
                let mut is_found = vec![false; segment.len()];
                found.iter().for_each(|row| is_found[row as usize] = true);
                let joined = self.segment.rows_in(segment);
                marked.iter_mut().zip(joined.iter()).for_each(|(mark, row)| *mark |= is_found.get(*row as usize).copied().unwrap_or(false));
            }
            rows |= Test::Codes { column, marked, estimate: 0 }.all(self.segment);
        }
        rows
    }

    /// The rows for which a leaf is true or false, not unknown.
    fn known(&self, leaf: &Leaf) -> RoaringBitmap {
        let with_value = |property: usize| {
            let column = self.segment.column(property);
            dense(self.segment.len(), |row| column.has_value(row))
        };
        match leaf {
            Leaf::Text(property, _) | Leaf::Number(property, _) | Leaf::HasAll(property, _) => with_value(*property),
            Leaf::Null(_) | Leaf::NotDrawn | Leaf::Word(_) | Leaf::Names(_) => self.all(),
            Leaf::Box(_) | Leaf::Shape(..) => self.segment.space.rows().clone(),
            Leaf::During(_) => with_value(self.segment.schema.days[0]),
        }
    }
}

/// `None`: no row can pass.
fn number(column: &Column, range: Range) -> Option<Test<'_>> {
    match column {
        Column::Integer { least, values } => {
            let low = range.from.map_or(*least, |(from, is_in)| if is_in { from.ceil() as i64 } else { from.floor() as i64 + 1 });
            let most = least + i64::from(NONE - 1);
            let high = range.to.map_or(most, |(to, is_in)| if is_in { to.floor() as i64 } else { to.ceil() as i64 - 1 });
            if high < *least || low > high {
                return None;
            }
            let low = u32::try_from(low.saturating_sub(*least).max(0)).ok()?;
            Some(Test::Offsets { values, low, high: u32::try_from(high - least).unwrap_or(NONE - 1).min(NONE - 1) })
        }
        Column::Real(values) => Some(Test::Reals { values, range }),
        _ => None,
    }
}

/// The rows that pass, asked one after the other.
fn dense(count: usize, holds: impl Fn(u32) -> bool) -> RoaringBitmap {
    let mut bits = vec![0_u8; count.div_ceil(8)];
    for (byte, first) in bits.iter_mut().zip((0..count as u32).step_by(8)) {
        for bit in 0..8.min(count as u32 - first) {
            *byte |= u8::from(holds(first + bit)) << bit;
        }
    }
    RoaringBitmap::from_lsb0_bytes(0, &bits)
}

impl Test<'_> {
    /// About how many rows pass, never fewer by much.
    fn estimate(&self, count: u64) -> u64 {
        match self {
            Test::Rows(rows) => rows.len(),
            Test::Codes { estimate, .. } | Test::Box { estimate, .. } | Test::Shape { estimate, .. } => *estimate,
            Test::Offsets { .. } | Test::Reals { .. } => count,
        }
    }

    /// Rows that pass, in no order.
    fn candidates(&self, segment: &Segment) -> Vec<u32> {
        match self {
            Test::Box { bounds, .. } => {
                let mut rows = segment.space.near(*bounds);
                rows.retain(|row| segment.space.touches(*row, *bounds));
                rows
            }
            Test::Shape { asked, .. } => {
                let mut rows = segment.space.near(asked.bounds);
                rows.retain(|row| asked.holds(segment, *row));
                rows
            }
            other => other.all(segment).iter().collect(),
        }
    }

    fn all(&self, segment: &Segment) -> RoaringBitmap {
        let count = segment.len();
        match self {
            Test::Rows(rows) => rows.as_ref().clone(),
            Test::Codes { column: Column::Text { codes, .. }, marked, .. } => match codes {
                Narrow::Eight(v) => dense(count, |row| marked.get(v[row as usize] as usize).copied().unwrap_or(false)),
                Narrow::Sixteen(v) => dense(count, |row| marked.get(v[row as usize] as usize).copied().unwrap_or(false)),
                Narrow::Whole(v) => dense(count, |row| marked.get(v[row as usize] as usize).copied().unwrap_or(false)),
            },
            Test::Offsets { values, low, high } => match values {
                Narrow::Eight(v) => dense(count, |row| v[row as usize] != u8::MAX && (*low..=*high).contains(&u32::from(v[row as usize]))),
                Narrow::Sixteen(v) => {
                    dense(count, |row| v[row as usize] != u16::MAX && (*low..=*high).contains(&u32::from(v[row as usize])))
                }
                Narrow::Whole(v) => dense(count, |row| (*low..=*high).contains(&v[row as usize])),
            },
            Test::Box { estimate, .. } | Test::Shape { estimate, .. } if estimate * FEW < count as u64 => {
                let mut rows = self.candidates(segment);
                rows.sort_unstable();
                rows.dedup();
                rows.into_iter().collect()
            }
            test => dense(count, |row| test.holds(segment, row)),
        }
    }

    #[inline]
    fn holds(&self, segment: &Segment, row: u32) -> bool {
        match self {
            Test::Rows(rows) => rows.contains(row),
            Test::Codes { column, marked, .. } => column.codes(row).any(|code| marked.get(code as usize).copied().unwrap_or(false)),
            Test::Offsets { values, low, high } => {
                let value = values.get(row);
                value != NONE && (*low..=*high).contains(&value)
            }
            Test::Reals { values, range } => values.get(row as usize).is_some_and(|v| !v.is_nan() && range.holds(*v)),
            Test::Box { bounds, .. } => segment.space.touches(row, *bounds),
            Test::Shape { asked, .. } => segment.space.touches(row, asked.bounds) && asked.holds(segment, row),
        }
    }
}

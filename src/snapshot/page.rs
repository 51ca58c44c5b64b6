//! A part of what matches, in an order that stays when features come and go.

use std::cmp::Ordering;

use serde_json::Value;

use crate::error::{Error, Result};

use super::layers::{Layer, Matches};
use super::schema::{Kind, Schema};
use super::segment::Segment;

/// A property to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// Its number in the schema.
    pub property: usize,
    /// Greatest first.
    pub is_descending: bool,
}

/// What to sort by; features that are equal in all of it come by id. Features without a value come last either way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort(pub Vec<SortKey>);

impl Sort {
    /// Reads `-date_start,killed_best`.
    ///
    /// # Errors
    /// [`Error::Value`] for a name that is no property.
    pub fn parse(schema: &Schema, value: &str) -> Result<Sort> {
        let key = |part: &str| {
            let (name, is_descending) = match part.trim().strip_prefix('-') {
                Some(name) => (name, true),
                None => (part.trim().trim_start_matches('+'), false),
            };
            match schema.find(name) {
                Some((property, found)) if found.kind != Kind::Texts => Ok(SortKey { property, is_descending }),
                _ => {
                    let names: Vec<&str> = schema.properties.iter().filter(|p| p.kind != Kind::Texts).map(|p| p.name).collect();
                    Err(Error::value(
                        "sortby",
                        format!("«{name}»"),
                        &format!("names separated by commas, «-» before one for the greatest first: {}", names.join(", ")),
                    ))
                }
            }
        };
        Ok(Sort(value.split(',').map(key).collect::<Result<_>>()?))
    }
}

/// The last feature of a part, by what it is sorted by: the next part begins after it, whether it is still there or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    keys: Vec<Key>,
    id: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Key {
    Missing,
    Number(f64),
    Text(String),
}

impl Cursor {
    /// As it stands in an address.
    pub fn to_text(&self) -> String {
        if self.keys.is_empty() {
            return self.id.clone();
        }
        let keys = self.keys.iter().map(|key| match key {
            Key::Missing => Value::Null,
            Key::Number(number) => serde_json::json!(number),
            Key::Text(text) => Value::String(text.clone()),
        });
        Value::Array(keys.chain([Value::String(self.id.clone())]).collect()).to_string()
    }

    /// Reads what [`Cursor::to_text`] wrote for the same order.
    ///
    /// # Errors
    /// [`Error::Value`] when it was written for another one.
    pub fn parse(sort: &Sort, value: &str) -> Result<Cursor> {
        if sort.0.is_empty() {
            return Ok(Cursor { keys: Vec::new(), id: value.to_owned() });
        }
        let refuse = || Error::value("after", format!("«{value}»"), "what a «next» link of the same order says");
        let Ok(Value::Array(mut parts)) = serde_json::from_str(value) else { return Err(refuse()) };
        let Some(Value::String(id)) = parts.pop() else { return Err(refuse()) };
        let keys = parts.into_iter().map(|part| match part {
            Value::Null => Ok(Key::Missing),
            Value::Number(number) => number.as_f64().map(Key::Number).ok_or_else(refuse),
            Value::String(text) => Ok(Key::Text(text)),
            _ => Err(refuse()),
        });
        let keys = keys.collect::<Result<Vec<_>>>()?;
        if keys.len() == sort.0.len() { Ok(Cursor { keys, id }) } else { Err(refuse()) }
    }
}

/// A feature of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) segment: &'a Segment,
    pub(super) row: u32,
}

/// A part of what matches.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// How many features match in all.
    pub matched: u64,
    /// The published features of this part.
    pub features: Vec<&'a str>,
    /// West, south, east, north of all that is drawn of this part.
    pub bbox: Option<[f64; 4]>,
    /// Where the next part begins; `None`: this was the last.
    pub next: Option<Cursor>,
}

impl Layer {
    /// A part of what matches: after a cursor, and then after so many more.
    pub fn page<'a>(&'a self, matches: &Matches, sort: &Sort, after: Option<&Cursor>, offset: usize, limit: usize) -> Page<'a> {
        // One more tells whether there is a next part.
        let most = offset.saturating_add(limit).saturating_add(1);
        let found = if sort.0.is_empty() { self.by_id(matches, after, most) } else { self.by_keys(matches, sort, after, most) };
        let is_more = found.len() == most;
        let part: Vec<Found> = found.into_iter().skip(offset).take(limit).collect();
        let next = part.last().filter(|_| is_more).map(|last| cursor(sort, last));
        let bbox = part.iter().filter_map(|f| f.segment.bbox(f.row)).reduce(around);
        Page { matched: matches.len(), features: part.iter().map(|f| f.segment.feature(f.row)).collect(), bbox, next }
    }

    /// Every feature that matches, by id.
    pub fn each<'a>(&'a self, matches: &Matches) -> Vec<&'a str> {
        self.by_id(matches, None, usize::MAX).into_iter().map(|f| f.segment.feature(f.row)).collect()
    }

    fn by_id<'a>(&'a self, matches: &Matches, after: Option<&Cursor>, most: usize) -> Vec<Found<'a>> {
        let mut heads: Vec<_> = self
            .segments()
            .zip(matches.parts())
            .map(|(segment, rows)| {
                let mut rows = rows.iter();
                if let Some(cursor) = after {
                    rows.advance_to(segment.rows_of(&cursor.id).end);
                }
                (rows.next(), rows, segment)
            })
            .collect();
        let mut out = Vec::with_capacity(most.min(matches.len() as usize));
        while out.len() < most {
            let waiting = heads.iter_mut().filter(|(row, ..)| row.is_some());
            let least = waiting.min_by(|(a, _, segment), (b, _, other)| id_of(segment, *a).cmp(id_of(other, *b)));
            let Some((head, rows, segment)) = least else { break };
            let Some(row) = std::mem::replace(head, rows.next()) else { break };
            out.push(Found { segment, row });
        }
        out
    }

    fn by_keys<'a>(&'a self, matches: &Matches, sort: &Sort, after: Option<&Cursor>, most: usize) -> Vec<Found<'a>> {
        let mut found: Vec<Found> = Vec::with_capacity(matches.len() as usize);
        for (segment, rows) in self.segments().zip(matches.parts()) {
            let all = rows.iter().map(|row| Found { segment, row });
            found.extend(all.filter(|f| after.is_none_or(|cursor| beside(sort, f, cursor) == Ordering::Greater)));
        }
        let order = |a: &Found, b: &Found| compare(sort, a, b);
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found
    }
}

fn id_of(segment: &Segment, row: Option<u32>) -> &str {
    row.map_or("", |row| segment.id(row))
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The order of two values, of which some are missing.
fn ordered<T>(a: Option<T>, b: Option<T>, is_descending: bool, order: impl FnOnce(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if is_descending => order(&b, &a),
        (Some(a), Some(b)) => order(&a, &b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn compare(sort: &Sort, a: &Found, b: &Found) -> Ordering {
    let by_keys = sort.0.iter().map(|key| {
        let (one, other) = (a.segment.column(key.property), b.segment.column(key.property));
        if one.dictionary().is_some() || other.dictionary().is_some() {
            return ordered(one.text(a.row), other.text(b.row), key.is_descending, Ord::cmp);
        }
        ordered(one.number(a.row), other.number(b.row), key.is_descending, f64::total_cmp)
    });
    by_keys.fold(Ordering::Equal, Ordering::then).then_with(|| a.segment.id(a.row).cmp(b.segment.id(b.row)))
}

fn beside(sort: &Sort, found: &Found, cursor: &Cursor) -> Ordering {
    let by_keys = sort.0.iter().zip(&cursor.keys).map(|(key, at)| {
        let column = found.segment.column(key.property);
        match at {
            Key::Text(text) => ordered(column.text(found.row), Some(text.as_str()), key.is_descending, Ord::cmp),
            Key::Number(number) => ordered(column.number(found.row), Some(*number), key.is_descending, f64::total_cmp),
            Key::Missing => ordered(column.has_value(found.row).then_some(()), None, key.is_descending, |(), ()| Ordering::Equal),
        }
    });
    by_keys.fold(Ordering::Equal, Ordering::then).then_with(|| found.segment.id(found.row).cmp(cursor.id.as_str()))
}

fn cursor(sort: &Sort, found: &Found) -> Cursor {
    let keys = sort.0.iter().map(|key| {
        let column = found.segment.column(key.property);
        column
            .text(found.row)
            .map(|t| Key::Text(t.to_owned()))
            .or_else(|| column.number(found.row).map(Key::Number))
            .unwrap_or(Key::Missing)
    });
    Cursor { keys: keys.collect(), id: found.segment.id(found.row).to_owned() }
}

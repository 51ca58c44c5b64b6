//! Features of a collection as columns, by row in the order of their ids; made once, never changed.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use serde_json::Value;

use crate::error::Result;
use crate::store::{Collection, Published};

use super::column::{self, Column, NONE};
use super::dictionary::{Dictionary, Numbering};
use super::schema::{Kind, Property, Schema, Source, schema};
use super::space::Space;
use super::texts::{self, Texts};
use super::words::{self, Words};

/// Some features of a collection.
#[derive(Debug)]
pub struct Segment {
    pub(super) schema: Schema,
    pub(super) columns: Vec<Column>,
    pub(super) space: Space,
    pub(super) words: Words,
    texts: Texts,
    ids: Vec<Box<str>>,
    joined: Mutex<Vec<Joined>>,
}

/// For each report of a segment, its row in a segment of reports.
type Joined = (Weak<Segment>, Arc<[u32]>);

impl Segment {
    /// How many features.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The published GeoJSON of a row.
    pub fn feature(&self, row: u32) -> &str {
        self.texts.get(row)
    }

    /// The identifier of a row.
    pub fn id(&self, row: u32) -> &str {
        self.ids.get(row as usize).map_or("", AsRef::as_ref)
    }

    /// West, south, east, north of what is drawn of a row.
    pub fn bbox(&self, row: u32) -> Option<[f64; 4]> {
        self.space.get(row)
    }

    /// The rows with an identifier.
    pub(super) fn rows_of(&self, id: &str) -> std::ops::Range<u32> {
        let start = self.ids.partition_point(|i| i.as_ref() < id);
        let end = self.ids.partition_point(|i| i.as_ref() <= id);
        start as u32..end as u32
    }

    /// For each code of `report_id`, the row of that report in a segment of reports, or [`NONE`]. Found once: every search for a word in the
    /// texts asks it, and comparing so many identifiers would take most of the answer.
    pub(super) fn rows_in(&self, reports: &Arc<Segment>) -> Arc<[u32]> {
        let mut joined = self.joined.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, rows)) = joined.iter().find(|(of, _)| Weak::as_ptr(of) == Arc::as_ptr(reports)) {
            return Arc::clone(rows);
        }
        let column = self.schema.find("report_id").map(|(at, _)| self.column(at));
        let mut row = 0;
        let mut row_of = |id: &str| {
            // Both are in order: they are gone through side by side.
            while (row as usize) < reports.len() && reports.id(row) < id {
                row += 1;
            }
            if (row as usize) < reports.len() && reports.id(row) == id { row } else { NONE }
        };
        let ids = column.and_then(Column::dictionary).map(Dictionary::iter).into_iter().flatten();
        let rows: Arc<[u32]> = ids.map(&mut row_of).collect();
        joined.retain(|(of, _)| of.strong_count() > 0);
        joined.push((Arc::downgrade(reports), Arc::clone(&rows)));
        rows
    }

    pub(super) fn column(&self, property: usize) -> &Column {
        const EMPTY: &Column = &Column::Empty;
        self.columns.get(property).unwrap_or(EMPTY)
    }
}

/// Collects features, which come in the order of their ids.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    schema: Schema,
    columns: Vec<column::Builder>,
    boxes: Vec<Option<[f64; 4]>>,
    points: Vec<Option<[f64; 2]>>,
    words: words::Builder,
    texts: texts::Builder<'a>,
    ids: Vec<Box<str>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(collection: Collection, folder: &'a Path) -> Builder<'a> {
        let schema = schema(collection);
        let column = |property: &Property| match property.kind {
            Kind::Text | Kind::Flag => column::Builder::Text { numbering: Numbering::default(), codes: Vec::new() },
            Kind::Texts => column::Builder::Texts { numbering: Numbering::default(), codes: Vec::new(), ends: Vec::new() },
            Kind::Integer | Kind::Day => column::Builder::Integer(Vec::new()),
            Kind::Real => column::Builder::Real(Vec::new()),
        };
        Builder {
            schema,
            columns: schema.properties.iter().map(column).collect(),
            boxes: Vec::new(),
            points: Vec::new(),
            words: words::Builder::default(),
            texts: texts::Builder::new(folder),
            ids: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, published: &Published) -> Result<()> {
        let feature: Value = serde_json::from_str(&published.feature).unwrap_or_default();
        for (property, column) in self.schema.properties.iter().zip(&mut self.columns) {
            fill(column, property, published, &feature["properties"]);
        }
        self.words.add(self.ids.len() as u32, &published.folded);
        self.boxes.push(published.bbox);
        let number = |name: &str| feature["properties"][name].as_f64();
        self.points.push(number("lon").zip(number("lat")).map(|(lon, lat)| [lon, lat]));
        self.ids.push(published.id.as_str().into());
        self.texts.add(&published.feature)
    }

    pub(super) fn finish(self) -> Result<Segment> {
        Ok(Segment {
            schema: self.schema,
            columns: self.columns.into_iter().map(column::Builder::finish).collect(),
            space: Space::of(self.boxes, &self.points),
            words: self.words.finish(),
            texts: self.texts.finish()?,
            ids: self.ids,
            joined: Mutex::default(),
        })
    }
}

fn fill(column: &mut column::Builder, property: &Property, published: &Published, properties: &Value) {
    let found = match property.source {
        Source::Id => return column.text(Some(&published.id)),
        Source::Day(at) => return column.integer(published.days.get(at).and_then(Option::as_deref).and_then(day)),
        Source::List(path, member) => {
            let items = properties.pointer(path).and_then(Value::as_array).into_iter().flatten();
            return column.texts(items.filter_map(|item| member.map_or(item, |m| &item[m]).as_str()));
        }
        Source::Path(path) => properties.pointer(path),
    };
    match property.kind {
        Kind::Text | Kind::Texts => column.text(found.and_then(Value::as_str).or(property.missing)),
        Kind::Flag => column.text(found.and_then(Value::as_bool).map(|flag| if flag { "true" } else { "false" })),
        Kind::Integer => column.integer(found.and_then(Value::as_f64).map(|number| number.round() as i64)),
        Kind::Real => column.real(found.and_then(Value::as_f64)),
        Kind::Day => column.integer(found.and_then(Value::as_str).and_then(day)),
    }
}

/// Days since the first of 1970.
pub(super) fn day(iso: &str) -> Option<i64> {
    let date: jiff::civil::Date = iso.get(..10).unwrap_or(iso).parse().ok()?;
    Some(days_of(date))
}

/// Days since the first of 1970.
pub(super) fn days_of(date: jiff::civil::Date) -> i64 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |span| i64::from(span.get_days()))
}

/// The date that lies so many days after the first of 1970.
pub(super) fn date_of(days: i64) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

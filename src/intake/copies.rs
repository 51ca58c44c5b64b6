//! Which reports are copies of others.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::text::sketch::{Sketch, copies};

/// A report as its copies are looked for.
#[derive(Clone, Debug)]
pub struct Sketched {
    /// Its identifier.
    pub id: String,
    /// When it was published: who was first is the original; without a day nobody was.
    pub published: Option<Date>,
    /// Its text.
    pub sketch: Sketch,
}

/// Copies and the report that each is a copy of, whatever the order of the reports.
pub fn originals(mut reports: Vec<Sketched>) -> BTreeMap<String, String> {
    reports.sort_by(|a, b| (a.published.is_none(), a.published, &a.id).cmp(&(b.published.is_none(), b.published, &b.id)));
    let sketches: Vec<Sketch> = reports.iter_mut().map(|r| std::mem::take(&mut r.sketch)).collect();
    let pairs = reports.iter().zip(copies(&sketches)).filter_map(|(copy, of)| Some((copy.id.clone(), reports.get(of?)?.id.clone())));
    pairs.collect()
}

//! What a change of places or corrections changed in the reports: counted, and shown one by one.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::error::Result;
use crate::store::{Entry, Item, Kept, Store};

/// Reports whose changes are shown one by one; more are only counted.
const MAX_SHOWN: usize = 200;

/// What a change of the places changed in the reports.
///
/// `{"reports_read":2,"mentions_resolved":3,"incidents_moved":1,"incidents_added":0,"incidents_removed":0}`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct Changed {
    pub reports_read: usize,
    /// Mentions that mean another place than before, or the same at another point, or none any more.
    pub mentions_resolved: usize,
    pub incidents_moved: usize,
    pub incidents_added: usize,
    pub incidents_removed: usize,
}

/// A report in which something changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct Affected {
    pub report_id: String,
    pub mentions: Vec<Moved>,
    pub incidents: Vec<Moved>,
}

/// A mention or an incident before and after; null where it was not there, or is not any more.
///
/// `{"id":"men-0123456789ab","text":"تلاتايت","before":{"place_id":null,…},"after":{"place_id":"user:…","place_name":"Talatayt","lon":1.5,"lat":16.5}}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct Moved {
    pub id: String,
    pub text: Option<String>,
    pub before: Option<Where>,
    pub after: Option<Where>,
}

/// Where a mention or an incident is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct Where {
    pub place_id: Option<String>,
    pub place_name: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

/// All effects of one change.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Effects {
    pub(super) changed: Changed,
    pub(super) affected: Vec<Affected>,
    /// Affected reports that are not shown.
    pub(super) left_off: usize,
}

impl Effects {
    /// Adds what reading a report again changes against what the store keeps of it.
    pub(super) fn add(&mut self, store: &Store, entry: &Entry) -> Result<()> {
        self.changed.reports_read += 1;
        self.compare(store, &entry.report.report.id, &entry.mentions, &entry.incidents)
    }

    /// Adds what is gone with a report.
    pub(super) fn remove(&mut self, store: &Store, report_id: &str) -> Result<()> {
        self.compare(store, report_id, &[], &[])
    }

    fn compare(&mut self, store: &Store, report_id: &str, mentions: &[Item], incidents: &[Item]) -> Result<()> {
        let report_id = report_id.to_owned();
        let mentions =
            differences(&store.kept("mentions", &report_id)?, &kept(mentions), |a, b| (&a.place_id, a.bbox) != (&b.place_id, b.bbox));
        let incidents = differences(&store.kept("incidents", &report_id)?, &kept(incidents), |a, b| a.bbox != b.bbox);
        let had_place = |w: &Option<Where>| w.as_ref().is_some_and(|w| w.place_id.is_some());
        self.changed.mentions_resolved += mentions.iter().filter(|m| had_place(&m.before) || had_place(&m.after)).count();
        self.changed.incidents_moved += incidents.iter().filter(|m| m.before.is_some() && m.after.is_some()).count();
        self.changed.incidents_added += incidents.iter().filter(|m| m.before.is_none()).count();
        self.changed.incidents_removed += incidents.iter().filter(|m| m.after.is_none()).count();
        if mentions.is_empty() && incidents.is_empty() {
            return Ok(());
        }
        if self.affected.len() < MAX_SHOWN {
            self.affected.push(Affected { report_id, mentions, incidents });
        } else {
            self.left_off += 1;
        }
        Ok(())
    }
}

fn kept(items: &[Item]) -> Vec<Kept> {
    let kept = |i: &Item| Kept { id: i.id.clone(), place_id: i.place_id.clone(), bbox: i.bbox, feature: i.feature.clone() };
    items.iter().map(kept).collect()
}

/// In the order of the text as it is read now, then what is gone.
fn differences(before: &[Kept], after: &[Kept], differ: impl Fn(&Kept, &Kept) -> bool) -> Vec<Moved> {
    let mut old: BTreeMap<&str, &Kept> = before.iter().map(|k| (k.id.as_str(), k)).collect();
    let mut out = Vec::new();
    for item in after {
        match old.remove(item.id.as_str()) {
            Some(was) if differ(was, item) => out.push(moved(Some(was), Some(item))),
            Some(_) => {}
            None => out.push(moved(None, Some(item))),
        }
    }
    out.extend(before.iter().filter(|k| old.contains_key(k.id.as_str())).map(|gone| moved(Some(gone), None)));
    out
}

fn moved(before: Option<&Kept>, after: Option<&Kept>) -> Moved {
    let properties = |kept: &Kept| serde_json::from_str::<Value>(&kept.feature).unwrap_or_default()["properties"].take();
    let word = |p: &Value, key: &str| p[key].as_str().map(str::to_owned);
    let place = |kept: &Kept| {
        let point = kept.bbox.map(|[west, south, east, north]| (f64::midpoint(west, east), f64::midpoint(south, north)));
        let (lon, lat) = point.unzip();
        Where { place_id: kept.place_id.clone(), place_name: word(&properties(kept), "place_name"), lon, lat }
    };
    let shown = after.or(before);
    let text = shown.map(properties).and_then(|p| word(&p, "text").or_else(|| word(&p, "notes")));
    Moved { id: shown.map(|k| k.id.clone()).unwrap_or_default(), text, before: before.map(place), after: after.map(place) }
}

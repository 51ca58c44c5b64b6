//! Scores of corroboration: pairs of incidents of two reports that are one event.
//!
//! The gold names events (`cluster`); two of its incidents with one name, in two reports, are a pair, and an incident without a
//! name is an event by itself. Predicted incidents stand for the gold ones that they were paired with for the other scores.
//! A predicted pair is right when both stand for gold incidents of one name; any other is wrong, also one with an incident that the
//! gold does not have. A gold pair that was not predicted is missed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::counts::Counts;
use super::gold::{self, Gold, GoldIncident};
use super::incidents::met;
use super::scores::Miss;
use crate::incident::corroborate::{Ground, Range, Telling, Who, corroborate};
use crate::incident::{Granularity, Status, SubEventType};
use crate::layer;

/// Circles that the gold's places are taken for, metres: a place, a place with approximate coordinates, a region.
const PLACE_M: u32 = 5_000;
/// See [`PLACE_M`].
const APPROXIMATE_M: u32 = 20_000;
/// See [`PLACE_M`].
const REGION_M: u32 = 60_000;

/// The scores of a set.
#[derive(Clone, Debug, Default)]
pub struct ClusterScores {
    /// Pairs of the gold.
    pub gold_pairs: usize,
    /// Over the pairs of which both incidents were read.
    pub read: Counts,
    /// Corroboration alone: over incidents with the fields of the gold.
    pub of_gold: Counts,
    /// What was joined or parted wrongly.
    pub misses: Vec<Miss>,
}

impl ClusterScores {
    /// Over all pairs of the gold, also those of which an incident was not read.
    pub fn all(&self) -> Counts {
        Counts { missed: self.gold_pairs - self.read.right, ..self.read }
    }

    /// `{"gold_pairs":23,"P":1.0,"R":0.8,"F":0.9,"tp":…,"all":{…},"of_gold":{…}}`
    pub fn to_json(&self) -> Value {
        let mut out = self.read.to_json();
        out["gold_pairs"] = json!(self.gold_pairs);
        out["all"] = self.all().to_json();
        out["of_gold"] = self.of_gold.to_json();
        out
    }
}

/// An incident that takes part in the scoring.
#[derive(Clone, Debug)]
struct Scored<'a> {
    report: &'a str,
    /// Name of its event, when the gold gives one.
    name: Option<&'a str>,
    /// Identifier among the tellings; `None` when it was not read.
    id: Option<String>,
}

/// Scores which incidents of predictions are one event. All reports are corroborated; `lang` keeps the pairs of that language.
pub fn clusters(gold: &[Gold], predictions: &BTreeMap<String, Value>, lang: Option<&str>) -> ClusterScores {
    let (mut tellings, mut scored) = (Vec::new(), Vec::new());
    let (mut gold_tellings, mut gold_scored) = (Vec::new(), Vec::new());
    for report in gold {
        let id = report.report.id.as_str();
        let is_counted = lang.is_none_or(|lang| lang == report.lang);
        let incidents = report.incidents.as_deref().unwrap_or_default();
        for (index, incident) in incidents.iter().enumerate() {
            let telling = of_gold(report, index, incident);
            let name = incident.cluster.as_deref();
            if is_counted {
                gold_scored.push(Scored { report: id, name, id: telling.as_ref().map(|t| t.id.clone()) });
            }
            gold_tellings.extend(telling);
        }
        let Some(prediction) = predictions.get(id) else { continue };
        let published = report.report.published.map(|day| day.to_string());
        tellings.extend(layer::parsed_tellings(prediction, report.report.source.as_deref(), published.as_deref()));
        if is_counted {
            scored.extend(read_incidents(id, incidents, gold::list(prediction, "incidents").unwrap_or_default()));
        }
    }
    let (read, mut misses) = count(&scored, &tellings);
    let (of_gold, of_gold_misses) = count(&gold_scored, &gold_tellings);
    misses.extend(of_gold_misses.into_iter().map(|miss| Miss { what: format!("gold fields: {}", miss.what), ..miss }));
    ClusterScores { gold_pairs: of_gold.right + of_gold.missed, read, of_gold, misses }
}

/// The incidents of a prediction with the names of the gold ones that they stand for.
fn read_incidents<'a>(report: &'a str, gold: &'a [GoldIncident], predicted: &[Value]) -> Vec<Scored<'a>> {
    let met = met(gold, predicted);
    let name = |at: usize| met.iter().position(|m| *m == Some(at)).and_then(|one| gold[one].cluster.as_deref());
    let id = |value: &Value| value["id"].as_str().map(str::to_owned);
    predicted.iter().enumerate().map(|(at, value)| Scored { report, name: name(at), id: id(value) }).collect()
}

fn count(scored: &[Scored], tellings: &[Telling]) -> (Counts, Vec<Miss>) {
    let found = corroborate(tellings, &[]);
    let event = found.by_incident();
    let (mut counts, mut misses) = (Counts::default(), Vec::new());
    for (at, one) in scored.iter().enumerate() {
        for other in scored.iter().skip(at + 1).filter(|other| other.report != one.report) {
            let of = |s: &Scored| s.id.as_deref().and_then(|id| event.get(id)).copied();
            let is_one = one.name.is_some() && one.name == other.name;
            let is_joined = of(one).is_some() && of(one) == of(other);
            counts.right += usize::from(is_one && is_joined);
            counts.wrong += usize::from(!is_one && is_joined);
            counts.missed += usize::from(is_one && !is_joined);
            if is_one != is_joined {
                let what = if is_joined { "joined, and two events" } else { "parted, and one event" };
                let word = |s: &Scored| format!("{} {}", s.report, s.id.as_deref().unwrap_or_default());
                let words = format!("{} / {} {}", word(one), word(other), one.name.unwrap_or_default());
                misses.push(Miss { report: one.report.to_owned(), what: what.to_owned(), words });
            }
        }
    }
    (counts, misses)
}

/// A gold incident as a telling; totals are none.
fn of_gold(report: &Gold, index: usize, incident: &GoldIncident) -> Option<Telling> {
    let granularity = match incident.role.as_str() {
        "main" => Granularity::Incident,
        "background" => Granularity::Background,
        _ => return None,
    };
    let (event_type, sub_event_type) = incident.types.first()?;
    let kind = sub_event_type.as_deref().and_then(SubEventType::from_label);
    let kind = kind.or_else(|| SubEventType::ALL.into_iter().find(|k| Some(k.event_type().label()) == event_type.as_deref()))?;
    let day = |text: &Option<String>| text.as_deref().and_then(|d| d.parse().ok());
    let dates = day(&incident.date_start).zip(day(&incident.date_end).or(day(&incident.date_start)));
    let (where_prec, radius_m) = match incident.point {
        Some(_) if incident.tolerance_km > 20.0 => (1, APPROXIMATE_M),
        Some(_) => (1, PLACE_M),
        None => (4, REGION_M),
    };
    let name = incident.place_name.clone().unwrap_or_default();
    let ground = |p: super::matching::Point| Ground {
        id: name.clone(),
        name: name.clone(),
        lon: p.lon,
        lat: p.lat,
        radius_m,
        geo_precision: 1,
        where_prec,
        admin1: incident.admin1.clone().unwrap_or_default(),
    };
    let range = |(low, high): (i64, i64)| -> Range { (low.max(0) as u32, high.max(0) as u32) };
    Some(Telling {
        text_of: String::new(),
        id: format!("{} {index}", report.report.id),
        report_id: report.report.id.clone(),
        source: report.report.source.clone(),
        published: report.report.published,
        granularity,
        status: Status::Asserted,
        sub_event_type: kind,
        dates,
        time_precision: dates.map(|_| 1),
        date_source: dates.map_or("none", |_| "explicit").to_owned(),
        ground: incident.middle.map(ground),
        others: Vec::new(),
        place_id: None,
        place_surface: incident.place_name.clone(),
        country: incident.country.clone(),
        actors: incident.actors.iter().map(|a| Who { name: a.clone(), kind: String::new(), role: String::new() }).collect(),
        killed: incident.killed.map(range),
        killed_parts: incident.killed_parts.iter().copied().map(range).collect(),
        injured: incident.injured.map(range),
        abducted: None,
        evidence: None,
        confidence: 1.0,
    })
}

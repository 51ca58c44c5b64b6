//! Published incidents read back, for corroboration: what is kept and what is printed is all that it needs.

use serde_json::Value;

use crate::incident::correction::Verdict;
use crate::incident::corroborate::{Ground, Range, Telling, Who};
use crate::incident::{Granularity, Status, SubEventType};

/// The incidents of an object of `dalil parse`; `source` and `published` are those of the report.
pub fn parsed_tellings(parsed: &Value, source: Option<&str>, published: Option<&str>) -> Vec<Telling> {
    let report = parsed["id"].as_str().unwrap_or_default();
    let incidents = parsed["incidents"].as_array().into_iter().flatten();
    incidents.filter_map(|fields| telling(fields["id"].as_str()?, report, source, published, fields)).collect()
}

/// The incident of a published feature; `None` for what is none, or what a person says is none.
pub fn feature_telling(feature: &Value) -> Option<Telling> {
    let fields = &feature["properties"];
    if fields["corrected"]["verdict"] == Verdict::Rejected.label() {
        return None;
    }
    let said = |key: &str| fields[key].as_str();
    telling(feature["id"].as_str()?, said("report_id")?, said("source"), said("published"), fields)
}

fn telling(id: &str, report_id: &str, source: Option<&str>, published: Option<&str>, fields: &Value) -> Option<Telling> {
    let said = |key: &str| fields[key].as_str();
    let owned = |key: &str| said(key).map(str::to_owned);
    let small = |key: &str| fields[key].as_u64().map(|n| n as u8);
    let (start, end) = (said("date_start").and_then(|d| d.parse().ok()), said("date_end").and_then(|d| d.parse().ok()));
    let list = |key: &str| fields[key].as_array().into_iter().flatten();
    Some(Telling {
        id: id.to_owned(),
        report_id: report_id.to_owned(),
        text_of: report_id.to_owned(),
        source: source.map(str::to_owned),
        published: published.and_then(|d| d.parse().ok()),
        granularity: granularity(said("granularity")?)?,
        status: status(said("status")?)?,
        sub_event_type: SubEventType::from_label(said("sub_event_type")?)?,
        dates: start.or(end).zip(end.or(start)),
        time_precision: small("time_precision"),
        date_source: owned("date_source").unwrap_or_default(),
        ground: ground(fields),
        others: list("other_places").filter_map(ground).collect(),
        place_id: owned("gazetteer_id"),
        place_surface: owned("place_surface"),
        country: owned("country"),
        actors: list("actors").filter_map(who).collect(),
        killed: range(&fields["killed_low"], &fields["killed_high"]),
        killed_parts: list("killed_detail").filter_map(|part| range(&part["low"], &part["high"])).collect(),
        injured: range(&fields["injured_low"], &fields["injured_high"]),
        abducted: range(&fields["abducted_low"], &fields["abducted_high"]),
        evidence: evidence(fields),
        confidence: fields["confidence"].as_f64().unwrap_or_default(),
    })
}

/// The identifier of a point that a person set and that has no place of the gazetteer begins like this.
pub(super) const POINTED: &str = "point:";

fn ground(fields: &Value) -> Option<Ground> {
    let pointed = || format!("{POINTED}{},{}", fields["lon"], fields["lat"]);
    Some(Ground {
        id: fields["gazetteer_id"].as_str().map_or_else(pointed, str::to_owned),
        name: fields["place_name"].as_str().unwrap_or_default().to_owned(),
        lon: fields["lon"].as_f64()?,
        lat: fields["lat"].as_f64()?,
        radius_m: fields["radius_m"].as_u64()? as u32,
        geo_precision: fields["geo_precision"].as_u64().unwrap_or_default() as u8,
        where_prec: fields["where_prec"].as_u64().unwrap_or_default() as u8,
        admin1: fields["admin1"].as_str().unwrap_or_default().to_owned(),
    })
}

fn who(actor: &Value) -> Option<Who> {
    let said = |key: &str| actor[key].as_str().map(str::to_owned);
    Some(Who { name: said("name")?, kind: said("kind").unwrap_or_default(), role: said("role").unwrap_or_default() })
}

/// A range of which one end may be unsaid.
fn range(low: &Value, high: &Value) -> Option<Range> {
    let (low, high) = (low.as_u64().map(|n| n as u32), high.as_u64().map(|n| n as u32));
    low.or(high).zip(high.or(low)).map(|(low, high)| (low, high.max(low)))
}

/// The word of the event, since it stays where it is when a report is read anew; else all that proves the incident.
pub(super) fn evidence(fields: &Value) -> Option<(u32, u32)> {
    let all = fields["evidence"].as_array()?;
    let span = |e: &Value| Some((e["start"].as_u64()? as u32, e["end"].as_u64()? as u32));
    let event = all.iter().find(|e| e["field"] == "event").and_then(span);
    event.or_else(|| all.iter().filter_map(span).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))))
}

pub(super) fn granularity(label: &str) -> Option<Granularity> {
    Granularity::ALL.into_iter().find(|g| g.label() == label)
}

pub(super) fn status(label: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|s| s.label() == label)
}

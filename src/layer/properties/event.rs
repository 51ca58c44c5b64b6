//! Events and rulings as they are published.

use serde::Serialize;

use crate::incident::correction::IncidentCorrection;
use crate::incident::corroborate::Ruling;

/// `properties` of an event: its fields merged, which incident each is from, and who tells it.
///
/// `{"granularity":"incident","status":"asserted","event_type":"Battles",…,"killed_low":23,"killed_high":25,"killed":[{"low":23,"high":23,
/// "incident":"inc-…","report_id":"r1","source":"AFP"},…],"from":{"type":"inc-…","date":"inc-…","place":"inc-…"},"sources":[…],
/// "source_count":2,"copy_count":0,"denied_by":[],"pinned":false,"confidence":0.8}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct EventProperties {
    pub granularity: &'static str,
    pub status: &'static str,
    pub event_type: &'static str,
    pub sub_event_type: &'static str,
    pub disorder_type: &'static str,
    pub date_start: Option<String>,
    pub date_end: Option<String>,
    pub time_precision: Option<u8>,
    pub place_name: Option<String>,
    pub gazetteer_id: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub radius_m: Option<u32>,
    pub geo_precision: Option<u8>,
    pub where_prec: Option<u8>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub actors: Vec<SaidActor>,
    pub killed_low: Option<u32>,
    pub killed_high: Option<u32>,
    pub killed: Vec<FigureShape>,
    pub injured_low: Option<u32>,
    pub injured_high: Option<u32>,
    pub injured: Vec<FigureShape>,
    pub abducted_low: Option<u32>,
    pub abducted_high: Option<u32>,
    pub abducted: Vec<FigureShape>,
    pub from: FromShape,
    pub sources: Vec<EventSource>,
    pub source_count: usize,
    pub copy_count: usize,
    pub denied_by: Vec<String>,
    pub pinned: bool,
    pub confidence: f64,
}

/// Which incident the merged fields are from. `{"type":"inc-0123456789ab","date":"inc-0123456789ab","place":null}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct FromShape {
    #[serde(rename = "type")]
    pub kind: String,
    pub date: Option<String>,
    pub place: Option<String>,
}

/// An actor, and the incidents that name it. `{"name":"Boko Haram - JAS","kind":"rebel","role":"actor1","said_by":["inc-0123456789ab"]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct SaidActor {
    pub name: String,
    pub kind: String,
    pub role: String,
    pub said_by: Vec<String>,
}

/// A figure and who gives it. `{"low":23,"high":23,"incident":"inc-0123456789ab","report_id":"r1","source":"AFP"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct FigureShape {
    pub low: u32,
    pub high: u32,
    pub incident: String,
    pub report_id: Option<String>,
    pub source: Option<String>,
}

/// A report that tells the event, the first published first.
///
/// `{"incident":"inc-0123456789ab","report_id":"r1","report_title":null,"source":"AFP","url":null,"published":"2022-09-08","lang":"ar"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct EventSource {
    pub incident: String,
    pub report_id: Option<String>,
    pub report_title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub lang: Option<String>,
}

/// `properties` of a ruling.
///
/// `{"verdict":"split","members":[…],"others":[…],"note":"two bombs","created":"…","created_by":"page","unheeded":[],"version":"…"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct RulingProperties {
    #[serde(flatten)]
    pub ruling: Ruling,
    /// Why it, or a part of it, could not be obeyed when the events were made last.
    pub unheeded: Vec<String>,
    /// What a change of it must name.
    pub version: String,
}

/// `properties` of a correction of an incident; where it is given out, `orphan` and `laid_on` (the incident that it lies over now) stand before these.
///
/// `{"id":"fix:0123456789ab","incident":{…},"text":"…","words":"killed","sentence":"…","fields":{"killed_best":9},"verdict":null,"note":"",
/// "created":"…","created_by":"page","modified":"","modified_by":"","version":"…"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct IncidentCorrectionProperties {
    #[serde(flatten)]
    pub correction: IncidentCorrection,
    /// What a change of it must name.
    pub version: String,
}

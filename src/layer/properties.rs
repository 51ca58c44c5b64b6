//! The shapes that leave the program, and nothing else does: the wire changes only when this file does.
//!
//! Offsets are code points of the report's text, end exclusive. Longitude and latitude are WGS84 degrees.

mod event;
mod found;
mod place;
mod report;
mod scene;
mod why;

use serde::Serialize;

pub use event::{EventProperties, EventSource, FigureShape, FromShape, IncidentCorrectionProperties, RulingProperties, SaidActor};
pub use found::{FoundProperties, MatchCandidate};
pub use place::{CorrectionProperties, NameShape, PlaceProperties};
pub use report::ReportProperties;
pub use scene::OtherPlaceShape;
pub use why::{AnswerShape, BalanceShape, CandidateShape, NearShape, RecognitionShape, TrialShape, TriedShape, WhyShape};

/// What `dalil parse` writes for a report.
///
/// `{"id":"r1","lang":"ar","toponyms":[…],"areas":[…],"incidents":[…],"unlocated":[…],"notes":[]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct Parsed {
    pub id: String,
    pub lang: &'static str,
    pub toponyms: Vec<Toponym>,
    /// Phrases that narrow a name down or widen it («northern Mali», «near Gao»): no names beside it, so not among them.
    pub areas: Vec<Toponym>,
    pub incidents: Vec<ParsedIncident>,
    pub unlocated: Vec<Unlocated>,
    pub notes: Vec<String>,
}

/// A mention of a place in a report; `place` is null when the name was recognised and not resolved.
///
/// `{"start":12,"end":16,"text":"جاو","kind":"literal","confidence":0.93,"place":{…}}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct Toponym {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    #[serde(skip_serializing_if = "is_not")]
    pub dateline: bool,
    pub confidence: f64,
    pub place: Option<ToponymPlace>,
}

/// The longer name that a mention stands in. `{"start":20,"end":42,"text":"University of Bayreuth","kind":"institution"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct Within {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub kind: &'static str,
}

/// What is false is left out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_not(flag: &bool) -> bool {
    !*flag
}

/// The place of a mention.
///
/// `{"id":"geonames:2457163","name":"Gao","lat":16.27167,"lon":-0.04472,"country":"ML","feature":"PPLA","geo_precision":1,
/// "radius_m":5000,"admin1":"Gao","where_prec":1}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct ToponymPlace {
    pub id: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub country: Option<String>,
    pub feature: String,
    pub geo_precision: u8,
    pub radius_m: u32,
    pub admin1: Option<String>,
    pub where_prec: u8,
    /// The ground that is meant, when it is told by its relation to others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geometry: Option<Geometry>,
}

/// An incident inside [`Parsed`]: its identifier and its fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct ParsedIncident {
    pub id: String,
    #[serde(flatten)]
    pub fields: IncidentFields,
}

/// The fields of an incident, the same in `parse`, in GeoJSON and in CSV; `docs/incidents.md` tells what each means.
///
/// An aggregate has a place by name, never coordinates: a total is no point.
///
/// `{"granularity":"incident","status":"asserted","event_type":"Battles","sub_event_type":"Armed clash",
/// "disorder_type":"Political violence","n_events":null,"mode":"firearms","civilian_targeting":false,"type_of_violence":1,
/// "date_start":"2022-09-06","date_end":"2022-09-06","time_precision":1,"date_prec":1,"date_source":"explicit",
/// "place_name":"Talataye","place_surface":"تلاتاي","place_role":"target","relation":null,"gazetteer_id":"dalil:talataye",
/// "lat":16.53,"lon":1.51,"radius_m":3000,"geo_precision":1,"where_prec":1,"country":"ML","country_a3":"MLI","admin1":"Gao",
/// "admin2":"Ansongo","other_places":[],"toll_shared":false,
/// "actor1":"Islamic State Sahel Province","inter1":2,"actor2":"Civilians","inter2":7,"interaction":"Rebel group-Civilians",
/// "actors":[…],"claimed_by":null,"killed_low":50,"killed_best":50,"killed_high":50,"killed_qualifier":"exact","killed_a":null,
/// "killed_b":17,"killed_civilians":30,"killed_unknown":3,"killed_detail":[…],"killed_told":[],"injured_low":null,…,
/// "attribution":["AFP"],"source_scale":"International","evidence":[…],"confidence":0.8,"notes":"…"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct IncidentFields {
    pub granularity: &'static str,
    pub status: &'static str,
    pub event_type: &'static str,
    pub sub_event_type: &'static str,
    pub disorder_type: &'static str,
    pub n_events: Option<u32>,
    pub mode: Option<&'static str>,
    pub civilian_targeting: bool,
    pub type_of_violence: Option<u8>,
    pub date_start: Option<String>,
    pub date_end: Option<String>,
    pub time_precision: Option<u8>,
    pub date_prec: Option<u8>,
    pub date_source: &'static str,
    pub place_name: Option<String>,
    pub place_surface: Option<String>,
    pub place_role: Option<&'static str>,
    pub relation: Option<RelationShape>,
    pub gazetteer_id: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub radius_m: Option<u32>,
    pub geo_precision: Option<u8>,
    pub where_prec: Option<u8>,
    pub country: Option<String>,
    pub country_a3: Option<&'static str>,
    pub admin1: Option<String>,
    pub admin2: Option<String>,
    pub other_places: Vec<OtherPlaceShape>,
    pub toll_shared: bool,
    pub actor1: Option<String>,
    pub inter1: Option<u8>,
    pub actor2: Option<String>,
    pub inter2: Option<u8>,
    pub interaction: Option<String>,
    pub actors: Vec<ActorShape>,
    pub claimed_by: Option<String>,
    pub killed_low: Option<u32>,
    pub killed_best: Option<u32>,
    pub killed_high: Option<u32>,
    pub killed_qualifier: Option<&'static str>,
    pub killed_a: Option<u32>,
    pub killed_b: Option<u32>,
    pub killed_civilians: Option<u32>,
    pub killed_unknown: Option<u32>,
    pub killed_detail: Vec<TollPartShape>,
    pub killed_told: Vec<TollToldShape>,
    #[serde(flatten)]
    pub harm: HarmFields,
    pub attribution: Vec<String>,
    pub source_scale: Option<String>,
    pub evidence: Vec<EvidenceShape>,
    pub confidence: f64,
    pub notes: String,
}

/// Tolls besides the dead: fewest, best and most persons. `{"injured_low":3,"injured_best":3,"injured_high":3,…}`
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct HarmFields {
    pub injured_low: Option<u32>,
    pub injured_best: Option<u32>,
    pub injured_high: Option<u32>,
    pub abducted_low: Option<u32>,
    pub abducted_best: Option<u32>,
    pub abducted_high: Option<u32>,
    pub missing_low: Option<u32>,
    pub missing_best: Option<u32>,
    pub missing_high: Option<u32>,
    pub displaced_low: Option<u32>,
    pub displaced_best: Option<u32>,
    pub displaced_high: Option<u32>,
    pub displaced_households_low: Option<u32>,
    pub displaced_households_best: Option<u32>,
    pub displaced_households_high: Option<u32>,
    pub arrested_low: Option<u32>,
    pub arrested_best: Option<u32>,
    pub arrested_high: Option<u32>,
    pub crowd_low: Option<u32>,
    pub crowd_high: Option<u32>,
}

/// How a place hangs on a named one; kilometres, and degrees clockwise from north.
///
/// `{"how":"distance","distance_km":150.0,"bearing_deg":90.0,"of_place":"Gao"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct RelationShape {
    pub how: &'static str,
    pub distance_km: Option<f64>,
    pub bearing_deg: Option<f64>,
    pub of_place: String,
}

/// A figure and who gives it, null for the report itself. `{"by":"army","low":54,"high":54}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct TollToldShape {
    pub by: Option<String>,
    pub low: Option<u32>,
    pub high: Option<u32>,
}

/// Who took part.
///
/// `{"name":"Islamic State Sahel Province","role":"actor1","text":"داعش في الصحراء الكبرى","kind":"rebel","inter":2,"country":null}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct ActorShape {
    pub name: String,
    pub role: &'static str,
    pub text: String,
    pub kind: String,
    pub inter: u8,
    pub country: Option<String>,
}

/// One group of a toll; side a attacked, side b was attacked in arms. `{"who":"civilians","side":"civilians","low":30,"high":30}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct TollPartShape {
    pub who: String,
    pub side: &'static str,
    pub low: u32,
    pub high: u32,
}

/// Words that support a field. `{"start":900,"end":908,"field":"event","text":"attacked"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct EvidenceShape {
    pub start: u32,
    pub end: u32,
    pub field: &'static str,
    pub text: String,
}

/// An incident that has no place, and why. `{"id":"inc-0123456789ab","place_name":"Tin-Zoo","reason":"…"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct Unlocated {
    pub id: String,
    pub place_name: Option<String>,
    pub reason: String,
}

/// `properties` of an incident's Feature: its fields and what tells the report it stands in.
///
/// `{…,"report_id":"r1","report_title":null,"published":"2022-09-08","source":"AFP","url":null,"lang":"ar","excerpt":{…}}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct IncidentProperties {
    #[serde(flatten)]
    pub fields: IncidentFields,
    pub report_id: String,
    pub report_title: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub lang: &'static str,
    pub excerpt: Option<Excerpt>,
}

/// The sentence or sentences in which something is said.
///
/// `{"text":"Attaque à Gao.","start":120,"lang":"fr"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct Excerpt {
    pub text: String,
    pub start: u32,
    pub lang: &'static str,
}

/// `properties` of a mention's Feature.
///
/// `{"report_id":"r1","text":"جاو","kind":"literal","confidence":0.93,"place_id":"geonames:2457163","place_name":"Gao",
/// "country":"ML","admin1":"Gao","feature":"PPLA","geo_precision":1,"where_prec":1,"radius_m":5000,"lang":"ar","excerpt":{…},
/// "start":12,"end":16,"reasons":[{"what":"kind word","weight":2.0}],"runners_up":[]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct MentionProperties {
    pub report_id: String,
    pub text: String,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    #[serde(skip_serializing_if = "is_not")]
    pub dateline: bool,
    pub confidence: f64,
    pub place_id: Option<String>,
    pub place_name: Option<String>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub feature: Option<String>,
    pub geo_precision: Option<u8>,
    pub where_prec: Option<u8>,
    pub radius_m: Option<u32>,
    pub lang: &'static str,
    /// The ground that is meant, when it is told by its relation to others; the Feature's geometry is the point to draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Geometry>,
    pub excerpt: Option<Excerpt>,
    pub start: u32,
    pub end: u32,
    pub reasons: Vec<ReasonShape>,
    pub runners_up: Vec<RunnerUpShape>,
}

/// One reason for a place. `{"what":"same country as Gao","weight":1.5}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct ReasonShape {
    pub what: String,
    pub weight: f64,
}

/// A place that was not chosen. `{"id":"geonames:1","name":"Gao, Burkina Faso","lat":12.1,"lon":-2.5,"score":1.2}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct RunnerUpShape {
    pub id: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub score: f64,
}

/// A GeoJSON Feature (RFC 7946 §3.2). `{"type":"Feature","id":"inc-0123456789ab","bbox":[…],"geometry":{…},"properties":{…}}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in RFC 7946")]
pub struct Feature<P> {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    pub geometry: Option<Geometry>,
    pub properties: P,
}

/// A GeoJSON geometry (RFC 7946 §3.1). `{"type":"Point","coordinates":[-0.04472,16.27167]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "coordinates")]
#[expect(missing_docs, reason = "each variant is named in RFC 7946")]
pub enum Geometry {
    Point([f64; 2]),
    MultiPoint(Vec<[f64; 2]>),
    Polygon(Vec<Vec<[f64; 2]>>),
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

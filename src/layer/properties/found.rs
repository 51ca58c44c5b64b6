//! What a search answers: places that a name may mean.

use serde::Serialize;

/// `properties` of a place that a search found.
///
/// `{"name":"Gao","name_ar":"جاو","name_fr":"Gao","matched":"gao","country":"ML","admin1":"Gao","feature":"PPLA",
/// "population":86353,"radius_m":5000,"score":0.93}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct FoundProperties {
    pub name: String,
    pub name_ar: String,
    pub name_fr: String,
    pub matched: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub feature: String,
    pub population: Option<u32>,
    pub radius_m: u32,
    pub score: f64,
}

/// A place that a name may mean, for programs.
///
/// `{"id":"geonames:2457163","name":"Gao","lat":16.27,"lon":-0.04,"country":"ML","feature":"PPLA","score":0.91}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct MatchCandidate {
    pub id: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub country: Option<String>,
    pub feature: String,
    pub score: f64,
}

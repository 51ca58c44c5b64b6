//! The shape of the answer to «why»: the same from `dalil explain --format json` and over HTTP.

use serde::Serialize;

use super::{Excerpt, ReasonShape, ToponymPlace};

/// Why a mention, or a word that is none, means what it means.
///
/// `{"report_id":"r1","lang":"ar","start":12,"end":16,"text":"جاو","excerpt":{…},"answer":{…},"recognition":{…},"tried":[…],
/// "near":[],"near_allowed":0.6,"candidates":[…],"balance":{…},"trials":[…],"is_too_long":false}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "most fields are named in the machine interface")]
pub struct WhyShape {
    pub report_id: String,
    pub lang: &'static str,
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub excerpt: Option<Excerpt>,
    /// Null: no mention of a place.
    pub answer: Option<AnswerShape>,
    /// Null: there was no name to weigh.
    pub recognition: Option<RecognitionShape>,
    pub tried: Vec<TriedShape>,
    /// Of a name that no table has: recorded names that are spelt nearly so, the nearest first.
    pub near: Vec<NearShape>,
    /// What a spelling may cost a letter here.
    pub near_allowed: f64,
    /// Best first.
    pub candidates: Vec<CandidateShape>,
    pub balance: Option<BalanceShape>,
    pub trials: Vec<TrialShape>,
    /// True: the report is too long to be read again and again, so nothing was tried.
    pub is_too_long: bool,
}

/// What a mention means. `{"kind":"literal","confidence":0.93,"place":{…}}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct AnswerShape {
    pub kind: &'static str,
    pub confidence: f64,
    pub place: Option<ToponymPlace>,
}

/// What speaks for and against a name being one. `{"strength":4.1,"needed":1.0,"grounds":[{"what":"a kind word beside it","weight":3.0}],
/// "alone":["a kind word beside it"]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct RecognitionShape {
    pub strength: f64,
    pub needed: f64,
    pub grounds: Vec<ReasonShape>,
    /// Grounds without any one of which the decision would be the other.
    pub alone: Vec<&'static str>,
}

/// One string of words that was looked up in the names. `{"start":11,"end":15,"text":"وجاو","cut":"و","words":"جاو","outcome":"taken","places":3}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct TriedShape {
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub cut: String,
    pub words: String,
    pub outcome: &'static str,
    pub places: usize,
}

/// A recorded name that is spelt nearly so. `{"id":"geonames:1","name":"Goroual","matched":"goroual","country":"NE","cost_a_letter":0.41}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct NearShape {
    pub id: String,
    pub name: String,
    pub matched: String,
    pub country: Option<String>,
    pub cost_a_letter: f64,
}

/// A place that was weighed; of a refused name neither score nor reasons. `{"id":"geonames:2457163","name":"Gao","country":"ML","lat":16.27167,
/// "lon":-0.04472,"score":9.3,"reasons":[{"what":"86353 inhabitants","weight":2.7}]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct CandidateShape {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    pub lat: f64,
    pub lon: f64,
    pub score: Option<f64>,
    pub reasons: Vec<ReasonShape>,
}

/// What the choice hangs on. `{"margin":2.1,"second":"Gao, BF","decisive":[{"what":"the report is about ML","weight":3.1}]}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct BalanceShape {
    pub margin: f64,
    pub second: String,
    pub decisive: Vec<ReasonShape>,
}

/// The report with one thing otherwise, read again. `{"what":"kind_word","word":"مدينة","is_other":false,"answer":{…}}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct TrialShape {
    pub what: &'static str,
    pub word: String,
    pub is_other: bool,
    pub answer: Option<AnswerShape>,
}

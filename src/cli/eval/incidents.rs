//! Scores of incidents: told, and told rightly.
//!
//! A prediction is a *claim* unless it is denied, hypothetical or planned, an aggregate, paired with background, or background that
//! met no main incident. Pairs are one to one, the heaviest first: overlap of the evidence 3, place 2, toll 2, date 1, type 1; a pair
//! needs overlap and one thing more, or place with toll or date. *Detection* asks for a pair with a main incident; *incident* that
//! place, toll and date are right too, each where the gold states it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::counts::{Counts, Share};
use super::gold::{self, Gold, GoldIncident};
use super::matching::{Chars, Point};
use super::scores::Miss;

/// Statuses that claim no incident.
const NOT_CLAIMED: [&str; 3] = ["denied", "hypothetical", "planned"];
/// A predicted range may reach up to so many times the gold's upper end, so that no huge range buys a right toll.
const WIDEST_TOLL: i64 = 2;
/// How much of the evidence a miss shows, in code points.
const SHOWN_EVIDENCE: usize = 80;

/// The judged fields by their published names: the place (near enough, or in the right country where the gold has no point), the
/// place where the gold has a point, its country, the killed, the first day, the type, the type with its sub-type.
pub const FIELDS: [&str; 7] = ["place", "place_coord", "country", "toll", "date", "type", "subtype"];

/// The scores of a set.
#[derive(Clone, Debug, Default)]
pub struct IncidentScores {
    /// Main incidents of the gold.
    pub gold_main: usize,
    /// Predictions that claim an incident.
    pub claims: usize,
    /// Claims that met no main incident.
    pub spurious: usize,
    /// Claims that met one.
    pub found: usize,
    /// Those with place, toll and date right.
    pub right: usize,
    /// How often each of [`FIELDS`] was right, over the main incidents that were found.
    pub shares: [Share; FIELDS.len()],
    /// How often an incident of the first sub-type was found as the second; one that is right by an alternative counts as right.
    pub confusion: BTreeMap<(String, String), usize>,
    /// What went wrong, in the order of the reports.
    pub misses: Vec<Miss>,
}

/// Scores the `incidents` of predictions, which are objects of `dalil parse` by report id.
///
/// `lang` keeps reports of that language; reports whose incidents were not annotated are passed over.
pub fn incidents(gold: &[Gold], predictions: &BTreeMap<String, Value>, lang: Option<&str>) -> IncidentScores {
    let mut scores = IncidentScores::default();
    for report in gold.iter().filter(|report| lang.is_none_or(|lang| lang == report.lang) && report.incidents.is_some()) {
        let predicted = predictions.get(&report.report.id).and_then(|prediction| gold::list(prediction, "incidents")).unwrap_or_default();
        let claims: Vec<Claim> = predicted.iter().map(Claim::of).filter(|claim| !NOT_CLAIMED.contains(&claim.status)).collect();
        scores.add(report, &claims);
    }
    scores
}

/// The sub-type, or the type where there is none.
fn kind(event_type: Option<&str>, sub_event_type: Option<&str>) -> String {
    sub_event_type.or(event_type).unwrap_or("none").to_owned()
}

/// For each gold incident the prediction that it is paired with, by its place in the list of predictions.
pub(super) fn met(gold: &[GoldIncident], predicted: &[Value]) -> Vec<Option<usize>> {
    let (places, claims): (Vec<usize>, Vec<Claim>) =
        predicted.iter().map(Claim::of).enumerate().filter(|(_, claim)| !NOT_CLAIMED.contains(&claim.status)).unzip();
    pair(gold, &claims).into_iter().map(|claim| claim.and_then(|claim| places.get(claim).copied())).collect()
}

struct Claim<'a> {
    status: &'a str,
    granularity: &'a str,
    event_type: Option<&'a str>,
    sub_event_type: Option<&'a str>,
    date_start: Option<&'a str>,
    point: Option<Point>,
    country: String,
    killed: Option<(i64, i64)>,
    evidence: Vec<Chars>,
}

impl<'a> Claim<'a> {
    fn of(value: &'a Value) -> Claim<'a> {
        let said = |field: &str| value[field].as_str();
        let (low, high) = (value["killed_low"].as_i64(), value["killed_high"].as_i64());
        Claim {
            status: said("status").unwrap_or_default(),
            granularity: said("granularity").unwrap_or_default(),
            event_type: said("event_type"),
            sub_event_type: said("sub_event_type"),
            date_start: said("date_start"),
            point: gold::point(value),
            country: said("country").unwrap_or_default().to_uppercase(),
            killed: low.or(high).zip(high.or(low)),
            evidence: gold::list(value, "evidence").into_iter().flatten().filter_map(gold::chars).collect(),
        }
    }

    fn is_aggregate(&self) -> bool {
        self.granularity == "aggregate"
    }
}

/// What of a claim agrees with a gold incident; `None` where the gold says nothing to check.
struct Agreement {
    place: Option<bool>,
    toll: Option<bool>,
    date: Option<bool>,
    event_type: bool,
    sub_event_type: bool,
}

impl Agreement {
    fn of(gold: &GoldIncident, claim: &Claim) -> Agreement {
        let mut types = gold.types.iter().filter(|(event_type, _)| event_type.as_deref() == claim.event_type).peekable();
        Agreement {
            place: place_agrees(gold, claim),
            toll: toll_agrees(gold, claim),
            date: gold.date_start.as_deref().map(|day| claim.date_start == Some(day)),
            event_type: types.peek().is_some(),
            sub_event_type: types.any(|(_, sub_event_type)| sub_event_type.as_deref() == claim.sub_event_type),
        }
    }

    /// Twice the weight of the pair, 0 if it is none; an aggregate weighs half a point less, so it yields to an incident.
    fn weight(&self, gold: &GoldIncident, claim: &Claim) -> usize {
        let overlaps = gold.evidence_chars.iter().any(|told| claim.evidence.iter().any(|read| told.overlaps(*read)));
        let place = self.place == Some(true);
        let toll = self.toll == Some(true) && gold.killed.is_some();
        let date = self.date == Some(true);
        let weight = [(overlaps, 3), (place, 2), (toll, 2), (date, 1), (self.event_type, 1)];
        let weight: usize = weight.into_iter().filter_map(|(agrees, weight)| agrees.then_some(weight)).sum();
        let is_pair = overlaps && weight > 3 || place && (toll || date);
        if is_pair { 2 * weight - usize::from(claim.is_aggregate()) } else { 0 }
    }
}

fn place_agrees(gold: &GoldIncident, claim: &Claim) -> Option<bool> {
    match gold.point {
        Some(point) => Some(claim.point.is_some_and(|claimed| point.distance_km(claimed) <= gold.tolerance_km)),
        None => gold.country.as_ref().map(|country| claim.country == *country),
    }
}

/// A toll where the gold has none is no fault: many reports leave it to others.
fn toll_agrees(gold: &GoldIncident, claim: &Claim) -> Option<bool> {
    let nobody = (0, 0);
    match (gold.killed, claim.killed) {
        (None, killed) => killed.is_none_or(|killed| killed == nobody).then_some(true),
        (Some(killed), None) => Some(killed == nobody),
        (Some((low, high)), Some(claimed)) => {
            let overlaps = claimed.0 <= high && low <= claimed.1 && claimed.1 <= WIDEST_TOLL * high.max(1);
            Some(overlaps || gold.killed_parts.contains(&claimed))
        }
    }
}

/// For each gold incident the claim that it is paired with: the heaviest pair first, then the order of the report.
fn pair(gold: &[GoldIncident], claims: &[Claim]) -> Vec<Option<usize>> {
    let weigh = |one: usize, other: usize| Agreement::of(&gold[one], &claims[other]).weight(&gold[one], &claims[other]);
    let mut edges: Vec<(usize, usize, usize)> =
        (0..gold.len()).flat_map(|one| (0..claims.len()).map(move |other| (weigh(one, other), one, other))).collect();
    edges.sort_by_key(|&(weight, one, other)| (std::cmp::Reverse(weight), one, other));
    let mut pairs = vec![None; gold.len()];
    let mut taken = BTreeSet::new();
    for (_, one, other) in edges.into_iter().filter(|(weight, ..)| *weight > 0) {
        if pairs[one].is_none() && taken.insert(other) {
            pairs[one] = Some(other);
        }
    }
    pairs
}

impl IncidentScores {
    fn add(&mut self, report: &Gold, claims: &[Claim]) {
        let gold = report.incidents.as_deref().unwrap_or_default();
        let pairs = pair(gold, claims);
        for (index, claim) in claims.iter().enumerate() {
            let role = pairs.iter().position(|other| *other == Some(index)).map_or("", |one| gold[one].role.as_str());
            if claim.is_aggregate() || role == "background" || (claim.granularity == "background" && role != "main") {
                continue;
            }
            self.claims += 1;
            self.spurious += usize::from(role != "main");
        }
        for (incident, claim) in gold.iter().zip(&pairs).filter(|(incident, _)| incident.role == "main") {
            self.gold_main += 1;
            let claim = claim.map(|claim| &claims[claim]).filter(|claim| !claim.is_aggregate());
            let what = claim.map_or_else(|| "missed".to_owned(), |claim| self.judge(incident, claim));
            if !what.is_empty() {
                let words = incident.evidence.chars().take(SHOWN_EVIDENCE).collect();
                self.misses.push(Miss { report: report.report.id.clone(), what, words });
            }
        }
    }

    /// Counts a claim that met a main incident; gives what is wrong with it.
    fn judge(&mut self, gold: &GoldIncident, claim: &Claim) -> String {
        let agreement = Agreement::of(gold, claim);
        self.found += 1;
        let claimed = kind(claim.event_type, claim.sub_event_type);
        let first = gold.types.first().map(|(event_type, sub)| kind(event_type.as_deref(), sub.as_deref())).unwrap_or_default();
        let told = if agreement.sub_event_type { claimed.clone() } else { first };
        *self.confusion.entry((told, claimed)).or_default() += 1;
        let fields = [
            agreement.place,
            agreement.place.filter(|_| gold.point.is_some()),
            gold.country.as_ref().map(|country| claim.country == *country),
            agreement.toll.filter(|_| gold.killed.is_some() || claim.killed.is_some()),
            agreement.date,
            Some(agreement.event_type),
            Some(agreement.sub_event_type),
        ];
        for (share, agrees) in self.shares.iter_mut().zip(fields) {
            share.count(agrees);
        }
        let judged = [("place", agreement.place), ("toll", agreement.toll), ("date", agreement.date)];
        let wrong: Vec<&str> = judged.into_iter().filter_map(|(field, agrees)| (agrees == Some(false)).then_some(field)).collect();
        self.right += usize::from(wrong.is_empty());
        if wrong.is_empty() { String::new() } else { format!("wrong {}", wrong.join("+")) }
    }

    /// Writes how often an incident of one sub-type was found as another, the most frequent first.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn print_confusion(&self, out: &mut impl Write) -> io::Result<()> {
        let mut cells: Vec<_> = self.confusion.iter().collect();
        cells.sort_by_key(|(kinds, count)| (kinds.0 == kinds.1, std::cmp::Reverse(**count), *kinds));
        for ((told, claimed), count) in cells {
            writeln!(out, "{count:4}  {told}{}", if told == claimed { String::new() } else { format!("  →  {claimed}") })?;
        }
        Ok(())
    }

    /// Incidents told, right or not.
    pub fn detection(&self) -> Counts {
        self.counts(self.found)
    }

    /// Incidents told with place, toll and date right.
    pub fn incident(&self) -> Counts {
        self.counts(self.right)
    }

    fn counts(&self, right: usize) -> Counts {
        Counts { right, wrong: self.claims - right, missed: self.gold_main - right }
    }

    /// All scores under their published names.
    pub fn to_json(&self) -> Value {
        let mut all = Map::new();
        all.insert("gold_main".into(), self.gold_main.into());
        all.insert("claims".into(), self.claims.into());
        all.insert("spurious".into(), self.spurious.into());
        for (name, counts) in [("detection", self.detection()), ("incident", self.incident())] {
            all.insert(name.into(), json!({"P": counts.precision(), "R": counts.recall(), "F": counts.f1()}));
        }
        all.extend(FIELDS.iter().zip(self.shares).map(|(&name, share)| (name.to_owned(), share.to_json())));
        Value::Object(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "On Monday 7 March gunmen killed 12 soldiers in Tessit. In May 900 died across Gao region.";

    /// One main incident, one aggregate; what the first claim says is changed by `change`.
    fn score(change: &Value, second: &Value) -> IncidentScores {
        let gold = json!({"id": "a", "lang": "en", "text": TEXT, "incidents": [
            {"role": "main", "event_type": "Battles", "sub_event_type": "Armed clash", "date_start": "2022-03-07", "place_kind": "p",
             "lon": 0.32, "lat": 15.2, "country_iso2": "ML", "killed": [12, 12], "killed_detail": [["officers", 2, 2], ["privates", 10, 10]],
             "evidence": "gunmen killed 12 soldiers in Tessit"},
            {"role": "aggregate", "event_type": "Battles", "place_kind": "r", "country_iso2": "ML", "killed": [900, 900],
             "evidence": "In May 900 died across Gao region"}]});
        let mut claim = json!({"granularity": "incident", "event_type": "Battles", "sub_event_type": "Armed clash", "date_start": "2022-03-07",
            "lon": 0.3, "lat": 15.21, "country": "ML", "killed_low": 12, "killed_high": 12, "evidence": [{"start": 3, "end": 53}]});
        claim.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let predictions = BTreeMap::from([("a".to_owned(), json!({"incidents": [claim, second]}))]);
        incidents(&[Gold::of(&gold).unwrap()], &predictions, None)
    }

    fn total(granularity: &str) -> Value {
        json!({"granularity": granularity, "country": "ML", "killed_low": 900, "killed_high": 900, "evidence": [{"start": 55, "end": 88}]})
    }

    #[test]
    fn a_total_told_as_a_total_is_no_claim_and_as_an_incident_is_spurious() {
        let scores = score(&json!({}), &total("aggregate"));
        assert_eq!((scores.incident(), scores.claims), (Counts { right: 1, wrong: 0, missed: 0 }, 1));
        assert_eq!(scores.shares.map(|share| (share.right, share.of)), [(1, 1); 7]);
        let scores = score(&json!({}), &total("incident"));
        assert_eq!((scores.incident(), scores.spurious), (Counts { right: 1, wrong: 1, missed: 0 }, 1));
    }

    #[test]
    fn a_wrong_field_keeps_the_detection_and_costs_the_incident() {
        let wrong = |change: &Value| {
            let scores = score(change, &total("aggregate"));
            (scores.found, scores.right, scores.misses.into_iter().map(|miss| miss.what).collect::<String>())
        };
        assert_eq!(wrong(&json!({"killed_low": 900, "killed_high": 900})), (1, 0, "wrong toll".into()));
        assert_eq!(wrong(&json!({"killed_low": 1, "killed_high": 100_000})), (1, 0, "wrong toll".into()));
        assert_eq!(wrong(&json!({"killed_low": 2, "killed_high": null})), (1, 1, String::new()), "a group's own figure");
        assert_eq!(wrong(&json!({"lon": -0.04, "lat": 16.27, "date_start": null})), (1, 0, "wrong place+date".into()));
        assert_eq!(wrong(&json!({"status": "denied"})), (0, 0, "missed".into()));
    }
}

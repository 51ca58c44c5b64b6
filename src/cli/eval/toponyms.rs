//! Scores of place names: found, located, and both at once.
//!
//! *strict*: identical spans. *overlap*: the largest one-to-one pairing of spans that share a code point, identical ones first.
//! *resolution*: how far the located claims of these pairs lie from the gold. *end to end at k*: the largest one-to-one pairing of
//! claims that overlap a gold name with coordinates and lie within k kilometres of it; a claim without coordinates abstains.
//! Gold that is not asked for (another kind, no coordinates) is neither credit nor blame to a claim that overlaps it alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::calibration::Calibration;
use super::counts::Counts;
use super::distances::{Distances, FAR_KM, FARTHEST_KM, NEAR_KM};
use super::gold::{self, Gold, GoldToponym, Level};
use super::matching::{self, Chars, Pairing, Point};
use super::scores::{Miss, excerpt};

/// A country that is answered with a place in it, or with another, is at least this wrong.
const WRONG_COUNTRY_KM: f64 = 500.0;

/// What is scored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Reports of this language only.
    pub lang: Option<String>,
    /// Claims of these kinds only, and those without kind; all when empty.
    pub kinds: Vec<String>,
    /// Gold of this kind only.
    pub gold_kind: Option<String>,
    /// Gold with coordinates only, for sets that annotate no other.
    pub coords_only: bool,
    /// Claims at the spans of the gold only: these were given.
    pub gold_spans: bool,
}

/// The scores of a set.
#[derive(Clone, Debug, Default)]
pub struct ToponymScores {
    /// Reports.
    pub reports: usize,
    /// Reports that nothing was handed in for.
    pub unread: usize,
    /// Gold names.
    pub gold: usize,
    /// Those with coordinates.
    pub gold_located: usize,
    /// Recognition by identical spans.
    pub strict: Counts,
    /// Recognition by overlap.
    pub overlap: Counts,
    /// End to end within 20 km.
    pub near: Counts,
    /// End to end within 161 km.
    pub far: Counts,
    /// Distances of the located pairs.
    pub errors_km: Vec<f64>,
    /// Pairs whose gold has coordinates and whose claim has none.
    pub unlocated: usize,
    /// How sure the located claims were, and whether rightly so.
    pub calibration: Calibration,
    /// What went wrong, in the order of the reports.
    pub misses: Vec<Miss>,
}

/// Scores the `toponyms` of predictions, which are objects of `dalil parse` by report id.
pub fn toponyms(gold: &[Gold], predictions: &BTreeMap<String, Value>, options: &Options) -> ToponymScores {
    let mut scores = ToponymScores::default();
    for report in gold.iter().filter(|report| options.lang.as_ref().is_none_or(|lang| *lang == report.lang)) {
        let prediction = predictions.get(&report.report.id);
        let claims = prediction.and_then(|prediction| gold::list(prediction, "toponyms")).unwrap_or_default();
        let is_given = |claim: &Claim| !options.gold_spans || report.toponyms.iter().flatten().any(|name| name.chars == claim.chars);
        let claims =
            distinct(claims.iter().map(Claim::of).filter(|claim| claim.is_of(&options.kinds) && is_given(claim)), |claim| claim.chars);
        scores.reports += 1;
        scores.unread += usize::from(prediction.is_none());
        scores.add(report, &claims, options);
    }
    scores
}

struct Claim<'a> {
    chars: Chars,
    kind: Option<&'a str>,
    point: Option<Point>,
    country: Option<String>,
    feature: Option<&'a str>,
    name: &'a str,
    confidence: f64,
}

impl<'a> Claim<'a> {
    /// A claim without offsets stands on nothing and can only be wrong.
    fn of(value: &'a Value) -> Claim<'a> {
        let place = &value["place"];
        let said = |value: &'a Value| value.as_str().filter(|said| !said.is_empty());
        Claim {
            chars: gold::chars(value).unwrap_or_default(),
            kind: said(&value["kind"]),
            point: gold::point(place),
            country: said(&place["country"]).map(str::to_uppercase),
            feature: said(&place["feature"]),
            name: place["name"].as_str().unwrap_or_default(),
            confidence: value["confidence"].as_f64().unwrap_or_default(),
        }
    }

    fn is_of(&self, kinds: &[String]) -> bool {
        kinds.is_empty() || self.kind.is_none_or(|kind| kinds.iter().any(|other| other == kind))
    }

    /// How far it is from the gold, by the gold's own level; nothing when either has no coordinates.
    fn error_km(&self, gold: &GoldToponym) -> Option<f64> {
        let distance_km = gold.point?.distance_km(self.point?);
        Some(match (&gold.level, &self.country) {
            (Level::Country(code), Some(country)) => {
                let is_country = self.feature.is_none_or(|feature| feature.starts_with("PCL"));
                if country == code && is_country { 0.0 } else { distance_km.max(WRONG_COUNTRY_KM) }
            }
            (Level::Region(tolerance_km), _) if distance_km <= *tolerance_km => 0.0,
            _ => distance_km,
        })
    }
}

impl ToponymScores {
    fn add(&mut self, report: &Gold, claims: &[Claim], options: &Options) {
        let all = distinct(report.toponyms.iter().flatten(), |name| name.chars);
        let (asked, others): (Vec<&GoldToponym>, Vec<_>) = all.into_iter().partition(|name| {
            options.gold_kind.as_ref().is_none_or(|kind| name.kind.as_ref() == Some(kind)) && (!options.coords_only || name.point.is_some())
        });
        let spans: Vec<Chars> = asked.iter().map(|name| name.chars).collect();
        let claimed: Vec<Chars> = claims.iter().map(|claim| claim.chars).collect();
        let is_forgiven = |claim: usize| others.iter().any(|name| name.chars.overlaps(claimed[claim]));

        let identical = matching::identical(&spans, &claimed);
        let pairs = matching::maximum(&matching::candidates(&spans, &claimed), identical.clone(), claims.len());
        self.gold += asked.len();
        self.gold_located += asked.iter().filter(|name| name.point.is_some()).count();
        self.strict += count(&identical, claims.len(), is_forgiven);
        self.overlap += count(&pairs, claims.len(), is_forgiven);
        self.near += end_to_end(&asked, &others, claims, NEAR_KM).0;
        let (far, sure) = end_to_end(&asked, &others, claims, FAR_KM);
        self.far += far;
        self.calibration.claims.extend(sure);

        let mut note = |chars, what: String| {
            let words = excerpt(&report.report.text, chars);
            self.misses.push(Miss { report: report.report.id.clone(), what, words });
        };
        for (name, claim) in asked.iter().zip(&pairs) {
            match claim.map(|claim| (claims[claim].name, claims[claim].error_km(name))) {
                None => note(name.chars, "missed".to_owned()),
                Some((place, Some(error_km))) => {
                    self.errors_km.push(error_km);
                    if error_km > FAR_KM {
                        note(name.chars, format!("{error_km:.0} km off: {place}"));
                    }
                }
                Some((_, None)) if name.point.is_some() => {
                    self.unlocated += 1;
                    note(name.chars, "unlocated".to_owned());
                }
                Some(_) => {}
            }
        }
        for (index, claim) in claims.iter().enumerate() {
            if !pairs.contains(&Some(index)) && !is_forgiven(index) {
                note(claim.chars, format!("no place name: {}", claim.name));
            }
        }
    }

    /// How good the located answers are; nothing when there is none.
    pub fn located(&self) -> Option<Distances> {
        Distances::of(self.errors_km.clone())
    }

    /// The same, with every unlocated answer counted as half the Earth away.
    pub fn all_answers(&self) -> Option<Distances> {
        Distances::of(self.errors_km.iter().copied().chain(std::iter::repeat_n(FARTHEST_KM, self.unlocated)).collect())
    }

    /// All scores under their published names.
    pub fn to_json(&self) -> Value {
        json!({
            "docs": self.reports, "gold": self.gold, "gold_with_coords": self.gold_located,
            "recognition_strict": self.strict.to_json(), "recognition_overlap": self.overlap.to_json(),
            "resolution_resolved": self.located().map(Distances::to_json), "unresolved": self.unlocated,
            "resolution_all": self.all_answers().map(Distances::to_json),
            "e2e@20": self.near.to_json(), "e2e@161": self.far.to_json(),
            "calibration": self.calibration.to_json(),
            "docs_without_prediction_line": self.unread,
        })
    }
}

/// Claims outside the pairing are wrong unless forgiven.
fn count(pairs: &Pairing, claims: usize, is_forgiven: impl Fn(usize) -> bool) -> Counts {
    let paired: BTreeSet<usize> = pairs.iter().copied().flatten().collect();
    let wrong = (0..claims).filter(|claim| !paired.contains(claim) && !is_forgiven(*claim)).count();
    Counts { right: paired.len(), wrong, missed: pairs.len() - paired.len() }
}

/// The counts, and for each claim that counts how sure it was and whether it is right.
fn end_to_end(asked: &[&GoldToponym], others: &[&GoldToponym], claims: &[Claim], limit_km: f64) -> (Counts, Vec<(f64, bool)>) {
    let (located, unlocated): (Vec<&GoldToponym>, Vec<_>) = asked.iter().partition(|name| name.point.is_some());
    let claims: Vec<&Claim> = claims.iter().filter(|claim| claim.point.is_some()).collect();
    let spans: Vec<Chars> = located.iter().map(|name| name.chars).collect();
    let claimed: Vec<Chars> = claims.iter().map(|claim| claim.chars).collect();
    let mut candidates = matching::candidates(&spans, &claimed);
    for (name, near) in located.iter().zip(&mut candidates) {
        near.retain(|&claim| claims[claim].error_km(name).is_some_and(|error_km| error_km <= limit_km));
    }
    let pairs = matching::maximum(&candidates, vec![None; spans.len()], claims.len());
    let is_forgiven = |claim: usize| {
        let overlaps = |name: &&GoldToponym| name.chars.overlaps(claimed[claim]);
        !located.iter().any(overlaps) && others.iter().chain(&unlocated).any(overlaps)
    };
    let right: BTreeSet<usize> = pairs.iter().copied().flatten().collect();
    let judged = (0..claims.len()).filter(|claim| right.contains(claim) || !is_forgiven(*claim));
    let sure = judged.map(|claim| (claims[claim].confidence, right.contains(&claim))).collect();
    (count(&pairs, claims.len(), is_forgiven), sure)
}

/// The first of each span.
fn distinct<T>(all: impl Iterator<Item = T>, chars: impl Fn(&T) -> Chars) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(chars(one))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A degree of longitude at 0 N is 111.2 km.
    fn name(start: u64, end: u64, lon: Option<f64>) -> Value {
        json!({"start": start, "end": end, "lon": lon, "lat": lon.map(|_| 0.0)})
    }

    fn claim(start: u64, end: u64, lon: Option<f64>) -> Value {
        json!({"start": start, "end": end, "kind": "literal", "place": lon.map(|lon| json!({"name": "X", "lon": lon, "lat": 0.0}))})
    }

    fn score(gold: &[Value], claims: &[Value], options: &Options) -> ToponymScores {
        let gold = Gold::of(&json!({"id": "a", "lang": "en", "text": "x".repeat(60), "toponyms": gold})).unwrap();
        toponyms(&[gold], &BTreeMap::from([("a".to_owned(), json!({"toponyms": claims}))]), options)
    }

    fn counts(counts: Counts) -> (usize, usize, usize) {
        (counts.right, counts.wrong, counts.missed)
    }

    #[test]
    fn a_shorter_span_a_wrong_place_a_stray_and_a_miss_count_as_defined() {
        let gold = [name(0, 5, Some(0.0)), name(10, 15, Some(0.0)), name(20, 25, Some(0.0)), name(30, 35, None)];
        let claims = [claim(0, 4, Some(1.0)), claim(10, 15, Some(2.0)), claim(50, 55, Some(0.0)), claim(30, 35, Some(1.0))];
        let scores = score(&gold, &claims, &Options::default());
        assert_eq!((counts(scores.strict), counts(scores.overlap)), ((2, 2, 2), (3, 1, 1)));
        assert_eq!((counts(scores.far), counts(scores.near)), ((1, 2, 2), (0, 3, 3)));
        let whats: Vec<&str> = scores.misses.iter().map(|miss| miss.what.as_str()).collect();
        assert_eq!(whats, ["222 km off: X", "missed", "no place name: X"]);
    }

    #[test]
    fn an_unlocated_name_is_found_but_not_placed() {
        let gold = [name(0, 5, Some(0.0)), name(6, 9, Some(0.0))];
        let scores = score(&gold, &[claim(0, 5, None), claim(6, 9, Some(0.0))], &Options::default());
        assert_eq!((scores.unlocated, counts(scores.overlap), counts(scores.far)), (1, (2, 0, 0), (1, 0, 1)));
        assert!((scores.all_answers().unwrap().within_161 - 0.5).abs() < 1e-12);
    }

    #[test]
    fn gold_that_is_not_asked_for_forgives_the_claims_on_it() {
        let mut gold = [name(0, 5, Some(0.0)), name(10, 15, None)];
        let claims = [claim(10, 15, Some(1.0)), claim(20, 22, None)];
        let options = Options { coords_only: true, ..Options::default() };
        assert_eq!(counts(score(&gold, &claims, &options).strict), (0, 1, 1));
        gold[0]["kind"] = "associative".into();
        gold[1]["kind"] = "literal".into();
        let options = Options { gold_kind: Some("literal".into()), ..Options::default() };
        assert_eq!(counts(score(&gold, &[claim(0, 3, Some(50.0))], &options).overlap), (0, 0, 1));
    }

    #[test]
    fn claims_of_other_kinds_and_second_claims_on_a_span_are_left_out() {
        let mut associative = claim(0, 5, Some(0.0));
        associative["kind"] = "associative".into();
        let options = Options { kinds: vec!["literal".into(), "relative".into()], ..Options::default() };
        let claims = [associative, claim(0, 5, Some(9.0)), claim(0, 5, Some(0.0))];
        let scores = score(&[name(0, 5, Some(0.0))], &claims, &options);
        assert_eq!((counts(scores.strict), counts(scores.far)), ((1, 0, 0), (0, 1, 1)));
    }

    #[test]
    fn a_country_is_right_by_identity_and_a_region_within_its_tolerance() {
        let gold = [
            json!({"start": 0, "end": 4, "lon": -4.0, "lat": 17.57, "level": "country", "country": "ML"}),
            json!({"start": 6, "end": 9, "lon": 0.0, "lat": 0.0, "level": "region", "tol_km": 150}),
        ];
        let at = |feature: &str, lon: f64| {
            let country = json!({"start": 0, "end": 4, "place": {"lon": -8.0, "lat": 13.0, "country": "ml", "feature": feature}});
            counts(score(&gold, &[country, claim(6, 9, Some(lon))], &Options::default()).near)
        };
        assert_eq!(at("PCLI", 1.3), (2, 0, 0));
        assert_eq!(at("PPLC", 1.4), (0, 2, 2));
    }

    #[test]
    fn other_languages_are_left_out_and_unread_reports_counted() {
        let gold = Gold::of(&json!({"id": "a", "lang": "en", "text": "x", "toponyms": [name(0, 1, None)]})).unwrap();
        let of = |lang: &str| {
            toponyms(std::slice::from_ref(&gold), &BTreeMap::new(), &Options { lang: Some(lang.into()), ..Options::default() })
        };
        assert_eq!((of("en").unread, counts(of("en").strict), of("ar").reports), (1, (0, 0, 1), 0));
    }
}

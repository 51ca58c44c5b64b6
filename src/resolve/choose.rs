//! Resolution over the whole report: every name weighed in the light of the others, round after round; then the answers.

use geo::Point;

use crate::gazetteer::{Gazetteer, Place, PlaceRef};
use crate::recognise::Mention;
use crate::text::Text;

use super::About;
use super::area;
use super::confidence::confidence;
use super::feature::Weights;
use super::resolution::{Located, Reason, Resolution, RunnerUp};
use super::tally::reason;
use super::weights;
use super::whole::Whole;

/// Resolves the mentions of one report; `about` is what is known of it from outside its text.
pub fn resolve(text: &Text, mentions: &[Mention], about: &About, gazetteer: &Gazetteer) -> Vec<Resolution> {
    let whole = weighed(text, mentions, about, gazetteer, Weights::embedded());
    let totals: Vec<Totals> = (0..mentions.len()).map(|m| whole.totals(m)).collect();
    let sure: Vec<f64> = mentions.iter().zip(&totals).map(|(m, t)| confidence(m, t, gazetteer)).collect();
    let chosen: Vec<Option<PlaceRef>> = totals.iter().map(|t| t.first().map(|best| best.0)).collect();
    let computed = computed(mentions, &chosen, gazetteer);
    let answer = |m: usize| answer(m, mentions, &totals, sure[m], &computed, gazetteer);
    (0..mentions.len()).map(|m| resolution(&whole, m, answer(m), &totals[m], sure[m])).collect()
}

/// The candidates of a mention with their scores, best first.
type Totals = Vec<(PlaceRef, f64)>;

/// The names of a report after all rounds.
pub(super) fn weighed<'r, 'g>(
    text: &Text,
    mentions: &'r [Mention],
    about: &'r About,
    gazetteer: &'g Gazetteer,
    weights: &'r Weights,
) -> Whole<'r, 'g> {
    let mut whole = Whole::of(text, mentions, about, gazetteer, weights);
    for _ in 0..weights::ROUNDS {
        let chosen: Vec<Option<PlaceRef>> = (0..mentions.len()).map(|m| whole.likeliest(m)).collect();
        if !about.without.context {
            whole.computed = computed(mentions, &chosen, gazetteer);
        }
        whole.weigh();
    }
    whole
}

/// The points that distances in the text give, for the relative mentions and for those that they describe.
fn computed(mentions: &[Mention], chosen: &[Option<PlaceRef>], gazetteer: &Gazetteer) -> Vec<Option<(Point, f64)>> {
    let mut out = vec![None; mentions.len()];
    for (index, mention) in mentions.iter().enumerate() {
        let Some(relation) = mention.relation else { continue };
        let Some(anchor) = chosen.get(relation.anchor).copied().flatten().map(|c| gazetteer.place(c)) else { continue };
        let point = area::located(anchor.point(), f64::from(anchor.radius_m()), &relation);
        out[index] = point;
        if let Some(described) = relation.describes {
            out[described] = point;
        }
    }
    out
}

fn answer(
    index: usize,
    mentions: &[Mention],
    totals: &[Totals],
    sure: f64,
    computed: &[Option<(Point, f64)>],
    gazetteer: &Gazetteer,
) -> Option<Located> {
    let mention = &mentions[index];
    if let Some((place, ..)) = totals[index].first() {
        let needed = if mention.spelt.is_empty() { weights::ABSTAIN_BELOW } else { weights::ABSTAIN_SPELT_BELOW };
        if sure >= needed {
            return Some(located(gazetteer.place(*place), gazetteer));
        }
        // The distance still places a name whose spelling proves nothing.
        if mention.spelt.is_empty() {
            return None;
        }
    }
    // An unknown name takes the place that its distance from a known one gives; so does the distance itself.
    let (point, radius_m) = computed[index]?;
    let describing = || mentions.iter().rev().map_while(|m| m.relation).find(|r| r.describes == Some(index));
    let relation = mention.relation.or_else(describing)?;
    let anchor = totals.get(relation.anchor)?.first().map(|t| gazetteer.place(t.0))?;
    let base = located(anchor, gazetteer);
    let near = radius_m <= 25_000.0;
    Some(Located {
        // It is not the anchor, and must not be taken for it.
        id: format!("relative:{}", base.id),
        name: describe(&relation, &base.name),
        lat: round(point.y()),
        lon: round(point.x()),
        radius_m: radius_m as u32,
        geo_precision: 2,
        where_prec: if near { 2 } else { 5 },
        feature: "AREA".to_owned(),
        outline: None,
        // A hundred kilometres off the unit may be another one.
        admin1: if near { base.admin1 } else { String::new() },
        ..base
    })
}

fn describe(relation: &crate::recognise::Relation, anchor: &str) -> String {
    let compass = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    let kilometres = relation.distance_m.unwrap_or_default() / 1_000.0;
    match relation.bearing_deg {
        Some(bearing) => format!("{kilometres:.0} km {} of {anchor}", compass[(bearing / 45.0).round() as usize % 8]),
        None => format!("{kilometres:.0} km from {anchor}"),
    }
}

/// A gazetteer place as an answer.
pub fn located(place: Place<'_>, gazetteer: &Gazetteer) -> Located {
    let unit = gazetteer.admin1(place.country(), place.admin1()).map(|u| gazetteer.place(u));
    let (geo_precision, where_prec) = precision(place);
    Located {
        id: place.id(),
        name: place.name().to_owned(),
        lat: place.lat(),
        lon: place.lon(),
        country: place.country().to_owned(),
        admin1: unit.map(|u| bare(u.name()).to_owned()).unwrap_or_default(),
        feature: place.feature().to_owned(),
        geo_precision,
        where_prec,
        radius_m: place.radius_m(),
        outline: gazetteer.outline(&place.id()).cloned(),
    }
}

/// The name of a unit without its kind: «Gao Region» is called Gao.
fn bare(name: &str) -> &str {
    const KINDS: [&str; 6] = [" Region", " Province", " Governorate", " State", " District", " Prefecture"];
    KINDS.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name)
}

/// ACLED's and UCDP's precision codes of a gazetteer place.
fn precision(place: Place<'_>) -> (u8, u8) {
    match place.feature() {
        _ if place.is_country() => (3, 6),
        "ADM1" => (3, 4),
        "ADM2" | "ADM3" => (2, 3),
        "SEA" | "OCN" | "GULF" | "STRT" => (3, 7),
        "STM" | "WAD" | "LK" => (2, 5),
        _ if place.is_area() => (3, 5),
        _ => (1, 1),
    }
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

fn resolution(whole: &Whole, mention: usize, place: Option<Located>, totals: &Totals, sure: f64) -> Resolution {
    let (gazetteer, found) = (whole.gazetteer, &whole.mentions[mention]);
    let mut reasons: Vec<Reason> = Vec::new();
    if let Some((best, _)) = totals.first() {
        let signals = whole.signals(mention, *best);
        reasons = signals.into_iter().map(|s| reason(s, *best, found, gazetteer, whole.weights)).collect();
    }
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.what.cmp(&b.what)));
    let confidence = match (&place, totals.is_empty()) {
        (Some(_), false) => sure,
        (Some(_), true) => weights::COMPUTED,
        (None, _) => 0.0,
    };
    let runners_up = totals.iter().skip(usize::from(place.is_some())).take(weights::MAX_RUNNERS_UP).map(|(p, score)| {
        let view = gazetteer.place(*p);
        RunnerUp { id: view.id(), name: format!("{}, {}", view.name(), view.country()), lat: view.lat(), lon: view.lon(), score: *score }
    });
    Resolution {
        is_unrecorded: found.candidates.is_empty() || !found.spelt.is_empty(),
        span: found.span,
        kind: found.kind,
        confidence: (confidence * 100.0).round() / 100.0,
        runners_up: runners_up.collect(),
        reasons,
        place,
    }
}

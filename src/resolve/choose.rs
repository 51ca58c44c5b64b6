//! Resolution over the whole report: candidates scored, countries weighed, scored again in their light.

use std::collections::BTreeMap;

use geo::{MultiPolygon, Point};

use crate::gazetteer::{Gazetteer, Place, PlaceRef};
use crate::recognise::weights::STRONG;
use crate::recognise::{Mention, MentionKind};
use crate::text::Text;

use super::area;
use super::evidence::{Countries, Surroundings, own, points};
use super::resolution::{Located, Reason, Resolution, RunnerUp};
use super::weights;

/// Candidates looked at for one name, most spoken of first: beyond these a name says nothing by itself.
const MAX_CANDIDATES: usize = 24;
/// Rounds of scoring: the second sees the answers of the first.
const ROUNDS: usize = 2;
/// Runners-up kept for the reader.
const MAX_RUNNERS_UP: usize = 5;

struct Scored {
    place: PlaceRef,
    own: Vec<Reason>,
    base: f64,
}

/// Resolves the mentions of one report; `context` are places known from outside its text (headline, source).
pub fn resolve(text: &Text, mentions: &[Mention], context: &[PlaceRef], gazetteer: &Gazetteer) -> Vec<Resolution> {
    let scored: Vec<Vec<Scored>> = mentions.iter().map(|m| candidates(m, gazetteer)).collect();
    let mut chosen: Vec<Option<PlaceRef>> = scored.iter().map(|s| best(s, |c| c.base)).collect();
    let mut countries = countries(mentions, &scored, &chosen, context, gazetteer);
    let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        by_sentence.entry(mention.sentence).or_default().push(index);
    }
    let mut totals: Vec<Vec<(PlaceRef, f64, Vec<Reason>)>> = Vec::new();
    for _ in 0..ROUNDS {
        let computed = computed(mentions, &chosen, gazetteer);
        let points = points(gazetteer, mentions, &chosen);
        let surroundings = Surroundings {
            gazetteer,
            mentions,
            chosen: &chosen,
            countries: &countries,
            computed: &computed,
            by_sentence: &by_sentence,
            points,
        };
        totals = scored.iter().enumerate().map(|(index, list)| total(&surroundings, index, list)).collect();
        agree(text, mentions, &mut totals);
        chosen = totals.iter().map(|t| t.first().map(|(p, _, _)| *p)).collect();
        countries = self::countries(mentions, &scored, &chosen, context, gazetteer);
    }
    let mut answers: Vec<Option<Located>> = (0..mentions.len()).map(|i| answer(i, mentions, &totals, gazetteer)).collect();
    area::place_relatives(mentions, &chosen, &mut answers, &countries.by_share(), gazetteer);
    mentions.iter().zip(answers).zip(totals).map(|((mention, answer), totals)| resolution(mention, answer, totals, gazetteer)).collect()
}

fn candidates(mention: &Mention, gazetteer: &Gazetteer) -> Vec<Scored> {
    let mut out: Vec<Scored> = mention
        .candidates
        .iter()
        .enumerate()
        .map(|(at, (place, flags))| {
            let mut own = own(gazetteer.place(*place), *flags, mention.feature);
            if let Some(spelling) = mention.spelt.get(at) {
                own.push(Reason { what: format!("may be a spelling of «{}»", spelling.name), weight: weights::SPELT * spelling.cost });
            }
            Scored { place: *place, base: own.iter().map(|r| r.weight).sum(), own }
        })
        .collect();
    out.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.place.cmp(&b.place)));
    out.truncate(MAX_CANDIDATES);
    out
}

fn best(list: &[Scored], score: impl Fn(&Scored) -> f64) -> Option<PlaceRef> {
    list.iter().max_by(|a, b| score(a).total_cmp(&score(b)).then(b.place.cmp(&a.place))).map(|s| s.place)
}

/// Which countries the report is about: their own names and nationalities count most, its other places by their answers.
fn countries(
    mentions: &[Mention],
    scored: &[Vec<Scored>],
    chosen: &[Option<PlaceRef>],
    context: &[PlaceRef],
    gazetteer: &Gazetteer,
) -> Countries {
    let mut countries = Countries::default();
    for place in context {
        countries.add(gazetteer.place(*place).country(), 1.0);
        countries.named.insert(gazetteer.place(*place).country().to_owned());
    }
    for ((mention, list), chosen) in mentions.iter().zip(scored).zip(chosen) {
        let Some(place) = chosen.map(|c| gazetteer.place(c)) else { continue };
        if place.is_country() || mention.kind == MentionKind::Associative {
            countries.named.insert(place.country().to_owned());
        }
        let one_country = list.iter().all(|s| gazetteer.place(s.place).country() == place.country());
        if one_country && matches!(place.feature(), "PPLC" | "ADM1") && mention.strength >= STRONG {
            countries.named.insert(place.country().to_owned());
        }
        let weight = match mention.kind {
            _ if place.is_country() && mention.kind == MentionKind::Literal => weights::NAMED_COUNTRY,
            MentionKind::Associative => weights::NATIONALITY,
            // A name that only one country bears says nearly as much as the country's own; namesakes say little.
            _ if one_country => weights::NAME_OF_ONE_COUNTRY,
            _ => weights::NAME_OF_SEVERAL,
        };
        countries.add(place.country(), weight);
    }
    countries.normalise();
    countries
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

fn total(surroundings: &Surroundings<'_>, index: usize, list: &[Scored]) -> Vec<(PlaceRef, f64, Vec<Reason>)> {
    let mut out: Vec<_> = list
        .iter()
        .map(|scored| {
            let mut reasons = scored.own.clone();
            reasons.extend(surroundings.reasons(index, surroundings.gazetteer.place(scored.place)));
            (scored.place, reasons.iter().map(|r| r.weight).sum::<f64>(), reasons)
        })
        .collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// One name means one place throughout a report, unless a kind word says otherwise: its scores are averaged.
fn agree(text: &Text, mentions: &[Mention], totals: &mut [Vec<(PlaceRef, f64, Vec<Reason>)>]) {
    let mut groups: BTreeMap<(String, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, m)| !m.candidates.is_empty() && m.kind == MentionKind::Literal) {
        let name = crate::text::fold::fold_phrase(text.slice(mention.span));
        groups.entry((name, mention.feature)).or_default().push(index);
    }
    for members in groups.values().filter(|m| m.len() > 1) {
        let mut sums: BTreeMap<PlaceRef, (f64, usize)> = BTreeMap::new();
        for (place, score, _) in members.iter().flat_map(|i| &totals[*i]) {
            let entry = sums.entry(*place).or_default();
            *entry = (entry.0 + score, entry.1 + 1);
        }
        for index in members {
            for total in &mut totals[*index] {
                let (sum, count) = sums[&total.0];
                total.1 = sum / count as f64;
            }
            totals[*index].sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
    }
}

fn answer(index: usize, mentions: &[Mention], totals: &[Vec<(PlaceRef, f64, Vec<Reason>)>], gazetteer: &Gazetteer) -> Option<Located> {
    let mention = &mentions[index];
    let (place, ..) = totals[index].first()?;
    let sure = confidence(mention, &totals[index]);
    let needed = if mention.spelt.is_empty() { weights::ABSTAIN_BELOW } else { weights::ABSTAIN_SPELT_BELOW };
    (sure >= needed).then(|| located(gazetteer.place(*place), gazetteer))
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
        outline: outline(place, gazetteer),
    }
}

/// The outline of a region or of a place of the user; those of countries and units are conventions, and drawn elsewhere.
pub(super) fn outline(place: Place<'_>, gazetteer: &Gazetteer) -> Option<MultiPolygon> {
    gazetteer.outline(&place.id()).map(|outline| MultiPolygon::new(vec![outline.clone()]))
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

/// How sure the best candidate is right: its share among all, times how surely the span is a place at all.
fn confidence(mention: &Mention, totals: &[(PlaceRef, f64, Vec<Reason>)]) -> f64 {
    let Some(top) = totals.first().map(|t| t.1) else { return 0.0 };
    let share = |score: f64| ((score - top) / weights::TEMPERATURE).exp();
    let sum: f64 = share(weights::NONE) + totals.iter().map(|t| share(t.1)).sum::<f64>();
    let recognised = 1.0 / (1.0 + (-mention.strength).exp());
    recognised / sum
}

fn resolution(mention: &Mention, place: Option<Located>, totals: Vec<(PlaceRef, f64, Vec<Reason>)>, gazetteer: &Gazetteer) -> Resolution {
    let sure = match (&place, totals.is_empty()) {
        (Some(_), false) => confidence(mention, &totals),
        (Some(_), true) => 0.6,
        (None, _) => 0.0,
    };
    let (score, reasons) = totals.first().map(|t| (t.1, largest_first(t.2.clone()))).unwrap_or_default();
    let runners_up = totals.into_iter().skip(usize::from(place.is_some())).take(MAX_RUNNERS_UP).map(|(p, score, reasons)| {
        let view = gazetteer.place(p);
        let name = format!("{}, {}", view.name(), view.country());
        RunnerUp { id: view.id(), name, lat: view.lat(), lon: view.lon(), score, reasons: largest_first(reasons) }
    });
    Resolution {
        is_area: mention.relation.is_some_and(|r| !r.is_apart()),
        is_unrecorded: mention.candidates.is_empty() || !mention.spelt.is_empty(),
        span: mention.span,
        kind: mention.kind,
        outer: mention.outer,
        is_dateline: mention.is_dateline,
        confidence: (sure * 100.0).round() / 100.0,
        runners_up: runners_up.collect(),
        score,
        reasons,
        place,
    }
}

fn largest_first(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.what.cmp(&b.what)));
    reasons
}

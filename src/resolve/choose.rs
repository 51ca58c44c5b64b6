//! Resolution over the whole report: every name weighed in the light of the others, round after round; then the answers.

use geo::{MultiPolygon, Point};

use crate::gazetteer::{Gazetteer, Place, PlaceRef};
use crate::lang::grammar::Grammar;
use crate::lang::place_words::PlaceWords;
use crate::recognise::{Mention, MentionKind};
use crate::text::Text;

use super::About;
use super::area;
use super::confidence::confidence;
use super::feature::Weights;
use super::report::Sum;
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
    let mut answers: Vec<Option<Located>> = (0..mentions.len()).map(|m| answer(&mentions[m], &totals[m], sure[m], gazetteer)).collect();
    for guess in (0..mentions.len())
        .filter(|m| is_elsewhere(mentions, &chosen, *m, gazetteer) || is_namesake(text, about, mentions, &chosen, *m, gazetteer))
    {
        answers[guess] = None;
    }
    let countries = whole.countries();
    area::place_relatives(mentions, &chosen, &mut answers, &countries, gazetteer);
    let sum = Sum::of(&whole);
    answers.into_iter().enumerate().map(|(m, answer)| resolution(&whole, &sum, m, answer, &totals[m], sure[m])).collect()
}

/// A guess by spelling that lies in another unit than the one named right behind it («قرية كايرو بولاية زمفارا» is not Kajuru of Kaduna).
fn is_elsewhere(mentions: &[Mention], chosen: &[Option<PlaceRef>], guess: usize, gazetteer: &Gazetteer) -> bool {
    let Some(mention) = mentions.get(guess).filter(|m| !m.spelt.is_empty()) else { return false };
    let place = |m: usize| chosen.get(m).copied().flatten().map(|p| gazetteer.place(p));
    let Some(own) = place(guess) else { return false };
    let is_behind = |m: &Mention| {
        m.sentence == mention.sentence && (mention.tokens.end..=mention.tokens.end + weights::UNIT_BEHIND).contains(&m.tokens.start)
    };
    let units = mentions.iter().enumerate().filter(|(_, m)| is_behind(m)).filter_map(|(m, _)| place(m)).filter(|p| p.feature() == "ADM1");
    units.take(1).any(|unit| unit.country() == own.country() && unit.admin1() != own.admin1())
}

/// The name of a hospital, a mosque or the like, where the text says behind it in which place of another country that stands: «Shar Hospital in
/// Sulaymaniyah» is not in Shar.
fn is_namesake(text: &Text, about: &About, mentions: &[Mention], chosen: &[Option<PlaceRef>], index: usize, gazetteer: &Gazetteer) -> bool {
    let words = PlaceWords::of(about.lang);
    let grammar = Grammar::of(about.lang);
    let Some(mention) = mentions.get(index).filter(|m| m.kind == MentionKind::Literal) else { return false };
    let facility =
        |at: usize| words.organisations.at(text, at, about.lang).filter(|(_, key)| *key == "facility").map(|(hit, _)| hit.start..hit.end);
    let before =
        (mention.tokens.start.saturating_sub(2)..mention.tokens.start).filter_map(facility).find(|f| f.end == mention.tokens.start);
    let Some(end) = facility(mention.tokens.end).map(|f| f.end).or_else(|| before.map(|_| mention.tokens.end)) else { return false };
    let country = |m: usize| chosen.get(m).copied().flatten().map(|p| gazetteer.place(p).country());
    let leads = |at: usize| {
        let folded = text.folded(at);
        grammar.at.contains(folded) || grammar.link.contains(folded) || words.features.at(text, at, about.lang).is_some()
    };
    let stands_in = |m: &Mention| {
        let gap = end..m.tokens.start.max(end);
        m.sentence == mention.sentence
            && m.kind == MentionKind::Literal
            && m.tokens.start > end
            && gap.len() <= weights::APPOSED_WORDS
            && gap.into_iter().all(leads)
    };
    let other = mentions.iter().position(stands_in).and_then(country);
    country(index).zip(other).is_some_and(|(own, other)| own != other)
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

fn answer(mention: &Mention, totals: &Totals, sure: f64, gazetteer: &Gazetteer) -> Option<Located> {
    let (place, _) = totals.first()?;
    let needed = if mention.spelt.is_empty() { weights::ABSTAIN_BELOW } else { weights::ABSTAIN_SPELT_BELOW };
    (sure >= needed).then(|| located(gazetteer.place(*place), gazetteer))
}

/// A gazetteer place as an answer.
pub fn located(place: Place<'_>, gazetteer: &Gazetteer) -> Located {
    let unit = gazetteer.admin1(place.country(), place.admin1()).map(|u| gazetteer.place(u));
    let district = gazetteer.admin2(place.country(), place.admin1(), place.admin2()).map(|u| gazetteer.place(u));
    let (geo_precision, where_prec) = precision(place);
    Located {
        id: place.id(),
        name: place.name().to_owned(),
        lat: place.lat(),
        lon: place.lon(),
        country: place.country().to_owned(),
        admin1: unit.map(|u| bare(u.name()).to_owned()).unwrap_or_default(),
        admin2: district.map(|u| bare(u.name()).to_owned()).unwrap_or_default(),
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

fn resolution<'g>(whole: &Whole<'_, 'g>, sum: &Sum<'g>, mention: usize, place: Option<Located>, totals: &Totals, sure: f64) -> Resolution {
    let (gazetteer, found) = (whole.gazetteer, &whole.mentions[mention]);
    let view = whole.view(sum, mention);
    let reasons = |place: PlaceRef| {
        let signals = whole.signals(view.as_ref(), mention, place);
        let mut reasons: Vec<Reason> = signals.into_iter().map(|s| reason(s, place, found, gazetteer, whole.weights)).collect();
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.what.cmp(&b.what)));
        reasons
    };
    let confidence = match (&place, totals.is_empty()) {
        (Some(_), false) => sure,
        (Some(_), true) => weights::COMPUTED,
        (None, _) => 0.0,
    };
    let runners_up = totals.iter().skip(usize::from(place.is_some())).take(weights::MAX_RUNNERS_UP).map(|(p, score)| {
        let view = gazetteer.place(*p);
        let name = format!("{}, {}", view.name(), view.country());
        RunnerUp { id: view.id(), name, lat: view.lat(), lon: view.lon(), score: *score, reasons: reasons(*p) }
    });
    Resolution {
        outer: found.outer,
        is_dateline: found.is_dateline,
        is_area: found.relation.is_some_and(|r| !r.is_apart()),
        is_unrecorded: found.candidates.is_empty() || !found.spelt.is_empty(),
        span: found.span,
        kind: found.kind,
        confidence: (confidence * 100.0).round() / 100.0,
        runners_up: runners_up.collect(),
        score: totals.first().map_or(0.0, |t| t.1),
        reasons: totals.first().map(|t| reasons(t.0)).unwrap_or_default(),
        place,
    }
}

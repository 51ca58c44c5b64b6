//! The answer to «why» in its published shape.

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::incident::why::Why;
use crate::recognise::Report;
use crate::recognise::why::{Spot, needed};
use crate::resolve::{Reason, Resolution};

use super::excerpt::Quoted;
use super::geometry::rounded;
use super::parse::{said, shortened, toponym_place};
use super::properties::{
    AnswerShape, BalanceShape, CandidateShape, NearShape, ReasonShape, RecognitionShape, TrialShape, TriedShape, WhyShape,
};

/// Weights smaller than this are the noise of the arithmetic.
const NOISE: f64 = 1e-3;

/// Why a spot of a report means what it means.
pub fn why(report: &Report, why: &Why, gazetteer: &Gazetteer) -> WhyShape {
    let quoted = Quoted::of(&report.text, why.lang);
    let span = why.resolution.as_ref().map_or(why.spot.span, |r| r.span);
    let (start, end) = quoted.range(span);
    let near = |near: &crate::recognise::why::Near| {
        let place = gazetteer.place(near.place);
        NearShape {
            id: place.id(),
            name: place.name().to_owned(),
            matched: near.name.clone(),
            country: said(place.country()),
            cost_a_letter: shortened(near.cost_a_letter),
        }
    };
    WhyShape {
        report_id: report.id.clone(),
        lang: why.lang.code(),
        start,
        end,
        text: quoted.words(span),
        excerpt: quoted.around(span),
        answer: why.resolution.as_ref().map(answer),
        recognition: recognition(&why.spot),
        tried: why.spot.tried.iter().map(|t| tried(t, &quoted)).collect(),
        near: why.spot.near.iter().map(near).collect(),
        near_allowed: shortened(why.spot.near_allowed),
        candidates: match &why.resolution {
            Some(resolution) => candidates(resolution),
            None => why.named.iter().map(|place| unweighed(*place, gazetteer)).collect(),
        },
        balance: why.balance.as_ref().map(|b| BalanceShape {
            margin: shortened(b.margin),
            second: b.second.clone(),
            decisive: b.decisive.iter().map(reason).collect(),
        }),
        trials: why
            .trials
            .iter()
            .map(|t| TrialShape {
                what: t.trial.label(),
                word: t.trial.word().to_owned(),
                is_other: t.is_other,
                answer: t.resolution.as_ref().map(answer),
            })
            .collect(),
        is_too_long: why.is_too_long,
    }
}

fn answer(resolution: &Resolution) -> AnswerShape {
    AnswerShape {
        kind: resolution.kind.label(),
        confidence: shortened(resolution.confidence),
        place: resolution.place.as_ref().map(toponym_place),
    }
}

fn recognition(spot: &Spot) -> Option<RecognitionShape> {
    let strength = spot.strength?;
    let is_taken = strength >= needed();
    let alone = spot.grounds.iter().filter(|g| (strength - g.weight >= needed()) != is_taken);
    Some(RecognitionShape {
        strength: shortened(strength),
        needed: needed(),
        grounds: spot.grounds.iter().map(|g| ReasonShape { what: g.what.to_owned(), weight: shortened(g.weight) }).collect(),
        alone: alone.map(|g| g.what).collect(),
    })
}

fn tried(tried: &crate::recognise::why::Tried, quoted: &Quoted) -> TriedShape {
    let (start, end) = quoted.range(tried.span);
    TriedShape {
        start,
        end,
        text: quoted.words(tried.span),
        cut: tried.cut.clone(),
        words: tried.words.clone(),
        outcome: tried.outcome.label(),
        places: tried.places,
    }
}

/// The place chosen and the runners-up; what one name says in several sentences is averaged, and the difference shown as a reason.
fn candidates(resolution: &Resolution) -> Vec<CandidateShape> {
    let chosen = resolution.place.as_ref().filter(|_| !resolution.reasons.is_empty()).map(|place| CandidateShape {
        id: place.id.clone(),
        name: place.name.clone(),
        country: said(&place.country),
        lat: rounded(place.lat),
        lon: rounded(place.lon),
        score: Some(shortened(resolution.score)),
        reasons: reasons(&resolution.reasons, resolution.score),
    });
    let others = resolution.runners_up.iter().map(|r| CandidateShape {
        id: r.id.clone(),
        name: r.name.rsplit_once(", ").map_or(r.name.as_str(), |(name, _)| name).to_owned(),
        country: r.name.rsplit_once(", ").and_then(|(_, country)| said(country)),
        lat: rounded(r.lat),
        lon: rounded(r.lon),
        score: Some(shortened(r.score)),
        reasons: reasons(&r.reasons, r.score),
    });
    chosen.into_iter().chain(others).collect()
}

fn reasons(all: &[Reason], score: f64) -> Vec<ReasonShape> {
    let rest = score - all.iter().map(|r| r.weight).sum::<f64>();
    let elsewhere =
        (rest.abs() >= NOISE).then(|| ReasonShape { what: "the same name elsewhere in the report".to_owned(), weight: shortened(rest) });
    all.iter().map(reason).chain(elsewhere).collect()
}

fn reason(reason: &Reason) -> ReasonShape {
    ReasonShape { what: reason.what.clone(), weight: shortened(reason.weight) }
}

fn unweighed(place: PlaceRef, gazetteer: &Gazetteer) -> CandidateShape {
    let place = gazetteer.place(place);
    CandidateShape {
        id: place.id(),
        name: place.name().to_owned(),
        country: said(place.country()),
        lat: rounded(place.lat()),
        lon: rounded(place.lon()),
        score: None,
        reasons: Vec::new(),
    }
}

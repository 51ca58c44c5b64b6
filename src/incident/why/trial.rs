//! What would have changed an answer: the report with one thing otherwise, read again.

use std::ops::Range;

use crate::gazetteer::{Place, PlaceRef};
use crate::lang::grammar::Grammar;
use crate::lang::place_words::PlaceWords;
use crate::lang::{Lang, litter};
use crate::recognise::why::Spot;
use crate::recognise::{Mention, MentionKind, toponym};
use crate::resolve::Resolution;
use crate::text::fold::fold_phrase;
use crate::text::{Span, Text, TokenKind};

use super::{Reading, at};

/// Other names of the report that are left out one by one, nearest first.
const MAX_OTHER_NAMES: usize = 12;
/// Confidence that leaving a name out has to move to be told.
const TOLD_CONFIDENCE: f64 = 0.1;
/// People from which a place is called a city and no village.
const CITY: u32 = 20_000;

/// One thing that was otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trial {
    /// A kind word stood before the name.
    KindWord(String),
    /// A preposition stood before the name.
    Preposition(String),
    /// The country or unit of another candidate stood behind it.
    Beside(String),
    /// The word before it, or what is written together with it, did not stand there.
    WithoutBefore(String),
    /// Another name did not stand in the report.
    WithoutName(String),
}

impl Trial {
    /// The published word.
    pub fn label(&self) -> &'static str {
        match self {
            Trial::KindWord(_) => "kind_word",
            Trial::Preposition(_) => "preposition",
            Trial::Beside(_) => "beside",
            Trial::WithoutBefore(_) => "without_before",
            Trial::WithoutName(_) => "without_name",
        }
    }

    /// The word that was added or left out.
    pub fn word(&self) -> &str {
        match self {
            Trial::KindWord(word)
            | Trial::Preposition(word)
            | Trial::Beside(word)
            | Trial::WithoutBefore(word)
            | Trial::WithoutName(word) => word,
        }
    }
}

/// What one trial gave.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What was otherwise.
    pub trial: Trial,
    /// The answer then; `None`: no mention.
    pub resolution: Option<Resolution>,
    /// True when it is another answer: another place, a place instead of none, a mention instead of none, or the reverse.
    pub is_other: bool,
}

/// All trials of one spot.
pub(super) fn all(reading: &Reading<'_>, text: &Text, spot: &Spot, now: Option<&Resolution>, mentions: &[Mention]) -> Vec<Tried> {
    let mut out: Vec<Tried> = changes(reading, text, spot, now)
        .into_iter()
        .map(|(trial, edit)| {
            let resolution = edit.read(reading, text.original);
            Tried { is_other: differs(now, resolution.as_ref()), trial, resolution }
        })
        .collect();
    let Some(now) = now else { return out };
    for name in other_names(text, spot, mentions) {
        let left = mentions.iter().filter(|m| fold_phrase(text.slice(m.span)) != name.0).cloned().collect();
        let resolution = at(&reading.resolve(text, left), spot.span).cloned();
        let is_other = differs(Some(now), resolution.as_ref());
        let moved = resolution.as_ref().map_or(1.0, |r| (r.confidence - now.confidence).abs());
        if is_other || moved >= TOLD_CONFIDENCE {
            out.push(Tried { trial: Trial::WithoutName(name.1), resolution, is_other });
        }
    }
    out
}

/// True when two answers are not the same.
fn differs(now: Option<&Resolution>, then: Option<&Resolution>) -> bool {
    let answer = |r: Option<&Resolution>| r.map(|r| (r.place.as_ref().map(|p| p.id.clone()), r.kind == MentionKind::Associative));
    answer(now) != answer(then)
}

/// The report with some bytes replaced, and where the name stands then.
struct Edit {
    replaced: Range<usize>,
    with: String,
    name_at: usize,
}

impl Edit {
    fn read(&self, reading: &Reading<'_>, original: &str) -> Option<Resolution> {
        let changed = [original.get(..self.replaced.start)?, &self.with, original.get(self.replaced.end..)?].concat();
        let text = litter::read(&changed);
        let found = toponym::toponyms(&text, reading.lang, reading.gazetteer);
        let name_at = self.name_at as u32;
        at(&reading.resolve(&text, found), Span { start: name_at, end: name_at + 1 }).cloned()
    }
}

/// The trials that change words around the name.
fn changes(reading: &Reading<'_>, text: &Text, spot: &Spot, now: Option<&Resolution>) -> Vec<(Trial, Edit)> {
    let (start, end) = (spot.span.start as usize, spot.span.end as usize);
    let first = text.tokens[spot.tokens.start];
    let token_start = first.span.start as usize;
    let mut out = Vec::new();
    if first.kind == TokenKind::Punct || first.kind == TokenKind::Number {
        return out;
    }
    let before = |word: &str| Edit { replaced: token_start..start, with: format!("{word} "), name_at: token_start + word.len() + 1 };
    let chosen = now.and_then(|r| r.place.as_ref()).and_then(|p| reading.gazetteer.by_id(&p.id));
    let named = chosen.or_else(|| spot.named.first().map(|place| reading.gazetteer.place(*place)));
    let has_kind = spot.mention.as_ref().is_some_and(|m| m.feature.is_some());
    if let Some(word) = kind_word(reading.lang, named).filter(|_| !has_kind) {
        let joined = Grammar::of(reading.lang).trial.get(1).map_or_else(|| word.clone(), |link| format!("{word} {link}"));
        out.push((Trial::KindWord(word), before(&joined)));
    }
    let is_preceded = start > token_start;
    if let Some(word) = Grammar::of(reading.lang).trial.first().filter(|_| now.is_none() && !is_preceded) {
        out.push((Trial::Preposition(word.clone()), before(word)));
    }
    if let Some(name) = other_unit(reading, spot, now) {
        out.push((Trial::Beside(name.clone()), Edit { replaced: end..end, with: format!(" ({name})"), name_at: start }));
    }
    let previous = spot.tokens.start.checked_sub(1).map(|at| text.tokens[at]);
    let previous = previous.filter(|t| t.kind != TokenKind::Punct && t.sentence == first.sentence);
    if is_preceded {
        let written = text.original.get(token_start..start).unwrap_or_default().to_owned();
        out.push((Trial::WithoutBefore(written), Edit { replaced: token_start..start, with: String::new(), name_at: token_start }));
    } else if let Some(token) = previous {
        let from = token.span.start as usize;
        let edit = Edit { replaced: from..token_start, with: String::new(), name_at: from };
        out.push((Trial::WithoutBefore(text.slice(token.span).to_owned()), edit));
    }
    out
}

/// The word for the kind of a place, as one writes it in a language; for an unknown one «village».
fn kind_word(lang: Lang, place: Option<Place<'_>>) -> Option<String> {
    let key = match place {
        Some(place) if place.is_country() || place.feature() == "CONT" => return None,
        Some(place) if place.is_water() => "river",
        Some(place) if place.feature().starts_with("ADM") => "province",
        Some(place) if place.is_area() => "region",
        Some(place) if place.population() >= CITY => "city",
        _ => "village",
    };
    let groups = &PlaceWords::of(lang).features.groups;
    let number = groups.keys.iter().position(|k| k == key)?;
    groups.entries.iter().find(|(k, _)| usize::from(*k) == number).and_then(|(_, variants)| variants.first()).cloned()
}

/// The country, else the unit, that tells the second candidate from the best; of a refused name the country of the first.
fn other_unit(reading: &Reading<'_>, spot: &Spot, now: Option<&Resolution>) -> Option<String> {
    let gazetteer = reading.gazetteer;
    let spoken = |place: PlaceRef| {
        let place = gazetteer.place(place);
        let name = match reading.lang {
            Lang::Ar => place.name_ar(),
            Lang::Fr => place.name_fr(),
            // The English name of a country is its full one («Republic of Mali»).
            Lang::En => place.name(),
        };
        name.to_owned()
    };
    let best = now.and_then(|r| r.place.as_ref()).and_then(|p| gazetteer.by_id(&p.id));
    let others = now.into_iter().flat_map(|r| &r.runners_up).filter_map(|r| gazetteer.by_id(&r.id));
    let Some(best) = best else {
        let first = others.map(Place::reference).chain(spot.named.iter().copied()).map(|p| gazetteer.place(p)).find(|p| !p.is_country())?;
        return gazetteer.country(first.country()).map(spoken);
    };
    let mut others = others.filter(|p| !p.is_country());
    let abroad = others.clone().find(|p| p.country() != best.country()).and_then(|p| gazetteer.country(p.country()));
    let elsewhere = || {
        let unit = others.find(|p| p.admin1() != best.admin1())?;
        gazetteer.admin1(unit.country(), unit.admin1())
    };
    abroad.or_else(elsewhere).map(spoken)
}

/// The other names of a report, folded and as written, each once, nearest first.
fn other_names(text: &Text, spot: &Spot, mentions: &[Mention]) -> Vec<(String, String)> {
    let own = fold_phrase(text.slice(spot.span));
    let mut near: Vec<(usize, &Mention)> =
        mentions.iter().map(|m| (m.tokens.start.abs_diff(spot.tokens.start), m)).filter(|(distance, _)| *distance > 0).collect();
    near.sort_by_key(|(distance, m)| (*distance, m.span));
    let mut out: Vec<(String, String)> = Vec::new();
    for (_, mention) in near {
        let written = text.slice(mention.span);
        let folded = fold_phrase(written);
        if folded != own && !out.iter().any(|(known, _)| *known == folded) {
            out.push((folded, written.to_owned()));
        }
        if out.len() == MAX_OTHER_NAMES {
            break;
        }
    }
    out
}

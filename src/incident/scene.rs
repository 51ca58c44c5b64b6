//! Which of the places named is the place of the event.

use crate::recognise::event::EventSigns;
use crate::resolve::Located;

use super::statement::{Recognised, Statement, is_in_dateline};
use super::weights;

/// A scene that a sentence without an event may still supply: an exact place that is no capital.
pub(super) fn may_supply(all: &Recognised<'_>, scene: Scene) -> bool {
    all.resolutions[scene.mention].place.as_ref().is_none_or(|p| p.where_prec <= 2 && p.feature != "PPLC")
}

/// A mention weighed as the scene.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    /// Index into the mentions.
    pub(super) mention: usize,
    pub(super) score: f64,
}

/// The likeliest scene among the places of a statement.
pub(super) fn scene(all: &Recognised<'_>, statement: &Statement<'_>) -> Option<Scene> {
    statement
        .places
        .iter()
        .map(|mention| Scene { mention: *mention, score: weigh(all, statement, *mention) })
        .filter(|s| s.score >= weights::MIN_SCENE)
        .max_by(|a, b| a.score.total_cmp(&b.score).then(b.mention.cmp(&a.mention)))
}

fn weigh(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
    let mention = &all.mentions[index];
    let mut sum = match &all.resolutions[index].place {
        Some(place) => weights::PRECISION[usize::from(place.where_prec.min(7))],
        None => weights::UNLOCATED_NAME,
    };
    sum += role(all, statement.sentence, mention.tokens.start);
    if mention.sentence == statement.sentence {
        sum += weights::FAR_FROM_EVENT * statement.distance_to_event(mention.tokens.start).min(30) as f64;
    }
    // A distance that describes a named place gives its place to that one; the anchor is elsewhere.
    let is_anchor = all.mentions.iter().any(|m| m.relation.is_some_and(|r| r.anchor == index));
    let describes = mention.relation.is_some_and(|r| r.describes.is_some());
    if is_anchor || describes {
        sum += weights::ANCHOR;
    }
    if is_dateline(all, index) {
        sum += weights::DATELINE;
    }
    if is_office(all, mention.tokens.start) {
        sum += weights::OFFICE;
    }
    if is_reference(all, index) {
        sum += weights::REFERENCE;
    }
    if mention.sentence == statement.sentence && statement.is_of_speech(all, &mention.tokens) {
        sum += weights::OF_SPEECH;
    }
    sum
}

/// What the words before a place make of it: the nearest counts.
fn role(all: &Recognised<'_>, sentence: usize, token: usize) -> f64 {
    let before = EventSigns::in_sentence(&all.signs.roles, sentence).iter().rev().filter(|w| w.hit.end <= token);
    let reach = |key: &str| if matches!(key, "origin" | "refuge" | "treatment") { weights::FAR_ROLE_GAP } else { weights::ROLE_GAP };
    match before.filter(|w| token - w.hit.end <= reach(w.key)).map(|w| w.key).next() {
        Some("scene") => weights::SCENE,
        Some("refuge" | "treatment" | "origin" | "destination" | "speaker" | "seat" | "meeting" | "comparison") => weights::NOT_SCENE,
        _ => 0.0,
    }
}

/// The first words of the text, before a dash or a colon: where it was written.
fn is_dateline(all: &Recognised<'_>, index: usize) -> bool {
    let mention = &all.mentions[index];
    let start = all.text.sentences[mention.sentence].start;
    mention.tokens.start <= start + 2 && is_in_dateline(all, mention.tokens.end)
}

/// A direction word at most a few words before, with only links and kind words between.
fn is_reference(all: &Recognised<'_>, index: usize) -> bool {
    let mention = &all.mentions[index];
    let from = mention.tokens.start.saturating_sub(4);
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    let other_between = |t: usize| all.mentions.iter().any(|m| m.tokens.contains(&t) && m.relation.is_none());
    (from..mention.tokens.start)
        .rev()
        .take_while(|t| all.text.tokens[*t].sentence as usize == mention.sentence && !other_between(*t))
        .any(|t| words.directions.at(all.text, t, all.lang).is_some_and(|(hit, key)| key != "centre" && hit.end <= mention.tokens.start))
}

/// «the governor of Diffa», «شرطة محافظة نينوى»: an office right before.
fn is_office(all: &Recognised<'_>, token: usize) -> bool {
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    (token.saturating_sub(3)..token).any(|t| {
        words
            .persons
            .at(all.text, t, all.lang)
            .is_some_and(|(hit, key)| key == "title" && hit.end <= token && all.text.tokens[t].sentence == all.text.tokens[token].sentence)
    })
}

/// True when two places are so far apart that they are two scenes.
pub(super) fn differ(a: &Located, b: &Located) -> bool {
    use geo::{Distance, Haversine, Point};
    let exact = a.where_prec <= 2 && b.where_prec <= 2;
    let metres = Haversine.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat));
    let other_unit = a.where_prec <= 4 && b.where_prec <= 4 && !a.admin1.is_empty() && !b.admin1.is_empty() && a.admin1 != b.admin1;
    (exact || other_unit) && a.id != b.id && metres > weights::OTHER_SCENE_M.max(f64::from(a.radius_m.max(b.radius_m)))
}

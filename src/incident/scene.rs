//! Which of the places named is the place of the event.

use crate::recognise::event::EventSigns;
use crate::resolve::Located;

use super::statement::{Recognised, Statement};
use super::weights;

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
    sum
}

/// What the words right before a place make of it.
fn role(all: &Recognised<'_>, sentence: usize, token: usize) -> f64 {
    let near = EventSigns::in_sentence(&all.signs.roles, sentence)
        .iter()
        .rev()
        .find(|w| w.hit.end <= token && token - w.hit.end <= weights::ROLE_GAP);
    match near.map(|w| w.key) {
        Some("scene") => weights::SCENE,
        Some("refuge" | "treatment" | "origin" | "destination" | "speaker" | "seat" | "meeting" | "comparison") => weights::NOT_SCENE,
        _ => 0.0,
    }
}

/// The first words of the text, before a dash or a colon: where it was written.
fn is_dateline(all: &Recognised<'_>, index: usize) -> bool {
    let end = all.mentions[index].tokens.end;
    end <= 6
        && (end..(end + 4).min(all.text.tokens.len()))
            .any(|t| matches!(all.text.slice(all.text.tokens[t].span), "-" | "–" | "—" | "ـ" | ":"))
        && all.mentions[index].tokens.start <= 3
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
    exact && a.id != b.id && metres > weights::OTHER_SCENE_M.max(f64::from(a.radius_m.max(b.radius_m)))
}

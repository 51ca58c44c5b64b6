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
        // Where it was written is where it happened only if the text says so elsewhere.
        .filter(|mention| !all.mentions[**mention].is_dateline)
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
    sum += role(all, statement, mention.tokens.start);
    if mention.sentence == statement.sentence {
        sum += weights::FAR_FROM_EVENT * statement.distance_to_event(mention.tokens.start).min(30) as f64;
    }
    // A distance that describes a named place gives its place to that one; the anchor is elsewhere.
    let is_anchor = all.anchors.contains(&index);
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
    if is_reference(all, index) || is_across_border(all, index) {
        sum += weights::REFERENCE;
    }
    if is_container(all, statement, index) {
        sum += weights::CONTAINER;
    }
    let here = mention.sentence == statement.sentence;
    if here && (statement.is_of_speech(all, &mention.tokens) || is_speaker(all, statement, index)) {
        sum += weights::OF_SPEECH;
    }
    sum
}

/// What the words before a place make of it: the nearest counts.
fn role(all: &Recognised<'_>, statement: &Statement<'_>, token: usize) -> f64 {
    let before = EventSigns::in_sentence(&all.signs.roles, statement.sentence).iter().rev().filter(|w| w.hit.end <= token);
    let reach = |key: &str| if matches!(key, "origin" | "refuge" | "treatment") { weights::FAR_ROLE_GAP } else { weights::ROLE_GAP };
    match before.filter(|w| token - w.hit.end <= reach(w.key)).map(|w| w.key).next() {
        Some("scene") => weights::SCENE,
        // Missiles are launched toward what they hit.
        Some("destination") if ["shelling", "airstrike", "bombardment"].iter().any(|k| statement.has_event(k)) => weights::SCENE,
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
pub(super) fn is_reference(all: &Recognised<'_>, index: usize) -> bool {
    let mention = &all.mentions[index];
    let from = mention.tokens.start.saturating_sub(4);
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    let here = &all.by_sentence[mention.sentence];
    let other_between = |t: usize| here.iter().map(|m| &all.mentions[*m]).any(|m| m.tokens.contains(&t) && m.relation.is_none());
    (from..mention.tokens.start)
        .rev()
        .take_while(|t| all.text.tokens[*t].sentence as usize == mention.sentence && !other_between(*t))
        .any(|t| words.directions.at(all.text, t, all.lang).is_some_and(|(hit, key)| key != "centre" && hit.end <= mention.tokens.start))
}

/// «the embassy in Bamako condemned the attack»: a place before the word of speech, and before any event.
fn is_speaker(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> bool {
    let tokens = &all.mentions[index].tokens;
    let speech = EventSigns::in_sentence(&all.signs.speech, statement.sentence);
    let says = speech.iter().any(|w| w.key == "said" && w.hit.start >= tokens.end && w.hit.start - tokens.end <= weights::SPEAKER_GAP);
    says && statement.events.iter().all(|w| w.hit.start > tokens.end) && statement.counts.iter().all(|c| c.tokens.start > tokens.end)
}

/// «the border with Mali»: what lies on the other side.
fn is_across_border(all: &Recognised<'_>, index: usize) -> bool {
    near_word(all, index, &["border"])
}

/// «near Gao», «القريبة من مدينة معرة النعمان»: the event was not in it.
pub(super) fn is_only_near(all: &Recognised<'_>, index: usize) -> bool {
    let mention = &all.mentions[index];
    (mention.tokens.start.saturating_sub(4)..mention.tokens.start)
        .any(|t| all.text.tokens[t].sentence as usize == mention.sentence && all.grammar.near.contains(all.text.folded(t)))
}

/// A kind word of one of the keys at most four words before.
fn near_word(all: &Recognised<'_>, index: usize, keys: &[&str]) -> bool {
    let mention = &all.mentions[index];
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    (mention.tokens.start.saturating_sub(4)..mention.tokens.start).any(|t| {
        all.text.tokens[t].sentence as usize == mention.sentence
            && words.features.at(all.text, t, all.lang).is_some_and(|(hit, key)| keys.contains(&key) && hit.end <= mention.tokens.start)
    })
}

/// The seat of the unit in which another exact place of the sentence lies, or the unit of «a village in X».
fn is_container(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> bool {
    let Some(place) = all.resolutions[index].place.as_ref() else { return false };
    let start = all.mentions[index].tokens.start;
    let inside = start >= 2 && all.grammar.inside.contains(all.text.folded(start - 1)) && {
        let words = crate::lang::place_words::PlaceWords::of(all.lang);
        words.features.at(all.text, start - 2, all.lang).is_some_and(|(_, key)| matches!(key, "village" | "town" | "camp"))
    };
    let in_brackets = named_before_bracket(all, index).is_some_and(|named| named != index);
    inside
        || in_brackets
        || statement
            .places
            .iter()
            .filter(|p| **p != index)
            .filter_map(|p| all.resolutions[*p].place.as_ref())
            .any(|other| holds(place, other))
}

/// «Bankass (Mopti)», «Theim (Anzourou, Tillaberi)»: for a place in brackets, the mention that the brackets belong to.
fn named_before_bracket(all: &Recognised<'_>, index: usize) -> Option<usize> {
    let mention = &all.mentions[index];
    let sentence = all.text.sentences[mention.sentence].start;
    let sign = |t: usize| all.text.slice(all.text.tokens[t].span);
    let open = (sentence..mention.tokens.start).rev().take_while(|t| sign(*t) != ")").find(|t| sign(*t) == "(")?;
    all.by_sentence[mention.sentence].iter().copied().find(|m| all.mentions[*m].tokens.end == open)
}

/// The place in brackets behind a name that is not located itself: «the village of X (commune, province)».
pub(super) fn unit_of(all: &Recognised<'_>, index: usize) -> Option<usize> {
    let here = &all.by_sentence[all.mentions[index].sentence];
    here.iter()
        .copied()
        .find(|m| named_before_bracket(all, *m) == Some(index) && all.resolutions[*m].place.as_ref().is_some_and(|p| p.where_prec <= 3))
}

/// «between Hombori and Gossi»: the other end, when both are exact places.
pub(super) fn other_end(all: &Recognised<'_>, index: usize) -> Option<usize> {
    let mention = &all.mentions[index];
    let from = mention.tokens.start.saturating_sub(4);
    let between = (from..mention.tokens.start)
        .any(|t| all.text.tokens[t].sentence as usize == mention.sentence && all.grammar.between.contains(all.text.folded(t)));
    let exact = |m: usize| all.resolutions[m].place.as_ref().is_some_and(|p| p.where_prec <= 2);
    let next = |m: &&usize| {
        let start = all.mentions[**m].tokens.start;
        start >= mention.tokens.end && start - mention.tokens.end <= 3 && all.mentions[**m].relation.is_none()
    };
    let other = all.by_sentence[mention.sentence].iter().find(next).copied()?;
    (between && exact(index) && exact(other)).then_some(other)
}

/// True when one place is the first-level unit, or its seat, that the other lies in.
pub(super) fn holds(unit: &Located, other: &Located) -> bool {
    let is_seat = |p: &Located| matches!(p.feature.as_str(), "PPLA" | "PPLC");
    let is_unit = unit.where_prec == 4;
    let larger = is_unit || is_seat(unit) && !is_seat(other);
    larger && other.where_prec <= 2 && !unit.admin1.is_empty() && unit.admin1 == other.admin1 && unit.country == other.country
}

/// «the governor of Diffa», «شرطة محافظة نينوى»: an office right before.
fn is_office(all: &Recognised<'_>, token: usize) -> bool {
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    let leads = |t: usize| {
        let is_apostrophe = matches!(all.text.slice(all.text.tokens[t].span), "'" | "\u{2019}");
        is_apostrophe || all.grammar.link.contains(all.text.folded(t)) || words.features.at(all.text, t, all.lang).is_some()
    };
    // «the priest in Djibo» holds no office of Djibo: only «of» leads from an office to its place.
    (token.saturating_sub(3)..token).any(|t| {
        let title = words.persons.at(all.text, t, all.lang).filter(|(hit, key)| *key == "title" && hit.end <= token);
        title.is_some_and(|(hit, _)| all.text.tokens[t].sentence == all.text.tokens[token].sentence && (hit.end..token).all(leads))
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

//! Which of the places named is the place of the event.

use crate::lang::Lang;
use crate::recognise::event::{EventSigns, EventWord};
use crate::resolve::Located;

mod attach;
mod name;

pub(super) use name::whole_name;

use attach::{attachment, coarseness};

use super::list::listed;
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
    best(all, statement).map(|(scene, _)| scene).filter(|s| s.score >= weights::MIN_SCENE)
}

/// The same without regard to what an incident needs, with the sum by which it was chosen.
pub(super) fn best(all: &Recognised<'_>, statement: &Statement<'_>) -> Option<(Scene, f64)> {
    // Where it was written is where it happened only if the text says so elsewhere.
    let places = statement.places.iter().filter(|mention| !all.mentions[**mention].is_dateline);
    let weighed = places.map(|mention| {
        let (own, hangs) = (weigh(all, statement, *mention), attachment(all, statement, *mention));
        let coarse = coarseness(all, statement, *mention);
        (Scene { mention: *mention, score: own + hangs }, own + weights::ATTACHMENT * (hangs + coarse))
    });
    let (scene, chosen) = weighed.max_by(|(a, chosen), (b, other)| chosen.total_cmp(other).then(b.mention.cmp(&a.mention)))?;
    // Of several in one list the first stands for all.
    let first = listed(all, scene.mention).into_iter().find(|m| statement.places.contains(m) && !all.mentions[*m].is_dateline);
    Some((Scene { mention: first.unwrap_or(scene.mention), ..scene }, chosen))
}

/// What a place is by itself, and by the words for its role.
pub(super) fn weigh(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
    let mention = &all.mentions[index];
    let mut sum = match &all.resolutions[index].place {
        Some(place) => weights::PRECISION[usize::from(place.where_prec.max(if is_called_unit(all, index) { 4 } else { 0 }).min(7))],
        None => weights::UNLOCATED_NAME,
    };
    sum += role(all, statement, mention.tokens.start);
    // A distance that describes a named place gives its place to that one; the anchor is elsewhere.
    let is_anchor = all.anchors.contains(&index);
    let describes = mention.relation.and_then(|r| r.describes).is_some_and(|described| !is_unit(all, described));
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

/// The first token of the role word that [`role`] reads before a place.
fn before_token(all: &Recognised<'_>, statement: &Statement<'_>, token: usize) -> usize {
    let roles = EventSigns::in_sentence(&all.signs.roles, statement.sentence);
    roles.iter().rev().find(|w| w.hit.end <= token).map_or(token, |w| w.hit.start)
}

/// Words of flight stand shortly before a token.
fn flees(statement: &Statement<'_>, token: usize) -> bool {
    let near = |end: usize| end <= token && token - end <= weights::FLIGHT_GAP;
    statement.flags.iter().any(|w| w.key == "displaced" && near(w.hit.end))
}

/// A region or a country, which no distance describes: «in the Kidal region, 15 km from Aguelhok».
pub(super) fn is_unit(all: &Recognised<'_>, index: usize) -> bool {
    is_called_unit(all, index) || all.resolutions[index].place.as_ref().is_some_and(|p| p.where_prec >= 3)
}

/// «la région de Kidal» is one, also where the name is taken for its seat; «منطقة أواز» may be any place.
fn is_called_unit(all: &Recognised<'_>, index: usize) -> bool {
    let is_seat = |p: &Located| matches!(p.feature.as_str(), "PPLA" | "PPLC");
    matches!(all.mentions[index].feature, Some("region" | "province")) && all.resolutions[index].place.as_ref().is_some_and(is_seat)
}

/// A preposition of place stands right before a token, or is written together with it.
fn is_in(all: &Recognised<'_>, sentence: usize, token: usize) -> bool {
    let place = |t: usize| all.text.tokens[t].sentence as usize == sentence && all.grammar.place.contains(all.text.folded(t));
    let from = token.saturating_sub(3).max(all.text.sentences[sentence].start);
    (from..token).any(place)
}

/// What the words before a place make of it: the nearest counts.
pub(super) fn role(all: &Recognised<'_>, statement: &Statement<'_>, token: usize) -> f64 {
    let before = EventSigns::in_sentence(&all.signs.roles, statement.sentence).iter().rev().filter(|w| w.hit.end <= token);
    let reach =
        |key: &str| if matches!(key, "origin" | "refuge" | "arrival" | "treatment") { weights::FAR_ROLE_GAP } else { weights::ROLE_GAP };
    // «hid in Gao», asked of «hid»: a word is no role of what it tells of itself.
    let is_event = |w: &&EventWord| w.key != "scene" && statement.events.iter().any(|e| e.hit.start < w.hit.end && w.hit.start < e.hit.end);
    match before.filter(|w| !is_event(w)).filter(|w| token - w.hit.end <= reach(w.key)).map(|w| w.key).next() {
        Some("scene") => weights::SCENE,
        // Missiles are launched toward what they hit.
        Some("destination") if statement.is_of_fire() => weights::SCENE,
        // «the insurgents reached the village»: only who flees arrives at a refuge.
        Some("arrival") if flees(statement, before_token(all, statement, token)) => weights::NOT_SCENE,
        // «in the capital Mogadishu»: what stands behind «in» is where it was.
        Some("seat" | "speaker" | "post") if is_in(all, statement.sentence, before_token(all, statement, token)) => 0.0,
        // «protested outside the embassy in Niamey»: what is done at it or to it is done there.
        Some("post" | "office") if is_done_to(all, statement, before_token(all, statement, token)) => 0.0,
        Some("refuge" | "treatment" | "origin" | "destination" | "speaker" | "post" | "office" | "seat" | "meeting" | "comparison") => {
            weights::NOT_SCENE
        }
        _ => 0.0,
    }
}

/// An event word stands before a token, and no word of speech.
fn is_done_to(all: &Recognised<'_>, statement: &Statement<'_>, token: usize) -> bool {
    let speech = EventSigns::in_sentence(&all.signs.speech, statement.sentence);
    let is_before = |w: &EventWord| w.hit.end <= token;
    statement.events.iter().any(is_before) && !speech.iter().any(is_before)
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
pub(super) fn near_word(all: &Recognised<'_>, index: usize, keys: &[&str]) -> bool {
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

/// The unit of a name that is not located itself: in brackets behind it («the village of X (commune, province)»), or said to hold it
/// («X, in Zamfara state», «قرية غرغرندو في منطقة تيلابيري»).
pub(super) fn unit_of(all: &Recognised<'_>, index: usize) -> Option<usize> {
    let mention = &all.mentions[index];
    let place = |m: usize| all.resolutions[m].place.as_ref();
    let here = || all.by_sentence[mention.sentence].iter().copied();
    let in_brackets = here().find(|m| named_before_bracket(all, *m) == Some(index) && place(*m).is_some_and(|p| p.where_prec <= 3));
    let behind = here().filter(|m| all.mentions[*m].tokens.start >= mention.tokens.end && all.mentions[*m].relation.is_none());
    let holds = |m: &usize| {
        let between = mention.tokens.end..all.mentions[*m].tokens.start;
        let close = between.len() <= weights::UNIT_BEHIND;
        // «the Chattar quarter of Gao», «حي خور سيال شرق الفاشر»: a town, where nothing stands between but what leads to it.
        // Where there are no capitals, a second word may still belong to the name.
        let rest = between.clone().skip(usize::from(all.lang == Lang::Ar && all.resolutions[index].place.is_none()));
        let is_told = !between.is_empty()
            && (between.clone().all(|t| is_apposing(all, t)) || rest.len() > 0 && rest.into_iter().all(|t| is_apposing(all, t)));
        let least = if is_told { 1 } else { 3 };
        close && place(*m).is_some_and(|p| (least..=4).contains(&p.where_prec))
    };
    in_brackets.or_else(|| behind.min_by_key(|m| all.mentions[*m].tokens.start).filter(holds))
}

/// Small words, words for kinds and directions, and a comma: what may stand between a name and what it lies in.
fn is_apposing(all: &Recognised<'_>, token: usize) -> bool {
    let words = crate::lang::place_words::PlaceWords::of(all.lang);
    let folded = all.text.folded(token);
    matches!(all.text.slice(all.text.tokens[token].span), "," | "،" | "(")
        || all.grammar.link.contains(folded)
        || all.grammar.locative.contains(folded)
        || words.features.at(all.text, token, all.lang).is_some()
        || words.directions.at(all.text, token, all.lang).is_some()
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
    let within = other.where_prec <= 2 || is_unit && other.where_prec == 3;
    larger && within && !unit.admin1.is_empty() && unit.admin1 == other.admin1 && unit.country == other.country
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
    // Two units are two, however far one of them reaches; of two exact places one may lie within the other's bounds.
    let reach = if other_unit { 0.0 } else { f64::from(a.radius_m.max(b.radius_m)) };
    // «the desert of Mayadin» and «the countryside of Raqqa»: of regions, when neither reaches the other.
    let beyond = a.where_prec <= 5 && b.where_prec <= 5 && metres > weights::OTHER_SCENE_M + f64::from(a.radius_m) + f64::from(b.radius_m);
    a.id != b.id && ((exact || other_unit) && metres > weights::OTHER_SCENE_M.max(reach) || beyond)
}

/// True when two mentions name two places of which neither holds the other.
pub(super) fn is_elsewhere(all: &Recognised<'_>, own: usize, known: usize) -> bool {
    let name = |m: usize| crate::text::fold::fold_phrase(all.text.slice(all.mentions[m].span));
    let place = |m: usize| all.resolutions[m].place.as_ref();
    let (a, b) = (name(own), name(known));
    if own == known || a.contains(&b) || b.contains(&a) {
        return false;
    }
    // «the city of El Fasher» is the city; «El Fasher» alone may be the state that it is the seat of.
    let is_town = |m: usize, p: &Located| p.where_prec <= 2 && all.mentions[m].feature.is_some();
    let contains = |m: usize, a: &Located, b: &Located| !is_town(m, a) && holds(a, b) || is_seat_of(a, b);
    match (place(own), place(known)) {
        (Some(a), Some(b)) => a.id != b.id && a.where_prec <= 3 && b.where_prec <= 3 && !contains(own, a, b) && !contains(known, b, a),
        // A name that no table has is a place of its own beside another exact one.
        (None, Some(other)) | (Some(other), None) => other.where_prec <= 2,
        (None, None) => true,
    }
}

/// A town and the unit that has its name: «in Gubio district … in Gubio».
fn is_seat_of(a: &Located, b: &Located) -> bool {
    a.where_prec == 3 && b.where_prec < 3 && !a.admin1.is_empty() && a.admin1 == b.admin1
}

//! Which of the places named is the place of the event.

use crate::lang::Lang;
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

/// What speaks for a mention as the scene of a sentence.
pub(super) fn weigh(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
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
    sum += clause(all, statement, index);
    let here = mention.sentence == statement.sentence;
    if here && (statement.is_of_speech(all, &mention.tokens) || is_speaker(all, statement, index)) {
        sum += weights::OF_SPEECH;
    }
    sum
}

/// What the words between a place and the nearest event word make of it: the nearer in grammar, the likelier.
fn clause(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
    let tokens = &all.mentions[index].tokens;
    if all.mentions[index].sentence != statement.sentence {
        return 0.0;
    }
    let gap =
        |hit: &std::ops::Range<usize>| if tokens.start >= hit.end { tokens.start - hit.end } else { hit.start.saturating_sub(tokens.end) };
    let words = statement.events.iter().map(|w| w.hit.start..w.hit.end).chain(statement.counts.iter().map(|c| c.tokens.clone()));
    let Some(event) = words.min_by_key(gap) else { return 0.0 };
    let between = if tokens.start >= event.end { event.end..tokens.start } else { tokens.end..event.start };
    let sign = |t: usize| all.text.slice(all.text.tokens[t].span);
    let mut sum = 0.0;
    if between.clone().any(|t| all.grammar.that.contains(all.text.folded(t)) && !all.grammar.this.contains(all.text.folded(t))) {
        sum += weights::BEHIND_THAT;
    }
    if between.clone().any(|t| matches!(sign(t), "\"" | "“" | "”" | "«" | "»")) {
        sum += weights::QUOTE_BETWEEN;
    }
    // «In Dura, south of Baghdad, gunmen killed …»: what opens the sentence frames all of it.
    let start = all.text.sentences[statement.sentence].start;
    let opens = tokens.start <= start + 4 && all.grammar.place.contains(all.text.folded(start));
    let is_of_speech = EventSigns::in_sentence(&all.signs.speech, statement.sentence).iter().any(|w| between.contains(&w.hit.start));
    if opens && !is_of_speech {
        sum += weights::OPENING;
    } else if between.clone().any(|t| matches!(sign(t), "," | "،" | ";" | "؛")) {
        sum += weights::COMMA_BETWEEN;
    }
    // «Turkey shot down a jet», «a U.S. plane»: a country without a preposition acts, or says whose something is.
    let is_country = all.resolutions[index].place.as_ref().is_some_and(|p| p.where_prec == 6);
    let is_object = tokens.start >= event.end && between.is_empty();
    // «captured Nablus»: the place is what was done to.
    if is_object {
        sum += weights::OBJECT;
    }
    if is_country && !is_object && !is_led(all, statement.sentence, tokens.start) {
        sum += weights::BARE_COUNTRY;
    }
    let is_apostrophe = |t: usize| matches!(sign(t), "'" | "’");
    if all.text.tokens.get(tokens.end).is_some() && is_apostrophe(tokens.end) && tokens.end < all.text.sentences[statement.sentence].end {
        sum += weights::POSSESSIVE;
    }
    sum
}

/// A preposition leads to a place: right before it, before a word of direction, or written together with it.
fn is_led(all: &Recognised<'_>, sentence: usize, token: usize) -> bool {
    let from = token.saturating_sub(3).max(all.text.sentences[sentence].start);
    let leads = |t: usize| all.grammar.locative.contains(all.text.folded(t)) || all.grammar.from.contains(all.text.folded(t));
    all.lang == Lang::Ar || (from..token).any(leads)
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
    match before.filter(|w| token - w.hit.end <= reach(w.key)).map(|w| w.key).next() {
        Some("scene") => weights::SCENE,
        // Missiles are launched toward what they hit.
        Some("destination") if ["shelling", "airstrike", "bombardment"].iter().any(|k| statement.has_event(k)) => weights::SCENE,
        // «the insurgents reached the village»: only who flees arrives at a refuge.
        Some("arrival") if flees(statement, before_token(all, statement, token)) => weights::NOT_SCENE,
        // «in the capital Mogadishu»: what stands behind «in» is where it was.
        Some("seat" | "speaker") if is_in(all, statement.sentence, before_token(all, statement, token)) => 0.0,
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
        let close = all.mentions[*m].tokens.start - mention.tokens.end <= weights::UNIT_BEHIND;
        close && place(*m).is_some_and(|p| matches!(p.where_prec, 3 | 4))
    };
    in_brackets.or_else(|| behind.min_by_key(|m| all.mentions[*m].tokens.start).filter(holds))
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
    (exact || other_unit) && a.id != b.id && metres > weights::OTHER_SCENE_M.max(reach)
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

//! How a place hangs on the event words of its sentence: what leads to it, on which side it stands, what stands between.

use std::ops::Range;

use crate::lang::place_words::PlaceWords;
use crate::recognise::Mention;
use crate::resolve::Located;

use super::super::statement::{Recognised, Statement};
use super::super::weights;
use super::{holds, is_container, is_unit};

/// Log-odds, beside those of a place that hangs on the event as the scene mostly does; 0 where the place or the event is in another sentence.
///
/// Of the nearest event words that is taken on which it hangs best.
pub(super) fn attachment(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
    if all.mentions[index].sentence != statement.sentence {
        return 0.0;
    }
    let words = statement.events.iter().map(|w| w.hit.start..w.hit.end).chain(statement.counts.iter().map(|c| c.tokens.clone()));
    let tokens = &all.mentions[index].tokens;
    let gap = |w: &Range<usize>| if tokens.start >= w.end { tokens.start - w.end } else { w.start.saturating_sub(tokens.end) };
    let mut nearest: Vec<Range<usize>> = words.collect();
    nearest.sort_by_key(gap);
    let best =
        nearest.into_iter().take(weights::NEAREST_EVENTS).map(|event| hangs_on(all, statement, &event, index)).max_by(f64::total_cmp);
    best.map_or(0.0, |hangs| hangs + around(all, statement, index) - weights::USUAL_ATTACHMENT)
}

/// How it hangs on one event word.
fn hangs_on(all: &Recognised<'_>, statement: &Statement<'_>, event: &Range<usize>, index: usize) -> f64 {
    let mention = &all.mentions[index];
    let is_behind = mention.tokens.start >= event.end;
    let side = if is_behind { side_behind(all, statement, event, mention) } else { side_before(all, event, mention) };
    // «in the region of Kidal, 15 km from Aguelhok»: what a place lies in does not stand before it.
    let place = |m: usize| all.resolutions[m].place.as_ref();
    let is_in_country = |other: &Located, own: &Located| other.where_prec == 6 && own.where_prec < 6 && other.country == own.country;
    let contains = |other: usize| place(other).zip(place(index)).is_some_and(|(other, own)| holds(other, own) || is_in_country(other, own));
    let is_next = !statement.places.iter().any(|p| stands_between(&all.mentions[*p], event, mention) && !contains(*p));
    let next = if is_behind { weights::FIRST_BEHIND } else { weights::LAST_BEFORE };
    side + if is_next { next } else { 0.0 }
}

fn stands_between(other: &Mention, event: &Range<usize>, mention: &Mention) -> bool {
    let between = if mention.tokens.start >= event.end { event.end..mention.tokens.start } else { mention.tokens.end..event.start };
    other.sentence == mention.sentence && between.contains(&other.tokens.start)
}

/// What a place behind the event word is worth: mostly the nearest, unless another clause has begun.
fn side_behind(all: &Recognised<'_>, statement: &Statement<'_>, event: &Range<usize>, mention: &Mention) -> f64 {
    let between = event.end..mention.tokens.start;
    let gap = between.len().min(weights::ATTACH_REACH) as f64;
    let commas = between.clone().filter(|t| is_comma(sign(all, *t))).count().min(3) as f64;
    let has = |is: fn(&Recognised<'_>, &str) -> bool| between.clone().any(|t| is(all, all.text.folded(t)));
    let mut sum =
        weights::BEHIND_EVENT + weights::GAP_BEHIND * gap + weights::LOG_GAP_BEHIND * gap.ln_1p() + weights::COMMA_BEHIND * commas;
    if has(|all, w| all.grammar.that.contains(w) && !all.grammar.this.contains(w)) {
        sum += weights::BEHIND_THAT;
    }
    if has(|all, w| all.grammar.clause.contains(w)) {
        sum += weights::BEHIND_CLAUSE;
    }
    sum + quotes(all, between)
        + match lead(all, mention) {
            Lead::Where => weights::LED_WHERE_BEHIND,
            Lead::Of => weights::LED_OF_BEHIND,
            Lead::Whither => 0.0,
            // «rockets from Sinjar at a base in Hasakah»
            Lead::Whence if statement.is_of_fire() => weights::LAUNCHED_BEHIND,
            Lead::Whence => weights::LED_WHENCE_BEHIND,
            Lead::Aside => weights::LED_ASIDE,
            Lead::Bare => weights::BARE_BEHIND,
        }
}

/// What a place before the event word is worth.
fn side_before(all: &Recognised<'_>, event: &Range<usize>, mention: &Mention) -> f64 {
    let between = mention.tokens.end..event.start.max(mention.tokens.end);
    let gap = between.len().min(weights::ATTACH_REACH) as f64;
    let mut sum = weights::LOG_GAP_BEFORE * gap.ln_1p();
    if between.clone().any(|t| all.grammar.there.contains(all.text.folded(t))) {
        sum += weights::THERE_BEFORE;
    }
    sum + quotes(all, between)
        + match lead(all, mention) {
            Lead::Where => weights::LED_WHERE_BEFORE,
            Lead::Of => 0.0,
            Lead::Whither => weights::LED_WHITHER_BEFORE,
            Lead::Whence => weights::LED_WHENCE_BEFORE,
            Lead::Aside => weights::LED_ASIDE,
            Lead::Bare => weights::BARE_BEFORE,
        }
}

fn quotes(all: &Recognised<'_>, between: Range<usize>) -> f64 {
    let is_quote = |t: usize| matches!(sign(all, t), "\"" | "“" | "”" | "«" | "»");
    if between.into_iter().any(is_quote) { weights::QUOTE_BETWEEN } else { 0.0 }
}

/// What the words right around a place say, on whichever side of the event it stands.
fn around(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
    let mention = &all.mentions[index];
    let sentence = &all.text.sentences[mention.sentence];
    let mut sum = 0.0;
    // «In Dura, south of Baghdad, gunmen killed …»: what opens the sentence frames all of it.
    if mention.tokens.start <= sentence.start + 4 && all.grammar.place.contains(all.text.folded(sentence.start)) {
        sum += weights::OPENING;
    }
    if mention.feature.is_some() {
        sum += match all.resolutions[index].place.as_ref().map(|p| p.where_prec) {
            None => weights::KIND_OF_UNKNOWN,
            Some(_) if is_unit(all, index) => 0.0,
            Some(_) => weights::KIND_BESIDE,
        };
    }
    if mention.tokens.end < sentence.end && is_apostrophe(sign(all, mention.tokens.end)) {
        sum += weights::POSSESSIVE;
        if owns_another(all, statement, mention) {
            sum += weights::POSSESSIVE_OF_PLACE;
        }
    }
    sum
}

/// What a place is worth beside others for being a country, or what another lies in; by itself it is no worse for that.
pub(super) fn coarseness(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> f64 {
    let contains = if is_container(all, statement, index) { weights::CONTAINS } else { 0.0 };
    let Some(country) = all.resolutions[index].place.as_ref().filter(|p| p.where_prec == 6) else { return contains };
    let mut places = statement.places.iter().filter_map(|p| all.resolutions[*p].place.as_ref());
    let is_of_another = places.any(|p| p.where_prec < 6 && p.country == country.country);
    contains + weights::COUNTRY + if is_of_another { weights::COUNTRY_OF_ANOTHER } else { 0.0 }
}

/// «Baghdad's western Amriya district»: only words for kinds and directions stand between a possessive and another place.
fn owns_another(all: &Recognised<'_>, statement: &Statement<'_>, mention: &Mention) -> bool {
    let words = PlaceWords::of(all.lang);
    let is_link = |t: usize| {
        is_apostrophe(sign(all, t))
            || all.text.folded(t).len() == 1
            || all.grammar.this.contains(all.text.folded(t))
            || words.features.at(all.text, t, all.lang).is_some()
            || words.directions.at(all.text, t, all.lang).is_some()
    };
    let behind = statement.places.iter().map(|p| &all.mentions[*p]).filter(|m| m.sentence == mention.sentence);
    behind.filter(|m| m.tokens.start > mention.tokens.end).any(|m| {
        let between = mention.tokens.end..m.tokens.start;
        between.len() <= weights::NOUN_PHRASE && between.into_iter().all(is_link)
    })
}

/// The word that leads to a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Where,
    Whence,
    Whither,
    Of,
    Aside,
    Bare,
}

/// Goes back over the words that belong to the name, «the strategic town of», to the preposition before them.
fn lead(all: &Recognised<'_>, mention: &Mention) -> Lead {
    let words = PlaceWords::of(all.lang);
    let grammar = all.grammar;
    let start = mention.tokens.start;
    // «بالرقة»: written together with the name.
    let prefix = all.text.original.get(all.text.tokens[start].span.start as usize..mention.span.start as usize).unwrap_or_default();
    match prefix.chars().find(|c| grammar.prefix.contains(c.encode_utf8(&mut [0; 4]) as &str)) {
        Some(_) => return Lead::Where,
        None if !prefix.is_empty() => return Lead::Bare,
        None => {}
    }
    let from = start.saturating_sub(weights::NOUN_PHRASE).max(all.text.sentences[mention.sentence].start);
    let kind = |t: usize| words.features.at(all.text, t, all.lang).or_else(|| words.directions.at(all.text, t, all.lang));
    for at in (from..start).rev() {
        let word = all.text.folded(at);
        let is_kind = |t: usize| t >= from && kind(t).is_some_and(|(hit, _)| hit.end <= at + 1);
        if kind(at).is_some_and(|(hit, _)| hit.preposition) || grammar.at.contains(word) || grammar.near.contains(word) {
            // «from near Sinjar»
            let is_left = at > from && grammar.whence.contains(all.text.folded(at - 1));
            return if is_left { Lead::Whence } else { Lead::Where };
        }
        // «the city of», «north of», «بالقرب من»: it belongs to the words before it.
        if (grammar.from.contains(word) || grammar.link.contains(word))
            && at > from
            && (is_kind(at - 1) || grammar.near.contains(all.text.folded(at - 1)))
        {
            continue;
        }
        let keys = [(&grammar.whence, Lead::Whence), (&grammar.whither, Lead::Whither), (&grammar.aside, Lead::Aside)];
        if let Some((_, lead)) = keys.into_iter().find(|(list, _)| list.contains(word)) {
            return lead;
        }
        if grammar.from.contains(word) {
            return Lead::Of;
        }
        if is_break(sign(all, at)) || grammar.that.contains(word) && !grammar.this.contains(word) || grammar.joint.contains(word) {
            return Lead::Bare;
        }
    }
    Lead::Bare
}

fn sign<'t>(all: &Recognised<'t>, token: usize) -> &'t str {
    all.text.slice(all.text.tokens[token].span)
}

fn is_comma(sign: &str) -> bool {
    matches!(sign, "," | "،" | ";" | "؛")
}

fn is_break(sign: &str) -> bool {
    is_comma(sign) || matches!(sign, "." | ":" | "(" | ")" | "-" | "–" | "—" | "--" | "\"" | "“" | "”" | "«" | "»")
}

fn is_apostrophe(sign: &str) -> bool {
    matches!(sign, "'" | "’")
}

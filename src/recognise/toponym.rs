//! Names of the gazetteer found in a text: the longest match at each place, weighed by what stands around it.

use std::collections::BTreeSet;

use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::lang::place_words::PlaceWords;
use crate::lang::{Lang, Reading, ar};
use crate::text::{Span, Text, TokenKind};

use super::context::Context;
use super::mention::Mention;
use super::spelt::propose_places;
use super::{Manner, MentionKind, Without, given, weights};

/// A name found in the text, before it is weighed.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Folded bytes cut off the first token.
    pub(super) cut: usize,
    /// Folded bytes of the last token that belong to the name; `None` for all of them.
    pub(super) keep: Option<usize>,
    pub(super) preposition: bool,
    pub(super) named: Vec<(PlaceRef, KeyFlags)>,
    /// What the best candidate and the form of the name say, without context.
    pub(super) prior: f64,
}

/// Finds the mentions of places in a text.
pub fn toponyms(text: &Text, lang: Lang, gazetteer: &Gazetteer) -> Vec<Mention> {
    toponyms_in(text, lang, gazetteer, &Manner::default())
}

/// [`toponyms`] in a manner that is not the usual one.
pub fn toponyms_in(text: &Text, lang: Lang, gazetteer: &Gazetteer, manner: &Manner) -> Vec<Mention> {
    let found = find(text, lang, gazetteer, manner.without);
    match &manner.given {
        Some(spans) => given::mentions(text, lang, &found, spans, gazetteer, !manner.without.spelling),
        None => found,
    }
}

fn find(text: &Text, lang: Lang, gazetteer: &Gazetteer, without: Without) -> Vec<Mention> {
    let words = PlaceWords::of(lang);
    let context = Context::of(text, lang, words);
    let mut found = settle(all_matches(text, lang, gazetteer, &context));
    for index in 0..found.len() {
        let strength = found[index].prior + context.weigh(&found, index);
        found[index].prior = strength;
    }
    let mut mentions: Vec<Mention> = found.iter().map(|m| mention(text, &context, m)).collect();
    let mut countries = lift(&mut mentions, gazetteer, text);
    mentions.retain(|m| m.strength >= weights::ACCEPT);
    mentions.extend(context.demonyms(gazetteer, &mentions));
    // A country that is named at all, by its name or its people, vouches for the spelling of a village.
    let named = mentions.iter().flat_map(|m| &m.candidates).map(|(place, _)| gazetteer.place(*place)).filter(|p| p.is_country());
    countries.extend(named.map(|p| p.country().to_owned()));
    let mut unknown = context.unknown_names(&mentions);
    if !without.spelling {
        propose_places(&mut unknown, &countries, gazetteer, &context);
    }
    mentions.extend(unknown);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    mentions
}

fn mention(text: &Text, context: &Context, found: &Match) -> Mention {
    let cut = text.after_folded(found.start, found.cut);
    let span = text.span(found.start..found.end);
    Mention {
        span: Span { start: cut, end: found.keep.map_or(span.end, |bytes| text.after_folded(found.start, bytes)) },
        tokens: found.start..found.end,
        sentence: text.tokens[found.start].sentence as usize,
        kind: if context.is_inside_name(found) { MentionKind::Associative } else { MentionKind::Literal },
        candidates: found.named.clone(),
        spelt: Vec::new(),
        feature: context.feature(found),
        direction: context.direction_before(found.start),
        strength: found.prior,
        relation: None,
    }
}

/// What the whole report adds to a single span: the countries that it is about, which are returned, and names taken
/// elsewhere in it.
fn lift(mentions: &mut [Mention], gazetteer: &Gazetteer, text: &Text) -> BTreeSet<String> {
    let mut countries: BTreeSet<String> = BTreeSet::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for mention in mentions.iter().filter(|m| m.strength >= weights::STRONG) {
        names.insert(text.slice(mention.span).to_owned());
        let telling =
            mention.candidates.iter().map(|(p, _)| gazetteer.place(*p)).filter(|p| p.is_country() || mention.candidates.len() < 4);
        countries.extend(telling.map(|p| p.country().to_owned()));
    }
    for mention in mentions.iter_mut().filter(|m| m.strength < weights::ACCEPT) {
        let in_country = mention.candidates.iter().any(|(p, _)| countries.contains(gazetteer.place(*p).country()));
        let repeated = names.contains(text.slice(mention.span));
        mention.strength += f64::from(u8::from(in_country)) * weights::COUNTRY_CONTEXT + f64::from(u8::from(repeated)) * weights::REPEATED;
    }
    countries
}

/// Longest match first from the left, none over another; of equal length the likeliest reading.
fn settle(mut all: Vec<Match>) -> Vec<Match> {
    all.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(b.prior.total_cmp(&a.prior)));
    let mut out: Vec<Match> = Vec::new();
    for found in all {
        // The second of two names in one word begins where the first ends.
        let follows = |last: &Match| last.keep.is_some_and(|kept| found.start == last.start && found.cut > kept);
        match out.last() {
            Some(last) if found.start < last.end && !follows(last) => {}
            _ => out.push(found),
        }
    }
    out
}

fn all_matches(text: &Text, lang: Lang, gazetteer: &Gazetteer, context: &Context) -> Vec<Match> {
    let mut out = Vec::new();
    for start in 0..text.tokens.len() {
        let token = &text.tokens[start];
        match token.kind {
            TokenKind::Arabic => {
                for reading in ar::readings(text.folded(start)) {
                    matches_of(text, start, &reading, gazetteer, context, &mut out);
                }
            }
            TokenKind::Latin if token.capital || !context.has_capitals => {
                let whole = Reading { word: text.folded(start).into(), cut: 0, preposition: false, comparison: false, article: false };
                matches_of(text, start, &whole, gazetteer, context, &mut out);
            }
            _ => {}
        }
    }
    if lang == Lang::Ar {
        out.extend(super::glued::matches(text, gazetteer, &out));
    }
    out
}

/// All names that begin with one reading of a token.
fn matches_of(text: &Text, start: usize, reading: &Reading<'_>, gazetteer: &Gazetteer, context: &Context, out: &mut Vec<Match>) {
    let mut walk = gazetteer.start();
    if !gazetteer.step(&mut walk, &reading.word) {
        return;
    }
    let mut end = start + 1;
    loop {
        let named = usable(text, start..end, gazetteer.named(&walk));
        if !named.is_empty() {
            let prior = prior(text, start..end, reading, &named, gazetteer, context);
            out.push(Match { start, end, cut: reading.cut, keep: None, preposition: reading.preposition, named, prior });
        }
        let Some(next) = next_word(text, end) else { return };
        if !gazetteer.step(&mut walk, " ") || !gazetteer.step(&mut walk, text.folded(next)) {
            return;
        }
        end = next + 1;
    }
}

/// The next word of the same name: after a space, or after a hyphen, apostrophe or dot without one.
fn next_word(text: &Text, at: usize) -> Option<usize> {
    let sentence = text.tokens.get(at.checked_sub(1)?)?.sentence;
    let next = text.tokens.get(at)?;
    if next.sentence != sentence {
        return None;
    }
    if next.kind != TokenKind::Punct {
        return Some(at);
    }
    let joins = !next.spaced && matches!(text.slice(next.span), "-" | "'" | "\u{2019}" | "\u{2018}" | "\u{2010}" | "\u{2011}" | "." | "`");
    let after = text.tokens.get(at + 1)?;
    // A full stop joins only an abbreviation («St. Louis»), never two sentences: the sentence check holds that.
    (joins && after.kind != TokenKind::Punct && after.sentence == sentence).then_some(at + 1)
}

/// Acronyms count only in capitals.
fn usable(text: &Text, range: std::ops::Range<usize>, named: Vec<(PlaceRef, KeyFlags)>) -> Vec<(PlaceRef, KeyFlags)> {
    let in_capitals = text.tokens[range].iter().all(|t| t.kind != TokenKind::Latin || t.upper);
    named.into_iter().filter(|(_, flags)| in_capitals || !flags.has(KeyFlags::ACRONYM)).collect()
}

/// What the name alone says: its best candidate, its form, how common the word is.
fn prior(
    text: &Text,
    range: std::ops::Range<usize>,
    reading: &Reading<'_>,
    named: &[(PlaceRef, KeyFlags)],
    gazetteer: &Gazetteer,
    context: &Context,
) -> f64 {
    let best = named
        .iter()
        .map(|(p, f)| fame(gazetteer, *p) + if f.has(KeyFlags::DERIVED) { weights::DERIVED } else { 0.0 })
        .fold(f64::MIN, f64::max);
    // Countries and continents: their names are theirs first, whatever else the word may be.
    let is_country = named.iter().any(|(p, _)| gazetteer.place(*p).is_country() || gazetteer.place(*p).feature() == "CONT");
    let mut sum = best + weights::LONGER * (range.len() - 1) as f64;
    sum += weights::CLITIC_CUT * (reading.cut / 2) as f64;
    if reading.article {
        sum += weights::ARTICLE_CUT;
    }
    if reading.comparison {
        sum += weights::COMPARISON;
    }
    let letters = reading.word.chars().count();
    if range.len() == 1 {
        if letters <= 3 {
            sum += weights::SHORT;
        }
        if !is_country {
            sum += commonness(text, range.start, reading, named, gazetteer, context);
        }
        sum += context.listed(&reading.word);
    }
    if context.is_ordinary(&range) && !is_country {
        let is_name = range.len() > 1 && !context.is_direction(&range) || context.is_named_by_kind(range.start);
        sum += if is_name { weights::ORDINARY_NAMED } else { weights::ORDINARY };
    } else if context.is_nationality(&range) && (!is_country || reading.article) {
        sum += weights::NATIONALITY;
    }
    if text.tokens[range.start].kind == TokenKind::Latin && !text.tokens[range.start].capital {
        sum += if context.has_capitals { weights::LOWER_CASE } else { -1.0 };
    }
    sum
}

/// What speaks against a name because it is also a common word: commoner than a place of its size would make it.
fn commonness(
    text: &Text,
    token: usize,
    reading: &Reading<'_>,
    named: &[(PlaceRef, KeyFlags)],
    gazetteer: &Gazetteer,
    context: &Context,
) -> f64 {
    let name = context.words.frequency(&reading.word);
    // «كبيرا» is not «ك» and «بيرا»: a word commoner than the name in it is itself, and not the name with a clitic.
    let written = if reading.cut > 0 { context.words.frequency(text.folded(token)) } else { 0.0 };
    let frequency = f64::from(if written > name { written + 1.0 } else { name });
    let (base, step) = weights::EXPECTED_FREQUENCY;
    let expected = named
        .iter()
        .map(|(p, _)| gazetteer.place(*p))
        .map(|p| base + step * (f64::from(p.population().max(1_000)).log10() - 4.0) + if p.feature() == "PPLC" { 1.0 } else { 0.0 })
        .fold(f64::MIN, f64::max);
    weights::FREQUENT * (frequency - expected).max(0.0)
}

/// How much a place is spoken of.
pub(super) fn fame(gazetteer: &Gazetteer, place: PlaceRef) -> f64 {
    let place = gazetteer.place(place);
    let by_size = match place.population() {
        0 if place.is_unread() => weights::UNREAD_VILLAGE,
        0 => weights::VILLAGE,
        people => weights::MILLION * (f64::from(people).log10() / 6.0).min(1.2),
    };
    match place.feature() {
        f if f.starts_with("PCL") || f == "TERR" => weights::COUNTRY,
        "PPLC" => weights::CAPITAL.max(by_size),
        "ADM1" => weights::UNIT.max(by_size),
        "CONT" | "RGN" | "SEA" | "OCN" | "GULF" | "DSRT" | "AREA" => weights::REGION,
        _ => by_size,
    }
}

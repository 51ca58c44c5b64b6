//! Names of the gazetteer found in a text: the longest match at each place, weighed by what stands around it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::lang::readings::Readings;
use crate::lang::{Lang, Reading, ar};
use crate::text::{Span, Text, TokenKind};

use super::MentionKind;
use super::believed;
use super::context::Context;
use super::grounds::Grounds;
use super::mention::Mention;
use super::short;
use super::spelt::propose_places;
use super::{Manner, given, weights};

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
    /// What the best candidate and the form of the name say, then also the context; in the end the strength of the mention.
    pub(super) grounds: Grounds,
}

/// Finds the mentions of places in a text.
pub fn toponyms(text: &Text, lang: Lang, gazetteer: &Gazetteer) -> Vec<Mention> {
    toponyms_in(&Readings::of(text, lang), gazetteer, &Manner::default())
}

/// [`toponyms`] in a manner that is not the usual one.
pub fn toponyms_in(words: &Readings, gazetteer: &Gazetteer, manner: &Manner) -> Vec<Mention> {
    let Readings { text, lang, .. } = *words;
    let found = weighed(text, gazetteer, &Context::of(Cow::Borrowed(words)), manner).mentions;
    match &manner.given {
        Some(spans) => given::mentions(text, lang, &found, spans, gazetteer, !manner.without.spelling),
        None => found,
    }
}

/// The mentions of a text, and what they were chosen from.
pub(super) struct Weighed {
    pub(super) mentions: Vec<Mention>,
    /// The longest names, none over another, with all that speaks for and against them; also those that were refused.
    pub(super) settled: Vec<Match>,
}

/// Weighs all names of a text; see [`Weighed`].
pub(super) fn weighed(text: &Text, gazetteer: &Gazetteer, context: &Context, manner: &Manner) -> Weighed {
    let mut found = by_rule(context, gazetteer);
    let belief = believed::believe(context, &mut found, gazetteer, manner);
    let mut mentions: Vec<Mention> = found.iter().map(|m| mention(text, context, gazetteer, m)).collect();
    let dateline = context.dateline(&found);
    for mention in &mut mentions {
        mention.is_dateline = dateline.contains(&mention.tokens.start);
    }
    let mut countries = lift(&mut mentions, &mut found, context, gazetteer);
    mentions.retain(|m| m.strength >= weights::ACCEPT);
    mentions.retain(|m| !context.is_part_of_palace(&m.tokens));
    mentions.extend(context.palaces(gazetteer, &mentions));
    mentions.extend(context.demonyms(gazetteer, &mentions));
    // A country that is named at all, by its name or its people, vouches for the spelling of a village.
    let named = mentions.iter().flat_map(|m| &m.candidates).map(|(place, _)| gazetteer.place(*place)).filter(|p| p.is_country());
    countries.extend(named.map(|p| p.country().to_owned()));
    let mut unknown = context.unknown_names(&mentions);
    if !manner.without.spelling {
        propose_places(&mut unknown, &countries, gazetteer, context);
    }
    mentions.extend(unknown);
    let mut unknown = belief.map(|belief| believed::unknown_names(context, &belief, &mentions)).unwrap_or_default();
    if !manner.without.spelling {
        propose_places(&mut unknown, &countries, gazetteer, context);
    }
    mentions.extend(unknown);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    Weighed { mentions, settled: found }
}

/// The names of the index in a text, none over another, each with what the rules say for it.
pub(super) fn by_rule(context: &Context<'_>, gazetteer: &Gazetteer) -> Vec<Match> {
    let mut found = settle(all_matches(context.text, context.lang, gazetteer, context));
    for index in 0..found.len() {
        let said = context.weigh(&found, index);
        found[index].grounds.join(said);
    }
    let dateline = context.dateline(&found);
    for written_at in found.iter_mut().filter(|m| dateline.contains(&m.start)) {
        written_at.grounds.add("where the report was written", weights::DATELINE);
    }
    found
}

fn mention(text: &Text, context: &Context, gazetteer: &Gazetteer, found: &Match) -> Mention {
    let cut = text.after_folded(found.start, found.cut);
    let span = text.span(found.start..found.end);
    let outer = context.outer(found);
    let is_named_after = outer.is_some_and(|o| !Context::stands_there(found, &o, gazetteer));
    Mention {
        span: Span { start: cut, end: found.keep.map_or(span.end, |bytes| text.after_folded(found.start, bytes)) },
        tokens: found.start..found.end,
        sentence: text.tokens[found.start].sentence as usize,
        kind: if is_named_after || context.is_government(found, gazetteer) { MentionKind::Associative } else { MentionKind::Literal },
        candidates: found.named.clone(),
        spelt: Vec::new(),
        feature: context.feature(found),
        direction: context.direction_before(found.start),
        strength: found.grounds.sum,
        relation: None,
        outer,
        is_dateline: false,
    }
}

/// What the whole report adds to a single span: the countries that it is about, which are returned, and names taken
/// elsewhere in it.
fn lift(mentions: &mut [Mention], found: &mut [Match], context: &Context, gazetteer: &Gazetteer) -> BTreeSet<String> {
    let text = context.text;
    let mut countries: BTreeSet<String> = BTreeSet::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for mention in mentions.iter().filter(|m| m.strength >= weights::STRONG) {
        names.insert(text.slice(mention.span).to_owned());
        let telling =
            mention.candidates.iter().map(|(p, _)| gazetteer.place(*p)).filter(|p| p.is_country() || mention.candidates.len() < 4);
        countries.extend(telling.map(|p| p.country().to_owned()));
    }
    for (mention, found) in mentions.iter_mut().zip(found).filter(|(m, _)| m.strength < weights::ACCEPT) {
        let in_country = mention.candidates.iter().any(|(p, _)| countries.contains(gazetteer.place(*p).country()));
        let mut said = context.grounds();
        if in_country {
            said.add("in a country that the report is about", weights::COUNTRY_CONTEXT);
        }
        if names.contains(text.slice(mention.span)) {
            said.add("the same name taken elsewhere in the report", weights::REPEATED);
        }
        mention.strength += said.sum;
        found.grounds.join(said);
    }
    countries
}

/// Longest match first from the left, none over another; of equal length the likeliest reading.
fn settle(mut all: Vec<Match>) -> Vec<Match> {
    all.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(b.grounds.sum.total_cmp(&a.grounds.sum)));
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
                ar::each_reading(text.folded(start), |reading| matches_of(text, start, &reading, gazetteer, context, &mut out));
            }
            TokenKind::Latin if token.capital || !context.has_capitals => {
                let whole = Reading { word: text.folded(start).into(), cut: 0, preposition: false, comparison: false, article: false };
                matches_of(text, start, &whole, gazetteer, context, &mut out);
            }
            _ => {}
        }
    }
    if lang == Lang::Ar {
        out.extend(super::glued::matches(text, gazetteer, context, &out));
    }
    out
}

/// All names that begin with one reading of a token.
fn matches_of(text: &Text, start: usize, reading: &Reading<'_>, gazetteer: &Gazetteer, context: &Context, out: &mut Vec<Match>) {
    let Some(mut walk) = gazetteer.begin(&reading.word) else { return };
    let mut end = start + 1;
    loop {
        let named = short::usable(text, &(start..end), gazetteer.named(&walk));
        if !named.is_empty() {
            let grounds = prior(text, start..end, reading, &named, gazetteer, context);
            let end = short::with_stop(text, &(start..end), &named);
            out.push(Match { start, end, cut: reading.cut, keep: None, preposition: reading.preposition, named, grounds });
        }
        let Some(next) = next_word(text, end) else { return };
        if !gazetteer.step(&mut walk, " ") || !gazetteer.step(&mut walk, text.folded(next)) {
            return;
        }
        end = next + 1;
    }
}

/// The next word of the same name: after a space, or after a hyphen, underscore, apostrophe or dot without one.
pub(super) fn next_word(text: &Text, at: usize) -> Option<usize> {
    let sentence = text.tokens.get(at.checked_sub(1)?)?.sentence;
    let next = text.tokens.get(at)?;
    if next.sentence != sentence {
        return None;
    }
    if next.kind != TokenKind::Punct {
        return Some(at);
    }
    let joins =
        !next.spaced && matches!(text.slice(next.span), "-" | "_" | "'" | "\u{2019}" | "\u{2018}" | "\u{2010}" | "\u{2011}" | "." | "`");
    let after = text.tokens.get(at + 1)?;
    // A full stop joins only an abbreviation («St. Louis»), never two sentences: the sentence check holds that.
    (joins && after.kind != TokenKind::Punct && after.sentence == sentence).then_some(at + 1)
}

/// What the name alone says: its best candidate, its form, how common the word is.
fn prior(
    text: &Text,
    range: std::ops::Range<usize>,
    reading: &Reading<'_>,
    named: &[(PlaceRef, KeyFlags)],
    gazetteer: &Gazetteer,
    context: &Context,
) -> Grounds {
    let best = named
        .iter()
        .map(|(p, f)| fame(gazetteer, *p) + if f.has(KeyFlags::DERIVED) { weights::DERIVED } else { 0.0 })
        .fold(f64::MIN, f64::max);
    // Countries and continents: their names are theirs first, whatever else the word may be.
    // So are those of regions beyond any country («الشرق الأوسط», though both words are directions).
    let is_worldly = |p: crate::gazetteer::Place<'_>| {
        p.is_country() || p.feature() == "CONT" || range.len() > 1 && p.feature() == "RGN" && p.country().is_empty()
    };
    let is_country = named.iter().any(|(p, _)| is_worldly(gazetteer.place(*p)));
    let mut grounds = context.grounds();
    grounds.add("how much the place is spoken of", best);
    grounds.add("a name of several words", weights::LONGER * (range.len() - 1) as f64);
    grounds.add("letters cut off before it", weights::CLITIC_CUT * (reading.cut / 2) as f64);
    if reading.article {
        grounds.add("an article cut off that the name is recorded without", weights::ARTICLE_CUT);
    }
    if reading.comparison {
        grounds.add("«ك» (like) cut off", weights::COMPARISON);
    }
    let letters = reading.word.chars().count();
    // What is written as a short form is no word that happens to be spelt so.
    let is_short = named.iter().all(|(_, flags)| flags.has(KeyFlags::SHORT | KeyFlags::ACRONYM));
    if named.iter().all(|(_, flags)| flags.has(KeyFlags::SHORT)) {
        let mut short = context.grounds();
        short.add("a short form where one stands", weights::SHORT_FORM);
        return short;
    }
    if range.len() == 1 && !is_short {
        if letters <= 3 {
            grounds.add("a short name", weights::SHORT);
        }
        if !is_country {
            grounds.add("a commoner word than a place of its size", commonness(text, range.start, reading, named, gazetteer, context));
        }
        grounds.add("listed as rather a word or a person", context.listed(&reading.word));
    }
    if context.is_ordinary(&range) && !is_country {
        let is_name = range.len() > 1 && !context.is_direction(&range) || context.is_named_by_kind(range.start);
        grounds.add("an ordinary word", if is_name { weights::ORDINARY_NAMED } else { weights::ORDINARY });
    } else if context.is_nationality(&range) && (!is_country || reading.article) {
        grounds.add("a nationality", weights::NATIONALITY);
    }
    if text.tokens[range.start].kind == TokenKind::Latin && !text.tokens[range.start].capital {
        grounds.add("no capital", if context.has_capitals { weights::LOWER_CASE } else { -1.0 });
    }
    grounds
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
pub fn fame(gazetteer: &Gazetteer, place: PlaceRef) -> f64 {
    let place = gazetteer.place(place);
    let by_size = match place.population() {
        0 if place.is_unread() => weights::UNREAD_VILLAGE,
        0 => weights::VILLAGE,
        people if place.is_far() => weights::MILLION * (f64::from(people).log10() / 6.0) + weights::FAR_TOWN,
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

//! What the model sees of a token: its form and its neighbours', the word lists, and what the name index found there.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::gazetteer::Gazetteer;
use crate::lang::ar;
use crate::lang::hash::Fnv;
use crate::recognise::context::Context;
use crate::recognise::toponym::Match;
use crate::text::{Text, TokenKind};

/// Odd constants that spread hashes (Knuth's multiplicative method and xxHash's second prime).
const SPREAD: [u32; 2] = [2_654_435_761, 2_246_822_519];
/// Start and factor of the hash of words (Fowler–Noll–Vo, 32 bits).
const WORD_HASH: (u32, u32) = (0x811c_9dc5, 0x0100_0193);
/// Rule sums are seen in steps of a half, from −6 to 6.
const STRENGTH_STEPS: f64 = 2.0;
/// Bound of the sums that are told apart.
const STRENGTH_BOUND: f64 = 6.0;
/// Longest match whose length is told apart.
const MAX_WORDS: usize = 4;
/// Features of a token.
const FEATURES: usize = 39;

/// Everything of a text that features are made of, computed once a token.
pub(in crate::recognise) struct Observed<'a> {
    text: &'a Text<'a>,
    tokens: Vec<Seen>,
}

/// One token as the model sees it.
#[derive(Clone, Copy, Default)]
struct Seen {
    word: u32,
    stem: u32,
    clitics: u32,
    shape: u32,
    list: u32,
    common: u32,
    /// Place of the token in the match that covers it and how strong that is by rule; 0 without one.
    name: u32,
    /// What kind of place the match may be.
    class: u32,
    starts: [u32; 2],
    ends: [u32; 2],
    /// What stands before the same word elsewhere in the text, as bits of [`Cue`].
    elsewhere: u32,
}

/// What may stand before a word and tell what it names.
#[derive(Clone, Copy)]
enum Cue {
    /// A given name, a title, a capital that no list and no index knows.
    Person,
    /// A kind word, a preposition of place, a direction.
    Place,
}

impl<'a> Observed<'a> {
    /// Looks at a text; `found` are the names of the index in it, settled and weighed by rule.
    pub(in crate::recognise) fn of(context: &Context<'a>, found: &[Match], gazetteer: &Gazetteer) -> Observed<'a> {
        let text = context.text;
        let mut tokens: Vec<Seen> = (0..text.tokens.len()).map(|at| seen(context, at)).collect();
        for name in found {
            let class = class(name, gazetteer);
            let strength = (name.grounds.sum.clamp(-STRENGTH_BOUND, STRENGTH_BOUND) * STRENGTH_STEPS).floor() as i32;
            let words = name.end - name.start;
            for token in &mut tokens[name.start..name.end] {
                token.class = class;
                token.name = mix(strength.cast_unsigned(), words.min(MAX_WORDS) as u32) | 1;
            }
            // The first word of a name, and the others.
            if let Some(others) = tokens.get_mut(name.start + 1..name.end) {
                for other in others {
                    other.name = mix(other.name, 1);
                }
            }
        }
        look_elsewhere(context, &mut tokens);
        Observed { text, tokens }
    }

    /// The hash of each feature of a token; neighbours outside its sentence count as absent.
    #[inline]
    pub(in crate::recognise) fn features(&self, token: usize) -> [u32; FEATURES] {
        let sentence = self.text.tokens[token].sentence;
        let beside = |at: Option<usize>| {
            at.and_then(|at| Some((self.text.tokens.get(at)?, self.tokens.get(at)?)))
                .filter(|(t, _)| t.sentence == sentence)
                .map_or(Seen::default(), |(_, seen)| *seen)
        };
        let now = self.tokens[token];
        let (before, second) = (beside(token.checked_sub(1)), beside(token.checked_sub(2)));
        let (after, third) = (beside(Some(token + 1)), beside(Some(token + 2)));
        let place = mix(now.name, now.class);
        let mut features = [
            1,
            now.word,
            before.word,
            after.word,
            second.word,
            third.word,
            mix(before.word, now.word),
            mix(now.word, after.word),
            mix(second.word, before.word),
            mix(after.word, third.word),
            now.stem,
            before.stem,
            after.stem,
            mix(now.clitics, now.name),
            now.starts[0],
            now.starts[1],
            now.ends[0],
            now.ends[1],
            mix(mix(before.shape, now.shape), after.shape),
            mix(now.shape, after.shape),
            mix(before.shape, now.shape),
            mix(now.shape, place),
            now.name,
            mix(before.name, now.name),
            mix(now.name, after.name),
            mix(now.name, now.common),
            mix(place, before.word),
            mix(place, after.word),
            mix(mix(before.list, now.shape), place),
            mix(mix(after.list, now.shape), place),
            mix(now.list, place),
            before.list,
            after.list,
            mix(second.list, before.list),
            mix(mix(before.word, now.shape), after.shape),
            mix(before.class, mix(now.class, after.class)),
            mix(mix(now.ends[1], now.shape), place),
            mix(now.elsewhere, now.shape),
            mix(now.elsewhere, place),
        ];
        for (template, feature) in features.iter_mut().enumerate() {
            *feature = mix(*feature, template as u32 + 1);
        }
        features
    }
}

/// Notes for each word what stands before it where else the text has it.
fn look_elsewhere(context: &Context<'_>, tokens: &mut [Seen]) {
    let text = context.text;
    let cues: Vec<Option<Cue>> = (0..tokens.len()).map(|at| cue_before(context, tokens, at)).collect();
    let mut seen: HashMap<u32, [u16; 2], BuildHasherDefault<Fnv>> = HashMap::default();
    for (token, cue) in tokens.iter().zip(&cues) {
        if let Some(cue) = cue {
            seen.entry(token.stem).or_default()[*cue as usize] += 1;
        }
    }
    if seen.is_empty() {
        return;
    }
    for (at, token) in tokens.iter_mut().enumerate().filter(|(at, _)| could_name(text, *at)) {
        let Some(mut counts) = seen.get(&token.stem).copied() else { continue };
        if let Some(own) = cues[at] {
            counts[own as usize] -= 1;
        }
        token.elsewhere = u32::from(counts[0] > 0) + 2 * u32::from(counts[1] > 0);
    }
}

fn could_name(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    token.kind == TokenKind::Arabic || token.capital
}

/// The cue right before a token, if one stands there.
fn cue_before(context: &Context<'_>, tokens: &[Seen], at: usize) -> Option<Cue> {
    let before = at.checked_sub(1)?;
    let (word, sentence) = (&context.text.tokens[before], context.text.tokens[at].sentence);
    if !could_name(context.text, at) || word.sentence != sentence || word.kind == TokenKind::Punct {
        return None;
    }
    let folded = context.text.folded(before);
    if context.features.at(before).is_some() || context.directions.at(before).is_some() || context.grammar.locative.contains(folded) {
        return Some(Cue::Place);
    }
    let is_first = before.checked_sub(1).is_none_or(|b| context.text.tokens[b].sentence != sentence);
    let is_unknown_capital = context.has_capitals && word.capital && !word.upper && !is_first && tokens[before].name == 0;
    (context.persons.at(before).is_some() || is_unknown_capital && !context.is_known_word(before)).then_some(Cue::Person)
}

#[inline]
fn mix(one: u32, other: u32) -> u32 {
    let sum = one.wrapping_mul(SPREAD[0]) ^ other.wrapping_add(SPREAD[1]).wrapping_mul(SPREAD[1]).rotate_left(13);
    (sum ^ (sum >> 15)).wrapping_mul(SPREAD[1])
}

fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(WORD_HASH.0, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(WORD_HASH.1))
}

fn seen(context: &Context<'_>, at: usize) -> Seen {
    let (text, token) = (context.text, &context.text.tokens[at]);
    let folded = text.folded(at);
    let word = match token.kind {
        // Numbers are told apart by length alone.
        TokenKind::Number => folded.len() as u32,
        TokenKind::Punct => hash(text.slice(token.span).as_bytes()),
        _ => hash(folded.as_bytes()),
    };
    let stem = if token.kind == TokenKind::Arabic { ar::stem(folded) } else { folded };
    let is_word = matches!(token.kind, TokenKind::Arabic | TokenKind::Latin);
    let ends = |chars: usize| {
        folded.char_indices().rev().nth(chars - 1).map_or(0, |(from, _)| hash(folded.as_bytes().get(from..).unwrap_or_default()))
    };
    let starts =
        |chars: usize| stem.char_indices().nth(chars).map_or(0, |(until, _)| hash(stem.as_bytes().get(..until).unwrap_or_default()));
    Seen {
        word,
        stem: if stem.len() == folded.len() { word } else { hash(stem.as_bytes()) },
        clitics: hash(&folded.as_bytes()[..folded.len() - stem.len()]),
        shape: shape(context, at),
        list: list(context, at),
        common: if is_word { context.words.frequency(folded) as u32 } else { 0 },
        name: 0,
        class: 0,
        starts: if is_word { [starts(2), starts(3)] } else { [0; 2] },
        ends: if is_word { [ends(2), ends(3)] } else { [0; 2] },
        elsewhere: 0,
    }
}

/// Script, capitals, and whether a text has capitals at all.
fn shape(context: &Context<'_>, at: usize) -> u32 {
    let token = &context.text.tokens[at];
    let is_first = at.checked_sub(1).is_none_or(|b| context.text.tokens[b].sentence != token.sentence);
    let form = match token.kind {
        TokenKind::Arabic => 1,
        TokenKind::Latin if !context.has_capitals => 2,
        TokenKind::Latin if token.upper => 3,
        TokenKind::Latin if token.capital => 4,
        TokenKind::Latin => 5,
        TokenKind::Number => 6,
        TokenKind::Punct => 7,
    };
    form * 4 + u32::from(is_first) * 2 + u32::from(token.spaced)
}

/// The word list that a token is in, and its group there: the most telling one.
fn list(context: &Context<'_>, at: usize) -> u32 {
    let words = context.words;
    let keyed = |list: u32, key: &str| mix(list, hash(key.as_bytes()));
    if let Some(hit) = context.groups.at(at) {
        return mix(1, u32::from(hit.start == at));
    }
    if let Some(hit) = context.organisations.at(at) {
        return keyed(2, words.organisations.key(hit));
    }
    if context.demonyms.at(at).is_some() {
        return 3;
    }
    if let Some(hit) = context.features.at(at) {
        return keyed(4, words.features.key(hit));
    }
    if context.directions.at(at).is_some() {
        return 5;
    }
    if let Some(hit) = context.persons.at(at) {
        return keyed(6, words.persons.key(hit));
    }
    let folded = context.text.folded(at);
    if context.grammar.locative.contains(folded) {
        return 7;
    }
    if words.ordinary.begins(&context.seen, at).is_some() {
        return 8;
    }
    match words.not_places.lexicon.word(folded).and_then(|key| words.not_places.groups.keys.get(usize::from(key))) {
        Some(key) => keyed(9, key),
        None => 0,
    }
}

/// Country, capital, unit, region, or town by its size.
fn class(name: &Match, gazetteer: &Gazetteer) -> u32 {
    name.named
        .iter()
        .map(|(place, _)| gazetteer.place(*place))
        .map(|place| match place.feature() {
            _ if place.is_country() => 20,
            "PPLC" => 19,
            "CONT" | "RGN" | "SEA" | "OCN" | "GULF" | "DSRT" | "AREA" => 18,
            "ADM1" => 17,
            "ADM2" | "ADM3" => 2,
            feature if feature.starts_with("PPL") => 3 + place.population().max(1).ilog10(),
            _ => 1,
        })
        .max()
        .unwrap_or(0)
}

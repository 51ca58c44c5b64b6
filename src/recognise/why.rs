//! Why a spot of a text is taken for a place name or not: what was looked up there, what speaks for and against it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::gazetteer::spelling::propose;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::lang::readings::Readings;
use crate::lang::{Lang, Reading, ar};
use crate::text::fold::fold_phrase;
use crate::text::{Span, Text, TokenKind};

use super::context::Context;
use super::grounds::Ground;
use super::manner::Manner;
use super::mention::Mention;
use super::short::usable;
use super::toponym::{Match, Weighed, next_word, weighed};
use super::weights;

/// Words before the spot from which a name may begin that reaches it.
const WORDS_BEFORE: usize = 5;
/// Nearest spellings told for a name that no table has.
const MAX_SPELLINGS: usize = 5;
/// What they may cost a letter: beyond it nobody sees a likeness, and every common word is like some village.
const LIKENESS: f64 = 2.0;

/// What a search for one string of words in the names gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No name begins so.
    Unknown,
    /// Names begin so, none ends here.
    Beginning,
    /// Only an acronym is written so, in capitals.
    Acronym,
    /// A name, passed over for a longer or likelier one.
    PassedOver,
    /// A name, weighed and refused.
    Refused,
    /// A name, taken.
    Taken,
    /// A word in lower case, in a text that has capitals: not looked up.
    LowerCase,
    /// A number or sign: not looked up.
    NoWord,
}

impl Outcome {
    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Outcome::Unknown => "unknown",
            Outcome::Beginning => "beginning",
            Outcome::Acronym => "acronym",
            Outcome::PassedOver => "passed_over",
            Outcome::Refused => "refused",
            Outcome::Taken => "taken",
            Outcome::LowerCase => "lower_case",
            Outcome::NoWord => "no_word",
        }
    }
}

/// One string of words that was looked up, in one reading of its first.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Where it stands, with what was cut off.
    pub span: Span,
    /// The folded letters cut off the first word.
    pub cut: String,
    /// The folded words looked up.
    pub words: String,
    /// What came of it.
    pub outcome: Outcome,
    /// How many places bear the name.
    pub places: usize,
}

/// A recorded name that an unknown word may be a spelling of.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// The place.
    pub place: PlaceRef,
    /// The recorded name, folded.
    pub name: String,
    /// How unlikely the spelling is a letter, natural-log units.
    pub cost_a_letter: f64,
}

/// Why a spot is taken for a place name or not.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The words that it is about: those of the mention, of the refused name, or the word pointed at.
    pub span: Span,
    /// Its tokens.
    pub tokens: std::ops::Range<usize>,
    /// What was looked up around it.
    pub tried: Vec<Tried>,
    /// What speaks for and against it.
    pub grounds: Vec<Ground>,
    /// The sum of all grounds; `None` when there is no name to weigh.
    pub strength: Option<f64>,
    /// The mention, when it is one.
    pub mention: Option<Mention>,
    /// The places of the name, also of a refused one.
    pub named: Vec<PlaceRef>,
    /// For a name that no table has: recorded ones that are spelt nearly so.
    pub near: Vec<Near>,
    /// What a spelling may cost a letter, as the words around it vouch for it.
    pub near_allowed: f64,
}

/// Looks at a text again with open eyes.
pub struct Examined<'t> {
    context: Context<'t>,
    gazetteer: &'t Gazetteer,
    weighed: Weighed,
}

impl<'t> Examined<'t> {
    /// Reads a text, keeping all that is weighed.
    pub fn of(text: &'t Text<'t>, lang: Lang, gazetteer: &'t Gazetteer) -> Examined<'t> {
        let context = Context { is_asked: true, ..Context::of(Cow::Owned(Readings::of(text, lang))) };
        let weighed = weighed(text, gazetteer, &context, &Manner::default());
        Examined { context, gazetteer, weighed }
    }

    /// The mentions, as reading gives them.
    pub fn mentions(&self) -> &[Mention] {
        &self.weighed.mentions
    }

    /// Why the spot at a byte of the text is what it is; `None` in an empty text.
    pub fn spot(&self, byte: u32) -> Option<Spot> {
        let text = self.context.text;
        let token = text.tokens.partition_point(|t| t.span.end <= byte).min(text.tokens.len().checked_sub(1)?);
        let mention = self.weighed.mentions.iter().find(|m| m.span.start <= byte && byte < m.span.end);
        let mention = mention.or_else(|| self.weighed.mentions.iter().find(|m| m.tokens.contains(&token)));
        let mut weighed = self.weighed.settled.iter().filter(|m| m.start <= token && token < m.end);
        // What was weighed may be another thing than what was taken: a village called like a nationality.
        let weighed = weighed.find(|m| mention.is_none_or(|mention| self.span_of(m) == mention.span));
        let tokens = mention.map(|m| m.tokens.clone()).or_else(|| weighed.map(|m| m.start..m.end)).unwrap_or(token..token + 1);
        let span = mention.map(|m| m.span).or_else(|| weighed.map(|m| self.span_of(m))).unwrap_or_else(|| text.span(tokens.clone()));
        let named = match mention {
            Some(mention) => mention.candidates.iter().map(|(place, _)| *place).collect(),
            None => weighed.iter().flat_map(|m| &m.named).map(|(place, _)| *place).collect::<Vec<_>>(),
        };
        let near = if mention.is_none_or(|m| !m.spelt.is_empty()) && weighed.is_none() { self.near(&tokens) } else { Vec::new() };
        Some(Spot {
            tried: self.tried(token),
            grounds: grounds(mention, weighed),
            strength: mention.map(|m| m.strength).or_else(|| weighed.map(|m| m.grounds.sum)),
            mention: mention.cloned(),
            near_allowed: f64::from(self.allowed(token)),
            span,
            tokens,
            named,
            near,
        })
    }

    fn span_of(&self, found: &Match) -> Span {
        let text = self.context.text;
        let end = found.keep.map_or(text.span(found.start..found.end).end, |bytes| text.after_folded(found.start, bytes));
        Span { start: text.after_folded(found.start, found.cut), end }
    }

    /// All strings of words around a token that were looked up and reach it.
    fn tried(&self, token: usize) -> Vec<Tried> {
        let (text, mut out) = (self.context.text, Vec::new());
        let sentence = text.tokens[token].sentence;
        for start in token.saturating_sub(WORDS_BEFORE)..=token {
            if text.tokens[start].sentence != sentence {
                continue;
            }
            let folded = text.folded(start);
            let whole = || Reading { word: folded.into(), cut: 0, preposition: false, comparison: false, article: false };
            let readings = match text.tokens[start].kind {
                TokenKind::Arabic => ar::readings(folded),
                TokenKind::Latin if text.tokens[start].capital || !self.context.has_capitals => vec![whole()],
                kind if start == token => {
                    let outcome = if kind == TokenKind::Latin { Outcome::LowerCase } else { Outcome::NoWord };
                    out.push(Tried { span: text.tokens[start].span, cut: String::new(), words: folded.to_owned(), outcome, places: 0 });
                    continue;
                }
                _ => continue,
            };
            for reading in readings {
                self.walk(start, token, &reading, &mut out);
            }
        }
        out
    }

    /// What one reading gives, as far as names go that way.
    fn walk(&self, start: usize, token: usize, reading: &Reading<'_>, out: &mut Vec<Tried>) {
        let (text, gazetteer) = (self.context.text, self.gazetteer);
        let cut = text.folded(start).get(..reading.cut).unwrap_or_default().to_owned();
        let mut words = reading.word.clone().into_owned();
        let mut walk = gazetteer.start();
        let mut is_alive = gazetteer.step(&mut walk, &reading.word);
        let mut end = start + 1;
        loop {
            let recorded = if is_alive { gazetteer.named(&walk) } else { Vec::new() };
            let named = usable(text, &(start..end), recorded.clone()).len();
            let outcome = match () {
                () if !is_alive => Outcome::Unknown,
                () if recorded.is_empty() => Outcome::Beginning,
                () if named == 0 => Outcome::Acronym,
                () => self.fate(start..end, reading.cut),
            };
            // Names that end before the token say nothing of it, nor do those of the words before that do not reach it.
            if end > token && (start == token || named > 0) {
                out.push(Tried { span: text.span(start..end), cut: cut.clone(), words: words.clone(), outcome, places: named });
            }
            let next = next_word(text, end).filter(|_| is_alive);
            let Some(next) = next else { return };
            is_alive = gazetteer.step(&mut walk, " ") && gazetteer.step(&mut walk, text.folded(next));
            if !is_alive {
                return;
            }
            words = format!("{words} {}", text.folded(next));
            end = next + 1;
        }
    }

    /// What became of a name that was found.
    fn fate(&self, range: std::ops::Range<usize>, cut: usize) -> Outcome {
        let is_it = |m: &&Match| m.start == range.start && m.end == range.end && m.cut == cut;
        match self.weighed.settled.iter().find(is_it) {
            None => Outcome::PassedOver,
            Some(found) if self.weighed.mentions.iter().any(|m| m.span == self.span_of(found)) => Outcome::Taken,
            Some(_) => Outcome::Refused,
        }
    }

    /// Recorded names that are spelt nearly like the words, in the countries that the text is about, else anywhere.
    fn near(&self, tokens: &std::ops::Range<usize>) -> Vec<Near> {
        let name = fold_phrase(self.context.text.slice(self.context.text.span(tokens.clone())));
        let letters = name.chars().count().max(1) as f64;
        let countries = self.countries();
        let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
        let found = propose(self.gazetteer, &name, &countries, MAX_SPELLINGS);
        let near =
            |p: crate::gazetteer::spelling::Proposal| Near { place: p.place, name: p.key, cost_a_letter: f64::from(p.cost) / letters };
        found.into_iter().map(near).filter(|n| n.cost_a_letter <= LIKENESS).collect()
    }

    /// The countries that the text names, by their names or those of their people.
    fn countries(&self) -> BTreeSet<String> {
        let places = self.weighed.mentions.iter().flat_map(|m| &m.candidates).map(|(place, _)| self.gazetteer.place(*place));
        places.filter(|p| p.is_country()).map(|p| p.country().to_owned()).collect()
    }

    fn allowed(&self, token: usize) -> f32 {
        super::spelt::bound(self.context.is_named_by_kind(token), !self.countries().is_empty())
    }
}

fn grounds(mention: Option<&Mention>, weighed: Option<&Match>) -> Vec<Ground> {
    if let Some(list) = weighed.and_then(|m| m.grounds.list.clone()) {
        return list;
    }
    let Some(mention) = mention else { return Vec::new() };
    let what = match (mention.candidates.is_empty() || !mention.spelt.is_empty(), mention.feature.is_some()) {
        (true, true) => "a kind word announces a name",
        (true, false) => "a preposition announces a name",
        (false, _) => "a nationality",
    };
    vec![Ground { what, weight: mention.strength }]
}

/// How much a name needs to be taken.
pub fn needed() -> f64 {
    weights::ACCEPT
}

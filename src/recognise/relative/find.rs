//! All relative places of a text, behind the names that they hang on.

use std::ops::Range;

use crate::gazetteer::Gazetteer;
use crate::lang::grammar::Grammar;
use crate::lang::lexicon::Hit;
use crate::lang::place_words::{List, PlaceWords};
use crate::lang::readings::Readings;
use crate::lang::{Lang, Reading, ar};
use crate::recognise::mention::{Mention, Relation};
use crate::recognise::{How, MentionKind};
use crate::text::{Span, Text, TokenKind};

use super::{beside, border, corner, distance, heads, way};

/// Tokens of the longest phrase that is looked for before a token.
const LONGEST: usize = 5;

/// A text as relative places are looked for in it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    read: &'a Readings<'a>,
    pub(super) text: &'a Text<'a>,
    pub(super) lang: Lang,
    pub(super) words: &'static PlaceWords,
    pub(super) grammar: &'static Grammar,
    pub(super) gazetteer: &'a Gazetteer,
    /// The names, in the order of the text.
    pub(super) mentions: &'a [Mention],
}

/// A relative place before it becomes a mention.
pub(super) struct Told {
    pub(super) tokens: Range<usize>,
    pub(super) relation: Relation,
}

/// Adds a mention for each place that is told by others, and the kind of a list's head to all its names.
pub fn relatives(read: &Readings, gazetteer: &Gazetteer, mentions: &mut Vec<Mention>) {
    corner::named(read, gazetteer, mentions);
    heads::spread(read, gazetteer, mentions);
    let seen = Seen::of(read, gazetteer, mentions);
    let mut told = distance::told(seen);
    border::tell(seen, &mut told);
    way::tell(seen, &mut told);
    beside::tell(seen, &mut told);
    let found: Vec<Mention> = told.into_iter().map(|told| mention(seen, told)).collect();
    // A bank beside a river lends no money: what is named is the river.
    let rivers = found.iter().filter_map(|m| m.relation).filter(|r| r.how == How::Bank).map(|r| r.anchor);
    rivers.for_each(|river| mentions[river].kind = MentionKind::Literal);
    // Behind the others, so that the anchors' indices stay right.
    mentions.extend(found);
}

fn mention(seen: Seen<'_>, told: Told) -> Mention {
    let anchor = &seen.mentions[told.relation.anchor];
    let direction = (0..8).map(|eighth| 45.0 * f64::from(eighth)).position(|b| told.relation.bearing_deg == Some(b));
    Mention {
        span: span(seen, &told),
        sentence: anchor.sentence,
        tokens: told.tokens,
        kind: MentionKind::Relative,
        candidates: Vec::new(),
        spelt: Vec::new(),
        feature: None,
        direction: direction.map(|eighth| distance::EIGHTHS[eighth]),
        strength: anchor.strength,
        outer: None,
        is_dateline: false,
        relation: Some(told.relation),
    }
}

/// The words, without the conjunction or preposition that is written together with the first («وشرق», «بشمال»).
fn span(seen: Seen<'_>, told: &Told) -> Span {
    let whole = seen.text.span(told.tokens.clone());
    let start = told.tokens.start;
    if let Some(name) = seen.mentions.iter().find(|m| m.tokens.start == start && seen.mentions[told.relation.anchor].span == m.span) {
        return Span { start: name.span.start, end: whole.end };
    }
    if seen.lang != Lang::Ar {
        return whole;
    }
    let lists = [&seen.words.directions, &seen.words.features, &seen.words.relative];
    let is_listed = |word: &str| lists.iter().any(|l| l.lexicon.word(word).is_some()) || seen.grammar.near.contains(word);
    let reading = ar::readings(seen.folded(start)).into_iter().find(|r| is_listed(&r.word));
    let article = |r: &Reading<'_>| if r.article { ARTICLE_BYTES } else { 0 };
    let cut = reading.map_or(0, |r| r.cut.saturating_sub(article(&r)));
    Span { start: seen.text.after_folded(start, cut), end: whole.end }
}

/// «ال» in UTF-8.
const ARTICLE_BYTES: usize = 4;

impl<'a> Seen<'a> {
    pub(super) fn of(read: &'a Readings<'a>, gazetteer: &'a Gazetteer, mentions: &'a [Mention]) -> Seen<'a> {
        let Readings { text, lang, .. } = *read;
        Seen { read, text, lang, words: PlaceWords::of(lang), grammar: Grammar::of(lang), gazetteer, mentions }
    }

    /// The words of a token as written.
    pub(super) fn sign(&self, token: usize) -> &'a str {
        self.text.tokens.get(token).map_or("", |t| self.text.slice(t.span))
    }

    pub(super) fn folded(&self, token: usize) -> &'a str {
        if token < self.text.tokens.len() { self.text.folded(token) } else { "" }
    }

    /// The longest phrase of a list that ends right before a token and begins at another or behind it.
    pub(super) fn ending(&self, list: &'static List, end: usize, from: usize) -> Option<(Hit, &'static str)> {
        (from.max(end.saturating_sub(LONGEST))..end).find_map(|start| self.starting(list, start).filter(|(hit, _)| hit.end == end))
    }

    /// The longest phrase of a list that begins at a token.
    pub(super) fn starting(&self, list: &'static List, token: usize) -> Option<(Hit, &'static str)> {
        if self.text.tokens.get(token)?.kind == TokenKind::Punct { None } else { list.begins(self.read, token) }
    }

    /// True when a token is a word of a key of `relative.txt`.
    pub(super) fn is(&self, token: usize, key: &str) -> bool {
        self.starting(&self.words.relative, token).is_some_and(|(_, found)| found == key)
    }

    /// A word or apostrophe that only leads on to a name («of the», «de l'», «من»).
    pub(super) fn is_link(&self, token: usize) -> bool {
        let folded = self.folded(token);
        matches!(self.sign(token), "'" | "\u{2019}") || self.grammar.link.contains(folded) || self.grammar.from.contains(folded)
    }

    /// The token begins with a conjunction that is written together with it («وشرق»).
    pub(super) fn has_conjunction(&self, token: usize) -> bool {
        self.lang == Lang::Ar && self.folded(token).starts_with('و')
    }

    /// Names that a relation may hang on: those of places, not of what is called after them.
    pub(super) fn is_name(&self, index: usize) -> bool {
        self.mentions[index].kind == MentionKind::Literal && self.mentions[index].relation.is_none()
    }

    /// The name, or the people, of a country.
    pub(super) fn is_country(&self, index: usize) -> bool {
        self.mentions[index].candidates.iter().any(|(place, _)| self.gazetteer.place(*place).is_country())
    }

    pub(super) fn has_feature(&self, index: usize, features: &[&str]) -> bool {
        self.mentions[index].candidates.iter().any(|(place, _)| features.contains(&self.gazetteer.place(*place).feature()))
    }

    /// Nothing but links, kind words and a conjunction between two neighbouring mentions of a sentence, and a conjunction there is.
    pub(super) fn are_joined(&self, left: usize, right: usize) -> bool {
        let (one, other) = (&self.mentions[left], &self.mentions[right]);
        if one.sentence != other.sentence || one.tokens.end > other.tokens.start || other.tokens.start - one.tokens.end > LONGEST {
            return false;
        }
        let mut gap = one.tokens.end..other.tokens.start;
        let is_and = |t: usize| self.is(t, "and");
        let is_glued = self.has_conjunction(one.tokens.end);
        (is_glued || gap.clone().any(is_and))
            && gap.all(|t| is_and(t) || self.is_link(t) || self.starting(&self.words.features, t).is_some() || self.sign(t) == ",")
    }
}

impl Told {
    pub(super) fn new(tokens: Range<usize>, relation: Relation) -> Told {
        Told { tokens, relation }
    }

    /// A place of this sort that stands over a token and hangs on a name.
    pub(super) fn covers(&self, token: usize, anchor: usize) -> bool {
        let is_one_of = self.relation.anchor == anchor || self.relation.others.contains(&Some(anchor));
        is_one_of && (self.tokens.contains(&token) || self.relation.how == How::Border)
    }
}

//! The longer name that a place name stands in: «University of Bayreuth», «اتفاق الجزائر», `#سيول_الأردن`.

use std::ops::Range;

use crate::gazetteer::{Gazetteer, Place};
use crate::lang::{Lang, ar};
use crate::text::{Span, TokenKind};

use super::context::Context;
use super::toponym::Match;

/// Words at most between a place and the noun that says what it belongs to («Metcalfe *County* Sheriff's Office»).
const MAX_BETWEEN: usize = 3;
/// Tokens at most that an outer name reaches beyond its noun, and that a hashtag has.
const MAX_REACH: usize = 8;

/// What a longer name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the key of a word list and the published word")]
pub enum NameKind {
    Organisation,
    Media,
    Agreement,
    Group,
    Operation,
    Team,
    Event,
    /// A university, an embassy: it stands somewhere, and is named after that or something else.
    Institution,
    Person,
    /// Words run together behind «#».
    Hashtag,
}

impl NameKind {
    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            NameKind::Organisation => "organisation",
            NameKind::Media => "media",
            NameKind::Agreement => "agreement",
            NameKind::Group => "group",
            NameKind::Operation => "operation",
            NameKind::Team => "team",
            NameKind::Event => "event",
            NameKind::Institution => "institution",
            NameKind::Person => "person",
            NameKind::Hashtag => "hashtag",
        }
    }

    /// Of a key of `organisations.txt` for whole names, `[name:…]`.
    fn of_name(key: &str) -> Option<NameKind> {
        NameKind::of_noun(key.strip_prefix("name:")?)
    }

    /// Of a key of `organisations.txt` for nouns; facilities are named after where they stand, and are no longer names.
    fn of_noun(key: &str) -> Option<NameKind> {
        const NAMED: [NameKind; 8] = [
            NameKind::Organisation,
            NameKind::Media,
            NameKind::Agreement,
            NameKind::Group,
            NameKind::Operation,
            NameKind::Team,
            NameKind::Event,
            NameKind::Institution,
        ];
        NAMED.into_iter().find(|kind| kind.label() == key)
    }
}

/// The longer name around a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outer {
    /// Where it stands, the mention included.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
}

/// A unit with so many times the people of the town of its name is the one that is meant.
const UNIT_TO_TOWN: u64 = 100;

impl Context<'_> {
    /// The longer name that a match stands in.
    pub(super) fn outer(&self, found: &Match) -> Option<Outer> {
        let group = self.groups.at(found.start).filter(|h| h.start <= found.start && h.end >= found.end);
        let group = group.map(|hit| Outer { span: self.text.span(hit.start..hit.end), kind: NameKind::Group });
        self.outer_of(found).or(group)
    }

    /// The same but for groups: «soldats maliens» is no name.
    pub(super) fn outer_of(&self, found: &Match) -> Option<Outer> {
        let named = |tokens: Range<usize>, kind| Some(Outer { span: self.text.span(tokens), kind });
        if let Some(tokens) = self.hashtag(found.start..found.end) {
            return named(tokens, NameKind::Hashtag);
        }
        if let Some(hit) = self.organisations.at(found.start).filter(|h| h.start < found.start || h.end > found.end)
            && let Some(kind) = NameKind::of_name(self.words.organisations.key(hit))
        {
            return named(hit.start.min(found.start)..hit.end.max(found.end), kind);
        }
        let (tokens, kind) = self.noun_before(found).or_else(|| self.noun_after(found))?;
        named(tokens, kind)
    }

    /// The match names where the outer name stands: who is at the University of Bayreuth is in the town of Bayreuth, but the China
    /// University of Geosciences may be anywhere in China.
    pub(super) fn stands_there(found: &Match, outer: &Outer, gazetteer: &Gazetteer) -> bool {
        let places = || found.named.iter().map(|(place, _)| gazetteer.place(*place));
        let most = |is: fn(&str) -> bool| places().filter(|p| is(p.feature())).map(Place::population).max();
        // A hamlet called California has no university of that name, its state has.
        let is_town = most(|f| f.starts_with("PPL"))
            .is_some_and(|town| most(|f| f == "ADM1").is_none_or(|unit| u64::from(unit) <= u64::from(town) * UNIT_TO_TOWN));
        outer.kind == NameKind::Institution && is_town && most(|f| f.starts_with("PCL")).is_none()
    }

    /// A preposition of place right before a token, or written together with it; an article may stand between.
    pub(super) fn is_led_by_place_word(&self, token: usize) -> bool {
        let text = self.text;
        let glued = || {
            text.tokens.get(token).is_some_and(|t| t.kind == TokenKind::Arabic)
                && self.organisations.at(token).is_some_and(|h| h.start == token && h.preposition)
        };
        let mut before = self.before(token);
        // «at the University», «à l'université», «dans le palais».
        while let Some(at) = before.filter(|at| self.is_link(*at) && !self.grammar.place.contains(text.folded(*at))) {
            before = at.checked_sub(1).filter(|b| text.tokens[*b].sentence == text.tokens[token].sentence);
        }
        glued() || before.is_some_and(|at| self.grammar.place.contains(text.folded(at)))
    }

    /// The noun before: «Bank of China», «accord d'Alger», «حركة تحرير أزواد».
    fn noun_before(&self, found: &Match) -> Option<(Range<usize>, NameKind)> {
        let text = self.text;
        // «بموقع في غاو»: a preposition parts the name from the noun.
        if self.lang == Lang::Ar && found.preposition {
            return None;
        }
        // «إنتر ميلان (إيطاليا)»: what stands in brackets is said of the name, and no part of it.
        let opens = |at: usize| at.checked_sub(1).is_some_and(|b| matches!(text.slice(text.tokens[b].span), "(" | "[" | ")" | "]"));
        let mut at = self.head_before(found.start).filter(|_| !opens(found.start))?;
        if self.key_at(at) == Some("inner") {
            at = self.head_before(at)?;
        }
        let hit = self.organisations.at(at).filter(|h| h.end == at + 1 || h.end == found.start)?;
        let kind = NameKind::of_noun(self.words.organisations.key(hit))?;
        let stated = match text.tokens[hit.start].kind {
            // A noun with the article governs nothing: «استرداد الجيش الخرطوم».
            TokenKind::Arabic => hit.end > hit.start + 1 || !ar::readings(text.folded(hit.start)).iter().any(|r| r.article),
            // «in front of Gao», «une mission de Gao»: in small letters only what is an institution by nature.
            _ => text.tokens[hit.start].capital || matches!(kind, NameKind::Organisation | NameKind::Agreement | NameKind::Institution),
        };
        stated.then(|| (self.first_capital(hit.start)..self.last_capital(found.end), kind))
    }

    /// The noun behind, in English: «New York Times», «China University of Geosciences».
    fn noun_after(&self, found: &Match) -> Option<(Range<usize>, NameKind)> {
        if self.lang != Lang::En {
            return None;
        }
        let tokens = &self.text.tokens;
        let is_part = |at: usize| tokens.get(at).is_some_and(|t| t.capital && t.sentence == tokens[found.start].sentence);
        // In a headline every word has a capital: only the next one can belong to the name.
        let reach = if self.is_headline(found.start) { 0 } else { MAX_BETWEEN };
        for at in (found.end..=found.end + reach).take_while(|at| is_part(*at)) {
            let kind = self.organisations.at(at).filter(|h| h.start == at).and_then(|h| NameKind::of_noun(self.words.organisations.key(h)));
            if let Some(kind) = kind {
                let end = self.organisations.at(at).map_or(at + 1, |h| h.end);
                return Some((self.first_capital(found.start)..self.last_capital(end), kind));
            }
        }
        None
    }

    /// The key of the list of organisations that a token is under.
    fn key_at(&self, at: usize) -> Option<&str> {
        self.organisations.at(at).map(|h| self.words.organisations.key(h))
    }

    /// The first of the capitalised words that lead to a token without a sign between, that token if there are none.
    fn first_capital(&self, token: usize) -> usize {
        let tokens = &self.text.tokens;
        let joins = |at: &usize| {
            let word = &tokens[*at];
            word.capital
                && word.sentence == tokens[token].sentence
                && !self.is_sentence_start(*at)
                && !self.grammar.link.contains(self.text.folded(*at))
        };
        (token.saturating_sub(MAX_REACH)..token).rev().take_while(joins).last().unwrap_or(token)
    }

    /// One past the last of the capitalised words behind a token, «of» and «for» between them passed over.
    fn last_capital(&self, token: usize) -> usize {
        let tokens = &self.text.tokens;
        let Some(sentence) = token.checked_sub(1).and_then(|last| tokens.get(last)).map(|t| t.sentence) else { return token };
        let is_capital = |at: usize| tokens.get(at).is_some_and(|t| t.capital && t.sentence == sentence);
        let mut end = token;
        while end < token + MAX_REACH {
            if is_capital(end) {
                end += 1;
            } else if self.grammar.link.contains(self.text.folded(end)) && is_capital(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// The words behind «#», when they are more than the name: `#سيول_الأردن`, but not `#حفر_الباطن`.
    fn hashtag(&self, name: Range<usize>) -> Option<Range<usize>> {
        let tokens = &self.text.tokens;
        let sign = |at: usize| self.text.slice(tokens[at].span);
        let is_glued = |at: usize| tokens.get(at).is_some_and(|t| !t.spaced && (t.kind != TokenKind::Punct || sign(at) == "_"));
        let mut start = name.start;
        while start > 0
            && name.start - start < MAX_REACH
            && is_glued(start)
            && (sign(start - 1) == "_" || tokens[start - 1].kind != TokenKind::Punct)
        {
            start -= 1;
        }
        let hash = start.checked_sub(1).filter(|at| sign(*at) == "#" && !tokens[start].spaced)?;
        let end = (name.end..name.end + MAX_REACH).take_while(|at| is_glued(*at)).last().map_or(name.end, |last| last + 1);
        (start < name.start || end > name.end).then_some(hash..end)
    }
}

//! What stands around a span: kind words, prepositions, directions, persons, organisations, neighbours.

use std::borrow::Cow;

use crate::lang::Lang;
use crate::lang::ar;
use crate::lang::grammar::Grammar;
use crate::lang::lexicon::Hit;
use crate::lang::place_words::{Cover, PlaceWords};
use crate::lang::readings::Readings;
use crate::text::{Text, TokenKind};

use super::grounds::Grounds;
use super::mention::Mention;
use super::toponym::Match;
use super::weights;

/// Kinds whose names are borrowed from places and persons.
const BUILDINGS: &[&str] = &["mosque", "church", "road", "market", "bridge"];

/// Fewest words of a headline; shorter ones («The Hague») are names.
const HEADLINE_WORDS: usize = 3;
/// Words of fewer bytes («in», «à») are small in many headlines.
const HEADLINE_LETTERS: u32 = 3;
/// Tenths of its words that have capitals.
const HEADLINE_TENTHS: usize = 9;

/// The words of a text seen through the lists of its language.
pub(super) struct Context<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) lang: Lang,
    pub(super) words: &'static PlaceWords,
    pub(super) grammar: &'static Grammar,
    /// The text uses capitals; tweets and transcripts may not.
    pub(super) has_capitals: bool,
    pub(super) features: Cover,
    pub(super) persons: Cover,
    pub(super) organisations: Cover,
    pub(super) demonyms: Cover,
    pub(super) directions: Cover,
    pub(super) groups: Cover,
    /// Somebody asks why: sums keep their lists.
    pub(super) is_asked: bool,
    /// Names of palaces, in order.
    pub(super) palaces: Vec<Hit>,
    /// For each sentence whether nearly all its words have capitals: there they prove nothing.
    pub(super) headlines: Vec<bool>,
    /// The words with their readings, for further lists.
    pub(super) seen: Cow<'a, Readings<'a>>,
}

impl<'a> Context<'a> {
    pub(super) fn of(seen: Cow<'a, Readings<'a>>) -> Context<'a> {
        let Readings { text, lang, .. } = *seen;
        let words = PlaceWords::of(lang);
        Context {
            text,
            lang,
            words,
            grammar: Grammar::of(lang),
            has_capitals: text.tokens.iter().any(|t| t.capital),
            features: words.features.cover(&seen),
            persons: words.persons.cover(&seen),
            organisations: words.organisations.cover(&seen),
            demonyms: words.demonyms.cover(&seen),
            directions: words.directions.cover(&seen),
            groups: words.groups.cover(&seen),
            palaces: {
                let hits = words.metonyms.lexicon.all(&seen);
                hits.into_iter().filter(|h| words.metonyms.key(*h).contains(':')).collect()
            },
            is_asked: false,
            headlines: text.sentences.iter().map(|range| is_headline(text, range.clone())).collect(),
            seen,
        }
    }

    /// The sentence of a token is set like a headline, «Attack In Gao» or «ATTACK IN GAO».
    pub(super) fn is_headline(&self, token: usize) -> bool {
        self.text.tokens.get(token).and_then(|t| self.headlines.get(t.sentence as usize)).copied().unwrap_or(false)
    }

    /// An empty sum of grounds.
    pub(super) fn grounds(&self) -> Grounds {
        Grounds::new(self.is_asked)
    }

    /// What the surroundings of a match say; neighbours are the matches beside it.
    pub(super) fn weigh(&self, all: &[Match], index: usize) -> Grounds {
        let found = &all[index];
        let mut grounds = self.grounds();
        match self.feature(found) {
            // «the Gao–Ansongo road» has its two ends; «the Mandela road» has a man's name.
            Some("road") if self.has_neighbour(all, index) => {}
            Some(kind) if BUILDINGS.contains(&kind) => grounds.add("a word for a building or street beside it", weights::BUILDING),
            Some(_) => grounds.add("a kind word beside it", weights::KIND_WORD),
            None => {}
        }
        if self.direction_before(found.start).is_some() {
            grounds.add("a direction before it", weights::DIRECTION);
        } else if self.is_measured_from(found.start) {
            grounds.add("a distance or direction is measured from it", weights::DIRECTION);
        } else if found.preposition {
            grounds.add("a preposition written together with it", weights::PROCLITIC);
        } else if self.is_locative_before(found.start) {
            grounds.add("a preposition of place before it", weights::LOCATIVE);
        }
        if self.has_neighbour(all, index) {
            grounds.add("a place beside it in a list or apposition", weights::NEIGHBOUR);
        }
        if self.is_alone(found) {
            grounds.add("nothing but it in the text", weights::ALONE);
        }
        if self.is_part_of_person(found) {
            grounds.add("part of a person's or longer name", weights::PERSON);
        }
        if self.text.tokens[found.start].kind == TokenKind::Latin && self.is_sentence_start(found.start) && found.end == found.start + 1 {
            grounds.add("the first word of a sentence", weights::SENTENCE_START);
        }
        grounds
    }

    /// The word before a token in its sentence, quotes and brackets passed over; no further than a comma or stop.
    pub(super) fn before(&self, token: usize) -> Option<usize> {
        let mut at = token.checked_sub(1)?;
        while self.text.tokens[at].kind == TokenKind::Punct && is_quote(self.text.slice(self.text.tokens[at].span)) {
            at = at.checked_sub(1)?;
        }
        (self.text.tokens[at].sentence == self.text.tokens[token].sentence && self.text.tokens[at].kind != TokenKind::Punct).then_some(at)
    }

    /// The word before, with linking words («of the», «de la») passed over.
    pub(super) fn head_before(&self, token: usize) -> Option<usize> {
        let mut at = self.before(token)?;
        if self.lang != Lang::Ar {
            for _ in 0..3 {
                if !self.is_link(at) {
                    break;
                }
                at = match at.checked_sub(1) {
                    Some(b) if is_quote(self.text.slice(self.text.tokens[b].span)) => b.checked_sub(1)?,
                    Some(b) => b,
                    None => return None,
                };
            }
        }
        (self.text.tokens[at].sentence == self.text.tokens[token].sentence).then_some(at)
    }

    /// A word or apostrophe that may stand between a kind word and its name («of the», «de l'»).
    pub(super) fn is_link(&self, token: usize) -> bool {
        let is_apostrophe = self.text.tokens.get(token).is_some_and(|t| matches!(self.text.slice(t.span), "'" | "\u{2019}"));
        is_apostrophe || self.grammar.link.contains(self.text.folded(token))
    }

    /// The kind word before («ville de X») or, in English, after («X province»).
    pub(super) fn feature(&self, found: &Match) -> Option<&'static str> {
        self.kind_word(&(found.start..found.end))
    }

    /// The kind word beside a range of tokens.
    pub(super) fn kind_word(&self, range: &std::ops::Range<usize>) -> Option<&'static str> {
        let hit = self.head_before(range.start).and_then(|at| self.features.at(at).filter(|h| h.end == at + 1));
        let after = || match self.lang {
            Lang::Ar => None,
            Lang::Fr | Lang::En => self
                .features
                .at(range.end)
                .filter(|h| h.start == range.end && self.text.tokens[h.start].sentence == self.text.tokens[range.start].sentence),
        };
        hit.or_else(after).map(|h| self.words.features.key(h))
    }

    /// The direction word before («north of X», «شمال X»).
    pub(super) fn direction_before(&self, token: usize) -> Option<&'static str> {
        let at = self.head_before(token)?;
        self.directions.at(at).filter(|h| h.end == at + 1).map(|h| self.words.directions.key(h))
    }

    /// «إلى الشرق من دوري», «40 km de Dori»: the word that leads from a direction or a unit of length to its start stands before.
    fn is_measured_from(&self, token: usize) -> bool {
        let Some(at) = self.before(token).filter(|at| self.grammar.from.contains(self.text.folded(*at))) else { return false };
        self.before(at).is_some_and(|b| {
            self.directions.at(b).is_some()
                || self.words.units.at(self.text, b, self.lang).is_some_and(|(_, key)| matches!(key, "kilometre" | "metre" | "mile"))
        })
    }

    fn is_locative_before(&self, token: usize) -> bool {
        let Some(at) = self.before(token) else { return false };
        let folded = self.text.folded(at);
        let list = &self.grammar.locative;
        list.contains(folded) || self.lang == Lang::Ar && folded.strip_prefix('و').is_some_and(|rest| list.contains(rest))
    }

    /// Another likely name right before or after, with nothing but a comma, a bracket or «and» between.
    fn has_neighbour(&self, all: &[Match], index: usize) -> bool {
        let joined = |left: &Match, right: &Match| {
            let between = left.end..right.start;
            // «Mondoro (région de Mopti», «Tessit, in the region of Gao»
            let gap_is_small = between.len() <= 4
                && between.clone().all(|at| {
                    matches!(self.text.slice(self.text.tokens[at].span), "," | "،" | "(" | "/" | "-" | "–")
                        || self.grammar.joint.contains(self.text.folded(at))
                        || self.is_link(at)
                        || self.features.at(at).is_some()
                        || self.directions.at(at).is_some()
                });
            let conjoined = between.is_empty() && right.cut > 0;
            (gap_is_small && !between.is_empty()) || conjoined
        };
        let same_sentence = |a: &Match, b: &Match| self.text.tokens[a.start].sentence == self.text.tokens[b.start].sentence;
        let likely = |m: &Match| m.grounds.sum >= weights::ACCEPT;
        let found = &all[index];
        let left = index.checked_sub(1).and_then(|i| all.get(i)).is_some_and(|l| likely(l) && same_sentence(l, found) && joined(l, found));
        let right = all.get(index + 1).is_some_and(|r| likely(r) && same_sentence(found, r) && joined(found, r));
        left || right
    }

    /// A title, given name or particle before, or capitals beside that make a longer unknown name.
    fn is_part_of_person(&self, found: &Match) -> bool {
        let before = self.before(found.start).filter(|b| self.text.tokens[*b].span.end + 2 >= self.text.tokens[found.start].span.start);
        // «de», «du», «la» are particles only between the parts of a name, and prepositions everywhere else.
        let named = before
            .filter(|at| !self.is_link(*at) && !self.is_preposition_on(*at))
            .and_then(|at| self.persons.at(at))
            .map(|h| self.words.persons.key(h));
        match named {
            Some("given" | "particle") => return true,
            // «le colonel Kaya», «العقيد غاو»; but «رئيس مالي» is the president of Mali.
            Some("title") if self.lang != Lang::Ar || before.is_some_and(|at| ar::is_definite(self.text.folded(at))) => return true,
            None if self.is_after_short_title(found.start) => return true,
            _ => {}
        }
        if self.text.tokens[found.start].kind != TokenKind::Latin || !self.has_capitals || self.is_headline(found.start) {
            return false;
        }
        let beside = |at: usize, step_is_spaced: bool| {
            self.text.tokens.get(at).is_some_and(|t| {
                t.kind == TokenKind::Latin
                    && t.capital
                    && step_is_spaced
                    && t.sentence == self.text.tokens[found.start].sentence
                    && !self.is_known_word(at)
                    && !self.grammar.locative.contains(self.text.folded(at))
                    && self.words.ordinary.begins(&self.seen, at).is_none()
            })
        };
        let next_is_close = self.text.tokens.get(found.end).is_some_and(|t| t.kind == TokenKind::Latin);
        let left = before.is_some_and(|b| !self.is_sentence_start(b) && beside(b, b + 1 == found.start));
        left || beside(found.end, next_is_close)
    }

    /// «على» (on) folds to «علي», the name Ali: written with its own last letter it is the preposition.
    pub(super) fn is_preposition_on(&self, at: usize) -> bool {
        self.grammar.locative.contains(self.text.folded(at)) && self.text.slice(self.text.tokens[at].span).ends_with('\u{0649}')
    }

    /// No word but the name in the whole text.
    fn is_alone(&self, found: &Match) -> bool {
        let other = |range: std::ops::Range<usize>| self.text.tokens[range].iter().any(|t| t.kind != TokenKind::Punct);
        !other(0..found.start) && !other(found.end..self.text.tokens.len())
    }

    /// «Mr.», «Gen.» before, their full stop between.
    fn is_after_short_title(&self, token: usize) -> bool {
        let dotted = token.checked_sub(2).filter(|t| self.text.slice(self.text.tokens[t + 1].span) == ".");
        dotted.and_then(|t| self.persons.at(t)).is_some_and(|h| self.words.persons.key(h) == "title")
    }

    /// A word that has a meaning of its own beside a place name: kind words, directions, nationalities, titles.
    pub(super) fn is_known_word(&self, at: usize) -> bool {
        let is_title = self.persons.at(at).is_some_and(|h| self.words.persons.key(h) == "title");
        is_title
            || self.features.at(at).is_some()
            || self.directions.at(at).is_some()
            || self.demonyms.at(at).is_some()
            || self.organisations.at(at).is_some()
    }

    pub(super) fn is_sentence_start(&self, token: usize) -> bool {
        (0..token)
            .rev()
            .take_while(|t| self.text.tokens[*t].sentence == self.text.tokens[token].sentence)
            .all(|t| self.text.tokens[t].kind == TokenKind::Punct)
    }

    /// [`Context::listed`] of the word of a match, as it is read there.
    pub(super) fn listed_at(&self, found: &Match) -> f64 {
        self.listed(self.text.folded(found.start).get(found.cut..).unwrap_or_default())
    }

    /// Listed as rather a word or a person, in the reading in which it is a name.
    pub(super) fn listed(&self, reading: &str) -> f64 {
        let list = &self.words.not_places;
        match list.lexicon.word(reading).and_then(|key| list.groups.keys.get(usize::from(key))).map(String::as_str) {
            Some("word") => weights::LISTED_WORD,
            Some("reason") => weights::NEEDS_REASON,
            Some("person") => weights::LISTED_PERSON,
            _ => 0.0,
        }
    }

    /// Every word of it is one for an event, a date, a number, a kind of place, a direction or a title.
    pub(super) fn is_ordinary(&self, range: &std::ops::Range<usize>) -> bool {
        let text = self.text;
        range.clone().all(|at| {
            text.tokens[at].kind == TokenKind::Punct
                || self.features.at(at).is_some()
                || self.directions.at(at).is_some()
                || self.words.ordinary.begins(&self.seen, at).is_some_and(|h| h.end <= range.end)
                || self.persons.at(at).is_some_and(|h| self.words.persons.key(h) == "title")
        })
    }

    /// Nothing but direction words («الشمال الشرقي»).
    pub(super) fn is_direction(&self, range: &std::ops::Range<usize>) -> bool {
        range.clone().all(|at| self.directions.at(at).is_some())
    }

    /// A kind word for a settlement or district right before.
    pub(super) fn is_named_by_kind(&self, token: usize) -> bool {
        self.head_before(token)
            .and_then(|at| self.features.at(at).filter(|h| h.end == at + 1))
            .is_some_and(|h| matches!(self.words.features.key(h), "city" | "town" | "village" | "camp" | "district" | "municipality"))
    }

    /// Exactly a nationality word.
    pub(super) fn is_nationality(&self, range: &std::ops::Range<usize>) -> bool {
        self.demonyms.at(range.start).is_some_and(|h| h.start == range.start && h.end == range.end)
    }

    /// For each token whether a mention covers it.
    pub(super) fn taken(&self, mentions: &[Mention]) -> Vec<bool> {
        let mut out = vec![false; self.text.tokens.len()];
        for mention in mentions {
            out[mention.tokens.clone()].fill(true);
        }
        out
    }
}

/// Nearly all of three or more words have capitals.
fn is_headline(text: &Text, range: std::ops::Range<usize>) -> bool {
    let words = text.tokens[range].iter().filter(|t| t.kind == TokenKind::Latin && t.span.end - t.span.start >= HEADLINE_LETTERS);
    let (capitals, all) = words.fold((0, 0), |(capitals, all), t| (capitals + usize::from(t.capital), all + 1));
    all >= HEADLINE_WORDS && capitals * 10 >= all * HEADLINE_TENTHS
}

pub(super) fn is_quote(sign: &str) -> bool {
    matches!(sign, "«" | "»" | "\"" | "\u{201C}" | "\u{201D}" | "'" | "\u{2019}" | "\u{2018}" | "(" | ")" | "\u{2039}" | "\u{203A}")
}

//! Names that no gazetteer knows, where the text says that a place is named.

use crate::lang::{Lang, ar};
use crate::text::TokenKind;

use super::MentionKind;
use super::context::{Context, is_quote};
use super::mention::Mention;
use super::weights;

impl Context<'_> {
    /// Names that no gazetteer knows but a kind word («قرية «كذا»», «the village of X») or a preposition («à X»), or a direction («south of X»), announces.
    pub(super) fn unknown_names(&self, taken: &[Mention]) -> Vec<Mention> {
        let kinds = self.features.hits.iter().filter_map(|hit| {
            let key = self.words.features.key(*hit);
            matches!(key, "village" | "town" | "city" | "camp" | "district" | "municipality" | "neighbourhood")
                .then_some((hit.end, Some(key)))
        });
        let prepositions = (0..self.text.tokens.len()).filter(|t| self.is_before_settlement(*t)).map(|t| (t + 1, None));
        // «south of Krasnohorivka», «20 km from Krasnohorivka»: nobody is lost for want of an entry.
        let directions = self.directions.hits.iter().filter(|hit| self.words.directions.key(**hit) != "centre").map(|hit| hit.end);
        let directions = directions.filter(|end| self.is_link(*end)).map(|end| (end + 1, None));
        let distances = (1..self.text.tokens.len()).filter(|t| self.is_before_anchor(*t)).map(|t| (t + 1, None));
        let mut covered = self.taken(taken);
        let mut out: Vec<Mention> = Vec::new();
        for (from, feature) in kinds.chain(prepositions).chain(directions).chain(distances) {
            let Some(range) = self.slot_after(from) else { continue };
            if covered[range.clone()].contains(&true) || feature.is_none() && !self.is_plain_name(&range) {
                continue;
            }
            covered[range.clone()].fill(true);
            out.push(Mention {
                span: self.text.span(range.clone()),
                sentence: self.text.tokens[range.start].sentence as usize,
                kind: MentionKind::Literal,
                candidates: Vec::new(),
                spelt: Vec::new(),
                feature,
                direction: self.direction_before(range.start),
                strength: weights::KIND_WORD,
                relation: None,
                outer: None,
                is_dateline: false,
                tokens: range,
            });
        }
        out
    }

    /// An unknown Arabic name with one and two of the words behind it, where these too are none that is known.
    pub(super) fn longer_names(&self, range: &std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        let sentence = self.text.tokens[range.start].sentence;
        let goes_on = |at: &usize| {
            self.text.tokens.get(*at).is_some_and(|t| t.kind == TokenKind::Arabic && t.sentence == sentence) && self.is_unlisted(*at)
        };
        if self.text.tokens[range.start].kind != TokenKind::Arabic {
            return Vec::new();
        }
        (range.end..range.end + 2).take_while(goes_on).map(|at| range.start..at + 1).collect()
    }

    /// No word of any list that tells what else it may be.
    fn is_unlisted(&self, at: usize) -> bool {
        let folded = self.text.folded(at);
        !self.grammar.not_name.contains(folded)
            && !self.grammar.locative.contains(folded)
            && self.words.frequency(folded) < weights::COMMON_WORD
            && !self.is_known_word(at)
            && self.words.not_places.lexicon.word(folded).is_none()
            && self.words.ordinary.begins(&self.seen, at).is_none()
            && self.groups.at(at).is_none()
    }

    /// A word right behind «قرية» or «بلدة» that is no word of any list nor an adjective of the noun («قرية صغيرة»).
    fn bare_arabic_name(&self, at: usize) -> bool {
        let folded = self.text.folded(at);
        let noun = at.checked_sub(1).map(|n| self.text.folded(n)).unwrap_or_default();
        let is_village = ar::readings(noun).iter().any(|r| !r.article && self.grammar.names_next.contains(r.word.as_ref()));
        let is_adjective = folded.ends_with('ه') && !ar::is_definite(folded);
        is_village
            && self.text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Arabic)
            && folded.chars().count() >= weights::UNKNOWN_LETTERS
            && !is_adjective
            && self.is_unlisted(at)
    }

    /// «à» and «at», «in», «near»: before a capital, where something is.
    fn is_before_settlement(&self, token: usize) -> bool {
        self.grammar.settlement.contains(self.text.folded(token))
    }

    /// «of» and «from» behind a number of kilometres or miles.
    fn is_before_anchor(&self, token: usize) -> bool {
        let is_number = token.checked_sub(2).is_some_and(|t| self.text.tokens[t].kind == TokenKind::Number);
        is_number
            && self.grammar.from.contains(self.text.folded(token))
            && self.words.units.at(self.text, token - 1, self.lang).is_some_and(|(_, key)| matches!(key, "kilometre" | "mile"))
    }

    /// A capitalised name that is no word of any list: not a person's, an organisation's, a month's, an acronym.
    fn is_plain_name(&self, range: &std::ops::Range<usize>) -> bool {
        range.clone().all(|at| {
            let token = &self.text.tokens[at];
            let folded = self.text.folded(at);
            token.kind == TokenKind::Punct
                || token.kind == TokenKind::Latin
                    && !token.upper
                    && folded.chars().count() >= weights::UNKNOWN_LETTERS
                    && self.persons.at(at).is_none()
                    && self.organisations.at(at).is_none()
                    && self.groups.at(at).is_none()
                    && self.words.frequency(folded) < weights::COMMON_WORD
                    && self.words.not_places.lexicon.word(folded).is_none()
                    && self.words.ordinary.begins(&self.seen, at).is_none()
        })
    }

    /// The unknown name behind a kind word: a quoted phrase, or a run of capitals; in bare Arabic none can be told from a word.
    fn slot_after(&self, from: usize) -> Option<std::ops::Range<usize>> {
        let tokens = &self.text.tokens;
        let sentence = tokens.get(from.checked_sub(1)?)?.sentence;
        let mut start = from;
        while self.lang != Lang::Ar && self.is_link(start) {
            start += 1;
        }
        let quoted = tokens.get(start).is_some_and(|t| t.kind == TokenKind::Punct && is_quote(self.text.slice(t.span)));
        if quoted {
            start += 1;
        } else if self.lang == Lang::Ar {
            return self.bare_arabic_name(start).then_some(start..start + 1);
        }
        let in_name = |at: usize| {
            tokens.get(at).is_some_and(|t| {
                t.sentence == sentence
                    && match t.kind {
                        TokenKind::Latin => {
                            (t.capital || at > start && matches!(self.text.folded(at), "de" | "da" | "do" | "al" | "el"))
                                && !self.is_known_word(at)
                        }
                        TokenKind::Arabic => quoted,
                        TokenKind::Punct => at > start && !t.spaced && matches!(self.text.slice(t.span), "-" | "'" | "\u{2019}"),
                        TokenKind::Number => false,
                    }
            })
        };
        let end = (start..start + 5).take_while(|at| in_name(*at)).last()? + 1;
        let closed = !quoted || tokens.get(end).is_some_and(|t| is_quote(self.text.slice(t.span)));
        (closed && tokens[end - 1].kind != TokenKind::Punct).then_some(start..end)
    }
}

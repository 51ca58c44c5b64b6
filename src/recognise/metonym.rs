//! Capitals and palaces that stand for a government: «واشنطن فرضت عقوبات», «Bamako a démenti», «the Kremlin».

use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::lang::Lang;
use crate::lang::lexicon::Hit;
use crate::text::TokenKind;

use super::MentionKind;
use super::context::Context;
use super::mention::Mention;
use super::toponym::{Match, fame};
use super::weights;

/// Small words at most between a capital and its verb («Bamako n'a pas encore réagi»).
const MAX_HELPERS: usize = 3;
/// Words at most from «relations» to the second of two capitals («tensions between Washington and Moscow»).
const MAX_BETWEEN: usize = 5;

impl Context<'_> {
    /// The match is a capital that acts as its government does.
    pub(super) fn is_government(&self, found: &Match, gazetteer: &Gazetteer) -> bool {
        let known = |place: &PlaceRef| fame(gazetteer, *place);
        let most = found.named.iter().map(|(p, _)| known(p)).fold(f64::MIN, f64::max);
        let is_capital =
            found.named.iter().any(|(p, _)| gazetteer.place(*p).feature() == "PPLC" && known(p) >= most - weights::NEARLY_AS_KNOWN);
        let stands_free = !found.preposition && self.feature(found).is_none() && self.direction_before(found.start).is_none();
        if !is_capital || !stands_free {
            return false;
        }
        if self.is_between_governments(found.start) {
            return true;
        }
        let is_place = self.before(found.start).is_some_and(|at| self.is_place_word(at));
        !is_place && (self.acts(found.end) || self.lang == Lang::Ar && self.is_act_before(found.start))
    }

    /// Palaces, as mentions of their country's government, or of the town they stand in where the text puts something there.
    pub(super) fn palaces(&self, gazetteer: &Gazetteer, taken: &[Mention]) -> Vec<Mention> {
        let list = &self.words.metonyms;
        let taken = self.taken(taken);
        let mut out = Vec::new();
        for hit in &self.palaces {
            let Some((country, capital)) = list.key(*hit).split_once(':') else { continue };
            let is_written = self.text.tokens[hit.start].kind == TokenKind::Arabic
                || !self.has_capitals
                || (hit.start..hit.end).any(|at| self.text.tokens[at].capital);
            if !is_written || taken[hit.start..hit.end].contains(&true) {
                continue;
            }
            let is_place = hit.preposition || self.before(hit.start).is_some_and(|at| self.is_place_word(at));
            let place = if is_place { town(gazetteer, country, capital) } else { gazetteer.country(country) };
            let Some(place) = place else { continue };
            let start = if hit.cut { self.uncut(*hit) } else { self.text.tokens[hit.start].span.start };
            out.push(Mention {
                span: crate::text::Span { start, end: self.text.tokens[hit.end - 1].span.end },
                tokens: hit.start..hit.end,
                sentence: self.text.tokens[hit.start].sentence as usize,
                kind: if is_place { MentionKind::Literal } else { MentionKind::Associative },
                candidates: vec![(place, KeyFlags::default())],
                spelt: Vec::new(),
                feature: None,
                direction: None,
                strength: weights::COUNTRY,
                relation: None,
                outer: None,
                is_dateline: false,
            });
        }
        out
    }

    /// Inside the name of a palace: «White House» is no Casablanca.
    pub(super) fn is_part_of_palace(&self, tokens: &std::ops::Range<usize>) -> bool {
        let after = self.palaces.partition_point(|h| h.start <= tokens.start);
        self.palaces[..after].last().is_some_and(|h| h.start <= tokens.start && tokens.end <= h.end)
    }

    /// The byte where the palace's own name begins behind what was cut off its first word.
    fn uncut(&self, hit: Hit) -> u32 {
        let folded = self.text.folded(hit.start);
        let prefix = ["وبال", "وال", "بال", "لل", "ال", "و", "ف", "ب", "ل", "ك"].into_iter().find(|p| folded.starts_with(p));
        let cut = prefix.map_or(0, |p| p.strip_suffix("ال").unwrap_or(p).len());
        self.text.after_folded(hit.start, cut)
    }

    /// A preposition that puts something in or at a place.
    fn is_place_word(&self, at: usize) -> bool {
        self.grammar.place.contains(self.text.folded(at)) || self.is_link(at) && self.is_led_by_place_word(at)
    }

    /// Behind a name, small words aside, stands what a government does.
    fn acts(&self, from: usize) -> bool {
        let sentence = self.text.tokens.get(from.wrapping_sub(1)).map(|t| t.sentence);
        for at in from..=from + MAX_HELPERS {
            let Some(token) = self.text.tokens.get(at).filter(|t| Some(t.sentence) == sentence) else { return false };
            if self.is_act(at) {
                return true;
            }
            let is_apostrophe = matches!(self.text.slice(token.span), "'" | "\u{2019}");
            if !is_apostrophe && self.words.metonyms.at(self.text, at, self.lang).is_none_or(|(_, key)| key != "helper") {
                return false;
            }
        }
        false
    }

    fn is_act(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        let small = token.kind == TokenKind::Arabic || !token.capital || self.is_headline(at);
        small && self.words.metonyms.at(self.text, at, self.lang).is_some_and(|(hit, key)| key == "act" && !hit.preposition)
    }

    /// «أعلنت باماكو»: the verb right before.
    fn is_act_before(&self, token: usize) -> bool {
        self.before(token).is_some_and(|at| at + 1 == token && self.is_act(at))
    }

    /// «relations between Paris and Bamako», «التوتر بين باريس وباماكو».
    fn is_between_governments(&self, token: usize) -> bool {
        let sentence = self.text.tokens[token].sentence;
        let mut between = false;
        for at in (token.saturating_sub(MAX_BETWEEN)..token).rev().take_while(|at| self.text.tokens[*at].sentence == sentence) {
            between |= self.grammar.between.contains(self.text.folded(at));
            if between && self.words.metonyms.at(self.text, at, self.lang).is_some_and(|(_, key)| key == "between") {
                return true;
            }
        }
        false
    }
}

/// The town of this name in a country, the one most spoken of.
fn town(gazetteer: &Gazetteer, country: &str, name: &str) -> Option<PlaceRef> {
    let named = gazetteer.by_name(name).into_iter().map(|(place, _)| place);
    let towns = named.filter(|p| gazetteer.place(*p).country() == country && gazetteer.place(*p).feature().starts_with("PPL"));
    towns.max_by(|a, b| fame(gazetteer, *a).total_cmp(&fame(gazetteer, *b)).then(b.cmp(a)))
}

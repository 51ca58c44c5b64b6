//! Names of peoples and their adjectives: «الماليين», «nigérienne», «Parisians», each with the places that it may mean.

use std::collections::BTreeSet;

use crate::gazetteer::{Gazetteer, KeyFlags, Place, PlaceRef};
use crate::lang::lexicon::Hit;
use crate::lang::{Reading, ar};
use crate::text::TokenKind;

use super::MentionKind;
use super::context::Context;
use super::grounds::Grounds;
use super::mention::Mention;
use super::outer::{NameKind, Outer};
use super::toponym::Match;
use super::weights;

impl Context<'_> {
    /// Names of peoples as associative mentions of their country, region or town.
    pub(super) fn demonyms(&self, gazetteer: &Gazetteer, taken: &[Mention]) -> Vec<Mention> {
        let covered = self.taken(taken);
        let named: BTreeSet<PlaceRef> = taken.iter().flat_map(|m| &m.candidates).map(|(place, _)| *place).collect();
        let free = |h: &&Hit| !covered[h.start..h.end].contains(&true);
        let meant = |m: &Mention| m.candidates.iter().any(|(place, _)| named.contains(place)) || self.is_their_own(m.tokens.start);
        let mut found: Vec<Mention> =
            self.demonyms.hits.iter().filter(free).filter_map(|hit| self.demonym(*hit, gazetteer)).filter(meant).collect();
        let told = told_countries(taken, gazetteer);
        for mention in found.iter_mut().filter(|m| m.candidates.len() > 1) {
            // «نيجيري» where the report names Niger and not Nigeria.
            let is_told = |place: PlaceRef| told.contains(gazetteer.place(place).country());
            if mention.candidates.iter().any(|(place, _)| is_told(*place)) {
                mention.candidates.retain(|(place, _)| is_told(*place));
            }
        }
        found
    }

    fn demonym(&self, hit: Hit, gazetteer: &Gazetteer) -> Option<Mention> {
        let candidates: Vec<_> = places(self.words.demonyms.key(hit), gazetteer).map(|p| (p, KeyFlags::default())).collect();
        let (first, _) = *candidates.first()?;
        // «حلبي» is a surname as often; with the article or an ending it is not.
        let word = self.text.folded(hit.end - 1);
        let is_bare = self.text.tokens[hit.start].kind == TokenKind::Arabic && !hit.cut && word.ends_with('ي');
        if is_bare && !gazetteer.place(first).is_country() {
            return None;
        }
        let person = self.given_name_before(hit.start);
        let span = self.text.span(hit.start..hit.end);
        let alone = Match {
            start: hit.start,
            end: hit.end,
            cut: 0,
            keep: None,
            preposition: false,
            named: Vec::new(),
            grounds: Grounds::default(),
        };
        let outer = match person {
            Some(given) => Some(Outer { span: self.text.span(given..hit.end), kind: NameKind::Person }),
            // «la police nigériane» is no name, «the Syrian Observatory» is.
            None => self.outer_of(&alone).filter(|outer| !self.text.slice(outer.span).starts_with(char::is_lowercase)),
        };
        Some(Mention {
            span,
            tokens: hit.start..hit.end,
            sentence: self.text.tokens[hit.start].sentence as usize,
            kind: MentionKind::Associative,
            candidates,
            spelt: Vec::new(),
            feature: None,
            direction: None,
            strength: weights::COUNTRY,
            relation: None,
            outer,
            is_dateline: false,
        })
    }

    /// The word for a people is that and nothing else here: it has no other meaning («المالية», finance), or stands behind what a
    /// people has, both with the article or both without («الحكومة المالية», but «وزارة المالية»).
    fn is_their_own(&self, token: usize) -> bool {
        let readings = ar::readings(self.text.folded(token));
        let is_listed = |r: &Reading<'_>| self.words.not_places.lexicon.word(&r.word).is_some_and(|key| self.is_reason(key));
        if !readings.iter().any(is_listed) {
            return true;
        }
        let is_definite = |readings: &[Reading<'_>]| readings.iter().any(|r| r.article);
        self.before(token).filter(|at| at + 1 == token).is_some_and(|at| {
            let noun = ar::readings(self.text.folded(at));
            noun.iter().any(|r| self.grammar.nation.contains(r.word.as_ref())) && is_definite(&noun) == is_definite(&readings)
        })
    }

    fn is_reason(&self, key: u16) -> bool {
        self.words.not_places.groups.keys.get(usize::from(key)).is_some_and(|key| key == "reason")
    }

    /// A given name right before: «محمود العراقي» is a man, wherever his family came from.
    fn given_name_before(&self, token: usize) -> Option<usize> {
        let before = self.before(token).filter(|at| at + 1 == token)?;
        let hit = self.persons.at(before).filter(|h| self.words.persons.key(*h) == "given" && h.end == token)?;
        // «على العراق» is no Ali, and a word for a people needs none before it.
        (!self.is_preposition_on(before)).then_some(hit.start)
    }
}

/// The countries that the places named in a report leave no doubt of.
fn told_countries<'g>(mentions: &[Mention], gazetteer: &'g Gazetteer) -> BTreeSet<&'g str> {
    let of = |mention: &Mention| {
        let places = || mention.candidates.iter().map(|(place, _)| gazetteer.place(*place));
        if let Some(country) = places().find(|p| p.is_country()) {
            return Some(country.country());
        }
        let first = places().next().map(Place::country).filter(|c| !c.is_empty())?;
        places().all(|p| p.country() == first).then_some(first)
    };
    mentions.iter().filter(|m| m.kind == MentionKind::Literal && m.strength >= weights::STRONG).filter_map(of).collect()
}

/// The places of a key of `demonyms.txt`: `ML`, `NG/NE`, `geonames:170063`; `region:…` is none.
fn places<'g>(key: &'g str, gazetteer: &'g Gazetteer) -> impl Iterator<Item = PlaceRef> + 'g {
    key.split('/').filter_map(|one| if one.contains(':') { gazetteer.by_id(one).map(Place::reference) } else { gazetteer.country(one) })
}

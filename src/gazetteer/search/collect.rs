//! Gathering: the names that a reading could be, place by place, the best of each kept.

use std::collections::BTreeMap;

use fst::automaton::{Automaton, Str};
use fst::{IntoStreamer, Streamer};

use crate::gazetteer::names::generic;
use crate::gazetteer::place::reference;
use crate::gazetteer::spelling::propose;
use crate::gazetteer::{Gazetteer, KeyFlags, Place, PlaceRef};
use crate::text::word::is_arabic;

use super::ask::Reading;
use super::beginnings::MAX_NAMES;
use super::{Found, Match, Mode, Query, rank};

/// Names that are read when no index answers, so that «a» ends: half of a full gazetteer's names of one letter.
const MOST_NAMES: usize = 100_000;
/// More spellings than wanted are asked for, since the filters take some away.
const SPARE: usize = 4;

/// The best match of every place seen so far.
pub(super) struct Heap<'g> {
    gazetteer: &'g Gazetteer,
    query: &'g Query,
    best: BTreeMap<PlaceRef, Found>,
}

impl<'g> Heap<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, query: &'g Query) -> Heap<'g> {
        Heap { gazetteer, query, best: BTreeMap::new() }
    }

    /// True when nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.best.is_empty()
    }

    /// True when a place bears the very name.
    pub(super) fn has_exact(&self) -> bool {
        self.best.values().any(|f| f.matched == Match::Exact)
    }

    /// True when a place bears the very name, and it is recorded and current.
    pub(super) fn has_recorded(&self) -> bool {
        self.best.values().any(|f| f.matched == Match::Exact && f.is_recorded)
    }

    /// True when a name spelt nearly so was found.
    pub(super) fn has_spelling(&self) -> bool {
        self.best.values().any(|f| f.matched == Match::Spelling)
    }

    /// Places that bear the name.
    pub(super) fn exact(&mut self, asked: &Reading) {
        let matched = if asked.is_whole { Match::Exact } else { Match::Variant };
        self.named(&asked.name, matched, asked);
    }

    /// A country that was asked for by its letters.
    pub(super) fn country(&mut self, country: PlaceRef, asked: &Reading) {
        self.add(country, KeyFlags(0), &asked.name, Match::Exact, (1.0, 0.0), asked);
    }

    /// Places that bear the name with or without an article, or behind a word that is left out.
    pub(super) fn variants(&mut self, asked: &Reading) {
        for form in forms(&asked.name) {
            self.named(&form, Match::Variant, asked);
        }
    }

    fn named(&mut self, name: &str, matched: Match, asked: &Reading) {
        for (place, flags) in self.gazetteer.by_name(name) {
            self.add(place, flags, name, matched, (1.0, 0.0), asked);
        }
    }

    /// Places with a name that begins so.
    pub(super) fn beginnings(&mut self, asked: &Reading) {
        let bare = if asked.name.starts_with("ال") {
            None
        } else {
            asked.name.chars().next().filter(|c| is_arabic(*c)).map(|_| format!("ال{}", asked.name))
        };
        for start in std::iter::once(asked.name.clone()).chain(bare) {
            self.beginning(&start, asked);
        }
    }

    fn beginning(&mut self, start: &str, asked: &Reading) {
        let query = self.query;
        for (number, table) in self.gazetteer.tables() {
            let index = table.beginnings().filter(|_| !query.is_particular() && asked.units.is_empty());
            if let Some(famous) = index.and_then(|i| i.famous(start, &query.countries)) {
                for (record, flags) in famous {
                    self.add(reference(number, record), flags, start, Match::Beginning, (0.0, 0.0), asked);
                }
                continue;
            }
            let mut names: Vec<(String, u64)> = Vec::new();
            let mut stream = table.names().search(Str::new(start).starts_with()).into_stream();
            while let Some((key, value)) = stream.next() {
                match std::str::from_utf8(key) {
                    Ok(key) if key.starts_with(start) && names.len() < MOST_NAMES => names.push((key.to_owned(), value)),
                    _ => break,
                }
            }
            // Where many names begin so, how much of a name was typed says nothing.
            let are_many = names.len() > MAX_NAMES;
            for (key, value) in names {
                let completeness = if are_many { 0.0 } else { start.len() as f64 / key.len() as f64 };
                for posting in table.postings_of(value) {
                    self.add(reference(number, posting.record), posting.flags, &key, Match::Beginning, (completeness, 0.0), asked);
                }
            }
        }
    }

    /// Places with a name spelt nearly so, when there is room for them.
    pub(super) fn near_spellings(&mut self, asked: &Reading) {
        if self.best.len() >= self.query.limit {
            return;
        }
        let countries = self.countries(asked);
        let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
        for near in propose(self.gazetteer, &asked.name, &countries, self.query.limit.saturating_mul(SPARE)) {
            let a_letter = f64::from(near.cost) / asked.name.chars().count().max(1) as f64;
            self.add(near.place, near.flags, &near.key, Match::Spelling, (1.0, a_letter), asked);
        }
    }

    /// The countries that a place can lie in; those of the units when the query names none itself.
    fn countries(&self, asked: &Reading) -> Vec<String> {
        if !self.query.countries.is_empty() {
            return self.query.countries.clone();
        }
        let mut out: Vec<String> = asked
            .units
            .first()
            .into_iter()
            .flatten()
            .map(|u| self.gazetteer.place(*u).country().to_owned())
            .filter(|c| !c.is_empty())
            .collect();
        out.sort();
        out.dedup();
        out
    }

    fn add(&mut self, at: PlaceRef, flags: KeyFlags, key: &str, matched: Match, (completeness, cost): (f64, f64), asked: &Reading) {
        // What the user changed or took out is told by the gazetteer.
        let Some(at) = self.gazetteer.instead.of(at) else { return };
        let place = self.gazetteer.place(at);
        if !self.query.allows(place) || !asked.units.iter().all(|group| self.lies_in(place, group)) {
            return;
        }
        let is_wanted = asked.kind.as_ref().map(|kind| kind.has(place.feature()));
        let confidence = rank::of_kind(rank::likeness(self.query.mode, matched, flags, completeness, cost), is_wanted);
        let score = rank::score(self.query, place, confidence, matched);
        let known = self.best.get(&at);
        let is_better = |k: &Found| (matched == Match::Exact, score) > (k.matched == Match::Exact, k.score);
        if known.is_none_or(is_better) {
            let is_recorded = !flags.has(KeyFlags::DERIVED) && !flags.has(KeyFlags::OLD);
            self.best.insert(at, Found { place: at, score, confidence, key: key.to_owned(), matched, is_recorded });
        }
    }

    /// True when a place lies in one of the units, by its codes; a unit lies in itself no more than a town of its name.
    fn lies_in(&self, place: Place<'_>, units: &[PlaceRef]) -> bool {
        units.iter().filter(|u| **u != place.reference()).map(|u| self.gazetteer.place(*u)).any(|unit| {
            let is_country = unit.is_country();
            place.country() == unit.country()
                && (is_country || place.admin1() == unit.admin1())
                && (is_country || unit.feature() == "ADM1" || (!unit.admin2().is_empty() && place.admin2() == unit.admin2()))
        })
    }

    /// The answers in order; of places with one identifier the one of the highest table, with the best score of them.
    pub(super) fn best(self) -> Vec<Found> {
        let Heap { gazetteer, query, best } = self;
        let mut all: Vec<Found> = best.into_values().collect();
        let is_first = |f: &Found| query.mode != Mode::Beginning && f.matched == Match::Exact;
        all.sort_by(|a, b| is_first(b).cmp(&is_first(a)).then(b.score.total_cmp(&a.score)).then(a.place.cmp(&b.place)));
        let mut out: Vec<Found> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for found in all {
            let id = gazetteer.place(found.place).id();
            match ids.iter().position(|known| *known == id) {
                Some(at) => out[at].place = out[at].place.max(found.place),
                None if out.len() == query.limit => break,
                None => {
                    ids.push(id);
                    out.push(found);
                }
            }
        }
        out
    }
}

/// The forms of a name that writers take for the same.
fn forms(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    if name.chars().next().is_some_and(is_arabic) {
        out.push(name.strip_prefix("ال").map_or_else(|| format!("ال{name}"), str::to_owned));
        out.extend(generic("left out").filter(|w| !w.is_ascii()).map(|word| format!("{word} {name}")));
    } else {
        let bare = ["al ", "el ", "le ", "la ", "les "].iter().find_map(|article| name.strip_prefix(article)).map(str::to_owned);
        out.extend(bare.clone());
        out.extend(["al ", "el "].map(|article| format!("{article}{}", bare.as_deref().unwrap_or(name))));
        out.extend(generic("left out").filter(|w| w.is_ascii()).map(|word| format!("{word} {name}")));
        if name.contains(' ') {
            out.push(name.replace(' ', ""));
        }
    }
    out
}

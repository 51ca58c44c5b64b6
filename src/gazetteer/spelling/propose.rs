//! What is proposed for a word: the names found, weighed by the whole costs, as places.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::gazetteer::names::without_generic;
use crate::gazetteer::place::reference;
use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::text::fold::fold_phrase;

use super::costs::{Costs, Style};
use super::symbol::Script;
use super::walk::{Found, Search};
use super::word::{HEAD_START, Word};

/// A place whose name is spelt nearly so.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The place.
    pub place: PlaceRef,
    /// How the name names it.
    pub flags: KeyFlags,
    /// The folded name.
    pub key: String,
    /// Natural-log units: 0 for the same letters, growing with unlikeliness.
    pub cost: f32,
}

/// The oddest spelling that is searched for, in lowered costs: two letters of the wrong kind.
const ODDEST: f32 = 5.0;
/// Names so much odder than the best are not looked at.
const MARGIN: f32 = 2.5;
/// Names that one search may weigh.
const MAX_NAMES: usize = 300;
/// Longest word that is searched for, letters: with its ends it fits the bits of a `u64`.
const MAX_LETTERS: usize = 40;
/// Of two spellings as likely the larger place is meant: what a tenfold population is worth.
const FAME: f32 = 0.1;
/// Extra cost of a name that was made from another, and of one no longer used.
const DERIVED: f32 = 0.3;
const OLD: f32 = 0.6;

/// Places of `countries` (none: of any) whose name is spelt nearly like `name`: best first, at most `limit`.
pub fn propose(gazetteer: &Gazetteer, name: &str, countries: &[&str], limit: usize) -> Vec<Proposal> {
    propose_with(Costs::embedded(), gazetteer, name, countries, limit, f32::INFINITY)
}

/// [`propose`] among spellings that cost at most `most`, natural-log units: nothing beyond is searched for.
pub fn propose_within(gazetteer: &Gazetteer, name: &str, countries: &[&str], limit: usize, most: f32) -> Vec<Proposal> {
    let asked = format!("{}\t{}\t{limit}\t{most}", fold_phrase(name), countries.join(" "));
    gazetteer.spelt.kept(asked, || propose_with(Costs::embedded(), gazetteer, name, countries, limit, most))
}

/// [`propose_within`] by other costs than those that the program carries.
pub fn propose_with(costs: &Costs, gazetteer: &Gazetteer, name: &str, countries: &[&str], limit: usize, most: f32) -> Vec<Proposal> {
    let folded = fold_phrase(name);
    let mut best: BTreeMap<PlaceRef, Proposal> = BTreeMap::new();
    let mut look_for = |form: &str, extra| look_for(costs, gazetteer, form, countries, (extra, most), &mut best);
    look_for(&folded, 0.0);
    if let Some(bare) = without_generic(&folded) {
        look_for(bare, DERIVED);
    }
    let mut out: Vec<Proposal> = best.into_values().filter(|p| p.cost <= most).collect();
    let rank = |p: &Proposal| p.cost - FAME * f32::from(gazetteer.place(p.place).population().max(1).ilog10() as u8);
    out.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then(a.place.cmp(&b.place)));
    // A place that stands in two tables is one place.
    let mut seen = BTreeSet::new();
    out.into_iter().filter(|p| seen.insert(gazetteer.place(p.place).id())).take(limit).collect()
}

/// Adds the places that one form of the word may name, each at its least cost; what the form costs by itself, and what all may cost.
fn look_for(
    costs: &Costs,
    gazetteer: &Gazetteer,
    folded: &str,
    countries: &[&str],
    (extra, most): (f32, f32),
    best: &mut BTreeMap<PlaceRef, Proposal>,
) {
    let letters = folded.chars().count();
    let Some(script) = Script::of(folded).filter(|_| (2..=MAX_LETTERS).contains(&letters)) else { return };
    let oddest = ODDEST.min(most - extra);
    let word = Word::new(folded, script, (oddest, f32::INFINITY), |wrote, name| costs.lowered(wrote, name));
    let whole = Word::new(folded, script, (most - extra, HEAD_START), |wrote, name| costs.least(wrote, name));
    // Most words are like no name: what their letters cost exactly is asked for when one is.
    let exact = LazyCell::new(|| {
        Style::ALL.map(|style| Word::new(folded, script, (f32::INFINITY, f32::INFINITY), |wrote, name| costs.between(style, wrote, name)))
    });
    // What one table has bounds what is looked for in the next.
    let mut least = oddest;
    for (number, table) in gazetteer.tables() {
        let mut search = Search::new(&word, &whole, table, countries);
        let mut names = 0;
        while let Some(name) = search.next_name((least + MARGIN).min(oddest)) {
            if keep(gazetteer, number, &name, &exact, countries, extra, best) {
                least = least.min(name.cost);
                names += 1;
            }
            if names >= MAX_NAMES {
                break;
            }
        }
    }
}

/// Keeps the places of a name; false when none is of the countries.
fn keep(
    gazetteer: &Gazetteer,
    table: usize,
    name: &Found,
    exact: &[Word<'_>; 3],
    countries: &[&str],
    extra: f32,
    best: &mut BTreeMap<PlaceRef, Proposal>,
) -> bool {
    let mut costs = [None; 3];
    for posting in name.postings.iter().filter(|p| !p.flags.has(KeyFlags::ACRONYM)) {
        let Some(place) = gazetteer.instead.of(reference(table, posting.record)) else { continue };
        let country = gazetteer.place(place).country();
        if !(countries.is_empty() || countries.contains(&country)) {
            continue;
        }
        let style = Style::of(country) as usize;
        let spelling = *costs[style].get_or_insert_with(|| exact[style].cost(&name.key));
        let made =
            if posting.flags.has(KeyFlags::DERIVED) { DERIVED } else { 0.0 } + if posting.flags.has(KeyFlags::OLD) { OLD } else { 0.0 };
        let cost = spelling + extra + made;
        if best.get(&place).is_none_or(|b| cost < b.cost) {
            best.insert(place, Proposal { place, flags: posting.flags, key: name.key.clone(), cost });
        }
    }
    costs.iter().any(Option::is_some)
}

//! How well the spelling of one script finds the name in the other: places are held out, each with all its Arabic
//! names, costs are learned from the rest, and every name held out is looked for.

use std::collections::BTreeMap;

use geo::{Distance, Haversine, Point};

use crate::error::Result;
use crate::gazetteer::names::keys;
use crate::gazetteer::row::Row;
use crate::gazetteer::{Gazetteer, KeyFlags, load};
use crate::text::fold::fold_phrase;

use super::alike::alike;
use super::costs::Costs;
use super::learn::learn;
use super::propose::{Proposal, propose_with};
use super::symbol::Script;

/// Every so many places is held out, chosen by a hash of its id: the same on any machine and in any order of rows.
const HELD_OUT_OF: u64 = 10;
/// Candidates looked at.
const CANDIDATES: usize = 5;
/// Below this share of common consonants an Arabic and a Latin name are two names, not two spellings.
const SAME_NAME: f64 = 0.5;

/// Places nearer than this count as the one that was meant.
const SAME_POINT_M: f64 = 5_000.0;

/// Counts of one country.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "named as the columns of the table that is printed")]
pub struct Recall {
    /// Names held out that are a spelling of a Latin name of the place.
    pub names: usize,
    /// The place, or one in the country whose Latin name is the same, stands first or among the first five.
    pub first: usize,
    pub five: usize,
    /// The very place stands first: of namesakes nothing in the spelling tells which.
    pub place_first: usize,
    /// The same without saying the country.
    pub first_anywhere: usize,
    pub five_anywhere: usize,
    /// Names held out that another place of the country is recorded to bear.
    pub namesakes: usize,
    /// Names held out that are no spelling of a Latin name («Palmyra», «تدمر»), and how many of them were found.
    pub other_names: usize,
    pub other_found: usize,
}

/// Bounds of the cost a letter under which proposals are counted.
pub const BOUNDS: [f32; 7] = [0.2, 0.45, 0.6, 0.75, 0.9, 1.05, 1.2];

/// Of all names held out, by [`BOUNDS`]: how often the first proposal is right and within the bound, and how often a wrong one would be
/// first and within it were the right place in no table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "named as the columns of the table that is printed")]
pub struct Within {
    pub names: usize,
    pub right: [usize; BOUNDS.len()],
    pub wrong: [usize; BOUNDS.len()],
}

impl Within {
    fn count(&mut self, proposals: &[Proposal], letters: usize, is_hit: impl Fn(&Proposal) -> bool) {
        self.names += 1;
        let cost = |p: &Proposal| p.cost / letters as f32;
        let right = proposals.first().filter(|p| is_hit(p)).map(cost);
        let wrong = proposals.iter().find(|p| !is_hit(p)).map(cost);
        for (at, bound) in BOUNDS.iter().enumerate() {
            self.right[at] += usize::from(right.is_some_and(|c| c <= *bound));
            self.wrong[at] += usize::from(wrong.is_some_and(|c| c <= *bound));
        }
    }
}

/// What [`measure`] counts.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// By country.
    pub recalls: BTreeMap<String, Recall>,
    /// By country.
    pub within: BTreeMap<String, Within>,
    /// Names that were not found first.
    pub misses: Vec<Miss>,
}

/// A name that was not found first.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "what was looked for, what was found")]
pub struct Miss {
    pub country: String,
    pub wanted: String,
    pub wrote: String,
    pub found: Vec<(String, f32)>,
}

/// Measures rows that carry names in both scripts, by country.
///
/// # Errors
/// [`crate::Error::Gazetteer`] should the compiled rows not open.
pub fn measure(rows: &[Row]) -> Result<Measured> {
    let (held, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|r| is_held_out(&r.id));
    let training: Vec<Row> = rest.iter().map(|r| (*r).clone()).collect();
    let costs = Costs::parse("learned", &learn(&training))?;
    let bare = held.iter().map(|r| without_arabic(r)).filter(|r| Script::of(&fold_phrase(&r.name)) == Some(Script::Latin));
    let gazetteer = Gazetteer::of(load::table("measured", training.into_iter().chain(bare).collect())?);
    let mut out = Measured::default();
    for row in held {
        let latin: Vec<String> = keys(row).into_iter().map(|(key, _)| key).filter(|key| Script::of(key) == Some(Script::Latin)).collect();
        if latin.is_empty() {
            continue;
        }
        for wrote in names(row, Script::Arabic) {
            let recall = out.recalls.entry(row.country.clone()).or_default();
            let within = propose_with(&costs, &gazetteer, &wrote, &[&row.country], CANDIDATES, f32::INFINITY);
            let is_hit = |p: &Proposal| is_hit(&gazetteer, p, row, &latin);
            // Another place of the country is recorded under this very name: no spelling tells the two apart.
            if gazetteer.by_name(&wrote).iter().any(|(p, f)| !f.has(KeyFlags::DERIVED) && gazetteer.place(*p).country() == row.country) {
                recall.namesakes += 1;
                continue;
            }
            let is_spelling = latin.iter().any(|l| alike(&wrote, l) >= SAME_NAME);
            if !is_spelling {
                recall.other_names += 1;
                recall.other_found += usize::from(within.first().is_some_and(is_hit));
                continue;
            }
            let anywhere = propose_with(&costs, &gazetteer, &wrote, &[], CANDIDATES, f32::INFINITY);
            out.within.entry(row.country.clone()).or_default().count(&within, wrote.chars().count(), is_hit);
            recall.names += 1;
            recall.first += usize::from(within.first().is_some_and(is_hit));
            recall.five += usize::from(within.iter().any(is_hit));
            recall.place_first += usize::from(within.first().is_some_and(|p| gazetteer.place(p.place).id() == row.id));
            recall.first_anywhere += usize::from(anywhere.first().is_some_and(is_hit));
            recall.five_anywhere += usize::from(anywhere.iter().any(is_hit));
            if !within.first().is_some_and(is_hit) {
                let found = within.iter().map(|p| (p.key.clone(), p.cost)).collect();
                out.misses.push(Miss { country: row.country.clone(), wanted: latin.join(" | "), wrote, found });
            }
        }
    }
    Ok(out)
}

/// The place, a namesake, or what lies there: a unit and its seat are one point.
fn is_hit(gazetteer: &Gazetteer, proposal: &Proposal, row: &Row, latin: &[String]) -> bool {
    let place = gazetteer.place(proposal.place);
    let there = Point::new(row.lon.unwrap_or_default(), row.lat.unwrap_or_default());
    place.id() == row.id
        || latin.contains(&fold_phrase(place.name()))
        || latin.contains(&proposal.key)
        || Haversine.distance(there, place.point()) <= SAME_POINT_M
}

fn is_held_out(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash >> 20) % HELD_OUT_OF == 0
}

fn without_arabic(row: &Row) -> Row {
    let is_latin = |name: &str| Script::of(&fold_phrase(name)) != Some(Script::Arabic);
    let mut bare = row.clone();
    bare.names.retain(|(_, name)| is_latin(name));
    if !is_latin(&bare.name)
        && let Some((_, name)) = bare.names.first()
    {
        bare.name = name.clone();
    }
    bare
}

/// The folded names of a row in one script, historic ones left out.
fn names(row: &Row, script: Script) -> Vec<String> {
    let all = std::iter::once(&row.name).chain(row.names.iter().filter(|(lang, _)| lang != "old" && lang != "short").map(|(_, n)| n));
    let mut out: Vec<String> = all.map(|n| fold_phrase(n)).filter(|n| Script::of(n) == Some(script)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

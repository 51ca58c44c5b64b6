//! The most famous places behind each beginning that many names share, so that «a» answers as fast as «aleppo».

use std::collections::{BTreeMap, HashMap, HashSet};

use fst::Streamer;

use crate::gazetteer::KeyFlags;
use crate::gazetteer::table::Table;

use super::{Match, Mode, rank};

/// A beginning with more names than this is kept; with fewer, the names themselves are read.
pub(super) const MAX_NAMES: usize = 2_000;
/// Longest beginning that is kept, letters: longer ones with so many names are words of kind.
const MAX_LETTERS: usize = 14;
/// Places kept for a country: as many as are given out at once.
const KEPT: usize = 100;

/// Beginning → places, the most famous of each country, the best first.
#[derive(Debug, Default)]
pub struct Beginnings {
    of: HashMap<String, Vec<Kept>>,
}

/// A place behind a beginning.
#[derive(Clone, Copy, Debug)]
struct Kept {
    score: f32,
    record: u32,
    flags: KeyFlags,
    country: [u8; 2],
}

/// The best of each country.
type ByCountry = BTreeMap<[u8; 2], Vec<Kept>>;

impl Beginnings {
    /// Reads all names of a table twice: once to count, once to keep.
    pub(in crate::gazetteer) fn of(table: &Table) -> Beginnings {
        let many = counted(table);
        let mut done = Beginnings::default();
        let mut open: Vec<(String, ByCountry)> = Vec::new();
        let mut last = String::new();
        let mut stream = table.names().stream();
        while let Some((key, value)) = stream.next() {
            let Ok(key) = std::str::from_utf8(key) else { continue };
            let shared = shared_bytes(&last, key);
            while let Some((start, kept)) = open.pop_if(|(start, _)| start.len() > shared) {
                done.keep(start, kept);
            }
            open.extend(starts(key).filter(|s| s.len() > shared && many.contains(*s)).map(|s| (s.to_owned(), BTreeMap::new())));
            key.clone_into(&mut last);
            if open.is_empty() {
                continue;
            }
            for posting in table.postings_of(value) {
                let place = table.place(posting.record);
                let likeness = rank::likeness(Mode::Beginning, Match::Beginning, posting.flags, 0.0, 0.0);
                let country = place.country().as_bytes().try_into().unwrap_or_default();
                let kept = Kept { score: rank::told(place, likeness) as f32, record: posting.record, flags: posting.flags, country };
                for (_, kepts) in open.iter_mut().filter(|(start, _)| start.len() < key.len()) {
                    insert(kepts.entry(country).or_default(), kept);
                }
            }
        }
        for (start, kept) in open {
            done.keep(start, kept);
        }
        done
    }

    fn keep(&mut self, start: String, kept: ByCountry) {
        let mut all: Vec<Kept> = kept.into_values().flatten().collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.record.cmp(&b.record)));
        all.shrink_to_fit();
        self.of.insert(start, all);
    }

    /// The most famous places behind a beginning, in some countries or everywhere; `None` when few names begin so.
    pub(super) fn famous(&self, start: &str, countries: &[String]) -> Option<Vec<(u32, KeyFlags)>> {
        let all = self.of.get(start)?;
        let is_there = |k: &&Kept| countries.is_empty() || countries.iter().any(|c| c.as_bytes() == k.country);
        Some(all.iter().filter(is_there).take(KEPT).map(|k| (k.record, k.flags)).collect())
    }
}

/// Keeps the best of a country, each place once.
fn insert(kept: &mut Vec<Kept>, new: Kept) {
    if kept.len() == KEPT && kept.last().is_some_and(|worst| worst.score >= new.score) {
        return;
    }
    match kept.iter().position(|k| k.record == new.record) {
        Some(at) if kept[at].score >= new.score => return,
        Some(at) => drop(kept.remove(at)),
        None => {}
    }
    let at = kept.partition_point(|k| k.score >= new.score);
    kept.insert(at, new);
    kept.truncate(KEPT);
}

/// The beginnings that more than [`MAX_NAMES`] longer names share.
fn counted(table: &Table) -> HashSet<String> {
    let mut many = HashSet::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut last = String::new();
    let mut stream = table.names().stream();
    while let Some((key, _)) = stream.next() {
        let Ok(key) = std::str::from_utf8(key) else { continue };
        let shared = shared_bytes(&last, key);
        while let Some((length, count)) = open.pop_if(|(length, _)| *length > shared) {
            if count > MAX_NAMES {
                many.extend(last.get(..length).map(str::to_owned));
            }
        }
        open.extend(starts(key).filter(|s| s.len() > shared).map(|s| (s.len(), 0)));
        open.iter_mut().filter(|(length, _)| *length < key.len()).for_each(|(_, count)| *count += 1);
        key.clone_into(&mut last);
    }
    many.extend(open.into_iter().filter(|(_, count)| *count > MAX_NAMES).filter_map(|(length, _)| last.get(..length)).map(str::to_owned));
    many
}

/// The beginnings of a name, the shortest first.
fn starts(key: &str) -> impl Iterator<Item = &str> {
    key.char_indices().map(|(at, c)| at + c.len_utf8()).take(MAX_LETTERS).filter_map(|end| key.get(..end))
}

/// Bytes that two names have in common at their beginning, whole letters only.
fn shared_bytes(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}

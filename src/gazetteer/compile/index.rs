//! The keys of all places in one heap, sorted at the end, and what becomes of them: the automaton and the lists of places.

use crate::gazetteer::packed::{Writer, bits, push_varint};

use super::automaton::Automaton;
use super::national::National;
use super::{FLAG_BITS, PROMINENT, Posting};

/// Keys longer than this are cut: no name of a report is a thousand words long.
const MAX_KEY: usize = u16::MAX as usize;

/// One key of one place. The first eight letters stand here too: they decide most comparisons.
struct Entry {
    prefix: u64,
    start: u64,
    length: u16,
    posting: Posting,
}

/// Keys as they come.
#[derive(Default)]
pub(super) struct Index {
    letters: Vec<u8>,
    entries: Vec<Entry>,
}

/// Sections of an index.
pub(super) struct Sections {
    /// The automaton.
    pub(super) names: Vec<u8>,
    /// For each key in order: its only posting, or where its list begins; the lowest bit says which.
    pub(super) postings: Vec<u8>,
    /// Bits of each.
    pub(super) width: u32,
    /// Lists: the number of postings, the first, the distances to the next.
    pub(super) lists: Vec<u8>,
    /// For each country the numbers of its names.
    pub(super) national: Vec<u8>,
    /// Distinct keys.
    pub(super) keys: u64,
}

impl Index {
    pub(super) fn push(&mut self, key: &str, record: u32, flags: u8) {
        let key = key.as_bytes().get(..key.len().min(MAX_KEY)).unwrap_or_default();
        let mut prefix = [0; 8];
        prefix.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        let posting = u64::from(record) << FLAG_BITS | u64::from(flags);
        self.entries.push(Entry {
            prefix: u64::from_be_bytes(prefix),
            start: self.letters.len() as u64,
            length: key.len() as u16,
            posting,
        });
        self.letters.extend(key);
    }

    /// `weights` says by record which places of a long list stand first, `countries` where each place is.
    pub(super) fn finish(mut self, weights: &[u64], countries: &[u32]) -> Sections {
        let letters = &self.letters;
        let key = |e: &Entry| letters.get(e.start as usize..e.start as usize + usize::from(e.length)).unwrap_or_default();
        self.entries.sort_unstable_by(|a, b| a.prefix.cmp(&b.prefix).then_with(|| key(a).cmp(key(b))).then(a.posting.cmp(&b.posting)));
        let mut frequency = [0; 256];
        for byte in letters {
            frequency[usize::from(*byte)] += 1;
        }
        let mut automaton = Automaton::new(&frequency);
        let mut firsts: Vec<u64> = Vec::new();
        let mut lists = Vec::new();
        let mut national = National::new(countries.iter().max().map_or(0, |most| *most as usize + 1));
        for group in self.entries.chunk_by(|a, b| a.prefix == b.prefix && key(a) == key(b)) {
            automaton.insert(group.first().map(key).unwrap_or_default());
            for country in group.iter().filter_map(|e| countries.get((e.posting >> FLAG_BITS) as usize)) {
                national.add(*country, firsts.len() as u64);
            }
            firsts.push(match group {
                [one] => one.posting << 1,
                many => (list(many, weights, &mut lists) << 1) | 1,
            });
        }
        let keys = firsts.len() as u64;
        let width = firsts.iter().copied().max().map_or(0, bits);
        let mut postings = Writer::default();
        for value in firsts {
            postings.push(value, width);
        }
        drop(self.entries);
        Sections { names: automaton.finish(), postings: postings.finish(), width, lists, national: national.finish(), keys }
    }
}

/// Writes a list of postings; where it begins. A long one is two: the weightiest places, then all others.
fn list(entries: &[Entry], weights: &[u64], lists: &mut Vec<u8>) -> u64 {
    let at = lists.len() as u64;
    push_varint(entries.len() as u64, lists);
    let mut postings: Vec<Posting> = entries.iter().map(|entry| entry.posting).collect();
    if postings.len() > PROMINENT {
        let weight = |posting: &Posting| weights.get((posting >> FLAG_BITS) as usize).copied().unwrap_or_default();
        postings.sort_by_key(|posting| (std::cmp::Reverse(weight(posting)), *posting));
        let (first, rest) = postings.split_at_mut(PROMINENT);
        first.sort_unstable();
        rest.sort_unstable();
    }
    let (first, rest) = postings.split_at(PROMINENT.min(postings.len()));
    for run in [first, rest] {
        let mut last = 0;
        for posting in run {
            // Flags stay in the lowest bits, above them stands the distance to the record before.
            let record = posting >> FLAG_BITS;
            push_varint((record - last) << FLAG_BITS | posting & ((1 << FLAG_BITS) - 1), lists);
            last = record;
        }
    }
    at
}

//! Places whose name is spelt nearly as a given one.

use std::collections::BTreeMap;

use fst::automaton::Automaton;
use fst::{IntoStreamer, Streamer};

use crate::text::fold::fold_phrase;

use super::place::reference;
use super::{Gazetteer, KeyFlags, PlaceRef};

/// A place whose name is spelt nearly so.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The place.
    pub place: PlaceRef,
    /// How the key names it.
    pub flags: KeyFlags,
    /// The folded name.
    pub key: String,
    /// 0 for the same letters, grows with unlikeliness (natural-log units).
    pub cost: f32,
}

/// Names shorter than this, letters, are another name after one edit.
const MIN_LETTERS: usize = 4;
/// Nobody types a longer name.
const MAX_LETTERS: usize = 60;
/// Names of this many letters may have two edits.
const LONG: usize = 6;

/// Best first, at most `limit`, only places of `countries` (empty: any).
pub fn propose(gazetteer: &Gazetteer, name: &str, countries: &[&str], limit: usize) -> Vec<Proposal> {
    let folded = fold_phrase(name);
    let letters = folded.chars().count();
    if !(MIN_LETTERS..=MAX_LETTERS).contains(&letters) {
        return Vec::new();
    }
    let automaton = Edits { letters: folded.chars().collect(), most: 1 + u8::from(letters >= LONG) };
    let mut best: BTreeMap<PlaceRef, Proposal> = BTreeMap::new();
    for (number, table) in gazetteer.tables() {
        let mut stream = table.names().search_with_state(&automaton).into_stream();
        while let Some((key, value, state)) = stream.next() {
            let Ok(key) = std::str::from_utf8(key) else { continue };
            let cost = f32::from(state.edits.last().copied().unwrap_or_default());
            for posting in table.postings_of(value) {
                let place = reference(number, posting.record);
                let is_there = countries.is_empty() || countries.contains(&gazetteer.place(place).country());
                if is_there && best.get(&place).is_none_or(|b| b.cost > cost) {
                    best.insert(place, Proposal { place, flags: posting.flags, key: key.to_owned(), cost });
                }
            }
        }
    }
    let mut out: Vec<Proposal> = best.into_values().collect();
    let fame = |p: &Proposal| super::search::fame(gazetteer.place(p.place));
    out.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| fame(b).total_cmp(&fame(a))).then(a.place.cmp(&b.place)));
    out.truncate(limit);
    out
}

/// Accepts words within some edits of a word, letter by letter (the automaton of the crate misses words in Arabic letters).
struct Edits {
    letters: Vec<char>,
    most: u8,
}

/// One row of the table of edits, and the bytes of a letter that is not whole yet.
#[derive(Clone)]
struct Row {
    edits: Vec<u8>,
    code: u32,
    missing: u8,
}

impl Automaton for &Edits {
    type State = Row;

    fn start(&self) -> Row {
        Row { edits: (0..=self.letters.len() as u8).collect(), code: 0, missing: 0 }
    }

    fn is_match(&self, state: &Row) -> bool {
        state.missing == 0 && state.edits.last().is_some_and(|e| *e <= self.most)
    }

    fn can_match(&self, state: &Row) -> bool {
        state.edits.iter().any(|e| *e <= self.most)
    }

    fn accept(&self, state: &Row, byte: u8) -> Row {
        let mut next = state.clone();
        (next.code, next.missing) = match byte {
            0..0x80 => (u32::from(byte), 0),
            0x80..0xC0 => (state.code << 6 | u32::from(byte & 0x3F), state.missing.saturating_sub(1)),
            0xC0..0xE0 => (u32::from(byte & 0x1F), 1),
            0xE0..0xF0 => (u32::from(byte & 0x0F), 2),
            0xF0.. => (u32::from(byte & 0x07), 3),
        };
        if let (0, Some(letter)) = (next.missing, char::from_u32(next.code)) {
            let mut diagonal = next.edits[0];
            next.edits[0] = diagonal.saturating_add(1);
            for (at, wanted) in self.letters.iter().enumerate() {
                let kept = diagonal.saturating_add(u8::from(*wanted != letter));
                diagonal = next.edits[at + 1];
                next.edits[at + 1] = kept.min(next.edits[at].saturating_add(1)).min(diagonal.saturating_add(1));
            }
        }
        next
    }
}

//! Search for people: names that begin with what was typed, or are a typo or two away.

use std::collections::BTreeMap;

use fst::automaton::{Automaton, Levenshtein, Str};
use fst::{IntoStreamer, Streamer};

use crate::text::fold::fold_phrase;

use super::place::reference;
use super::{Gazetteer, KeyFlags, PlaceRef};

/// A place that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The place.
    pub place: PlaceRef,
    /// 0–1, best first.
    pub score: f64,
    /// The folded name that matched.
    pub key: String,
}

/// Most names looked at for one query, so that «a» answers as fast as «aleppo».
const MAX_NAMES: usize = 5_000;

/// Places whose name is, begins with, or nearly is the query; best first, at most `limit`.
pub fn search(gazetteer: &Gazetteer, query: &str, limit: usize) -> Vec<Found> {
    let folded = fold_phrase(query);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut best: BTreeMap<PlaceRef, Found> = BTreeMap::new();
    collect(gazetteer, &Str::new(&folded).starts_with(), &folded, &mut best);
    if best.len() < limit {
        let letters = folded.chars().count();
        // One edit in short words, two in longer ones, as people type.
        let edits = if letters < 4 { 0 } else { 1 + u32::from(letters > 6) };
        if let (true, Ok(automaton)) = (edits > 0, Levenshtein::new(&folded, edits)) {
            collect(gazetteer, &automaton, &folded, &mut best);
        }
    }
    let mut out: Vec<Found> = best.into_values().collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
    out.truncate(limit);
    out
}

fn collect<A: Automaton>(gazetteer: &Gazetteer, automaton: &A, query: &str, best: &mut BTreeMap<PlaceRef, Found>) {
    for (number, table) in gazetteer.tables() {
        let mut stream = table.names().search(automaton).into_stream();
        let mut seen = 0;
        while let Some((key, _)) = stream.next() {
            let Ok(key) = std::str::from_utf8(key) else { continue };
            seen += 1;
            if seen > MAX_NAMES {
                break;
            }
            let Some(cursor) = table.walk(table.start(), key.as_bytes()) else { continue };
            for posting in table.postings(cursor) {
                let Some(place) = gazetteer.instead.of(reference(number, posting.record)) else { continue };
                let found = Found { place, score: score(gazetteer, place, posting.flags, key, query), key: key.to_owned() };
                if best.get(&place).is_none_or(|b| b.score < found.score) {
                    best.insert(place, found);
                }
            }
        }
    }
}

/// Nearness of the name counts most, then how much the place is spoken of.
fn score(gazetteer: &Gazetteer, place: PlaceRef, flags: KeyFlags, key: &str, query: &str) -> f64 {
    let view = gazetteer.place(place);
    let name = if key == query {
        1.0
    } else if key.starts_with(query) {
        0.6 + 0.2 * query.len() as f64 / key.len() as f64
    } else {
        0.5
    };
    let fame = (f64::from(view.population().max(1)).log10() / 8.0).min(1.0) * 0.5 + f64::from(view.name_count()) / 255.0 * 0.5;
    let area = f64::from(u8::from(view.is_country())) * 0.1;
    let penalty = if flags.has(KeyFlags::OLD) { 0.1 } else { 0.0 };
    (0.7 * name + 0.2 * fame + area - penalty).clamp(0.0, 1.0)
}

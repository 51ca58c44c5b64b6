//! The words of a text as word lists look them up: each with its readings, hashed once for all lists.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::text::Text;

use super::event_words::EventWords;
use super::hash::{Fnv, Hashed};
use super::place_words::PlaceWords;
use super::{Lang, ar};

/// A reading of a word, by what a list asks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// [`hash`] of the word that remains.
    pub(super) hash: u64,
    /// Something was cut off its front.
    pub(super) cut: bool,
    /// A preposition was.
    pub(super) preposition: bool,
    /// The lists of which some phrase begins with it, a bit each.
    pub(super) lists: u32,
}

/// The words of a text with their readings.
#[derive(Clone, Debug)]
pub struct Readings<'t> {
    /// Their text.
    pub text: &'t Text<'t>,
    /// Its language.
    pub lang: Lang,
    starts: Vec<Start>,
    /// For each token, the index of its first reading; one more at the end.
    first: Vec<u32>,
}

impl<'t> Readings<'t> {
    /// Reads them. What is in no list of the language is left out: most words are.
    pub fn of(text: &'t Text<'t>, lang: Lang) -> Readings<'t> {
        let known = known(lang);
        let mut starts = Vec::with_capacity(text.tokens.len() * 2);
        let mut first = Vec::with_capacity(text.tokens.len() + 1);
        for token in 0..text.tokens.len() {
            first.push(starts.len() as u32);
            add(text.folded(token), lang, &|hash| known.get(&hash).copied(), &mut starts);
        }
        first.push(starts.len() as u32);
        Readings { text, lang, starts, first }
    }

    /// The readings of a word that some list has, as written first.
    pub(super) fn at(&self, token: usize) -> &[Start] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(from), Some(to)) => self.starts.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// The readings of one folded word, as written first.
pub(super) fn starts(folded: &str, lang: Lang) -> Vec<Start> {
    let mut out = Vec::new();
    add(folded, lang, &|_| Some(u32::MAX), &mut out);
    out
}

fn add(folded: &str, lang: Lang, lists: &impl Fn(u64) -> Option<u32>, out: &mut Vec<Start>) {
    let mut push = |word: &str, cut, preposition| {
        let hash = hash(word);
        out.extend(lists(hash).map(|lists| Start { hash, cut, preposition, lists }));
    };
    push(folded, false, false);
    if lang == Lang::Ar && folded.starts_with(|c: char| !c.is_ascii()) {
        ar::readings(folded).iter().skip(1).for_each(|r| push(&r.word, r.cut > 0, r.preposition));
    }
}

type Known = HashMap<u64, u32, BuildHasherDefault<Hashed>>;

/// The words that phrases of the lists of a language begin with, and of which lists.
fn known(lang: Lang) -> &'static Known {
    static KNOWN: [OnceLock<Known>; 3] = [const { OnceLock::new() }; 3];
    KNOWN[lang as usize].get_or_init(|| {
        let mut known = Known::default();
        for lexicon in PlaceWords::of(lang).lexicons().chain(EventWords::of(lang).lexicons()) {
            let own = lexicon.bit.map_or(u32::MAX, |bit| 1 << bit);
            lexicon.firsts().for_each(|first| *known.entry(first).or_default() |= own);
        }
        known
    })
}

/// What stands for a folded word in the lists: sixty-four bits, so that no two words of a report share them by chance.
pub(super) fn hash(folded: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.write(folded.as_bytes());
    hash.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_phrase;
    use std::collections::HashSet;

    #[test]
    fn every_list_has_a_bit_of_its_own_and_no_two_words_a_hash() {
        for lang in Lang::ALL {
            let (places, events) = (PlaceWords::of(lang), EventWords::of(lang));
            let bits: Vec<u32> = places.lexicons().chain(events.lexicons()).map(|lexicon| lexicon.bit.unwrap()).collect();
            let distinct: HashSet<u32> = bits.iter().copied().filter(|bit| *bit < u32::BITS).collect();
            assert_eq!(distinct.len(), bits.len(), "{bits:?}");
            let lists = [&places.features, &places.persons, &places.organisations, &places.demonyms, &places.not_places, &events.events];
            let phrases = lists.into_iter().flat_map(|list| &list.groups.entries).flat_map(|(_, variants)| variants);
            let words: HashSet<String> = phrases.flat_map(|p| fold_phrase(p).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
            let hashes: HashSet<u64> = words.iter().map(|word| hash(word)).collect();
            assert!(words.len() > 1_000 && hashes.len() == words.len(), "{} words, {} hashes", words.len(), hashes.len());
        }
    }
}

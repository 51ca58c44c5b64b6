//! The words of a text as word lists look them up: each with its readings, hashed once for all lists.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::text::Text;

use super::event_words::EventWords;
use super::hash::{Fnv, Hashed};
use super::lexicon::next_word;
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
    /// For each token, the [`hash`] of the word as written.
    written: Vec<u64>,
    /// For each token, the lists of which a phrase may begin there, a bit each: some phrase is one of its readings, or begins with
    /// one and has the next word for its second.
    lists: Vec<u32>,
}

/// In which lists a word stands where in a phrase, a bit each.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    alone: u32,
    /// First of several words.
    first: u32,
    second: u32,
}

impl<'t> Readings<'t> {
    /// Reads them. What is in no list of the language is left out: most words are.
    pub fn of(text: &'t Text<'t>, lang: Lang) -> Readings<'t> {
        let known = known(lang);
        let mut starts = Vec::with_capacity(text.tokens.len() * 2);
        let mut first = Vec::with_capacity(text.tokens.len() + 1);
        let mut written = Vec::with_capacity(text.tokens.len());
        let mut places: Vec<Places> = Vec::with_capacity(text.tokens.len());
        for token in 0..text.tokens.len() {
            first.push(starts.len() as u32);
            // Where one of its readings stands, and where the word stands as written.
            let (mut own, mut second) = (Places::default(), None);
            let lists = |hash| {
                let Places { alone, first, second: behind } = known.get(&hash).copied().unwrap_or_default();
                second.get_or_insert(behind);
                (own.alone, own.first) = (own.alone | alone, own.first | first);
                Some(alone | first).filter(|lists| *lists != 0)
            };
            written.push(add(text.folded(token), lang, lists, &mut starts));
            places.push(Places { second: second.unwrap_or_default(), ..own });
        }
        first.push(starts.len() as u32);
        let second = |token| next_word(text, token).and_then(|next| places.get(next)).map_or(0, |next| next.second);
        let lists = places.iter().enumerate().map(|(token, p)| p.alone | if p.first == 0 { 0 } else { p.first & second(token) }).collect();
        Readings { text, lang, starts, first, written, lists }
    }

    /// A phrase of a list may begin at a token.
    pub(super) fn may_begin(&self, token: usize, bit: u32) -> bool {
        self.lists.get(token).is_some_and(|lists| lists >> bit & 1 == 1)
    }

    /// The first token from one on at which a phrase of a list may begin; of a list without a bit, the first with a reading.
    pub(super) fn next(&self, from: usize, bit: Option<u32>) -> Option<usize> {
        let Some(bit) = bit else { return (from..self.lists.len()).find(|token| !self.at(*token).is_empty()) };
        self.lists.get(from..)?.iter().position(|lists| lists >> bit & 1 == 1).map(|steps| from + steps)
    }

    /// The [`hash`] of a word as written.
    pub(super) fn written(&self, token: usize) -> u64 {
        self.written.get(token).copied().unwrap_or_else(|| hash(""))
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
    add(folded, lang, |_| Some(u32::MAX), &mut out);
    out
}

/// Adds the readings of a word that some list has; the hash of the word as written.
fn add(folded: &str, lang: Lang, mut lists: impl FnMut(u64) -> Option<u32>, out: &mut Vec<Start>) -> u64 {
    let mut push = |word: &str, cut, preposition| {
        let hash = hash(word);
        out.extend(lists(hash).map(|lists| Start { hash, cut, preposition, lists }));
        hash
    };
    if lang != Lang::Ar || !folded.starts_with(|c: char| !c.is_ascii()) {
        return push(folded, false, false);
    }
    let mut written = None;
    ar::each_reading(folded, |r| {
        let hash = push(&r.word, r.cut > 0, r.preposition);
        written.get_or_insert(hash);
    });
    written.unwrap_or_default()
}

type Known = HashMap<u64, Places, BuildHasherDefault<Hashed>>;

/// The first and second words of the phrases of the lists of a language, and of which lists.
fn known(lang: Lang) -> &'static Known {
    static KNOWN: [OnceLock<Known>; 3] = [const { OnceLock::new() }; 3];
    KNOWN[lang as usize].get_or_init(|| {
        let mut known = Known::default();
        for lexicon in PlaceWords::of(lang).lexicons().chain(EventWords::of(lang).lexicons()) {
            let own = lexicon.bit.map_or(u32::MAX, |bit| 1 << bit);
            for (hash, is_alone, is_first) in lexicon.firsts() {
                let places = known.entry(hash).or_default();
                places.alone |= if is_alone { own } else { 0 };
                places.first |= if is_first { own } else { 0 };
            }
            lexicon.seconds().for_each(|hash| known.entry(hash).or_default().second |= own);
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
    fn no_phrase_is_passed_over() {
        let mut found = 0;
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/reports")).unwrap() {
            let report = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let text = Text::read(&report);
            for lang in Lang::ALL {
                let words = Readings::of(&text, lang);
                for lexicon in PlaceWords::of(lang).lexicons().chain(EventWords::of(lang).lexicons()) {
                    for token in 0..text.tokens.len() {
                        let hit = lexicon.begins(&words, token);
                        assert_eq!(hit, lexicon.at(&text, token, lang), "«{}» of {report}", text.folded(token));
                        found += usize::from(hit.is_some_and(|hit| hit.end > hit.start + 1));
                    }
                }
            }
        }
        assert!(found > 100, "{found} phrases of several words");
    }

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

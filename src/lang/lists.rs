//! The word lists of one language that numbers, dates and tolls are read with, and their words found in a text.
//!
//! All lists stand in one table keyed by a phrase's first word, so that a text is scanned once.

mod key;
mod scan;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use crate::error::{Error, Result};
use crate::text::fold::fold_phrase;

use super::Lang;
use super::hash::Fnv;
use super::lexicon;

pub use key::{Form, Harm, HarmForm, Qualifier, TimeWord, Unit, Word};
pub use scan::{Sign, Signs};

/// Which list a word comes from. A token may begin a phrase of several lists («second», «mars», «يوم»).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListName {
    /// `numbers.txt`.
    Numbers,
    /// `qualifiers.txt`.
    Qualifiers,
    /// `months.txt`.
    Months,
    /// `weekdays.txt`.
    Weekdays,
    /// `times.txt`.
    Times,
    /// `units.txt`.
    Units,
    /// `directions.txt`.
    Directions,
    /// `not_people.txt`.
    NotPeople,
    /// `people.txt`.
    People,
    /// `harm.txt`.
    Harm,
}

impl ListName {
    /// All of them, in the order of their enum.
    pub const ALL: [ListName; 10] = [
        ListName::Numbers,
        ListName::Qualifiers,
        ListName::Months,
        ListName::Weekdays,
        ListName::Times,
        ListName::Units,
        ListName::Directions,
        ListName::NotPeople,
        ListName::People,
        ListName::Harm,
    ];
}

/// The lists of one language.
#[derive(Debug)]
pub struct Lists {
    /// Their language.
    pub lang: Lang,
    /// First word of each phrase → the phrases that begin with it, longest first.
    by_first: HashMap<Box<str>, Vec<Phrase>, BuildHasherDefault<Fnv>>,
    /// Keys of `people.txt` without their form, in order of first appearance.
    kinds: Vec<String>,
    /// Keys of `directions.txt`.
    directions: Vec<String>,
}

#[derive(Debug)]
struct Phrase {
    rest: Box<[Box<str>]>,
    list: ListName,
    word: Word,
}

macro_rules! texts {
    ($lang:literal) => {
        [
            include_str!(concat!("../../geodata/lexicon/", $lang, "/numbers.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/qualifiers.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/months.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/weekdays.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/times.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/units.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/directions.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/not_people.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/people.txt")),
            include_str!(concat!("../../geodata/lexicon/", $lang, "/harm.txt")),
        ]
    };
}

/// The lists as embedded, in the order of [`ListName::ALL`].
const AR: [&str; 10] = texts!("ar");
const FR: [&str; 10] = texts!("fr");
const EN: [&str; 10] = texts!("en");

impl Lists {
    /// The embedded lists of a language.
    ///
    /// # Panics
    /// Never with lists that pass this module's tests.
    pub fn of(lang: Lang) -> &'static Lists {
        static LISTS: [OnceLock<Lists>; 3] = [const { OnceLock::new() }; 3];
        let (slot, texts) = match lang {
            Lang::Ar => (&LISTS[0], AR),
            Lang::Fr => (&LISTS[1], FR),
            Lang::En => (&LISTS[2], EN),
        };
        slot.get_or_init(|| Lists::parse(lang, &texts).expect("the embedded lists are well formed, a test reads them"))
    }

    /// Parses lists given in the order of [`ListName::ALL`].
    ///
    /// # Errors
    /// Those of [`lexicon::parse`], and [`Error::Value`] for a key that means nothing.
    pub fn parse(lang: Lang, texts: &[&str; 10]) -> Result<Lists> {
        let mut lists = Lists { lang, by_first: HashMap::default(), kinds: Vec::new(), directions: Vec::new() };
        for (list, text) in ListName::ALL.into_iter().zip(texts) {
            let groups = lexicon::parse(&format!("{}/{list:?}", lang.code()), text)?;
            let mut words = Vec::with_capacity(groups.keys.len());
            for key in &groups.keys {
                let word =
                    lists.word(list, key).ok_or_else(|| Error::value(&format!("key of {list:?}"), key, "a key that the list knows"))?;
                words.push(word);
            }
            for (key, variants) in &groups.entries {
                for variant in variants {
                    lists.insert(variant, list, words[usize::from(*key)]);
                }
            }
        }
        Ok(lists)
    }

    /// The kind of person a [`Word::Person`] stands for («civilians», «soldiers»).
    pub fn kind(&self, kind: u8) -> &str {
        self.kinds.get(usize::from(kind)).map_or("", String::as_str)
    }

    /// The direction a [`Word::Direction`] stands for («NE», «centre»).
    pub fn direction(&self, direction: u8) -> &str {
        self.directions.get(usize::from(direction)).map_or("", String::as_str)
    }

    fn word(&mut self, list: ListName, key: &str) -> Option<Word> {
        match list {
            ListName::People => {
                let (name, form) = key::person(key)?;
                Some(Word::Person { kind: index_of(&mut self.kinds, name), form })
            }
            ListName::Directions => Some(Word::Direction(index_of(&mut self.directions, key))),
            _ => key::word(list, key),
        }
    }

    fn insert(&mut self, phrase: &str, list: ListName, word: Word) {
        let folded = fold_phrase(phrase);
        let mut words = folded.split(' ').map(Box::from);
        let Some(first) = words.next() else { return };
        let phrases = self.by_first.entry(first).or_default();
        phrases.push(Phrase { rest: words.collect(), list, word });
        phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
    }
}

fn index_of(names: &mut Vec<String>, name: &str) -> u8 {
    let known = names.iter().position(|n| n == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    known as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_embedded_lists_are_read_whole_and_have_the_same_keys() {
        for texts in [AR, FR, EN] {
            for (list, (text, arabic)) in ListName::ALL.into_iter().zip(texts.into_iter().zip(AR)) {
                let groups = lexicon::parse("list", text).expect("embedded lists parse");
                let keys = lexicon::parse("list", arabic).expect("embedded lists parse").keys;
                assert_eq!(groups.keys, keys, "{list:?}");
            }
        }
        for lang in Lang::ALL {
            assert_eq!(Lists::of(lang).lang, lang);
        }
    }

    #[test]
    fn no_phrase_stands_twice_under_one_key() {
        for (lang, texts) in Lang::ALL.into_iter().zip([AR, FR, EN]) {
            let mut twice = Vec::new();
            for (list, text) in ListName::ALL.into_iter().zip(texts) {
                let groups = lexicon::parse("list", text).expect("embedded lists parse");
                let mut seen = BTreeMap::new();
                for (key, variants) in &groups.entries {
                    for variant in variants {
                        if seen.insert((*key, fold_phrase(variant)), variant).is_some() {
                            twice.push(format!("{} {list:?} [{}] {variant}", lang.code(), groups.keys[usize::from(*key)]));
                        }
                    }
                }
            }
            assert!(twice.is_empty(), "{}", twice.join("\n"));
        }
    }
}

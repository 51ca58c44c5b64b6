//! Small words of one language that lead from one part of a sentence to another.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use crate::text::fold::fold_phrase;

use super::Lang;
use super::hash::Fnv;
use super::lexicon::{Groups, parse};

/// Folded words of one key.
type Words = HashSet<String, BuildHasherDefault<Fnv>>;

/// The words of `grammar.txt`; its head tells what each key means.
#[derive(Debug)]
#[expect(missing_docs, reason = "the keys are told of at the head of the file, where the words stand")]
pub struct Grammar {
    pub locative: Words,
    pub place: Words,
    pub link: Words,
    pub from: Words,
    pub this: Words,
    pub that: Words,
    pub near: Words,
    pub event_noun: Words,
    pub general: Words,
    pub between: Words,
    pub not_name: Words,
    pub joint: Words,
    pub either: Words,
    pub settlement: Words,
    pub inside: Words,
    pub names_next: Words,
    /// As written, in order.
    pub trial: Vec<String>,
    pub nation: Words,
    pub at: Words,
    pub prefix: Words,
    pub whence: Words,
    pub whither: Words,
    pub aside: Words,
    pub clause: Words,
    pub there: Words,
}

impl Grammar {
    /// The words of a language, read once.
    ///
    /// # Panics
    /// Never with lists that pass the tests.
    pub fn of(lang: Lang) -> &'static Grammar {
        static ALL: [OnceLock<Grammar>; 3] = [const { OnceLock::new() }; 3];
        let (slot, content) = match lang {
            Lang::Ar => (&ALL[0], include_str!("../../geodata/lexicon/ar/grammar.txt")),
            Lang::Fr => (&ALL[1], include_str!("../../geodata/lexicon/fr/grammar.txt")),
            Lang::En => (&ALL[2], include_str!("../../geodata/lexicon/en/grammar.txt")),
        };
        slot.get_or_init(|| Grammar::from(&parse("grammar.txt", content).expect("the tests read every list")))
    }

    fn from(groups: &Groups) -> Grammar {
        let written = |key: &str| {
            let number = groups.keys.iter().position(|k| k == key).map(|n| n as u16);
            groups.entries.iter().filter(move |(k, _)| Some(*k) == number).flat_map(|(_, variants)| variants)
        };
        let words = |key: &str| written(key).map(|v| fold_phrase(v)).collect();
        Grammar {
            locative: words("locative"),
            place: words("place"),
            link: words("link"),
            from: words("from"),
            this: words("this"),
            that: words("that"),
            near: words("near"),
            event_noun: words("event_noun"),
            general: words("general"),
            between: words("between"),
            not_name: words("not_name"),
            joint: words("joint"),
            either: words("either"),
            settlement: words("settlement"),
            inside: words("inside"),
            names_next: words("names_next"),
            trial: written("trial").cloned().collect(),
            nation: words("nation"),
            at: words("at"),
            prefix: words("prefix"),
            whence: words("whence"),
            whither: words("whither"),
            aside: words("aside"),
            clause: words("clause"),
            there: words("there"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_may_stand_under_several_keys() {
        let arabic = Grammar::of(Lang::Ar);
        assert!(arabic.locative.contains("الي") && arabic.locative.contains("من") && arabic.from.contains("من"));
        assert!(Grammar::of(Lang::Fr).near.contains("pres"));
    }
}

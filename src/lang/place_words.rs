//! The words of one language that stand around place names, or look like them.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use crate::text::Text;

use super::Lang;
use super::actor_words::Actors;
use super::event_words::ACTORS;
use super::hash::Fnv;
use super::lexicon::{Groups, Hit, Lexicon, parse};
use super::readings::Readings;

/// One list: its groups as written and its phrases folded.
#[derive(Debug)]
pub struct List {
    /// Keys and entries as written.
    pub groups: Groups,
    /// The same, for finding in texts.
    pub lexicon: Lexicon,
}

impl List {
    /// Parses an embedded list.
    ///
    /// # Panics
    /// When the list is malformed: the tests read every list, so a release has none.
    pub fn embedded(file: &str, content: &str) -> List {
        let groups = parse(file, content).unwrap_or_else(|e| panic!("{e}"));
        let lexicon = Lexicon::of(&groups);
        List { groups, lexicon }
    }

    /// The list with the regular forms of its stems.
    fn inflected(self, lang: Lang) -> List {
        let groups = super::demonym::inflect(self.groups, lang);
        let lexicon = Lexicon::of(&groups);
        List { groups, lexicon }
    }

    /// The key of the group that a hit is in.
    pub fn key(&self, hit: Hit) -> &str {
        self.groups.keys.get(usize::from(hit.key)).map_or("", String::as_str)
    }

    /// The longest phrase at a token with its key.
    pub fn at(&self, text: &Text, token: usize, lang: Lang) -> Option<(Hit, &str)> {
        self.lexicon.at(text, token, lang).map(|hit| (hit, self.key(hit)))
    }

    /// As [`List::at`], of words whose readings are known.
    pub fn begins(&self, words: &Readings, token: usize) -> Option<(Hit, &str)> {
        self.lexicon.begins(words, token).map(|hit| (hit, self.key(hit)))
    }

    /// The cover of its phrases over a text.
    pub fn cover(&self, words: &Readings) -> Cover {
        self.lexicon.cover(words)
    }
}

impl Lexicon {
    /// For every token of a text, the hit that covers it and its index; longest first, none inside another.
    pub fn cover(&self, words: &Readings) -> Cover {
        let hits = self.all(words);
        let mut of = vec![u32::MAX; words.text.tokens.len()];
        for (index, hit) in hits.iter().enumerate() {
            of[hit.start..hit.end].fill(index as u32);
        }
        Cover { hits, of }
    }
}

/// The hits of a list over a whole text, by token.
#[derive(Debug)]
pub struct Cover {
    /// In order.
    pub hits: Vec<Hit>,
    of: Vec<u32>,
}

impl Cover {
    /// The hit that covers a token.
    pub fn at(&self, token: usize) -> Option<Hit> {
        self.of.get(token).and_then(|i| self.hits.get(*i as usize)).copied()
    }
}

/// The lists of one language that recognition of places reads.
#[derive(Debug)]
pub struct PlaceWords {
    /// Village, camp, province …
    pub features: List,
    /// Titles, given names, particles of names.
    pub persons: List,
    /// Heads and whole names of organisations.
    pub organisations: List,
    /// Nationality adjectives, grouped by country code.
    pub demonyms: List,
    /// Palaces that stand for governments, and what governments do.
    pub metonyms: List,
    /// Place names that are rather words or persons.
    pub not_places: List,
    /// North, south-east …
    pub directions: List,
    /// Kilometre, mile …
    pub units: List,
    /// Words that make places of places: banks, ways, plural heads.
    pub relative: List,
    /// Words of events, actors, dates and numbers: what is one of them is rarely a place too.
    pub ordinary: Lexicon,
    /// Names of armed groups and forces: a place inside one is not a place of the report.
    pub groups: Lexicon,
    /// How common a word is that is also a name: zipf frequency (3 = once in a million words, 6 = once in a thousand).
    pub frequent: HashMap<String, f32, BuildHasherDefault<Fnv>>,
}

macro_rules! list {
    ($lang:literal, $file:literal) => {
        List::embedded(
            concat!("lexicon/", $lang, "/", $file),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/", $file)),
        )
    };
}

macro_rules! place_words {
    ($lang:literal, $own:expr) => {
        PlaceWords {
            features: list!($lang, "feature_nouns.txt"),
            persons: list!($lang, "persons.txt"),
            organisations: list!($lang, "organisations.txt"),
            demonyms: list!($lang, "demonyms.txt").inflected($own),
            metonyms: list!($lang, "metonyms.txt"),
            not_places: list!($lang, "not_places.txt"),
            directions: list!($lang, "directions.txt"),
            units: list!($lang, "units.txt"),
            relative: list!($lang, "relative.txt"),
            ordinary: ordinary(&[
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/events.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/months.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/weekdays.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/numbers.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/times.txt")),
            ]),
            groups: groups(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/actors.txt"))),
            frequent: frequencies(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/frequent.tsv"))),
        }
    };
}

impl PlaceWords {
    /// The lists of a language, read once.
    pub fn of(lang: Lang) -> &'static PlaceWords {
        static AR: OnceLock<PlaceWords> = OnceLock::new();
        static FR: OnceLock<PlaceWords> = OnceLock::new();
        static EN: OnceLock<PlaceWords> = OnceLock::new();
        match lang {
            Lang::Ar => AR.get_or_init(|| place_words!("ar", Lang::Ar).numbered()),
            Lang::Fr => FR.get_or_init(|| place_words!("fr", Lang::Fr).numbered()),
            Lang::En => EN.get_or_init(|| place_words!("en", Lang::En).numbered()),
        }
    }

    /// Gives each list its bit.
    fn numbered(mut self) -> PlaceWords {
        let PlaceWords {
            features,
            persons,
            organisations,
            demonyms,
            metonyms,
            not_places,
            directions,
            units,
            relative,
            ordinary,
            groups,
            ..
        } = &mut self;
        let lists = [features, persons, organisations, demonyms, metonyms, not_places, directions, units, relative];
        let all = lists.into_iter().map(|list| &mut list.lexicon).chain([ordinary, groups]);
        (0..).zip(all).for_each(|(bit, lexicon)| lexicon.bit = Some(bit));
        self
    }

    /// What [`super::readings::Readings`] are read for.
    pub(super) fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        let PlaceWords { features, persons, organisations, demonyms, metonyms, not_places, directions, units, relative, .. } = self;
        let lists = [features, persons, organisations, demonyms, metonyms, not_places, directions, units, relative];
        lists.into_iter().map(|list| &list.lexicon).chain([&self.ordinary, &self.groups])
    }

    /// Zipf frequency of a folded word that is also a name; 0 when it is rare.
    pub fn frequency(&self, folded: &str) -> f32 {
        self.frequent.get(folded).copied().unwrap_or(0.0)
    }
}

/// Several lists as one, for asking whether a word is in any.
fn ordinary(contents: &[&str]) -> Lexicon {
    let mut all = Lexicon::default();
    for content in contents {
        let groups = parse("ordinary", content).unwrap_or_else(|e| panic!("{e}"));
        groups.entries.iter().flat_map(|(_, variants)| variants).for_each(|v| all.insert(v, 0, 0));
    }
    all
}

/// Aliases of armed actors; civilians and the like are words of the language.
fn groups(names: &str) -> Lexicon {
    let mut all = Lexicon::default();
    for alias in Actors::armed(ACTORS, names) {
        all.insert(alias, 0, 0);
    }
    all
}

/// Lines of folded word and frequency, tab-separated.
fn frequencies(content: &str) -> HashMap<String, f32, BuildHasherDefault<Fnv>> {
    content
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(word, z)| Some((word.to_owned(), z.trim().parse().ok()?)))
        .collect()
}

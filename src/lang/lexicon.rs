//! Reads the word lists of `geodata/lexicon`; refuses lines that it does not understand.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::error::{Error, Result};
use crate::text::Text;
use crate::text::fold::fold_phrase;

use super::Lang;
use super::hash::Hashed;
use super::readings::{Readings, Start, hash, starts};

/// A word list: folded phrases of one or more words, each with the keys of the groups that list it.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// By the [`hash`] of the first word.
    by_first: HashMap<u64, First, BuildHasherDefault<Hashed>>,
    /// Which bit of [`Start::lists`] is its own; of a list that has none every reading is looked up.
    pub(super) bit: Option<u32>,
}

/// The phrases that begin with one word.
#[derive(Debug, Default)]
struct First {
    /// The word by itself: key and entry.
    alone: Option<(u16, u32)>,
    /// Second word → the phrases that go on with it, longest first. Hundreds of names begin with «army of».
    longer: HashMap<u64, Vec<Phrase>, BuildHasherDefault<Hashed>>,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// Words from the third on.
    rest: Vec<String>,
    key: u16,
    entry: u32,
}

/// One list as parsed: the group keys and, under each, the entries with their variants.
#[derive(Debug, Default)]
pub struct Groups {
    /// Keys in order of first appearance.
    pub keys: Vec<String>,
    /// Entries: index of the key, canonical form first, then variants; all as written.
    pub entries: Vec<(u16, Vec<String>)>,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Index of the group key in [`Groups::keys`].
    pub key: u16,
    /// Index of the entry in [`Groups::entries`].
    pub entry: u32,
    /// Something was cut off the front of the first word (Arabic clitics).
    pub cut: bool,
    /// A preposition was cut off («بقصف»).
    pub preposition: bool,
}

/// Parses a list: `# comment`, `[key]`, then one concept a line with `|` between variants.
///
/// # Errors
/// [`Error::Line`] for a line before the first key, an empty key or an empty variant.
pub fn parse(file: &str, content: &str) -> Result<Groups> {
    let mut groups = Groups::default();
    let mut current: Option<u16> = None;
    for (index, line) in content.lines().enumerate() {
        let refuse = |expected: &str| Error::Line {
            file: file.to_owned(),
            line: index + 1,
            found: format!("«{line}»"),
            expected: expected.to_owned(),
        };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(key) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            if key.is_empty() {
                return Err(refuse("a group key between the brackets"));
            }
            let known = groups.keys.iter().position(|k| k == key);
            current = Some(known.unwrap_or(groups.keys.len()) as u16);
            if known.is_none() {
                groups.keys.push(key.to_owned());
            }
            continue;
        }
        let key = current.ok_or_else(|| refuse("a [key] line before the first entry"))?;
        let variants: Vec<String> = line.split('|').map(|v| v.trim().to_owned()).collect();
        if variants.iter().any(|v| fold_phrase(v).is_empty()) {
            return Err(refuse("a word in each variant between the bars"));
        }
        groups.entries.push((key, variants));
    }
    Ok(groups)
}

impl Lexicon {
    /// Folds all variants of a parsed list.
    pub fn of(groups: &Groups) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (entry, (key, variants)) in groups.entries.iter().enumerate() {
            for variant in variants {
                lexicon.insert(variant, *key, entry as u32);
            }
        }
        lexicon
    }

    /// Adds one phrase; of two that are the same the first stays.
    pub fn insert(&mut self, phrase: &str, key: u16, entry: u32) {
        let folded = fold_phrase(phrase);
        let mut words = folded.split(' ').map(str::to_owned);
        let Some(first) = words.next().filter(|w| !w.is_empty()) else { return };
        let list = self.by_first.entry(hash(&first)).or_default();
        let Some(second) = words.next() else {
            list.alone.get_or_insert((key, entry));
            return;
        };
        let phrases = list.longer.entry(hash(&second)).or_default();
        phrases.push(Phrase { rest: words.collect(), key, entry });
        phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
    }

    /// The [`hash`]es of the words that its phrases begin with; which are phrases by themselves, and which have longer ones.
    pub(super) fn firsts(&self) -> impl Iterator<Item = (u64, bool, bool)> {
        self.by_first.iter().map(|(hash, first)| (*hash, first.alone.is_some(), !first.longer.is_empty()))
    }

    /// The [`hash`]es of the second words of its phrases.
    pub(super) fn seconds(&self) -> impl Iterator<Item = u64> {
        self.by_first.values().flat_map(|first| first.longer.keys().copied())
    }

    /// The longest phrase that begins at a token, for each reading of that token; longest and least cut first.
    pub fn at(&self, text: &Text, token: usize, lang: Lang) -> Option<Hit> {
        self.best(text, token, &starts(text.folded(token), lang), &|at| hash(text.folded(at)))
    }

    /// As [`Lexicon::at`], for the lists of the program, of words whose readings are known.
    pub fn begins(&self, words: &Readings, token: usize) -> Option<Hit> {
        if self.bit.is_some_and(|bit| !words.may_begin(token, bit)) {
            return None;
        }
        self.best(words.text, token, words.at(token), &|at| words.written(at))
    }

    /// The key of a single folded word exactly as given, no reading tried.
    pub fn word(&self, folded: &str) -> Option<u16> {
        self.by_first.get(&hash(folded))?.alone.map(|(key, _)| key)
    }

    /// All hits of a text, longest first at each place, none inside another.
    pub fn all(&self, words: &Readings) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(start) = words.next(at, self.bit) {
            at = start + 1;
            if let Some(hit) = self.begins(words, start) {
                at = hit.end;
                out.push(hit);
            }
        }
        out
    }

    fn best(&self, text: &Text, token: usize, readings: &[Start], hash_of: &impl Fn(usize) -> u64) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for reading in readings {
            if self.bit.is_none_or(|bit| reading.lists >> bit & 1 == 1)
                && let Some(first) = self.by_first.get(&reading.hash)
                && let Some(hit) = first.longest(text, token, reading, hash_of)
                && best.is_none_or(|b| hit.end > b.end)
            {
                best = Some(hit);
            }
        }
        best
    }
}

impl First {
    fn longest(&self, text: &Text, token: usize, reading: &Start, hash_of: &impl Fn(usize) -> u64) -> Option<Hit> {
        let hit = |end, key, entry| Hit { start: token, end, key, entry, cut: reading.cut, preposition: reading.preposition };
        let longer = || {
            let second = if self.longer.is_empty() { None } else { next_word(text, token) }?;
            self.longer.get(&hash_of(second))?.iter().find_map(|phrase| {
                let mut last = second;
                for word in &phrase.rest {
                    last = next_word(text, last).filter(|t| text.folded(*t) == word)?;
                }
                Some(hit(last + 1, phrase.key, phrase.entry))
            })
        };
        longer().or_else(|| self.alone.map(|(key, entry)| hit(token + 1, key, entry)))
    }
}

/// The next word of the sentence; signs inside a phrase are passed over («gun-men», «l'armée», «"Islamic State" in the Sahel»).
pub(super) fn next_word(text: &Text, token: usize) -> Option<usize> {
    let mut at = token + 1;
    while is_joint(text, at) {
        at += 1;
    }
    text.tokens.get(at).filter(|t| t.sentence == text.tokens[token].sentence).map(|_| at)
}

/// Hyphens and apostrophes inside a phrase, and the quotation marks that a part of a name stands in.
fn is_joint(text: &Text, token: usize) -> bool {
    let is_sign = |sign: &str| matches!(sign, "-" | "'" | "\u{2019}" | "\u{2010}" | "\u{2011}" | "\"" | "«" | "»" | "“" | "”");
    text.tokens.get(token).is_some_and(|t| is_sign(text.slice(t.span)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# test\n[attack]\nهجوم|هجوم مسلح|هجمات\nl'attaque\n[clash]\nاشتباك\n";

    #[test]
    fn phrases_are_found_behind_clitics_longest_first() {
        let groups = parse("events.txt", LIST).expect("the list is well formed");
        let lexicon = Lexicon::of(&groups);
        let text = Text::read("وبالهجوم المسلح قُتل، وبهجوم مسلح في اشتباك");
        let hits = lexicon.all(&Readings::of(&text, Lang::Ar));
        assert_eq!(hits.iter().map(|h| (h.start, h.end, h.key)).collect::<Vec<_>>(), [(0, 1, 0), (4, 6, 0), (7, 8, 1)]);
        assert!(hits[1].preposition);
        let quoted = Text::read("هجوم «مسلح»");
        assert_eq!(lexicon.all(&Readings::of(&quoted, Lang::Ar)).iter().map(|h| (h.start, h.end)).collect::<Vec<_>>(), [(0, 3)]);
        let text = Text::read("l’attaque");
        assert_eq!(lexicon.all(&Readings::of(&text, Lang::Fr)).len(), 1);
    }

    #[test]
    fn bad_lines_are_refused_with_their_number() {
        for (content, line) in [("هجوم\n", 1), ("[a]\nx||y\n", 2), ("# c\n[]\n", 2)] {
            match parse("events.txt", content) {
                Err(Error::Line { line: found, .. }) => assert_eq!(found, line),
                other => panic!("{content:?} gave {other:?}"),
            }
        }
    }
}

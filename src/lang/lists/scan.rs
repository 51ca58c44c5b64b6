//! The words of the lists in a text, found in one pass.

use crate::lang::Lang;
use crate::text::{Text, Token, TokenKind};

use super::{ListName, Lists, Phrase, Word};

/// A phrase of the lists in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Its list.
    pub list: ListName,
    /// What it says.
    pub word: Word,
    /// «و» or «ف» was cut off.
    pub conjunction: bool,
    /// «ب», «ل» or «ك» was cut off.
    pub preposition: bool,
    /// «ال» was cut off.
    pub article: bool,
}

/// All phrases of a text, by first token.
#[derive(Debug)]
pub struct Signs {
    signs: Vec<Sign>,
    /// For each token, the index of its first sign; one more at the end.
    first: Vec<u32>,
}

impl Signs {
    /// Finds the phrases of the lists: of each list the longest at each token, and the reading that cuts least.
    pub fn of(text: &Text, lists: &Lists) -> Signs {
        let mut signs = Vec::with_capacity(text.tokens.len() / 3);
        let mut first = Vec::with_capacity(text.tokens.len() + 1);
        let mut buffer = String::with_capacity(64);
        for (index, token) in text.tokens.iter().enumerate() {
            first.push(signs.len() as u32);
            match token.kind {
                TokenKind::Arabic if lists.lang == Lang::Ar => arabic(text, lists, index, &mut buffer, &mut signs),
                TokenKind::Arabic | TokenKind::Latin => {
                    lists.find(text, index, text.folded(index), Cut::default(), &mut signs);
                }
                TokenKind::Number | TokenKind::Punct => {}
            }
        }
        first.push(signs.len() as u32);
        Signs { signs, first }
    }

    /// The phrases that begin at a token.
    pub fn at(&self, token: usize) -> &[Sign] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(from), Some(to)) => self.signs.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// All phrases in order.
    pub fn all(&self) -> &[Sign] {
        &self.signs
    }

    /// The first phrase at a token for which `pick` gives something.
    pub fn find<T>(&self, token: usize, pick: impl Fn(&Sign) -> Option<T>) -> Option<T> {
        self.at(token).iter().find_map(pick)
    }

    /// The phrase that ends before a token and of which `pick` makes something; the longest such.
    pub fn before<T>(&self, token: usize, pick: impl Fn(&Sign) -> Option<T>) -> Option<T> {
        (token.saturating_sub(LONGEST)..token)
            .find_map(|start| self.find(start, |sign| if sign.end as usize == token { pick(sign) } else { None }))
    }
}

/// No phrase of the lists spans more tokens, joints included; looking back stops there.
const LONGEST: usize = 7;

#[derive(Clone, Copy, Default)]
struct Cut {
    conjunction: bool,
    preposition: bool,
    article: bool,
}

/// Adverbs that are found glued to the number word after them («نحوأربعين»).
const GLUED: [&str; 2] = ["نحو", "حوالي"];

/// The readings of `lang::ar::readings`, without an allocation for each: a scan asks for them at every word.
fn arabic(text: &Text, lists: &Lists, index: usize, buffer: &mut String, out: &mut Vec<Sign>) {
    let folded = text.folded(index);
    let cut = Cut::default();
    lists.find(text, index, folded, cut, out);
    bare(text, lists, index, folded, cut, buffer, out);
    if let Some(rest) = GLUED.iter().find_map(|adverb| folded.strip_prefix(adverb)).filter(|rest| rest.len() >= MIN_STEM_BYTES) {
        lists.find(text, index, rest, cut, out);
    }
    if let Some(rest) = strip(folded, &['و', 'ف']) {
        let cut = Cut { conjunction: true, ..cut };
        lists.find(text, index, rest, cut, out);
        bare(text, lists, index, rest, cut, buffer, out);
    }
}

fn bare(text: &Text, lists: &Lists, index: usize, word: &str, cut: Cut, buffer: &mut String, out: &mut Vec<Sign>) {
    if let Some(rest) = article(word) {
        lists.find(text, index, rest, Cut { article: true, ..cut }, out);
    }
    let Some(rest) = strip(word, &['ب', 'ل', 'ك']) else { return };
    let cut = Cut { preposition: true, ..cut };
    if word.starts_with('ل')
        && let Some(noun) = strip(rest, &['ل'])
    {
        buffer.clear();
        buffer.push_str("ال");
        buffer.push_str(noun);
        lists.find(text, index, buffer, cut, out);
        lists.find(text, index, noun, Cut { article: true, ..cut }, out);
    }
    lists.find(text, index, rest, cut, out);
    if let Some(noun) = article(rest) {
        lists.find(text, index, noun, Cut { article: true, ..cut }, out);
    }
}

/// Two letters of the Arabic block are four bytes; shorter stems are not proposed.
const MIN_STEM_BYTES: usize = 4;

fn strip<'a>(word: &'a str, prefixes: &[char]) -> Option<&'a str> {
    word.strip_prefix(prefixes).filter(|rest| rest.len() >= MIN_STEM_BYTES)
}

fn article(word: &str) -> Option<&str> {
    word.strip_prefix("ال").filter(|rest| rest.len() >= MIN_STEM_BYTES)
}

impl Lists {
    /// Adds the longest phrases of each list that begin at a token with this reading of it, unless an earlier
    /// reading of the token already gave one of that list.
    fn find(&self, text: &Text, token: usize, reading: &str, cut: Cut, out: &mut Vec<Sign>) {
        let Some(phrases) = self.by_first.get(reading) else { return };
        let earlier = out.len();
        for phrase in phrases {
            let Some(end) = phrase.end(text, token) else { continue };
            let others = out.iter().enumerate().rev().take_while(|(_, s)| s.start as usize == token);
            // Several keys of one list may hold the same phrase; all of them are told.
            let is_new = others.filter(|(_, s)| s.list == phrase.list).last().is_none_or(|(i, s)| i >= earlier && s.end as usize == end);
            if is_new {
                let Cut { conjunction, preposition, article } = cut;
                out.push(Sign {
                    start: token as u32,
                    end: end as u32,
                    list: phrase.list,
                    word: phrase.word,
                    conjunction,
                    preposition,
                    article,
                });
            }
        }
    }
}

impl Phrase {
    /// One past the phrase's last token when its further words follow the token in the same sentence.
    fn end(&self, text: &Text, token: usize) -> Option<usize> {
        let mut at = token + 1;
        if self.rest.is_empty() {
            return Some(at);
        }
        let sentence = text.tokens.get(token)?.sentence;
        for word in &self.rest {
            while text.folded(at) != &**word && text.tokens.get(at).is_some_and(|t| is_joint(text, t)) {
                at += 1;
            }
            if text.folded(at) != &**word || text.tokens.get(at)?.sentence != sentence {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// Hyphens, apostrophes and the stops of short forms («a.m.») inside a phrase.
fn is_joint(text: &Text, token: &Token) -> bool {
    token.kind == TokenKind::Punct && matches!(text.slice(token.span), "-" | "'" | "\u{2019}" | "\u{2010}" | "\u{2011}" | ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_behind_its_clitics_in_each_list() {
        let text = Text::read("وللأحد وبعشرين وبالمئة");
        let signs = Signs::of(&text, Lists::of(Lang::Ar));
        let weekday = signs.at(0).iter().find(|s| s.list == ListName::Weekdays).expect("Sunday is a weekday");
        assert_eq!((weekday.word, weekday.conjunction), (Word::Weekday { number: 7, is_ambiguous: false }, true));
        assert!(signs.at(1).iter().any(|s| s.word == Word::Cardinal(20) && s.preposition));
    }

    #[test]
    fn the_longest_phrase_of_a_list_wins() {
        let text = Text::read("more than 20 dead, the day before yesterday");
        let signs = Signs::of(&text, Lists::of(Lang::En));
        assert!(signs.before(2, |s| (s.list == ListName::Qualifiers).then_some(s.start)).is_some_and(|start| start == 0));
        assert!(signs.at(5).iter().all(|s| s.end == 9));
    }
}

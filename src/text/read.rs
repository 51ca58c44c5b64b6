//! A report cut into tokens and sentences, each with its span in the original.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fold::fold_into;
use super::sentence;
use super::word::pieces;

pub use super::word::TokenKind;

/// A byte range of the original text, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// One word, number or sign of a report.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the original.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Index of its sentence in [`Text::sentences`].
    pub sentence: u32,
    /// True when white space stands before it.
    pub spaced: bool,
    /// True when its first letter is a capital.
    pub capital: bool,
    /// True when it has two or more letters and all of them are capitals.
    pub upper: bool,
    folded: Span,
}

/// A report's text with its tokens and sentences.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text as given.
    pub original: &'a str,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// Token range of each sentence, in order, covering all tokens.
    pub sentences: Vec<Range<usize>>,
    folded: String,
}

impl<'a> Text<'a> {
    /// Cuts a text into tokens and sentences.
    ///
    /// # Examples
    /// ```
    /// let text = dalil::text::Text::read("Attaque à Gao. Deux morts.");
    /// assert_eq!(text.sentences.len(), 2);
    /// assert_eq!(text.folded(1), "a");
    /// ```
    pub fn read(original: &'a str) -> Text<'a> {
        Text::read_without(original, &[])
    }

    /// As [`Text::read`], without the words of some stretches, given in order: nothing is found in them.
    pub fn read_without(original: &'a str, passed_over: &[Span]) -> Text<'a> {
        let mut passed_over = passed_over.iter().peekable();
        let mut folded = String::with_capacity(original.len());
        let mut tokens: Vec<Token> = Vec::with_capacity(original.len() / 6);
        let mut last_end = 0;
        for piece in pieces(original) {
            while passed_over.next_if(|span| span.end as usize <= piece.start).is_some() {}
            if passed_over.peek().is_some_and(|span| span.start as usize <= piece.start) {
                continue;
            }
            let word = original.get(piece.start..piece.end).unwrap_or_default();
            let from = folded.len() as u32;
            fold_into(word, &mut folded);
            tokens.push(Token {
                span: Span { start: piece.start as u32, end: piece.end as u32 },
                kind: piece.kind,
                sentence: 0,
                spaced: original.get(last_end..piece.start).unwrap_or_default().chars().any(char::is_whitespace),
                capital: piece.kind == TokenKind::Latin && word.chars().next().is_some_and(char::is_uppercase),
                upper: piece.kind == TokenKind::Latin && word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()),
                folded: Span { start: from, end: folded.len() as u32 },
            });
            last_end = piece.end;
        }
        let sentences = sentence::cut(original, &tokens);
        for (index, range) in sentences.iter().enumerate() {
            for token in &mut tokens[range.clone()] {
                token.sentence = index as u32;
            }
        }
        Text { original, tokens, sentences, folded }
    }

    /// The folded form of a token; empty when the index is past the end.
    pub fn folded(&self, token: usize) -> &str {
        self.tokens.get(token).and_then(|t| self.folded.get(t.folded.start as usize..t.folded.end as usize)).unwrap_or("")
    }

    /// The original words under a span.
    pub fn slice(&self, span: Span) -> &'a str {
        self.original.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The span that a range of tokens covers; empty at the text's end when the range is empty.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => first.span.cover(last.span),
            _ => Span { start: self.original.len() as u32, end: self.original.len() as u32 },
        }
    }

    /// The byte of the original behind the first `folded_bytes` of a token's folded form.
    pub fn after_folded(&self, token: usize, folded_bytes: usize) -> u32 {
        let Some(token) = self.tokens.get(token) else { return self.original.len() as u32 };
        let mut folded = String::new();
        let mut at = token.span.start;
        for c in self.slice(token.span).chars() {
            if folded.len() >= folded_bytes {
                break;
            }
            fold_into(c.encode_utf8(&mut [0; 4]), &mut folded);
            at += c.len_utf8() as u32;
        }
        at
    }

    /// The span of a sentence.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        self.span(self.sentences.get(sentence).cloned().unwrap_or_default())
    }
}

/// From byte offsets to Unicode code points, the offsets of every published shape.
#[derive(Debug)]
pub struct CodePoints {
    /// Code points before each 64-byte block, so that a look-up counts at most 64 bytes.
    blocks: Vec<u32>,
}

const BLOCK_BYTES: usize = 64;

impl CodePoints {
    /// Prepares a text.
    pub fn of(text: &str) -> CodePoints {
        let mut count = 0;
        let blocks = text
            .as_bytes()
            .chunks(BLOCK_BYTES)
            .map(|block| {
                let before = count;
                count += block.iter().filter(|b| is_first_byte(**b)).count() as u32;
                before
            })
            .collect();
        CodePoints { blocks }
    }

    /// Code points before the byte offset; `text` must be the prepared text.
    pub fn at(&self, text: &str, byte: u32) -> u32 {
        let byte = (byte as usize).min(text.len());
        let block = byte / BLOCK_BYTES;
        let start = block * BLOCK_BYTES;
        let before = self.blocks.get(block).copied().unwrap_or_else(|| text.chars().count() as u32);
        let rest = text.as_bytes().get(start..byte).unwrap_or_default();
        before + rest.iter().filter(|b| is_first_byte(**b)).count() as u32
    }
}

/// True for each byte that begins a character in UTF-8.
fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_like_chars() {
        let text = "قُتل 42 في «Gao» 🙂 ".repeat(20);
        let points = CodePoints::of(&text);
        for (expected, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, byte as u32), expected as u32);
        }
        assert_eq!(points.at(&text, text.len() as u32), text.chars().count() as u32);
    }

    #[test]
    fn tokens_give_back_the_text() {
        let text = Text::read("وبالرقة قُتل\u{00A0}جنديان. Ménaka!");
        let words: Vec<_> = text.tokens.iter().map(|t| text.slice(t.span)).collect();
        assert_eq!(words, ["وبالرقة", "قُتل", "جنديان", ".", "Ménaka", "!"]);
        assert_eq!(text.folded(1), "قتل");
        assert!(text.tokens[4].capital);
        assert_eq!(text.tokens[4].sentence, 1);
    }
}

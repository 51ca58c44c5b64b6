//! Where the names of corrections stand in a text, behind prefixes too.

use std::ops::Range;

use crate::lang::ar;
use crate::recognise::Report;
use crate::text::{CodePoints, Span, Text, TokenKind};

use super::{Corrections, Ready, Scope};

/// A name that a correction decides, where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Occurrence {
    pub(super) span: Span,
    pub(super) tokens: Range<usize>,
    /// The correction, by number.
    pub(super) ruling: usize,
}

impl Corrections {
    /// What is decided in a report, by position; at one place the narrowest, newest, longest decision.
    pub(super) fn occurrences(&self, report: &Report, text: &Text, holds: impl Fn(&Ready) -> bool) -> Vec<Occurrence> {
        let points = CodePoints::of(text.original);
        let mut found: Vec<Occurrence> = Vec::new();
        for start in 0..text.tokens.len() {
            for (word, cut) in readings(text, start) {
                for ruling in self.by_first_word.get(&word).into_iter().flatten() {
                    let ready = &self.all[*ruling];
                    if !ready.may_hold_in(report) || !holds(ready) || !is_written_alike(ready, text, start) {
                        continue;
                    }
                    let Some(end) = end_of(&ready.words, text, start) else { continue };
                    let span = Span { start: text.after_folded(start, cut), ..text.span(start..end) };
                    let is_there = match ready.correction.scope {
                        Scope::Mention { start, end, .. } => {
                            points.at(text.original, span.start) == start && points.at(text.original, span.end) == end
                        }
                        _ => true,
                    };
                    if is_there {
                        found.push(Occurrence { span, tokens: start..end, ruling: *ruling });
                    }
                }
            }
        }
        settled(found)
    }
}

/// The first in order of rulings wins where two overlap.
fn settled(mut found: Vec<Occurrence>) -> Vec<Occurrence> {
    found.sort_by_key(|o| (o.ruling, o.span));
    let mut out: Vec<Occurrence> = Vec::new();
    for occurrence in found {
        if !out.iter().any(|o| o.span.overlaps(occurrence.span)) {
            out.push(occurrence);
        }
    }
    out.sort_by_key(|o| o.span);
    out
}

/// The readings of a token with the folded bytes cut off.
fn readings(text: &Text, token: usize) -> Vec<(String, usize)> {
    let folded = text.folded(token);
    match text.tokens[token].kind {
        TokenKind::Arabic => ar::readings(folded).into_iter().map(|r| (r.word.into_owned(), r.cut)).collect(),
        TokenKind::Punct => Vec::new(),
        _ => vec![(folded.to_owned(), 0)],
    }
}

/// «Nice» is not «nice», unless the correction was written so.
fn is_written_alike(ready: &Ready, text: &Text, token: usize) -> bool {
    let token = &text.tokens[token];
    token.kind != TokenKind::Latin || token.capital || !ready.correction.name.chars().next().is_some_and(char::is_uppercase)
}

/// One past the last token of a name that begins at a token; signs without a space before them may stand between words.
fn end_of(words: &[String], text: &Text, start: usize) -> Option<usize> {
    let mut at = start;
    for word in words.iter().skip(1) {
        at += 1;
        let is_joint = |t: &crate::text::Token| t.kind == TokenKind::Punct && !t.spaced;
        if text.tokens.get(at).is_some_and(is_joint) {
            at += 1;
        }
        let next = text.tokens.get(at)?;
        if next.sentence != text.tokens[start].sentence || text.folded(at) != word {
            return None;
        }
    }
    Some(at + 1)
}

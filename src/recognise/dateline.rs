//! The place where a report was written, before its first sentence: «نيامي (أ ف ب) -», «BAMAKO, Mali (Reuters) —».

use std::ops::Range;

use crate::text::TokenKind;

use super::context::Context;
use super::toponym::Match;

/// Sentences at the beginning of a text among which a dateline is looked for: a headline may stand before it.
const FIRST_SENTENCES: usize = 3;
/// Tokens at most from the first name to the sign that ends a dateline («PEMBA, 29 March 2021 (AFP) –»).
const MAX_TOKENS: usize = 16;

impl Context<'_> {
    /// The tokens of the dateline, without its agency and closing sign; empty when the text has none.
    pub(super) fn dateline(&self, found: &[Match]) -> Range<usize> {
        let mut sentences = self.text.sentences.iter().take(FIRST_SENTENCES);
        let whole = sentences.find_map(|s| self.dateline_at(s.start, found)).unwrap_or(0..0);
        // What stands in brackets is who wrote it.
        let bracket = whole.clone().find(|at| self.text.slice(self.text.tokens[*at].span) == "(");
        whole.start..bracket.unwrap_or(whole.end)
    }

    fn dateline_at(&self, start: usize, found: &[Match]) -> Option<Range<usize>> {
        let tokens = &self.text.tokens;
        let sign = |at: usize| tokens.get(at).map_or("", |t| self.text.slice(t.span));
        let first = found.iter().find(|m| m.start >= start).filter(|m| m.start <= start + 1 && m.cut == 0)?;
        if first.start > start && tokens[start].kind != TokenKind::Punct {
            return None;
        }
        let mut at = first.end;
        let mut in_brackets = false;
        let mut names_agency = false;
        while at < first.end + MAX_TOKENS {
            let token = tokens.get(at)?;
            match sign(at) {
                "-" | "–" | "—" | "ـ" if token.spaced || tokens.get(at + 1).is_some_and(|t| t.spaced) => return Some(start..at),
                "--" => return Some(start..at),
                "(" => in_brackets = true,
                // «PARIS (AFP) Le président»: brackets with an agency end it too.
                ")" if in_brackets && names_agency && !is_dash(sign(at + 1)) => return Some(start..at + 1),
                ")" => in_brackets = false,
                _ => {}
            }
            let is_agency = self.organisations.at(at).is_some_and(|h| matches!(self.words.organisations.key(h), "agency" | "name:media"));
            names_agency |= is_agency || in_brackets && token.upper;
            let is_named = found.iter().take_while(|m| m.start <= at).any(|m| m.start <= at && at < m.end);
            let is_date = token.kind == TokenKind::Number || self.words.ordinary.begins(&self.seen, at).is_some();
            let may_stand = token.kind == TokenKind::Punct
                && matches!(sign(at), "," | "،" | "." | "(" | ")" | "/" | "|" | "«" | "»" | "\"")
                || in_brackets
                || is_agency
                || token.upper
                || is_named
                || is_date;
            if !may_stand {
                break;
            }
            at += 1;
        }
        self.is_shouted_before_text(first).then_some(start..first.end)
    }

    /// «WASHINGTON Barack Obama said»: only the place is in capitals, and a sentence begins behind it.
    fn is_shouted_before_text(&self, found: &Match) -> bool {
        let tokens = &self.text.tokens;
        let is_shouted = tokens[found.start..found.end].iter().all(|t| t.upper || t.kind == TokenKind::Punct);
        let next = |ahead: usize| tokens.get(found.end + ahead).filter(|t| t.kind == TokenKind::Latin);
        is_shouted && next(0).is_some_and(|t| t.capital && (!t.upper || next(1).is_some_and(|n| !n.upper)))
    }
}

fn is_dash(sign: &str) -> bool {
    matches!(sign, "-" | "–" | "—" | "ـ" | "--")
}

//! The place where a report was written, before its first sentence: «نيامي (أ ف ب) -», «BAMAKO, Mali (Reuters) —».

use std::ops::Range;

use crate::lang::Lang;
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
        // «ADEN/SANAA, Aug 3: …»: a colon ends it behind a day or an agency, or behind two towns in capitals or joined by a stroke.
        let (mut has_day, mut is_list) = (false, false);
        while at < first.end + MAX_TOKENS {
            let token = tokens.get(at)?;
            match sign(at) {
                "-" | "–" | "—" | "ـ" if token.spaced || tokens.get(at + 1).is_some_and(|t| t.spaced) => return Some(start..at),
                "--" => return Some(start..at),
                ":" if has_day || names_agency || is_list => return Some(start..at),
                "(" => in_brackets = true,
                // «PARIS (AFP) Le président»: brackets with an agency end it too.
                ")" if in_brackets && names_agency && !is_dash(sign(at + 1)) => return Some(start..at + 1),
                ")" => in_brackets = false,
                _ => {}
            }
            let is_agency = self.organisations.at(at).is_some_and(|h| matches!(self.words.organisations.key(h), "agency" | "name:media"));
            names_agency |= is_agency || in_brackets && token.upper;
            let is_named = found.iter().take_while(|m| m.start <= at).any(|m| m.start <= at && at < m.end);
            has_day |= self.words.ordinary.begins(&self.seen, at).is_some();
            is_list |= is_named && (self.is_shouted(start..at) || sign(at - 1) == "/" && self.lang == Lang::Ar);
            let joins = self.grammar.joint.contains(self.text.folded(at)) && !self.grammar.locative.contains(self.text.folded(at));
            let is_date = token.kind == TokenKind::Number || self.words.ordinary.begins(&self.seen, at).is_some();
            let may_stand = token.kind == TokenKind::Punct
                && matches!(sign(at), "," | "،" | "." | "(" | ")" | "/" | "|" | "«" | "»" | "\"")
                || in_brackets
                || is_agency
                || token.upper
                || is_named
                || is_date
                || joins && self.is_shouted(start..at);
            if !may_stand {
                break;
            }
            at += 1;
        }
        self.is_shouted_before_text(first).then_some(start..first.end)
    }

    /// All words in capitals, but for signs and what joins them.
    fn is_shouted(&self, mut tokens: Range<usize>) -> bool {
        tokens.all(|at| {
            let token = &self.text.tokens[at];
            token.upper || token.kind == TokenKind::Punct || self.grammar.joint.contains(self.text.folded(at))
        })
    }

    /// «WASHINGTON Barack Obama said»: only the place is in capitals, and a sentence begins behind it.
    fn is_shouted_before_text(&self, found: &Match) -> bool {
        let tokens = &self.text.tokens;
        let is_shouted = self.is_shouted(found.start..found.end);
        let next = |ahead: usize| tokens.get(found.end + ahead).filter(|t| t.kind == TokenKind::Latin);
        is_shouted && next(0).is_some_and(|t| t.capital && (!t.upper || next(1).is_some_and(|n| !n.upper)))
    }
}

/// True for a sign that is a dash.
fn is_dash(sign: &str) -> bool {
    matches!(sign, "-" | "–" | "—" | "ـ" | "--")
}

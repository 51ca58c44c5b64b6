//! The words of harm of a sentence.

use std::ops::Range;

use crate::lang::lists::{Harm, HarmForm, Word};
use crate::text::TokenKind;

use super::Reader;

/// A word of harm in a sentence.
#[derive(Clone, Debug)]
pub(super) struct HarmWord {
    pub tokens: Range<usize>,
    pub harm: Harm,
    pub form: HarmForm,
    /// Dead and wounded in one number: it takes its group and gives no count.
    pub is_both: bool,
    pub conjunction: bool,
    pub article: bool,
}

impl HarmWord {
    /// A noun for the harmed, not for what was done.
    pub(super) fn is_noun(&self) -> bool {
        matches!(self.form, HarmForm::One | HarmForm::Two | HarmForm::Many)
    }
}

/// The words of harm of a sentence in order; the longest where several begin.
pub(super) fn harms(reader: &Reader) -> Vec<HarmWord> {
    let mut out: Vec<HarmWord> = Vec::new();
    for at in reader.sentence.clone() {
        if out.last().is_some_and(|h| h.tokens.end > at) {
            continue;
        }
        let found = reader.signs.at(at).iter().find_map(|s| {
            let (harm, form, is_both) = match s.word {
                Word::Harm { harm, form } => (harm, form, false),
                Word::Both => (Harm::Killed, HarmForm::Event, true),
                _ => return None,
            };
            let tokens = s.start as usize..s.end as usize;
            Some(HarmWord { tokens, harm, form, is_both, conjunction: s.conjunction, article: s.article })
        });
        out.extend(found.map(|mut word| {
            if let Some(end) = joins_next(reader, &word) {
                (word.tokens.end, word.is_both, word.form) = (end, true, HarmForm::Event);
            }
            word
        }));
    }
    out
}

/// «27 قتيلا وجريحا»: a number over one dead and one wounded counts both together; without it they are one each.
fn joins_next(reader: &Reader, word: &HarmWord) -> Option<usize> {
    let next = word.tokens.end;
    let end = reader.signs.find(next, |s| match s.word {
        Word::Harm { harm, form: HarmForm::One } if s.conjunction && harm != word.harm => Some(s.end as usize),
        _ => None,
    })?;
    let counts = |at: usize| {
        reader.text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
            || reader.signs.at(at).iter().any(|s| matches!(s.word, Word::Cardinal(_) | Word::Vague(..)))
    };
    (word.form == HarmForm::One && word.tokens.start.checked_sub(1).is_some_and(counts) && !counts(end)).then_some(end)
}

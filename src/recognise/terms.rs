//! The terms under which a report is found again when a name changes: its words, and every reading of an Arabic one.
//!
//! Whatever recognition may match must be found here too; finding too many reports costs time, missing one leaves it wrong.

use std::collections::BTreeSet;

use crate::lang::ar;
use crate::text::TokenKind;
use crate::text::fold::{fold, fold_phrase};
use crate::text::word::pieces;

/// Fewest letters of a word in which two names may have run together, as recognition looks for them.
const GLUED_LETTERS: usize = 8;

/// All terms of a text.
///
/// # Examples
/// ```
/// let terms = dalil::recognise::terms::of_text("وفي بتلاتايت");
/// assert!(terms.contains("تلاتايت"));
/// ```
pub fn of_text(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for piece in pieces(text).filter(|p| p.kind != TokenKind::Punct) {
        let word = fold(text.get(piece.start..piece.end).unwrap_or_default());
        if piece.kind == TokenKind::Arabic {
            out.extend(ar::readings(&word).into_iter().map(|r| r.word.into_owned()));
            out.extend(glued(&word));
        }
        out.insert(word);
    }
    out
}

/// The terms that a report must have, all of them, to hold a name.
pub fn of_name(name: &str) -> Vec<String> {
    fold_phrase(name).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The parts of a word around each «و» within it.
fn glued(word: &str) -> Vec<String> {
    if word.chars().count() < GLUED_LETTERS {
        return Vec::new();
    }
    let begin = if word.starts_with('و') { 'و'.len_utf8() } else { 0 };
    let joints = word.match_indices('و').filter(|(at, _)| *at > begin);
    joints.filter_map(|(at, joint)| Some([word.get(begin..at)?, word.get(at + joint.len()..)?])).flatten().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_behind_every_prefix() {
        let terms = |text: &str| of_text(text);
        for word in ["تلاتايت", "وتلاتايت", "بتلاتايت", "لتلاتايت", "كتلاتايت", "فتلاتايت", "والتلاتايت", "وبالتلاتايت", "للتلاتايت"]
        {
            assert!(of_name("تلاتايت").iter().all(|t| terms(word).contains(t)), "{word}: {:?}", terms(word));
        }
        assert!(terms("للرقة").contains("الرقه"));
        assert!(terms("نيجيرياوتشاد").contains("تشاد"));
        assert_eq!(of_name("N'Djamena (Tchad)"), ["n", "djamena", "tchad"]);
    }
}

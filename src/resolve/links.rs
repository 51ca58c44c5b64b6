//! What stands beside each mention: its unit right behind it, its neighbours in a list, the other names of its sentence.

use crate::lang::Lang;
use crate::lang::grammar::Grammar;
use crate::lang::place_words::PlaceWords;
use crate::recognise::{Mention, MentionKind};
use crate::text::{Text, TokenKind};

use super::weights;

/// How another mention stands to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// «Name, Unit»: right behind, at most a sign between.
    UnitBehind,
    /// «Name in the region of Unit»: behind, with small words and words of kind between.
    UnitApposed,
    /// The same seen from the unit.
    NameBefore,
    /// The next of a list, on either side.
    List,
    /// Within a few words.
    Beside,
    /// In the same sentence.
    Sentence,
}

/// Another mention of the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// Index of the mention.
    pub(super) mention: usize,
    pub(super) how: How,
}

/// The links of each mention to those around it, nearest first, at most so many that long lists stay cheap.
pub(super) fn links(text: &Text, lang: Lang, mentions: &[Mention]) -> Vec<Vec<Link>> {
    let mut order: Vec<usize> = (0..mentions.len()).filter(|m| !mentions[*m].candidates.is_empty()).collect();
    order.sort_by_key(|m| (mentions[*m].tokens.start, mentions[*m].tokens.end));
    let words = Between { text, lang, grammar: Grammar::of(lang), words: PlaceWords::of(lang) };
    let mut out = vec![Vec::new(); mentions.len()];
    for (at, left) in order.iter().enumerate() {
        for (steps, right) in order[at + 1..].iter().take(weights::LINKED_MENTIONS).enumerate() {
            let (before, behind) = (&mentions[*left], &mentions[*right]);
            if before.sentence != behind.sentence {
                break;
            }
            for (how_left, how_right) in words.between(before, behind, steps == 0) {
                out[*left].push(Link { mention: *right, how: how_left });
                out[*right].push(Link { mention: *left, how: how_right });
            }
        }
    }
    out
}

struct Between<'a> {
    text: &'a Text<'a>,
    lang: Lang,
    grammar: &'static Grammar,
    words: &'static PlaceWords,
}

impl Between<'_> {
    /// How two mentions stand to each other, seen from the first and from the second.
    fn between(&self, before: &Mention, behind: &Mention, is_next: bool) -> Vec<(How, How)> {
        let gap = before.tokens.end..behind.tokens.start.max(before.tokens.end);
        let mut out = Vec::new();
        if is_next && behind.kind != MentionKind::Relative {
            let signs = gap.clone().filter(|at| self.text.tokens[*at].kind == TokenKind::Punct).count();
            if gap.clone().all(|at| self.is_apposing_sign(at)) && signs <= 1 {
                out.push((How::UnitBehind, How::NameBefore));
            } else if gap.len() <= weights::APPOSED_WORDS && gap.clone().all(|at| self.is_apposing(at)) {
                out.push((How::UnitApposed, How::NameBefore));
            }
            if gap.len() <= 2 && gap.clone().all(|at| self.is_listing(at)) {
                out.push((How::List, How::List));
            }
        }
        // «بلدة حيراتان الأفغانية»: a nationality right behind counts like the country; one before says less.
        let is_near = gap.len() <= weights::NEARBY_WORDS && before.kind == MentionKind::Literal;
        let is_epithet = gap.len() <= weights::EPITHET_WORDS;
        let left = is_near && behind.kind == MentionKind::Literal || is_epithet;
        let right = is_near && behind.kind == MentionKind::Literal;
        let how = |is_beside| if is_beside { How::Beside } else { How::Sentence };
        out.push((how(left), how(right)));
        out
    }

    fn is_apposing_sign(&self, at: usize) -> bool {
        matches!(self.text.slice(self.text.tokens[at].span), "," | "،" | "(" | "-" | "–")
    }

    fn is_apposing(&self, at: usize) -> bool {
        let folded = self.text.folded(at);
        self.is_apposing_sign(at)
            || matches!(self.text.slice(self.text.tokens[at].span), "'" | "\u{2019}")
            || self.grammar.link.contains(folded)
            || self.grammar.locative.contains(folded)
            || self.words.features.at(self.text, at, self.lang).is_some()
            || self.words.directions.at(self.text, at, self.lang).is_some()
    }

    fn is_listing(&self, at: usize) -> bool {
        matches!(self.text.slice(self.text.tokens[at].span), "," | "،" | "/") || self.grammar.joint.contains(self.text.folded(at))
    }
}

//! Persons counted by a noun alone: the Arabic dual, one person right after a word of harm, «a soldier».

use std::ops::Range;

use crate::lang::Lang;
use crate::lang::lists::{Form, HarmForm, Word};
use crate::text::TokenKind;

use super::Reader;
use super::group::{Group, ends_noun};
use super::harm::HarmWord;

/// A dual or single noun without a number.
pub(super) fn unnumbered(reader: &Reader, at: usize, harms: &[HarmWord]) -> Option<Group> {
    let article = match (reader.lang, reader.text.folded(at)) {
        (Lang::En, "a" | "an") => Some(after_age(reader, at + 1)),
        (Lang::En, "another") => return another(reader, at, harms),
        _ => None,
    };
    if let Some(from) = article {
        return single_english(reader, at, from);
    }
    if reader.lang != Lang::Ar || reader.time_at(at).is_some() {
        return None;
    }
    if let Some(group) = one_of(reader, at, harms) {
        return Some(group);
    }
    let sign = reader.signs.at(at).iter().find(|s| {
        !s.article
            && matches!(s.word, Word::Person { form: Form::One | Form::Two, .. } | Word::Harm { form: HarmForm::One | HarmForm::Two, .. })
    })?;
    let (is_two, kind, is_harm) = match sign.word {
        Word::Person { kind, form } => (form == Form::Two, Some(kind), false),
        Word::Harm { form, .. } => (form == HarmForm::Two, None, true),
        _ => return None,
    };
    let end = sign.end as usize;
    let follows_harm = harms.iter().any(|h| h.tokens.end == at && !h.is_noun() && !sign.conjunction);
    let follows_part = reader.signs.before(at, |s| (s.word == Word::Part).then_some(())).is_some();
    // A single person counts right after a word of harm, after «including», or joined to another group by the
    // conjunction; elsewhere a person is spoken of and not counted. A subject before its number is no victim.
    let next_counts = reader.signs.at(end).iter().any(|s| matches!(s.word, Word::Cardinal(3..) | Word::Vague(..)) && !s.conjunction)
        || reader.text.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Number);
    if next_counts || (!is_two && !is_harm && !follows_harm && !follows_part && !sign.conjunction) {
        return None;
    }
    let (low, who) = (if is_two { 2 } else { 1 }, if is_harm { end..end } else { at..end });
    Some(Group {
        number_end: if is_harm { at } else { end },
        low,
        high: low,
        who,
        kind,
        is_joined: sign.conjunction || at.checked_sub(1).is_some_and(|b| reader.is_and(b)),
        is_single: !is_two && !is_harm,
        ..bare(at..end)
    })
}

/// «one was killed and another wounded».
fn another(reader: &Reader, at: usize, harms: &[HarmWord]) -> Option<Group> {
    // «another critically injured».
    let from = at + 1 + usize::from(reader.text.folded(at + 1).ends_with("ly"));
    let harm = harms.iter().find(|h| h.tokens.start == from)?;
    // «another killed five».
    let after = harm.tokens.end;
    let has_object = reader.text.tokens.get(after).is_some_and(|t| t.kind == TokenKind::Number)
        || reader.signs.at(after).iter().any(|s| matches!(s.word, Word::Cardinal(_) | Word::Vague(..) | Word::Qualifier(_)))
        || matches!(reader.text.folded(after), "the" | "a" | "an" | "his" | "her" | "their");
    (!has_object).then(|| Group { low: 1, high: 1, is_single: true, is_joined: true, ..bare(at..from) })
}

/// The token behind «four-year-old» or «12-year-old».
fn after_age(reader: &Reader, from: usize) -> usize {
    let word = |at: usize| reader.text.folded(at);
    let is_age = (word(from + 1), word(from + 2), word(from + 3), word(from + 4)) == ("-", "year", "-", "old");
    if is_age { from + 5 } else { from }
}

/// «مقتل أحد الجنود»: one of several, right after a word of harm.
fn one_of(reader: &Reader, at: usize, harms: &[HarmWord]) -> Option<Group> {
    let follows_harm = harms.iter().any(|h| h.tokens.end == at && !h.is_noun());
    if !follows_harm || !matches!(reader.text.folded(at), "احد" | "احدي") {
        return None;
    }
    let (kind, end) = reader.signs.find(at + 1, |s| match s.word {
        Word::Person { kind, .. } => Some((kind, s.end as usize)),
        _ => None,
    })?;
    Some(Group { low: 1, high: 1, who: at + 1..end, kind: Some(kind), is_single: true, ..bare(at..end) })
}

/// A group without a number word.
fn bare(tokens: Range<usize>) -> Group {
    Group {
        number_end: tokens.end,
        tokens,
        low: 0,
        high: 0,
        qualifier: None,
        who: 0..0,
        kind: None,
        is_vague: false,
        is_joined: false,
        is_part: false,
        is_of_them: false,
        is_single: false,
        is_bare_noun: true,
    }
}

/// «a soldier», «A Senior Military Officer».
fn single_english(reader: &Reader, at: usize, from: usize) -> Option<Group> {
    let mut noun_at = from;
    while noun_at < reader.sentence.end && noun_at < from + 4 {
        if reader.text.tokens[noun_at].kind != TokenKind::Latin || ends_noun(reader, noun_at) {
            return None;
        }
        let found = reader.signs.find(noun_at, |s| match s.word {
            Word::Person { kind, form: Form::One } => Some(Some((kind, s.end as usize))),
            Word::Thing | Word::Measure | Word::Money | Word::Cardinal(_) | Word::Vague(..) => Some(None),
            _ => None,
        });
        match found {
            Some(Some((kind, end))) => {
                let is_joined = at.checked_sub(1).is_some_and(|b| reader.is_and(b));
                return Some(Group {
                    number_end: from,
                    low: 1,
                    high: 1,
                    who: from..end,
                    kind: Some(kind),
                    is_joined,
                    is_single: true,
                    ..bare(at..end)
                });
            }
            Some(None) => return None,
            None => noun_at += 1,
        }
    }
    None
}

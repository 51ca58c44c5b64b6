//! The whole name of a place, of which the gazetteer or the model knows a part: «Karachi Central Jail», «Bustan Al-Basha District».

use crate::text::{Span, TokenKind};

use super::super::statement::Recognised;

/// The words written with capitals around a mention, joined by nothing but blanks, hyphens and apostrophes; other names, people and days end it.
///
/// Arabic has no capitals: there the mention is the name.
pub(in super::super) fn whole_name(all: &Recognised<'_>, mention: usize) -> Span {
    let own = &all.mentions[mention];
    if own.relation.is_some() {
        return own.span;
    }
    let sentence = &all.text.sentences[own.sentence];
    let is_name = |t: usize| sentence.contains(&t) && is_capital(all, t) && !is_taken(all, mention, t);
    let glues = |t: usize| sentence.contains(&t) && matches!(all.text.slice(all.text.tokens[t].span), "-" | "'" | "’" | "‘" | "`");
    let tight = |t: usize| sentence.contains(&t) && !all.text.tokens[t].spaced;
    let (mut start, mut end) = (own.tokens.start, own.tokens.end);
    loop {
        if is_name(end) {
            end += 1;
        } else if glues(end) && tight(end + 1) && is_name(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    // The word that opens a sentence has its capital from there.
    while start > sentence.start + 1 {
        if is_name(start - 1) {
            start -= 1;
        } else if glues(start - 1) && tight(start) && tight(start - 1) && is_name(start - 2) {
            start -= 2;
        } else {
            break;
        }
    }
    let (first, last) = (all.text.tokens[start].span, all.text.tokens[end - 1].span);
    Span { start: if start == own.tokens.start { own.span.start } else { first.start }, end: last.end.max(own.span.end) }
}

fn is_capital(all: &Recognised<'_>, token: usize) -> bool {
    all.text.tokens[token].kind == TokenKind::Latin && all.text.tokens[token].capital
}

/// The token belongs to another place, to an actor or to a time.
fn is_taken(all: &Recognised<'_>, mention: usize, token: usize) -> bool {
    let sentence = all.text.tokens[token].sentence as usize;
    let others = all.by_sentence[sentence].iter().filter(|m| **m != mention && all.resolutions[**m].place.is_some());
    let actors = crate::recognise::event::EventSigns::in_sentence(&all.signs.actors, sentence);
    others.into_iter().any(|m| all.mentions[*m].tokens.contains(&token))
        || actors.iter().any(|w| (w.hit.start..w.hit.end).contains(&token))
        || all.times.iter().any(|t| t.tokens.contains(&token))
}

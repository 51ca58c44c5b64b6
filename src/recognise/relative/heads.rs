//! Kind words over a list: «منطقتي جاو وميناكا», «the regions of Gao and Ménaka», «Gao and Ménaka regions».

use crate::gazetteer::Gazetteer;
use crate::lang::Lang;
use crate::lang::readings::Readings;
use crate::recognise::MentionKind;
use crate::recognise::mention::Mention;

use super::find::Seen;

/// Gives each name of a list the kind that its head says of all, where the name has none of its own.
pub(super) fn spread(read: &Readings, gazetteer: &Gazetteer, mentions: &mut [Mention]) {
    let mut lists: Vec<(std::ops::Range<usize>, &'static str)> = Vec::new();
    {
        let seen = Seen::of(read, gazetteer, mentions);
        let mut first = 0;
        while first < mentions.len() {
            let mut end = first + 1;
            while end < mentions.len() && is_listed(seen, end - 1, end) {
                end += 1;
            }
            if end > first + 1
                && let Some(kind) = head(seen, first, end)
            {
                lists.push((first..end, kind));
            }
            first = end;
        }
    }
    for (list, kind) in lists {
        mentions[list].iter_mut().for_each(|m| m.feature = m.feature.or(Some(kind)));
    }
}

/// The next of a list: behind a comma or a conjunction, with nothing else between.
fn is_listed(seen: Seen<'_>, left: usize, right: usize) -> bool {
    let is_literal = |index: usize| seen.mentions[index].kind == MentionKind::Literal;
    let gap = seen.mentions[left].tokens.end..seen.mentions[right].tokens.start;
    let is_comma = gap.len() == 1 && matches!(seen.sign(gap.start), "," | "،");
    let same = seen.mentions[left].sentence == seen.mentions[right].sentence;
    is_literal(left) && is_literal(right) && same && (is_comma || gap.len() <= 2 && seen.are_joined(left, right))
}

/// The kind that a plural before the first or behind the last name says.
fn head(seen: Seen<'_>, first: usize, end: usize) -> Option<&'static str> {
    let (one, last) = (&seen.mentions[first], &seen.mentions[end - 1]);
    let mut at = one.tokens.start;
    let from = at.saturating_sub(4).max(seen.text.sentences.get(one.sentence)?.start);
    while at > from && seen.is_link(at - 1) {
        at -= 1;
    }
    let kind = |token: usize| seen.starting(&seen.words.features, token).filter(|_| seen.is(token, "plural")).map(|(_, kind)| kind);
    let before = (at > from).then(|| kind(at - 1)).flatten();
    let is_same_sentence = |token: usize| seen.text.tokens.get(token).is_some_and(|t| t.sentence as usize == last.sentence);
    before.or_else(|| Some(last.tokens.end).filter(|t| seen.lang == Lang::En && is_same_sentence(*t)).and_then(kind))
}

//! Groups over more than one clause: lists before their harm, appositions between commas, clauses of others.

use std::ops::Range;

use crate::lang::Lang;
use crate::lang::lists::{Harm, HarmForm, Word};

use super::Reader;
use super::attach::{Link, REACH_BARE};
use super::group::Group;
use super::harm::HarmWord;

/// Most tokens of an apposition between commas («50 people, 30 of them civilians, were killed»), and from it to the harm.
const APPOSITION: usize = 14;
const REACH_APPOSITION: usize = 4;
/// Most tokens of a complement between a group and the next of a pair («four members of the security forces and a woman»).
const REACH_COMPLEMENT: usize = 6;

/// Two groups in one list before their harm: «5 civilians and 4 soldiers», «24 civilians, 24 fighters», «four members of
/// the forces and a woman».
pub(super) fn is_listed(reader: &Reader, this: &Group, next: &Group, between: Range<usize>) -> bool {
    let gap = between.len();
    if gap == 1 && reader.is_comma(between.start) {
        return this.kind.is_some() && next.kind.is_some();
    }
    let is_complement = matches!(reader.text.folded(between.start), "of" | "de" | "des" | "du" | "d" | "من")
        && this.kind.is_some_and(|kind| reader.lists.kind(kind) != "militants")
        && gap <= REACH_COMPLEMENT
        && !between.clone().any(|i| reader.is_comma(i));
    next.is_joined && (gap <= 3 || is_complement) && !is_blocked(reader, between)
}

/// «50 people, including 30 civilians, were killed»: the harm stands behind the commas, and what they hold is a part.
pub(super) fn over_apposition(reader: &Reader, groups: &[Group], harms: &[HarmWord], links: &mut [Option<Link>], index: usize) {
    let group = &groups[index];
    let sentence_end = reader.sentence.end;
    let Some(open) = (group.tokens.end..sentence_end.min(group.tokens.end + REACH_COMPLEMENT)).find(|i| reader.is_comma(*i)) else {
        return;
    };
    if group.kind.is_none() || harms.iter().any(|h| (group.tokens.end..open).contains(&h.tokens.start)) {
        return;
    }
    let is_part = |i: usize| reader.signs.at(i).iter().any(|s| matches!(s.word, Word::Part | Word::OfThem));
    let close = (open + 1..sentence_end.min(open + APPOSITION)).rev().find(|i| {
        let harm = harms.iter().find(|h| h.tokens.start > *i);
        let is_near = harm.is_some_and(|h| h.tokens.start <= i + 1 + REACH_APPOSITION && !h.is_noun());
        reader.is_comma(*i) && is_near && (open + 1..*i).any(is_part)
    });
    let Some(close) = close else { return };
    let Some(harm) = harms.iter().position(|h| h.tokens.start > close) else { return };
    if groups.iter().any(|g| (close..harms[harm].tokens.start).contains(&g.tokens.start)) {
        return;
    }
    links[index] = Some(Link { harm, is_part: false });
    for (inner, link) in groups.iter().zip(links.iter_mut()) {
        if (open..close).contains(&inner.tokens.start) {
            *link = Some(Link { harm, is_part: true });
        }
    }
}

/// Verbs, not verbal nouns: in Arabic only the plural tells them apart («قتلوا»).
fn is_verb(reader: &Reader, harm: &HarmWord) -> bool {
    reader.lang != Lang::Ar || reader.text.folded(harm.tokens.start).ends_with("وا")
}

/// «ten hostages were executed», «مقتل خمسة نازحين»: a noun for what befell them before is no harm of this sentence when
/// another stands beside it.
pub(super) fn befallen(
    reader: &Reader,
    groups: &[Group],
    harms: &[HarmWord],
    index: usize,
    ahead: usize,
    behind: Option<(usize, usize)>,
) -> Option<usize> {
    let (group, harm) = (&groups[index], &harms[ahead]);
    let is_status = matches!(harm.harm, Harm::Abducted | Harm::Arrested | Harm::Displaced | Harm::Missing);
    let is_person = harm.is_noun() || reader.signs.at(harm.tokens.start).iter().any(|s| matches!(s.word, Word::Person { .. }));
    if !is_status || !is_person {
        return None;
    }
    let hurts = |h: &HarmWord| matches!(h.harm, Harm::Killed | Harm::Injured) && matches!(h.form, HarmForm::Event | HarmForm::Died);
    if let Some((behind, _)) = behind.filter(|(h, gap)| *gap <= 1 && hurts(&harms[*h])) {
        return Some(behind);
    }
    let next = ahead + 1;
    let until = harms
        .get(next)
        .filter(|h| hurts(h) && !h.conjunction && h.tokens.start <= harm.tokens.end + REACH_BARE && is_verb(reader, h))?
        .tokens
        .start;
    let is_free = !groups.iter().any(|g| (group.tokens.end..until).contains(&g.tokens.start) && g.tokens.start > group.tokens.start);
    (is_free && !is_blocked(reader, harm.tokens.end..until)).then_some(next)
}

/// Between a group and a word of harm another clause begins («2,000 troops were deployed after …»), or others are named to
/// whom the harm was done («protesters including relatives of soldiers killed», «وبينهم عائلات الجنود الذين قتلوا»).
pub(super) fn leads_elsewhere(reader: &Reader, group: &Group, between: Range<usize>) -> bool {
    let text = reader.text;
    let begins_clause = between.clone().any(|i| is_subordinator(reader, i) || begins_speech(reader, i, group.tokens.end));
    let is_of_others = between.clone().any(|i| text.folded(i) == "الذين" && i > group.tokens.end);
    let has_part = between.clone().any(|i| reader.signs.at(i).iter().any(|s| s.word == Word::Part));
    let last = between.end.checked_sub(1).map_or("", |i| text.folded(i));
    let is_predicate = matches!(last, "were" | "was" | "been" | "have" | "had" | "are" | "ete" | "sont" | "ont" | "etaient");
    begins_clause || is_of_others || (has_part && !is_predicate && reader.lang != Lang::Ar)
}

/// «three spokesmen said that …»: what follows is told of others.
fn begins_speech(reader: &Reader, at: usize, noun_end: usize) -> bool {
    let folded = reader.text.folded(at);
    match reader.lang {
        // «three officers that were killed» are the killed.
        Lang::En => matches!(folded, "said" | "says" | "say" | "told") || (folded == "that" && at > noun_end),
        Lang::Fr => matches!(folded, "que" | "qu" | "affirme" | "declare" | "indique" | "annonce"),
        Lang::Ar => matches!(folded, "ان" | "بان"),
    }
}

/// Words that begin a clause of its own.
pub(super) fn is_subordinator(reader: &Reader, at: usize) -> bool {
    let folded = reader.text.folded(at);
    match reader.lang {
        Lang::En => {
            matches!(folded, "after" | "before" | "when" | "where" | "because" | "since" | "while" | "whose" | "which" | "until" | "if")
        }
        Lang::Fr => matches!(folded, "apres" | "avant" | "quand" | "lorsque" | "depuis" | "lorsqu" | "ou" | "si" | "pendant"),
        Lang::Ar => matches!(folded, "بعد" | "قبل" | "عندما" | "حين" | "حينما" | "بعدما" | "منذ" | "التي" | "الذي" | "لدي" | "عقب" | "حيث"),
    }
}

/// Tokens that end a clause: stops, conjunctions.
pub(super) fn is_blocked(reader: &Reader, between: Range<usize>) -> bool {
    between.clone().any(|i| reader.is_stop(i) || (reader.is_and(i) && i + 1 < between.end))
}

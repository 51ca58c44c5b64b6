//! At a border: «الحدود السورية العراقية», «the Mali–Niger border», «près de la frontière avec le Niger», «where the borders of … meet».

use crate::recognise::How;
use crate::recognise::mention::Relation;

use super::find::{Seen, Told};
use super::lead::Lead;

/// Countries that can meet at one border.
const MOST: usize = 3;
/// Tokens between two of them, at most («le Mali et le Niger», «Mali, and the Niger»).
const MAX_GAP: usize = 3;

/// Adds each border that is told by the countries, or their peoples, on its sides.
pub(super) fn tell(seen: Seen<'_>, told: &mut Vec<Told>) {
    let mut first = 0;
    while first < seen.mentions.len() {
        if !seen.is_country(first) {
            first += 1;
            continue;
        }
        let mut end = first + 1;
        while end < seen.mentions.len() && end - first < MOST && seen.is_country(end) && are_sides(seen, end - 1, end) {
            end += 1;
        }
        told.extend(of_sides(seen, first, end));
        first = end;
    }
}

fn of_sides(seen: Seen<'_>, first: usize, end: usize) -> Vec<Told> {
    let lead = Lead::of(seen, first);
    let last = seen.mentions[end - 1].tokens.end;
    let follows = seen
        .starting(&seen.words.features, last)
        .filter(|(hit, key)| *key == "border" && seen.text.tokens[hit.start].sentence as usize == seen.mentions[first].sentence);
    let span = match (lead.border.or_else(|| corner_before(seen, first, end)), follows) {
        (Some(start), _) => start..last,
        (None, Some((hit, _))) => seen.mentions[first].tokens.start..hit.end,
        (None, None) => return Vec::new(),
    };
    let one = |anchor: usize| Relation::to(anchor, How::Border);
    // «the border with Mali and Niger» are two borders of the country that the report is about.
    if lead.is_with {
        let tokens = |m: usize| if m == first { span.start..seen.mentions[m].tokens.end } else { seen.mentions[m].tokens.clone() };
        return (first..end).map(|m| Told::new(tokens(m), one(m))).collect();
    }
    let relation = match end - first {
        1 => one(first),
        2 => Relation { others: [Some(first + 1), None], ..one(first) },
        _ => Relation { others: [Some(first + 1), Some(first + 2)], ..Relation::to(first, How::Corner) },
    };
    vec![Told::new(span, relation)]
}

/// «the tri-border area of» before three countries: where they meet, and not where others do.
fn corner_before(seen: Seen<'_>, first: usize, end: usize) -> Option<usize> {
    let before = &seen.mentions[first.checked_sub(1)?].tokens;
    let mut gap = before.end..seen.mentions[first].tokens.start;
    let leads = gap.len() <= MAX_GAP && gap.all(|t| seen.is_link(t) || seen.grammar.between.contains(seen.folded(t)));
    (end - first == MOST && leads && seen.is(before.start, "corner")).then_some(before.start)
}

/// Two countries side by side: nothing but dashes, commas, conjunctions and articles between them.
fn are_sides(seen: Seen<'_>, left: usize, right: usize) -> bool {
    let (one, other) = (&seen.mentions[left], &seen.mentions[right]);
    let mut gap = one.tokens.end..other.tokens.start;
    let is_dash = |t: usize| matches!(seen.sign(t), "-" | "–" | "—" | "/" | "," | "،");
    one.sentence == other.sentence
        && gap.start <= gap.end
        && gap.len() <= MAX_GAP
        && gap.all(|t| is_dash(t) || seen.is(t, "and") || seen.is_link(t))
}

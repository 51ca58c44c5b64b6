//! How many people marched: a number of protesters, or «thousands» beside a word of protest.

use crate::lang::event_words::EventWords;
use crate::recognise::event::EventWord;
use crate::recognise::number::Number;

use super::group::Group;
use super::kind::{EventType, SubEventType};
use super::statement::{Recognised, Statement};
use super::weights;

/// Fewest and most of the crowd of a protest or riot, as first told.
pub(super) fn crowd(all: &Recognised<'_>, group: &Group<'_>, kind: SubEventType) -> Option<(u32, u32)> {
    if !matches!(kind.event_type(), EventType::Protests | EventType::Riots) {
        return None;
    }
    let told =
        group.statements.iter().filter(|s| !s.is_recalled()).flat_map(|s| numbers(all, s).iter().filter(move |n| is_crowd(all, s, n)));
    let number = told.into_iter().next()?;
    Some((u32::try_from(number.low).ok()?, u32::try_from(number.high).ok()?))
}

/// The numbers of a sentence.
fn numbers<'a>(all: &Recognised<'a>, statement: &Statement<'_>) -> &'a [Number] {
    let tokens = &all.text.sentences[statement.sentence];
    let from = all.numbers.partition_point(|n| n.tokens.start < tokens.start);
    let to = all.numbers.partition_point(|n| n.tokens.start < tokens.end);
    all.numbers.get(from..to).unwrap_or_default()
}

fn is_crowd(all: &Recognised<'_>, statement: &Statement<'_>, number: &Number) -> bool {
    let shares = |tokens: &std::ops::Range<usize>| tokens.start < number.tokens.end && number.tokens.start < tokens.end;
    let is_taken = statement.counts.iter().any(|c| shares(&c.tokens)) || statement.times.iter().any(|t| shares(&t.tokens));
    if is_taken || number.is_definite {
        return false;
    }
    let words = EventWords::of(all.lang);
    let is_marcher = |entry: u32| words.actors.get(entry).is_some_and(|a| matches!(a.kind_at(all.published), "protesters" | "rioters"));
    let behind = |start: usize| start >= number.tokens.end && start - number.tokens.end <= weights::CROWD_GAP;
    let named = statement.actors.iter().any(|a| behind(a.hit.start) && is_marcher(a.hit.entry));
    // «Thousands marched», «تظاهر الآلاف»: so many can only be people.
    let vague = number.is_vague && number.low >= weights::CROWD;
    let marched = |w: &&EventWord| matches!(w.key, "protest" | "riot") && (behind(w.hit.start) || number.tokens.start == w.hit.end);
    named || vague && statement.events.iter().any(|w| marched(&w))
}

//! A sentence that gives each of several places a figure of its own tells of as many events: «killing 3 in X and 5 in Y»,
//! «raided X and Y, killing 3 and 5 respectively».

use std::ops::Range;

use crate::lang::place_words::PlaceWords;
use crate::lang::{Lang, ar};
use crate::recognise::count::{Count, Harm};
use crate::recognise::event::{EventSigns, EventWord};

use super::list::{listed, others};
use super::scene::{Scene, is_elsewhere, role, weigh};
use super::statement::{Recognised, Statement};
use super::weights;

/// A place and the figures that are its own.
struct Share<'a> {
    place: usize,
    counts: Vec<&'a Count>,
    /// The words that are only its.
    tokens: Range<usize>,
}

/// The events of a sentence, one a place; empty when its figures are of one event.
pub(super) fn divided<'a>(all: &Recognised<'a>, statement: &Statement<'a>) -> Vec<Statement<'a>> {
    // Whom a sum counts among others is named with it.
    let counts: Vec<&Count> = statement.counts.iter().copied().filter(|c| bodily(c.harm) && !c.part_of_previous && c.high > 0).collect();
    if counts.len() < 2 || statement.places.len() < 2 {
        return Vec::new();
    }
    let mut shares = if statement.has_flag("respectively") { in_order(all, statement, &counts) } else { in_turn(all, statement, &counts) };
    if shares.len() < 2 {
        return Vec::new();
    }
    for share in &mut shares {
        let parts = statement.counts.iter().copied().filter(|c| c.part_of_previous && share.tokens.contains(&c.tokens.start));
        share.counts.extend(parts);
        share.counts.sort_by_key(|c| c.tokens.start);
    }
    shares.iter().map(|share| alone(all, statement, share, &shares)).collect()
}

/// The places among which a sentence divides its figures.
pub(super) fn places(divided: &[Statement<'_>]) -> Vec<usize> {
    divided.iter().filter_map(|s| s.scene).map(|s| s.mention).collect()
}

fn bodily(harm: Harm) -> bool {
    matches!(harm, Harm::Killed | Harm::Injured | Harm::Abducted)
}

/// «X and Y … 3 and 5 respectively»: as many figures of each harm as the list has places.
fn in_order<'a>(all: &Recognised<'a>, statement: &Statement<'a>, counts: &[&'a Count]) -> Vec<Share<'a>> {
    let list = statement.places.iter().map(|m| listed(all, *m)).max_by_key(Vec::len).unwrap_or_default();
    let of = |harm: Harm| counts.iter().copied().filter(move |c| c.harm == harm);
    let told = [Harm::Killed, Harm::Injured, Harm::Abducted].map(|harm| of(harm).collect::<Vec<_>>());
    if list.len() < 2 || told.iter().any(|figures| !figures.is_empty() && figures.len() != list.len()) {
        return Vec::new();
    }
    let share = |(n, place): (usize, &usize)| {
        let counts: Vec<&Count> = told.iter().filter_map(|figures| figures.get(n).copied()).collect();
        let tokens = counts.first().map_or(0..0, |c| c.tokens.clone());
        Share { place: *place, counts, tokens }
    };
    list.iter().enumerate().map(share).collect()
}

/// Figures and places in turn, each figure with the place behind it («3 in X and 5 in Y») or before it («in X 3 and in Y 5»).
fn in_turn<'a>(all: &Recognised<'a>, statement: &Statement<'a>, counts: &[&'a Count]) -> Vec<Share<'a>> {
    let led = |m: &usize| all.mentions[*m].sentence == statement.sentence && is_told_with_place(all, statement, *m);
    let mut places: Vec<usize> = statement.places.iter().copied().filter(led).collect();
    places.sort_by_key(|m| all.mentions[*m].tokens.start);
    places.dedup_by(|b, a| listed(all, *a).contains(b));
    let start = |m: usize| all.mentions[m].tokens.start;
    let (Some(first_place), Some(first_count)) = (places.first(), counts.first()) else { return Vec::new() };
    let is_behind = first_count.tokens.start < start(*first_place);
    let mut shares: Vec<Share<'a>> = Vec::new();
    for (n, place) in places.iter().enumerate() {
        let own = if is_behind {
            let from = n.checked_sub(1).and_then(|b| places.get(b)).map_or(0, |b| start(*b));
            from..start(*place)
        } else {
            start(*place)..places.get(n + 1).map_or(usize::MAX, |next| start(*next))
        };
        let counts: Vec<&Count> = counts.iter().copied().filter(|c| own.contains(&c.tokens.start)).collect();
        let (Some(first), Some(last)) = (counts.first(), counts.last()) else { return Vec::new() };
        let last_place = listed(all, *place).last().map_or(all.mentions[*place].tokens.end, |m| all.mentions[*m].tokens.end);
        let tokens = if is_behind { first.tokens.start..last_place } else { start(*place)..last.tokens.end };
        shares.push(Share { place: *place, counts, tokens });
    }
    let is_all = shares.iter().map(|s| s.counts.len()).sum::<usize>() == counts.len();
    let apart = |(n, s): (usize, &Share<'_>)| shares.iter().skip(n + 1).all(|other| is_elsewhere(all, s.place, other.place));
    let goes_on = shares.windows(2).all(|pair| is_going_on(all, statement, pair[0].tokens.end..pair[1].tokens.start));
    if is_all && goes_on && shares.iter().enumerate().all(apart) { shares } else { Vec::new() }
}

/// An exact place behind a preposition of place that is no refuge and no office.
fn is_told_with_place(all: &Recognised<'_>, statement: &Statement<'_>, index: usize) -> bool {
    let mention = &all.mentions[index];
    let is_exact = all.resolutions[index].place.as_ref().is_none_or(|p| p.where_prec <= 2);
    let from = mention.tokens.start.saturating_sub(weights::LIST_LEAD).max(all.text.sentences[statement.sentence].start);
    let words = PlaceWords::of(all.lang);
    let links = |t: usize| all.grammar.link.contains(all.text.folded(t)) || words.features.at(all.text, t, all.lang).is_some();
    let before = (from..mention.tokens.start).rev().find(|t| all.grammar.place.contains(all.text.folded(*t)) || !links(*t));
    let is_place = |t: usize| {
        let folded = all.text.folded(t);
        let bare = if all.lang == Lang::Ar && ar::has_and(folded) { folded.strip_prefix('و').unwrap_or(folded) } else { folded };
        all.grammar.place.contains(bare)
    };
    // «بتيسيت»: written onto the name.
    let token = all.text.tokens[mention.tokens.start].span;
    let is_glued = all.lang == Lang::Ar && mention.span.start > token.start;
    let is_led = before.is_some_and(is_place) || is_glued && !ar::has_and(all.text.folded(mention.tokens.start));
    is_exact && is_led && role(all, statement, mention.tokens.start) >= 0.0 && mention.relation.is_none_or(|r| r.is_apart())
}

/// Between two shares stands nothing but what goes on with the same event: «and», commas, a day, a word of harm.
fn is_going_on(all: &Recognised<'_>, statement: &Statement<'_>, between: Range<usize>) -> bool {
    let covers = |words: &[EventWord], t: usize| words.iter().any(|w| w.hit.start <= t && t < w.hit.end);
    let ands: Vec<EventWord> =
        EventSigns::in_sentence(&all.signs.parts, statement.sentence).iter().filter(|w| w.key == "and").copied().collect();
    let also: Vec<EventWord> = statement.flags.iter().filter(|w| matches!(w.key, "also" | "another")).copied().collect();
    between.clone().all(|t| {
        matches!(all.text.slice(all.text.tokens[t].span), "," | "،" | ";" | "؛")
            || covers(&ands, t)
            || covers(&also, t)
            || covers(&statement.events, t)
            || statement.counts.iter().any(|c| c.harm_tokens.contains(&t))
            || statement.times.iter().any(|time| !time.is_since && time.tokens.contains(&t))
            || all.grammar.link.contains(all.text.folded(t))
            || all.grammar.place.contains(all.text.folded(t))
            || all.lang == Lang::Ar
                && all.text.folded(t).strip_prefix('و').is_some_and(|bare| bare.is_empty() || all.grammar.place.contains(bare))
    })
}

/// What a sentence tells of one share: the words before all shares are everyone's.
fn alone<'a>(all: &Recognised<'a>, statement: &Statement<'a>, share: &Share<'a>, shares: &[Share<'a>]) -> Statement<'a> {
    let foreign = |t: usize| !share.tokens.contains(&t) && shares.iter().any(|s| s.tokens.contains(&t));
    let mut own = Statement {
        events: statement.events.iter().filter(|w| !foreign(w.hit.start)).copied().collect(),
        denied: statement.denied.clone(),
        flags: statement.flags.clone(),
        counts: share.counts.clone(),
        households: Vec::new(),
        times: statement.times.iter().filter(|t| !foreign(t.tokens.start)).copied().collect(),
        places: vec![share.place],
        // In a list that is divided no place has a figure in common with another.
        beside: others(all, share.place).into_iter().filter(|m| !shares.iter().any(|s| s.place == *m)).collect(),
        own_from: share.counts.iter().map(|c| c.span.start).min(),
        scene: None,
        time: None,
        ..*statement
    };
    // The figure is the place's own, however the words weigh it.
    let score = weigh(all, &own, share.place).max(weights::MIN_NAMED_SCENE);
    own.scene = Some(Scene { mention: share.place, score });
    own.time = own.event_time(all);
    own
}

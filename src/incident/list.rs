//! Places that a report lists, and whether an event was at all of them.

use crate::lang::place_words::PlaceWords;
use crate::lang::{Lang, ar};
use crate::recognise::event::EventSigns;

use super::scene::{holds, is_reference, near_word};
use super::statement::Recognised;
use super::weights;

/// What stands between two names of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    And,
    Comma,
    /// «or», a bare slash: one of the two, or a stretch.
    Else,
}

/// The mention and those that stand in one list with it («Kafar Hamra and Orim», «Nuwari, Musari and Walori»).
pub(super) fn listed(all: &Recognised<'_>, mention: usize) -> Vec<usize> {
    linked(all, mention).into_iter().map(|(m, _)| m).collect()
}

/// The other places of an event that was at each place of the list in which its scene stands: «raided X, Y and Z».
///
/// None of them holds another («Djibo, in Soum»), is an end of a stretch («between A and B», «the A and B road») or only tells where another
/// place lies («south of A and B»).
pub(super) fn others(all: &Recognised<'_>, scene: usize) -> Vec<usize> {
    let list = linked(all, scene);
    let Some((first, _)) = list.first() else { return Vec::new() };
    let links = || list.iter().filter_map(|(_, link)| *link);
    // Commas alone lead from the small to the large: «Theim, Anzourou, Tillaberi».
    if !links().any(|l| l == Link::And) || links().any(|l| l == Link::Else) || is_stretch(all, *first) || is_reference(all, *first) {
        return Vec::new();
    }
    let is_end = |m: usize| {
        let told_by = |r: &crate::recognise::Relation| r.is_apart() && (r.anchor == m || r.others.contains(&Some(m)));
        all.mentions[m].relation.is_some() || all.mentions.iter().filter_map(|other| other.relation.as_ref()).any(told_by)
    };
    if list.iter().any(|(m, _)| is_end(*m)) {
        return Vec::new();
    }
    let id = |m: usize| all.resolutions[m].place.as_ref().map(|p| p.id.as_str());
    let mut out: Vec<usize> = Vec::new();
    for (m, _) in list.iter().filter(|(m, _)| *m != scene) {
        let is_known = std::iter::once(scene).chain(out.iter().copied()).any(|k| id(k).is_some() && id(k) == id(*m));
        if !is_known {
            out.push(*m);
        }
    }
    out
}

/// «between», or a word for a road or border, before the first name of a list.
fn is_stretch(all: &Recognised<'_>, first: usize) -> bool {
    let mention = &all.mentions[first];
    let from = mention.tokens.start.saturating_sub(weights::STRETCH_GAP).max(all.text.sentences[mention.sentence].start);
    let between = (from..mention.tokens.start).any(|t| all.grammar.between.contains(all.text.folded(t)));
    between || near_word(all, first, &["road", "border"])
}

/// The names of a list in order, each with what leads to it from the one before.
fn linked(all: &Recognised<'_>, mention: usize) -> Vec<(usize, Option<Link>)> {
    let here = &all.by_sentence[all.mentions[mention].sentence];
    let Some(at) = here.iter().position(|m| *m == mention) else { return vec![(mention, None)] };
    let (mut from, mut to) = (at, at);
    while from > 0 && link(all, here[from - 1], here[from]).is_some() {
        from -= 1;
    }
    while to + 1 < here.len() && link(all, here[to], here[to + 1]).is_some() {
        to += 1;
    }
    let lead = |n: usize| n.checked_sub(1).filter(|before| *before >= from).and_then(|before| link(all, here[before], here[n]));
    (from..=to).map(|n| (here[n], lead(n))).collect()
}

/// How two neighbouring names of a sentence are linked, if they are.
fn link(all: &Recognised<'_>, a: usize, b: usize) -> Option<Link> {
    let place = |m: usize| all.resolutions[m].place.as_ref();
    let precise = |m: usize| place(m).is_none_or(|p| p.where_prec <= 2);
    let between = all.mentions[a].tokens.end..all.mentions[b].tokens.start;
    let link = if between.is_empty() {
        let glued = all.lang == Lang::Ar && ar::has_and(all.text.slice(all.text.span(all.mentions[b].tokens.clone())));
        glued.then_some(Link::And)?
    } else {
        words(all, all.mentions[b].sentence, between)?
    };
    // The seat of a unit behind a place that lies in it tells where that lies, unless «and» stands between.
    let is_unit = link != Link::And && place(a).zip(place(b)).is_some_and(|(a, b)| holds(b, a));
    (precise(a) == precise(b) && !is_unit).then_some(link)
}

/// What the words between two names say: commas and «and», behind «and» also what leads to a name («and in the village of»).
fn words(all: &Recognised<'_>, sentence: usize, between: std::ops::Range<usize>) -> Option<Link> {
    let kinds = PlaceWords::of(all.lang);
    let ands = EventSigns::in_sentence(&all.signs.parts, sentence).iter().filter(|w| w.key == "and");
    let ands: Vec<_> = ands.map(|w| w.hit).collect();
    let mut link = None;
    let short = between.len() <= weights::LIST_GAP;
    for t in between.clone() {
        let (sign, folded) = (all.text.slice(all.text.tokens[t].span), all.text.folded(t));
        let is_kind = |t: usize| kinds.features.at(all.text, t, all.lang).is_some();
        link = Some(match (sign, link) {
            ("," | "،", None) => Link::Comma,
            ("&", None | Some(Link::Comma)) => Link::And,
            ("/", None) => Link::Else,
            (_, Some(Link::And)) if all.grammar.link.contains(folded) || all.grammar.place.contains(folded) || is_kind(t) => Link::And,
            (_, None | Some(Link::Comma)) if all.lang == Lang::Ar && ar::has_and(folded) && (folded == "و" || leads(all, t)) => Link::And,
            (_, None | Some(Link::Comma)) if ands.iter().any(|w| w.start <= t && t < w.end) && !is_or(all, t) => Link::And,
            (_, None | Some(Link::Comma)) if short && is_or(all, t) => Link::Else,
            _ => return None,
        });
    }
    link.filter(|_| between.len() <= weights::LIST_LEAD)
}

/// «وفي», «وقرية»: what leads to a name, with «and» written onto it.
fn leads(all: &Recognised<'_>, token: usize) -> bool {
    let bare = all.text.folded(token).strip_prefix('و').unwrap_or_default();
    all.grammar.place.contains(bare) || PlaceWords::of(all.lang).features.at(all.text, token, all.lang).is_some()
}

/// A joint that leaves open which of the two it is.
fn is_or(all: &Recognised<'_>, token: usize) -> bool {
    all.grammar.either.contains(all.text.folded(token))
}

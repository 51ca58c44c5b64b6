//! Parts of places and the ground around them: «le nord du Burkina», «ريف دير الزور الشرقي», «near Gao», «the west bank of the Tigris».

use crate::lang::Lang;
use crate::recognise::How;
use crate::recognise::mention::Relation;

use super::distance::bearing_deg;
use super::find::{Seen, Told};
use super::lead::Lead;

/// GeoNames' codes of running water.
const RIVERS: &[&str] = &["STM", "WAD"];
/// Places whose surroundings nobody speaks of.
const WIDE: &[&str] = &["CONT", "OCN"];

/// Adds what stands around or in each name.
pub(super) fn tell(seen: Seen<'_>, told: &mut Vec<Told>) {
    for anchor in 0..seen.mentions.len() {
        let is_name = seen.is_name(anchor);
        if !is_name && !seen.has_feature(anchor, RIVERS) {
            continue;
        }
        let lead = Lead::of(seen, anchor);
        if !is_name && lead.bank.is_none() {
            continue;
        }
        let free = |start: usize| !told.iter().any(|t| t.covers(start, anchor));
        let found = of_name(seen, anchor, &lead);
        let new: Vec<Told> = found.into_iter().filter(|t| free(t.tokens.start)).collect();
        told.extend(new);
    }
}

fn of_name(seen: Seen<'_>, anchor: usize, lead: &Lead) -> Vec<Told> {
    let name = &seen.mentions[anchor].tokens;
    let is_last = seen.mentions.get(anchor + 1).is_none_or(|next| next.tokens.start > name.end);
    let same_sentence = seen.text.tokens.get(name.end).is_some_and(|t| t.sentence as usize == seen.mentions[anchor].sentence);
    let after = |list| Some(name.end).filter(|_| is_last && same_sentence).and_then(|t| seen.starting(list, t));
    let to = |how, side: Option<&str>| Relation { bearing_deg: side.and_then(bearing_deg), ..Relation::to(anchor, how) };
    let first_side = lead.sides.first().map(|(_, side)| *side);
    if let Some(bank) = lead.bank.filter(|_| seen.has_feature(anchor, RIVERS)) {
        let start = lead.sides.iter().map(|(start, _)| *start).fold(bank, usize::min);
        return vec![Told::new(start..name.end, to(How::Bank, first_side.filter(|side| *side != "centre")))];
    }
    let behind = after(&seen.words.relative)
        .filter(|(_, key)| *key == "behind")
        .and_then(|(hit, _)| Some((hit.end, seen.starting(&seen.words.directions, name.end)?.1)));
    if let (Some((end, side)), None) = (behind, first_side) {
        let start = lead.around.or(lead.region).unwrap_or(name.start);
        return vec![Told::new(start..end, to(How::Part, Some(side)))];
    }
    if !lead.sides.is_empty() {
        let end = after(&seen.words.features).filter(|(_, key)| *key == "countryside").map_or(name.end, |(hit, _)| hit.end);
        return lead.sides.iter().rev().map(|(start, side)| Told::new(*start..end, to(How::Part, Some(side)))).collect();
    }
    if seen.is_country(anchor) || seen.has_feature(anchor, WIDE) {
        return Vec::new();
    }
    // Only English sets the kind behind the name.
    let is_kind = |key: &str| seen.lang == Lang::En && matches!(key, "countryside" | "region");
    let follows = after(&seen.words.features).filter(|(_, key)| is_kind(key)).map(|(hit, _)| hit.end);
    let leads = [lead.near, lead.around, lead.region].into_iter().flatten().min();
    if lead.border.is_some() || leads.is_none() && follows.is_none() {
        return Vec::new();
    }
    let how = if lead.near.is_some() { How::Near } else { How::Around };
    vec![Told::new(leads.unwrap_or(name.start)..follows.unwrap_or(name.end), to(how, None))]
}

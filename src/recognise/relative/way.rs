//! On the way between two places: «بين جاو وأنسونغو», «sur l'axe Dori-Djibo», «the Gao–Ansongo road».

use crate::recognise::How;
use crate::recognise::mention::Relation;

use super::find::{Seen, Told};
use super::lead::Lead;

/// Tokens between the two ends, at most («between Gao and the town of Ansongo»).
const MAX_GAP: usize = 5;

/// Adds each stretch between two neighbouring names.
pub(super) fn tell(seen: Seen<'_>, told: &mut Vec<Told>) {
    for first in 1..seen.mentions.len() {
        let (one, other) = (first - 1, first);
        let is_end = |m: usize| seen.is_name(m) && !seen.is_country(m);
        let (left, right) = (&seen.mentions[one], &seen.mentions[other]);
        if !is_end(one) || !is_end(other) || left.sentence != right.sentence || right.tokens.start < left.tokens.end {
            continue;
        }
        let gap = left.tokens.end..right.tokens.start;
        if gap.len() > MAX_GAP {
            continue;
        }
        let is_dash = |t: usize| matches!(seen.sign(t), "-" | "–" | "—" | "/");
        let is_dashed = gap.len() == 1 && is_dash(gap.start);
        let leads_on = gap.clone().any(|t| seen.is(t, "to")) && gap.clone().all(|t| seen.is(t, "to") || seen.is_link(t));
        let is_joined = seen.are_joined(one, other);
        if !is_dashed && !leads_on && !is_joined {
            continue;
        }
        let lead = Lead::of(seen, one);
        let follows = seen
            .starting(&seen.words.features, right.tokens.end)
            .filter(|(hit, key)| *key == "road" && seen.text.tokens[hit.start].sentence as usize == left.sentence);
        let is_road = lead.road.is_some() || follows.is_some();
        let is_way = lead.between.is_some() && is_joined || is_road && (is_dashed || leads_on || is_joined && lead.road.is_some());
        if is_way {
            let start = [lead.between, lead.road].into_iter().flatten().min().unwrap_or(left.tokens.start);
            let end = follows.map_or(right.tokens.end, |(hit, _)| hit.end);
            let relation = Relation { others: [Some(other), None], ..Relation::to(one, How::Between) };
            told.push(Told::new(start..end, relation));
        }
    }
}

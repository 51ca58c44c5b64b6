//! Distances that are places: «على بعد 150 كم شرق جاو», «à une soixantaine de kilomètres au nord de Djibo», «fifty miles south of Gao».

use crate::lang::Lang;
use crate::lang::grammar::Grammar;
use crate::lang::lists::{Lists, Qualifier, Signs};
use crate::lang::place_words::PlaceWords;
use crate::recognise::mention::{Mention, Relation};
use crate::recognise::number::{Number, numbers};
use crate::recognise::{How, MentionKind};
use crate::text::{Text, TokenKind};

use super::find::{Seen, Told};

/// Words between the unit and the anchor's name, at most («kilometres to the south-east of the town of»).
const MAX_GAP: usize = 8;
/// Words between a described name and the distance («Talataye, a small town about»).
const MAX_APPOSITION: usize = 9;
/// Words around a distance that may make it a journey, a range or a length.
const JOURNEY_WORDS: usize = 4;
/// Words before a number that may make it the edge of a disc («within a radius of about»).
const WITHIN_WORDS: usize = 3;
/// Nearest and farthest distance that is a place and not a step or a journey, metres.
const PLACE_M: std::ops::RangeInclusive<f64> = 100.0..=500_000.0;
/// Keys of `directions.txt`, clockwise from north.
pub(super) const EIGHTHS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

/// A place for each distance from a name.
pub(super) fn told(seen: Seen<'_>) -> Vec<Told> {
    let Seen { text, lang, words, mentions, .. } = seen;
    let mut out = Vec::new();
    let mut spelt: Option<Vec<Number>> = None;
    for unit in 0..text.tokens.len() {
        let Some(metres) = unit_metres(seen, unit) else { continue };
        let Some((anchor, direction)) = anchor_after(text, unit, lang, words, mentions) else { continue };
        let spelt = spelt.get_or_insert_with(|| numbers(text, &Signs::of(text, Lists::of(lang)), lang));
        let Some(figure) = figure_before(text, unit, spelt) else { continue };
        let distance_m = figure.value * metres;
        if !PLACE_M.contains(&distance_m) || is_journey(seen, figure.start, unit) {
            continue;
        }
        let tokens = figure.start..mentions[anchor].tokens.end;
        let within = (figure.start.saturating_sub(WITHIN_WORDS)..figure.start).find(|t| seen.is(*t, "within"));
        let is_within = figure.is_within || within.is_some();
        let relation = if is_within && direction.is_none() {
            Relation { distance_m: Some(distance_m), ..Relation::to(anchor, How::Near) }
        } else {
            let describes = described(text, lang, words, mentions, figure.start, anchor);
            let bearing_deg = direction.and_then(bearing_deg);
            Relation { distance_m: Some(distance_m), bearing_deg, describes, ..Relation::to(anchor, How::Distance) }
        };
        let start = within.filter(|_| relation.how == How::Near).unwrap_or(tokens.start);
        out.push(Told::new(start..tokens.end, relation));
    }
    out
}

/// Degrees clockwise from north of a key of `directions.txt`.
pub fn bearing_deg(direction: &str) -> Option<f64> {
    EIGHTHS.iter().position(|d| *d == direction).map(|eighth| 45.0 * eighth as f64)
}

/// A number before a unit.
struct Figure {
    start: usize,
    value: f64,
    /// «less than», «up to».
    is_within: bool,
}

/// The number before a unit, in digits or words; the middle of a range.
fn figure_before(text: &Text, unit: usize, spelt: &[Number]) -> Option<Figure> {
    let number = spelt[..spelt.partition_point(|n| n.tokens.start < unit)].last().filter(|n| n.tokens.end <= unit);
    // «de» of «une centaine de», a hyphen.
    let near = number.filter(|n| (n.tokens.end..unit).len() <= 1);
    let is_within = near.is_some_and(|n| matches!(n.qualifier, Some(Qualifier::UpTo | Qualifier::LessThan)));
    // Tenths of kilometres count here; numbers of people have none.
    if let Some((start, value)) = number_before(text, unit).filter(|_| near.is_none_or(|n| !n.is_range)) {
        return Some(Figure { start, value, is_within });
    }
    let number = near.filter(|n| !n.is_vague || n.high <= n.low * MOST_VAGUE)?;
    Some(Figure { start: number.tokens.start, value: (number.low + number.high) as f64 / 2.0, is_within })
}

/// «une centaine» is a hundred, more or less; «dozens» may be twenty or ninety, and says nothing of a distance.
const MOST_VAGUE: u64 = 2;

/// A distance that was gone, that a weapon reaches or that something measures.
fn is_journey(seen: Seen<'_>, start: usize, unit: usize) -> bool {
    let sentence = seen.text.tokens[unit].sentence;
    let around = (start.saturating_sub(JOURNEY_WORDS)..start).chain(unit + 1..unit + 1 + JOURNEY_WORDS / 2);
    around.filter(|t| seen.text.tokens.get(*t).is_some_and(|t| t.sentence == sentence)).any(|t| seen.is(t, "journey"))
}

fn unit_metres(seen: Seen<'_>, token: usize) -> Option<f64> {
    match seen.starting(&seen.words.units, token)?.1 {
        "kilometre" => Some(1_000.0),
        "metre" => Some(1.0),
        // International mile.
        "mile" => Some(1_609.344),
        _ => None,
    }
}

/// The number right before a unit: digits, with a decimal part or a thousands separator.
fn number_before(text: &Text, unit: usize) -> Option<(usize, f64)> {
    let mut at = unit.checked_sub(1)?;
    if text.slice(text.tokens[at].span) == "-" {
        at = at.checked_sub(1)?;
    }
    if text.tokens[at].kind != TokenKind::Number {
        return None;
    }
    let mut digits = text.folded(at).to_owned();
    if let Some(whole) = at.checked_sub(2) {
        let sign = at - 1;
        let joined = matches!(text.slice(text.tokens[sign].span), "." | "," | "٫") && !text.tokens[sign].spaced && !text.tokens[at].spaced;
        if joined && text.tokens[whole].kind == TokenKind::Number {
            let is_thousands = digits.len() == 3;
            digits = format!("{}{}{digits}", text.folded(whole), if is_thousands { "" } else { "." });
            return Some((whole, digits.parse().ok()?));
        }
    }
    Some((at, digits.parse().ok()?))
}

/// The mention that the distance is measured from, and the direction word on the way.
fn anchor_after(
    text: &Text,
    unit: usize,
    lang: Lang,
    words: &'static PlaceWords,
    mentions: &[Mention],
) -> Option<(usize, Option<&'static str>)> {
    let from = mentions.partition_point(|m| m.tokens.start <= unit);
    let anchor = from + mentions[from..].iter().position(|m| m.kind != MentionKind::Associative)?;
    let gap = unit + 1..mentions[anchor].tokens.start;
    if gap.len() > MAX_GAP || mentions[anchor].sentence != text.tokens[unit].sentence as usize {
        return None;
    }
    let mut direction = None;
    let mut leads = false;
    let mut at = gap.start;
    while at < gap.end {
        if let Some((hit, key)) = words.directions.at(text, at, lang) {
            direction = Some(key);
            leads = true;
            at = hit.end;
            continue;
        }
        leads |= Grammar::of(lang).from.contains(text.folded(at));
        if matches!(text.slice(text.tokens[at].span), "," | "،" | ";" | "؛" | ":") {
            return None;
        }
        at += 1;
    }
    leads.then_some((anchor, direction))
}

/// The mention that stands in apposition before the distance, or the one that «this town» points back at.
fn described(text: &Text, lang: Lang, words: &PlaceWords, mentions: &[Mention], number_at: usize, anchor: usize) -> Option<usize> {
    let literal = |m: &Mention| m.kind == MentionKind::Literal && m.relation.is_none();
    let sentence = mentions[anchor].sentence;
    let until = mentions.partition_point(|m| m.tokens.start < number_at);
    let earlier = || mentions[..until].iter().enumerate().rev().filter(|(_, m)| m.tokens.end <= number_at && literal(m));
    let nearest = earlier().take_while(|(_, m)| m.sentence == sentence).next();
    if let Some((index, mention)) = nearest {
        let gap = mention.tokens.end..number_at;
        // A verb of motion between would make it a journey; appositions are short and have no full stop.
        // «in the region of Kidal, 15 km from Aguelhok»: a unit has no distance from a town.
        let is_unit = matches!(mention.feature, Some("region" | "province" | "country"));
        return (gap.len() <= MAX_APPOSITION && index != anchor && !is_unit).then_some(index);
    }
    let from = text.sentences.get(sentence)?.start;
    let points_back = (from..number_at).rev().take(MAX_APPOSITION).any(|at| {
        Grammar::of(lang).this.contains(text.folded(at))
            && words.features.at(text, at + 1, lang).is_some_and(|(_, key)| matches!(key, "town" | "village" | "city" | "municipality"))
    });
    if !points_back {
        return None;
    }
    earlier().take_while(|(_, m)| m.sentence + 1 >= sentence).find(|(_, m)| m.sentence + 1 == sentence).map(|(i, _)| i)
}

//! Places by distance and direction: «على بعد 150 كم شرق جاو», «à 12 km au nord de Djibo», «50 miles south of Gao».

use crate::lang::Lang;
use crate::lang::grammar::Grammar;
use crate::lang::place_words::PlaceWords;
use crate::text::{Text, TokenKind};

use super::MentionKind;
use super::mention::{Mention, Relation};

/// Words between the unit and the anchor's name, at most («kilometres to the south-east of the town of»).
const MAX_GAP: usize = 8;
/// Words between a described name and the distance («Talataye, a small town about»).
const MAX_APPOSITION: usize = 9;
/// Farthest distance that is a place and not a journey, metres.
const MAX_DISTANCE_M: f64 = 500_000.0;

/// Adds a mention for each distance from a mention; the anchors keep their own.
pub fn relatives(text: &Text, lang: Lang, mentions: &mut Vec<Mention>) {
    let words = PlaceWords::of(lang);
    let mut found = Vec::new();
    for unit in 0..text.tokens.len() {
        let Some(metres) = unit_metres(text, unit, lang, words) else { continue };
        let Some((number_at, number)) = number_before(text, unit) else { continue };
        let Some((anchor, direction)) = anchor_after(text, unit, lang, words, mentions) else { continue };
        let distance_m = number * metres;
        if !(100.0..=MAX_DISTANCE_M).contains(&distance_m) {
            continue;
        }
        let describes = described(text, lang, words, mentions, number_at, anchor);
        let relation = Relation { distance_m: Some(distance_m), bearing_deg: direction.and_then(bearing_deg), anchor, describes };
        let span = text.span(number_at..mentions[anchor].tokens.end);
        found.push(Mention {
            span,
            tokens: number_at..mentions[anchor].tokens.end,
            sentence: mentions[anchor].sentence,
            kind: MentionKind::Relative,
            candidates: Vec::new(),
            spelt: Vec::new(),
            feature: None,
            direction,
            strength: mentions[anchor].strength,
            relation: Some(relation),
            outer: None,
            is_dateline: false,
        });
    }
    // Behind the others, so that the anchors' indices stay right.
    mentions.extend(found);
}

/// Degrees clockwise from north of a key of `directions.txt`.
pub fn bearing_deg(direction: &str) -> Option<f64> {
    ["N", "NE", "E", "SE", "S", "SW", "W", "NW"].iter().position(|d| *d == direction).map(|eighth| 45.0 * eighth as f64)
}

fn unit_metres(text: &Text, token: usize, lang: Lang, words: &PlaceWords) -> Option<f64> {
    if text.tokens[token].kind == TokenKind::Punct {
        return None;
    }
    match words.units.at(text, token, lang)?.1 {
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
        return (gap.len() <= MAX_APPOSITION && index != anchor).then_some(index);
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

//! «la zone des trois frontières», «the tri-border area»: a region whose name is written small, so that capitals do not find it.

use crate::gazetteer::Gazetteer;
use crate::lang::place_words::PlaceWords;
use crate::lang::readings::Readings;
use crate::recognise::MentionKind;
use crate::recognise::mention::Mention;
use crate::recognise::weights;
use crate::text::TokenKind;

/// Adds the regions that are named so and that the gazetteer knows.
pub(super) fn named(read: &Readings, gazetteer: &Gazetteer, mentions: &mut Vec<Mention>) {
    let text = read.text;
    let words = PlaceWords::of(read.lang);
    let mut found = Vec::new();
    for start in (0..text.tokens.len()).filter(|t| text.tokens[*t].kind != TokenKind::Punct) {
        let Some((hit, "corner")) = words.relative.begins(read, start) else { continue };
        let after = mentions.partition_point(|m| m.tokens.start < hit.end);
        if mentions[..after].last().is_some_and(|m| m.tokens.end > start) || found.last().is_some_and(|m: &Mention| m.tokens.end > start) {
            continue;
        }
        let span = text.span(hit.start..hit.end);
        let mut candidates = gazetteer.by_name(text.slice(span));
        candidates.retain(|(place, _)| gazetteer.place(*place).feature() == "RGN");
        if candidates.is_empty() {
            continue;
        }
        found.push(Mention {
            span,
            tokens: hit.start..hit.end,
            sentence: text.tokens[start].sentence as usize,
            kind: MentionKind::Literal,
            candidates,
            spelt: Vec::new(),
            feature: None,
            direction: None,
            strength: weights::STRONG,
            outer: None,
            is_dateline: false,
            relation: None,
        });
    }
    mentions.extend(found);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
}

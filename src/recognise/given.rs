//! Mentions where somebody else says that they are: resolution without the mistakes of recognition.

use crate::gazetteer::names::without_generic;
use crate::gazetteer::spelling::propose;
use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::lang::{Lang, ar};
use crate::text::fold::fold_phrase;
use crate::text::{Span, Text};

use super::mention::{Mention, Spelling};
use super::{MentionKind, weights};

/// Places proposed for a given name that no table has.
const MAX_PROPOSALS: usize = 5;

/// The mentions at the given spans, and of those `found` the ones that lie beside them.
pub(super) fn mentions(text: &Text, lang: Lang, found: &[Mention], given: &[Span], gazetteer: &Gazetteer, spells: bool) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for span in given {
        let same = found.iter().find(|m| m.span == *span && !m.candidates.is_empty());
        let over = found.iter().find(|m| m.span.overlaps(*span));
        let Some(mention) = same.cloned().or_else(|| mention(text, lang, *span, over, gazetteer, spells)) else { continue };
        out.push(mention);
    }
    let beside = found.iter().filter(|m| !given.iter().any(|span| span.overlaps(m.span)));
    out.extend(beside.cloned());
    out.sort_by_key(|m| (m.span.start, m.span.end));
    out
}

fn mention(text: &Text, lang: Lang, span: Span, over: Option<&Mention>, gazetteer: &Gazetteer, spells: bool) -> Option<Mention> {
    let first = text.tokens.partition_point(|t| t.span.end <= span.start);
    let end = text.tokens.partition_point(|t| t.span.start < span.end);
    let tokens = first..end.max(first + 1);
    let sentence = text.tokens.get(first)?.sentence as usize;
    let mut candidates = named(text.slice(span), lang, gazetteer);
    let mut spelt = Vec::new();
    if candidates.is_empty() {
        candidates = over.map(|m| m.candidates.clone()).unwrap_or_default();
    }
    if candidates.is_empty() && spells {
        let near = propose(gazetteer, text.slice(span), &[], MAX_PROPOSALS);
        (candidates, spelt) = near.into_iter().map(|p| ((p.place, p.flags), Spelling { cost: f64::from(p.cost), name: p.key })).unzip();
    }
    Some(Mention {
        span,
        tokens,
        sentence,
        kind: over.map_or(MentionKind::Literal, |m| m.kind),
        candidates,
        spelt,
        feature: over.and_then(|m| m.feature),
        direction: over.and_then(|m| m.direction),
        strength: weights::GIVEN,
        relation: None,
        outer: None,
        is_dateline: false,
    })
}

/// The places that bear a name in one of its readings: as it stands, as a tag, without prefixes, without its kind word.
fn named(name: &str, lang: Lang, gazetteer: &Gazetteer) -> Vec<(PlaceRef, KeyFlags)> {
    let whole = fold_phrase(&name.replace(['#', '_'], " "));
    let mut forms = vec![whole.clone(), whole.replace(' ', "")];
    if lang == Lang::Ar {
        let (first, rest) = whole.split_once(' ').map_or((whole.as_str(), ""), |(first, rest)| (first, rest));
        forms.extend(ar::readings(first).iter().map(|r| format!("{} {rest}", r.word).trim_end().to_owned()));
    }
    forms.extend(without_generic(&whole).map(str::to_owned));
    forms.iter().map(|form| gazetteer.by_name(form)).find(|named| !named.is_empty()).unwrap_or_default()
}

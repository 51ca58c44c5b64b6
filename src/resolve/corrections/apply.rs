//! Corrections applied: rejected mentions go, pinned ones mean their place whatever the scores would say.

use std::collections::{BTreeMap, BTreeSet};

use crate::gazetteer::{Gazetteer, KeyFlags, PlaceRef};
use crate::lang::readings::Readings;
use crate::recognise::{Mention, MentionKind, Note, Report, relative};
use crate::text::{Span, Text};

use super::super::about::About;
use super::super::area::doubts;
use super::super::choose::{located, resolve};
use super::super::resolution::{Reason, Resolution};
use super::super::weights;
use super::occurrence::Occurrence;
use super::{Corrections, Ready, Scope};

/// The mentions of a report with their places, under corrections.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The mentions, in the order of the text.
    pub mentions: Vec<Mention>,
    /// One resolution a mention.
    pub resolutions: Vec<Resolution>,
    /// Corrections that could not be obeyed, and why; distances in the text that a place disagrees with.
    pub notes: Vec<Note>,
}

/// Resolves what recognition found in a report, obeying corrections.
pub fn resolve_corrected(
    report: &Report,
    words: &Readings,
    found: Vec<Mention>,
    about: &About,
    gazetteer: &Gazetteer,
    corrections: &Corrections,
) -> Resolved {
    let text = words.text;
    let pass = |mut mentions: Vec<Mention>, decided: &[Occurrence]| {
        let pins = corrections.obey(text, decided, &mut mentions);
        relative::relatives(words, gazetteer, &mut mentions);
        let mut resolutions = resolve(text, &mentions, about, gazetteer);
        corrections.settle(&pins, &mut resolutions, gazetteer);
        (mentions, resolutions)
    };
    let of_country = |ready: &Ready| match &ready.correction.scope {
        Scope::Country { country } => Some(country.clone()),
        _ => None,
    };
    if corrections.is_empty() {
        let (mentions, mut resolutions) = pass(found, &[]);
        let notes = doubts(text, &mentions, &mut resolutions);
        return Resolved { mentions, resolutions, notes };
    }
    let all = corrections.occurrences(report, text, |_| true);
    let mut decided = corrections.occurrences(report, text, |r| of_country(r).is_none());
    if all != decided {
        // What a report is about is known only after reading it without the rules that hang on that.
        let (_, resolutions) = pass(found.clone(), &decided);
        let countries = countries(&resolutions, &all, &about.headline, gazetteer);
        decided = corrections.occurrences(report, text, |r| of_country(r).is_none_or(|c| countries.contains(&c)));
    }
    let mut notes = corrections.not_obeyed(report, &decided);
    let (mentions, mut resolutions) = pass(found, &decided);
    notes.extend(doubts(text, &mentions, &mut resolutions));
    Resolved { mentions, resolutions, notes }
}

/// The countries of the places that a report names beside the names in question.
fn countries(resolutions: &[Resolution], asked: &[Occurrence], context: &[PlaceRef], gazetteer: &Gazetteer) -> BTreeSet<String> {
    let others = resolutions.iter().filter(|r| !asked.iter().any(|o| o.span.overlaps(r.span)));
    let places = others.filter_map(|r| r.place.as_ref()).map(|p| p.country.clone());
    places.chain(context.iter().map(|p| gazetteer.place(*p).country().to_owned())).filter(|c| !c.is_empty()).collect()
}

impl Corrections {
    /// Takes rejected mentions out and gives pinned ones their place as only candidate; tells which spans are pinned.
    fn obey(&self, text: &Text, decided: &[Occurrence], mentions: &mut Vec<Mention>) -> BTreeMap<Span, usize> {
        let mut pins = BTreeMap::new();
        for occurrence in decided {
            let ready = &self.all[occurrence.ruling];
            let is_exact = matches!(ready.correction.scope, Scope::Mention { .. });
            // A longer name is another name («تدمر القديمة»), unless this very spot was decided.
            let is_longer = |m: &Mention| m.span != occurrence.span && m.span.contains(occurrence.span);
            if !is_exact && mentions.iter().any(is_longer) {
                continue;
            }
            let Some(place) = ready.place else {
                if ready.correction.place_id.is_none() {
                    mentions.retain(|m| !m.span.overlaps(occurrence.span));
                }
                continue;
            };
            let known = mentions.iter().find(|m| m.span == occurrence.span).cloned();
            mentions.retain(|m| !m.span.overlaps(occurrence.span));
            let mention = known.unwrap_or_else(|| unseen(text, occurrence));
            let candidates = vec![(place, KeyFlags::default())];
            mentions.push(Mention { candidates, spelt: Vec::new(), strength: weights::PINNED, ..mention });
            pins.insert(occurrence.span, occurrence.ruling);
        }
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        pins
    }

    /// Gives pinned mentions their place for certain.
    fn settle(&self, pins: &BTreeMap<Span, usize>, resolutions: &mut [Resolution], gazetteer: &Gazetteer) {
        for resolution in resolutions.iter_mut().filter(|r| r.kind != MentionKind::Relative) {
            let Some(ready) = pins.get(&resolution.span).map(|number| &self.all[*number]) else { continue };
            resolution.place = ready.place.map(|place| located(gazetteer.place(place), gazetteer));
            resolution.confidence = 1.0;
            resolution.reasons = vec![Reason { what: ready.reason(), weight: weights::PINNED }];
            resolution.runners_up = Vec::new();
        }
    }

    /// A note for each pin whose place is unknown, and for each decided mention that the text no longer has.
    fn not_obeyed(&self, report: &Report, decided: &[Occurrence]) -> Vec<Note> {
        let mut notes = Vec::new();
        for (number, ready) in self.all.iter().enumerate().filter(|(_, r)| r.may_hold_in(report)) {
            let at = decided.iter().find(|o| o.ruling == number).map(|o| o.span);
            let name = &ready.correction.name;
            if let (Some(span), Some(id), None) = (at, &ready.correction.place_id, ready.place) {
                let reason = format!("«{name}» is pinned to {id}, which no gazetteer knows now");
                notes.push(Note { span: Some(span), reason });
            }
            if at.is_none() && matches!(ready.correction.scope, Scope::Mention { .. }) {
                let reason = format!("«{name}» was decided by hand where it does not stand now");
                notes.push(Note { span: None, reason });
            }
        }
        notes
    }
}

/// A mention where recognition saw none.
fn unseen(text: &Text, occurrence: &Occurrence) -> Mention {
    Mention {
        span: occurrence.span,
        sentence: text.tokens[occurrence.tokens.start].sentence as usize,
        tokens: occurrence.tokens.clone(),
        kind: MentionKind::Literal,
        candidates: Vec::new(),
        spelt: Vec::new(),
        feature: None,
        direction: None,
        strength: weights::PINNED,
        relation: None,
        outer: None,
        is_dateline: false,
    }
}

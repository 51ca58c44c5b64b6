//! Unknown names and the places that may be meant: near spellings, and transliterations where none is recorded.

use std::collections::BTreeSet;

use crate::gazetteer::Gazetteer;
use crate::gazetteer::spelling::propose_within;
use crate::text::fold::fold_phrase;

use super::context::Context;
use super::mention::{Mention, Spelling};
use super::weights;

/// Places proposed for one name.
const MAX_PROPOSALS: usize = 5;

/// Gives the names that no table knows the places whose name is spelt nearly so, each with what the spelling costs.
///
/// What is too loose for its context is left out: in the countries that the report names a kind word («قرية») lets
/// more pass than a preposition, and without such a country hardly anything does.
pub(super) fn propose_places(mentions: &mut [Mention], countries: &BTreeSet<String>, gazetteer: &Gazetteer, context: &Context<'_>) {
    let countries: Vec<&str> = countries.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
    for mention in mentions.iter_mut().filter(|m| m.candidates.is_empty()) {
        let a_letter = bound(mention.feature.is_some(), !countries.is_empty());
        // The longest name that is spelt well: «دوغون داجي» and not «دوغون». Only one word can be loose.
        let ranges = context.longer_names(&mention.tokens).into_iter().rev().map(|r| (r, a_letter.min(weights::SPELT_LONGER)));
        for (range, a_letter) in ranges.chain([(mention.tokens.clone(), a_letter)]) {
            let name = fold_phrase(context.text.slice(context.text.span(range.clone())));
            let bound = a_letter * name.chars().count() as f32;
            let near = propose_within(gazetteer, &name, &countries, MAX_PROPOSALS, bound).into_iter();
            // A country is no village, however it is spelt.
            let near: Vec<_> = near.filter(|p| !gazetteer.place(p.place).is_country()).collect();
            if !near.is_empty() {
                mention.span = context.text.span(range.clone());
                mention.tokens = range;
                (mention.candidates, mention.spelt) =
                    near.into_iter().map(|p| ((p.place, p.flags), Spelling { cost: f64::from(p.cost), name: p.key })).unzip();
                break;
            }
        }
    }
}

/// What the context vouches for, costs a letter.
pub(super) fn bound(has_kind: bool, has_country: bool) -> f32 {
    match (has_kind, has_country) {
        (true, true) => weights::SPELT_KIND_COUNTRY,
        (false, true) | (true, false) => weights::SPELT_ONE,
        (false, false) => weights::SPELT_ALONE,
    }
}

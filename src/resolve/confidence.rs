//! How sure an answer is: what the scores say, softened to how often such answers are right.

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::recognise::Mention;

use super::candidate::{direction, product, within};
use super::feature::{Confidence, Weights};
use super::weights;
use super::whole::shares;

/// Odds of the scores beyond which more says no more, natural logarithm.
const SUREST: f64 = 8.0;

/// How sure the best candidate of a mention is right, 0 to 1.
pub(super) fn confidence(mention: &Mention, totals: &[(PlaceRef, f64)], gazetteer: &Gazetteer) -> f64 {
    if totals.is_empty() {
        return 0.0;
    }
    let odds = Confidence::embedded().odds(&signs(mention, totals, gazetteer));
    1.0 / (1.0 + (-odds).exp())
}

/// What confidence is made of, in the order of the file: one, the log-odds of the scores, how surely the span is a name, whether the
/// place is a guess by spelling.
fn signs(mention: &Mention, totals: &[(PlaceRef, f64)], gazetteer: &Gazetteer) -> [f64; Confidence::COUNT] {
    let share = share_there(totals, gazetteer);
    let odds = (share / (1.0 - share).max(f64::MIN_POSITIVE)).ln().clamp(-SUREST, SUREST);
    let strength = mention.strength.clamp(-SUREST, SUREST);
    [1.0, odds, strength, f64::from(u8::from(!mention.spelt.is_empty()))]
}

/// The probability of all candidates that lie where the best lies: a town and its district are one answer.
fn share_there(totals: &[(PlaceRef, f64)], gazetteer: &Gazetteer) -> f64 {
    let Some((best, _)) = totals.first() else { return 0.0 };
    let at = |place: PlaceRef| {
        let view = gazetteer.place(place);
        direction(view.lon(), view.lat())
    };
    let (there, limit) = (at(*best), within(weights::SAME_ANSWER_M));
    let scores: Vec<f64> = totals.iter().map(|t| t.1).collect();
    let shares = shares(&scores, Weights::embedded());
    totals.iter().zip(shares).filter(|((place, _), _)| product(at(*place), there) >= limit).map(|(_, share)| share).sum()
}

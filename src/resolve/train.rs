//! Learning what reasons are worth, from reports whose names are known to mean which place.
//!
//! No chance and no clock: the same lessons in the same order give the same weights to the last digit.

mod examples;
mod fit;
pub mod silver;

use crate::gazetteer::Gazetteer;
use crate::recognise::Report;
use crate::text::Span;

use super::feature::{Feature, Weights};
use fit::{Example, Prior, fit};

/// A report with the places that its names mean.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The report.
    pub report: Report,
    /// Its names; without a point where nobody said which place is meant.
    pub names: Vec<(Span, Option<geo::Point>)>,
    /// How much it counts.
    pub weight: f64,
}

/// What was learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// What each reason is worth.
    pub weights: Weights,
    /// Names learned from, those with more than one place to choose among.
    pub examples: usize,
}

/// Rounds of reading with the weights so far and fitting them to what was read.
const ROUNDS: usize = 3;
/// Learns from lessons.
pub fn learn(lessons: &[Lesson], gazetteer: &Gazetteer) -> Learned {
    let (by_hand, spreads) = (Weights::by_hand(), Weights::spreads());
    let mut weights = by_hand.clone();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let examples: Vec<Example> = lessons.iter().flat_map(|lesson| examples::of(lesson, &weights, gazetteer)).collect();
        count = examples.len();
        let fitted = fit(&examples, &weights.0, Prior { middle: &by_hand.0, spread: &spreads.0 });
        weights.0.iter_mut().zip(fitted).for_each(|(to, from)| *to = rounded(from));
    }
    Learned { weights, examples: count }
}

/// To four digits behind the point: more is not meant.
fn rounded(weight: f64) -> f64 {
    (weight * 1e4).round() / 1e4
}

/// The number of a feature in an example.
fn number(feature: Feature) -> usize {
    feature as usize
}

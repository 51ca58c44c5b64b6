//! Reasons added up; kept only for those who will be told of them.

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::recognise::Mention;

use super::feature::{Feature, Weights};
use super::resolution::Reason;

/// A reason for or against a candidate: so many units of a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Signal {
    pub(super) feature: Feature,
    pub(super) value: f64,
    pub(super) about: About,
}

/// What a reason is about, for the sentence that tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum About {
    Itself,
    Kind(&'static str),
    /// The candidate's number among those of its mention, which has the spelling.
    Spelling(usize),
    Other(PlaceRef),
}

/// A sum of reasons.
pub(super) struct Tally<'a> {
    weights: &'a Weights,
    pub(super) sum: f64,
    kept: Option<Vec<Signal>>,
}

impl<'a> Tally<'a> {
    /// A sum that forgets its parts.
    pub(super) fn sum(weights: &'a Weights) -> Tally<'a> {
        Tally { weights, sum: 0.0, kept: None }
    }

    /// A sum that keeps its parts.
    pub(super) fn kept(weights: &'a Weights) -> Tally<'a> {
        Tally { weights, sum: 0.0, kept: Some(Vec::new()) }
    }

    pub(super) fn add(&mut self, feature: Feature, value: f64, about: About) {
        if value == 0.0 {
            return;
        }
        self.sum += self.weights.get(feature) * value;
        if let Some(kept) = &mut self.kept {
            kept.push(Signal { feature, value, about });
        }
    }

    pub(super) fn signals(self) -> Vec<Signal> {
        self.kept.unwrap_or_default()
    }
}

/// The sentence of a reason, with what it weighs.
pub(super) fn reason(signal: Signal, place: PlaceRef, mention: &Mention, gazetteer: &Gazetteer, weights: &Weights) -> Reason {
    let view = gazetteer.place(place);
    let other = || match signal.about {
        About::Other(other) => gazetteer.place(other).name(),
        _ => "",
    };
    let kind = || if let About::Kind(kind) = signal.about { kind } else { "" };
    let unit = || gazetteer.admin1(view.country(), view.admin1()).map_or("its unit", |unit| gazetteer.place(unit).name());
    let what = match signal.feature {
        Feature::Population => format!("{} inhabitants", view.population()),
        Feature::Unpeopled => "nobody counted its people".to_owned(),
        Feature::Country => "a country".to_owned(),
        Feature::Capital => "a national capital".to_owned(),
        Feature::Seat => "seat of a first-level unit".to_owned(),
        Feature::SmallSeat => "seat of a smaller unit".to_owned(),
        Feature::Unit => "a first-level unit".to_owned(),
        Feature::SmallUnit => "a smaller unit".to_owned(),
        Feature::Region => "a region".to_owned(),
        Feature::Water => "a river, lake or sea".to_owned(),
        Feature::OtherKind => "no settlement".to_owned(),
        Feature::SpokenOf => "names recorded".to_owned(),
        Feature::PreferredName => "its usual name".to_owned(),
        Feature::DerivedName => "a form of its name".to_owned(),
        Feature::OldName => "a historic name".to_owned(),
        Feature::KindAgrees | Feature::SettlementAgrees | Feature::KindDisagrees => format!("the kind word says {}", kind()),
        Feature::Spelt => {
            let at = if let About::Spelling(at) = signal.about { at } else { 0 };
            format!("may be a spelling of «{}»", mention.spelt.get(at).map_or("", |s| s.name.as_str()))
        }
        Feature::Adjacent => format!("in {}, named right behind it", other()),
        Feature::Apposed => format!("in {}, said of it", other()),
        Feature::HoldsAdjacent => format!("holds {}, named right before it", other()),
        Feature::Beside => format!("{}, named beside it", other()),
        Feature::InSentence => format!("{}, named in the sentence", other()),
        Feature::ListCountry => format!("in a list with {}, of its country", other()),
        Feature::ListUnit => format!("in a list with {}, of its unit", other()),
        Feature::ListKind => format!("in a list with {}", other()),
        Feature::CountryShare => format!("{:.0} % of the report's places are in {}", 100.0 * signal.value * signal.value, view.country()),
        Feature::ReportCountry => format!("the report is about {}", view.country()),
        Feature::Foreign | Feature::ForeignFamous => format!("the report never names {}", view.country()),
        Feature::UnitMass => format!("other places of {}", unit()),
        Feature::Near => format!("within 150 km of {}", other()),
        Feature::VeryNear => format!("within 40 km of {}", other()),
        Feature::NearInSentence => format!("near {}, named in the sentence", other()),
        Feature::NearFirst => format!("near {}, the report's first place", other()),
        Feature::HomeCountry => "the outlet's country".to_owned(),
        Feature::HomeUnit => "the outlet's unit".to_owned(),
        Feature::HomeNear => "near the outlet's home".to_owned(),
        Feature::FitsDistance => "fits the distance that the text gives".to_owned(),
        Feature::MissesDistance => "lies elsewhere than the text says".to_owned(),
        Feature::None => "none of these".to_owned(),
    };
    Reason { what, weight: weights.get(signal.feature) * signal.value }
}

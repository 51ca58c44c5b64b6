//! Lessons read as the resolver reads them, and turned into choices.

use geo::{Distance, Haversine, Point};

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::lang::detect;
use crate::lang::readings::Readings;
use crate::recognise::{Manner, Mention, toponym};
use crate::text::Text;

use super::super::About;
use super::super::choose::weighed;
use super::super::feature::{Feature, Weights};
use super::super::home::home;
use super::super::report::Sum;
use super::fit::Example;
use super::{Lesson, number};

/// A candidate so near to the point of the lesson is the place, metres; sources differ by that much on a town's middle,
const SAME_M: f64 = 25_000.0;
/// on that of a unit,
const SAME_UNIT_M: f64 = 100_000.0;
/// and on that of a country.
const SAME_COUNTRY_M: f64 = 400_000.0;

/// The choices among places that a lesson's names are.
pub(super) fn of(lesson: &Lesson, weights: &Weights, gazetteer: &Gazetteer) -> Vec<Example> {
    let manner = Manner { given: Some(lesson.names.iter().map(|(span, _)| *span).collect()), ..Manner::default() };
    let mut out = Vec::new();
    read(lesson, &manner, gazetteer, |text, mentions, about| {
        let whole = weighed(text, mentions, about, gazetteer, weights);
        let sum = Sum::of(&whole);
        for (index, mention) in mentions.iter().enumerate() {
            let point = lesson.names.iter().find(|(span, _)| *span == mention.span).and_then(|(_, point)| *point);
            let (Some(point), totals) = (point, whole.totals(index)) else { continue };
            if totals.is_empty() {
                continue;
            }
            let view = whole.view(&sum, index);
            let features =
                |place: &PlaceRef| whole.signals(view.as_ref(), index, *place).iter().map(|s| (number(s.feature), s.value)).collect();
            let mut alternatives: Vec<Vec<(usize, f64)>> = totals.iter().map(|(place, _)| features(place)).collect();
            let mut right: Vec<bool> = totals.iter().map(|(place, _)| is_it(*place, point, gazetteer)).collect();
            alternatives.push(vec![(number(Feature::None), 1.0)]);
            right.push(!right.contains(&true));
            out.push(Example { alternatives, right, weight: lesson.weight });
        }
    });
    out
}

fn read(lesson: &Lesson, manner: &Manner, gazetteer: &Gazetteer, then: impl FnOnce(&Text, &[Mention], &About)) {
    let text = Text::read(&lesson.report.text);
    let lang = lesson.report.lang.unwrap_or_else(|| detect::detect(&text));
    let mentions = toponym::toponyms_in(&Readings::of(&text, lang), gazetteer, manner);
    let about = About { lang, headline: Vec::new(), home: home(&lesson.report), without: manner.without };
    then(&text, &mentions, &about);
}

/// The candidate is the place that the lesson points at.
fn is_it(place: PlaceRef, point: Point, gazetteer: &Gazetteer) -> bool {
    let view = gazetteer.place(place);
    let limit_m = match view.feature() {
        _ if view.is_country() => SAME_COUNTRY_M,
        "ADM1" => SAME_UNIT_M,
        _ if view.is_area() && !view.feature().starts_with("ADM") => SAME_COUNTRY_M,
        _ => SAME_M,
    };
    Haversine.distance(view.point(), point) <= limit_m
}

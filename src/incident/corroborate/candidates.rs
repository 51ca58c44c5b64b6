//! Which pairs of tellings are worth comparing: those near in place whose days meet, or near in place with a figure in common.
//!
//! Places are points on the unit sphere with half-widths, so there is no seam and no pole; the other dimensions are the day and the
//! logarithm of a figure. Pairs that are left out could not be one event, or hardly: two without a day and with figures below three.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::sketch::{EARTH_M, Sketch};
use super::weights;

/// A point on the sphere, a day, a figure.
type Corner = [f32; 5];
type Entry = GeomWithData<Rectangle<Corner>, u32>;
/// From and to.
type Side = (f32, f32);

/// A telling whose days are more than this is looked up by its figures.
const NARROW_DAYS: i32 = 31;
/// All days, all figures.
const ANY: Side = (-1e7, 1e7);
/// Rounding of coordinates to `f32` on the unit sphere: a few metres.
const SLACK: f64 = 1e-6;
/// The axis of figures: each thing counted has its own stretch of it.
const STRETCH: f64 = 100.0;

/// Calls `pair` with each candidate pair, the smaller index first; some come more than once.
pub(super) fn candidates(sketches: &[Sketch], mut pair: impl FnMut(u32, u32)) {
    let dated = |s: &Sketch| if is_narrow(s) { vec![ANY] } else { Vec::new() };
    let in_time = RTree::bulk_load(entries(sketches, dated));
    let by_figure = RTree::bulk_load(entries(sketches, figures));
    for (at, sketch) in sketches.iter().enumerate().filter(|(_, s)| !s.spots.is_empty()) {
        let at = at as u32;
        if is_narrow(sketch) {
            for around in boxes(sketch, ANY) {
                let near = in_time.locate_in_envelope_intersecting(&around).map(|found| found.data);
                near.filter(|other| *other > at).for_each(|other| pair(at, other));
            }
            continue;
        }
        // Without a day only a figure makes two tellings one event.
        for around in figures(sketch).into_iter().flat_map(|figure| boxes(sketch, figure)) {
            let near = by_figure.locate_in_envelope_intersecting(&around).map(|found| found.data);
            near.filter(|other| *other != at).for_each(|other| pair(at.min(other), at.max(other)));
        }
    }
    unlocated(sketches, pair);
}

/// True when its own days say when it happened.
fn is_narrow(sketch: &Sketch) -> bool {
    sketch.days.is_some_and(|(start, end)| end - start <= NARROW_DAYS)
}

/// Tellings without a place: those with figures of one country that share a day, or the words for the place.
fn unlocated(sketches: &[Sketch], mut pair: impl FnMut(u32, u32)) {
    let mut known: BTreeMap<(u32, Sign), Vec<u32>> = BTreeMap::new();
    for (at, sketch) in sketches.iter().enumerate() {
        for sign in signs(sketch) {
            known.entry(sign).or_default().push(at as u32);
        }
    }
    for (at, sketch) in sketches.iter().enumerate().filter(|(_, s)| s.spots.is_empty()) {
        let at = at as u32;
        for other in signs(sketch).iter().filter_map(|sign| known.get(sign)).flatten().filter(|other| **other != at) {
            pair(at.min(*other), at.max(*other));
        }
    }
}

/// What tellings without a place are looked up by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Day(i32),
    Words(u32),
}

fn signs(sketch: &Sketch) -> Vec<(u32, Sign)> {
    let Some(country) = sketch.country.filter(|_| sketch.figures().next().is_some()) else { return Vec::new() };
    let days = sketch.days.filter(|(start, end)| end - start <= 2).into_iter().flat_map(|(start, end)| start..=end);
    days.map(Sign::Day).chain(sketch.words.map(Sign::Words)).map(|sign| (country, sign)).collect()
}

/// The days in which it may have happened, as narrow as is known.
fn days(sketch: &Sketch) -> Side {
    match (sketch.days, sketch.published) {
        (Some((start, end)), _) => ((start - weights::SOFT_DAYS) as f32, end as f32),
        (None, Some(day)) if !sketch.is_background => ((day - weights::STALE_DAYS) as f32, (day + weights::SOFT_DAYS) as f32),
        (None, Some(day)) => (ANY.0, (day + weights::SOFT_DAYS) as f32),
        (None, None) => ANY,
    }
}

/// Its figures, each with all that are near it, each side half the way.
fn figures(sketch: &Sketch) -> Vec<Side> {
    let half = -weights::NEAR.ln() / 2.0 + SLACK;
    let side = |(what, (low, high)): (u8, (u32, u32))| {
        let at = |count: u32| f64::from(count.max(1)).ln() + f64::from(what) * STRETCH;
        ((at(low) - half) as f32, (at(high) + half) as f32)
    };
    sketch.figures().map(side).collect()
}

fn entries(sketches: &[Sketch], sides: impl Fn(&Sketch) -> Vec<Side>) -> Vec<Entry> {
    let located = sketches.iter().enumerate().filter(|(_, s)| !s.spots.is_empty());
    let entry = |(at, s): (usize, &Sketch)| {
        let of = |figure| boxes(s, figure).into_iter().map(|around| Entry::new(Rectangle::from_aabb(around), at as u32));
        sides(s).into_iter().flat_map(of).collect::<Vec<_>>()
    };
    located.flat_map(entry).collect()
}

/// The boxes around a telling's places and days, with a figure; the whole sphere for one without a place.
fn boxes(sketch: &Sketch, figure: Side) -> Vec<AABB<Corner>> {
    let days = days(sketch);
    let boxed = |([x, y, z], half): ([f64; 3], f64)| {
        let corner = |sign: f64, day: f32, figure: f32| {
            let [x, y, z] = [x, y, z].map(|middle| (middle + sign * half) as f32);
            [x, y, z, day, figure]
        };
        AABB::from_corners(corner(-1.0, days.0, figure.0), corner(1.0, days.1, figure.1))
    };
    if sketch.spots.is_empty() {
        return vec![boxed(([0.0; 3], 2.0))];
    }
    sketch.spots.iter().map(|s| boxed((s.on_sphere(), s.search_m() / EARTH_M + SLACK))).collect()
}

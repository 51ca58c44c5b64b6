//! Which pairs of tellings are worth comparing: those near in place and time, or near in place with a figure in common.
//!
//! Places are points on the unit sphere with half-widths, so there is no seam and no pole; the fourth dimension is the day, or
//! the logarithm of a figure. Pairs that are left out could not be one event.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::sketch::{EARTH_M, Sketch};
use super::weights;

/// West, south … of places, and days or figures.
type Corner = [f32; 4];
type Entry = GeomWithData<Rectangle<Corner>, u32>;

/// A telling whose days are more than this is looked up by its figures.
const NARROW_DAYS: i32 = 31;
/// Rounding of coordinates to `f32` on the unit sphere: a few metres.
const SLACK: f64 = 1e-6;
/// The axis of figures: each thing counted has its own stretch of it.
const STRETCH: f64 = 100.0;

/// Calls `pair` with each candidate pair, the smaller index first; some come more than once.
pub(super) fn candidates(sketches: &[Sketch], mut pair: impl FnMut(u32, u32)) {
    let in_time: Vec<Entry> = entries(sketches, |s| window(s).map(days).into_iter().collect());
    let in_time = RTree::bulk_load(in_time);
    let has_figures = |s: &Sketch| s.figures().map(|(what, range)| figures(what, range)).collect();
    let by_figure: Vec<Entry> = entries(sketches, has_figures);
    let by_figure = RTree::bulk_load(by_figure);
    for (at, sketch) in sketches.iter().enumerate() {
        let at = at as u32;
        if let Some(window) = window(sketch) {
            for found in in_time.locate_in_envelope_intersecting(&boxed(sketch, days(window))) {
                if found.data > at {
                    pair(at, found.data);
                }
            }
        }
        // Without a narrow time of its own it may meet tellings of any time.
        if sketch.days.is_none_or(|(start, end)| end - start > NARROW_DAYS) && sketch.spot.is_some() {
            for (what, range) in sketch.figures() {
                for found in by_figure.locate_in_envelope_intersecting(&boxed(sketch, figures(what, range))) {
                    if found.data != at {
                        pair(at.min(found.data), at.max(found.data));
                    }
                }
            }
        }
    }
    unlocated(sketches, pair);
}

/// Tellings without a place: those with figures of one country that share a day, or the words for the place.
fn unlocated(sketches: &[Sketch], mut pair: impl FnMut(u32, u32)) {
    let mut known: BTreeMap<(u32, Sign), Vec<u32>> = BTreeMap::new();
    for (at, sketch) in sketches.iter().enumerate() {
        for sign in signs(sketch) {
            known.entry(sign).or_default().push(at as u32);
        }
    }
    for (at, sketch) in sketches.iter().enumerate().filter(|(_, s)| s.spot.is_none()) {
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
fn window(sketch: &Sketch) -> Option<(i32, i32)> {
    match sketch.days {
        Some((start, end)) => Some((start - weights::SOFT_DAYS, end)).filter(|_| end - start <= NARROW_DAYS),
        None => sketch.published.filter(|_| !sketch.is_background).map(|p| (p - weights::STALE_DAYS, p + weights::SOFT_DAYS)),
    }
}

fn days((from, to): (i32, i32)) -> (f32, f32) {
    (from as f32, to as f32)
}

/// A figure with all that are near it, each side half the way.
fn figures(what: u8, (low, high): (u32, u32)) -> (f32, f32) {
    let at = |count: u32| f64::from(count.max(1)).ln() + f64::from(what) * STRETCH;
    let half = -weights::NEAR.ln() / 2.0 + SLACK;
    ((at(low) - half) as f32, (at(high) + half) as f32)
}

fn entries(sketches: &[Sketch], sides: impl Fn(&Sketch) -> Vec<(f32, f32)>) -> Vec<Entry> {
    let located = sketches.iter().enumerate().filter(|(_, s)| s.spot.is_some());
    let entry = |(at, s): (usize, &Sketch)| {
        let of = move |aabb: AABB<Corner>| Entry::new(Rectangle::from_aabb(aabb), at as u32);
        sides(s).into_iter().map(|side| of(boxed(s, side))).collect::<Vec<_>>()
    };
    located.flat_map(entry).collect()
}

/// The box around a telling's place, with another side; the whole sphere for one without a place.
fn boxed(sketch: &Sketch, (from, to): (f32, f32)) -> AABB<Corner> {
    let Some(spot) = &sketch.spot else { return AABB::from_corners([-2.0, -2.0, -2.0, from], [2.0, 2.0, 2.0, to]) };
    let [x, y, z] = spot.on_sphere();
    let half = spot.reach_m / EARTH_M + SLACK;
    let corner = |sign: f64, side: f32| [(x + sign * half) as f32, (y + sign * half) as f32, (z + sign * half) as f32, side];
    AABB::from_corners(corner(-1.0, from), corner(1.0, to))
}

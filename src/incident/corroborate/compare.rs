//! Two tellings beside each other: what speaks for one event, what against, and what forbids it.

use super::kinds::kinds;
use super::sketch::{Sketch, Spot};
use super::telling::Range;
use super::weights;

/// Names of the reasons, in the order of [`Comparison::reasons`].
pub const REASONS: [&str; 5] = ["place", "time", "type", "toll", "actors"];

/// What two tellings say of being one event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Weights of [`REASONS`].
    pub reasons: [f32; 5],
    /// What forbids it.
    pub veto: Option<Veto>,
    /// Both recall the event.
    both_recalled: bool,
}

/// Why two tellings cannot be one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Veto {
    /// One report tells both, as two.
    Report,
    /// Their places are too far apart.
    Place,
    /// Their countries differ, and a place is missing.
    Country,
    /// Their days differ.
    Day,
    /// One was told before the other happened.
    Earlier,
    /// One is news, and told long after the other happened.
    Stale,
    /// A protest is no bombing.
    Kind,
    /// Their tolls are too far apart.
    Toll,
}

impl Veto {
    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Veto::Report => "told apart by one report",
            Veto::Place => "places too far apart",
            Veto::Country => "other countries",
            Veto::Day => "other days",
            Veto::Earlier => "told before it happened",
            Veto::Stale => "told long after it happened",
            Veto::Kind => "other kinds of event",
            Veto::Toll => "tolls too far apart",
        }
    }
}

impl Comparison {
    /// The sum of the reasons.
    pub fn score(&self) -> f32 {
        self.reasons.iter().sum()
    }

    /// True when both may be in one event that others hold together.
    pub fn is_bearable(&self) -> bool {
        self.veto.is_none() && self.score() >= weights::LEAST
    }

    /// True when this alone makes them one event.
    ///
    /// Place and kind alone do not: without a day that both share it takes a figure, without a place both.
    pub fn is_enough(&self) -> bool {
        let [place, time, _, toll, _] = self.reasons;
        let enough = weights::ENOUGH + if self.both_recalled { weights::BOTH_RECALLED } else { 0.0 };
        let (has_day, has_figure) = (time >= weights::SAME_WEEK, toll >= weights::TELLING_FIGURE);
        let tells = if place > 0.0 { has_day || has_figure } else { has_day && has_figure };
        self.veto.is_none() && tells && self.score() >= enough
    }
}

/// Compares two tellings; the order of the two is of no matter.
pub(super) fn compared(one: &Sketch, other: &Sketch) -> Comparison {
    let mut veto = (one.report == other.report).then_some(Veto::Report);
    let mut weigh = |weight: Result<f32, Veto>| {
        weight.unwrap_or_else(|why| {
            veto = veto.or(Some(why));
            0.0
        })
    };
    let place = weigh(places(one, other));
    let time = weigh(times(one, other));
    let kind = weigh(kinds(one.kind, other.kind).ok_or(Veto::Kind));
    let toll = weigh(tolls(one, other));
    let both_recalled = one.is_background && other.is_background;
    Comparison { reasons: [place, time, kind, toll, actors(one, other)], veto, both_recalled }
}

fn places(one: &Sketch, other: &Sketch) -> Result<f32, Veto> {
    let is_abroad = one.country.is_some() && other.country.is_some() && one.country != other.country;
    let abroad = if is_abroad { weights::OTHER_COUNTRY } else { 0.0 };
    let near = |a: &Spot, b: &Spot| {
        if !is_abroad && is_within(a, b) {
            return Ok(weights::PLACE_WITHIN[usize::from(a.precision.max(b.precision))]);
        }
        circles(a, b).map(|w| w + abroad)
    };
    let pairs = one.spots.iter().flat_map(|a| other.spots.iter().map(move |b| near(a, b)));
    // Of several places the nearest two count.
    match pairs.reduce(|best, next| if next.unwrap_or(f32::MIN) > best.unwrap_or(f32::MIN) { next } else { best }) {
        Some(nearest) => nearest,
        _ if is_abroad => Err(Veto::Country),
        _ if one.words.is_some() && one.words == other.words => Ok(weights::PLACE_NAMED),
        _ => Ok(0.0),
    }
}

/// A place and the first-level unit that it lies in, however far from the unit's middle.
fn is_within(a: &Spot, b: &Spot) -> bool {
    const UNIT: u8 = 4;
    a.place != b.place && a.unit.is_some() && a.unit == b.unit && (a.precision == UNIT) != (b.precision == UNIT)
}

fn circles(a: &Spot, b: &Spot) -> Result<f32, Veto> {
    let coarser = usize::from(a.precision.max(b.precision));
    if a.place == b.place {
        return Ok(weights::PLACE_SAME[coarser]);
    }
    if a.distance_m(b) > a.reach_m + b.reach_m {
        return Err(Veto::Place);
    }
    Ok(weights::PLACE_WITHIN[coarser])
}

fn times(one: &Sketch, other: &Sketch) -> Result<f32, Veto> {
    match (one.days, other.days) {
        (Some(a), Some(b)) => days(a, b, one.is_soft || other.is_soft),
        (Some(known), None) => news(known, other),
        (None, Some(known)) => news(known, one),
        (None, None) => match (one.published, other.published) {
            (Some(a), Some(b)) if !one.is_background && !other.is_background => age((a - b).abs()),
            _ => Ok(0.0),
        },
    }
}

fn days(a: (i32, i32), b: (i32, i32), is_soft: bool) -> Result<f32, Veto> {
    let gap = a.0.max(b.0) - a.1.min(b.1);
    if gap > 0 {
        return if is_soft && gap <= weights::SOFT_DAYS { Ok(weights::SOFT_DAY) } else { Err(Veto::Day) };
    }
    // All days that either allows.
    let all = a.1.max(b.1) - a.0.min(b.0);
    let scale = [(0, weights::SAME_DAY), (2, weights::SAME_NIGHT), (8, weights::SAME_WEEK), (31, weights::SAME_MONTH)];
    Ok(scale.iter().find(|(most, _)| all <= *most).map_or(0.0, |(_, weight)| *weight))
}

/// What the day of one says of the other, of which only the publication is known.
fn news(known: (i32, i32), undated: &Sketch) -> Result<f32, Veto> {
    let Some(published) = undated.published else { return Ok(0.0) };
    if known.0 > published + weights::SOFT_DAYS {
        return Err(Veto::Earlier);
    }
    // What is recalled may be of any time.
    if undated.is_background { Ok(0.0) } else { age(published - known.1) }
}

/// What it says that news came so many days after.
fn age(days: i32) -> Result<f32, Veto> {
    if days <= weights::NEWS_DAYS {
        Ok(weights::NEWS)
    } else if days <= weights::STALE_DAYS {
        Ok(weights::OLD_NEWS)
    } else {
        Err(Veto::Stale)
    }
}

/// How two figures stand to each other.
enum Figures {
    /// They agree; so much is said by it.
    Agree(f32),
    Apart,
}

fn figures(a: Range, b: Range) -> Figures {
    let is_vague = |r: Range| r.1 > r.0.max(1) * weights::VAGUE;
    let said = |count: u32| (weights::TOLL_FIRST + weights::TOLL_GROWTH * (count.max(1) as f32).ln()).min(weights::TOLL_MOST);
    let (low, high) = (a.0.max(b.0), a.1.min(b.1));
    if low <= high {
        let share = match () {
            () if a == b && !is_vague(a) => 1.0,
            () if is_vague(a) || is_vague(b) => weights::VAGUE_SHARE,
            () => weights::NEAR_SHARE,
        };
        return Figures::Agree(share * said(low));
    }
    // Here `low` is the larger and `high` the smaller of the nearest ends; that of a vague range is nobody's count.
    match f64::from(high) / f64::from(low) {
        ratio if ratio >= weights::RIVAL && (is_vague(a) || is_vague(b)) => Figures::Agree(weights::VAGUE_SHARE * said(high)),
        ratio if ratio >= weights::NEAR => Figures::Agree(weights::NEAR_SHARE * said(high)),
        ratio if ratio >= weights::RIVAL => Figures::Agree(weights::RIVAL_SHARE * said(high)),
        _ => Figures::Apart,
    }
}

fn tolls(one: &Sketch, other: &Sketch) -> Result<f32, Veto> {
    let pair = |a: Option<Range>, b: Option<Range>| a.zip(b).map(|(a, b)| figures(a, b));
    let lesser = |figures: Option<Figures>| match figures {
        Some(Figures::Agree(weight)) => weight * weights::WOUNDED_SHARE,
        Some(Figures::Apart) => weights::WOUNDED_APART,
        None => 0.0,
    };
    let hurt = lesser(pair(one.injured, other.injured)) + lesser(pair(one.abducted, other.abducted));
    let dead = match (one.killed, other.killed) {
        (Some(a), Some(b)) => match figures(a, b) {
            Figures::Agree(weight) => weight,
            Figures::Apart => {
                let part = group(a, &other.parts).max(group(b, &one.parts)).max(shared(one, other));
                let is_far = a.0.max(b.0) - a.1.min(b.1) >= weights::APART;
                if part <= 0.0 && is_far && hurt < weights::TELLING_FIGURE {
                    return Err(Veto::Toll);
                }
                if part > 0.0 { part } else { weights::FIGURES_APART }
            }
        },
        _ => shared(one, other),
    };
    Ok((dead + hurt).min(weights::TOLL_MOST))
}

/// What it says that a whole toll is one group's in the other report («27 soldiers and 47 attackers»).
fn group(whole: Range, parts: &[Range]) -> f32 {
    let agreed = parts.iter().filter(|p| **p == whole && whole.0 >= weights::TELLING_COUNT).map(|p| figures(whole, *p));
    agreed.map(|f| if let Figures::Agree(weight) = f { weight * weights::NEAR_SHARE } else { 0.0 }).fold(0.0, f32::max)
}

/// What it says that both give one figure for a group of the dead, whatever they make of the whole («70 attackers»).
fn shared(one: &Sketch, other: &Sketch) -> f32 {
    one.parts.iter().map(|part| group(*part, &other.parts)).fold(0.0, f32::max)
}

fn actors(one: &Sketch, other: &Sketch) -> f32 {
    let shared = one.actors.iter().filter(|a| other.actors.binary_search(a).is_ok()).count();
    (shared as f32 * weights::ACTOR).min(weights::ACTORS_MOST)
}

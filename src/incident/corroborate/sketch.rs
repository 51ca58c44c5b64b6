//! A telling boiled down to numbers, so that millions can be compared.

use std::collections::BTreeMap;

use geo::Point;
use jiff::civil::{Date, date};

use crate::incident::{Granularity, SubEventType};
use crate::text::fold::fold_phrase;

use super::telling::{Range, Telling};
use super::weights;

/// Mean radius of the Earth, metres (IUGG).
pub(super) const EARTH_M: f64 = 6_371_008.8;
/// Actors that most tellings have fewer of; more say nothing.
const MAX_ACTORS: usize = 8;
/// Places of a telling that are looked at.
const MAX_PLACES: usize = 12;
/// Groups of a toll that are looked at.
const MAX_PARTS: usize = 4;

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    pub(super) report: u32,
    pub(super) kind: SubEventType,
    pub(super) is_background: bool,
    /// Its places, the main one first; empty when it was not located.
    pub(super) spots: Vec<Spot>,
    /// Number of the folded words that name the place.
    pub(super) words: Option<u32>,
    pub(super) country: Option<u32>,
    /// First and last possible day.
    pub(super) days: Option<(i32, i32)>,
    /// The day is told relatively to a publication.
    pub(super) is_soft: bool,
    pub(super) published: Option<i32>,
    pub(super) killed: Option<Range>,
    pub(super) parts: Vec<Range>,
    pub(super) injured: Option<Range>,
    pub(super) abducted: Option<Range>,
    /// Numbers of the armed actors, sorted.
    pub(super) actors: Vec<u32>,
}

/// A place as a circle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) point: Point,
    /// Metres within which it may be.
    pub(super) reach_m: f64,
    pub(super) precision: u8,
    pub(super) place: u32,
    /// The first-level unit that it is or lies in.
    pub(super) unit: Option<u32>,
}

impl Spot {
    /// Metres within which others may be that lie in it.
    pub(super) fn search_m(&self) -> f64 {
        if self.precision == 4 { self.reach_m.max(weights::UNIT_SEARCH_M) } else { self.reach_m }
    }

    /// The point on the unit sphere: no seam at 180° and no poles.
    pub(super) fn on_sphere(&self) -> [f64; 3] {
        let (lon, lat) = (self.point.x().to_radians(), self.point.y().to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    }

    /// Metres between two points.
    pub(super) fn distance_m(&self, other: &Spot) -> f64 {
        let (a, b) = (self.on_sphere(), other.on_sphere());
        let chord = ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt();
        2.0 * EARTH_M * (chord / 2.0).min(1.0).asin()
    }
}

impl Sketch {
    /// The figures that tell events apart, with a number for what they count.
    pub(super) fn figures(&self) -> impl Iterator<Item = (u8, Range)> {
        let dead = self.killed.iter().chain(&self.parts).map(|r| (0, *r));
        dead.chain(self.injured.map(|r| (1, r))).chain(self.abducted.map(|r| (2, r))).filter(|(_, r)| r.0 >= weights::TELLING_COUNT)
    }
}

/// Numbers for words, the same word the same number.
#[derive(Default)]
pub(super) struct Numbers<'a> {
    reports: BTreeMap<&'a str, u32>,
    places: BTreeMap<&'a str, u32>,
    units: BTreeMap<&'a str, u32>,
    countries: BTreeMap<&'a str, u32>,
    actors: BTreeMap<&'a str, u32>,
    words: BTreeMap<String, u32>,
}

fn number<K: Ord>(known: &mut BTreeMap<K, u32>, key: K) -> u32 {
    let next = known.len() as u32;
    *known.entry(key).or_insert(next)
}

impl<'a> Numbers<'a> {
    pub(super) fn sketch(&mut self, telling: &'a Telling) -> Sketch {
        let spots = telling.ground.iter().chain(&telling.others).take(MAX_PLACES).map(|g| Spot {
            point: Point::new(g.lon, g.lat),
            reach_m: f64::from(g.radius_m) * if g.where_prec <= 2 { 1.0 } else { weights::UNIT_REACH },
            precision: g.where_prec.min(7),
            place: number(&mut self.places, g.id.as_str()),
            unit: Some(&g.admin1).filter(|unit| !unit.is_empty()).map(|unit| number(&mut self.units, unit.as_str())),
        });
        let spots = spots.collect();
        let is_armed = |kind: &str| !matches!(kind, "civilians" | "protesters" | "rioters");
        let armed = telling.actors.iter().filter(|a| is_armed(&a.kind)).take(MAX_ACTORS);
        let mut actors: Vec<u32> = armed.map(|a| number(&mut self.actors, a.name.as_str())).collect();
        actors.sort_unstable();
        actors.dedup();
        let words = telling.place_surface.as_deref().map(fold_phrase).filter(|w| !w.is_empty());
        Sketch {
            report: number(&mut self.reports, telling.report_id.as_str()),
            kind: telling.sub_event_type,
            is_background: telling.granularity == Granularity::Background,
            spots,
            words: words.map(|w| number(&mut self.words, w)),
            country: telling.country.as_deref().map(|c| number(&mut self.countries, c)),
            days: telling.dates.map(|(start, end)| (day(start), day(end.max(start)))),
            is_soft: matches!(telling.date_source.as_str(), "relative" | "document"),
            published: telling.published.map(day),
            killed: telling.killed,
            parts: telling.killed_parts.iter().take(MAX_PARTS).copied().collect(),
            injured: telling.injured,
            abducted: telling.abducted,
            actors,
        }
    }
}

/// Days since 1970.
fn day(day: Date) -> i32 {
    let hours = day.duration_since(date(1970, 1, 1)).as_hours();
    (hours / 24) as i32
}

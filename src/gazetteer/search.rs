//! Search as a person means it: the name itself, then names that begin so, then names spelt nearly so.
//!
//! What stands behind a comma, or at the end and names a unit, restricts: «Tripoli, Lebanon», «قرية تلاتاي محافظة غاو».

mod ask;
mod beginnings;
mod collect;
mod rank;

use geo::{Distance, Haversine, Point};

use super::kind::Kind;
use super::{Gazetteer, Place, PlaceRef};

pub use beginnings::Beginnings;
pub use rank::fame;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// A name in any script, with or without the units that it lies in.
    pub text: String,
    /// Most places of the answer.
    pub limit: usize,
    /// ISO 3166-1 alpha-2; empty: everywhere.
    pub countries: Vec<String>,
    /// Places near it come earlier.
    pub near: Option<Point>,
    /// Only places of one of these kinds; empty: all.
    pub kinds: Vec<Kind>,
    /// Only places with identifiers of these spaces (`geonames`); empty: all.
    pub sources: Vec<String>,
    /// Only places in all of these areas.
    pub within: Vec<Within>,
    /// Which names are an answer.
    pub mode: Mode,
}

/// Which names are an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A whole name was typed; names that begin with it come after it.
    #[default]
    Whole,
    /// The beginning of a name was typed: what is famous may come before what is short.
    Beginning,
    /// A program asks for a name: what only begins with it is another name.
    Match,
}

/// An area with a plain edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Within {
    /// Around a point.
    Circle {
        /// The middle.
        centre: Point,
        /// Metres.
        radius_m: f64,
    },
    /// Between two corners; west greater than east crosses the antimeridian.
    Box {
        /// Least longitude and latitude.
        south_west: Point,
        /// Greatest longitude and latitude.
        north_east: Point,
    },
}

/// How the name that matched relates to what was typed; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The same after folding.
    Exact,
    /// The same but for a word of kind or an article.
    Variant,
    /// The name begins with what was typed.
    Beginning,
    /// Spelt nearly so.
    Spelling,
}

/// A place that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The place.
    pub place: PlaceRef,
    /// 0–1, how well name, fame and nearness speak for it.
    pub score: f64,
    /// 0–1, the name alone.
    pub confidence: f64,
    /// The folded name that matched.
    pub key: String,
    /// How it matched.
    pub matched: Match,
    /// True when the name is recorded, current and not made from another.
    pub is_recorded: bool,
}

impl Query {
    /// A query for a text, without restrictions.
    pub fn of(text: &str, limit: usize) -> Query {
        Query { text: text.to_owned(), limit, ..Query::default() }
    }

    /// True when a place may be an answer, whatever its name.
    pub fn allows(&self, place: Place<'_>) -> bool {
        (self.countries.is_empty() || self.countries.iter().any(|c| c == place.country()))
            && (self.kinds.is_empty() || self.kinds.iter().any(|k| k.has(place.feature())))
            && self.within.iter().all(|area| area.holds(place.point()))
            && (self.sources.is_empty() || self.sources.iter().any(|s| place.id().split(':').next() == Some(s)))
    }

    /// True when more than countries restricts, or places near a point are wanted: then fame alone does not tell who comes first.
    fn is_particular(&self) -> bool {
        self.near.is_some() || !(self.kinds.is_empty() && self.sources.is_empty() && self.within.is_empty())
    }
}

impl Within {
    fn holds(self, point: Point) -> bool {
        match self {
            Within::Circle { centre, radius_m } => Haversine.distance(centre, point) <= radius_m,
            Within::Box { south_west, north_east } => {
                let is_between = if south_west.x() <= north_east.x() {
                    (south_west.x()..=north_east.x()).contains(&point.x())
                } else {
                    point.x() >= south_west.x() || point.x() <= north_east.x()
                };
                is_between && (south_west.y()..=north_east.y()).contains(&point.y())
            }
        }
    }
}

/// The places that a query means, best first, at most `limit`, none twice.
pub fn search(gazetteer: &Gazetteer, query: &Query) -> Vec<Found> {
    if query.limit == 0 {
        return Vec::new();
    }
    let mut heap = collect::Heap::new(gazetteer, query);
    let readings = ask::readings(gazetteer, &query.text);
    let country = ask::by_letters(gazetteer, query.text.trim());
    for asked in &readings {
        heap.exact(asked);
        if let Some(country) = country {
            heap.country(country, asked);
        }
        if heap.has_exact() {
            // What was typed is a name as it stands: its last word is no unit.
            if query.mode != Mode::Match {
                heap.beginnings(asked);
            }
            if !heap.has_recorded() {
                heap.near_spellings(asked);
            }
            return heap.best();
        }
        heap.variants(asked);
        if query.mode == Mode::Beginning {
            heap.beginnings(asked);
        }
    }
    for asked in readings.iter().filter(|_| query.mode == Mode::Whole) {
        heap.beginnings(asked);
    }
    // The most particular reading first: a wrong letter in «Tripli, Lebanon» is looked for in Lebanon.
    for asked in readings.iter().rev() {
        heap.near_spellings(asked);
        if heap.has_spelling() {
            break;
        }
    }
    if heap.is_empty() && query.mode != Mode::Match {
        // A wrong unit is likelier than a place that nobody knows.
        readings.iter().filter(|r| !r.units.is_empty()).for_each(|r| heap.exact(&ask::Reading { units: Vec::new(), ..r.clone() }));
    }
    heap.best()
}

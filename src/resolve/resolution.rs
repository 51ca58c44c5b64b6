//! The answer for one mention: the place, how precisely, why, and what else it could have been.

use geo::MultiPolygon;

use crate::recognise::{MentionKind, Outer};
use crate::text::Span;

/// A mention with its place.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// Where the mention stands in the report.
    pub span: Span,
    /// Literal, associative or relative.
    pub kind: MentionKind,
    /// True when it is told by a name that it narrows down or widens, and is no place of its own beside that one.
    pub is_area: bool,
    /// The longer name that it stands in, where it does.
    pub outer: Option<Outer>,
    /// It tells where the report was written.
    pub is_dateline: bool,
    /// True when no table has the name as it is written: what place it gets depends on its spelling.
    pub is_unrecorded: bool,
    /// 0–1: how sure the place is right.
    pub confidence: f64,
    /// The place; `None` when the name was recognised and not resolved.
    pub place: Option<Located>,
    /// What the reasons add up to, in the units of `weights`.
    pub score: f64,
    /// Why this place, largest reason first.
    pub reasons: Vec<Reason>,
    /// What else it could have been, best first, at most five.
    pub runners_up: Vec<RunnerUp>,
}

/// A place as an answer: point, reach, precision, units.
#[derive(Clone, Debug)]
pub struct Located {
    /// Gazetteer identifier, `geonames:2457163`.
    pub id: String,
    /// Display name; for a relative place the words «12 km N of Djibo».
    pub name: String,
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Degrees east, WGS84.
    pub lon: f64,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// Name of the first-level unit, or empty.
    pub admin1: String,
    /// Name of the second-level unit, or empty.
    pub admin2: String,
    /// GeoNames feature code.
    pub feature: String,
    /// ACLED: 1 the place is known, 2 near or in part of a unit, 3 a larger region.
    pub geo_precision: u8,
    /// UCDP: 1 exact, 2 within about 25 km, 3 second-level unit, 4 first-level unit, 5 line or fuzzy area, 6 country, 7 sea.
    pub where_prec: u8,
    /// Metres around the point within which the text may mean.
    pub radius_m: u32,
    /// The ground that is meant, when the place is a region with an outline or told by its relation to others.
    pub outline: Option<MultiPolygon>,
}

/// One reason for or against a candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What spoke: «kind word», «same country as Gao».
    pub what: String,
    /// How much, in the units of `weights`.
    pub weight: f64,
}

/// A candidate that was not chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct RunnerUp {
    /// Gazetteer identifier.
    pub id: String,
    /// Display name with its units.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Score against the chosen one's, in the units of `weights`.
    pub score: f64,
    /// Why it could be this, and why not, largest reason first.
    pub reasons: Vec<Reason>,
}

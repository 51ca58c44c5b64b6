//! A span that may name a place, with everything that recognition knows of it.

use std::ops::Range;

use crate::gazetteer::{KeyFlags, PlaceRef};
use crate::text::Span;

use super::MentionKind;
use super::outer::Outer;

/// A span that may name a place.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Where it stands, without the clitics before it.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of its sentence.
    pub sentence: usize,
    /// How it names its place.
    pub kind: MentionKind,
    /// The places that bear the name; empty when the name is unknown.
    pub candidates: Vec<(PlaceRef, KeyFlags)>,
    /// For each candidate of an unknown name how it is spelt; empty when the name is recorded as written.
    pub spelt: Vec<Spelling>,
    /// The kind word beside it («village», «province»), a key of `feature_nouns.txt`.
    pub feature: Option<&'static str>,
    /// The direction word before it («north of», «شمال»), a key of `directions.txt`.
    pub direction: Option<&'static str>,
    /// How surely it names a place, in the units of [`super::weights`].
    pub strength: f64,
    /// Distance and direction from another mention, for a relative one.
    pub relation: Option<Relation>,
    /// The longer name that it stands in («University of Bayreuth»).
    pub outer: Option<Outer>,
    /// It tells where the report was written («BAMAKO, Mali (Reuters) —»).
    pub is_dateline: bool,
}

/// A recorded name that an unknown one may be a spelling of.
#[derive(Clone, Debug, PartialEq)]
pub struct Spelling {
    /// The recorded name, folded.
    pub name: String,
    /// How unlikely the spelling is, natural-log units.
    pub cost: f64,
}

/// A place told by its relation to others: «150 km east of Gao», «northern Mali», «between Gao and Ansongo».
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// Which relation.
    pub how: How,
    /// Metres; `None` when the text gives none.
    pub distance_m: Option<f64>,
    /// Degrees clockwise from north; `None` for «150 km from Gao» and for a centre.
    pub bearing_deg: Option<f64>,
    /// Index of the mention that it is relative to.
    pub anchor: usize,
    /// The other end of a stretch, the other countries of a border.
    pub others: [Option<usize>; 2],
    /// Index of the mention that it describes («Talataye, 150 km east of Gao»), when there is one.
    pub describes: Option<usize>,
}

/// How a relative place hangs on the named ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// So far from it, perhaps in a direction.
    Distance,
    /// The part of it, or the ground beside it, in a direction or in its middle.
    Part,
    /// In it and around it: its region, its countryside.
    Around,
    /// Near it, on its outskirts, within so many kilometres of it.
    Near,
    /// On the way between two places.
    Between,
    /// At the border of a country, with another if one is named.
    Border,
    /// Where three countries meet.
    Corner,
    /// On one bank of a river, or both.
    Bank,
}

impl Relation {
    /// A relation to one place, by its words alone.
    pub fn to(anchor: usize, how: How) -> Relation {
        Relation { how, distance_m: None, bearing_deg: None, anchor, others: [None; 2], describes: None }
    }

    /// True when it is a place of its own, away from the names that it is told by.
    pub fn is_apart(&self) -> bool {
        self.how == How::Distance
    }
}

//! What features are asked for: one tree, whether it comes from the parameters of an address, from CQL2 or from the command line.

use geo::Geometry;

use crate::store::Bounds;

/// A condition on features. A value that is not there makes a comparison neither true nor false, as in SQL.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// Holds for every feature, or for none.
    Always(bool),
    /// All hold.
    And(Vec<Predicate>),
    /// One holds.
    Or(Vec<Predicate>),
    /// Does not hold.
    Not(Box<Predicate>),
    /// A single question.
    Leaf(Leaf),
}

/// A single question; properties by their number in the schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Leaf {
    /// A text passes a test.
    Text(usize, TextTest),
    /// A number or a day (days since the first of 1970) lies in a range.
    Number(usize, Range),
    /// A list of texts holds all of these.
    HasAll(usize, Vec<String>),
    /// There is no value.
    Null(usize),
    /// Nothing is drawn.
    NotDrawn,
    /// The box around what is drawn touches a box.
    Box(Bounds),
    /// What is drawn stands in a relation to a geometry.
    Shape(Relation, Box<Geometry>),
    /// The days from first to last touch a range of days.
    During(Range),
    /// A folded word is in what can be searched.
    Word(String),
    /// Of reports: one of these places is named in it.
    Names(Vec<String>),
}

/// A test of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// Is one of these.
    OneOf(Vec<String>),
    /// Lies in a range of the order of bytes; `true`: the end belongs to it.
    Between(Option<(String, bool)>, Option<(String, bool)>),
    /// Matches a pattern.
    Like(Like),
    /// As [`TextTest::OneOf`] of texts that are put into the same form first.
    Folded(Like, Vec<String>),
}

/// A pattern with `%` for anything, `_` for one character and `\` before one of the three that means itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Like {
    /// The pattern.
    pub pattern: String,
    /// Capitals and small letters are the same.
    pub casei: bool,
    /// Letters with and without marks are the same.
    pub accenti: bool,
}

/// A range of numbers; `true`: the end belongs to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The lower end.
    pub from: Option<(f64, bool)>,
    /// The upper end.
    pub to: Option<(f64, bool)>,
}

impl Range {
    /// One number.
    pub fn exactly(number: f64) -> Range {
        Range { from: Some((number, true)), to: Some((number, true)) }
    }

    /// From one number to another, both included.
    pub fn between(from: f64, to: f64) -> Range {
        Range { from: Some((from, true)), to: Some((to, true)) }
    }

    /// Whether a number lies in it.
    #[inline]
    pub fn holds(&self, number: f64) -> bool {
        self.from.is_none_or(|(from, is_in)| number > from || (is_in && number >= from))
            && self.to.is_none_or(|(to, is_in)| number < to || (is_in && number <= to))
    }
}

/// How what is drawn stands to a geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the spatial relations of CQL2")]
pub enum Relation {
    Intersects,
    Disjoint,
    Within,
    Contains,
    Equals,
    Touches,
    Crosses,
    Overlaps,
}

impl Predicate {
    /// A leaf.
    pub fn leaf(leaf: Leaf) -> Predicate {
        Predicate::Leaf(leaf)
    }

    /// Both this and another.
    #[must_use]
    pub fn and(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::Always(true), one) | (one, Predicate::Always(true)) => one,
            (Predicate::And(mut all), one) => {
                all.push(one);
                Predicate::And(all)
            }
            (one, other) => Predicate::And(vec![one, other]),
        }
    }

    /// Whether a property is asked about anywhere.
    pub fn asks(&self, property: usize) -> bool {
        match self {
            Predicate::Always(_) => false,
            Predicate::And(all) | Predicate::Or(all) => all.iter().any(|p| p.asks(property)),
            Predicate::Not(inner) => inner.asks(property),
            Predicate::Leaf(leaf) => match leaf {
                Leaf::Text(p, _) | Leaf::Number(p, _) | Leaf::Null(p) | Leaf::HasAll(p, _) => *p == property,
                _ => false,
            },
        }
    }
}

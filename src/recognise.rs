//! Spans that are place names, dates, counts, actors and event words, with their readings; never picks a place.

mod believed;
mod context;
pub mod count;
mod dateline;
mod demonym;
pub mod event;
mod given;
mod glued;
mod grounds;
mod manner;
pub mod mention;
mod metonym;
pub mod model;
pub mod number;
mod outer;
#[cfg(test)]
mod phrases;
pub mod relative;
pub mod report;
mod short;
mod spelt;
pub mod terms;
pub mod time;
pub mod toponym;
mod unknown;
pub mod weights;
pub mod why;

pub use grounds::Ground;
pub use manner::{Manner, Without};
pub use mention::{How, Mention, Relation, Spelling};
pub use outer::{NameKind, Outer};
pub use report::{Note, Provenance, Report};

/// How a mention names its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// The place itself.
    Literal,
    /// Something that is called after the place: a nationality, a government, an organisation.
    Associative,
    /// A place by its distance or direction from another.
    Relative,
}

impl MentionKind {
    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            MentionKind::Literal => "literal",
            MentionKind::Associative => "associative",
            MentionKind::Relative => "relative",
        }
    }
}

//! How a report is read when it is not read in the usual way: to measure what the parts of the reader are worth.

use crate::text::Span;

/// The manner of reading; the default is the usual one.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// What is left out.
    pub without: Without,
    /// Spans that are said to name places; recognition adds only what lies beside them.
    pub given: Option<Vec<Span>>,
}

/// Parts of the reader that are left out; none by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Without {
    /// What the rest of the report says about a name: each is resolved as if it stood alone.
    pub context: bool,
    /// Places proposed for names that no table has as they are written.
    pub spelling: bool,
}

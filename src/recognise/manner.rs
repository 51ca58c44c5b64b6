//! How a report is read when it is not read in the usual way: to measure what the parts of the reader are worth.

use std::sync::Arc;

use crate::text::Span;

use super::model::Models;

/// The manner of reading; the default is the usual one.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// What is left out.
    pub without: Without,
    /// Spans that are said to name places; recognition adds only what lies beside them.
    pub given: Option<Vec<Span>>,
    /// Sequence models to read with instead of the embedded ones.
    pub models: Option<Arc<Models>>,
}

/// Parts of the reader that are left out; none by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each part can be left out by itself")]
pub struct Without {
    /// What the rest of the report says about a name: each is resolved as if it stood alone.
    pub context: bool,
    /// Places proposed for names that no table has as they are written.
    pub spelling: bool,
    /// The sequence model: the rules decide alone.
    pub model: bool,
    /// What the sequence model sees of the name index; for models that were learned without it.
    pub names: bool,
}

//! Tolls (provisional).
pub use crate::lang::lists::Harm;
use crate::text::Span;
use std::ops::Range;
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Count {
    pub harm: Harm,
    pub tokens: Range<usize>,
    pub span: Span,
    pub low: u32,
    pub high: u32,
    pub who: String,
    pub who_kind: Option<String>,
    pub is_attackers: bool,
    pub part_of_previous: bool,
}
impl Count {
    /// k
    pub fn kind(&self) -> &str {
        self.who_kind.as_deref().unwrap_or("")
    }
}
/// t
pub fn total(_counts: &[Count]) -> (Option<u32>, Option<u32>) {
    (None, None)
}

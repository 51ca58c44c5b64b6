//! Corroboration: which incidents of several reports, in whatever language, are one event.
//!
//! A pure function: incidents as they were read and what people ruled go in, groups with stable names come out, the same
//! whatever the order. Rules, weights and limits are told in `docs/corroboration.md`.

mod candidates;
mod compare;
mod event;
mod gather;
mod groups;
mod kinds;
mod ruling;
mod sketch;
mod telling;
pub mod weights;

pub use compare::{Comparison, REASONS, Veto};
pub use event::{Event, Said, widest};
pub use gather::{Cluster, Corroboration, compare, corroborate};
pub use ruling::{Reference, Ruling, Unheeded, Verdict};
pub use telling::{Ground, Range, Telling, Who};

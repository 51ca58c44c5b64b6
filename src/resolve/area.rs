//! Relative, directional and vague places as geometry: what a phrase means, drawn as widely as it is known.
//!
//! `docs/relative.md` tells which phrase gives which geometry and which codes of precision.

mod arc;
mod border;
mod fit;
mod memo;
mod name;
mod part;
mod place;
mod stretch;
mod whole;

pub use arc::{circle, ring, sector};
pub use border::{border_band, corner};
pub use fit::doubts;
pub use part::{Side, part};
pub use place::located;
pub use stretch::stretch;
pub use whole::{reach_m, whole};

pub(super) use fit::fits;
pub(super) use place::place_relatives;

//! The standard scores: what was read, against what people say should have been.
//!
//! [`toponyms()`] and [`incidents()`] are pure: gold reports and the objects of `dalil parse` in, scores out.
//! [`run()`] is the command around them; it is given the function that reads a report.

pub mod arguments;
pub mod calibration;
pub mod clusters;
pub mod counts;
pub mod distances;
pub mod events;
pub mod floors;
pub mod gold;
pub mod incidents;
pub mod matching;
pub mod run;
pub mod scores;
pub mod toponyms;

pub use arguments::Arguments;
pub use clusters::{ClusterScores, clusters};
pub use events::{ClassScores, SceneScores, classes, scenes};
pub use gold::Gold;
pub use incidents::{IncidentScores, incidents};
pub use run::run;
pub use scores::{Scores, print};
pub use toponyms::{ToponymScores, toponyms};

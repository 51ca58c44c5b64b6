//! Taking in: reports are read, published and kept; what people change about places makes the reports that it touches be read again.

mod bulk;
mod change;
mod check;
mod copies;
mod correct;
mod corroborate;
mod effects;
mod files;
mod import;
mod judge;
mod near;
mod place;
mod posted;
mod read;
mod record;
mod report;
mod rule;
mod why;

pub use bulk::{Progress, Sum, Task, Told, take_in_all};
pub use change::{Done, Who, undo};
pub use check::NewPlace;
pub use copies::{Sketched, originals};
pub use correct::{NewCorrection, correct, uncorrect};
pub use corroborate::{corroborate, corroborate_beside};
pub use effects::{Affected, Changed, Moved, Where};
pub use files::{How, Listed, Read, listed, read_file, read_lines, read_source};
pub use import::{FileRow, Imported, import, rows_of};
pub use judge::{NewIncidentCorrection, SeenVersion, correct_incident, uncorrect_incident};
pub use near::NearDuplicate;
pub use place::{PlaceEdit, add_place, edit_place, known_place, merge_places, near_duplicates, retire_place};
pub use posted::{patched, posted_place};
pub use read::{Reader, Taken, overlaid, take_in};
pub use record::{posted_report, report_of};
pub use report::{Entered, Summary, enter_report, remove_report};
pub use rule::{NewRuling, rule, unrule};
pub use why::Question;

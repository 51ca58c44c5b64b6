//! What people have decided about names in reports: a name means this place, or no place at all.
//!
//! A correction comes before any scoring and outlives every reading: it hangs on the name as it is written and on its scope,
//! not on what recognition found.

mod apply;
mod occurrence;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::recognise::Report;
use crate::text::fold::fold_phrase;

pub use apply::{Resolved, resolve_corrected};

/// A person's overruling of how a name is read.
///
/// `{"id":"cor:0123456789ab","name":"تدمر","scope":"source","source":"SANA","place_id":null,"note":"a verb","created":"…","created_by":"page"}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// `cor:` and twelve hex digits.
    pub id: String,
    /// The name as it stands in reports, without prefixes.
    pub name: String,
    /// Where it holds.
    #[serde(flatten)]
    pub scope: Scope,
    /// The place that the name means; `None`: it is no place.
    pub place_id: Option<String>,
    /// Why.
    #[serde(default)]
    pub note: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// By which way it came.
    pub created_by: String,
}

/// Where a correction holds; narrower ones win.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "scope", rename_all = "lowercase")]
pub enum Scope {
    /// One mention: code points of the report's text, end exclusive.
    Mention {
        /// The report.
        report_id: String,
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// Every mention in one report.
    Report {
        /// The report.
        report_id: String,
    },
    /// Every report of a source.
    Source {
        /// The source as reports give it.
        source: String,
    },
    /// Every report in which another name is resolved to a place of the country.
    Country {
        /// ISO 3166-1 alpha-2.
        country: String,
    },
    /// Every report.
    Always,
}

impl Scope {
    /// The published word.
    pub fn label(&self) -> &'static str {
        match self {
            Scope::Mention { .. } => "mention",
            Scope::Report { .. } => "report",
            Scope::Source { .. } => "source",
            Scope::Country { .. } => "country",
            Scope::Always => "always",
        }
    }

    /// The report that it is limited to.
    pub fn report_id(&self) -> Option<&str> {
        match self {
            Scope::Mention { report_id, .. } | Scope::Report { report_id } => Some(report_id),
            _ => None,
        }
    }

    /// True when it may hold in a report, as far as can be told before its names are resolved.
    pub fn may_hold_in(&self, report_id: &str, source: Option<&str>) -> bool {
        match self {
            Scope::Source { source: wanted } => source == Some(wanted.as_str()),
            _ => self.report_id().is_none_or(|id| id == report_id),
        }
    }

    fn words(&self) -> String {
        match self {
            Scope::Mention { .. } => "for this mention".to_owned(),
            Scope::Report { .. } => "for this report".to_owned(),
            Scope::Source { source } => format!("for reports of {source}"),
            Scope::Country { country } => format!("for reports about {country}"),
            Scope::Always => "for all reports".to_owned(),
        }
    }
}

/// A correction made ready: its name folded, its place looked up.
#[derive(Clone, Debug)]
struct Ready {
    correction: Correction,
    words: Vec<String>,
    /// The place of a pin, when the gazetteer has it.
    place: Option<PlaceRef>,
}

impl Ready {
    /// «pinned by page for reports of SANA»
    fn reason(&self) -> String {
        format!("pinned by {} {}", self.correction.created_by, self.correction.scope.words())
    }

    fn may_hold_in(&self, report: &Report) -> bool {
        self.correction.scope.may_hold_in(&report.id, report.source.as_deref())
    }
}

/// All corrections in use, with the gazetteer that their places were looked up in.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// Narrowest scope first, of equal ones the newest.
    all: Vec<Ready>,
    by_first_word: BTreeMap<String, Vec<usize>>,
}

impl Corrections {
    /// Makes corrections ready for reading with a gazetteer.
    pub fn of(mut corrections: Vec<Correction>, gazetteer: &Gazetteer) -> Corrections {
        let breadth = |c: &Correction| match c.scope {
            Scope::Mention { .. } => 0,
            Scope::Report { .. } => 1,
            Scope::Source { .. } => 2,
            Scope::Country { .. } => 3,
            Scope::Always => 4,
        };
        corrections.sort_by(|a, b| (breadth(a), &b.created, &a.id).cmp(&(breadth(b), &a.created, &b.id)));
        let ready = |correction: Correction| {
            let words = fold_phrase(&correction.name).split(' ').map(str::to_owned).collect();
            let place = correction.place_id.as_deref().and_then(|id| gazetteer.by_id(id)).map(crate::gazetteer::Place::reference);
            Ready { correction, words, place }
        };
        let all: Vec<Ready> = corrections.into_iter().map(ready).collect();
        let mut by_first_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, ready) in all.iter().enumerate() {
            by_first_word.entry(ready.words.first().cloned().unwrap_or_default()).or_default().push(number);
        }
        Corrections { all, by_first_word }
    }

    /// True when there is nothing to obey.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

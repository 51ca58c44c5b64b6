//! What people ruled about incidents: these are one, these are not, this event is right.
//!
//! Reading a report again may change the identifiers of its incidents, since these hash the evidence. So a ruling names an incident
//! by identifier, report and the words that prove it; whatever cannot be found again is told, never passed over in silence.

use serde::{Deserialize, Serialize};

use super::telling::Telling;

/// A person's ruling.
///
/// `{"id":"rul:0123456789ab","verdict":"merge","members":[{"id":"inc-0123456789ab","report_id":"r1","start":0,"end":90},…],"others":[],
/// "note":"same convoy","created":"2026-11-22T10:00:00Z","created_by":"page"}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// `rul:` and twelve hex digits.
    pub id: String,
    /// What is ruled.
    pub verdict: Verdict,
    /// Of which incidents.
    pub members: Vec<Reference>,
    /// Of a split: those that none of the members is one with.
    #[serde(default)]
    pub others: Vec<Reference>,
    /// Why.
    #[serde(default)]
    pub note: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// By which way it came.
    pub created_by: String,
}

/// What is ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The members are one event.
    Merge,
    /// None of the members is one event with any of the others.
    Split,
    /// The members are one event, and nothing else joins it but by hand.
    Pin,
}

impl Verdict {
    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Merge => "merge",
            Verdict::Split => "split",
            Verdict::Pin => "pin",
        }
    }
}

/// An incident, named so that it is found again when its report was read anew.
///
/// `{"id":"inc-0123456789ab","report_id":"r1","start":0,"end":90}`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reference {
    /// Identifier.
    pub id: String,
    /// Of the report.
    pub report_id: String,
    /// First code point of the evidence,
    pub start: u32,
    /// and one past the last.
    pub end: u32,
}

impl Reference {
    /// To a telling.
    pub fn to(telling: &Telling) -> Reference {
        let (start, end) = telling.evidence.unwrap_or_default();
        Reference { id: telling.id.clone(), report_id: telling.report_id.clone(), start, end }
    }

    /// How many code points of evidence it shares with a telling of the same report.
    fn shared(&self, telling: &Telling) -> u32 {
        let (start, end) = telling.evidence.unwrap_or_default();
        if telling.report_id == self.report_id { end.min(self.end).saturating_sub(start.max(self.start)) } else { 0 }
    }
}

/// A ruling, or a part of one, that could not be obeyed.
///
/// `{"ruling":"rul:0123456789ab","why":"incident inc-0123456789ab of report r1 is not read any more"}`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unheeded {
    /// Identifier of the ruling.
    pub ruling: String,
    /// What is in the way.
    pub why: String,
}

/// Where to find the tellings that references name: `tellings` are sorted by identifier.
pub(super) fn found(tellings: &[&Telling], ruling: &Ruling, references: &[Reference], lost: &mut Vec<Unheeded>) -> Vec<u32> {
    let mut out = Vec::new();
    for reference in references {
        let exact = tellings.binary_search_by(|t| t.id.as_str().cmp(&reference.id)).ok();
        // The same words may be another incident now: the most shared, then the first.
        let near = || {
            let shared = tellings.iter().enumerate().map(|(at, t)| (reference.shared(t), std::cmp::Reverse(at)));
            shared.filter(|(count, _)| *count > 0).max().map(|(_, std::cmp::Reverse(at))| at)
        };
        match exact.or_else(near) {
            Some(at) => out.push(at as u32),
            None => lost.push(Unheeded {
                ruling: ruling.id.clone(),
                why: format!("incident {} of report {} is not read any more", reference.id, reference.report_id),
            }),
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

//! What people say of an incident beside what the machine read: other values of its fields, and whether it is true at all.
//!
//! A correction is kept apart from the reading and laid over it each time. Reading a report again may give its incidents other
//! identifiers, so a correction also keeps the words and the sentence that it was made for.

mod agree;
mod fields;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::text::fold::fold_phrase;

use super::corroborate::Reference;

pub use agree::{agree, is_drawn};
pub use fields::{TOLLS, checked, names};

/// A person's correction of an incident.
///
/// `{"id":"fix:0123456789ab","incident":{"id":"inc-0123456789ab","report_id":"r1","start":3,"end":9},"text":"0123456789ab","words":"killed",
/// "sentence":"Gunmen killed nine.","fields":{"killed_best":9},"verdict":"confirmed","note":"","created":"2026-11-22T10:00:00Z",
/// "created_by":"page","modified":"","modified_by":""}`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentCorrection {
    /// `fix:` and twelve hex digits.
    pub id: String,
    /// Of which incident, with the first words that tell of the event.
    pub incident: Reference,
    /// Hash of the report's text as it was.
    pub text: String,
    /// The first words that tell of the event.
    pub words: String,
    /// The sentence in which the incident is told.
    pub sentence: String,
    /// The fields that the person set, with their values.
    pub fields: Map<String, Value>,
    /// Whether it is true.
    pub verdict: Option<Verdict>,
    /// Why.
    pub note: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// By whom.
    pub created_by: String,
    /// When it was changed last; empty when never.
    pub modified: String,
    /// By whom.
    pub modified_by: String,
}

/// Whether an incident is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is as it is published.
    Confirmed,
    /// It is no incident: kept, never drawn, in no event.
    Rejected,
}

impl Verdict {
    /// Both, by their words.
    pub const ALL: [Verdict; 2] = [Verdict::Confirmed, Verdict::Rejected];

    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Rejected => "rejected",
        }
    }
}

/// An incident of a report as corrections find it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Identifier.
    pub id: String,
    /// First words that tell of the event, code points of the report.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// These words.
    pub words: String,
    /// The sentence in which it is told.
    pub sentence: String,
}

/// The correction of each incident of a report; `text` is the hash of its text.
///
/// While the text is the same the identifier decides, then the words that both share. In another text an offset proves nothing: there it has to be
/// the same sentence, as far as half of its words, with the event told by the same words or at the same place. No correction is laid twice.
pub fn found<'c>(corrections: &'c [IncidentCorrection], incidents: &[Seen], text: &str) -> Vec<Option<&'c IncidentCorrection>> {
    let mut pairs = Vec::new();
    for (number, correction) in corrections.iter().enumerate() {
        for (at, seen) in incidents.iter().enumerate() {
            pairs.extend(likeness(correction, seen, text).map(|likeness| (likeness, Reverse(number), Reverse(at))));
        }
    }
    pairs.sort_unstable();
    let mut out = vec![None; incidents.len()];
    let mut used = BTreeSet::new();
    for (_, Reverse(number), Reverse(at)) in pairs.into_iter().rev() {
        if let (Some(free @ None), Some(correction)) = (out.get_mut(at), corrections.get(number))
            && used.insert(number)
        {
            *free = Some(correction);
        }
    }
    out
}

/// How surely a correction was made for an incident, the surest greatest: the identifier, the words, how many they share, how near.
type Likeness = (bool, bool, u32, Reverse<u32>);

fn likeness(correction: &IncidentCorrection, seen: &Seen, text: &str) -> Option<Likeness> {
    let made = &correction.incident;
    let (is_same_text, has_same_words) = (correction.text == text, correction.words == seen.words);
    let shared = made.end.min(seen.end).saturating_sub(made.start.max(seen.start));
    let is_same = is_same_text && made.id == seen.id;
    let is_like = if is_same_text {
        is_same || shared > 0
    } else {
        (has_same_words || shared > 0) && are_alike(&correction.sentence, &seen.sentence)
    };
    is_like.then_some((is_same, has_same_words, shared, Reverse(made.start.abs_diff(seen.start))))
}

/// True when half of all words of two sentences stand in both.
fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (fold_phrase(one), fold_phrase(other));
    let (one, other): (BTreeSet<&str>, BTreeSet<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    one.intersection(&other).count() * 2 >= one.union(&other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(id: &str, start: u32) -> IncidentCorrection {
        let incident = Reference { id: format!("inc-{start}"), report_id: "r".to_owned(), start, end: start + 6 };
        let said = String::new;
        IncidentCorrection {
            id: id.to_owned(),
            incident,
            text: "old".to_owned(),
            words: "killed".to_owned(),
            sentence: "Gunmen killed nine villagers near Gao.".to_owned(),
            fields: Map::new(),
            verdict: None,
            note: said(),
            created: said(),
            created_by: said(),
            modified: said(),
            modified_by: said(),
        }
    }

    fn seen(start: u32, words: &str, sentence: &str) -> Seen {
        Seen { id: format!("inc-{start}"), start, end: start + 6, words: words.to_owned(), sentence: sentence.to_owned() }
    }

    fn ids(corrections: &[IncidentCorrection], incidents: &[Seen], text: &str) -> Vec<Option<String>> {
        found(corrections, incidents, text).into_iter().map(|c| c.map(|c| c.id.clone())).collect()
    }

    #[test]
    fn in_the_same_text_the_identifier_decides_and_then_the_words_shared() {
        let sentence = "Gunmen killed nine villagers near Gao.";
        let incidents = [seen(7, "killed", sentence), seen(9, "lled n", sentence)];
        let both = [correction("a", 7), correction("b", 9)];
        assert_eq!(ids(&both, &incidents, "old"), [Some("a".to_owned()), Some("b".to_owned())]);
        assert_eq!(ids(&[correction("a", 5)], &incidents, "old"), [Some("a".to_owned()), None]);
        assert_eq!(ids(&[correction("a", 90)], &incidents, "old"), [None, None]);
    }

    #[test]
    fn in_another_text_only_the_same_sentence_is_found_again_and_never_twice() {
        let moved = seen(120, "killed", "On Monday gunmen killed nine villagers near Gao.");
        let foreign = seen(7, "killed", "Soldiers killed two smugglers in the town of Kidal.");
        let fixes = [correction("a", 7)];
        assert_eq!(ids(&fixes, &[foreign.clone(), moved.clone()], "new"), [None, Some("a".to_owned())]);
        assert_eq!(ids(&fixes, &[foreign], "new"), [None]);
        assert_eq!(ids(&fixes, &[moved.clone(), moved], "new").iter().flatten().count(), 1);
    }
}

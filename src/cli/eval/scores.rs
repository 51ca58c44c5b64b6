//! The scores of one set in one language, as a table and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::clusters::ClusterScores;
use super::counts::Counts;
use super::distances::Distances;
use super::events::{ClassScores, SceneScores};
use super::incidents::{FIELDS, IncidentScores};
use super::matching::Chars;
use super::toponyms::ToponymScores;

/// Code points shown on either side of a missed name.
const CONTEXT: usize = 40;

/// What was missed or claimed wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The report's id.
    pub report: String,
    /// What is wrong.
    pub what: String,
    /// The words of the report.
    pub words: String,
}

/// The scores of a set; what the set does not annotate has none.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Name of the gold file, without folder and ending.
    pub set: String,
    /// Language, or `all`.
    pub lang: String,
    /// Place names.
    pub toponyms: Option<ToponymScores>,
    /// Incidents.
    pub incidents: Option<IncidentScores>,
    /// Classes of sentences.
    pub classes: Option<ClassScores>,
    /// Places of verbs.
    pub scenes: Option<SceneScores>,
    /// Which incidents are one event, where the gold names events.
    pub clusters: Option<ClusterScores>,
}

impl Scores {
    /// `{"set":"reports","lang":"ar","toponyms":{…},"incidents":{…},"clusters":{…}}`
    pub fn to_json(&self) -> Value {
        let toponyms = self.toponyms.as_ref().map(ToponymScores::to_json);
        let incidents = self.incidents.as_ref().map(IncidentScores::to_json);
        let clusters = self.clusters.as_ref().map(ClusterScores::to_json);
        let mut all = json!({"set": self.set, "lang": self.lang, "toponyms": toponyms, "incidents": incidents, "clusters": clusters});
        if let Some(classes) = &self.classes {
            all["classes"] = classes.to_json();
        }
        if let Some(scenes) = &self.scenes {
            all["scenes"] = scenes.to_json();
        }
        all
    }

    /// A measure by its path in the JSON, «toponyms.e2e@161.F»; nothing if there is no such number.
    pub fn measure(&self, path: &str) -> Option<f64> {
        let scores = self.to_json();
        path.split('.').try_fold(&scores, |value, key| value.get(key)).and_then(Value::as_f64)
    }
}

/// Writes the table of a set.
///
/// # Errors
/// Those of `out`.
pub fn print(out: &mut impl Write, scores: &Scores) -> io::Result<()> {
    writeln!(out, "== {} {}", scores.set, scores.lang)?;
    if let Some(toponyms) = &scores.toponyms {
        let ToponymScores { reports, unread, gold, gold_located, unlocated, .. } = toponyms;
        writeln!(out, "{reports} reports ({unread} unread), {gold} place names, {gold_located} with coordinates")?;
        print_counts(out, "names, identical spans", toponyms.strict)?;
        print_counts(out, "names, overlap", toponyms.overlap)?;
        print_counts(out, "end to end, 20 km", toponyms.near)?;
        print_counts(out, "end to end, 161 km", toponyms.far)?;
        print_distances(out, "located names", toponyms.located())?;
        print_distances(out, "with the unlocated", toponyms.all_answers())?;
        writeln!(out, "{:24} {unlocated}", "unlocated")?;
        if let (Some(brier), Some(error)) = (toponyms.calibration.brier(), toponyms.calibration.error()) {
            writeln!(out, "{:24} Brier {brier:.4} off the diagonal {error:.4}  ({})", "confidence", toponyms.calibration.claims.len())?;
        }
    }
    if let Some(incidents) = &scores.incidents {
        let IncidentScores { gold_main, claims, spurious, .. } = incidents;
        writeln!(out, "{gold_main} main incidents, {claims} claims, {spurious} of them spurious")?;
        print_counts(out, "detection", incidents.detection())?;
        print_counts(out, "incident", incidents.incident())?;
        for (name, share) in FIELDS.iter().zip(incidents.shares) {
            let value = share.value().map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
            writeln!(out, "{name:24} {value}  ({}/{})", share.right, share.of)?;
        }
    }
    if let Some(classes) = &scores.classes {
        for (name, share) in [("sentences with an event", classes.found), ("class of those", classes.class)] {
            writeln!(out, "{name:24} {:.3}  ({}/{})", share.value().unwrap_or_default(), share.right, share.of)?;
        }
    }
    if let Some(scenes) = &scores.scenes {
        print_counts(out, "words, all verbs", scenes.all)?;
        print_counts(out, "words, verbs with place", scenes.placed)?;
    }
    if let Some(clusters) = &scores.clusters {
        writeln!(
            out,
            "{} pairs of incidents are one event, {} of them were read",
            clusters.gold_pairs,
            clusters.read.right + clusters.read.missed
        )?;
        print_counts(out, "events, of those read", clusters.read)?;
        print_counts(out, "events, of all", clusters.all())?;
        print_counts(out, "events, of gold fields", clusters.of_gold)?;
    }
    Ok(())
}

/// Writes the first misses of place names and of incidents, at most `limit` of each.
///
/// # Errors
/// Those of `out`.
pub fn print_misses(out: &mut impl Write, scores: &Scores, limit: usize) -> io::Result<()> {
    let names = scores.toponyms.iter().flat_map(|toponyms| toponyms.misses.iter().take(limit));
    let incidents = scores.incidents.iter().flat_map(|incidents| incidents.misses.iter().take(limit));
    let classes = scores.classes.iter().flat_map(|classes| classes.misses.iter().take(limit));
    let scenes = scores.scenes.iter().flat_map(|scenes| scenes.misses.iter().take(limit));
    for Miss { report, what, words } in names.chain(incidents).chain(classes).chain(scenes) {
        writeln!(out, "{report}\t{what}\t{words}")?;
    }
    Ok(())
}

/// Writes the first pairs of incidents that were wrongly joined or parted.
///
/// # Errors
/// Those of `out`.
pub fn print_events(out: &mut impl Write, clusters: &ClusterScores, limit: usize) -> io::Result<()> {
    clusters.misses.iter().take(limit).try_for_each(|miss| writeln!(out, "{}\t{}\t{}", miss.report, miss.what, miss.words))
}

fn print_counts(out: &mut impl Write, name: &str, counts: Counts) -> io::Result<()> {
    let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
    let Counts { right, wrong, missed } = counts;
    writeln!(out, "{name:24} P {precision:.4} R {recall:.4} F1 {f1:.4}  (right {right} wrong {wrong} missed {missed})")
}

fn print_distances(out: &mut impl Write, name: &str, distances: Option<Distances>) -> io::Result<()> {
    let Some(Distances { count, within_20, within_161, mean_km, median_km, area }) = distances else { return Ok(()) };
    writeln!(
        out,
        "{name:24} Acc@20 {within_20:.4} Acc@161 {within_161:.4} median {median_km:.2} km mean {mean_km:.1} km AUC {area:.4}  ({count})"
    )
}

/// The words of a span in brackets, with what stands around them, on one line.
pub(super) fn excerpt(text: &str, span: Chars) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = start.saturating_sub(CONTEXT);
    let mut words = String::new();
    for (index, letter) in text.chars().enumerate().skip(first).take(end + CONTEXT - first) {
        if index == start {
            words.push('[');
        }
        if index == end {
            words.push(']');
        }
        words.push(if letter.is_control() { ' ' } else { letter });
    }
    if text.chars().count() == end {
        words.push(']');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_is_shown_in_its_context_on_one_line() {
        assert_eq!(excerpt("قرب\nغاو أمس", Chars { start: 4, end: 7 }), "قرب [غاو] أمس");
        assert_eq!(excerpt("at Gao", Chars { start: 3, end: 6 }), "at [Gao]");
        assert_eq!(excerpt("short", Chars { start: 90, end: 95 }), "");
    }

    #[test]
    fn a_measure_is_found_by_its_published_path() {
        let incidents = Some(IncidentScores { gold_main: 2, claims: 1, found: 1, ..IncidentScores::default() });
        let scores = Scores { set: "s".into(), lang: "all".into(), toponyms: None, incidents, ..Scores::default() };
        assert_eq!(scores.measure("incidents.detection.R"), Some(0.5));
        assert_eq!(scores.measure("toponyms.e2e@161.F").or(scores.measure("incidents.place.share")), None);
    }

    #[test]
    fn the_table_leaves_out_what_was_not_annotated() {
        let toponyms = Some(ToponymScores { strict: Counts { right: 1, wrong: 1, missed: 0 }, ..ToponymScores::default() });
        let mut out = Vec::new();
        print(&mut out, &Scores { set: "s".into(), lang: "ar".into(), toponyms, ..Scores::default() }).unwrap();
        let table = String::from_utf8(out).unwrap();
        assert!(table.starts_with("== s ar\n") && table.contains("P 0.5000 R 1.0000 F1 0.6667  (right 1 wrong 1 missed 0)"), "{table}");
        assert!(!table.contains("detection") && !table.contains("Acc@20"), "{table}");
    }
}

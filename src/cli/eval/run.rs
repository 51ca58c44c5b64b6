//! `dalil eval`: reads gold reports, scores what was read, holds the floors.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::floors;
use super::gold::{self, Gold};
use super::scores::{Scores, print, print_events, print_misses};
use super::toponyms::Options;
use super::{Arguments, classes, clusters, incidents, scenes, toponyms};
use crate::error::{Error, Result};
use crate::recognise::Manner;
use crate::recognise::model::Models;

/// Name of the scores over all languages of a set.
const ALL: &str = "all";

/// Scores each gold file with `read`, which gives the object of `dalil parse` for a report, read in the manner asked for, and
/// under `scenes` the places of the verbs that the gold asks about.
///
/// Results go to `out`, broken gold lines and scores below their floor to `log`. True if there was neither.
///
/// # Errors
/// A file that cannot be read, or a table of floors that says something else than its format.
pub fn run(arguments: &Arguments, read: impl Fn(&Gold, &Manner) -> Value, out: &mut impl Write, log: &mut impl Write) -> Result<bool> {
    let floors = arguments.floors.as_deref().map(floors::read).transpose()?.unwrap_or_default();
    let models = arguments.models.as_deref().map(models).transpose()?;
    let mut is_good = true;
    let mut scores = Vec::new();
    for path in &arguments.gold {
        let mut gold = Vec::new();
        for line in gold::read(path)? {
            match line {
                Ok(report) if arguments.lang.as_ref().is_none_or(|lang| *lang == report.lang) => gold.push(report),
                Ok(_) => {}
                Err(broken @ Error::Line { .. }) => {
                    is_good = false;
                    writeln!(log, "{broken}").map_err(unwritable)?;
                }
                Err(error) => return Err(error),
            }
        }
        let predictions = gold.iter().map(|gold| (gold.report.id.clone(), read(gold, &manner(gold, arguments, models.as_ref())))).collect();
        scores.extend(score(&set_name(path), &gold, &predictions, arguments));
    }
    write_scores(&scores, arguments, out).map_err(unwritable)?;
    let below = floors::below(&floors, &scores);
    for sentence in &below {
        writeln!(log, "below the floor: {sentence}").map_err(unwritable)?;
    }
    let unchecked = floors::unchecked(&floors, &scores);
    if unchecked > 0 {
        writeln!(log, "{unchecked} floors were not checked: their set or language was not scored").map_err(unwritable)?;
    }
    Ok(is_good && below.is_empty())
}

/// The scores of a set: one for each language, and one for all of them if there are several.
pub fn score(set: &str, gold: &[Gold], predictions: &BTreeMap<String, Value>, arguments: &Arguments) -> Vec<Scores> {
    let langs: BTreeSet<&str> = gold.iter().map(|report| report.lang.as_str()).collect();
    let all = (langs.len() > 1).then_some(None);
    let of = |lang: Option<&str>| {
        let options = Options {
            lang: lang.map(str::to_owned),
            // Of a span that is given, the kind is given too.
            kinds: if arguments.gold_spans { Vec::new() } else { arguments.kinds.clone() },
            gold_kind: arguments.gold_kind.clone(),
            coords_only: arguments.coords_only,
            gold_spans: arguments.gold_spans,
        };
        Scores {
            set: set.to_owned(),
            lang: lang.unwrap_or(ALL).to_owned(),
            toponyms: gold.iter().any(|report| report.toponyms.is_some()).then(|| toponyms(gold, predictions, &options)),
            incidents: gold.iter().any(|report| report.incidents.is_some()).then(|| incidents(gold, predictions, lang)),
            classes: gold.iter().any(|report| report.class.is_some()).then(|| classes(gold, predictions, lang)),
            scenes: gold.iter().any(|report| report.asked.is_some()).then(|| scenes(gold, predictions, lang)),
            clusters: has_events(gold).then(|| clusters(gold, predictions, lang)),
        }
    };
    langs.iter().copied().map(Some).chain(all).map(of).collect()
}

/// True when the gold names events that several reports tell.
fn has_events(gold: &[Gold]) -> bool {
    gold.iter().flat_map(|report| report.incidents.iter().flatten()).any(|incident| incident.cluster.is_some())
}

/// The sequence models of a folder.
fn models(folder: &Path) -> Result<Arc<Models>> {
    let read = |name: &str| fs::read(folder.join(name)).map_err(|e| format!("{}: {e}", folder.join(name).display()));
    let broken = |found| Error::Model { folder: folder.to_owned(), found };
    Models::read(read).map(Arc::new).map_err(broken)
}

/// How the reports of a set are to be read.
fn manner(gold: &Gold, arguments: &Arguments, models: Option<&Arc<Models>>) -> Manner {
    let given = arguments.gold_spans.then(|| gold.toponyms.iter().flatten().map(|name| name.chars.span_in(&gold.report.text)).collect());
    Manner { without: arguments.without(), given, models: models.cloned() }
}

fn write_scores(scores: &[Scores], arguments: &Arguments, out: &mut impl Write) -> io::Result<()> {
    if arguments.json {
        let all: Value = scores.iter().map(Scores::to_json).collect();
        return writeln!(out, "{all}");
    }
    for scores in scores {
        print(out, scores)?;
        if let Some(toponyms) = scores.toponyms.as_ref().filter(|_| arguments.reliability) {
            toponyms.calibration.print(out)?;
        }
        if let Some(incidents) = scores.incidents.as_ref().filter(|_| arguments.confusion) {
            incidents.print_confusion(out)?;
        }
        if scores.lang != ALL {
            print_misses(out, scores, arguments.misses)?;
        } else if let Some(events) = &scores.clusters {
            // Only here are pairs of two languages seen.
            print_events(out, events, arguments.misses)?;
        }
    }
    Ok(())
}

fn set_name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unwritable(source: io::Error) -> Error {
    Error::File { path: "standard output".into(), source }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GOLD: &str = r#"{"id":"1","lang":"en","text":"in Gao","toponyms":[{"start":3,"end":6,"lon":0.0,"lat":0.0}]}
not json
{"id":"2","lang":"ar","text":"في غاو","toponyms":[{"start":3,"end":6,"lon":0.0,"lat":0.0}]}
"#;

    /// Runs over [`GOLD`] with a reader that finds the English name alone; gives verdict, output and log.
    fn evaluate(gold: &str, floor: &str, change: impl Fn(&mut Arguments)) -> (bool, String, String) {
        let folder = tempfile::tempdir().unwrap();
        let (set, floors) = (folder.path().join("set.jsonl"), folder.path().join("floors.tsv"));
        std::fs::write(&set, gold).unwrap();
        std::fs::write(&floors, floor).unwrap();
        let mut arguments = Arguments { gold: vec![set], floors: Some(floors), ..Arguments::default() };
        change(&mut arguments);
        let read = |gold: &Gold, _: &Manner| match gold.report.id.as_str() {
            "1" => json!({"toponyms": [{"start": 3, "end": 6, "kind": "literal", "place": {"lon": 0.1, "lat": 0.0}}]}),
            _ => json!({"toponyms": []}),
        };
        let (mut out, mut log) = (Vec::new(), Vec::new());
        let verdict = run(&arguments, read, &mut out, &mut log).unwrap();
        (verdict, String::from_utf8(out).unwrap(), String::from_utf8(log).unwrap())
    }

    #[test]
    fn each_language_and_all_are_scored_and_a_broken_line_spoils_the_verdict() {
        let (verdict, out, log) = evaluate(GOLD, "", |arguments| arguments.json = true);
        let scores: Value = serde_json::from_str(&out).unwrap();
        let f1 = |index: usize| scores[index]["toponyms"]["e2e@20"]["F"].as_f64().unwrap();
        assert_eq!(
            [scores[0]["lang"].as_str(), scores[1]["lang"].as_str(), scores[2]["lang"].as_str()],
            [Some("ar"), Some("en"), Some("all")]
        );
        assert!((f1(0), f1(1)) == (0.0, 1.0) && (f1(2) - 2.0 / 3.0).abs() < 1e-12, "{out}");
        assert!(!verdict && log.contains("set.jsonl:2: "), "{log}");
        assert!(scores[0]["incidents"].is_null());
    }

    #[test]
    fn a_score_below_its_floor_spoils_the_verdict_and_is_named() {
        let gold = GOLD.replace("not json\n", "");
        let floors = "set\tar\ttoponyms.e2e@161.F\t0.5\nset\ten\ttoponyms.e2e@161.F\t1\n";
        let (verdict, _, log) = evaluate(&gold, floors, |_| {});
        assert_eq!((verdict, log.as_str()), (false, "below the floor: set ar toponyms.e2e@161.F: 0.0000, floor 0.5\n"));
        let (verdict, out, log) = evaluate(&gold, floors, |arguments| arguments.lang = Some("en".into()));
        assert_eq!((verdict, log.as_str()), (true, "1 floors were not checked: their set or language was not scored\n"));
        assert!(out.starts_with("== set en\n") && !out.contains("== set ar"), "{out}");
    }

    #[test]
    fn misses_are_printed_with_their_context_when_asked_for() {
        let (_, out, _) = evaluate(GOLD, "", |arguments| arguments.misses = 5);
        assert!(out.contains("2\tmissed\tفي [غاو]\n"), "{out}");
    }
}

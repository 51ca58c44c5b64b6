//! `dalil eval` gives the numbers of the referees, on gold that was spoilt in every way that a reader can be wrong.

mod spoil;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use dalil::cli::eval::gold::{self, Gold};
use dalil::cli::eval::{Arguments, run};
use serde_json::Value;

use spoil::Spoiler;

/// Relative difference below which two numbers are one: the referees add up in another order.
const TOLERANCE: f64 = 1e-9;
/// Set, kind of gold names, coordinates only, incidents too, seeds.
const SETS: [(&str, Option<&str>, bool, bool, u64); 7] = [
    ("reports_dev", None, false, true, 5),
    ("en_geowebnews_dev", Some("literal"), false, false, 2),
    ("en_geowebnews_dev", None, false, false, 1),
    ("en_geovirus", None, true, false, 1),
    ("en_tr_news_dev", None, true, false, 1),
    ("fr_newseye_dev", None, false, false, 2),
    ("ar_wojood_sample_train", None, false, false, 1),
];

#[test]
fn scores_are_those_of_the_referees() {
    let Some(shared) = referees() else { return };
    let folder = tempfile::tempdir().unwrap();
    let predictions_file = folder.path().join("predictions.jsonl");
    let (mut compared, mut differences) = (0, Vec::new());
    for (set, gold_kind, coords_only, has_incidents, seeds) in SETS {
        let path = shared.join("gold").join(format!("{set}.jsonl"));
        let raw = std::fs::read_to_string(&path).unwrap();
        for seed in 0..seeds {
            let mut spoiler = Spoiler::seeded(seed);
            let predictions: BTreeMap<String, Value> =
                raw.lines().map(|line| spoiler.prediction(&serde_json::from_str(line).unwrap())).collect();
            write_lines(&predictions_file, predictions.values());
            let mut arguments = Arguments { gold: vec![path.clone()], json: true, coords_only, ..Arguments::default() };
            arguments.gold_kind = gold_kind.map(str::to_owned);
            arguments.kinds = vec!["literal".to_owned(), "relative".to_owned()];
            for scores in scores(&arguments, &predictions) {
                let lang = scores["lang"].as_str().filter(|lang| *lang != "all");
                let label = format!("{set} {} seed {seed}", lang.unwrap_or("all"));
                let mut options: Vec<&str> = lang.iter().flat_map(|lang| ["--lang", lang]).collect();
                let mut compare = |part: &str, script: &str, options: &[&str]| {
                    let theirs = referee(&shared.join(script), &[&path, &predictions_file], options);
                    compared += differ(&format!("{label} {part}"), &scores[part], &theirs, &mut differences);
                };
                if has_incidents {
                    compare("incidents", "score_incidents.py", &options);
                }
                options.extend(["--pred-kinds", "literal,relative"]);
                options.extend(gold_kind.iter().flat_map(|kind| ["--kind", kind]));
                options.extend(coords_only.then_some("--coords-only"));
                compare("toponyms", "score_toponyms.py", &options);
            }
        }
    }
    assert!(differences.is_empty(), "{} of {compared} numbers differ:\n{}", differences.len(), differences.join("\n"));
    assert!(compared > 1500, "only {compared} numbers were compared");
}

#[test]
fn the_corpus_can_be_read_and_is_complete() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/reports.jsonl");
    let gold: Vec<Gold> = gold::read(&path).unwrap().map(Result::unwrap).collect();
    let names = gold.iter().flat_map(|report| report.toponyms.iter().flatten());
    let incidents: Vec<_> = gold.iter().flat_map(|report| report.incidents.iter().flatten()).collect();
    assert_eq!((gold.len(), names.count(), incidents.len()), (96, 561, 154));
    let without_evidence = incidents.iter().filter(|incident| incident.evidence_chars.is_empty()).count();
    assert_eq!(without_evidence, 0, "evidence is an exact substring of its report");
}

/// The folder with the referees and their gold, if this machine has it, and Python.
fn referees() -> Option<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("DALIL_SHARED").map_or_else(|| manifest.join("../shared"), PathBuf::from).join("eval");
    let has_python = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    let missing = match (shared.join("score_toponyms.py").exists(), has_python) {
        (true, true) => return Some(shared),
        (false, _) => "../shared/eval",
        (true, false) => "python3",
    };
    // Written past the test harness, which keeps what a passing test prints to itself.
    let _ = writeln!(std::io::stderr(), "skipped: {missing} is not here (scores_are_those_of_the_referees)");
    None
}

fn scores(arguments: &Arguments, predictions: &BTreeMap<String, Value>) -> Vec<Value> {
    let read = |gold: &dalil::cli::eval::Gold, _: &dalil::recognise::Manner| predictions[&gold.report.id].clone();
    let (mut out, mut log) = (Vec::new(), Vec::new());
    assert!(run(arguments, read, &mut out, &mut log).unwrap(), "{}", String::from_utf8_lossy(&log));
    serde_json::from_slice(&out).unwrap()
}

fn referee(script: &Path, files: &[&Path], options: &[&str]) -> Value {
    let output = Command::new("python3").arg(script).args(files).args(options).arg("--json").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Notes each number of theirs that is another in ours, and each key that only one has; gives how many numbers were compared.
fn differ(path: &str, ours: &Value, theirs: &Value, differences: &mut Vec<String>) -> usize {
    if let (Value::Object(our_fields), Value::Object(their_fields)) = (ours, theirs) {
        // The referees do not look at confidence.
        let extra = our_fields.keys().filter(|key| !their_fields.contains_key(*key) && *key != "calibration");
        differences.extend(extra.map(|key| format!("{path}.{key}: only ours")));
        return their_fields.iter().map(|(key, theirs)| differ(&format!("{path}.{key}"), &ours[key], theirs, differences)).sum();
    }
    let is_same = match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= TOLERANCE * theirs.abs().max(1.0),
        _ => ours == theirs,
    };
    if !is_same {
        differences.push(format!("{path}: {ours}, referee {theirs}"));
    }
    1
}

fn write_lines<'a>(path: &Path, values: impl Iterator<Item = &'a Value>) {
    let lines: Vec<String> = values.map(Value::to_string).collect();
    std::fs::write(path, lines.join("\n")).unwrap();
}

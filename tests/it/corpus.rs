//! Reports with answers written by hand: `tests/corpus/<language>/*.md`, one file a report; and `reports.jsonl`, whose
//! scores `dalil eval` counts.

mod case;
mod check;

use std::fs;
use std::path::{Path, PathBuf};

use dalil::gazetteer::Gazetteer;
use serde_json::Value;

use case::Case;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The folders, each with the fewest reports that it may have.
const FOLDERS: [(&str, usize); 5] = [("ar", 8), ("fr", 8), ("en", 8), ("mixed", 4), ("none", 6)];

fn cases(folder: &str) -> Vec<Case> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md"));
    paths.sort();
    let read = |path: &PathBuf| {
        let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
        Case::parse(&name, &fs::read_to_string(path).unwrap()).unwrap_or_else(|fault| panic!("tests/corpus/{name}: {fault}"))
    };
    paths.iter().map(read).collect()
}

#[test]
fn every_answer_is_right_or_known_to_be_wrong() {
    let gazetteer = Gazetteer::embedded();
    let (mut misses, mut right, mut wrong) = (Vec::new(), 0, 0);
    for (folder, least) in FOLDERS {
        let cases = cases(folder);
        assert!(cases.len() >= least, "{} reports in tests/corpus/{folder}, expected {least}", cases.len());
        for case in &cases {
            let reading = check::Reading::of(case, &gazetteer);
            for row in &case.rows {
                let known = case.known_wrong.iter().find(|k| k.label == row.label());
                match (reading.check(row, &gazetteer), known) {
                    (Ok(()), None) => right += 1,
                    (Err(_), Some(_)) => wrong += 1,
                    (Err(miss), None) => misses.push(format!("{}: {}: {miss}", case.name, row.label())),
                    (Ok(()), Some(_)) => misses.push(format!("{}: {}: right now, take it off known_wrong", case.name, row.label())),
                }
            }
        }
    }
    println!("corpus: {right} answers right, {wrong} known to be wrong, {} missed", misses.len());
    assert!(misses.is_empty(), "{} answers of {}:\n{}", misses.len(), right + wrong + misses.len(), misses.join("\n"));
    assert!(right + wrong >= 150, "only {} answers", right + wrong);
}

/// In these reports nothing happened, whatever words of war they use.
#[test]
fn reports_of_nothing_expect_no_incident() {
    for case in cases("none") {
        let says_so = case.rows.iter().any(|r| r.at == "incidents" && r.means == "none");
        assert!(says_so, "{}: a row `| incidents | | none |` is missing", case.name);
    }
}

#[test]
fn every_known_wrong_names_a_row_and_a_reason() {
    for case in FOLDERS.iter().flat_map(|(folder, _)| cases(folder)) {
        for known in &case.known_wrong {
            assert!(case.rows.iter().any(|r| r.label() == known.label), "{}: no row «{}»", case.name, known.label);
            assert!(known.reason.chars().count() >= 20, "{}: «{}» tells no reason", case.name, known.reason);
        }
    }
}

#[test]
fn surfaces_of_the_scored_reports_are_what_stands_at_their_offsets() {
    let content = fs::read_to_string(root().join("reports.jsonl")).unwrap();
    let mut faults = Vec::new();
    let mut surfaces = 0;
    for line in content.lines() {
        let report: Value = serde_json::from_str(line).unwrap();
        let letters: Vec<char> = report["text"].as_str().unwrap().chars().collect();
        for toponym in report["toponyms"].as_array().unwrap() {
            surfaces += 1;
            let (start, end) = (toponym["start"].as_u64().unwrap() as usize, toponym["end"].as_u64().unwrap() as usize);
            let stands = letters.get(start..end).map(|l| l.iter().collect::<String>());
            if stands.as_deref() != toponym["surface"].as_str() {
                faults.push(format!("{}: {stands:?} is not {}", report["id"], toponym["surface"]));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(content.lines().count() >= 90 && surfaces >= 500, "{} reports, {surfaces} surfaces", content.lines().count());
}

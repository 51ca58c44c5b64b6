//! The papers tell of files that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dalil::layer;

use crate::sample::{findings, report};

/// Words in backticks that look like a path of the repository.
fn paths(paper: &str) -> Vec<&str> {
    let is_path =
        |word: &&str| word.contains('/') && !word.contains(['*', '<', '{', ' ', '…', ':']) && !word.starts_with(['/', '-', '.', '~', '$']);
    paper.split('`').skip(1).step_by(2).filter(is_path).collect()
}

#[test]
fn paths_named_in_the_architecture_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Not written yet is no lie.
    let Ok(paper) = fs::read_to_string(root.join("ARCHITECTURE.md")) else { return };
    let made = ["web/dist", "target"];
    let missing: Vec<&str> = paths(&paper)
        .into_iter()
        .filter(|p| !made.iter().any(|m| p.starts_with(m)))
        .filter(|p| !root.join(p).exists() && !root.join("src").join(p).exists())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn only_paths_count() {
    assert_eq!(paths("see `src/text.rs`, `cargo test`, `GET /api`, `geodata/lexicon/<lang>/`, `a/b`"), ["src/text.rs", "a/b"]);
}

/// The fields in the first column of a paper's table of fields.
fn fields_told(paper: &str) -> BTreeSet<String> {
    let rows = paper.lines().filter(|l| l.starts_with("| `"));
    let first = rows.filter_map(|l| l.split('|').nth(1));
    first.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn the_paper_of_incidents_tells_of_every_field_and_of_no_other() {
    let paper = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/incidents.md")).unwrap();
    let report = report("r1");
    let parsed = serde_json::to_value(layer::parsed(&report, &findings(&report))).unwrap();
    let fields: BTreeSet<String> = parsed["incidents"][0].as_object().unwrap().keys().filter(|k| *k != "id").cloned().collect();
    assert_eq!(fields_told(&paper), fields);
}

//! The papers tell of files that exist.

use std::fs;
use std::path::Path;

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

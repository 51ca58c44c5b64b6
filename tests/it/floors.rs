//! Imports point down the floors of the house, and no file grows past what one can keep in mind.

use std::fs;
use std::path::{Path, PathBuf};

/// Ground to roof.
const FLOORS: [&str; 15] = [
    "error",
    "text",
    "document",
    "fetch",
    "lang",
    "gazetteer",
    "recognise",
    "resolve",
    "incident",
    "store",
    "layer",
    "intake",
    "snapshot",
    "server",
    "cli",
];
const MAX_LINES: usize = 400;

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                walk(&entry, out);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                out.push(entry);
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    out.sort();
    out
}

/// The floor that a file belongs to; `lib.rs` and `main.rs` to none.
fn floor(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    FLOORS.iter().position(|f| *f == first.trim_end_matches(".rs"))
}

/// The first names after `crate::`, those of groups too; comments and documentation do not count.
fn imported(source: &str) -> Vec<String> {
    let code: String = source.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut out = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => out.push(first_name(after)),
            Some(group) => out.extend(members(group)),
        }
    }
    out
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first name of each member of a group, `{store, text::{self, fold}}` without its opening brace.
fn members(group: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => out.push(String::new()),
            _ if depth == 0 => out.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    out.iter().map(|m| first_name(m.trim())).filter(|m| !m.is_empty()).collect()
}

#[test]
fn groups_are_seen() {
    let source = "use crate::{store::{self, Query}, text};\n// crate::cli\nlet a = crate::server::app();\nuse crate::Result;";
    assert_eq!(imported(source), ["store", "text", "server", "Result"]);
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in sources() {
        let Some(own) = floor(&path) else { continue };
        for name in imported(&fs::read_to_string(&path).unwrap()) {
            if let Some(other) = FLOORS.iter().position(|f| *f == name) {
                seen += 1;
                if other > own {
                    wrong.push(format!("{}: {} looks up to {name}", path.display(), FLOORS[own]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 50, "only {seen} imports were seen");
}

#[test]
fn every_module_of_the_library_is_a_floor() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let modules = library.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'));
    let unknown: Vec<&str> = modules.filter(|m| !FLOORS.contains(m)).collect();
    assert_eq!(unknown, Vec::<&str>::new());
}

#[test]
fn no_file_is_longer_than_can_be_kept_in_mind() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|p| (fs::read_to_string(&p).unwrap().lines().count(), p))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

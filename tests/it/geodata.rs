//! Every data file: its header, its form, its counts, and what the files must agree on.

mod gazetteer;
mod lexicon;
mod outlines;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

/// A data file as read: its path below `geodata`, the lines of its header, and its data lines with their numbers.
pub(crate) struct DataFile {
    pub(crate) name: String,
    pub(crate) content: String,
    pub(crate) header: Vec<String>,
    pub(crate) lines: Vec<(usize, String)>,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata")
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "tsv" || e == "txt") {
            out.push(path);
        }
    }
}

/// All data files in the order of their names, or those below one folder.
pub(crate) fn files(under: &str) -> Vec<DataFile> {
    let mut paths = Vec::new();
    walk(&root().join(under), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let content = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let header = content.lines().take_while(|l| l.starts_with('#')).map(str::to_owned).collect();
        let is_data = |line: &&(usize, &str)| !line.1.trim().is_empty() && !line.1.starts_with('#');
        let lines = content.lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|l| is_data(&l)).map(|(i, l)| (i, l.to_owned())).collect();
        DataFile { name, content, header, lines }
    };
    paths.into_iter().map(read).collect()
}

/// Fails with all faults at once.
pub(crate) fn none(faults: &[String], what: &str) {
    assert!(faults.is_empty(), "{} {what}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_file_begins_with_what_it_is_whence_under_which_licence_and_in_which_columns() {
    let mut faults = Vec::new();
    let all = files("");
    for file in &all {
        let header = file.header.join("\n").to_lowercase();
        let says = [
            ("where it comes from", &["source", "compil"][..]),
            ("its licence", &["licence"]),
            ("its date", &["2026-"]),
            ("its columns or format", &["columns", "format"]),
        ];
        for (what, words) in says {
            if !words.iter().any(|w| header.contains(w)) {
                faults.push(format!("{}: the header does not tell {what}", file.name));
            }
        }
        if file.lines.is_empty() {
            faults.push(format!("{}: no data", file.name));
        }
    }
    none(&faults, "headers are incomplete");
    assert!(all.len() >= 70, "only {} data files: is one folder gone?", all.len());
}

/// Letters that no keyboard writes and that the fold would hide: an entry with one cannot be found by eye or by search.
#[test]
fn no_entry_has_presentation_forms_tatweel_marks_or_invisible_characters() {
    let mut faults = Vec::new();
    // Sentences to learn from are written as reports are.
    for file in files("").into_iter().filter(|f| !f.name.starts_with("training/")) {
        for (number, line) in &file.lines {
            for c in line.chars() {
                let what = match c {
                    '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => "a presentation form",
                    '\u{0640}' => "a tatweel",
                    '\u{064B}'..='\u{0652}' | '\u{0670}' => "a vowel sign",
                    '\u{00A0}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\r' => {
                        "an invisible character"
                    }
                    _ => continue,
                };
                // What a note tells of a spelling is not matched.
                let column = line.split(c).next().unwrap_or_default().matches('\t').count();
                if !(file.name.contains("/facts/") && column >= 11) {
                    faults.push(format!("{}:{number}: {what}, U+{:04X}", file.name, u32::from(c)));
                }
            }
            if !is_nfc(line) {
                faults.push(format!("{}:{number}: not in NFC", file.name));
            }
        }
    }
    none(&faults, "entries cannot be found as they stand");
}

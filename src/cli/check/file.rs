//! A data file, and what must hold for every one of them: encoding, ends of lines, header, letters.

use std::path::{Path, PathBuf};

use anyhow::Context;
use unicode_normalization::is_nfc;

/// What is wrong in a line.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) found: String,
    pub(super) expected: String,
}

#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) content: String,
    pub(super) faults: Vec<Fault>,
}

/// Letters of a bad line that are shown: enough to find it.
const SHOWN_CHARS: usize = 80;
/// What the first lines of a file must tell, and the words that tell it.
const HEADER: [(&str, &[&str]); 4] = [
    ("where it comes from", &["source", "compil"]),
    ("its licence", &["licence"]),
    ("its date", &["date"]),
    ("its columns or format", &["columns", "format"]),
];
/// In facts, the source and what a note tells of a spelling are not matched.
const FACT_NAMES_END: usize = 11;

impl File {
    pub(super) fn read(path: &Path) -> anyhow::Result<File> {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let mut file = File { path: path.to_owned(), name: path.display().to_string(), content: String::new(), faults: Vec::new() };
        let mut lines = Vec::new();
        for (index, line) in bytes.split(|b| *b == b'\n').enumerate() {
            let text = String::from_utf8_lossy(line);
            if matches!(text, std::borrow::Cow::Owned(_)) {
                file.fault(index + 1, &text, "UTF-8");
            }
            lines.push(text.into_owned());
        }
        file.content = lines.join("\n");
        Ok(file)
    }

    pub(super) fn fault(&mut self, line: usize, found: &str, expected: &str) {
        self.faults.push(Fault { line, found: found.chars().take(SHOWN_CHARS).collect(), expected: expected.to_owned() });
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.path.file_name().is_some_and(|n| n == name)
    }

    pub(super) fn is_under(&self, folder: &str) -> bool {
        self.path.ancestors().skip(1).any(|a| a.file_name().is_some_and(|n| n == folder))
    }

    /// Data lines with their numbers.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.content.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
    }

    /// Checks what every file must be.
    pub(super) fn check_form(&mut self) {
        let header = self.content.lines().take_while(|l| l.starts_with('#')).collect::<Vec<_>>().join("\n").to_lowercase();
        for (what, words) in HEADER {
            if !words.iter().any(|w| header.contains(w)) {
                self.fault(1, &format!("a header that does not tell {what}"), "source, licence, date and columns in the first lines");
            }
        }
        let content = std::mem::take(&mut self.content);
        for (index, line) in content.split('\n').enumerate().filter(|(_, l)| !l.starts_with('#')) {
            if line.ends_with('\r') {
                self.fault(index + 1, "a line that ends in CR LF", "LF");
            }
            let line = line.trim_end_matches('\r');
            if let Some(cell) = line.split('\t').find(|cell| cell.trim() != *cell) {
                self.fault(index + 1, &format!("«{cell}» with space around it"), "cells without space before and behind");
            }
            let names =
                if self.is_under("facts") { line.splitn(FACT_NAMES_END + 1, '\t').take(FACT_NAMES_END).collect() } else { vec![line] };
            let names = names.join("\t");
            // Sentences to learn from are written as reports are.
            if self.is_under("training") {
                continue;
            }
            if let Some((c, what)) = names.chars().find_map(|c| Some((c, unseen(c)?))) {
                self.fault(index + 1, &format!("{what}, U+{:04X}", u32::from(c)), "letters that a keyboard writes");
            } else if !is_nfc(&names) {
                self.fault(index + 1, &names, "composed letters (NFC)");
            }
        }
        self.content = content;
    }
}

/// What nobody sees or types, and the fold would hide.
fn unseen(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => "a presentation form",
        '\u{0640}' => "a tatweel",
        '\u{064B}'..='\u{0652}' | '\u{0670}' => "a vowel sign",
        '\u{00A0}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {
            "an invisible character"
        }
        _ => return None,
    })
}

//! Word lists by themselves: groups and frequencies.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::lang::lexicon;
use crate::text::fold::fold_phrase;

use super::actor;
use super::file::File;

/// Kinds of informants.
const INFORMANT_KINDS: [&str; 10] = ["agency", "outlet", "monitor", "ngo", "un", "forces", "officials", "health", "residents", "activists"];
/// ACLED's scales of sources.
const SCALES: [&str; 7] = ["Local partner", "Subnational", "National", "Regional", "International", "New media", "Other"];
/// Frequencies (Zipf) that a word worth listing has.
const FREQUENCIES: std::ops::Range<f64> = 3.0..9.0;

/// Line, what was found there, what was expected.
pub(super) type Found = Vec<(usize, String, String)>;

/// Checks a file of `lexicon/`.
pub(super) fn check(file: &mut File) {
    let found = if file.is("actors.txt") {
        actor::names(file)
    } else if file.is("actors.tsv") {
        actor::table(file)
    } else if file.is("informants.txt") {
        informants(file)
    } else if file.is("frequent.tsv") {
        frequencies(file)
    } else {
        words(file)
    };
    for (line, what, expected) in found {
        file.fault(line, &what, &expected);
    }
}

/// A word list is refused at its first bad line, which is then left out to find the next.
fn words(file: &File) -> Found {
    let mut found = Vec::new();
    let mut lines: Vec<&str> = file.content.lines().collect();
    while let Err(error) = lexicon::parse(&file.name, &lines.join("\n")) {
        let Error::Line { line, found: what, expected, .. } = error else { break };
        let Some(bad) = line.checked_sub(1).and_then(|i| lines.get_mut(i)).filter(|l| !l.is_empty()) else { break };
        *bad = "";
        found.push((line, what, expected));
    }
    let mut key = "";
    let mut first: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        if let Some(group) = line.trim().strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            key = group;
            continue;
        }
        for variant in line.split('|') {
            match first.entry((key, fold_phrase(variant))) {
                std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(index)),
                std::collections::btree_map::Entry::Occupied(taken) => {
                    let where_ = taken.get() + 1;
                    found.push((
                        index + 1,
                        format!("«{variant}» again under [{key}], folded as in line {where_}"),
                        "a phrase once".to_owned(),
                    ));
                }
            }
        }
    }
    found
}

/// Informants: name, kind, scale, aliases, separated by tabs.
fn informants(file: &File) -> Found {
    let mut found = Vec::new();
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for (number, line) in file.rows() {
        let mut fault = |what: String, expected: &str| found.push((number, what, expected.to_owned()));
        let cells: Vec<&str> = line.split('\t').collect();
        let Ok([name, kind, scale, aliases]) = <[&str; 4]>::try_from(cells.as_slice()) else {
            fault(format!("{} columns", cells.len()), "4: name, kind, scale, aliases");
            continue;
        };
        if !INFORMANT_KINDS.contains(&kind) {
            fault(format!("kind «{kind}»"), &INFORMANT_KINDS.join(", "));
        }
        if !SCALES.contains(&scale) {
            fault(format!("scale «{scale}»"), &SCALES.join(", "));
        }
        for alias in aliases.split('|') {
            if let Some(owner) = owners.insert(fold_phrase(alias), name) {
                fault(format!("«{alias}», which is {owner} already"), "an alias once");
            }
        }
    }
    found
}

/// Frequent names: a folded word and its frequency, the most frequent first.
fn frequencies(file: &File) -> Found {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut before = FREQUENCIES.end;
    for (number, line) in file.rows() {
        let mut fault = |what: String, expected: &str| found.push((number, what, expected.to_owned()));
        let (word, zipf) = line.split_once('\t').unwrap_or((line, ""));
        if fold_phrase(word) != word || word.contains(' ') || !seen.insert(word) {
            fault(format!("«{word}»"), "one folded word, once");
        }
        match zipf.parse::<f64>() {
            Ok(zipf) if FREQUENCIES.contains(&zipf) => {
                if zipf > before {
                    fault(format!("{zipf} behind {before}"), "the most frequent first");
                }
                before = zipf;
            }
            _ => fault(format!("frequency «{zipf}»"), "a number from 3 to 9"),
        }
    }
    found
}

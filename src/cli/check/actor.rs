//! Actors: the table of who they are, and what each language calls them.

use std::collections::{BTreeMap, BTreeSet};

use crate::gazetteer::source::is_country;
use crate::lang::actor_words::{ANY_COUNTRY, KINDS, NOBODY, alias, first_month, last_month};
use crate::text::fold::fold_phrase;

use super::file::File;
use super::lexicon::Found;

/// Checks `lexicon/actors.tsv`: name, kind, country, from, to, source.
pub(super) fn table(file: &File) -> Found {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    let mut last = ("", None);
    for (number, line) in file.rows() {
        let mut fault = |what: String, expected: &str| found.push((number, what, expected.to_owned()));
        let cells: Vec<&str> = line.split('\t').collect();
        let Ok([name, kind, country, from, to, source]) = <[&str; 6]>::try_from(cells.as_slice()) else {
            fault(format!("{} columns", cells.len()), "6: name, kind, country, from, to, source");
            continue;
        };
        if !KINDS.contains(&kind) {
            fault(format!("kind «{kind}»"), &KINDS.join(", "));
        }
        if !country.is_empty() && country != ANY_COUNTRY && !is_country(country) {
            fault(format!("country «{country}»"), "a code of country_codes.tsv, * or nothing");
        }
        for cell in [from, to].into_iter().filter(|c| !c.is_empty() && first_month(c).is_none()) {
            fault(format!("month «{cell}»"), "a year, or a year and a month as 2013-04");
        }
        let (start, end) = (first_month(from), last_month(to));
        if start.zip(end).is_some_and(|(start, end)| end < start) {
            fault(format!("{from} to {to}"), "an end behind the beginning");
        }
        if !(from.is_empty() && to.is_empty()) && source.is_empty() {
            fault("a period without a source".to_owned(), "where it comes from");
        }
        if last.0 == name && start.zip(last.1).is_none_or(|(start, end)| start <= end) {
            fault(format!("{name} a second time"), "rows of one actor whose periods follow each other");
        } else if last.0 != name && !names.insert(name) {
            fault(format!("{name} a second time"), "rows of one actor one behind the other");
        }
        last = (name, end);
    }
    found
}

/// Checks `lexicon/<language>/actors.txt`: name, aliases.
pub(super) fn names(file: &File) -> Found {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    let mut owners: BTreeMap<(String, String), &str> = BTreeMap::new();
    for (number, line) in file.rows() {
        let mut fault = |what: String, expected: &str| found.push((number, what, expected.to_owned()));
        let cells: Vec<&str> = line.split('\t').collect();
        let Ok([name, aliases]) = <[&str; 2]>::try_from(cells.as_slice()) else {
            fault(format!("{} columns", cells.len()), "2: name, aliases");
            continue;
        };
        if !names.insert(name) {
            fault(format!("{name} a second time"), "an actor once");
        }
        for written in aliases.split('|') {
            let (words, countries) = alias(written);
            let folded = fold_phrase(words);
            if folded.is_empty() {
                fault(format!("alias «{written}»"), "a word in each alias");
            }
            if let Some(country) = countries.iter().find(|c| !is_country(c)) {
                fault(format!("country «{country}»"), "codes of country_codes.tsv behind @");
            }
            // Without countries it is meant everywhere else.
            let places = if countries.is_empty() { vec![""] } else { countries };
            for place in places {
                if let Some(owner) = owners.insert((folded.clone(), place.to_owned()), name).filter(|owner| *owner != name) {
                    fault(format!("«{written}», which is {owner} already"), "an alias of one actor");
                }
            }
        }
    }
    found
}

/// Actors of the table that a language does not call anything, and names that the table does not know.
pub(super) fn agree(files: &mut [File]) {
    let names = |file: &File| -> Vec<(usize, String)> {
        file.rows().filter_map(|(number, line)| Some((number, line.split('\t').next()?.to_owned()))).filter(|(_, n)| n != NOBODY).collect()
    };
    let Some(table) = files.iter().position(|f| f.is("actors.tsv")) else { return };
    let known = names(&files[table]);
    for list in (0..files.len()).filter(|n| files[*n].is("actors.txt")).collect::<Vec<_>>() {
        let own = names(&files[list]);
        let (table_name, list_name) = (files[table].name.clone(), files[list].name.clone());
        for (line, name) in own.iter().filter(|(_, n)| !known.iter().any(|(_, k)| k == n)) {
            files[list].fault(*line, &format!("{name}, which {table_name} has not"), "an actor of the table");
        }
        for (line, name) in known.iter().filter(|(_, n)| !own.iter().any(|(_, k)| k == n)) {
            files[table].fault(*line, &format!("{name}, which {list_name} has not"), "the same actors in each language");
        }
    }
}

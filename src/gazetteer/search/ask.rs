//! What was typed → the readings of it: a name, the units that it is said to lie in, the kind that it is said to be.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::gazetteer::kind::Kind;
use crate::gazetteer::{Gazetteer, Place, PlaceRef, country_code};
use crate::lang::Lang;
use crate::lang::place_words::PlaceWords;
use crate::text::fold::fold_phrase;

/// One way to understand a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// The folded name.
    pub(super) name: String,
    /// Units: the place lies in one of each group.
    pub(super) units: Vec<Vec<PlaceRef>>,
    /// What it is said to be.
    pub(super) kind: Option<Kind>,
    /// False when a word of kind was cut off.
    pub(super) is_whole: bool,
}

/// Signs that part a name from its units.
const COMMAS: [char; 7] = [',', '\u{060C}', ';', '\u{061B}', '(', ')', '\n'];
/// Small words between a name and its unit.
const BETWEEN: [&str; 10] = ["in", "en", "au", "aux", "dans", "of", "في", "بي", "ب", "من"];
/// Small words between a word of kind and the name.
const AFTER_KIND: [&str; 7] = ["of", "de", "du", "d", "des", "la", "le"];
/// Words of a query that are looked at: nobody types a longer name.
const MAX_WORDS: usize = 12;

/// The readings, the likeliest first: as it stands, then without words of kind, then with its last words as units.
pub(super) fn readings(gazetteer: &Gazetteer, text: &str) -> Vec<Reading> {
    let mut parts = text.split(COMMAS).map(str::trim).filter(|p| !fold_phrase(p).is_empty());
    let Some(head) = parts.next() else { return Vec::new() };
    let mut units = Vec::new();
    for part in parts {
        // A part that names no unit says nothing that could be used.
        units.extend(Some(units_named(gazetteer, part)).filter(|u| !u.is_empty()));
    }
    let name: String = fold_phrase(head).split(' ').take(MAX_WORDS).collect::<Vec<_>>().join(" ");
    let mut out = vec![Reading { name: name.clone(), units: units.clone(), kind: None, is_whole: true }];
    out.extend(without_kind(&out[0]));
    if let Some((name, unit)) = split_unit(gazetteer, &name) {
        units.push(unit);
        let split = Reading { name, units, kind: None, is_whole: true };
        out.extend(without_kind(&split));
        out.push(split);
    }
    out
}

/// The country that two or three capitals mean.
pub(super) fn by_letters(gazetteer: &Gazetteer, phrase: &str) -> Option<PlaceRef> {
    let is_code = phrase.len() <= 3 && phrase.bytes().all(|b| b.is_ascii_uppercase());
    if is_code { country_code::alpha2(phrase).and_then(|code| gazetteer.country(code)) } else { None }
}

/// The units that a phrase names: countries, first- and second-level units, by name or code, with or without a word of kind.
fn units_named(gazetteer: &Gazetteer, phrase: &str) -> Vec<PlaceRef> {
    if let Some(country) = by_letters(gazetteer, phrase) {
        return vec![country];
    }
    let folded = fold_phrase(phrase);
    let folded = folded.split_once(' ').filter(|(first, _)| BETWEEN.contains(first)).map_or(folded.as_str(), |(_, rest)| rest);
    let of = |name: &str| -> Vec<PlaceRef> {
        let places = gazetteer.by_name(name).into_iter().map(|(place, _)| gazetteer.place(place));
        places.filter(|p| p.is_country() || matches!(p.feature(), "ADM1" | "ADM2")).map(Place::reference).collect()
    };
    let found = of(folded);
    if !found.is_empty() {
        return found;
    }
    cut_kind(folded).map(|(rest, _)| of(&rest)).unwrap_or_default()
}

/// The longest end of a name that is a unit, with what stands before it.
fn split_unit(gazetteer: &Gazetteer, name: &str) -> Option<(String, Vec<PlaceRef>)> {
    let words: Vec<&str> = name.split(' ').collect();
    (1..words.len()).find_map(|at| {
        let units = units_named(gazetteer, &words.get(at..)?.join(" "));
        let mut before = words.get(..at)?;
        while let Some((_, rest)) = before.split_last().filter(|(last, rest)| BETWEEN.contains(last) && !rest.is_empty()) {
            before = rest;
        }
        let before = before.join(" ");
        // «محافظة حلب» is the unit itself.
        (!units.is_empty() && !kind_words().contains_key(&before)).then_some((before, units))
    })
}

fn without_kind(reading: &Reading) -> Option<Reading> {
    let (name, kind) = cut_kind(&reading.name)?;
    Some(Reading { name, kind, units: reading.units.clone(), is_whole: false })
}

/// A name without the word of kind before or behind it, and the kind; `None` when there is no such word.
pub(super) fn cut_kind(name: &str) -> Option<(String, Option<Kind>)> {
    let words: Vec<&str> = name.split(' ').collect();
    for length in (1..words.len()).rev() {
        if let Some(kind) = kind_words().get(&words.get(..length)?.join(" ")) {
            let mut rest = words.get(length..)?;
            while let Some((_, after)) = rest.split_first().filter(|(first, after)| AFTER_KIND.contains(first) && !after.is_empty()) {
                rest = after;
            }
            return Some((rest.join(" "), kind.clone()));
        }
        if let Some(kind) = kind_words().get(&words.get(words.len() - length..)?.join(" ")) {
            return Some((words.get(..words.len() - length)?.join(" "), kind.clone()));
        }
    }
    None
}

/// Words that say what kind of place a name is, folded, in all languages at once.
pub(super) fn kind_words() -> &'static HashMap<String, Option<Kind>> {
    static WORDS: OnceLock<HashMap<String, Option<Kind>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out = HashMap::new();
        for lang in Lang::ALL {
            let groups = &PlaceWords::of(lang).features.groups;
            for (key, variants) in &groups.entries {
                let kind = groups.keys.get(usize::from(*key)).and_then(|key| wanted(key));
                for variant in variants {
                    let folded = fold_phrase(variant);
                    // «المحافظة» stands as often without its article.
                    out.entry(format!("ال{folded}")).or_insert_with(|| kind.clone());
                    out.entry(folded).or_insert_with(|| kind.clone());
                }
            }
        }
        out
    })
}

/// The kind that a key of `feature_nouns.txt` says.
fn wanted(key: &str) -> Option<Kind> {
    let word = match key {
        "country" => "country",
        "province" | "region" => "region",
        "district" => "county",
        "city" | "town" | "village" | "capital" => "P",
        "neighbourhood" | "suburb" => "neighbourhood",
        "river" => "H",
        "mountain" => "T",
        _ => return None,
    };
    Kind::from_word(word)
}

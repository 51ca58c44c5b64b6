//! The word lists: the same files and keys in the three languages, nothing said twice.

use std::collections::{BTreeMap, BTreeSet};

use dalil::lang::Lang;
use dalil::lang::lexicon;
use dalil::text::fold::fold_phrase;

use super::{DataFile, files, none};

/// Lists that have columns instead of groups.
const TABLES: [&str; 3] = ["actors.txt", "frequent.tsv", "informants.txt"];

fn lists(lang: Lang) -> BTreeMap<String, DataFile> {
    let folder = format!("lexicon/{}", lang.code());
    files(&folder).into_iter().map(|file| (file.name.rsplit('/').next().unwrap().to_owned(), file)).collect()
}

#[test]
fn the_three_languages_have_the_same_files() {
    let names = |lang| lists(lang).into_keys().collect::<Vec<_>>();
    assert!(names(Lang::Ar).len() >= 18, "{:?}", names(Lang::Ar));
    assert_eq!(names(Lang::Ar), names(Lang::Fr));
    assert_eq!(names(Lang::Ar), names(Lang::En));
}

#[test]
fn every_list_parses_and_has_the_keys_of_its_sisters() {
    let mut faults = Vec::new();
    let arabic = lists(Lang::Ar);
    for lang in Lang::ALL {
        for (name, file) in lists(lang).iter().filter(|(name, _)| !TABLES.contains(&name.as_str())) {
            let keys = |file: &DataFile| {
                let groups = lexicon::parse(&file.name, &file.content).unwrap_or_else(|e| panic!("{e}"));
                assert!(!groups.entries.is_empty(), "{}", file.name);
                groups.keys.into_iter().collect::<BTreeSet<_>>()
            };
            for key in keys(file).symmetric_difference(&keys(&arabic[name])) {
                faults.push(format!("{}: [{key}] is not in both this list and the Arabic one", file.name));
            }
        }
    }
    none(&faults, "keys differ");
}

#[test]
fn the_page_has_a_word_for_every_kind_of_person() {
    // The build of the page holds the other two languages to the same keys.
    let labels: serde_json::Value = serde_json::from_str(include_str!("../../../web/locale/en.json")).unwrap();
    let people = &lists(Lang::En)["people.txt"];
    let keys = lexicon::parse(&people.name, &people.content).unwrap().keys;
    let kinds: BTreeSet<&str> = keys.iter().map(|key| key.split(':').next().unwrap()).collect();
    let without: Vec<String> = kinds.iter().map(|kind| format!("who.{kind}")).filter(|label| labels.get(label).is_none()).collect();
    none(&without, "kinds of persons without a label in web/locale/en.json");
}

#[test]
fn the_page_has_a_word_for_every_manner_and_every_common_informant() {
    let labels: serde_json::Value = serde_json::from_str(include_str!("../../../web/locale/en.json")).unwrap();
    let modes = &lists(Lang::En)["modes.txt"];
    let modes = lexicon::parse(&modes.name, &modes.content).unwrap().keys.into_iter().map(|key| format!("mode.{}", key.replace('_', "-")));
    let informants = &lists(Lang::En)["informants.txt"].content;
    // A name is written as it is; «residents» is a word.
    let common = informants.lines().filter(|l| l.starts_with(char::is_lowercase)).filter_map(|l| l.split('\t').next());
    let wanted: Vec<String> = modes.chain(common.map(|name| format!("informant.{name}"))).collect();
    assert!(wanted.len() > 15, "{wanted:?}");
    let without: Vec<&String> = wanted.iter().filter(|label| labels.get(label).is_none()).collect();
    assert!(without.is_empty(), "no label in web/locale/en.json: {without:?}");
}

/// Phrases that stand under two keys of one list on purpose; both readings are tried.
const TWO_KEYS: &[(&str, &str, &str)] = &[
    ("lexicon/ar/harm.txt", "منهم", "before a number it opens a part, after one it counts of the whole"),
    ("lexicon/ar/harm.txt", "من بينهم", "before a number it opens a part, after one it counts of the whole"),
    ("lexicon/fr/harm.txt", "parmi eux", "before a number it opens a part, after one it counts of the whole"),
    ("lexicon/en/harm.txt", "of them", "before a number it opens a part, after one it counts of the whole"),
    ("lexicon/en/harm.txt", "of whom", "before a number it opens a part, after one it counts of the whole"),
    ("lexicon/ar/qualifiers.txt", "حتي", "«up to ten» and «from five to ten»"),
    ("lexicon/ar/times.txt", "يوم", "«on the day of» and «two days ago»"),
    ("lexicon/ar/times.txt", "شهر", "«in the month of» and «a month ago»"),
    ("lexicon/ar/times.txt", "عام", "«in the year 2015» and «a year ago»"),
    ("lexicon/ar/times.txt", "سنه", "«in the year 2015» and «a year ago»"),
    ("lexicon/fr/times.txt", "en", "«in March» and «in 2015»"),
    ("lexicon/fr/times.txt", "mois", "«in the month of» and «a month ago»"),
    ("lexicon/fr/times.txt", "an", "«the year» and «a year ago»"),
    ("lexicon/fr/times.txt", "annee", "«the year» and «a year ago»"),
    ("lexicon/fr/times.txt", "heures", "«for two hours» and «at two o'clock»"),
    ("lexicon/en/not_people.txt", "points", "places and marks of a score, neither of them persons"),
    ("lexicon/en/people.txt", "other", "«one other» and «three other people»"),
    ("lexicon/en/times.txt", "early", "«early March» and «early on Monday»"),
    ("lexicon/en/times.txt", "late", "«late March» and «late on Monday»"),
    ("lexicon/en/times.txt", "year", "«the year 2015» and «a year ago»"),
];

#[test]
fn no_phrase_stands_under_two_keys_of_a_list() {
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        // A small word leads to a place and from a distance alike: each key of `grammar.txt` is asked for by itself.
        let by_key = |name: &str| name == "grammar.txt";
        for (name, file) in lists(lang).iter().filter(|(name, _)| !TABLES.contains(&name.as_str()) && !by_key(name)) {
            let groups = lexicon::parse(&file.name, &file.content).unwrap();
            let mut first: BTreeMap<String, u16> = BTreeMap::new();
            for (key, variant) in groups.entries.iter().flat_map(|(key, variants)| variants.iter().map(move |v| (*key, v))) {
                let phrase = fold_phrase(variant);
                let known = TWO_KEYS.iter().any(|(list, words, _)| (*list, *words) == (file.name.as_str(), phrase.as_str()));
                match first.get(&phrase) {
                    Some(other) if *other != key && !known => faults.push(format!(
                        "{}: «{variant}» under [{}] and [{}]",
                        file.name,
                        groups.keys[usize::from(*other)],
                        groups.keys[usize::from(key)]
                    )),
                    Some(_) => {}
                    None => drop(first.insert(phrase, key)),
                }
            }
            assert!(!first.is_empty(), "{name}");
        }
    }
    none(&faults, "phrases have two keys");
}

#[test]
fn every_actor_of_the_table_has_a_name_in_each_language_in_the_same_order() {
    let table = files("lexicon").into_iter().find(|file| file.name == "lexicon/actors.tsv").unwrap();
    let first = |line: &(usize, String)| line.1.split('\t').next().unwrap().to_owned();
    let mut known: Vec<String> = table.lines.iter().map(first).collect();
    // An actor whose kind changes has a row for each period.
    known.dedup();
    assert!(known.len() >= 400, "{}", known.len());
    assert!(table.lines.len() > known.len());
    for lang in Lang::ALL {
        let names: Vec<String> = lists(lang)["actors.txt"].lines.iter().map(first).filter(|name| name != "-").collect();
        assert_eq!(names, known, "{}", lang.code());
    }
}

#[test]
fn frequent_names_are_folded_words_with_a_frequency() {
    let mut faults = Vec::new();
    for lang in Lang::ALL {
        let file = &lists(lang)["frequent.tsv"];
        let mut seen = BTreeSet::new();
        for (number, line) in &file.lines {
            let (word, zipf) = line.split_once('\t').unwrap_or((line, ""));
            if fold_phrase(word) != word || word.contains(' ') || !seen.insert(word) {
                faults.push(format!("{}:{number}: «{word}» is not one folded word, once", file.name));
            }
            if !zipf.parse::<f64>().is_ok_and(|z| (3.0..9.0).contains(&z)) {
                faults.push(format!("{}:{number}: frequency «{zipf}»", file.name));
            }
        }
    }
    none(&faults, "frequencies are not well formed");
}

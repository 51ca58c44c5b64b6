//! `dalil check` finds what is wrong in a folder: each kind of fault planted once, each told with file and line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const HEADER: &str = "# Source: invented. Licence: none.\n# Date: 2026-01-01. Columns and format as in geodata.\n";

fn check(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dalil")).args(["check", folder.to_str().unwrap()]).stdin(Stdio::null()).output().unwrap()
}

/// A town of Mali for `base.tsv`, one of twelve that give the country its spread.
fn town(number: usize) -> String {
    format!("geonames:{number}\tTown {number}\tPPL\tML\t09\t\t{}\t{}\t100\t\tar:بلدة {number}\n", 12 + number % 6, number % 5)
}

const UNIT: &str = "geonames:99\tUpper\tADM1\tML\t09\t\t14\t1\t\t90000\t\n";
const FACT: &str = "mine:1\tTiral\tPPL\tML\t09\t\t14.5\t1.5\t120\t900\tar:تيرال|fr:Tiral\tinvented\t\n";
const REGION: &str = "mine:r\tLand\tRGN\tML\t14.5\t1.5\t9000\tPOLYGON((1 14,2 14,2 15,1 15,1 14))\ten:Land\tinvented\n";
const CORRECTION: &str = "geonames:1\tdisplay\tTown 1\tTown One\tthe form of the news\n";
const OUTLINE: &str = "arc\t??A??A@??@\ncountry\tmine:c\tML\t\t\t\t0\n";
const ACTOR: &str = "Band\trebel\tML\t2012\t2020-05\tinvented\n";
const ALIASES: &str = "-\tband of thieves\nBand\tband|the band\n";

/// Writes a folder without faults.
fn sound(folder: &Path) {
    let write = |name: &str, rows: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{HEADER}{rows}")).unwrap();
    };
    write("gazetteer/base.tsv", &format!("{UNIT}{}", (1..=12).map(town).collect::<String>()));
    write("gazetteer/facts/mine.tsv", FACT);
    write("gazetteer/regions.tsv", REGION);
    write("gazetteer/corrections.tsv", CORRECTION);
    write("spelling/costs.tsv", "other\tar-la\tش\tsh\t0.14\n");
    write("gazetteer/outlines.tsv", OUTLINE);
    write("gazetteer/feature_codes.tsv", "P\tPPL PPLA\nA\tADM1\nL\tRGN\n");
    write("lexicon/actors.tsv", ACTOR);
    for lang in ["ar", "fr", "en"] {
        write(&format!("lexicon/{lang}/actors.txt"), ALIASES);
        write(&format!("lexicon/{lang}/events.txt"), "[attack]\nraid|raids\n[clash]\nclash\n");
        write(&format!("lexicon/{lang}/frequent.tsv"), "gao\t5.5\nbali\t4.5\n");
    }
}

#[test]
fn a_folder_without_faults_has_none() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    let output = check(folder.path());
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).trim()), (Some(0), "0 faults"));
}

/// File, what is replaced, by what, and what the message must say, with the line of the first letter that differs.
const PLANTED: &[(&str, &str, &str, &str)] = &[
    ("gazetteer/facts/mine.tsv", "\tinvented\t\n", "\tinvented\n", "12 columns, expected 13"),
    ("gazetteer/base.tsv", "geonames:99\t", "99\t", "id «99», expected namespace:identifier"),
    ("gazetteer/base.tsv", "geonames:3\t", "geonames:2\t", "geonames:2 a second time"),
    ("gazetteer/base.tsv", "geonames:4\tTown 4\tPPL\tML", "geonames:4\tTown 4\tPPL\tMLI", "country «MLI»"),
    ("gazetteer/base.tsv", "geonames:4\tTown 4\tPPL\tML", "geonames:4\tTown 4\tPPL\tQQ", "country «QQ», expected a code of"),
    ("gazetteer/facts/mine.tsv", "14.5\t1.5", "94.5\t1.5", "coordinate «94.5»"),
    ("gazetteer/facts/mine.tsv", "14.5\t1.5", "14.5\t191.5", "coordinate «191.5»"),
    ("gazetteer/facts/mine.tsv", "14.5\t1.5", "0\t0", "0,0"),
    ("gazetteer/facts/mine.tsv", "14.5\t1.5", "14.5\t", "one coordinate"),
    ("gazetteer/facts/mine.tsv", "14.5\t1.5", "1.5\t14.5", "far from all places of ML"),
    ("gazetteer/facts/mine.tsv", "\t120\t", "\tmany\t", "«many», expected a whole number"),
    ("gazetteer/facts/mine.tsv", "\t900\t", "\t-900\t", "«-900», expected a whole number"),
    ("gazetteer/facts/mine.tsv", "\t900\t", "\t90000000\t", "radius 90000000 m"),
    ("gazetteer/facts/mine.tsv", "fr:Tiral", "Tiral", "name «Tiral», expected language:name"),
    ("gazetteer/facts/mine.tsv", "fr:Tiral", "de:Tiral", "language «de»"),
    ("gazetteer/facts/mine.tsv", "fr:Tiral", "fr:---", "no letter stays"),
    ("gazetteer/facts/mine.tsv", "fr:Tiral", "ar:تيرآل", "a second time, folded"),
    ("gazetteer/facts/mine.tsv", "تيرال", "ﺗﻴﺮﺍﻝ", "a presentation form"),
    ("gazetteer/facts/mine.tsv", "fr:Tiral", "fr:Tira\u{301}l", "NFC"),
    ("gazetteer/facts/mine.tsv", "\tPPL\t", "\tTOWN\t", "feature «TOWN»"),
    ("gazetteer/facts/mine.tsv", "\t09\t", "\t77\t", "admin1 «77», expected the code of a unit of ML"),
    ("gazetteer/facts/mine.tsv", "\tinvented\t", "\t\t", "without a source"),
    ("gazetteer/facts/mine.tsv", "\tPPL\t", "\t\t", "name, feature code and point"),
    ("gazetteer/facts/mine.tsv", "Tiral\tPPL", " Tiral\tPPL", "with space around it"),
    ("gazetteer/facts/mine.tsv", "invented\t\n", "invented\t\r\n", "CR LF"),
    ("gazetteer/facts/mine.tsv", "# Source: invented. Licence", "# Invented. Licence", "where it comes from"),
    ("gazetteer/facts/mine.tsv", "# Source: invented. Licence: none", "# Source: invented", "its licence"),
    ("gazetteer/corrections.tsv", "geonames:1\t", "geonames:1000\t", "id «geonames:1000»"),
    ("gazetteer/corrections.tsv", "\tdisplay\t", "\tcolour\t", "field «colour»"),
    ("gazetteer/corrections.tsv", "\tthe form of the news", "\t", "no reason"),
    ("gazetteer/regions.tsv", ",1 15,1 14))", ",1 15))", "an open ring"),
    ("gazetteer/regions.tsv", "1 14,2 14,2 15,1 15,1 14", "1 14,1 15,2 15,2 14,1 14", "a clockwise ring"),
    ("gazetteer/regions.tsv", "1 14,2 14,2 15,1 15,1 14", "1 14,2 15,2 14,1 15,1 14", "crosses itself"),
    ("gazetteer/regions.tsv", "1 14,2 14,2 15,1 15,1 14", "1 14,200 14,2 15,1 15,1 14", "beyond the globe"),
    ("gazetteer/regions.tsv", "POLYGON((1 14", "POLYGON(1 14", "expected POLYGON"),
    ("gazetteer/regions.tsv", "14.5\t1.5", "24.5\t1.5", "its label outside"),
    ("lexicon/ar/events.txt", "raid|raids", "raid|هـجوم", "a tatweel"),
    ("lexicon/ar/events.txt", "raid|raids", "raid|هُجوم", "a vowel sign"),
    ("lexicon/ar/events.txt", "raid|raids", "raid|ra\u{200B}ids", "an invisible character"),
    ("lexicon/fr/events.txt", "raid|raids", "raid|Râid", "again under [attack]"),
    ("lexicon/fr/events.txt", "raid|raids", "raid||raids", "a word in each variant"),
    ("lexicon/fr/events.txt", "[attack]", "attack", "a [key] line before the first entry"),
    ("lexicon/en/events.txt", "[clash]", "[crash]", "[crash], which"),
    ("lexicon/actors.tsv", "\trebel\t", "\tpirate\t", "kind «pirate»"),
    ("lexicon/actors.tsv", "\tML\t", "\tMALI\t", "country «MALI»"),
    ("lexicon/actors.tsv", "\t2012\t", "\t12\t", "month «12»"),
    ("lexicon/actors.tsv", "2020-05", "2011", "2012 to 2011"),
    ("lexicon/actors.tsv", "\tinvented\n", "\t\n", "a period without a source"),
    ("lexicon/actors.tsv", "Band\trebel", "Bands\trebel", "Bands, which"),
    ("lexicon/actors.tsv", "invented\n", "invented\nBand\tstate\tML\t2019\t\tinvented\n", "Band a second time"),
    ("lexicon/en/actors.txt", "|the band", "|the band@QQ", "country «QQ»"),
    ("lexicon/en/actors.txt", "Band\tband", "Bands\tband", "Bands, which"),
    ("lexicon/en/actors.txt", "|the band", "|band of thieves", "«band of thieves», which is - already"),
    ("spelling/costs.tsv", "0.14", "-1", "cost of 0 or more"),
    ("spelling/costs.tsv", "\tsh\t", "\tsch\t", "two for one"),
    ("spelling/costs.tsv", "ar-la", "ar-ru", "style, direction"),
    ("gazetteer/outlines.tsv", "country\t", "county\t", "«county», expected arc, country"),
    ("gazetteer/outlines.tsv", "\t0\n", "\t1\n", "numbers of arcs above"),
    ("lexicon/en/frequent.tsv", "bali\t4.5", "bali\t6.5", "6.5 behind 5.5"),
    ("lexicon/en/frequent.tsv", "gao\t", "Gao\t", "«Gao», expected one folded word"),
];

#[test]
fn every_planted_fault_is_found_with_its_file_and_line() {
    let mut missed = Vec::new();
    for (name, before, after, says) in PLANTED {
        let folder = tempfile::tempdir().unwrap();
        sound(folder.path());
        let path = folder.path().join(name);
        let content = fs::read_to_string(&path).unwrap();
        let spoilt = content.replacen(before, after, 1);
        assert_ne!(content, spoilt, "{name} has no {before}");
        let same = content.bytes().zip(spoilt.bytes()).take_while(|(a, b)| a == b).map(|(a, _)| a);
        let line = same.filter(|b| *b == b'\n').count() + 1;
        fs::write(&path, spoilt).unwrap();
        let output = check(folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        let place = format!("{name}:{line}: ");
        if output.status.code() != Some(1) || !said.lines().any(|l| l.contains(&place) && l.contains(says)) {
            missed.push(format!("{place}{says}\n  but: {said}"));
        }
    }
    assert!(missed.is_empty(), "{} of {} faults are missed:\n{}", missed.len(), PLANTED.len(), missed.join("\n"));
}

#[test]
fn bytes_that_are_no_utf8_and_lists_that_one_language_lacks_are_found() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    let path = folder.path().join("lexicon/fr/events.txt");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend(b"caf\xE9\n");
    fs::write(&path, &bytes).unwrap();
    fs::remove_file(folder.path().join("lexicon/en/frequent.tsv")).unwrap();
    let output = check(folder.path());
    let said = String::from_utf8_lossy(&output.stderr);
    let line = String::from_utf8_lossy(&bytes).lines().count();
    assert!(said.lines().any(|l| l.contains(&format!("fr/events.txt:{line}: ")) && l.contains("expected UTF-8")), "{said}");
    assert!(said.contains("en/frequent.tsv, expected the same file in each language"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

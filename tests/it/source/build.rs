//! `gazetteer build`: many files in any order, every refused row told and counted.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dalil")).current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const DUMP: &str = "900000001\tTirallou\tTirallou\t\t16.5\t1.5\tP\tPPL\tML\t\t\t\t\t\t\t\t\tAfrica/Bamako\t2020-01-01\n\
    900000002\tQuxregion\tQuxregion\t\t16.4\t1.4\tA\tADM1\tML\t\tQX\t\t\t\t\t\t\tAfrica/Bamako\t2020-01-01\n";
const NAMES: &str = "1\t900000001\tar\tتيرالوو\t\t\t\t\t\t\n2\t900000001\tar\tطيرالوو\t1\t\t\t\t\t\n3\t77\tar\tبعيد\t\t\t\t\t\t\n";
const PARENTS: &str = "900000002\t900000001\tADM\n";

#[test]
fn places_names_and_parents_come_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("XX.txt"), DUMP).unwrap();
    fs::write(at.join("alternateNamesV2.txt"), NAMES).unwrap();
    fs::write(at.join("hierarchy.txt"), PARENTS).unwrap();
    let mut tables = Vec::new();
    for order in [["XX.txt", "alternateNamesV2.txt", "hierarchy.txt"], ["alternateNamesV2.txt", "hierarchy.txt", "XX.txt"]] {
        let built = run(at, &[&["gazetteer", "build"][..], &order, &["-o", "x.gazetteer"]].concat());
        assert_eq!(built.status.code(), Some(0), "{}", said(&built));
        assert!(said(&built).contains("alternateNamesV2.txt: alternate-names, 3 rows read, 0 refused"), "{}", said(&built));
        tables.push(fs::read(at.join("x.gazetteer")).unwrap());
    }
    assert_eq!(tables[0], tables[1]);
    let found = run(at, &["gazetteer", "search", "طيرالوو", "--limit", "1", "--gazetteer", "x.gazetteer", "--store", "none"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["id"], "geonames:900000001");
    assert!(found["properties"]["admin1"].as_str().is_some_and(|a| a == "Quxregion" || a == "QX"), "{found}");
    assert_eq!(found["properties"]["name_ar"], "طيرالوو", "{found}");
}

#[test]
fn twenty_faults_are_told_the_rest_is_counted_and_all_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let rows = format!("name,lat,lon\nTiral,16.5,1.5\n{}{}", "X,0,0\n".repeat(30), "Y,99,0\n".repeat(5));
    fs::write(folder.path().join("v.csv"), rows).unwrap();
    let built = run(folder.path(), &["gazetteer", "build", "v.csv", "-o", "v.gazetteer", "--refused", "all.txt", "--quiet"]);
    assert_eq!(built.status.code(), Some(1));
    let said = said(&built);
    assert_eq!(said.matches("v.csv:").count(), 20 + 1, "{said}");
    assert!(said.contains("v.csv: csv, 1 rows read, 35 refused"), "{said}");
    assert!(said.contains("30 × expected the place's own coordinates") && said.contains("5 × expected decimal degrees"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("all.txt")).unwrap().lines().count(), 35);
}

#[test]
fn a_call_that_cannot_be_done_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("old.gazetteer"), "old").unwrap();
    fs::write(at.join("none.csv"), "name,lat,lon\n").unwrap();
    fs::write(at.join("what.csv"), "colour,size\nred,2\n").unwrap();
    for (arguments, expected) in [
        (&["none.csv"][..], "no rows with coordinates"),
        (&["what.csv"], "--columns"),
        (&["missing.csv"], "missing.csv"),
        (&["none.csv", "--format", "xls"], "geojson"),
    ] {
        let built = run(at, &[&["gazetteer", "build"][..], arguments, &["-o", "old.gazetteer"]].concat());
        assert_eq!(built.status.code(), Some(2));
        assert!(said(&built).contains(expected), "{}", said(&built));
    }
    assert_eq!(fs::read_to_string(at.join("old.gazetteer")).unwrap(), "old");
}

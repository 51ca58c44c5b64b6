#![allow(dead_code, unreachable_pub, reason = "the modules are the library's; the build uses a part of them")]
//! Compiles `geodata/gazetteer` into the table that the binary embeds, so that adding a place is adding a line.

use std::fs;
use std::path::{Path, PathBuf};

// The same fold and the same compiler as the library's, so that keys and reports meet.
#[path = "src/text"]
mod text {
    pub mod fold;
    pub mod word;
}
#[path = "src/gazetteer"]
mod gazetteer {
    pub mod compile;
    pub mod format;
    pub mod known;
    pub mod names;
    pub mod packed;
    pub mod row;
    pub mod transducer;
}

use gazetteer::row::{self, Row};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let folder = root.join("geodata/gazetteer");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/text");
    println!("cargo:rerun-if-changed=src/gazetteer");
    println!("cargo:rerun-if-changed=geodata/gazetteer");
    println!("cargo:rerun-if-changed=web/dist");
    let mut rows = read(&folder.join("base.tsv"), row::parse);
    let mut facts: Vec<PathBuf> =
        fs::read_dir(folder.join("facts")).expect("geodata/gazetteer/facts exists").filter_map(|e| Some(e.ok()?.path())).collect();
    facts.sort();
    for file in facts.iter().filter(|f| f.extension().is_some_and(|e| e == "tsv")) {
        rows.extend(read(file, row::parse));
    }
    rows.extend(read(&folder.join("regions.tsv"), region));
    correct(&folder.join("corrections.tsv"), &mut rows);
    let bytes = gazetteer::compile::compile(&rows);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("gazetteer.bin"), bytes).expect("OUT_DIR is writable");
    println!(
        "cargo:rustc-env=DALIL_LEXICON={:016x}",
        lexicon_checksum(
            &root.join("geodata/lexicon"),
            &["spelling/costs.tsv", "model/resolve.tsv", "gazetteer/outlets.tsv", "lexicon/actors.tsv"]
                .map(|f| root.join("geodata").join(f))
        )
    );
}

/// Changes with any word list, the actors, the costs of spellings, the weights of reasons and the homes of outlets: a store read with others is read again.
fn lexicon_checksum(folder: &Path, others: &[PathBuf]) -> u64 {
    println!("cargo:rerun-if-changed={}", folder.display());
    for file in others {
        println!("cargo:rerun-if-changed={}", file.display());
    }
    let mut files: Vec<PathBuf> = others.to_vec();
    for language in fs::read_dir(folder).expect("geodata/lexicon exists").filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir()) {
        files.extend(fs::read_dir(&language).expect("the folder was listed").filter_map(|e| Some(e.ok()?.path())));
    }
    files.sort();
    let all: Vec<u8> = files.iter().flat_map(|f| fs::read(f).unwrap_or_else(|e| panic!("{}: {e}", f.display()))).collect();
    gazetteer::compile::checksum(&all)
}

fn read(path: &Path, parse: impl Fn(&str) -> Result<Option<Row>, row::Fault>) -> Vec<Row> {
    let content = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    content
        .lines()
        .enumerate()
        .filter_map(|(index, line)| {
            parse(line)
                .unwrap_or_else(|fault| panic!("{}:{}: found {}, expected {}", path.display(), index + 1, fault.found, fault.expected))
        })
        .collect()
}

/// A line of `regions.tsv` as a row; the outline is read at run time.
fn region(line: &str) -> Result<Option<Row>, row::Fault> {
    let cells: Vec<&str> = line.split('\t').collect();
    let Some([id, name, feature, countries, lat, lon, radius, _wkt, names]) = cells.get(..9).and_then(|c| <[&str; 9]>::try_from(c).ok())
    else {
        return Ok(None);
    };
    if line.starts_with('#') {
        return Ok(None);
    }
    let country = if countries.len() == 2 { countries } else { "" };
    row::parse(&[id, name, feature, country, "", "", lat, lon, "", radius, names].join("\t"))
}

/// Applies `corrections.tsv`: id, field, found, wanted, reason. A correction that no longer applies stops the build.
fn correct(path: &Path, rows: &mut [Row]) {
    let content = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    for (index, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, field, found, wanted] = cells
            .get(..4)
            .and_then(|c| <[&str; 4]>::try_from(c).ok())
            .unwrap_or_else(|| panic!("{}:{}: expected id, field, found, wanted", path.display(), index + 1));
        let applied = rows.iter_mut().filter(|r| r.id == id).map(|r| change(r, field, found, wanted)).filter(|changed| *changed).count();
        if applied == 0 {
            println!("cargo:warning={}:{}: nothing to correct: {id} has no {field} «{found}»", path.display(), index + 1);
        }
    }
}

fn change(row: &mut Row, field: &str, found: &str, wanted: &str) -> bool {
    let cell = match field {
        "display" if row.name == found && !wanted.is_empty() => &mut row.name,
        "feature" if row.feature == found => &mut row.feature,
        "country" if row.country == found => &mut row.country,
        "admin1" if row.admin1 == found => &mut row.admin1,
        "name" => {
            let before = row.names.len();
            let mut changed = false;
            for (_, name) in row.names.iter_mut().filter(|(_, n)| n == found) {
                wanted.clone_into(name);
                changed = true;
            }
            row.names.retain(|(_, n)| !n.is_empty());
            return changed || row.names.len() != before;
        }
        _ => return false,
    };
    wanted.clone_into(cell);
    true
}

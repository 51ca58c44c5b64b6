//! Files of `tests/documents` and what is to be read in them: beside each its documents as JSON, written by hand or by the script that
//! made the file, from the same words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dalil::document::{self, Document, Found, Limits, Options};
use serde_json::{Map, Value, json};

/// PDF.
mod pdf;
/// Tables.
mod table;
/// DOCX, ODT, RTF.
mod word;

/// The files of a folder that have their answers beside them.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| answers(p).exists()).collect();
    files.sort();
    files
}

fn answers(file: &Path) -> PathBuf {
    file.with_file_name(format!("{}.json", file.file_name().unwrap().to_string_lossy()))
}

/// All that is found in a file, with the columns that its answers name.
fn found(file: &Path, columns: BTreeMap<String, String>) -> Vec<Found> {
    found_in(&file.file_name().unwrap().to_string_lossy(), &std::fs::read(file).unwrap(), columns)
}

fn found_in(name: &str, bytes: &[u8], columns: BTreeMap<String, String>) -> Vec<Found> {
    let mut all = Vec::new();
    document::read_bytes(name, bytes, &Options { limits: Limits::own(), columns }, &mut |found| {
        all.push(found);
        true
    });
    all
}

/// The one document of a file.
fn document(folder: &str, name: &str) -> Document {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(folder).join(name);
    found(&file, BTreeMap::new()).remove(0).unwrap()
}

fn shown(found: &Found) -> Value {
    let document = match found {
        Err(refused) => return json!({"refused": refused.reason, "why": format!("{:?}", refused.why)}),
        Ok(document) => document,
    };
    let mut fields = Map::new();
    let told = [
        ("id", &document.id),
        ("title", &document.title),
        ("source", &document.source),
        ("author", &document.author),
        ("url", &document.url),
        ("lang", &document.lang),
        ("part", &Some(document.part.clone()).filter(|p| !p.is_empty())),
        ("text", &Some(document.text.clone())),
    ];
    for (field, value) in told {
        fields.extend(value.clone().map(|value| (field.to_owned(), Value::String(value))));
    }
    fields.extend(document.published.as_ref().map(|p| ("published".to_owned(), serde_json::to_value(p).unwrap())));
    Value::Object(fields)
}

/// Reads a folder and compares; what is told of the way back must lie in the text, in its order.
fn check(folder: &str, least: usize) {
    let mut faults = Vec::new();
    let files = files(folder);
    for file in &files {
        let answer: Value = serde_json::from_str(&std::fs::read_to_string(answers(file)).unwrap()).unwrap();
        let columns = answer.get("columns").map(|c| serde_json::from_value(c.clone()).unwrap()).unwrap_or_default();
        let expected = match answer.get("found").cloned().unwrap_or(answer) {
            Value::Array(several) => several,
            one => vec![one],
        };
        let all = found(file, columns);
        let seen: Vec<Value> = all.iter().map(shown).collect();
        if seen != expected {
            faults.push(format!("{}: found\n{}\nexpected\n{}", file.display(), pretty(&seen), pretty(&expected)));
        }
        for document in all.iter().flatten() {
            let mut end = 0;
            for origin in &document.origins {
                assert!(
                    origin.span.start >= end && document.text.get(origin.span.start as usize..origin.span.end as usize).is_some(),
                    "{}: {origin:?}",
                    file.display()
                );
                end = origin.span.end;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(files.len() >= least, "only {} files in {folder}", files.len());
}

fn pretty(values: &[Value]) -> String {
    serde_json::to_string_pretty(values).unwrap()
}

/// Reads each file of a folder cut off and with bytes changed, some hundred times: something is found or refused, soon, and nothing panics.
fn harm(folder: &str, times: u64) {
    let mut chance = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        (chance % below.max(1) as u64) as usize
    };
    for file in files(folder) {
        let whole = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for round in 0..times {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(next(whole.len()));
            }
            for _ in 0..=next(8) {
                let at = next(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = next(256) as u8;
                }
            }
            if round % 5 == 0 && bytes.len() > 64 {
                let (from, to, length) = (next(bytes.len() - 32), next(bytes.len() - 32), next(32));
                bytes.copy_within(from..from + length, to);
            }
            let began = std::time::Instant::now();
            found_in(&name, &bytes, BTreeMap::new());
            assert!(began.elapsed().as_secs() < 10, "{name}, round {round}, took {:?}", began.elapsed());
        }
    }
}

/// What reports say, apart from identifiers and offsets.
fn incidents(text: &str) -> Vec<Value> {
    let report = dalil::recognise::Report { id: "r".to_owned(), text: text.to_owned(), ..Default::default() };
    let findings = dalil::incident::read(&report, &dalil::gazetteer::Gazetteer::embedded());
    let parsed = serde_json::to_value(dalil::layer::parsed(&report, &findings)).unwrap();
    let mut incidents = parsed.get("incidents").and_then(Value::as_array).cloned().unwrap_or_default();
    incidents.iter_mut().for_each(without_places_in_text);
    incidents
}

/// Takes out what hangs on where in the text something stands.
fn without_places_in_text(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !matches!(name.as_str(), "id" | "start" | "end"));
            fields.values_mut().for_each(without_places_in_text);
        }
        Value::Array(values) => values.iter_mut().for_each(without_places_in_text),
        _ => {}
    }
}

/// A saved report says the same as its plain text.
fn says_the_same(folder: &str, name: &str, plain: &str) {
    let plain = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports").join(plain)).unwrap();
    let (saved, plain) = (incidents(&document(folder, name).text), incidents(&plain));
    assert!(!plain.is_empty());
    assert_eq!(saved, plain, "{name}");
}

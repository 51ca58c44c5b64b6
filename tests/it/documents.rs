//! Files of all kinds, made by us, and what is read out of them: beside each `NAME` stands `NAME.json`, written by hand.

mod archive;
mod feed;
mod fuzz;
mod html;
mod incidents;
mod message;
mod warc;

use std::fs;
use std::path::PathBuf;

use dalil::document::{At, Columns, Document, Found, Limits, Options, read_bytes};
use serde_json::{Value, json};

pub(crate) fn options() -> Options {
    Options { limits: Limits::own(), columns: Columns::new() }
}

pub(crate) fn folder(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(kind)
}

pub(crate) fn found(name: &str, bytes: &[u8]) -> Vec<Found> {
    let mut out = Vec::new();
    read_bytes(name, bytes, &options(), &mut |found| {
        out.push(found);
        true
    });
    out
}

/// The files of a folder and what each is read as.
pub(crate) fn read_folder(kind: &str) -> Vec<(String, Vec<u8>, Vec<Found>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder(kind)).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| {
        !matches!(path.extension().and_then(|e| e.to_str()), Some("json" | "py"))
            || path.to_str().is_some_and(|p| p.ends_with(".feed.json"))
    });
    paths.sort();
    let read = |path: PathBuf| {
        let (name, bytes) = (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
        let found = found(&name, &bytes);
        (name, bytes, found)
    };
    paths.into_iter().map(read).collect()
}

/// A document as the files of expectations write it: what is not said is left out, the text line by line.
fn shown(found: &Found) -> Value {
    let document = match found {
        Ok(document) => document,
        Err(refused) => return json!({"refused": format!("{:?}", refused.why).to_lowercase()}),
    };
    let mut out = json!({
        "id": document.id, "part": document.part, "parent": document.parent, "title": document.title, "published": document.published,
        "source": document.source, "author": document.author, "url": document.url, "lang": document.lang, "fetched": document.fetched,
        "text": document.text.split('\n').collect::<Vec<_>>(),
    });
    out.as_object_mut().unwrap().retain(|key, value| !(value.is_null() || key == "part" && value == ""));
    out
}

/// Compares all files of a folder with what is written beside them.
pub(crate) fn agree(kind: &str, least: usize) {
    let files = read_folder(kind);
    assert!(files.len() >= least, "{} files", files.len());
    let mut misses = Vec::new();
    for (name, _, found) in &files {
        let path = folder(kind).join(format!("{name}.json"));
        let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let expected = expected.as_array().cloned().unwrap_or_else(|| vec![expected]);
        let shown: Vec<Value> = found.iter().map(shown).collect();
        for index in 0..expected.len().max(shown.len()) {
            let (expected, shown) = (expected.get(index).cloned().unwrap_or_default(), shown.get(index).cloned().unwrap_or_default());
            if sorted(&expected) != sorted(&shown) {
                misses.push(format!("{name} {index}\nexpected {expected:#}\nread     {shown:#}"));
            }
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n\n"));
}

fn sorted(value: &Value) -> Value {
    let ordered: Option<std::collections::BTreeMap<&String, Value>> =
        value.as_object().map(|o| o.iter().map(|(k, v)| (k, sorted(v))).collect());
    ordered.map_or_else(|| value.clone(), |ordered| json!(ordered))
}

/// Every stretch of characters that a document names is what its text says there, once tags, entities and white space are gone.
pub(crate) fn true_origins(name: &str, source: &str, document: &Document) -> usize {
    let characters: Vec<char> = source.chars().collect();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for origin in &document.origins {
        let At::Characters(start, end) = origin.at else { panic!("{name}: {origin:?}") };
        let stretch: String = characters[start as usize..end as usize].iter().collect();
        let said = document.text.get(origin.span.start as usize..origin.span.end as usize).unwrap();
        assert_eq!(bare(&without_markup(&stretch)), bare(said), "{name}: {stretch}");
    }
    document.origins.len()
}

/// Tags gone and entities resolved, in the simplest way.
fn without_markup(markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    for (entity, meant) in
        [("&nbsp;", "\u{A0}"), ("&laquo;", "«"), ("&raquo;", "»"), ("&#8207;", "\u{200F}"), ("&hellip;", "…"), ("&amp;", "&")]
    {
        out = out.replace(entity, meant);
    }
    out
}

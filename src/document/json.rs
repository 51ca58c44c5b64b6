//! Records as JSON: one object, a list of them, or one a line.

use std::io::{BufRead, Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::chat;
use super::decode::decode;
use super::feed;
use super::table::Fields;
use super::{Basis, Columns, Document, Each, FIELDS, File, Kind, Options, Why, published, refused};

/// `{"id":"r1","text":"…","lang":"ar","title":null,"published":"2022-09-07","source":"AFP","author":null,"url":null}`; other fields
/// are passed over.
#[derive(Debug, Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    text: String,
    lang: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    author: Option<String>,
    url: Option<String>,
}

/// The document of an object, without an identifier if it has none.
///
/// # Errors
/// A sentence that says what was found and what was expected.
pub fn record(value: Value) -> Result<Document, String> {
    document(serde_json::from_value(value).map_err(|e| e.to_string())?, Kind::Json)
}

fn document(record: Record, kind: Kind) -> Result<Document, String> {
    let id = match &record.id {
        Value::Null => None,
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        other => return Err(format!("id: found {other}, expected a string")),
    };
    let wrong = |text: &str| format!("published: found «{text}», expected a date such as 2022-09-06");
    let told = record.published.filter(|p| !p.is_empty());
    let day = told.map(|text| published(&text, Basis::Given).ok_or_else(|| wrong(&text))).transpose()?;
    let Record { text, lang, title, source, author, url, .. } = record;
    Ok(Document { text, id, title, published: day, source, author, url, lang, kind, ..Document::default() })
}

/// The document of a record of a data file.
///
/// Its fields bear our names, or those that a person said, or words that are known to stand at the head of such columns; a record of
/// other names may lack an identifier, and is known by its place then.
fn of_file(value: Value, kind: Kind, columns: &Columns, place: usize) -> Result<Document, String> {
    let Value::Object(object) = value else { return identified(document_of(value, kind)?) };
    let is_ours = columns.is_empty() && object.get("text").is_some_and(Value::is_string);
    if is_ours {
        return identified(document_of(Value::Object(object), kind)?);
    }
    match renamed(&object, columns)? {
        None => identified(document_of(Value::Object(object), kind)?),
        Some(record) => {
            let document = document_of(record, kind)?;
            let part = if document.id.is_some() { String::new() } else { place.to_string() };
            Ok(Document { part, ..document })
        }
    }
}

/// A record by our names; none when no field of it is known to hold a text.
fn renamed(object: &Map<String, Value>, columns: &Columns) -> Result<Option<Value>, String> {
    let names: Vec<&str> = object.keys().map(String::as_str).collect();
    let fields = if columns.is_empty() {
        Fields::known(names.iter().copied())
    } else {
        let there = || names.iter().map(|n| format!("«{n}»")).collect::<Vec<_>>().join(", ");
        Some(Fields::told(&names, columns).map_err(|missing| format!("has no field «{missing}», found {}", there()))?)
    };
    let Some(fields) = fields else { return Ok(None) };
    let mut record = Map::new();
    for field in FIELDS {
        let value = fields.of(field).and_then(|at| object.get(*names.get(at)?));
        let value = match value {
            // An outlet, an author may be an object with a name, or several.
            Some(Value::Object(told)) => told.get("name").or_else(|| told.get("title")).cloned(),
            Some(Value::Array(several)) => several.first().filter(|v| v.is_string()).cloned(),
            Some(Value::Number(number)) if field != "id" => Some(Value::String(number.to_string())),
            other => other.cloned(),
        };
        record.extend(value.map(|value| (field.to_owned(), value)));
    }
    Ok(Some(Value::Object(record)))
}

fn document_of(value: Value, kind: Kind) -> Result<Document, String> {
    document(serde_json::from_value(value).map_err(|e| e.to_string())?, kind)
}

/// A record of a data file: its identifier is what the answer is known by.
fn identified(document: Document) -> Result<Document, String> {
    if document.id.is_some() { Ok(document) } else { Err("id: found null, expected a string".to_owned()) }
}

/// JSON Lines, read as they come; a bad line is told with its number and the rest goes on.
pub(super) fn lines(name: &str, source: &mut dyn BufRead, options: &Options, each: Each) -> bool {
    let unreadable = |e: std::io::Error| refused(name, Why::Unreadable, e.to_string());
    let start = match source.fill_buf() {
        Ok(start) => start,
        Err(e) => return each(Err(unreadable(e))),
    };
    if Encoding::for_bom(start).is_some_and(|(encoding, _)| encoding != UTF_8) {
        return recoded(name, source, options, each);
    }
    for number in 1_u64.. {
        let mut line = Vec::new();
        match (&mut *source).take(options.limits.file_bytes).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(e) => return each(Err(unreadable(e))),
        }
        let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read =
            std::str::from_utf8(line).map_err(|e| e.to_string()).and_then(|line| serde_json::from_str(line).map_err(|e| e.to_string()));
        let found = read.and_then(|record| of_file(record, Kind::JsonLines, &options.columns, number as usize));
        // The line that a JSON error counts is one of its own line, which misleads beside the file's.
        let refuse =
            |reason: String| refused(&format!("{name}:{number}"), Why::Record, reason.replacen(" at line 1 column", ", column", 1));
        if !each(found.map_err(refuse)) {
            return false;
        }
    }
    true
}

/// Lines in UTF-16: rare, and short enough to hold.
fn recoded(name: &str, source: &mut dyn BufRead, options: &Options, each: Each) -> bool {
    let mut bytes = Vec::new();
    match source.take(options.limits.file_bytes).read_to_end(&mut bytes).map_err(|e| e.to_string()).and_then(|_| decode(&bytes)) {
        Ok(content) => lines(name, &mut Cursor::new(content), options, each),
        Err(reason) => each(Err(refused(name, Why::Unreadable, reason))),
    }
}

/// One object, or a list of them.
pub(super) fn whole(file: File, each: Each) -> bool {
    let content = match decode(file.bytes) {
        Ok(content) => content,
        Err(reason) => return each(Err(file.refused(Why::Unknown, reason))),
    };
    let values = match serde_json::from_str(content.trim_start_matches('\u{FEFF}')) {
        Ok(Value::Array(values)) => values,
        Ok(value) if chat::is_telegram(&value) => return chat::telegram(file, value, each),
        Ok(value) if feed::is_feed(&value) => return feed::documents_of(file, &value, each),
        Ok(value) => vec![value],
        // JSON Lines under the name of JSON.
        Err(_) if content.lines().next().is_some_and(|l| serde_json::from_str::<Value>(l).is_ok_and(|v| v.is_object())) => {
            return lines(file.name, &mut Cursor::new(content), file.options, each);
        }
        Err(e) => return each(Err(refused(&format!("{}:{}", file.name, e.line()), Why::Damaged, e.to_string()))),
    };
    for (index, value) in values.into_iter().enumerate() {
        let refuse = |reason: String| refused(file.name, Why::Record, format!("report {}: {reason}", index + 1));
        let found = of_file(value, Kind::Json, &file.options.columns, index + 1);
        if !each(found.map_err(refuse)) {
            return false;
        }
    }
    true
}

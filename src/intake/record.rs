//! A report as JSON.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result as Checked};
use crate::lang::Lang;
use crate::recognise::Report;
use crate::store::{content_hash, short_hash};

/// Identifiers stand in addresses and links; no file system has longer names.
const MAX_ID_CHARS: usize = 255;

/// `{"id":"r1","text":"…","lang":"ar","title":null,"published":"2022-09-07","source":"AFP","url":null}`; other fields are passed over.
#[derive(Debug, Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    text: String,
    lang: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
}

/// The report of a line of JSON Lines; `published` fills in when the object does not say.
///
/// # Errors
/// A sentence that says what was found and what was expected.
pub fn report_of_line(json: &str, published: Option<Date>) -> Result<Report, String> {
    identified(serde_json::from_str(json).map_err(|e| e.to_string())?, published)
}

/// As [`report_of_line`], of a value that is already JSON.
///
/// # Errors
/// As [`report_of_line`].
pub fn report_of(value: Value, published: Option<Date>) -> Result<Report, String> {
    identified(serde_json::from_value(value).map_err(|e| e.to_string())?, published)
}

/// A report that one person hands in; one without an identifier is given one that hangs on its content alone.
///
/// # Errors
/// [`Error::Value`] that says which field was found to be what.
pub fn posted_report(value: Value) -> Checked<Report> {
    let wrong = |found: String| Error::value("report", found, "an object with text, and perhaps id, title, published, source, url, lang");
    let record: Record = serde_json::from_value(value).map_err(|e| wrong(e.to_string()))?;
    let mut report = match &record.id {
        Value::Null => checked(record, String::new(), None),
        _ => identified(record, None),
    }
    .map_err(wrong)?;
    if report.text.trim().is_empty() {
        return Err(Error::value("text", "nothing to read", "the text of a report"));
    }
    if report.id.is_empty() {
        report.id = format!("rep-{}", short_hash(&content_hash(&report)));
    }
    if report.id.chars().count() > MAX_ID_CHARS || report.id.chars().any(char::is_control) {
        return Err(Error::value("id", "a longer one, or one with control characters", &format!("at most {MAX_ID_CHARS} characters")));
    }
    Ok(report)
}

fn identified(record: Record, published: Option<Date>) -> Result<Report, String> {
    let id = match &record.id {
        Value::String(id) if !id.is_empty() => id.clone(),
        Value::Number(id) => id.to_string(),
        other => return Err(format!("id: found {other}, expected a string")),
    };
    checked(record, id, published)
}

fn checked(record: Record, id: String, published: Option<Date>) -> Result<Report, String> {
    let given = record.published.filter(|p| !p.is_empty());
    let day = |text: &str| text.get(..10).and_then(|d| d.parse::<Date>().ok());
    let published = match &given {
        None => published,
        Some(text) => Some(day(text).ok_or_else(|| format!("published: found «{text}», expected a date such as 2022-09-06"))?),
    };
    // A language that is not read is no reason to refuse: the reader finds out itself.
    let lang = record.lang.as_deref().and_then(Lang::from_code);
    Ok(Report { id, text: record.text, lang, title: record.title, published, source: record.source, url: record.url })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_becomes_a_report_or_a_reason() {
        let report = report_of_line(r#"{"id":7,"text":"x","published":"2022-09-06T10:00:00Z","lang":"ar-SY","more":[]}"#, None).unwrap();
        assert_eq!((report.id.as_str(), report.published.unwrap().day(), report.lang), ("7", 6, Some(Lang::Ar)));
        for wrong in [
            r#"{"id":"a"}"#,
            r#"{"text":"a"}"#,
            r#"{"id":null,"text":""}"#,
            r#"{"id":"a","text":"","published":"soon"}"#,
            r#"{"id":"a","te"#,
            "[]",
        ] {
            assert!(report_of_line(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_report_without_an_identifier_is_named_by_what_it_says() {
        let id = |value: Value| posted_report(value).unwrap().id;
        let (one, same, other) = (json!({"text": "x"}), json!({"text": "x", "more": 1}), json!({"text": "x", "source": "AFP"}));
        assert_eq!(id(one.clone()), id(same));
        assert_ne!(id(one), id(other));
        assert_eq!(id(json!({"text": "x", "id": "r1"})), "r1");
        let long = "x".repeat(MAX_ID_CHARS + 1);
        for wrong in [json!({"text": " "}), json!({"id": "r1"}), json!({"text": "x", "id": long}), json!({"text": "x", "id": [1]})] {
            assert!(posted_report(wrong.clone()).is_err(), "{wrong}");
        }
    }
}

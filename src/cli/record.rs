//! A report as JSON.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::lang::Lang;
use crate::recognise::Report;

/// `{"id":"r1","text":"…","lang":"ar","title":null,"published":"2022-09-07","source":"AFP","url":null}`; other fields are passed over.
#[derive(Debug, Deserialize)]
struct Record {
    id: Value,
    text: String,
    lang: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
}

/// Parses one JSON object; `published` fills in when the object does not say.
///
/// # Errors
/// A sentence that says what was found and what was expected.
pub(super) fn parse(json: &str, published: Option<Date>) -> Result<Report, String> {
    checked(serde_json::from_str(json).map_err(|e| e.to_string())?, published)
}

/// As [`parse`], of a value that is already JSON.
pub(super) fn of_value(value: Value, published: Option<Date>) -> Result<Report, String> {
    checked(serde_json::from_value(value).map_err(|e| e.to_string())?, published)
}

fn checked(record: Record, published: Option<Date>) -> Result<Report, String> {
    let id = match record.id {
        Value::String(id) if !id.is_empty() => id,
        Value::Number(id) => id.to_string(),
        other => return Err(format!("id: found {other}, expected a string")),
    };
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
    use super::*;

    #[test]
    fn an_object_becomes_a_report_or_a_reason() {
        let report = parse(r#"{"id":7,"text":"x","published":"2022-09-06T10:00:00Z","lang":"ar-SY","more":[]}"#, None).unwrap();
        assert_eq!((report.id.as_str(), report.published.unwrap().day(), report.lang), ("7", 6, Some(Lang::Ar)));
        for wrong in [r#"{"id":"a"}"#, r#"{"id":null,"text":""}"#, r#"{"id":"a","text":"","published":"soon"}"#, r#"{"id":"a","te"#, "[]"] {
            assert!(parse(wrong, None).is_err(), "{wrong}");
        }
    }
}

//! Documents and posted objects as reports.

use jiff::civil::Date;
use serde_json::Value;

use crate::document::{Basis, Document, Kind, Published, day_in_address, record};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::recognise::{Provenance, Report};
use crate::store::{content_hash, short_hash};

/// Identifiers stand in addresses and links; no file system has longer names.
const MAX_ID_CHARS: usize = 255;

/// The report of a document that was found in a file; `fallback` is its day when neither it nor its address says one.
pub fn report_of(document: Document, file: &str, fallback: Option<Date>) -> Report {
    let named = |part: &str| if part.is_empty() { file.to_owned() } else { format!("{file}#{part}") };
    let id = document.id.clone().unwrap_or_else(|| named(&document.part));
    let parent = document.parent.as_deref().map(named);
    let report = untold(document, fallback);
    Report { id, provenance: Provenance { parent, ..report.provenance }, ..report }
}

/// A report that one person hands in; one without an identifier is given one that hangs on its content alone.
///
/// # Errors
/// [`Error::Value`] that says which field was found to be what.
pub fn posted_report(value: Value) -> Result<Report> {
    let wrong =
        |found: String| Error::value("report", found, "an object with text, and perhaps id, title, published, source, author, url, lang");
    // What a file said of itself comes along when a report of it is handed in.
    let found = value.get("provenance").filter(|p| !p.is_null()).map(|p| serde_json::from_value::<Provenance>(p.clone()));
    let found = found.transpose().map_err(|e| wrong(format!("provenance: {e}")))?;
    let document = record(value).map_err(wrong)?;
    let id = document.id.clone();
    let mut report = untold(Document { kind: Kind::Text, ..document }, None);
    if let Some(found) = found {
        report.provenance = Provenance { author: report.provenance.author.or(found.author.clone()), ..found };
    }
    if report.text.trim().is_empty() {
        return Err(Error::value("text", "nothing to read", "the text of a report"));
    }
    report.id = id.unwrap_or_else(|| format!("rep-{}", short_hash(&content_hash(&report))));
    if report.id.chars().count() > MAX_ID_CHARS || report.id.chars().any(char::is_control) {
        return Err(Error::value("id", "a longer one, or one with control characters", &format!("at most {MAX_ID_CHARS} characters")));
    }
    Ok(report)
}

/// The report without its identifier.
fn untold(document: Document, fallback: Option<Date>) -> Report {
    let in_address = || {
        let day = document.url.as_deref().and_then(day_in_address)?;
        Some(Published { day, at: day.to_string(), basis: Basis::Url })
    };
    let published = document.published.clone().or_else(in_address);
    // When a file was made says little of when its words were published, and a wrong day puts every «Tuesday» wrong: it is told, not used.
    let day = published.as_ref().filter(|p| p.basis != Basis::File).map(|p| p.day).or(fallback);
    // What a record says as plainly as its day needs no second telling.
    let is_plain = |p: &Published| p.basis == Basis::Given && p.at == p.day.to_string();
    let kind = document.kind;
    let is_record = matches!(kind, Kind::Text | Kind::Json | Kind::JsonLines);
    let provenance = Provenance {
        author: document.author,
        published: published.filter(|p| !is_plain(p)),
        kind: (!is_record).then_some(kind),
        origins: document.origins,
        fetched: document.fetched,
        ..Provenance::default()
    };
    // A language that is not read is no reason to refuse: the reader finds out itself. What pages and word processors say of theirs is
    // often what they were installed in.
    let lang = document.lang.filter(|_| is_record || matches!(kind, Kind::Csv | Kind::Workbook));
    let lang = lang.as_deref().and_then(Lang::from_code);
    let Document { text, title, source, url, .. } = document;
    Report { id: String::new(), text, lang, title, published: day, source, url, provenance }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_becomes_a_report_named_by_its_file_and_part() {
        let report = |value: Value| report_of(record(value).unwrap(), "a.jsonl", None);
        let given = report(json!({"id": 7, "text": "x", "published": "2022-09-06T10:00:00Z", "lang": "ar-SY", "more": []}));
        assert_eq!((given.id.as_str(), given.published.unwrap().day(), given.lang), ("7", 6, Some(Lang::Ar)));
        assert_eq!(given.provenance.published.unwrap().at, "2022-09-06T10:00:00Z");
        let addressed = report(json!({"id": "a", "text": "x", "url": "https://example.org/2022/09/06/gao"}));
        assert_eq!((addressed.published.unwrap().day(), addressed.provenance.published.unwrap().basis), (6, Basis::Url));
        let made = Published { day: "2000-01-01".parse().unwrap(), at: "2000-01-01".to_owned(), basis: Basis::File };
        let file = || Document { published: Some(made.clone()), ..Document::default() };
        assert_eq!(report_of(file(), "a.pdf", None).published, None);
        let told = report_of(file(), "a.pdf", "2022-09-06".parse().ok());
        assert_eq!((told.published.unwrap().year(), told.provenance.published.as_ref()), (2022, Some(&made)));
        let part = Document { part: "mai/5.html".to_owned(), parent: Some(String::new()), ..Document::default() };
        let report = report_of(part, "year.zip", None);
        assert_eq!((report.id.as_str(), report.provenance.parent.as_deref()), ("year.zip#mai/5.html", Some("year.zip")));
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

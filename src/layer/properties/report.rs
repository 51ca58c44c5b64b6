//! Reports as they leave the program.

use serde::Serialize;

use crate::document::{Basis, Kind};

/// `properties` of a report's Feature, which has no geometry.
///
/// `{"id":"r1","title":null,"text":"…","lang":"ar","published":"2022-09-08","published_basis":"metadata","source":"AFP","url":null,
/// "file_kind":"html"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct ReportProperties {
    pub id: String,
    pub title: Option<String>,
    pub text: String,
    pub lang: &'static str,
    pub published: Option<String>,
    /// As exactly as the file says, where that is more than the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<String>,
    /// How the day is known, where nobody gave it: metadata, url, dateline, file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_basis: Option<Basis>,
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    pub url: Option<String>,
    /// What kind of file it stood in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_kind: Option<Kind>,
    /// The report that it was cut out of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
}

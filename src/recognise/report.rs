//! A report as it comes in, and the notes that reading it leaves.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::{Kind, Origin, Published};
use crate::lang::Lang;
use crate::text::Span;

/// A text with a source and a publication date.
///
/// `{"id":"r1","text":"…","lang":"ar","title":null,"published":"2022-09-07","source":"AFP","url":null}`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Identifier, unique in a store.
    pub id: String,
    /// The text as given; all offsets are into it.
    pub text: String,
    /// Language, when the giver knows it.
    pub lang: Option<Lang>,
    /// Headline, when it is apart from the text.
    pub title: Option<String>,
    /// Day of publication: what «yesterday» hangs on.
    pub published: Option<Date>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where it was found, and how its day is known.
    #[serde(default, skip_serializing_if = "Provenance::is_empty")]
    pub provenance: Provenance,
}

/// What is known of the file that a report was found in; nothing of a report that was handed in as words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was published, as exactly as the file says, and how that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// What kind of file it stood in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The report that this one was cut out of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// SHA-256 of the file's bytes, sixteen hex digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_hash: Option<String>,
    /// When it was fetched, in UTC, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// Which stretch of the text stood where in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
}

impl Provenance {
    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Provenance::default()
    }
}

/// Something that a reader of the results should know: what was not used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where in the report, when it is about a place in it.
    #[serde(skip)]
    pub span: Option<Span>,
    /// One sentence.
    pub reason: String,
}

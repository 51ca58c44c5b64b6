//! A report as it comes in, and the notes that reading it leaves.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::text::Span;

/// A text with a source and a publication date.
///
/// `{"id":"r1","text":"…","lang":"ar","title":null,"published":"2022-09-07","source":"AFP","url":null}`
#[derive(Clone, Debug, PartialEq, Eq)]
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

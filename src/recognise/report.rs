//! A report as it comes in, and the notes that reading it leaves.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::text::Span;

/// A text with a source and a publication date.
///
/// `{"id":"r1","text":"…","lang":"ar","title":null,"published":"2022-09-07","source":"AFP","url":null}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(with = "day")]
    pub published: Option<Date>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A day as JSON has it.
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
    pub(super) fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        day.map(|d| d.to_string()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        let written = Option::<String>::deserialize(from)?;
        written.map(|day| day.parse().map_err(D::Error::custom)).transpose()
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

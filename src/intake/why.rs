//! Why a spot of a kept report means what it means, read as the store reads it: with the user's places and corrections.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::incident::why::Asked;

use crate::lang::litter;
use crate::layer;
use crate::layer::properties::WhyShape;
use crate::recognise::Report;
use crate::store::{Collection, Store};

use super::read::Reader;

/// A report of a store and all that it is read with, to be asked apart from the store.
#[derive(Debug)]
pub struct Question {
    report: Report,
    at: u32,
    reader: Reader,
}

impl Question {
    /// About the words at a code point of a report.
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown report, [`Error::Store`].
    pub fn of_report(base: &Gazetteer, store: &Store, report_id: &str, at: u32) -> Result<Question> {
        let report = store.reports([&report_id.to_owned()])?.pop().ok_or_else(|| missing(report_id, Collection::Reports))?;
        Ok(Question { report, at, reader: Reader::open(base, store)? })
    }

    /// About a mention that is kept.
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown mention, [`Error::Store`].
    pub fn of_mention(base: &Gazetteer, store: &Store, id: &str) -> Result<Question> {
        let unknown = || missing(id, Collection::Mentions);
        let feature = store.feature(Collection::Mentions, id)?.ok_or_else(unknown)?;
        let feature: Value = serde_json::from_str(&feature).map_err(|_e| unknown())?;
        let properties = &feature["properties"];
        let (report, start) = properties["report_id"].as_str().zip(properties["start"].as_u64()).ok_or_else(unknown)?;
        Question::of_report(base, store, report, start as u32)
    }

    /// The answer, with what would have changed it.
    ///
    /// # Errors
    /// [`Error::Value`] when the report ends before the code point, or has no words.
    pub fn answer(&self) -> Result<WhyShape> {
        let text = litter::read(&self.report.text);
        let byte = self.report.text.char_indices().nth(self.at as usize).map(|(byte, _)| byte as u32);
        let asked = Asked::of(&self.report, &text, &self.reader.gazetteer, &self.reader.corrections);
        let why = byte.and_then(|byte| asked.why_and_what_if(byte));
        let length = self.report.text.chars().count();
        let why =
            why.ok_or_else(|| Error::value("at", format!("«{}»", self.at), &format!("a code point below {length}, the report's end")))?;
        Ok(layer::why(&self.report, &why, &self.reader.gazetteer))
    }
}

fn missing(id: &str, collection: Collection) -> Error {
    Error::missing(format!("«{id}» in {}", collection.name()))
}

//! What differs by language: readings of a word, the language of a text, the word lists.

pub mod actor_words;
pub mod ar;
pub mod demonym;
pub mod detect;
pub mod event_words;
pub mod grammar;
pub mod hash;
pub mod lexicon;
pub mod lists;
pub mod litter;
pub mod place_words;
pub mod readings;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The languages that are read. Adding one makes the compiler list the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Arabic.
    Ar,
    /// French.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// All of them, in the order of their enum.
    pub const ALL: [Lang; 3] = [Lang::Ar, Lang::Fr, Lang::En];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// From a BCP 47 tag, region ignored («ar-SY» is Arabic).
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Lang::ALL.into_iter().find(|lang| lang.code() == primary)
    }
}

/// One way to cut what is written together with a word off its front.
///
/// The reading «as written» is always among a word's readings; none destroys another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The word that remains, folded.
    pub word: Cow<'a, str>,
    /// Bytes of the folded token that were cut off.
    pub cut: usize,
    /// A preposition was among them («in», «to», «like»).
    pub preposition: bool,
    /// «like» was among them: places are seldom likened.
    pub comparison: bool,
    /// The article was among them.
    pub article: bool,
}

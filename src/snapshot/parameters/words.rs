//! The words of a text search, and the places that they name.

use crate::error::{Error, Result};
use crate::snapshot::predicate::{Leaf, Predicate, TextTest};
use crate::snapshot::schema::{Schema, schema};
use crate::store::Collection;
use crate::text::fold::fold_phrase;

use super::Question;

/// Longest text of a search.
pub const MAX_Q_CHARS: usize = 500;
/// Words of a text search that are looked at.
const MAX_WORDS: usize = 8;
/// Words that a place may have in its name.
const MAX_NAME_WORDS: usize = 5;

/// The identifiers of the places that bear a folded name.
pub type Bearers<'a> = &'a dyn Fn(&str) -> Vec<String>;

impl Question {
    /// The same question, which words that are the name of a place answer too when it is written otherwise, in any script: «Gao» is in what
    /// lies in «غاو».
    #[must_use]
    pub fn across_scripts(mut self, bearers: Bearers<'_>) -> Question {
        let schema = schema(self.collection);
        let mut all = Predicate::Always(true);
        let mut rest = self.words.as_slice();
        while !rest.is_empty() {
            let longest = (1..=rest.len().min(MAX_NAME_WORDS)).rev();
            let name = longest.map(|count| (count, bearers(&rest[..count].join(" ")))).find(|(_, places)| !places.is_empty());
            let (count, places) = name.unwrap_or((1, Vec::new()));
            let (words, others) = rest.split_at(count);
            let written = words.iter().map(|word| Predicate::leaf(Leaf::Word(word.clone()))).fold(Predicate::Always(true), Predicate::and);
            all = all.and(if places.is_empty() { written } else { Predicate::Or(vec![written, at_any(&schema, places)]) });
            rest = others;
        }
        for (name, predicate) in &mut self.conditions {
            if name == "q" {
                *predicate = all.clone();
            }
        }
        self
    }
}

/// The folded words of a text search.
pub(super) fn words(value: &str) -> Result<Vec<String>> {
    let count = value.chars().count();
    if count > MAX_Q_CHARS {
        return Err(Error::value("q", format!("{count} characters"), &format!("at most {MAX_Q_CHARS}")));
    }
    Ok(fold_phrase(value).split(' ').filter(|w| !w.is_empty()).take(MAX_WORDS).map(str::to_owned).collect())
}

/// What lies at one of some places, or names one.
fn at_any(schema: &Schema, places: Vec<String>) -> Predicate {
    if schema.collection == Collection::Reports {
        return Predicate::leaf(Leaf::Names(places));
    }
    let found = ["gazetteer_id", "place_id", "other_place_id"].into_iter().filter_map(|name| schema.find(name));
    Predicate::Or(found.map(|(at, _)| Predicate::leaf(Leaf::Text(at, TextTest::OneOf(places.clone())))).collect())
}

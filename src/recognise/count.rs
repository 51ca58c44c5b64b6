//! Tolls: how many persons were killed, injured, abducted, missing, displaced or arrested, and who they were.
//!
//! A sentence is read as groups of persons («30 civils», «جنديان», «a soldier») and words of harm; each group goes to
//! the word of harm that its grammar points to, or shares that of the group it is joined to.

mod attach;
mod group;
mod harm;
mod list;
mod single;
mod sum;

use std::ops::Range;

use crate::lang::Lang;
use crate::lang::lists::{Lists, Qualifier, Signs};
use crate::text::{Span, Text};

use super::number::Number;
use super::time::TimeMention;

pub use crate::lang::lists::Harm;
pub use sum::total;

/// A number of persons to whom one harm was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What was done to them.
    pub harm: Harm,
    /// Tokens from the number's qualifier to the noun.
    pub tokens: Range<usize>,
    /// Their place in the original.
    pub span: Span,
    /// The word of harm it belongs to.
    pub harm_tokens: Range<usize>,
    /// Fewest.
    pub low: u32,
    /// Most.
    pub high: u32,
    /// What is said about the number.
    pub qualifier: Option<Qualifier>,
    /// The words for the persons as written («مدنياً», «soldats nigériens»); empty when the text has none.
    pub who: String,
    /// Their kind, a key of `people.txt` without its form («civilians», «soldiers»).
    pub who_kind: Option<String>,
    /// They attacked: assailants, militants, «neutralised».
    pub is_attackers: bool,
    /// They are among those counted before («including», «dont», «بينهم», «three of them»).
    pub part_of_previous: bool,
    /// The number is a word such as «dozens» or «several».
    pub is_vague: bool,
}

impl Count {
    /// The kind of the persons, empty when the text does not say.
    pub fn kind(&self) -> &str {
        self.who_kind.as_deref().unwrap_or("")
    }
}

/// The tolls of a text in order.
pub fn counts(text: &Text, signs: &Signs, lists: &Lists, numbers: &[Number], times: &[TimeMention]) -> Vec<Count> {
    let mut out = Vec::new();
    let (mut number, mut time) = (0, 0);
    for sentence in &text.sentences {
        let numbers_here = within(numbers, &mut number, sentence, |n| n.tokens.start);
        let times_here = within(times, &mut time, sentence, |t| t.tokens.start);
        let reader = Reader { text, signs, lists, lang: lists.lang, sentence: sentence.clone(), times: times_here };
        let harms = harm::harms(&reader);
        if harms.is_empty() {
            continue;
        }
        let groups = group::groups(&reader, numbers_here, &harms);
        attach::attach(&reader, &groups, &harms, &mut out);
    }
    out
}

/// The items that begin inside a sentence; `at` goes along the sorted list.
fn within<'a, T>(items: &'a [T], at: &mut usize, sentence: &Range<usize>, start: impl Fn(&T) -> usize) -> &'a [T] {
    while items.get(*at).is_some_and(|i| start(i) < sentence.start) {
        *at += 1;
    }
    let from = *at;
    while items.get(*at).is_some_and(|i| start(i) < sentence.end) {
        *at += 1;
    }
    &items[from..*at]
}

/// One sentence under reading.
struct Reader<'a, 't> {
    text: &'a Text<'t>,
    signs: &'a Signs,
    lists: &'a Lists,
    lang: Lang,
    sentence: Range<usize>,
    times: &'a [TimeMention],
}

impl Reader<'_, '_> {
    /// The last token of the time that covers a token.
    fn time_at(&self, at: usize) -> Option<usize> {
        self.times.iter().find(|t| t.tokens.contains(&at)).map(|t| t.tokens.end)
    }

    fn is_stop(&self, at: usize) -> bool {
        matches!(self.text.folded(at), "." | ";" | "\u{061B}" | "!" | "?" | "\u{061F}" | ":")
    }

    fn is_comma(&self, at: usize) -> bool {
        matches!(self.text.folded(at), "," | "\u{060C}")
    }

    fn is_and(&self, at: usize) -> bool {
        matches!(self.text.folded(at), "و" | "and" | "et" | "plus" | "&" | "ainsi" | "كذلك" | "كما" | "while" | "alors")
    }
}

#[cfg(test)]
mod tests;

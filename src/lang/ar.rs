//! Arabic: what is written together with a word, as readings.

use std::borrow::Cow;

use super::Reading;

/// Shortest word, in letters, that may remain when something is cut off.
const MIN_STEM: usize = 2;

/// Shortest stem, in letters, that a guess may leave.
const MIN_GUESSED_STEM: usize = 3;

/// Conjunctions and prepositions of one letter, and the article, in the order in which they may stand.
/// Each is tried with and without; «لل» is the preposition with the article assimilated.
///
/// # Examples
/// ```
/// let words: Vec<_> = dalil::lang::ar::readings("وبالرقه").into_iter().map(|r| r.word.into_owned()).collect();
/// assert_eq!(words, ["وبالرقه", "بالرقه", "الرقه", "رقه"]);
/// ```
pub fn readings(folded: &str) -> Vec<Reading<'_>> {
    let mut out = Vec::new();
    each_reading(folded, |reading| out.push(reading));
    out
}

/// Hands each of [`readings`] on, in their order: a text is asked for them word by word.
pub fn each_reading<'a>(folded: &'a str, mut each: impl FnMut(Reading<'a>)) {
    each(Reading { word: Cow::Borrowed(folded), cut: 0, preposition: false, comparison: false, article: false });
    let behind_conjunction = strip(folded, &['و', 'ف']);
    if let Some(rest) = behind_conjunction {
        each(reading(rest, folded, false, false));
    }
    for word in [Some(folded), behind_conjunction].into_iter().flatten() {
        if let Some(rest) = without_article(word) {
            each(reading(rest, folded, false, true));
        }
        let Some(rest) = strip(word, &['ب', 'ل', 'ك']) else { continue };
        if let (Some(noun), true) = (strip(rest, &['ل']), word.starts_with('ل')) {
            each(Reading {
                word: Cow::Owned(format!("ال{noun}")),
                cut: folded.len() - noun.len(),
                preposition: true,
                comparison: false,
                article: false,
            });
            each(reading(noun, folded, true, true));
        }
        each(reading(rest, folded, true, false));
        if let Some(rest) = without_article(rest) {
            each(reading(rest, folded, true, true));
        }
    }
}

fn reading<'a>(rest: &'a str, folded: &str, preposition: bool, article: bool) -> Reading<'a> {
    let cut = folded.len() - rest.len();
    let comparison = preposition && folded.get(..cut).is_some_and(|c| c.contains('ك'));
    Reading { word: Cow::Borrowed(rest), cut, preposition, comparison, article }
}

fn strip<'a>(word: &'a str, prefixes: &[char]) -> Option<&'a str> {
    word.strip_prefix(prefixes).filter(|rest| is_stem(rest))
}

fn without_article(word: &str) -> Option<&str> {
    word.strip_prefix("ال").filter(|rest| is_stem(rest))
}

fn is_stem(rest: &str) -> bool {
    rest.chars().nth(MIN_STEM - 1).is_some()
}

/// The word without conjunction, preposition and article, where enough of it remains: one guess, for comparing words.
///
/// # Examples
/// ```
/// assert_eq!(dalil::lang::ar::stem("وبالرقه"), "رقه");
/// assert_eq!(dalil::lang::ar::stem("للسكان"), "سكان");
/// assert_eq!(dalil::lang::ar::stem("لبنان"), "لبنان");
/// ```
pub fn stem(folded: &str) -> &str {
    let cut = |word: &'_ str, prefixes: &[&str]| {
        let rest = prefixes.iter().find_map(|p| word.strip_prefix(p))?;
        (rest.chars().count() >= MIN_GUESSED_STEM).then_some(word.len() - rest.len())
    };
    let from = cut(folded, &["و", "ف"]).unwrap_or(0);
    let word = folded.get(from..).unwrap_or(folded);
    word.get(cut(word, &["بال", "كال", "لل", "ال"]).unwrap_or(0)..).unwrap_or(word)
}

/// «وأحرقوا»: «and» is written onto the word.
pub fn has_and(folded: &str) -> bool {
    folded.starts_with('و')
}

/// A dual or plural in ن stands alone; without it the next noun is its owner («مسلحون», «مسلحو داعش»).
pub fn ends_in_nun(folded: &str) -> bool {
    folded.ends_with('ن')
}

/// A plural in ين is no subject: «هاجموا مزارعين».
pub fn is_oblique(folded: &str) -> bool {
    folded.ends_with("ين")
}

/// True when a folded word begins with the article.
pub fn is_definite(folded: &str) -> bool {
    folded.starts_with("ال")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(folded: &str) -> Vec<String> {
        readings(folded).into_iter().map(|r| r.word.into_owned()).collect()
    }

    #[test]
    fn compounds_are_proposed_and_the_word_as_written_stays_first() {
        assert_eq!(words("للرقه"), ["للرقه", "الرقه", "رقه", "لرقه"]);
        assert_eq!(words("وغاو"), ["وغاو", "غاو"]);
        assert_eq!(words("في"), ["في"]);
    }

    #[test]
    fn prepositions_and_articles_are_told() {
        let all = readings("بالموصل");
        assert!(all.iter().any(|r| r.word == "الموصل" && r.preposition && !r.article));
        assert!(all.iter().any(|r| r.word == "موصل" && r.preposition && r.article));
    }
}

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
    let mut out = vec![Reading { word: Cow::Borrowed(folded), cut: 0, preposition: false, comparison: false, article: false }];
    let mut after_conjunction = vec![(folded, 0)];
    if let Some(rest) = strip(folded, &["و", "ف"]) {
        out.push(reading(rest, folded, false, false));
        after_conjunction.push((rest, folded.len() - rest.len()));
    }
    for (word, _) in after_conjunction {
        push_article(word, folded, false, &mut out);
        if let Some(rest) = strip(word, &["ب", "ل", "ك"]) {
            if let (Some(noun), true) = (strip(rest, &["ل"]), word.starts_with('ل')) {
                out.push(Reading {
                    word: Cow::Owned(format!("ال{noun}")),
                    cut: folded.len() - noun.len(),
                    preposition: true,
                    comparison: false,
                    article: false,
                });
                out.push(reading(noun, folded, true, true));
            }
            out.push(reading(rest, folded, true, false));
            push_article(rest, folded, true, &mut out);
        }
    }
    out
}

fn push_article<'a>(word: &'a str, folded: &str, preposition: bool, out: &mut Vec<Reading<'a>>) {
    if let Some(rest) = strip(word, &["ال"]) {
        out.push(reading(rest, folded, preposition, true));
    }
}

fn reading<'a>(rest: &'a str, folded: &str, preposition: bool, article: bool) -> Reading<'a> {
    let cut = folded.len() - rest.len();
    let comparison = preposition && folded.get(..cut).is_some_and(|c| c.contains('ك'));
    Reading { word: Cow::Borrowed(rest), cut, preposition, comparison, article }
}

fn strip<'a>(word: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    let rest = prefixes.iter().find_map(|p| word.strip_prefix(p))?;
    (rest.chars().count() >= MIN_STEM).then_some(rest)
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

//! Patterns of CQL2.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::predicate::Like;

impl Like {
    /// A text in the form in which it is compared.
    pub(super) fn form<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut out = Cow::Borrowed(text);
        if self.casei {
            out = Cow::Owned(out.to_lowercase());
        }
        if self.accenti {
            out = Cow::Owned(out.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect());
        }
        out
    }

    /// Whether a text matches the pattern.
    pub(super) fn matcher(&self) -> Matcher {
        let form = self.form(&self.pattern);
        let mut parts = Vec::new();
        let mut chars = form.chars();
        while let Some(c) = chars.next() {
            parts.push(match c {
                '%' => Part::Any,
                '_' => Part::One,
                '\\' => Part::Char(chars.next().unwrap_or('\\')),
                c => Part::Char(c),
            });
        }
        Matcher { parts, like: Like { pattern: String::new(), ..*self } }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Any,
    One,
    Char(char),
}

/// A pattern made ready.
#[derive(Debug)]
pub(super) struct Matcher {
    parts: Vec<Part>,
    like: Like,
}

impl Matcher {
    /// In time of text by pattern at most: where a part fails, only the last `%` is tried further on.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = self.like.form(text).chars().collect();
        let (mut at, mut part) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        loop {
            match (self.parts.get(part), text.get(at)) {
                (None, None) => return true,
                (Some(Part::Any), _) => {
                    retry = Some((part, at));
                    part += 1;
                    continue;
                }
                (Some(Part::One), Some(_)) => {
                    (at, part) = (at + 1, part + 1);
                    continue;
                }
                (Some(Part::Char(c)), Some(t)) if c == t => {
                    (at, part) = (at + 1, part + 1);
                    continue;
                }
                _ => {}
            }
            match retry {
                Some((any, from)) if from < text.len() => {
                    retry = Some((any, from + 1));
                    (part, at) = (any + 1, from + 1);
                }
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let is = |pattern: &str, text: &str| Like { pattern: pattern.to_owned(), ..Like::default() }.matcher().matches(text);
        assert!(
            is("%ao", "Gao") && is("G_o", "Gao") && is("%", "") && is("%a%a%", "Tabankort a") && is("غ%", "غاو") && is("100\\%", "100%")
        );
        assert!(!is("gao", "Gao") && !is("G_", "Gao") && !is("_", "") && !is("100\\%", "1000") && !is("%ab", "abba"));
        let folded = Like { pattern: "MENAKA".to_owned(), casei: true, accenti: true };
        assert!(folded.matcher().matches("Ménaka"));
        assert!(!Like { accenti: false, ..folded }.matcher().matches("Ménaka"));
    }

    #[test]
    fn long_patterns_take_no_long_time() {
        let like = Like { pattern: "%a".repeat(200), ..Like::default() };
        assert!(!like.matcher().matches(&"a".repeat(199)));
        assert!(like.matcher().matches(&"a".repeat(20_000)));
    }
}

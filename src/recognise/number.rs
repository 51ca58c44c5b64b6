//! Numbers in digits and words, with ranges, vague amounts and what is said about them.

mod compose;
mod digits;

use std::ops::Range;

use crate::lang::Lang;
use crate::lang::lists::{ListName, Qualifier, Sign, Signs, TimeWord, Word};
use crate::text::{Text, TokenKind};

use compose::Composer;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent claim about the words")]
pub struct Number {
    /// Its tokens; the qualifier's are not among them.
    pub tokens: Range<usize>,
    /// Lowest value meant.
    pub low: u64,
    /// Highest value meant.
    pub high: u64,
    /// What is said about it («at least»).
    pub qualifier: Option<Qualifier>,
    /// First token of the number with the qualifier before it.
    pub start: usize,
    /// A word such as «dozens» or «several», not a number.
    pub is_vague: bool,
    /// Written in digits.
    pub is_digits: bool,
    /// Joined to what stands before it by a conjunction («و», «and», «et»).
    pub is_joined: bool,
    /// Two numbers name its ends («10-12», «between 5 and 8»).
    pub is_range: bool,
    /// It stands with the article («الثلاثة»): it refers and does not count.
    pub is_definite: bool,
}

/// The numbers of a text in order, none inside another. Ordinals, clock times, percentages, sums of money with
/// their sign before them and digits inside names («G5», «AK-47») are none.
pub fn numbers(text: &Text, signs: &Signs, lang: Lang) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        // Words inside a qualifier are no numbers («as many as», «pas moins de»).
        let inside = signs.find(at, |s| matches!(s.word, Word::Qualifier(_)).then_some(s.end as usize).filter(|end| *end > at + 1));
        if let Some(end) = inside {
            at = end;
            continue;
        }
        match read(text, signs, lang, at) {
            Found::Number(number) => {
                at = number.tokens.end;
                let number = range(text, signs, lang, number);
                at = at.max(number.tokens.end);
                out.push(qualified(text, signs, number));
            }
            Found::NoNumber(end) => at = end.max(at + 1),
        }
    }
    out
}

/// What stands at a token.
enum Found {
    Number(Number),
    /// No number; the next one begins at this token at the earliest.
    NoNumber(usize),
}

fn read(text: &Text, signs: &Signs, lang: Lang, at: usize) -> Found {
    let is_digits = text.tokens[at].kind == TokenKind::Number;
    if !is_digits && !signs.at(at).iter().any(|s| s.list == ListName::Numbers) {
        return Found::NoNumber(at + 1);
    }
    let mut composer = Composer::new(lang);
    let mut end = at;
    let mut first: Option<Sign> = None;
    if is_digits {
        match digits::read(text, at, lang) {
            digits::Digits::Value { value, decimals, end: after } => {
                composer.digits(value, decimals);
                end = after;
            }
            digits::Digits::NoNumber(after) => {
                // «$5 million».
                let scale = signs.find(after, |s| matches!(s.word, Word::Cardinal(1_000..)).then_some(s.end as usize));
                return Found::NoNumber(scale.filter(|_| digits::is_money(text, at)).unwrap_or(after));
            }
        }
    }
    while let Some((sign, joined, from)) = next_word(text, signs, end, end > at) {
        // «45 بالمئة»: the hundred is a share.
        if is_money(signs, end) {
            break;
        }
        let accepted = match sign {
            Next::Sign(sign) => composer.push(sign.word, joined || (sign.conjunction && end > at)),
            Next::Digits(value) => composer.push_digits(value, joined),
        };
        if !accepted {
            break;
        }
        if let (Next::Sign(sign), None) = (&sign, first) {
            first = Some(*sign);
        }
        end = match sign {
            Next::Sign(sign) => sign.end as usize,
            Next::Digits(_) => from + 1,
        };
    }
    // «2m people».
    if is_digits && lang == Lang::En && text.folded(end) == "m" && !text.tokens[end].spaced && is_person(signs, end + 1) {
        composer.push(Word::Cardinal(1_000_000), false);
        end += 1;
    }
    if let Some(end) = share_or_money(text, signs, end) {
        return Found::NoNumber(end);
    }
    let is_hijri = |at: usize| signs.find(at, |s| (s.word == Word::Time(TimeWord::HijriEra)).then_some(())).is_some();
    if is_digits && end == at + 1 && (is_year(text, signs, at, lang) || is_clock(signs, at) || is_hijri(at + 1)) {
        // «18 h 30».
        let minutes = at + 2;
        let has_minutes = text.tokens.get(minutes).is_some_and(|t| t.kind == TokenKind::Number) && is_clock(signs, at);
        return Found::NoNumber(if has_minutes { minutes + 1 } else { at + 1 });
    }
    let Some((low, high, is_vague, is_about)) = composer.value() else { return Found::NoNumber(end.max(at + 1)) };
    Found::Number(Number {
        tokens: at..end,
        low,
        high,
        qualifier: is_about.then_some(Qualifier::About),
        start: at,
        is_vague,
        is_digits,
        is_joined: first.is_some_and(|s| !is_digits && s.conjunction) || is_and_before(text, at),
        is_range: false,
        // «العشرات من القتلى» counts with its article.
        is_definite: !is_vague && first.is_some_and(|s| !is_digits && s.article),
    })
}

fn is_money(signs: &Signs, at: usize) -> bool {
    signs.find(at, |s| (s.word == Word::Money).then_some(())).is_some()
}

fn is_person(signs: &Signs, at: usize) -> bool {
    signs.find(at, |s| matches!(s.word, Word::Person { .. }).then_some(())).is_some()
}

/// The end of a share («deux tiers», «two-thirds», «60 في المئة») or of a sum of money whose number ends at a token.
fn share_or_money(text: &Text, signs: &Signs, at: usize) -> Option<usize> {
    let fraction = at + usize::from(text.folded(at) == "-");
    let is_fraction = signs.find(fraction, |s| (s.word == Word::Fraction && !s.conjunction).then_some(())).is_some();
    if is_fraction {
        return Some(fraction + 1);
    }
    let mut unit = at;
    while unit < at + 2 && matches!(text.folded(unit), "de" | "d" | "of" | "'" | "\u{2019}") {
        unit += 1;
    }
    signs.find(unit, |s| (s.word == Word::Money).then_some(s.end as usize))
}

/// Four digits behind a word that leads to a year, or behind «a», counting nothing («عام 2015», «May 2021», «a 2015 raid»).
fn is_year(text: &Text, signs: &Signs, at: usize, lang: Lang) -> bool {
    let is_in_range = text.folded(at).parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year));
    if !is_in_range || text.folded(at).len() != 4 {
        return false;
    }
    let is_led = |pick: fn(Word) -> bool| signs.before(at, |s| pick(s.word).then_some(())).is_some();
    if is_led(|w| matches!(w, Word::Month { .. } | Word::Time(TimeWord::Year)))
        || (lang == Lang::En && at > 0 && matches!(text.folded(at - 1), "a" | "an"))
    {
        return true;
    }
    let counts = signs.at(at + 1).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing | Word::Measure | Word::Harm { .. }));
    !counts && is_led(|w| matches!(w, Word::Time(TimeWord::YearCue | TimeWord::Since | TimeWord::During)))
}

/// «6 pm», «18 h».
fn is_clock(signs: &Signs, at: usize) -> bool {
    signs.find(at + 1, |s| (s.word == Word::Time(TimeWord::Clock)).then_some(())).is_some()
}

enum Next {
    Sign(Sign),
    Digits(u64),
}

/// The next word of a compound from a token on, over a hyphen or conjunction when one may stand there.
/// Gives the word, whether a conjunction joins it, and its first token.
fn next_word(text: &Text, signs: &Signs, at: usize, is_inside: bool) -> Option<(Next, bool, usize)> {
    let number_at = |at: usize| {
        signs.find(at, |s| match s.word {
            // «إحدى وعشرون»; elsewhere «one of».
            Word::OneBeforeTens => {
                let is_tens = |next: &Sign| next.conjunction && matches!(next.word, Word::Cardinal(20..=90));
                signs.find(s.end as usize, |next| is_tens(next).then_some(Sign { word: Word::Cardinal(1), ..*s }))
            }
            _ => (s.list == ListName::Numbers).then_some(*s),
        })
    };
    if let Some(sign) = number_at(at) {
        return Some((Next::Sign(sign), false, at));
    }
    if !is_inside || text.tokens.get(at)?.sentence != text.tokens.get(at.checked_sub(1)?)?.sentence {
        return None;
    }
    let is_glued = |at: usize| text.tokens.get(at).is_some_and(|t| !t.spaced);
    match text.folded(at) {
        // «(20) ألفا».
        ")" => number_at(at + 1)
            .filter(|s| !s.conjunction && matches!(s.word, Word::Cardinal(1_000..) | Word::Vague(1_000.., _)))
            .map(|s| (Next::Sign(s), false, at + 1)),
        // «vingt-et-un».
        "-" if is_glued(at) && matches!(text.folded(at + 1), "et" | "and") && text.folded(at + 2) == "-" => {
            number_at(at + 3).map(|s| (Next::Sign(s), true, at + 3))
        }
        "-" if is_glued(at) && is_glued(at + 1) => number_at(at + 1).map(|s| (Next::Sign(s), false, at + 1)),
        // «thousands of thousands», «dizaines de milliers», «20 millions d'habitants» have a preposition between.
        "de" | "of" => number_at(at + 1).filter(|s| matches!(s.word, Word::Vague(..))).map(|s| (Next::Sign(s), false, at + 1)),
        "and" | "et" => number_at(at + 1).map(|s| (Next::Sign(s), true, at + 1)),
        "و" => {
            let digits = text.tokens.get(at + 1).filter(|t| t.kind == TokenKind::Number)?;
            let value = text.slice(digits.span).len().le(&12).then(|| text.folded(at + 1).parse().ok()).flatten()?;
            Some((Next::Digits(value), true, at + 1))
        }
        _ => None,
    }
}

/// True when the token before is a conjunction of its own.
fn is_and_before(text: &Text, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(text.folded(before), "و" | "and" | "et" | "&" | "plus"))
}

/// Widens a number to the range whose lower end it is.
fn range(text: &Text, signs: &Signs, lang: Lang, number: Number) -> Number {
    let end = number.tokens.end;
    let same_sentence = |at: usize| text.tokens.get(at).is_some_and(|t| t.sentence == text.tokens[number.tokens.start].sentence);
    if number.is_vague || !same_sentence(end) {
        return number;
    }
    let is_between = signs.before(number.tokens.start, |s| matches!(s.word, Word::Qualifier(Qualifier::Between)).then_some(())).is_some();
    let folded = text.folded(end);
    let is_dash = matches!(folded, "-" | "\u{2013}" | "\u{2010}" | "\u{2011}") && !text.tokens[end].spaced && number.is_digits;
    let and = matches!(folded, "and" | "et" | "و");
    let connected = is_dash || (and && is_between) || (!and && signs.find(end, |s| (s.word == Word::RangeTo).then_some(())).is_some());
    let from = if connected {
        end + 1
    } else if is_between && signs.find(end, |s| (s.list == ListName::Numbers && s.conjunction).then_some(())).is_some() {
        end
    } else {
        return number;
    };
    if !same_sentence(from) || (is_dash && text.tokens[from].spaced) {
        return number;
    }
    let Found::Number(upper) = read(text, signs, lang, from) else { return number };
    if upper.is_vague || upper.low <= number.low || upper.tokens.start != from {
        return number;
    }
    // Of «from 8 to 12» after a word of rise only the second holds.
    let sentence = text.tokens[end].sentence as usize;
    let begin = text.sentences.get(sentence).map_or(0, |s| s.start);
    let rises = !is_dash && !and && (begin..number.tokens.start).any(|i| signs.at(i).iter().any(|s| s.word == Word::Rise));
    if rises {
        return Number { start: upper.tokens.start, qualifier: None, ..upper };
    }
    Number { tokens: number.tokens.start..upper.tokens.end, low: number.low, high: upper.high, is_range: true, qualifier: None, ..number }
}

/// Adds what is said before or after a number.
fn qualified(text: &Text, signs: &Signs, mut number: Number) -> Number {
    let mut from = number.tokens.start;
    // «25 قتيلا على الأقل وعدد من …»: behind a conjunction the qualifier is another's.
    let is_own = !number.is_joined || number.is_digits || is_and_before(text, from);
    for _ in 0..if is_own { 2 } else { 0 } {
        let found = signs.before(from, |s| match s.word {
            Word::Qualifier(q) => Some((s.start as usize, q, s.conjunction)),
            _ => None,
        });
        if let Some((start, qualifier, conjunction)) = found {
            number.is_joined |= conjunction || is_and_before(text, start);
            if qualifier != Qualifier::Between || number.is_range {
                number.start = start;
            }
            if qualifier != Qualifier::Between {
                number.qualifier = Some(qualifier);
            }
            return number;
        }
        // An opening bracket or quote, the article («the two») or a preposition may stand between.
        if from > 0
            && matches!(text.folded(from - 1), "(" | "\u{201C}" | "\"" | "«" | "'" | "\u{2019}" | "the" | "les" | "de" | "ال" | "ب" | "ل")
        {
            from -= 1;
        } else {
            break;
        }
    }
    if number.qualifier.is_none() {
        number.qualifier = signs.find(number.tokens.end, |s| match s.word {
            Word::Qualifier(q @ (Qualifier::AtLeast | Qualifier::About)) if is_after_word(text, s) => Some(q),
            _ => None,
        });
    }
    number
}

/// True for qualifiers that may follow their number («at least», «تقريبا») when no number follows them in turn.
fn is_after_word(text: &Text, sign: &Sign) -> bool {
    text.tokens.get(sign.end as usize).is_none_or(|t| t.kind != TokenKind::Number)
}

#[cfg(test)]
mod tests;

//! Numbers in digits: separators of thousands and decimals, and what only looks like a number.

use crate::lang::Lang;
use crate::text::{Text, TokenKind};

/// What a token of digits begins.
pub(super) enum Digits {
    /// A number with so many decimals.
    Value { value: u64, decimals: u32, end: usize },
    /// An ordinal, a clock time, a share, money or part of a name; reading goes on at the token.
    NoNumber(usize),
}

/// Longest run of digits that is a count; longer ones are telephone numbers and the like.
const LONGEST: usize = 10;

pub(super) fn read(text: &Text, at: usize, lang: Lang) -> Digits {
    let Some(first) = part(text, at) else { return Digits::NoNumber(at + 1) };
    if let Some(end) = telephone(text, at) {
        return Digits::NoNumber(end);
    }
    if is_in_name(text, at) {
        return Digits::NoNumber(at + 1);
    }
    let mut value = first.0;
    let mut decimals = 0;
    let mut end = at + 1;
    let mut separator: Option<&str> = None;
    loop {
        if let Some((group, after)) = thousands(text, end, lang, separator, first.1, value) {
            separator = Some(text.folded(end));
            value = value.saturating_mul(1_000).saturating_add(group);
            end = after;
            continue;
        }
        break;
    }
    let glued = |at: usize| text.tokens.get(at).is_some_and(|t| !t.spaced);
    if glued(end) && glued(end + 1) {
        match (text.folded(end), part(text, end + 1)) {
            ("." | "," | "\u{066B}", Some((fraction, length))) if length <= 3 => {
                decimals = length as u32;
                value = value.saturating_mul(10_u64.pow(decimals)).saturating_add(fraction);
                end += 2;
            }
            // Clock times, dates and fractions.
            (":" | "/", Some(_)) => return Digits::NoNumber(after_chain(text, end)),
            _ => {}
        }
    }
    if is_ordinal_or_clock(text, end) {
        return Digits::NoNumber(end + 1);
    }
    if matches!(text.folded(end), "%" | "٪") || (end > at && is_money(text, at)) {
        return Digits::NoNumber(end);
    }
    Digits::Value { value, decimals, end }
}

/// Fewest groups of digits in a row that make a telephone number when no plus sign leads them.
const TELEPHONE_GROUPS: usize = 4;

/// The end of a telephone number: groups of digits behind a plus sign or a leading zero, or many in a row that are no
/// groups of thousands.
fn telephone(text: &Text, at: usize) -> Option<usize> {
    let folded = text.folded(at);
    let is_led = at.checked_sub(1).is_some_and(|i| text.folded(i) == "+" && !text.tokens[at].spaced);
    let has_zero = folded.len() > 1 && folded.starts_with('0');
    let (mut end, mut groups, mut is_thousands) = (at + 1, 1, folded.len() <= 3);
    loop {
        let mut next = end;
        while text.tokens.get(next).is_some_and(|t| t.kind == TokenKind::Punct) && matches!(text.folded(next), "-" | "(" | ")") {
            next += 1;
        }
        let is_near = next <= end + 2 && text.tokens.get(next).is_some_and(|t| t.kind == TokenKind::Number);
        if !is_near || text.tokens[next].sentence != text.tokens[at].sentence {
            break;
        }
        is_thousands &= next == end && text.folded(next).len() == 3;
        (end, groups) = (next + 1, groups + 1);
    }
    (is_led || (has_zero && groups > 1) || (groups >= TELEPHONE_GROUPS && !is_thousands)).then_some(end)
}

/// Value and length of a token of digits; `None` for other tokens and too long ones.
fn part(text: &Text, at: usize) -> Option<(u64, usize)> {
    let token = text.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    debug_assert!(token.span.start < token.span.end);
    let folded = text.folded(at);
    if folded.len() > LONGEST { None } else { folded.parse().ok().map(|value| (value, folded.len())) }
}

/// A further group of three digits behind a separator; French writes a space, all write a narrow one.
fn thousands(text: &Text, at: usize, lang: Lang, separator: Option<&str>, first_length: usize, value: u64) -> Option<(u64, usize)> {
    if first_length > 3 || value == 0 {
        return None;
    }
    let token = text.tokens.get(at)?;
    if token.kind == TokenKind::Number {
        let before = text.tokens.get(at.checked_sub(1)?)?;
        let gap = text.original.get(before.span.end as usize..token.span.start as usize)?;
        let is_narrow = matches!(gap, "\u{00A0}" | "\u{202F}" | "\u{2009}");
        let (group, length) = part(text, at)?;
        return (length == 3 && (is_narrow || (lang == Lang::Fr && gap == " "))).then_some((group, at + 1));
    }
    let sign = text.folded(at);
    let is_separator = matches!(sign, "," | "." | "\u{066C}" | "\u{060C}" | "'" | "\u{2019}") && separator.is_none_or(|s| s == sign);
    if !is_separator || token.spaced || text.tokens.get(at + 1)?.spaced {
        return None;
    }
    let (group, length) = part(text, at + 1)?;
    (length == 3).then_some((group, at + 2))
}

/// Two letters of Arabic in bytes: a type is spelt with no more («بي-52»).
const SHORT_NAME_BYTES: usize = 4;

/// Digits glued to letters before them, or to a hyphen behind letters («G5», «AK-47»), belong to a name. One Arabic
/// letter before them is a clitic («و10»).
fn is_in_name(text: &Text, at: usize) -> bool {
    if text.tokens[at].spaced {
        return false;
    }
    let Some(before) = at.checked_sub(1).map(|i| text.tokens[i]) else { return false };
    match before.kind {
        TokenKind::Latin => true,
        TokenKind::Punct => {
            let sign = text.slice(before.span);
            let is_hyphen = matches!(sign, "-" | "_") && !before.spaced;
            is_hyphen && at >= 2 && matches!(text.tokens[at - 2].kind, TokenKind::Latin) && text.tokens[at - 2].upper
                // «تي-72».
                || (is_hyphen && at >= 2 && text.tokens[at - 2].kind == TokenKind::Arabic && text.folded(at - 2).len() <= SHORT_NAME_BYTES)
                || (is_hyphen && at >= 2 && text.tokens[at - 2].capital && text.folded(at - 2).len() == 1)
        }
        TokenKind::Arabic | TokenKind::Number => false,
    }
}

/// «21st», «1er», «2ème», «21h30», «3G».
fn is_ordinal_or_clock(text: &Text, end: usize) -> bool {
    let Some(next) = text.tokens.get(end).filter(|t| !t.spaced && t.kind == TokenKind::Latin) else { return false };
    let word = text.folded(end);
    matches!(word, "st" | "nd" | "rd" | "th" | "er" | "ere" | "e" | "eme" | "h" | "am" | "pm" | "g" | "s")
        || (next.upper && word.len() == 1)
}

pub(super) fn is_money(text: &Text, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| match text.folded(before) {
        "$" | "€" | "£" => true,
        // «%45», not «30%12».
        "%" | "٪" => !text.tokens[at].spaced && (before == 0 || text.tokens[before].spaced),
        _ => false,
    })
}

/// The token after a chain of digits joined by signs («11:08:30», «25/9/2022»).
fn after_chain(text: &Text, mut at: usize) -> usize {
    while text.tokens.get(at).is_some_and(|t| !t.spaced && t.kind == TokenKind::Punct)
        && text.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.kind == TokenKind::Number)
    {
        at += 2;
    }
    at
}

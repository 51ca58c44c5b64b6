//! Where sentences end.

use std::ops::Range;

use super::read::Token;
use super::word::TokenKind;

/// Short forms after which a full stop ends nothing. Folded.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "ste", "gen", "col", "lt", "cpt", "capt", "sgt", "maj", "prof", "mme", "mlle", "no", "vs", "sen", "gov",
    "rep", "inc", "approx",
];

/// Short names of months: a full stop behind one ends nothing before a number («on Nov. 7 in Tikrit»). Folded.
const MONTHS: &[&str] =
    &["jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "janv", "févr", "avr", "juil", "déc", "fevr"];

/// Token ranges of the sentences; together they cover every token.
pub(super) fn cut(original: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for index in 0..tokens.len() {
        if ends_here(original, tokens, index) {
            out.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// True when a sentence ends with this token.
fn ends_here(original: &str, tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    let Some(next) = tokens.get(index + 1) else { return true };
    let gap = original.get(token.span.end as usize..next.span.start as usize).unwrap_or("");
    if is_break(gap, next) {
        return true;
    }
    let sign = original.get(token.span.start as usize..token.span.end as usize).unwrap_or("");
    // Closing quotes and brackets belong to the sentence that they close.
    if next.kind == TokenKind::Punct && !next.spaced {
        return false;
    }
    if matches!(sign, "»" | "\u{201D}" | "\"" | ")" | "]") && index > 0 {
        let before = &tokens[index - 1];
        let inner = original.get(before.span.start as usize..before.span.end as usize).unwrap_or("");
        return matches!(inner, "." | "!" | "?" | "؟" | "…") && next.spaced && starts_sentence(next);
    }
    match sign {
        "!" | "?" | "؟" | "…" | "۔" => next.spaced && starts_sentence(next),
        "." => next.spaced && starts_sentence(next) && !is_abbreviation(original, tokens, index) && !goes_on(original, tokens, index, next),
        _ => false,
    }
}

/// A line break ends a sentence unless the next line plainly goes on (it begins in lower case).
fn is_break(gap: &str, next: &Token) -> bool {
    let lines = gap.matches('\n').count() + gap.matches('\r').count().saturating_sub(gap.matches("\r\n").count());
    let goes_on = next.kind == TokenKind::Latin && !next.capital;
    lines >= 2 || (lines == 1 && !goes_on) || gap.contains('\u{2029}')
}

fn starts_sentence(next: &Token) -> bool {
    next.kind != TokenKind::Latin || next.capital
}

/// True when the full stop at `index` follows a short form or a single capital («J. Smith», «U.S.»).
fn is_abbreviation(original: &str, tokens: &[Token], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|i| tokens.get(i)) else { return false };
    if before.kind != TokenKind::Latin || before.span.end != tokens[index].span.start {
        return false;
    }
    let word = original.get(before.span.start as usize..before.span.end as usize).unwrap_or("");
    let after_dot = !before.spaced
        && index >= 2
        && original.get(tokens[index - 2].span.start as usize..tokens[index - 2].span.end as usize) == Some(".");
    (before.capital && word.chars().count() == 1 && !after_dot) || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// True when what follows a short form goes on with it: «Nov. 7», «11 a.m. (0800 GMT)».
fn goes_on(original: &str, tokens: &[Token], index: usize, next: &Token) -> bool {
    let word = |token: &Token| original.get(token.span.start as usize..token.span.end as usize).unwrap_or("");
    let Some(before) = index.checked_sub(1).and_then(|i| tokens.get(i)).filter(|t| t.kind == TokenKind::Latin) else { return false };
    let is_month = next.kind == TokenKind::Number && MONTHS.contains(&word(before).to_lowercase().as_str());
    let is_dotted = word(before).chars().count() == 1 && index >= 2 && tokens.get(index - 2).is_some_and(|t| word(t) == ".");
    is_month || is_dotted && word(next) == "("
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn sentences(text: &str) -> Vec<String> {
        let read = Text::read(text);
        (0..read.sentences.len()).map(|i| read.slice(read.sentence_span(i)).to_owned()).collect()
    }

    #[test]
    fn stops_lines_and_quotes_end_sentences() {
        assert_eq!(sentences("قُتل ثلاثة. وأصيب اثنان؟ نعم"), ["قُتل ثلاثة.", "وأصيب اثنان؟", "نعم"]);
        assert_eq!(sentences("Title\nBody one. \u{201C}Quote.\u{201D} Next"), ["Title", "Body one.", "\u{201C}Quote.\u{201D}", "Next"]);
    }

    #[test]
    fn short_forms_numbers_and_wrapped_lines_do_not() {
        assert_eq!(sentences("Gen. Smith saw 3.5 km of road\nnear Gao.").len(), 1);
        assert_eq!(sentences("J. Smith left. M. Diallo stayed.").len(), 2);
        assert_eq!(sentences("Troops were ambushed on Nov. 7 near the river. It was 9 a.m. (0600 GMT).").len(), 2);
        assert_eq!(sentences("They went in Nov. He stayed until 9 a.m. Then it rained.").len(), 3);
    }
}

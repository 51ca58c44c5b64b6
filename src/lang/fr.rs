//! French: elision. The apostrophe is a token of its own, so the elided word is the token before it.

/// Words that stand before an apostrophe as articles, prepositions or conjunctions. Folded.
const ELIDED: &[&str] = &["l", "d", "qu", "s", "n", "j", "m", "t", "c", "lorsqu", "jusqu", "puisqu", "quoiqu"];

/// True when the token before an apostrophe is an elided word and not the beginning of a name («N'Djamena»).
pub fn is_elided(folded: &str, next_is_capital: bool, is_capital: bool) -> bool {
    // «D'Ansongo» at the start of a sentence is elided too, «N'Djamena» never is: N with a capital before a capital is a name.
    ELIDED.contains(&folded) && !(folded == "n" && is_capital && next_is_capital)
}

/// Contracted and plain articles and prepositions that lead to a place («au Mali», «en Syrie», «à Gao»).
pub const LOCATIVE: &[&str] =
    &["a", "au", "aux", "en", "dans", "vers", "pres", "chez", "depuis", "sur", "de", "d", "du", "des", "entre", "autour", "jusqu"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elided_words_and_names_are_told_apart() {
        assert!(is_elided("l", true, false));
        assert!(is_elided("d", true, true));
        assert!(!is_elided("n", true, true));
    }
}

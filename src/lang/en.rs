//! English: the little that it needs.

/// Prepositions that lead to a place.
pub const LOCATIVE: &[&str] =
    &["in", "at", "near", "from", "to", "around", "outside", "inside", "across", "towards", "toward", "into", "of", "on", "between"];

/// True when the tokens «'» «s» after a name are its possessive.
pub fn is_possessive(apostrophe: &str, folded: &str) -> bool {
    matches!(apostrophe, "'" | "\u{2019}") && folded == "s"
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_apostrophes_make_a_possessive() {
        assert!(super::is_possessive("'", "s") && super::is_possessive("\u{2019}", "s"));
        assert!(!super::is_possessive("'", "djamena"));
    }
}

//! Countries that the gazetteer knows closely, and what follows from it.

use std::collections::HashMap;
use std::sync::OnceLock;

/// One country a line, sorted: code, least population of its towns, where its units are drawn.
static COUNTRIES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/known_countries.tsv"));

/// What the table says of a country behind its code; asked of every town that a report may mean.
fn entry(country: &str) -> Option<&'static str> {
    static BY_CODE: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let by_code = || COUNTRIES.lines().filter_map(|line| line.split_once('\t')).filter(|(code, _)| code.len() == 2).collect();
    BY_CODE.get_or_init(by_code).get(country).copied()
}

/// True where the gazetteer has every town, and its names were read beside the words of the languages.
pub fn is_known(country: &str) -> bool {
    entry(country).is_some()
}

/// True where a unit is drawn at its seat; elsewhere the points of units are conventions of their own.
pub fn is_drawn_at_seat(country: &str) -> bool {
    entry(country).is_some_and(|rest| rest.ends_with("seat"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sahel_is_known_and_the_united_states_are_not() {
        assert!(is_known("ML") && is_drawn_at_seat("ML"));
        assert!(is_known("LB") && !is_drawn_at_seat("LB"));
        assert!(!is_known("US") && !is_drawn_at_seat("US") && !is_known("") && !is_known("# "));
    }
}

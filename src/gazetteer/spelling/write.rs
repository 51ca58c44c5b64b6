//! How a name in Latin letters is written in Arabic ones, as the names that are recorded in both suggest.

use crate::text::fold::fold_phrase;

use super::costs::{Costs, Direction, Style};
use super::symbol::{BEGIN, Script, Symbol, letter, symbol, symbols};

/// Longer names are nobody's.
const MAX_LETTERS: usize = 60;
/// Letters of the folded Arabic alphabet; the first one is where the numbers begin.
const ARABIC: std::ops::RangeInclusive<char> = 'ا'..='ي';

/// Likely spellings of a Latin name in Arabic letters, that by the habits of the country first; none when it has no Latin letters.
///
/// The letters are those of the fold: a person who takes one up may still write «ة» or «أ».
pub fn in_arabic(name: &str, country: &str) -> Vec<String> {
    let folded = fold_phrase(name);
    if Script::of(&folded) != Some(Script::Latin) || folded.chars().count() > MAX_LETTERS {
        return Vec::new();
    }
    let own = Style::of(country);
    let styles = std::iter::once(own).chain(Style::ALL.into_iter().filter(|style| *style != own));
    let mut found: Vec<String> = Vec::new();
    for style in styles {
        let costs = Costs::embedded().between(style, Script::Arabic, Script::Latin);
        let words = folded.split(' ').map(|word| written(word, costs));
        let spelt = words.collect::<Vec<_>>().join(" ");
        if !found.contains(&spelt) {
            found.push(spelt);
        }
    }
    found
}

/// The cheapest way to write one word.
fn written(word: &str, costs: &Direction) -> String {
    let name = symbols(word);
    let arabic: Vec<Symbol> = ARABIC.map(symbol).filter(|s| ARABIC.contains(&letter(*s))).collect();
    // The best of each length of the name read so far: what it costs, and what is written.
    let mut best: Vec<(f32, String)> = vec![(f32::INFINITY, String::new()); name.len() + 1];
    // The beginning is written by nothing.
    best[1] = (0.0, String::new());
    let last = name.len() - 1;
    for at in 1..last {
        let (cost, so_far) = best[at].clone();
        let here = name[at];
        let mut reach = |length: usize, more: f32, wrote: Option<Symbol>| {
            let Some(known) = best.get_mut(at + length) else { return };
            if cost + more < known.0 {
                *known = (cost + more, so_far.chars().chain(wrote.map(letter)).collect());
            }
        };
        // Letters that are no Latin ones stay away: digits and signs are no part of a spelling.
        reach(1, costs.dropped[usize::from(here)], None);
        for wrote in &arabic {
            reach(1, costs.one[usize::from(*wrote)][usize::from(here)], Some(*wrote));
        }
        if at + 1 < last {
            let pair = usize::from(here) * super::symbol::SYMBOLS + usize::from(name[at + 1]);
            for (wrote, more) in costs.wide[pair].iter().filter(|(w, _)| arabic.contains(w)) {
                reach(2, *more, Some(*wrote));
            }
        }
        let ends = [(name[at - 1] == BEGIN, &costs.first), (at + 1 == last, &costs.last)];
        for (_, pairs) in ends.into_iter().filter(|(is_there, _)| *is_there) {
            for (wrote, _, more) in pairs.iter().filter(|(w, n, _)| *n == here && arabic.contains(w)) {
                reach(1, *more, Some(*wrote));
            }
        }
    }
    best.swap_remove(last).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_by_the_habits_of_their_country() {
        assert_eq!(in_arabic("Tadmur", "SY").first().map(String::as_str), Some("تدمر"));
        assert_eq!(in_arabic("Ouagadougou", "BF").first().map(String::as_str), Some("واغادوغو"));
        assert!(in_arabic("Benghazi", "LY").contains(&"بنغازي".to_owned()), "the habits of others are offered, too");
        assert!(in_arabic("حلب", "SY").is_empty() && in_arabic("12", "SY").is_empty());
        assert!(in_arabic(&"a".repeat(500), "SY").is_empty());
    }
}

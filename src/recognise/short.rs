//! Short forms of names, which count only as they are written: «UAE», «U.S.», «Lexington, Ky.», «Long Beach, CA».

use std::ops::Range;

use crate::gazetteer::{KeyFlags, PlaceRef};
use crate::text::{Text, TokenKind};

/// The places that a name as written may mean: acronyms only in capitals and not among words in capitals («GIVE US PEACE»), the short forms of units only where such forms stand,
/// and nothing else there.
pub(super) fn usable(text: &Text, range: &Range<usize>, named: Vec<(PlaceRef, KeyFlags)>) -> Vec<(PlaceRef, KeyFlags)> {
    if !named.iter().any(|(_, flags)| flags.has(KeyFlags::SHORT | KeyFlags::ACRONYM)) {
        return named;
    }
    let is_short = is_short_form(text, range);
    if is_short && named.iter().any(|(_, flags)| flags.has(KeyFlags::SHORT)) {
        return named.into_iter().filter(|(_, flags)| flags.has(KeyFlags::SHORT)).collect();
    }
    let in_capitals = is_in_capitals(text, range) && !is_shouted(text, range);
    let counts = |flags: &KeyFlags| !flags.has(KeyFlags::SHORT) && (in_capitals || !flags.has(KeyFlags::ACRONYM));
    named.into_iter().filter(|(_, flags)| counts(flags)).collect()
}

/// Where a name ends together with the full stop that belongs to its short form.
pub(super) fn with_stop(text: &Text, range: &Range<usize>, named: &[(PlaceRef, KeyFlags)]) -> usize {
    let is_short = named.iter().all(|(_, flags)| flags.has(KeyFlags::SHORT | KeyFlags::ACRONYM));
    let is_dotted = named.iter().any(|(_, flags)| flags.has(KeyFlags::SHORT)) || has_stop_inside(text, range);
    if is_short && is_dotted && is_stop(text, range.end) { range.end + 1 } else { range.end }
}

/// Every word of capitals alone; single letters («U.S.») among them.
pub(super) fn is_in_capitals(text: &Text, range: &Range<usize>) -> bool {
    let is_letter = |span: crate::text::Span| text.slice(span).chars().count() == 1;
    text.tokens[range.clone()].iter().all(|t| t.kind != TokenKind::Latin || t.upper || t.capital && is_letter(t.span))
}

/// Written as a short form where one may stand: behind a comma or bracket and a capital («Town, Ky.», «Town (KY)»), or alone with stops
/// inside («W.Va.»), though not as an age («500 B.C.»).
fn is_short_form(text: &Text, range: &Range<usize>) -> bool {
    let before = |steps: usize| range.start.checked_sub(steps).map(|at| &text.tokens[at]);
    if has_stop_inside(text, range) {
        return before(1).is_none_or(|t| t.kind != TokenKind::Number);
    }
    let (Some(sign), Some(town)) = (before(1), before(2)) else { return false };
    let follows = matches!(text.slice(sign.span), "," | "(") && town.kind == TokenKind::Latin && town.capital;
    // In a line of capitals «IN» and «ME» are words, unless a stop shows that they are short for something.
    let is_written = is_stop(text, range.end) || text.tokens[range.start].upper && !town.upper;
    follows && is_written && text.tokens[range.start].capital && town.sentence == text.tokens[range.start].sentence
}

/// One word between others that are all in capitals too.
fn is_shouted(text: &Text, range: &Range<usize>) -> bool {
    let shouts = |at: Option<usize>| {
        at.and_then(|at| text.tokens.get(at)).is_some_and(|t| t.upper && t.sentence == text.tokens[range.start].sentence)
    };
    range.len() == 1 && shouts(range.start.checked_sub(1)) && shouts(Some(range.end))
}

fn has_stop_inside(text: &Text, range: &Range<usize>) -> bool {
    (range.start + 1..range.end).any(|at| is_stop(text, at))
}

/// A full stop right behind a word.
fn is_stop(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|t| !t.spaced && text.slice(t.span) == ".")
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::lang::Lang;
    use crate::recognise::toponym::toponyms;
    use crate::text::Text;

    fn found(original: &str) -> Vec<String> {
        let text = Text::read(original);
        toponyms(&text, Lang::En, &Gazetteer::embedded()).iter().map(|m| text.slice(m.span).to_owned()).collect()
    }

    #[test]
    fn short_forms_count_where_they_stand_as_such() {
        assert_eq!(found("He lives in Lexington, Ky., near the U.S. border."), ["Lexington", "Ky.", "U.S."]);
        assert_eq!(found("They met in Long Beach, CA with the D.R.C. team."), ["Long Beach", "CA", "D.R.C."]);
        assert_eq!(found("She moved to Huntington, W. Va. last year."), ["Huntington", "W. Va."]);
    }

    #[test]
    fn the_same_letters_as_words_are_no_places() {
        for words in
            ["He fell ill. The me in us, or so it seems.", "In 500 B.C. it was built.", "A memo, Mass and all.", "COME IN, OR ELSE."]
        {
            assert_eq!(found(words), Vec::<String>::new(), "{words}");
        }
    }
}

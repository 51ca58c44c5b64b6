//! Folded letters as small numbers, so that costs lie in tables.

/// A letter of either script, a space, or an end of the word.
pub(super) type Symbol = u8;

/// How many symbols there are; a table has a row for each.
pub(super) const SYMBOLS: usize = 64;
/// Before the first letter.
pub(super) const BEGIN: Symbol = 0;
/// Behind the last letter.
pub(super) const END: Symbol = 1;
const SPACE: Symbol = 2;
/// Digits and letters of neither alphabet.
const OTHER: Symbol = 3;
const FIRST_LATIN: Symbol = 4;
const FIRST_ARABIC: Symbol = FIRST_LATIN + 26;
/// The letters that folding leaves.
const ARABIC: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";

/// The symbol of a folded letter.
pub(super) fn symbol(c: char) -> Symbol {
    match c {
        ' ' => SPACE,
        'a'..='z' => FIRST_LATIN + (c as u8 - b'a'),
        _ => ARABIC.chars().position(|a| a == c).map_or(OTHER, |at| FIRST_ARABIC + at as u8),
    }
}

/// The letter of a symbol as the table writes it; `^`, `$`, `_` and `#` for those that are none.
pub(super) fn letter(symbol: Symbol) -> char {
    match symbol {
        BEGIN => '^',
        END => '$',
        SPACE => '_',
        FIRST_LATIN..FIRST_ARABIC => char::from(b'a' + (symbol - FIRST_LATIN)),
        _ => ARABIC.chars().nth(usize::from(symbol.saturating_sub(FIRST_ARABIC))).filter(|_| symbol >= FIRST_ARABIC).unwrap_or('#'),
    }
}

/// The symbol that [`letter`] wrote.
pub(super) fn written(c: char) -> Symbol {
    match c {
        '^' => BEGIN,
        '$' => END,
        '_' => SPACE,
        _ => symbol(c),
    }
}

/// A folded word as symbols, with its ends.
pub(super) fn symbols(folded: &str) -> Vec<Symbol> {
    std::iter::once(BEGIN).chain(folded.chars().map(symbol)).chain(std::iter::once(END)).collect()
}

/// The two scripts that names are spelt in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Script {
    /// Arabic letters.
    Arabic,
    /// Latin letters.
    Latin,
}

impl Script {
    /// By the first letter of a folded word; `None` when that is neither.
    pub(super) fn of(folded: &str) -> Option<Script> {
        folded.chars().map(symbol).find(|s| *s >= FIRST_LATIN).map(|s| if s < FIRST_ARABIC { Script::Latin } else { Script::Arabic })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_written_and_read_back() {
        for symbol in (0..FIRST_ARABIC + 28).filter(|s| *s != OTHER) {
            assert_eq!(written(letter(symbol)), symbol);
        }
        assert_eq!(Script::of("تلاتايت"), Some(Script::Arabic));
        assert_eq!(Script::of("talataye"), Some(Script::Latin));
        assert_eq!(Script::of("42"), None);
    }
}

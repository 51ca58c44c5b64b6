//! Names as files give them: cleaned, once each, codes left out.

use crate::gazetteer::row::Row;

/// Longest language tag of a name.
const MAX_TAG: usize = 8;

/// Adds a name to a row unless it is there.
pub(super) fn add(row: &mut Row, lang: &str, name: &str) {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let lang = if lang.len() <= MAX_TAG { lang } else { "" };
    let is_known = lang.is_empty() && row.name == name || row.names.iter().any(|(l, n)| *n == name && (l == lang || lang.is_empty()));
    if !name.is_empty() && !is_known {
        row.names.push((lang.to_owned(), name));
    }
}

/// True for codes of airports (GAQ, GAGO) among the names of one.
pub(super) fn is_code_of(feature: &str, name: &str) -> bool {
    let name = name.trim();
    matches!(feature, "AIRP" | "AIRB" | "AIRF" | "AIRH") && (3..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// Countries where other languages than Arabic are written in letters that Arabic has too.
const OTHER_ARABIC_SCRIPT: [&str; 6] = ["IR", "AF", "PK", "IN", "CN", "TJ"];

/// True when a name is in the letters of Arabic itself: no Persian, Urdu, Kurdish or Uyghur ones.
pub(super) fn is_arabic(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}'))
}

/// The language of an untagged name: Arabic where it can be nothing else, none otherwise.
pub(super) fn language(name: &str, country: &str) -> &'static str {
    if is_arabic(name) && !OTHER_ARABIC_SCRIPT.contains(&country) { "ar" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_and_kurdish_letters_are_not_arabic() {
        assert!(is_arabic("دير الزور"));
        for name in ["تمبکتو", "ھەولێر", "گاو", "Gao", "", "12"] {
            assert!(!is_arabic(name), "{name}");
        }
        assert_eq!((language("غاو", "ML"), language("مشهد", "IR")), ("ar", ""));
    }

    #[test]
    fn airports_lose_their_codes_and_towns_keep_theirs() {
        assert!(is_code_of("AIRP", "OAIX"));
        assert!(!is_code_of("PPL", "KANO") && !is_code_of("AIRP", "Gao"));
    }
}

//! The one normal form in which reports, gazetteer names and dictionary keys meet.
//!
//! Folding forgets what writers differ in without meaning anything by it: case, Latin diacritics,
//! Arabic vowel signs, hamza seats, ta marbuta and alef maqsura, Persian and Urdu letter forms,
//! presentation forms, tatweel, digits of other scripts. It works on one word at a time; the way back
//! is the word's span in the original.

use unicode_normalization::UnicodeNormalization;

use super::word::{self, TokenKind};

/// Appends the folded form of one word to `out`.
///
/// # Examples
/// ```
/// let mut out = String::new();
/// dalil::text::fold::fold_into("Ménaka", &mut out);
/// dalil::text::fold::fold_into("إدلب", &mut out);
/// assert_eq!(out, "menakaادلب");
/// ```
pub fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !fold_common(c, out) {
            fold_rare(c, out);
        }
    }
}

/// The folded form of one word.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The folded form of a name or phrase: its words folded and joined by one space, signs dropped.
pub fn fold_phrase(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for piece in word::pieces(phrase).filter(|p| p.kind != TokenKind::Punct) {
        if !out.is_empty() {
            out.push(' ');
        }
        fold_into(phrase.get(piece.start..piece.end).unwrap_or_default(), &mut out);
    }
    out
}

/// Characters that fold without a table look-up; false when the character is none of them.
fn fold_common(c: char, out: &mut String) -> bool {
    let folded = match c {
        // Alef with hamza or madda, alef wasla, Persian and Kurdish alefs.
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}'..='\u{0673}' | '\u{0675}' => 'ا',
        '\u{0629}' | '\u{06C0}'..='\u{06C3}' | '\u{06D5}' | '\u{06BE}' => 'ه',
        '\u{0624}' | '\u{06C4}'..='\u{06CB}' => 'و',
        '\u{0626}' | '\u{0649}' | '\u{06CC}'..='\u{06D3}' | '\u{0678}' => 'ي',
        '\u{06A9}'..='\u{06AF}' | '\u{06B0}'..='\u{06B4}' => 'ك',
        '\u{067E}' => 'ب',
        '\u{0686}' => 'ج',
        '\u{0698}' => 'ز',
        '\u{06A4}' | '\u{06A2}' | '\u{06A5}' => 'ف',
        '\u{0679}' => 'ت',
        '\u{0688}' => 'د',
        '\u{0691}' => 'ر',
        '\u{06BA}' => 'ن',
        '\u{0660}'..='\u{0669}' => char::from(b'0' + (u32::from(c) - 0x0660) as u8),
        '\u{06F0}'..='\u{06F9}' => char::from(b'0' + (u32::from(c) - 0x06F0) as u8),
        // Tatweel, vowel signs, superscript alef, Koranic marks, a lone hamza, joiners and direction marks.
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06ED}' | '\u{0621}' => return true,
        '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => {
            return true;
        }
        '\u{0627}'..='\u{064A}' => c,
        _ => return false,
    };
    out.push(folded);
    true
}

/// Everything else: compatibility decomposition, marks dropped, lower case, a few letters that do not decompose.
fn fold_rare(c: char, out: &mut String) {
    for d in std::iter::once(c).nfkd() {
        match d {
            'ı' => out.push('i'),
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ɗ' | 'Ɗ' => out.push('d'),
            'ł' | 'Ł' => out.push('l'),
            'ɓ' | 'Ɓ' => out.push('b'),
            'ŋ' | 'Ŋ' => out.push('n'),
            'ƴ' | 'Ƴ' => out.push('y'),
            // Modifier letters that transliterations use for ayn and hamza,
            // and the space that comes out of spacing presentation forms.
            '\u{02B0}'..='\u{02FF}' | ' ' => {}
            _ if d.is_ascii() => out.push(d.to_ascii_lowercase()),
            _ if fold_common(d, out) => {}
            _ => out.extend(d.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_mean_the_same_fold_to_one() {
        for (a, b) in [
            ("تيلابيرى", "تيلابيري"),
            ("أنسونغو", "انسونغو"),
            ("ﺃﺷﺨﺎﺹ", "اشخاص"),
            ("غـــاو", "غاو"),
            ("گاو", "كاو"),
            ("الرقّة", "الرقه"),
            ("Kidâl", "kidal"),
            ("٣١", "31"),
            ("Niğde", "nigde"),
            ("Ḩarastā", "harasta"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} against {b}");
        }
    }

    #[test]
    fn phrases_lose_their_signs() {
        assert_eq!(fold_phrase("N\u{2019}Djamena (Tchad)"), "n djamena tchad");
        assert_eq!(fold_phrase("Deir ez-Zor"), "deir ez zor");
    }
}

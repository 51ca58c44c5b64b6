//! Which language a text is in.

use crate::text::{Text, TokenKind};

use super::Lang;

/// Words so common that a few sentences hold several. Folded; none belongs to both lists.
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "du", "de", "et", "une", "un", "dans", "par", "pour", "sur", "est", "ont", "ete", "qui", "que", "au", "aux",
    "a", "selon", "avec", "en",
];
const ENGLISH: &[&str] = &[
    "the", "of", "and", "in", "to", "was", "were", "has", "have", "that", "by", "on", "at", "with", "from", "an", "said", "is", "for",
    "near", "after",
];

/// Letters that Arabic does not use and Persian, Urdu or Kurdish cannot do without.
const NOT_ARABIC: &[char] = &['پ', 'چ', 'ژ', 'گ', 'ڕ', 'ڵ', 'ۆ', 'ێ', 'ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ە', 'ۇ'];

/// Share of words with such letters above which a text in Arabic script is not Arabic. Arabic copy quotes a
/// foreign name now and then (under 1 %); Persian and Urdu prose has one in four words.
const FOREIGN_SHARE: f64 = 0.05;

/// The language of a text: by script first, then by its commonest words. English when nothing tells.
pub fn detect(text: &Text) -> Lang {
    let arabic = text.tokens.iter().filter(|t| t.kind == TokenKind::Arabic).count();
    let latin = text.tokens.iter().filter(|t| t.kind == TokenKind::Latin).count();
    if arabic > latin {
        return Lang::Ar;
    }
    let count = |words: &[&str]| (0..text.tokens.len().min(2_000)).filter(|i| words.contains(&text.folded(*i))).count();
    if count(FRENCH) > count(ENGLISH) { Lang::Fr } else { Lang::En }
}

/// True when a text in Arabic script is in another language than Arabic (Persian, Urdu, Kurdish …).
pub fn is_foreign_in_arabic_script(text: &Text) -> bool {
    let words: Vec<_> = text.tokens.iter().filter(|t| t.kind == TokenKind::Arabic).collect();
    let foreign = words.iter().filter(|t| text.slice(t.span).contains(NOT_ARABIC)).count();
    words.len() >= 10 && foreign as f64 > FOREIGN_SHARE * words.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_languages_are_told_apart() {
        for (text, lang) in [
            ("قُتل ثلاثة جنود في هجوم قرب Gao", Lang::Ar),
            ("Trois soldats ont été tués dans une attaque près de Gao", Lang::Fr),
            ("Three soldiers were killed in an attack near Gao", Lang::En),
        ] {
            assert_eq!(detect(&Text::read(text)), lang, "{text}");
        }
    }

    #[test]
    fn persian_is_not_arabic() {
        assert!(is_foreign_in_arabic_script(&Text::read("در پی حمله به یک پاسگاه پلیس در شهر چابهار دو نفر کشته شدند و گروهی زخمی شد")));
        assert!(!is_foreign_in_arabic_script(&Text::read("قُتل ثلاثة جنود في هجوم قرب مدينة غاو شمالي مالي أمس الجمعة وفق مصادر")));
    }
}

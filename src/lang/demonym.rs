//! Names of peoples from their stems: «ماليون» of «مالي», «maliennes» of «malien», «Malians» of «Malian».

use super::Lang;
use super::lexicon::Groups;

/// Behind a stem in `demonyms.txt`: all its regular forms are meant.
const REGULAR: char = '~';

/// The list with the forms of its stems in their place.
pub fn inflect(groups: Groups, lang: Lang) -> Groups {
    let all = |variants: Vec<String>| variants.iter().flat_map(|v| forms(v, lang)).collect();
    Groups { keys: groups.keys, entries: groups.entries.into_iter().map(|(key, variants)| (key, all(variants))).collect() }
}

/// The regular forms of a variant that is a stem, and otherwise the variant itself.
///
/// # Examples
/// ```
/// use dalil::lang::{Lang, demonym::forms};
/// assert_eq!(forms("malien~", Lang::Fr), ["malien", "malienne", "maliens", "maliennes"]);
/// assert_eq!(forms("Turk", Lang::En), ["Turk"]);
/// ```
pub fn forms(variant: &str, lang: Lang) -> Vec<String> {
    let Some(stem) = variant.strip_suffix(REGULAR) else { return vec![variant.to_owned()] };
    let with = |endings: &[&str]| endings.iter().map(|ending| format!("{stem}{ending}")).collect();
    match lang {
        // Masculine, feminine, plural and dual in both cases, feminine dual and plural, the accusative of «كان ماليا».
        Lang::Ar => with(&["", "ة", "ون", "ين", "ان", "تان", "تين", "ات", "ا"]),
        Lang::En => with(&["", "s"]),
        Lang::Fr if stem.ends_with("ien") || stem.ends_with("éen") => with(&["", "ne", "s", "nes"]),
        Lang::Fr if stem.ends_with('e') => with(&["", "s"]),
        Lang::Fr if stem.ends_with('s') => with(&["", "e", "es"]),
        Lang::Fr => with(&["", "e", "s", "es"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_bring_their_genders_numbers_and_cases() {
        let arabic = forms("حلبي~", Lang::Ar);
        assert_eq!(arabic, ["حلبي", "حلبية", "حلبيون", "حلبيين", "حلبيان", "حلبيتان", "حلبيتين", "حلبيات", "حلبيا"]);
        assert_eq!(forms("guinéen~", Lang::Fr), ["guinéen", "guinéenne", "guinéens", "guinéennes"]);
        assert_eq!(forms("libanais~", Lang::Fr), ["libanais", "libanaise", "libanaises"]);
        assert_eq!(forms("moscovite~", Lang::Fr), ["moscovite", "moscovites"]);
        assert_eq!(forms("toulousain~", Lang::Fr), ["toulousain", "toulousaine", "toulousains", "toulousaines"]);
    }
}

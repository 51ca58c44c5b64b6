//! The keys under which a place is found: its names folded, and the forms that writers make of them.

use crate::text::fold::fold_phrase;

use super::known::is_known;
use super::row::Row;

/// What is known of one key of one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyFlags(pub u8);

impl KeyFlags {
    /// Not a name as recorded, but made from one (article or generic word dropped, words joined).
    pub const DERIVED: u8 = 1;
    /// A historic name.
    pub const OLD: u8 = 2;
    /// Two or three capitals («UAE»): counts only when written in capitals.
    pub const ACRONYM: u8 = 4;
    /// The display name, or a name tagged with a language that is read.
    pub const PREFERRED: u8 = 8;
    /// A short form of newspapers and addresses («Ky.», «KY»): counts only as written and where such forms stand.
    pub const SHORT: u8 = 16;

    /// True when the bit is set.
    pub fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

/// Arab-world countries: there Latin names carry the article and the final h of ta marbuta in several spellings.
const ARAB: &[&str] = &[
    "SY", "IQ", "LB", "JO", "PS", "SA", "YE", "OM", "AE", "QA", "BH", "KW", "EG", "SD", "LY", "TN", "DZ", "MA", "MR", "EH", "IL", "SO",
    "DJ", "KM", "TD",
];

/// The article in Latin letters before any of the letters that it is assimilated to.
const ARTICLES: &[&str] = &["al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "adh", "ath", "er", "es", "ech", "et", "ed", "en", "ez"];

/// Words that say what kind of place a name is; a report may have them or not.
static GENERIC: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/generic.txt"));

/// The words of a group of `generic.txt`, folded.
pub(super) fn generic(group: &str) -> impl Iterator<Item = &'static str> {
    let lines = GENERIC.lines().skip_while(move |l| l.strip_prefix('[').and_then(|l| l.strip_suffix(']')) != Some(group)).skip(1);
    lines.take_while(|l| !l.starts_with('[')).filter(|l| !l.is_empty())
}

/// A folded name that is looked for, without the word for its kind; `None` when there is none or little else.
pub fn without_generic(folded: &str) -> Option<&str> {
    let first = generic("first").chain(generic("query")).filter_map(|g| folded.strip_prefix(g)?.strip_prefix(' '));
    let last = generic("last").filter_map(|g| folded.strip_suffix(g)?.strip_suffix(' '));
    first.chain(last).min_by_key(|rest| rest.len()).filter(|rest| rest.chars().count() > 2)
}

/// All keys of a row, folded, in order, none twice.
pub fn keys(row: &Row) -> Vec<(String, KeyFlags)> {
    let mut out: Vec<(String, KeyFlags)> = Vec::new();
    push(row, "name", &row.name, &mut out);
    for (lang, name) in &row.names {
        push(row, lang, name, &mut out);
    }
    // A recorded name wins over the same form made from another.
    out.sort_by(|a, b| a.0.cmp(&b.0).then(is_made(a.1).cmp(&is_made(b.1))).then(b.1.cmp(&a.1)));
    out.dedup_by(|b, a| a.0 == b.0);
    out
}

fn is_made(flags: KeyFlags) -> u8 {
    flags.0 & (KeyFlags::DERIVED | KeyFlags::OLD)
}

fn push(row: &Row, lang: &str, name: &str, out: &mut Vec<(String, KeyFlags)>) {
    let key = fold_phrase(name);
    let letters = key.chars().filter(|c| *c != ' ').count();
    if letters < 2 {
        return;
    }
    let mut bits = match lang {
        "old" => KeyFlags::OLD,
        "short" => KeyFlags::SHORT,
        "name" | "ar" | "fr" | "en" => KeyFlags::PREFERRED,
        _ => 0,
    };
    if bits & KeyFlags::SHORT != 0 {
        out.push((key, KeyFlags(bits)));
        return;
    }
    let is_acronym = letters <= 4 && name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    if is_acronym {
        bits |= KeyFlags::ACRONYM;
    } else if letters == 2 && key.is_ascii() {
        // Two-letter Latin villages exist; as words of a report they are always something else.
        return;
    }
    let made = KeyFlags((bits | KeyFlags::DERIVED) & !KeyFlags::PREFERRED);
    if is_acronym && key.contains(' ') {
        // «U.S.» is written «US» as often; both are the name itself.
        out.push((key.split(' ').collect(), KeyFlags(bits)));
    }
    for form in forms(row, name, &key) {
        if form.chars().count() > 2 {
            out.push((form, made));
        }
    }
    out.push((key, KeyFlags(bits)));
}

/// Forms that writers make of a name.
fn forms(row: &Row, name: &str, key: &str) -> Vec<String> {
    let mut out = Vec::new();
    if name.contains(['\'', '\u{2019}', '\u{2018}', '\u{02BC}', '`']) {
        out.push(fold_phrase(&name.replace(['\'', '\u{2019}', '\u{2018}', '\u{02BC}', '`'], "")));
    }
    let is_arabic = !key.is_ascii() && key.chars().next().is_some_and(crate::text::word::is_arabic);
    if is_arabic && key.contains(' ') {
        // «بوركينافاسو»: written together in half of the press.
        let joined: String = key.split(' ').collect();
        if joined.chars().count() >= 7 {
            out.push(joined);
        }
    }
    // «Jackson County» is one of two dozen, and none is called Jackson where the gazetteer does not know the country closely.
    let is_far_county = row.feature == "ADM2" && !is_known(&row.country);
    if row.feature.starts_with("ADM") && !is_far_county || row.feature.starts_with("PPL") {
        out.extend(generic("first").filter_map(|g| key.strip_prefix(g)?.strip_prefix(' ')).map(str::to_owned));
        out.extend(generic("last").filter_map(|g| key.strip_suffix(g)?.strip_suffix(' ')).map(str::to_owned));
    }
    if !is_arabic && ARAB.contains(&row.country.as_str()) {
        out.extend(arab_forms(key));
    }
    if let Some(rest) = key.strip_prefix("saint ") {
        out.push(format!("st {rest}"));
    } else if let Some(rest) = key.strip_prefix("st ") {
        out.push(format!("saint {rest}"));
    }
    out
}

/// «ar raqqah» → «raqqah», «al raqqah», «raqqa», «al raqqa».
fn arab_forms(key: &str) -> Vec<String> {
    let mut out = Vec::new();
    let bare = key.split_once(' ').filter(|(first, _)| ARTICLES.contains(first)).map(|(_, rest)| rest);
    let mut bodies = vec![bare.unwrap_or(key).to_owned()];
    if let Some(short) = bodies[0].strip_suffix("ah").map(|s| format!("{s}a")) {
        bodies.push(short);
    }
    for body in bodies {
        if bare.is_some() {
            out.push(format!("al {body}"));
        }
        if body != key {
            out.push(body);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, feature: &str, country: &str, names: &[(&str, &str)]) -> Row {
        Row {
            name: name.to_owned(),
            feature: feature.to_owned(),
            country: country.to_owned(),
            names: names.iter().map(|(l, n)| ((*l).to_owned(), (*n).to_owned())).collect(),
            ..Row::default()
        }
    }

    fn has(row: &Row, key: &str) -> bool {
        keys(row).iter().any(|(k, _)| k == key)
    }

    #[test]
    fn writers_habits_are_covered() {
        let raqqa = row("Ar Raqqah", "PPLA", "SY", &[("ar", "الرقة")]);
        for key in ["ar raqqah", "raqqah", "al raqqah", "raqqa", "al raqqa", "الرقه"] {
            assert!(has(&raqqa, key), "{key} in {:?}", keys(&raqqa));
        }
        assert!(has(&row("N'Djamena", "PPLC", "TD", &[]), "ndjamena"));
        assert!(has(&row("Burkina Faso", "PCLI", "BF", &[("ar", "بوركينا فاسو")]), "بوركينافاسو"));
        assert!(has(&row("Tillabéri Region", "ADM1", "NE", &[("ar", "منطقة تيلابيري")]), "تيلابيري"));
    }

    #[test]
    fn acronyms_are_marked_and_two_letter_villages_dropped() {
        let emirates = row("United Arab Emirates", "PCLI", "AE", &[("", "UAE")]);
        assert!(keys(&emirates).iter().any(|(k, f)| k == "uae" && f.has(KeyFlags::ACRONYM)));
        assert!(!has(&row("Au", "PPL", "FR", &[]), "au"));
        let states = row("United States", "PCLI", "US", &[("en", "U.S.")]);
        assert!(keys(&states).iter().any(|(k, f)| k == "us" && f.has(KeyFlags::ACRONYM) && !f.has(KeyFlags::DERIVED)));
        assert!(has(&states, "u s"));
        let kentucky = keys(&row("Kentucky", "ADM1", "US", &[("short", "Ky."), ("short", "KY")]));
        assert!(kentucky.iter().any(|(k, f)| k == "ky" && f.has(KeyFlags::SHORT) && !f.has(KeyFlags::PREFERRED)));
    }

    #[test]
    fn a_county_far_away_keeps_its_word() {
        assert!(!has(&row("Jackson County", "ADM2", "US", &[]), "jackson"));
        assert!(has(&row("Gao Province", "ADM2", "ML", &[]), "gao"));
    }
}

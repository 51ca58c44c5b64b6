//! Texts by chance: words of reports in three languages, names and list words of the repository's own data, and what
//! files bring along (marks, presentation forms, direction marks, other digits and line ends).

use std::sync::OnceLock;

use dalil::gazetteer::Gazetteer;
use dalil::lang::{Lang, lexicon};
use proptest::prelude::*;
use proptest::sample::select;

#[rustfmt::skip]
const ARABIC: &[&str] = &[
    "قُتل", "قتيلان", "وأصيب", "ثلاثة", "جنود", "مدنياً", "هجوم", "بهجوم", "في", "على بعد", "كم", "شرق", "شمالي", "مدينة", "قرية", "منذ",
    "مارس", "أمس", "الأحد", "6 سبتمبر 2022", "٣٠", "۴۵", "مالي", "تدمر", "وبالرقة", "لغاو", "نفى", "الجيش", "داعش", "مسلحون", "ﺃﺷﺨﺎﺹ",
    "ﻗُﺘﻞ", "غـــاو", "نيجيرياوتشاد", "إرهابيونفي", "خطف", "قصف", "لم", "يُقتل", "أي", "مئات", "نحو", "دولار", "بين", "بينهم", "من",
    "إلى", "فروا",
];

#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "Attaque", "l\u{2019}attaque", "l'armée", "à Gao", "de Djibo", "d'Arbinda", "au nord de", "12 km", "à 12 km au nord de", "morts",
    "tués", "vingtaine", "deux", "blessés", "au moins", "mardi soir", "hier", "6 septembre 2022", "depuis mars", "n'a pas", "dément",
    "civils", "soldats", "du Mali", "Nice", "1 200", "3,5", "enlevés", "frappe", "aérienne", "dans la nuit de", "le", "1er", "juin",
    "selon", "province du", "Sahel",
];

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "Gunmen", "attacked", "killed", "at least", "dozens of", "50 miles south of", "Gao", "Mali's", "village of", "yesterday",
    "on Tuesday", "Sept. 6, 2022", "denied", "an air strike", "wounded", "civilians", "soldiers", "said from Geneva", "Reading", "Man",
    "Islamic State", "since March", "900 people", "$3 million", "kidnapped", "between", "and", "the", "in", "near", "U.S.", "Gen.",
    "ISIS", "fled to", "Deir ez-Zor", "no", "not",
];

/// What stands between words in files as they come.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    " ", " ", " ", " ", " ", "\u{a0}", "  ", "\r\n", "\n\n", ". ", "، ", "؛ ", ", ", "\u{200f} ", "\u{202b}", "\u{202c} ", "\u{feff}",
    "", "؟ ", " «", "» ", " \u{201c}", "\u{201d} ", " - ", "/", "\t", "…", "\u{ad}", "\u{640}", "\u{64f}", "\u{2028}", "\u{0}", "(",
    ") ",
];

/// Some entries of every word list, spread over it, so that a new list takes part by being there.
fn list_words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out = Vec::new();
        for lang in Lang::ALL {
            for file in crate::geodata::files(&format!("lexicon/{}", lang.code())).iter().filter(|f| !f.name.ends_with("frequent.tsv")) {
                let groups = lexicon::parse(&file.name, &file.content).unwrap_or_default();
                let variants: Vec<String> = groups.entries.into_iter().flat_map(|(_, variants)| variants).collect();
                let step = variants.len() / 60 + 1;
                out.extend(variants.into_iter().step_by(step));
            }
        }
        out
    })
}

fn place_names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let gazetteer = Gazetteer::embedded();
        gazetteer.places().step_by(37).flat_map(|p| [p.name().to_owned(), p.name_ar().to_owned(), p.name_fr().to_owned()]).collect()
    })
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(ARABIC).prop_map(str::to_owned),
        3 => select(FRENCH).prop_map(str::to_owned),
        3 => select(ENGLISH).prop_map(str::to_owned),
        6 => select(list_words()),
        4 => select(place_names()),
        2 => (0u64..100_000).prop_map(|n| n.to_string()),
        1 => (0u32..4000).prop_map(|n| n.to_string().chars().map(|c| char::from_u32(u32::from(c) - 48 + 0x660).unwrap_or(c)).collect()),
        1 => "[\\u{621}-\\u{652}]{1,8}",
        1 => "[a-zA-Zéèçœ'’-]{1,9}",
    ]
}

/// Words of reports in an order of no meaning.
pub(super) fn report_text() -> impl Strategy<Value = String> {
    prop::collection::vec((word(), select(BETWEEN)), 0..60).prop_map(|parts| parts.into_iter().map(|(word, sign)| word + sign).collect())
}

/// Any characters at all.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        prop::collection::vec(any::<char>(), 0..60).prop_map(|letters| letters.into_iter().collect()),
        "[\\u{600}-\\u{6ff}\\u{fb50}-\\u{fdff}\\u{fe70}-\\u{feff}0-9 .\\n]{0,80}",
    ]
}

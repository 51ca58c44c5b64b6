//! Places told by their relation to others, alike in Arabic, French and English: what is found, where it is drawn, how precisely.

mod shapes;
mod told;

use dalil::gazetteer::Gazetteer;
use dalil::incident::{self, Findings};
use dalil::lang::Lang;
use dalil::recognise::{MentionKind, Report};
use dalil::resolve::{Located, Resolution};

/// Reads one sentence.
pub(crate) fn read(lang: &str, text: &str) -> Findings {
    let report = Report {
        id: "r".to_owned(),
        text: text.to_owned(),
        lang: Lang::from_code(lang),
        title: None,
        published: Some(jiff::civil::date(2024, 3, 13)),
        source: None,
        url: None,
        ..Report::default()
    };
    incident::read(&report, &Gazetteer::embedded())
}

/// The words of a mention.
pub(crate) fn words<'t>(text: &'t str, mention: &Resolution) -> &'t str {
    text.get(mention.span.start as usize..mention.span.end as usize).unwrap_or_default()
}

/// The relative mentions of a sentence: their words and places.
pub(crate) fn relatives(lang: &str, text: &str) -> Vec<(String, Option<Located>)> {
    let mentions = read(lang, text).mentions;
    let relative = mentions.iter().filter(|m| m.kind == MentionKind::Relative);
    relative.map(|m| (words(text, m).to_owned(), m.place.clone())).collect()
}

/// The place of the one relative mention whose words are these.
pub(crate) fn place(lang: &str, text: &str, says: &str) -> Located {
    let all = relatives(lang, text);
    let found = all.iter().find(|(words, _)| words == says).unwrap_or_else(|| panic!("«{says}» is not among {all:?} of «{text}»"));
    found.1.clone().unwrap_or_else(|| panic!("«{says}» of «{text}» has no place"))
}

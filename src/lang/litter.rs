//! Lines that pages put around articles, in text that was copied with them: buttons, counters, other articles' headlines, captions
//! and headlines said twice. They stay in the report; its words are read without them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::text::fold::{fold, fold_phrase};
use crate::text::word::{TokenKind, pieces};
use crate::text::{Span, Text};

use super::lexicon;

const LISTS: [&str; 3] = [
    include_str!("../../geodata/lexicon/ar/litter.txt"),
    include_str!("../../geodata/lexicon/fr/litter.txt"),
    include_str!("../../geodata/lexicon/en/litter.txt"),
];
/// Words of a line that is looked at: the longest captions; a headline that is led to has no more than [`LED_WORDS`].
const MOST_WORDS: usize = 60;
const LED_WORDS: usize = 25;
/// Words that two lines have in common before one repeats the other, and words of a credit that one of them may have more.
const REPEATED_WORDS: usize = 4;
const CREDIT_WORDS: usize = 4;
/// Lines within which the headline comes a second time.
const HEAD_LINES: usize = 5;
/// Words of the headline that a line of buttons names the article by, and words in it beside them: an author.
const SHORT_TITLE_WORDS: usize = 3;
const BESIDE_WORDS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Line,
    Leads,
    LeadsWithColon,
}

/// First word → the phrases that begin with it, all languages in one: Arabic pages have English buttons.
type Phrases = BTreeMap<String, Vec<(Vec<String>, Key)>>;

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = Phrases::new();
        for list in LISTS {
            let groups = lexicon::parse("litter.txt", list).expect("the embedded list is well formed, a test reads it");
            for (key, variants) in &groups.entries {
                let key = match groups.keys.get(usize::from(*key)).map(String::as_str) {
                    Some("leads") => Key::Leads,
                    Some("leads:colon") => Key::LeadsWithColon,
                    _ => Key::Line,
                };
                for variant in variants {
                    let words: Vec<String> = words_of(&fold_phrase(variant)).0;
                    let Some(first) = words.first().cloned() else { continue };
                    phrases.entry(first).or_default().push((words, key));
                }
            }
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
    })
}

/// A report's words without those of litter.
pub fn read(report: &str) -> Text<'_> {
    Text::read_without(report, &lines(report))
}

/// The lines that are litter, in order.
pub fn lines(report: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let (mut headline, mut before): (Option<Vec<String>>, Vec<String>) = (None, Vec::new());
    let mut count = 0;
    for line in report.split_inclusive('\n') {
        let span = Span { start, end: start + line.trim_end().len() as u32 };
        start += line.len() as u32;
        let (words, colon) = words_of(line);
        if words.is_empty() {
            continue;
        }
        count += 1;
        let is_headline_again = count <= HEAD_LINES && headline.as_ref().is_some_and(|h| repeats(&words, h));
        let is_litter = is_buttons(&words, headline.as_deref()) || leads(&words, colon);
        if is_litter || is_headline_again || repeats(&words, &before) {
            out.push(span);
        }
        if !is_litter {
            headline.get_or_insert_with(|| words.clone());
            before = words;
        }
    }
    out
}

/// The folded words of a line, no figures and signs, at most one more than are looked at; and the words before its first colon.
fn words_of(line: &str) -> (Vec<String>, Option<usize>) {
    let mut words = Vec::new();
    let mut colon = None;
    for piece in pieces(line) {
        if words.len() > MOST_WORDS {
            break;
        }
        let written = line.get(piece.start..piece.end).unwrap_or_default();
        match piece.kind {
            TokenKind::Arabic | TokenKind::Latin => words.push(fold(written)),
            TokenKind::Punct if matches!(written, ":" | "|" | "：") && colon.is_none() => colon = Some(words.len()),
            _ => {}
        }
    }
    (words, colon)
}

/// How many words from `at` on are a phrase of a key.
fn phrase(words: &[String], at: usize, is_key: impl Fn(Key) -> bool) -> Option<usize> {
    let rest = words.get(at..)?;
    let found = phrases().get(rest.first()?)?.iter().find(|(phrase, key)| is_key(*key) && rest.starts_with(phrase));
    found.map(|(phrase, _)| phrase.len())
}

/// Nothing but buttons, or buttons and the article's own headline, shortened.
fn is_buttons(words: &[String], headline: Option<&[String]>) -> bool {
    let mut at = 0;
    while let Some(length) = phrase(words, at, |_| true) {
        at += length;
    }
    let rest = words.get(at..).unwrap_or_default();
    let named = headline.map_or(0, |headline| headline.iter().zip(rest).take_while(|(a, b)| a == b).count());
    at > 0 && (rest.is_empty() || named >= SHORT_TITLE_WORDS && rest.len() <= named + BESIDE_WORDS)
}

/// «Read also: …».
fn leads(words: &[String], colon: Option<usize>) -> bool {
    let plain = phrase(words, 0, |key| key == Key::Leads);
    let with_colon = phrase(words, 0, |key| key == Key::LeadsWithColon).filter(|length| colon == Some(*length));
    plain.or(with_colon).is_some() && words.len() <= LED_WORDS
}

/// The same words, or but for a credit at the end of one of them.
fn repeats(words: &[String], before: &[String]) -> bool {
    let (short, long) = if words.len() <= before.len() { (words, before) } else { (before, words) };
    (REPEATED_WORDS..=MOST_WORDS).contains(&short.len()) && long.len() - short.len() <= CREDIT_WORDS && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn litter(report: &str) -> Vec<&str> {
        lines(report).iter().map(|span| report.get(span.start as usize..span.end as usize).unwrap()).collect()
    }

    #[test]
    fn buttons_counters_and_other_headlines_are_litter() {
        let report = "هجوم على سوق في ديالى يقتل ستة\n\nminutes read دقائق القراءة - 7\nطباعة هجوم على سوق في كريم سعد\r\n\
                      قُتل ستة مدنيين في هجوم على سوق.\nاقرأ أيضاً غارة على الرقة تقتل عشرين\nشاهد: لحظة الانفجار في بيروت\n\
                      للمزيد\n\nشارك | فيسبوك | تويتر 12\n";
        let expected = [
            "minutes read دقائق القراءة - 7",
            "طباعة هجوم على سوق في كريم سعد",
            "اقرأ أيضاً غارة على الرقة تقتل عشرين",
            "شاهد: لحظة الانفجار في بيروت",
            "للمزيد",
            "شارك | فيسبوك | تويتر 12",
        ];
        assert_eq!(litter(report), expected);
        assert_eq!(
            litter("Partager sur Facebook\nÀ lire aussi : trois morts à Gao\n5 min de lecture\nDeux morts à Gao."),
            ["Partager sur Facebook", "À lire aussi : trois morts à Gao", "5 min de lecture"]
        );
    }

    #[test]
    fn what_is_said_twice_is_read_once() {
        let caption = "جنود يقفون قرب مدرعة محترقة في بيجي، 3 أيار 2015";
        let report = format!("معركة جديدة قرب مدينة بيجي\n{caption} - رويترز\n{caption}\nقُتل جنديان.\n{caption}");
        assert_eq!(lines(&report).len(), 1);
        assert_eq!(
            litter("Three killed in raid on Baga\nBaga, 3 May\nThree killed in raid on Baga\nGunmen came."),
            ["Three killed in raid on Baga"]
        );
    }

    #[test]
    fn sentences_are_never_litter() {
        for report in [
            "شارك ثلاثة آلاف في مظاهرة في درعا.",
            "شاهد سكان حلب طائرات تحلق فوق المدينة.",
            "Read the names of the dead of Baga.",
            "1 مايو\nقصف على أحياء مدينة تعز\n2 مايو\nقصف على أحياء مدينة تعز",
            "قتيلان في حمص\nقتيلان في حمص",
            "",
            "12:30",
        ] {
            assert_eq!(lines(report), [], "{report}");
        }
    }

    #[test]
    fn words_keep_their_places() {
        let text = read("شارك\nقُتل جندي في غاو.\nطباعة\nونجا آخر.");
        assert_eq!(text.sentences.len(), 2);
        assert_eq!(text.slice(text.sentence_span(1)), "ونجا آخر.");
        assert!(text.tokens.iter().all(|t| !text.slice(t.span).contains("طباعة")));
    }
}

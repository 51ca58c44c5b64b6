//! Groups of persons: a number with its noun, a dual, a single person after a word of harm.

use std::ops::Range;

use crate::lang::Lang;
use crate::lang::lists::{Form, ListName, Qualifier, TimeWord, Word};
use crate::text::TokenKind;

use super::super::number::Number;
use super::Reader;
use super::harm::HarmWord;
use super::single::unnumbered;

/// Persons counted in a sentence.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent claim about the words")]
pub(super) struct Group {
    /// From the qualifier to the noun.
    pub tokens: Range<usize>,
    /// One past the number itself; a noun of harm may stand right there.
    pub number_end: usize,
    pub low: u64,
    pub high: u64,
    pub qualifier: Option<Qualifier>,
    /// The words for the persons; empty when there are none.
    pub who: Range<usize>,
    pub kind: Option<u8>,
    pub is_vague: bool,
    /// A conjunction joins it to what stands before.
    pub is_joined: bool,
    /// «including» leads to it, or «of them» follows its number.
    pub is_part: bool,
    pub is_of_them: bool,
    /// «one», «un», «a»: only with a noun right at the harm.
    pub is_single: bool,
    /// A dual or single noun without a number word.
    pub is_bare_noun: bool,
}

/// Most words between a number and its noun («four young Nigerien soldiers»).
const NOUN_REACH: usize = 5;

/// The groups of a sentence in order.
pub(super) fn groups(reader: &Reader, numbers: &[Number], harms: &[HarmWord]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut is_whole = false;
    for (index, number) in numbers.iter().enumerate() {
        // «five of the 13 hostages»: five count, and the noun is the whole's.
        let whole = numbers.get(index + 1).filter(|next| is_whole_of(reader, number, next));
        if !std::mem::replace(&mut is_whole, whole.is_some()) && !shares_age(reader, numbers, index) {
            out.extend(counted(reader, number, whole));
        }
    }
    let covered: Vec<Range<usize>> = numbers.iter().map(|n| n.tokens.clone()).chain(out.iter().map(|g| g.tokens.clone())).collect();
    let mut at = reader.sentence.start;
    while at < reader.sentence.end {
        if covered.iter().any(|c| c.contains(&at)) {
            at += 1;
            continue;
        }
        // The noun of harm behind a number («17 قتيلا») is counted with it.
        if out.iter().any(|g| !g.is_bare_noun && g.number_end == at) {
            at += 1;
            continue;
        }
        match unnumbered(reader, at, harms) {
            Some(group) => {
                at = group.tokens.end.max(at + 1);
                out.push(group);
            }
            None => at += 1,
        }
    }
    out.sort_by_key(|g| g.tokens.start);
    out.retain({
        let mut last_end = 0;
        move |g| {
            let fits = g.tokens.start >= last_end;
            if fits {
                last_end = g.tokens.end;
            }
            fits
        }
    });
    for group in &mut out {
        group.is_joined |= reader.signs.before(group.tokens.start, |s| (s.word == Word::Joint).then_some(())).is_some();
        group.is_part |= reader.signs.before(group.tokens.start, |s| (s.word == Word::Part).then_some(())).is_some();
    }
    out
}

/// «of the», «من أصل», «des» alone between two numbers: the second is what the first is taken from.
fn is_whole_of(reader: &Reader, number: &Number, next: &Number) -> bool {
    let between = number.tokens.end..next.start;
    let is_of =
        |i: usize| matches!(reader.text.folded(i), "of" | "the" | "من" | "اصل" | "بين" | "des" | "de" | "les" | "sur" | "out" | "ال");
    (1..=3).contains(&between.len()) && between.clone().all(is_of) && !number.is_vague && next.high >= number.high
}

/// «aged 15 and 17»: the second of two ages.
fn shares_age(reader: &Reader, numbers: &[Number], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|i| numbers.get(i)) else { return false };
    let number = &numbers[index];
    let is_age = reader.signs.before(before.start, |s| (s.word == Word::NotCount).then_some(())).is_some();
    is_age && number.is_joined && number.start <= before.tokens.end + 1
}

/// «the mayor, 45, was killed», «the mayor (45)»: digits alone between commas or brackets are an age.
fn is_age(reader: &Reader, number: &Number) -> bool {
    let text = reader.text;
    let Some(before) = number.start.checked_sub(1) else { return false };
    let (open, close) = (text.folded(before), text.folded(number.tokens.end));
    let is_enclosed = matches!((open, close), ("," | "\u{060C}", "," | "\u{060C}") | ("(", ")"));
    let is_noun = before.checked_sub(1).is_some_and(|i| {
        text.tokens[i].kind != TokenKind::Number
            && text.tokens[i].kind != TokenKind::Punct
            && !reader.signs.at(i).iter().any(|s| matches!(s.word, Word::Harm { .. } | Word::Cardinal(_)))
    });
    number.is_digits && number.high <= OLDEST && is_enclosed && is_noun
}

/// No age is higher.
const OLDEST: u64 = 110;

/// The group that a number counts, or counts out of a whole; `None` when it counts something else.
fn counted(reader: &Reader, number: &Number, whole: Option<&Number>) -> Option<Group> {
    let (text, signs) = (reader.text, reader.signs);
    if number.is_definite || reader.time_at(number.tokens.start).is_some() || number.low == 0 || number.high > u64::from(u32::MAX) {
        return None;
    }
    let ignored = |s: &crate::lang::lists::Sign| matches!(s.word, Word::NotCount | Word::Negation).then_some(());
    if signs.before(number.start, ignored).is_some() || is_clock(reader, number) {
        return None;
    }
    let mut at = whole.map_or(number.tokens.end, |w| w.tokens.end);
    let opened = number.tokens.start.checked_sub(1).map_or("", |i| text.folded(i));
    at += usize::from(matches!((opened, text.folded(at)), ("(", ")") | ("\"", "\"") | ("\u{201C}", "\u{201D}") | ("«", "»")));
    let number_end = at;
    let noun = noun(reader, at)?;
    let is_bare = noun.kind.is_none() && noun.who.is_empty() && noun.harm.is_none();
    if is_bare && is_age(reader, number) {
        return None;
    }
    // «بعض» and «some» alone are no number of persons; with a noun they are.
    if number.is_vague && noun.kind.is_none() && noun.harm.is_none() && number.high < 20 {
        return None;
    }
    let start = number.start - usize::from(whole.is_none() && at > number.tokens.end && number.start == number.tokens.start);
    let end = if noun.who.is_empty() { noun.of_them.unwrap_or(number_end) } else { noun.who.end };
    Some(Group {
        tokens: start..end,
        number_end,
        low: number.low,
        high: number.high,
        qualifier: number.qualifier,
        who: noun.who,
        kind: noun.kind,
        is_vague: number.is_vague,
        is_joined: number.is_joined,
        is_part: false,
        is_of_them: noun.of_them.is_some(),
        is_single: number.low == 1 && number.high == 1 && !number.is_digits,
        is_bare_noun: false,
    })
}

/// «11 h», «10.30 am», «à 14 heures».
fn is_clock(reader: &Reader, number: &Number) -> bool {
    let clock = |at: usize| reader.signs.find(at, |s| matches!(s.word, Word::Time(TimeWord::Clock)).then_some(())).is_some();
    number.is_digits && (clock(number.tokens.end) || number.start.checked_sub(1).is_some_and(clock))
}

struct Noun {
    who: Range<usize>,
    kind: Option<u8>,
    /// A word of harm stands where the noun would.
    harm: Option<usize>,
    of_them: Option<usize>,
}

/// The noun behind a number; `None` when it is no person's.
fn noun(reader: &Reader, from: usize) -> Option<Noun> {
    let text = reader.text;
    let mut of_them = None;
    let mut at = from;
    let mut first_word = None;
    while at < reader.sentence.end && at < from + NOUN_REACH {
        let token = &text.tokens[at];
        let folded = text.folded(at);
        match token.kind {
            TokenKind::Number => break,
            TokenKind::Punct if matches!(folded, "\"" | "«" | "»" | "\u{201C}" | "\u{201D}" | "'" | "\u{2019}" | "-") => {
                at += 1;
                continue;
            }
            TokenKind::Punct => {
                if at == from && folded == "%" {
                    return None;
                }
                break;
            }
            TokenKind::Arabic | TokenKind::Latin => {}
        }
        let here = reader.signs.at(at);
        if let Some(end) = here.iter().find(|s| s.word == Word::OfThem).map(|s| s.end as usize) {
            of_them = Some(end);
            at = end;
            if end > from + 2 {
                break;
            }
            continue;
        }
        // A clitic conjunction or preposition ends the phrase, unless the word itself is a noun («وافد»).
        let noun = here.iter().filter(|s| !s.conjunction && !s.preposition).find(|s| match s.word {
            Word::Person { form, .. } => form != Form::Two || at == from,
            Word::Thing | Word::Measure | Word::Money | Word::Month { .. } => true,
            Word::Time(word) => matches!(word, TimeWord::Unit(..)),
            _ => false,
        });
        if let Some(sign) = noun {
            let Word::Person { kind, .. } = sign.word else {
                // In English the thing may follow its adjectives; elsewhere it stands first, and later things are others'.
                let stands_first = first_word.is_none() || reader.lang == Lang::En;
                if stands_first {
                    return None;
                }
                break;
            };
            let start = skip_partitive(reader, from, at);
            return Some(Noun { who: start..sign.end as usize, kind: Some(kind), harm: None, of_them });
        }
        if let Some(harm) = here.iter().find(|s| !s.conjunction && matches!(s.word, Word::Harm { .. } | Word::Both)) {
            return Some(Noun { who: from..from, kind: None, harm: Some(harm.start as usize), of_them });
        }
        if is_partitive(folded) {
            at += 1;
            continue;
        }
        if ends_noun(reader, at) {
            break;
        }
        if first_word.is_none() {
            first_word = Some(at);
        }
        // In Arabic the noun follows its number at once.
        if reader.lang == Lang::Ar && at > from {
            break;
        }
        at += 1;
    }
    let who = first_word.map_or(from..from, |w| w..w + 1);
    Some(Noun { who, kind: None, harm: None, of_them })
}

fn is_partitive(folded: &str) -> bool {
    matches!(folded, "de" | "d" | "des" | "of" | "من" | "the" | "les" | "ses" | "his" | "its" | "other" | "autres" | "more" | "بين")
}

fn skip_partitive(reader: &Reader, from: usize, to: usize) -> usize {
    (from..to).find(|i| !is_partitive(reader.text.folded(*i)) && reader.text.tokens[*i].kind != TokenKind::Punct).unwrap_or(to)
}

/// Small words after which no noun of the number before them stands.
pub(super) fn ends_noun(reader: &Reader, at: usize) -> bool {
    if reader.time_at(at).is_some() || reader.is_and(at) {
        return true;
    }
    let folded = reader.text.folded(at);
    match reader.lang {
        Lang::En => matches!(
            folded,
            "in" | "on"
                | "at"
                | "by"
                | "when"
                | "who"
                | "that"
                | "were"
                | "was"
                | "have"
                | "has"
                | "had"
                | "are"
                | "is"
                | "and"
                | "or"
                | "from"
                | "after"
                | "during"
                | "near"
                | "to"
                | "with"
                | "for"
                | "as"
                | "while"
                | "including"
                | "their"
                | "before"
                | "since"
                | "across"
        ),
        Lang::Fr => matches!(
            folded,
            "dans"
                | "par"
                | "a"
                | "au"
                | "aux"
                | "en"
                | "sur"
                | "ont"
                | "sont"
                | "ete"
                | "qui"
                | "et"
                | "ou"
                | "lors"
                | "avec"
                | "pour"
                | "dont"
                | "pres"
                | "selon"
                | "etaient"
                | "avaient"
                | "apres"
                | "contre"
                | "etant"
                | "parmi"
                | "l"
                | "n"
                | "s"
                | "qu"
                | "le"
                | "la"
        ),
        Lang::Ar => {
            (folded.starts_with('ب') && folded.len() >= 10)
                || matches!(
                    folded,
                    "في" | "علي"
                        | "الي"
                        | "عن"
                        | "ان"
                        | "اثر"
                        | "جراء"
                        | "خلال"
                        | "بعد"
                        | "قبل"
                        | "حين"
                        | "عندما"
                        | "التي"
                        | "الذي"
                        | "الذين"
                        | "قرب"
                        | "مع"
                        | "لدي"
                        | "منذ"
                        | "كانوا"
                )
                || reader.signs.at(at).iter().any(|s| s.conjunction && s.list != ListName::Times)
        }
    }
}

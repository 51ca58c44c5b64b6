//! Two times that are the ends of one stretch: «from 28 February to 3 March», «بين الجمعة والأحد», «entre 2015 et 2018».

use jiff::civil;

use crate::lang::Lang;
use crate::lang::lists::{Qualifier, Signs, TimeWord, Word};
use crate::text::Text;

use super::parse::{Draft, parse};

/// The stretch that a draft begins: the first draft over all its tokens, and the last.
pub(super) fn take(text: &Text, signs: &Signs, lang: Lang, published: Option<civil::Date>, first: &Draft) -> Option<(Draft, Draft)> {
    let (begins, is_between) = lead(text, signs, first)?;
    let joint = first.tokens.end;
    let is_and = matches!(text.folded(joint), "and" | "et" | "و");
    let is_to = signs.find(joint, |s| (s.word == Word::RangeTo).then_some(())).is_some();
    let glued = signs.at(joint).iter().any(|s| s.conjunction);
    let from = if (is_and && is_between) || (is_to && !is_and) {
        joint + 1
    } else if glued && is_between {
        joint
    } else {
        return None;
    };
    let from = from + usize::from(matches!(text.folded(from), "le" | "the" | "au"));
    if text.tokens.get(from)?.sentence != text.tokens[first.tokens.start].sentence {
        return None;
    }
    let mut last = match parse(text, signs, lang, from, published) {
        Some(last) => last,
        // «between 2015 and 2018»: the second year stands alone.
        None => bare_year(text, signs, from, first)?,
    };
    if !is_same_kind(first, &last) {
        return None;
    }
    let mut whole = first.clone();
    if whole.month.is_some() && whole.year.is_none() {
        // The year of the end is the year of the beginning, unless that would put it behind the end.
        let order = |d: &Draft| (d.month, d.days.map(|d| d.0));
        whole.year = last.year.map(|year| if order(&whole) > order(&last) { year - 1 } else { year });
    }
    last.is_since = false;
    whole.is_since = false;
    whole.tokens = begins..last.tokens.end;
    Some((whole, last))
}

/// First token of the stretch, and whether «between» leads to it; `None` when nothing does.
fn lead(text: &Text, signs: &Signs, first: &Draft) -> Option<(usize, bool)> {
    let at = first.tokens.start;
    let is_from = |at: usize| {
        signs.at(at).iter().any(|s| matches!(s.word, Word::Qualifier(Qualifier::Between) | Word::Time(TimeWord::Since)))
            || text.folded(at) == "depuis"
    };
    // The word is part of the mention («since», «from») or stands before it, over an article or «عامي».
    if is_from(at) {
        return Some((at, is_between(text, at)));
    }
    let steps = 1..=usize::from(at > 1 && matches!(text.folded(at - 1), "le" | "the" | "يوم" | "ما")) + 1;
    let before = steps.filter_map(|n| at.checked_sub(n)).find(|before| is_from(*before))?;
    Some((at, is_between(text, before)))
}

fn is_between(text: &Text, at: usize) -> bool {
    matches!(text.folded(at), "between" | "entre" | "بين")
}

fn bare_year(text: &Text, signs: &Signs, at: usize, first: &Draft) -> Option<Draft> {
    let is_bare = first.year.is_some() && first.month.is_none();
    let at = at + usize::from(text.folded(at) == "و");
    let year: i16 = text.folded(at).parse().ok().filter(|y| is_bare && (1900..=2100).contains(y))?;
    let counts = signs.at(at + 1).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing | Word::Measure));
    (!counts).then(|| Draft { year: Some(year), tokens: at..at + 1, ..Draft::default() })
}

/// Days with days, months with months, weekdays with weekdays, years with years.
fn is_same_kind(first: &Draft, last: &Draft) -> bool {
    let shape = |d: &Draft| (d.days.is_some(), d.month.is_some(), d.weekdays.is_some() && d.month.is_none());
    let is_plain = |d: &Draft| d.relative.is_none() && d.ago.is_none() && d.hijri.is_none() && d.shift.is_none() && d.span.is_none();
    shape(first) == shape(last)
        && is_plain(first)
        && is_plain(last)
        && (first.month.is_some() || first.weekdays.is_some() || (first.year.is_some() && last.year.is_some()))
}

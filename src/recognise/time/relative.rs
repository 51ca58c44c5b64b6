//! Times told from the day of publication: yesterday, last week, «قبل ثلاثة أشهر», «il y a deux jours».

use crate::lang::Lang;
use crate::lang::lists::{ListName, TimeWord, Unit, Word};
use crate::text::TokenKind;

use super::parse::{Draft, Reader, is_period};

/// Fills the relative slot.
pub(super) fn take(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    if draft.weekdays.is_some() {
        return None;
    }
    ago(reader, at, draft).or_else(|| shift(reader, at, draft)).or_else(|| span(reader, at, draft)).or_else(|| word(reader, at, draft))
}

fn word(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    use TimeWord as T;
    let (word, end) = reader.time_word(at, |w| {
        is_period(w)
            || matches!(w, T::Today | T::Yesterday | T::LastNight | T::DayBeforeYesterday | T::Tomorrow)
            || matches!(w, T::NextDay | T::SameDay | T::PreviousDay | T::TwoDaysBefore | T::TwoDaysAfter)
    })?;
    // «روسيا اليوم», «Russia Today» are names.
    if word == T::Today && reader.signs.before(end, |s| (s.word == Word::Time(T::Named)).then_some(())).is_some() {
        return None;
    }
    // «the day before the attack», «la veille du scrutin» tell it from an event, whose day nobody knows here.
    if matches!(word, T::PreviousDay | T::NextDay | T::TwoDaysBefore | T::TwoDaysAfter) && is_told_from_event(reader, end) {
        return None;
    }
    draft.relative = Some(word);
    Some(end)
}

/// «two days before the vote», «la veille du scrutin»: another thing follows from which the days are told.
fn is_told_from_event(reader: &Reader, end: usize) -> bool {
    let last = end.checked_sub(1).map_or("", |i| reader.text.folded(i));
    let is_open = reader
        .text
        .tokens
        .get(end)
        .is_none_or(|t| t.kind == TokenKind::Punct || end.checked_sub(1).is_some_and(|i| t.sentence != reader.text.tokens[i].sentence));
    match reader.lang {
        Lang::Ar => matches!(reader.text.folded(end), "من" | "علي"),
        Lang::Fr => {
            (matches!(last, "avant" | "apres") && !is_open)
                || (matches!(last, "veille" | "lendemain" | "surlendemain") && matches!(reader.text.folded(end), "du" | "de" | "des" | "d"))
        }
        Lang::En => matches!(last, "before" | "after") && !is_open,
    }
}

/// Fewest and most units of vague counts («a few days ago»), and of a bare plural («قبل أيام»).
const FEW: (u32, u32) = (2, 9);

fn ago(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    let is_word = |at: usize, wanted: TimeWord| reader.time_word(at, |w| w == wanted).map(|(_, end)| end);
    if reader.lang == Lang::En {
        let (count, unit, end) = duration(reader, at)?;
        let end = is_word(end, TimeWord::Ago)?;
        draft.ago = Some((count.0, count.1, unit));
        return Some(end);
    }
    let end = match is_word(at, TimeWord::Ago) {
        Some(end) => end,
        // «منذ 3 أشهر» is a span of time that lasts.
        None if draft.is_since => at,
        None => is_word(at, TimeWord::Since)?,
    };
    let is_ago = end > at && is_word(at, TimeWord::Ago).is_some();
    let (count, unit, end) = duration(reader, end)?;
    // «قبل أسبوعين من هذا الهجوم».
    if is_ago && reader.text.folded(end) == "من" && matches!(reader.text.folded(end + 1), "هذا" | "هذه" | "ذلك" | "تلك") {
        return None;
    }
    draft.is_since |= !is_ago;
    draft.ago = Some((count.0, count.1, unit));
    Some(end)
}

/// Told from the last day named: «two days earlier», «deux jours plus tard», «قبل ذلك بيومين», «بعد ثلاثة أيام».
fn shift(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    let turn =
        |at: usize| reader.time_word(at, |w| matches!(w, TimeWord::Earlier | TimeWord::Later)).map(|(w, end)| (w == TimeWord::Later, end));
    let (is_later, count, unit, end) = if reader.lang == Lang::Ar {
        let (is_later, end) = turn(at)?;
        let (count, unit, end) = duration(reader, end)?;
        (is_later, count, unit, end)
    } else {
        let (count, unit, end) = duration(reader, at)?;
        let (is_later, end) = turn(end)?;
        (is_later, count, unit, end)
    };
    // «three days after the attack», «بعد ثلاثة أيام من الهجوم».
    if is_told_from_event(reader, end) || unit == Unit::Year {
        return None;
    }
    draft.shift = Some((count.0, count.1, unit, is_later));
    Some(end)
}

/// Up to the day of publication: «the past three days», «ces dernières 24 heures», «الأيام الثلاثة الماضية».
fn span(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    let last = |at: usize| reader.time_word(at, |w| w == TimeWord::Last).map(|(_, end)| end);
    let (count, unit, end) = match reader.lang {
        Lang::En => {
            let end = last(at)?;
            // «the past week» runs up to today; «last week» is the week before.
            let is_past = reader.text.folded(end - 1) == "past";
            match unit_at(reader, end).filter(|_| is_past && !is_plural_unit(reader, end)) {
                Some((unit, times, end)) => ((times, times), unit, end),
                None => counted_units(reader, end)?,
            }
        }
        Lang::Fr => {
            if let Some(end) = last(at) {
                counted_units(reader, end)?
            } else {
                // «trois derniers jours», «24 dernières heures».
                let (count, end) = cardinal(reader, at)?;
                let (unit, times, end) = unit_at(reader, last(end)?)?;
                ((count.0 * times, count.1 * times), unit, end)
            }
        }
        Lang::Ar => {
            let (count, unit, end) = counted_units(reader, at)?;
            (count, unit, last(end)?)
        }
    };
    draft.span = Some((count.0, count.1, unit));
    Some(end)
}

/// Units with their number before or behind them, or a bare plural.
fn counted_units(reader: &Reader, at: usize) -> Option<((u32, u32), Unit, usize)> {
    let over_article = |at: usize| at + usize::from(reader.lang == Lang::Ar && matches!(reader.text.folded(at), "ال"));
    if let Some((count, end)) = cardinal(reader, over_article(at)) {
        let (unit, times, end) = unit_at(reader, end)?;
        return Some(((count.0 * times, count.1 * times), unit, end));
    }
    let (unit, times, end) = unit_at(reader, at)?;
    if reader.lang == Lang::Ar
        && let Some((count, end)) = cardinal(reader, over_article(end))
    {
        return Some((count, unit, end));
    }
    let is_plural = is_plural_unit(reader, at);
    if times == 1 && !is_plural {
        return None;
    }
    Some((if times == 1 { FEW } else { (times, times) }, unit, end))
}

/// Plural units that no number counts mean a few.
fn is_plural_unit(reader: &Reader, at: usize) -> bool {
    let folded = reader.text.folded(at);
    match reader.lang {
        Lang::Ar => {
            let bare = folded.strip_prefix("ال").or_else(|| folded.strip_prefix('ب')).unwrap_or(folded);
            matches!(bare, "ايام" | "اسابيع" | "اشهر" | "شهور" | "سنوات" | "اعوام" | "ساعات")
        }
        Lang::Fr => matches!(folded, "jours" | "semaines" | "annees" | "heures"),
        Lang::En => matches!(folded, "days" | "weeks" | "months" | "years" | "hours"),
    }
}

fn unit_at(reader: &Reader, at: usize) -> Option<(Unit, u32, usize)> {
    reader.time_word(at, |w| matches!(w, TimeWord::Unit(..))).and_then(|(w, end)| match w {
        TimeWord::Unit(unit, count) => Some((unit, u32::from(count), end)),
        _ => None,
    })
}

/// Fewest and most of a number in digits or words («24», «vingt-quatre», «أربع وعشرين», «a few»).
fn cardinal(reader: &Reader, at: usize) -> Option<((u32, u32), usize)> {
    let token = reader.text.tokens.get(at)?;
    if token.kind == TokenKind::Number {
        let folded = reader.text.folded(at);
        return if folded.len() > 3 { None } else { folded.parse::<u32>().ok().map(|n| ((n, n), at + 1)) };
    }
    let (count, end) = reader.signs.find(at, |s| match s.word {
        Word::Cardinal(n @ 1..=999) | Word::Scale(n @ 1..=99) | Word::About(n @ 1..=99) => Some(((n as u32, n as u32), s.end as usize)),
        Word::Vague(3, 9) => Some((FEW, s.end as usize)),
        _ => None,
    })?;
    // The second part of «twenty-four», «أربع وعشرين».
    let next = end + usize::from(reader.text.folded(end) == "-");
    let is_tens = |n: u32| (20..100).contains(&n) && n.is_multiple_of(10);
    let second = reader.signs.find(next, |s| match s.word {
        Word::Cardinal(n @ 1..=99) => Some((n as u32, s.conjunction, s.end as usize)),
        // «الأربع والعشرين»: with the article the tens read as an ordinal.
        Word::Ordinal(n @ (20 | 30)) => Some((u32::from(n), s.conjunction, s.end as usize)),
        _ => None,
    });
    match second {
        Some((tens, true, end)) if reader.lang == Lang::Ar && count.0 < 10 && is_tens(tens) => {
            Some(((count.0 + tens, count.1 + tens), end))
        }
        Some((ones, false, end)) if reader.lang != Lang::Ar && is_tens(count.0) && ones < 10 => {
            Some(((count.0 + ones, count.1 + ones), end))
        }
        _ => Some((count, end)),
    }
}

/// «two weeks», «نحو شهر», «ثلاثة أشهر», «quelques jours».
fn duration(reader: &Reader, mut at: usize) -> Option<((u32, u32), Unit, usize)> {
    if let Some(end) = reader.signs.find(at, |s| matches!(s.word, Word::Qualifier(_)).then_some(s.end as usize)) {
        at = end;
    }
    at += usize::from(matches!(reader.text.folded(at), "(" | "d" | "'" | "\u{2019}" | "un" | "une" | "a" | "an"));
    at += usize::from(matches!(reader.text.folded(at), "'" | "\u{2019}" | "un" | "une"));
    let number = cardinal(reader, at);
    if let Some((count, mut end)) = number {
        end += usize::from(reader.text.folded(end) == ")" || matches!(reader.text.folded(end), "full" | "more"));
        let (unit, times, end) = unit_at(reader, end)?;
        Some(((count.0 * times, count.1 * times), unit, end))
    } else {
        let (unit, times, end) = unit_at(reader, at)?;
        // «منذ عام 2012» names a year and no span.
        if reader.text.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Number) {
            return None;
        }
        let is_plural = reader.lang == Lang::Ar && is_plural_unit(reader, at);
        let count = if is_plural { FEW } else { (times, times) };
        debug_assert!(reader.signs.at(at).iter().any(|s| s.list == ListName::Times));
        Some((count, unit, end))
    }
}

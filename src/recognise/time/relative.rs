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
    ago(reader, at, draft).or_else(|| word(reader, at, draft))
}

fn word(reader: &Reader, at: usize, draft: &mut Draft) -> Option<usize> {
    use TimeWord as T;
    let (word, end) = reader.time_word(at, |w| {
        is_period(w) || matches!(w, T::Today | T::Yesterday | T::DayBeforeYesterday | T::Tomorrow | T::NextDay | T::SameDay)
    })?;
    draft.relative = Some(word);
    Some(end)
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
    draft.is_since |= !is_ago;
    draft.ago = Some((count.0, count.1, unit));
    Some(end)
}

/// «two weeks», «نحو شهر», «ثلاثة أشهر», «quelques jours».
fn duration(reader: &Reader, mut at: usize) -> Option<((u32, u32), Unit, usize)> {
    if let Some(end) = reader.signs.find(at, |s| matches!(s.word, Word::Qualifier(_)).then_some(s.end as usize)) {
        at = end;
    }
    at += usize::from(matches!(reader.text.folded(at), "(" | "d" | "'" | "\u{2019}" | "un" | "une" | "a" | "an"));
    at += usize::from(matches!(reader.text.folded(at), "'" | "\u{2019}" | "un" | "une"));
    let unit_at = |at: usize| {
        reader.time_word(at, |w| matches!(w, TimeWord::Unit(..))).and_then(|(w, end)| match w {
            TimeWord::Unit(unit, count) => Some((unit, u32::from(count), end)),
            _ => None,
        })
    };
    let token = reader.text.tokens.get(at)?;
    let number = if token.kind == TokenKind::Number {
        let folded = reader.text.folded(at);
        if folded.len() > 3 { None } else { folded.parse::<u32>().ok().map(|n| ((n, n), at + 1)) }
    } else {
        reader.signs.find(at, |s| match s.word {
            Word::Cardinal(n @ 1..=999) | Word::Scale(n @ 1..=99) => Some(((n as u32, n as u32), s.end as usize)),
            Word::Vague(3, 9) => Some((FEW, s.end as usize)),
            _ => None,
        })
    };
    if let Some((count, mut end)) = number {
        end += usize::from(reader.text.folded(end) == ")" || matches!(reader.text.folded(end), "full" | "more"));
        let (unit, times, end) = unit_at(end)?;
        Some(((count.0 * times, count.1 * times), unit, end))
    } else {
        let (unit, times, end) = unit_at(at)?;
        // «منذ عام 2012» names a year and no span.
        if reader.text.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Number) {
            return None;
        }
        let is_plural =
            reader.lang == Lang::Ar && matches!(reader.text.folded(at), "ايام" | "اسابيع" | "اشهر" | "شهور" | "سنوات" | "اعوام" | "ساعات");
        let count = if is_plural { FEW } else { (times, times) };
        debug_assert!(reader.signs.at(at).iter().any(|s| s.list == ListName::Times));
        Some((count, unit, end))
    }
}

//! Days, months and years of a mention.

use crate::lang::Lang;
use crate::lang::lists::{ListName, TimeWord, Word};
use crate::text::TokenKind;

use super::parse::{Draft, Reader};

impl Reader<'_, '_> {
    /// «6 سبتمبر», «الخامس من مايو», «1er juin», «6th of September», «du 4 au 5 juin».
    pub(super) fn day_and_month(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let (first, mut end) = self.day(at)?;
        let mut days = (first, first);
        let folded = self.text.folded(end);
        let joint = if matches!(folded, "-" | "\u{2013}" | "/" | "au" | "a" | "to" | "et" | "and" | "و" | "الي") {
            Some(self.over_weekday(end + 1))
        } else {
            // «بين الخامس والثامن من مارس».
            self.signs.at(end).iter().any(|s| s.conjunction && s.list == ListName::Numbers).then_some(end)
        };
        if let Some((second, after)) = joint.and_then(|at| self.day(at))
            && self.month_after_day(after).is_some()
        {
            days.1 = second;
            end = after;
        }
        let (month, after) = self.month_after_day(end)?;
        (draft.days, draft.month) = (Some(days), Some(month));
        Some(after)
    }

    /// «du mardi 13 au mercredi 14 septembre», «le 5 et le 8 mars»: passes over the article and weekday of the second day.
    fn over_weekday(&self, at: usize) -> usize {
        let at = at + usize::from(matches!(self.text.folded(at), "le" | "the" | "au"));
        let weekday = self.signs.find(at, |s| matches!(s.word, Word::Weekday { is_ambiguous: false, .. }).then_some(s.end as usize));
        weekday.unwrap_or(at)
    }

    /// «الرابع من الشهر الجاري», «le 28 du mois dernier», «the 5th of this month».
    pub(super) fn day_of_this_month(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let (day, mut end) = self.day(at)?;
        let is_ordinal = end > at + 1 || self.text.tokens[at].kind != TokenKind::Number;
        if self.lang == Lang::En && !is_ordinal || !matches!(self.text.folded(end), "of" | "du" | "de" | "من") {
            return None;
        }
        end += 1;
        let (word, end) = self.time_word(end, |w| matches!(w, TimeWord::ThisMonth | TimeWord::LastMonth))?;
        (draft.days, draft.relative) = (Some((day, day)), Some(word));
        Some(end)
    }

    /// The month behind a day, over «of», «من» or a sign, with its second name («أكتوبر/تشرين الأول»).
    fn month_after_day(&self, mut at: usize) -> Option<(u8, usize)> {
        // «vingt-sept» is one number word, «20-sept» a date.
        if self.text.folded(at) == "-" && at.checked_sub(1).is_some_and(|i| self.text.tokens[i].kind != TokenKind::Number) {
            return None;
        }
        for _ in 0..2 {
            if let Some((month, end)) = self.month_at(at).map(|(month, _, end)| (month, end)) {
                return Some((month, self.second_name(month, end)));
            }
            if !matches!(self.text.folded(at), "of" | "de" | "من" | "/" | "-" | "(" | "شهر" | "." | "d" | "'") {
                return None;
            }
            at += 1;
        }
        self.month_at(at).map(|(month, _, end)| (month, self.second_name(month, end)))
    }

    pub(super) fn month_at(&self, at: usize) -> Option<(u8, bool, usize)> {
        let is_name = self.lang != Lang::En || self.text.tokens.get(at)?.capital;
        self.signs.find(at, |s| match s.word {
            Word::Month { number, is_ambiguous } if is_name => Some((number, is_ambiguous, s.end as usize)),
            _ => None,
        })
    }

    /// Passes over a month's name in another vocabulary, «أيار/مايو», «أبريل (نيسان)», and the stop of a short form.
    fn second_name(&self, month: u8, at: usize) -> usize {
        let mut end = at;
        if matches!(self.text.folded(at), "/" | "(" | "-" | "\u{060C}") {
            end += 1;
        }
        match self.month_at(end) {
            Some((other, _, after)) if other == month => after + usize::from(self.text.folded(at) == "(" && self.text.folded(after) == ")"),
            _ => at,
        }
    }

    /// A month with no day before it; in English a day may follow («September 6»).
    pub(super) fn month(&self, at: usize, draft: &mut Draft, leads: bool) -> Option<usize> {
        let (month, is_ambiguous, end) = self.month_at(at)?;
        let end = self.second_name(month, end);
        let day = if self.lang == Lang::En { self.day_after_month(end) } else { None };
        let before = at.checked_sub(1).map_or("", |i| self.text.folded(i));
        let after = usize::from(matches!(self.text.folded(end), "," | "."));
        let is_certain = !is_ambiguous
            || day.is_some()
            || leads
            || draft.part.is_some()
            || draft.modifier.is_some()
            || matches!(
                before,
                "in" | "of"
                    | "en"
                    | "de"
                    | "d"
                    | "في"
                    | "شهر"
                    | "mi"
                    | "by"
                    | "from"
                    | "mid"
                    | "mois"
                    | "وفي"
                    | "between"
                    | "entre"
                    | "بين"
            )
            || self.year(end + after, true).is_some()
            || self
                .time_word(end, |w| matches!(w, TimeWord::Last | TimeWord::This | TimeWord::Next))
                .is_some_and(|_| self.lang != Lang::En);
        let counts = self.signs.at(end).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing));
        if !is_certain || (is_ambiguous && counts) {
            return None;
        }
        draft.month = Some(month);
        match day {
            Some((days, after)) => {
                draft.days = Some(days);
                Some(after)
            }
            None => Some(end),
        }
    }

    fn day_after_month(&self, at: usize) -> Option<((u8, u8), usize)> {
        let at = at + usize::from(self.text.folded(at) == "." && !self.text.tokens[at].spaced);
        let at = at + usize::from(self.text.folded(at) == "the");
        let (first, end) = self.day(at)?;
        let counts = self.signs.at(end).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing | Word::Measure | Word::Money));
        if counts || self.text.tokens[at].kind != TokenKind::Number {
            return None;
        }
        if matches!(self.text.folded(end), "-" | "\u{2013}" | "to" | "and")
            && let Some((second, after)) =
                self.day(end + 1).filter(|(d, _)| *d > first && self.text.tokens[end + 1].kind == TokenKind::Number)
        {
            return Some(((first, second), after));
        }
        Some(((first, first), end))
    }

    /// «النصف الأول من سبتمبر» is no first of September and not its beginning.
    pub(super) fn is_part_of_month(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|i| matches!(self.text.folded(i), "النصف" | "الربع" | "الثلث" | "الاسبوع"))
    }

    /// A day of the month in digits or words.
    pub(super) fn day(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.text.tokens.get(at)?;
        if self.is_part_of_month(at) {
            return None;
        }
        if token.kind != TokenKind::Number {
            return self.signs.find(at, |s| match s.word {
                Word::Ordinal(day) => Some((day, s.end as usize)),
                Word::Cardinal(day @ 2..=31) if self.lang == Lang::Fr => Some((day as u8, s.end as usize)),
                Word::Cardinal(day @ 1..=31) if self.lang == Lang::Ar => Some((day as u8, s.end as usize)),
                _ => None,
            });
        }
        let folded = self.text.folded(at);
        let day: u8 = if folded.len() <= 2 { folded.parse().ok().filter(|d| (1..=31).contains(d))? } else { return None };
        let before = at.checked_sub(1).and_then(|i| self.text.tokens.get(i));
        if before.is_some_and(|b| !token.spaced && matches!(self.text.slice(b.span), ":" | "," | "." | "$")) {
            return None;
        }
        let is_suffix = self.text.tokens.get(at + 1).is_some_and(|t| !t.spaced)
            && matches!(self.text.folded(at + 1), "er" | "st" | "nd" | "rd" | "th" | "eme" | "e");
        Some((day, at + 1 + usize::from(is_suffix)))
    }

    /// A year in four digits that counts nothing.
    pub(super) fn year(&self, at: usize, after_month: bool) -> Option<i16> {
        let token = self.text.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let folded = self.text.folded(at);
        if folded.len() != 4 || token.sentence != self.text.tokens[at.saturating_sub(1)].sentence {
            return None;
        }
        let year: i16 = folded.parse().ok().filter(|y| (1900..=2100).contains(y))?;
        // «the 1990s».
        if self.text.folded(at + 1) == "s" && self.text.tokens.get(at + 1).is_some_and(|t| !t.spaced) {
            return None;
        }
        let counts =
            self.signs.at(at + 1).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing | Word::Measure | Word::Money));
        (after_month || !counts).then_some(year)
    }
}

//! The words of one time, gathered slot by slot: weekday, day, month, year, relative word, modifier, part.

use std::ops::Range;

use jiff::civil;

use crate::lang::Lang;
use crate::lang::lists::{ListName, Signs, TimeWord, Unit, Word};
use crate::text::{Text, TokenKind};

use super::{numeric, relative};

/// What a mention says, before any reckoning.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub tokens: Range<usize>,
    pub days: Option<(u8, u8)>,
    pub month: Option<u8>,
    pub year: Option<i16>,
    pub weekdays: Option<(u8, u8)>,
    /// A word from «today» to «same day».
    pub relative: Option<TimeWord>,
    /// Units back from the day of publication, fewest and most.
    pub ago: Option<(u32, u32, Unit)>,
    /// `Last`, `This` or `Next`.
    pub modifier: Option<TimeWord>,
    /// `StartOf`, `MiddleOf` or `EndOf`.
    pub part: Option<TimeWord>,
    pub is_since: bool,
    /// A word that leads to a year stands directly before.
    leads_to_year: bool,
}

impl Draft {
    fn is_time(&self) -> bool {
        self.month.is_some() || self.weekdays.is_some() || self.relative.is_some() || self.ago.is_some() || self.year.is_some()
    }

    /// Its words place it after the day of publication.
    pub(super) fn is_future(&self) -> bool {
        self.modifier == Some(TimeWord::Next) || self.relative == Some(TimeWord::Tomorrow)
    }
}

/// Reads text and signs of one language.
pub(super) struct Reader<'a, 't> {
    pub text: &'a Text<'t>,
    pub signs: &'a Signs,
    pub lang: Lang,
    pub published: Option<civil::Date>,
}

/// The time that begins at a token.
pub(super) fn parse(text: &Text, signs: &Signs, lang: Lang, at: usize, published: Option<civil::Date>) -> Option<Draft> {
    let reader = Reader { text, signs, lang, published };
    if !reader.may_begin(at) {
        return None;
    }
    let mut draft = Draft::default();
    let mut end = at;
    let mut complete_end = None;
    loop {
        let mut from = if end == at { at } else { reader.skip_glue(end, draft.is_time()) };
        if text.tokens.get(from).is_some_and(|t| t.sentence != text.tokens[at].sentence) {
            from = end;
        }
        let is_bracketed = (end..from).any(|i| matches!(text.folded(i), "(" | "«" | "\u{201C}" | "\""));
        let taken =
            reader.take(from, is_bracketed, &mut draft).or_else(|| if from > end { reader.take(end, false, &mut draft) } else { None });
        let Some(next) = taken else { break };
        end = next.max(end + 1);
        if is_bracketed && matches!(text.folded(end), ")" | "»" | "\u{201D}" | "\"") {
            end += 1;
        }
        // «on Friday in …»: a word that leads to a year ends nothing.
        if draft.is_time() && !draft.leads_to_year {
            complete_end = Some(end);
        }
    }
    draft.tokens = at..complete_end?;
    Some(draft)
}

impl Reader<'_, '_> {
    pub(super) fn time_word(&self, at: usize, pick: impl Fn(TimeWord) -> bool) -> Option<(TimeWord, usize)> {
        self.signs.find(at, |s| match s.word {
            Word::Time(word) if pick(word) => Some((word, s.end as usize)),
            _ => None,
        })
    }

    fn may_begin(&self, at: usize) -> bool {
        let Some(token) = self.text.tokens.get(at) else { return false };
        token.kind == TokenKind::Number
            || self.signs.at(at).iter().any(|s| {
                matches!(s.list, ListName::Months | ListName::Weekdays | ListName::Times)
                    || matches!(s.word, Word::Ordinal(_) | Word::Cardinal(1..=31) | Word::Vague(3, 9))
            })
    }

    /// Passes over at most two signs and small words that may stand inside a time.
    fn skip_glue(&self, mut at: usize, is_time: bool) -> usize {
        for _ in 0..2 {
            let Some(token) = self.text.tokens.get(at) else { return at };
            if at > 0 && token.sentence != self.text.tokens[at - 1].sentence {
                return at;
            }
            let folded = self.text.folded(at);
            let is_glue = match token.kind {
                TokenKind::Punct => {
                    matches!(folded, "," | "\u{060C}" | "(" | "«" | "\u{201C}" | "\"" | "-" | "\u{2013}" | "/" | "'" | "\u{2019}" | ".")
                }
                TokenKind::Latin => matches!(folded, "de" | "du" | "d" | "le" | "la" | "l" | "au" | "of" | "the" | "on" | "in" | "at"),
                TokenKind::Arabic => matches!(folded, "من" | "في" | "يوم" | "الموافق" | "بتاريخ") || (!is_time && folded == "شهر"),
                TokenKind::Number => false,
            };
            if !is_glue {
                return at;
            }
            at += 1;
        }
        at
    }

    /// Fills one slot from a token; gives the token after it.
    fn take(&self, at: usize, is_bracketed: bool, draft: &mut Draft) -> Option<usize> {
        let token = self.text.tokens.get(at)?;
        let has_date = draft.month.is_some() || draft.ago.is_some();
        let leads = std::mem::take(&mut draft.leads_to_year);
        if !has_date {
            if let Some(end) = numeric::take(self, at, draft) {
                return Some(end);
            }
            if let Some(end) = self.day_and_month(at, draft) {
                return Some(end);
            }
            if draft.relative.is_none()
                && let Some(end) = relative::take(self, at, draft)
            {
                return Some(end);
            }
        }
        if draft.month.is_none()
            && draft.ago.is_none()
            && let Some(end) = self.month(at, draft, leads)
        {
            return Some(end);
        }
        if draft.year.is_none()
            && token.kind == TokenKind::Number
            && (draft.month.is_some() || leads || draft.relative.is_some_and(is_period))
            && let Some(year) = self.year(at, draft.month.is_some())
        {
            draft.year = Some(year);
            return Some(at + 1);
        }
        if draft.weekdays.is_none()
            && (!draft.is_time() || draft.relative.is_some() || is_bracketed)
            && let Some(end) = self.weekday(at, draft)
        {
            return Some(end);
        }
        self.modifying_word(at, draft)
    }

    fn modifying_word(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        use TimeWord as T;
        let began = draft.is_time();
        let (word, end) = self.time_word(at, |word| match word {
            T::PartOfDay => draft.relative.is_none_or(|r| !is_period(r)),
            T::Last | T::Next => {
                draft.modifier.is_none()
                    && ((!began && self.lang == Lang::En) || ((draft.weekdays.is_some() || draft.month.is_some()) && self.lang != Lang::En))
            }
            T::This => draft.modifier.is_none() && (!began || (draft.month.is_some() && self.lang != Lang::En)),
            T::Since | T::Until | T::During | T::Month => !began,
            T::StartOf | T::MiddleOf | T::EndOf => !began && draft.part.is_none(),
            T::Year | T::YearCue => draft.year.is_none() && draft.relative.is_none(),
            _ => false,
        })?;
        match word {
            T::Last | T::Next | T::This => draft.modifier = Some(word),
            T::StartOf | T::MiddleOf | T::EndOf => draft.part = Some(word),
            T::Since | T::Until => draft.is_since = true,
            _ => {}
        }
        draft.leads_to_year = matches!(word, T::Since | T::Until | T::During | T::Year | T::YearCue | T::StartOf | T::MiddleOf | T::EndOf);
        Some(end)
    }

    /// «6 سبتمبر», «الخامس من مايو», «1er juin», «6th of September», «du 4 au 5 juin».
    fn day_and_month(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let (first, mut end) = self.day(at)?;
        let mut days = (first, first);
        let folded = self.text.folded(end);
        if matches!(folded, "-" | "\u{2013}" | "/" | "au" | "a" | "to" | "et" | "and" | "و" | "الي")
            && let Some((second, after)) = self.day(end + 1)
            && self.month_after_day(after).is_some()
        {
            days.1 = second;
            end = after;
        }
        let (month, after) = self.month_after_day(end)?;
        (draft.days, draft.month) = (Some(days), Some(month));
        Some(after)
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

    fn month_at(&self, at: usize) -> Option<(u8, bool, usize)> {
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
    fn month(&self, at: usize, draft: &mut Draft, leads: bool) -> Option<usize> {
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
            || matches!(before, "in" | "of" | "en" | "de" | "d" | "في" | "شهر" | "mi" | "by" | "from" | "mid" | "mois" | "وفي")
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
        let (first, end) = self.day(at)?;
        let counts = self.signs.at(end).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing | Word::Measure));
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

    /// A day of the month in digits or words.
    pub(super) fn day(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.text.tokens.get(at)?;
        if token.kind != TokenKind::Number {
            return self.signs.find(at, |s| match s.word {
                Word::Ordinal(day) => Some((day, s.end as usize)),
                Word::Cardinal(day @ 1..=31) if self.lang != Lang::En => Some((day as u8, s.end as usize)),
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
        let counts = self.signs.at(at + 1).iter().any(|s| matches!(s.word, Word::Person { .. } | Word::Thing | Word::Measure));
        (after_month || !counts).then_some(year)
    }

    /// One weekday, or a night between two («nuit de mardi à mercredi», «ليل الأحد الإثنين»).
    fn weekday(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let (first, mut end) = self.weekday_at(at)?;
        let mut last = first;
        let after_first = end;
        for next in after_first..after_first + 3 {
            if let Some((second, after)) = self.weekday_at(next) {
                if second == first % 7 + 1 {
                    (last, end) = (second, after);
                }
                break;
            }
            let joint = self.text.folded(next);
            if !matches!(joint, "a" | "au" | "to" | "-" | "/" | "الي" | "»" | "\"" | "\u{2013}" | "into" | "et" | "and" | "\u{201D}") {
                break;
            }
        }
        draft.weekdays = Some((first, last));
        Some(end)
    }

    fn weekday_at(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.text.tokens.get(at)?;
        self.signs.find(at, |s| match s.word {
            Word::Weekday { number, is_ambiguous } => {
                let end = s.end as usize;
                let is_name = self.lang != Lang::En || token.capital;
                let dotted = end + usize::from(matches!(self.text.folded(end), "." | ","));
                let is_dated = !is_ambiguous || self.text.tokens.get(dotted).is_some_and(|t| t.kind == TokenKind::Number);
                // «القتيلين الاثنين» is the number two, «صلاة الجمعة» the prayer, whose day it still is.
                (is_name && is_dated).then_some((number, end))
            }
            _ => None,
        })
    }
}

/// Words that mean a stretch of several days.
pub(super) fn is_period(word: TimeWord) -> bool {
    use TimeWord as T;
    matches!(word, T::ThisWeek | T::LastWeek | T::ThisMonth | T::LastMonth | T::ThisYear | T::LastYear | T::Weekend | T::LastWeekend)
}

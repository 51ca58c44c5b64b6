//! The words of one time, gathered slot by slot: weekday, day, month, year, relative word, modifier, part.

use std::ops::Range;

use jiff::civil;

use crate::lang::Lang;
use crate::lang::lists::{ListName, Qualifier, Signs, TimeWord, Unit, Word};
use crate::text::{Text, TokenKind};

use super::hijri::{self, Hijri};
use super::{numeric, relative};

/// What a mention says, before any reckoning.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent claim about the words")]
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
    /// Units before (or after, when true) the last day named.
    pub shift: Option<(u32, u32, Unit, bool)>,
    /// Units up to the day of publication («the past three days»).
    pub span: Option<(u32, u32, Unit)>,
    pub hijri: Option<Hijri>,
    /// `Last`, `This` or `Next`.
    pub modifier: Option<TimeWord>,
    /// `StartOf`, `MiddleOf` or `EndOf`.
    pub part: Option<TimeWord>,
    pub is_since: bool,
    /// A word that leads to a year stands directly before.
    pub leads_to_year: bool,
    /// It is the name of a place or movement («شارع 14 رمضان»), no time.
    pub is_name: bool,
    /// «month of», «شهر» stands before.
    pub says_month: bool,
}

impl Draft {
    fn is_time(&self) -> bool {
        self.month.is_some()
            || self.weekdays.is_some()
            || self.relative.is_some()
            || self.ago.is_some()
            || self.shift.is_some()
            || self.span.is_some()
            || self.hijri.is_some()
            || self.year.is_some()
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
    draft.is_name = reader.names_a_place(&draft);
    // «from 5 to 8 March» is closed on both sides.
    // «the toll from Friday's bombing» bounds nothing.
    let is_possessive =
        lang == Lang::En && matches!(text.folded(draft.tokens.end), "'" | "\u{2019}") && text.folded(draft.tokens.end + 1) == "s";
    draft.is_since &= !is_possessive;
    draft.is_since &= draft.days.is_none_or(|(first, last)| first == last);
    Some(draft)
}

impl Reader<'_, '_> {
    pub(super) fn time_word(&self, at: usize, pick: impl Fn(TimeWord) -> bool) -> Option<(TimeWord, usize)> {
        self.signs.find(at, |s| match s.word {
            Word::Time(word) if pick(word) => Some((word, s.end as usize)),
            _ => None,
        })
    }

    /// «شارع 14 رمضان», «place du 14 juillet», «September 11 Square»: the date is a name.
    fn names_a_place(&self, draft: &Draft) -> bool {
        let is_name =
            (draft.days.is_some() || draft.month.is_some() || draft.hijri.is_some()) && draft.year.is_none() && draft.weekdays.is_none();
        if !is_name || draft.relative.is_some() {
            return false;
        }
        let is_named = |w: TimeWord| w == TimeWord::Named;
        let mut first = draft.tokens.start;
        while first > 0 && matches!(self.text.folded(first - 1), "de" | "du" | "d" | "le" | "the" | "'" | "\u{2019}") {
            first -= 1;
        }
        let before = first.checked_sub(1).is_some_and(|at| self.time_word(at, is_named).is_some());
        let after = self.lang == Lang::En && self.time_word(draft.tokens.end, is_named).is_some();
        before || after
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
            // «en octobre de l'an dernier».
            if is_time && self.time_word(at, |w| matches!(w, TimeWord::LastYear | TimeWord::ThisYear)).is_some() {
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
        let has_date = draft.month.is_some() || draft.ago.is_some() || draft.shift.is_some() || draft.span.is_some();
        if let Some(end) = hijri::take(self, at, draft) {
            return Some(end);
        }
        let leads = std::mem::take(&mut draft.leads_to_year);
        if !has_date {
            if let Some(end) = numeric::take(self, at, draft) {
                return Some(end);
            }
            if let Some(end) = self.day_and_month(at, draft).or_else(|| self.day_of_this_month(at, draft)) {
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
            && (draft.month.is_some() || leads || self.begins_years(at) || draft.relative.is_some_and(is_period))
            && let Some(year) = self.year(at, draft.month.is_some())
        {
            draft.year = Some(year);
            return Some(at + 1);
        }
        // «October of last year».
        if draft.month.is_some()
            && draft.year.is_none()
            && let Some((word, end)) = self.time_word(at, |w| matches!(w, TimeWord::LastYear | TimeWord::ThisYear))
        {
            draft.year = self.published.map(|p| p.year() - i16::from(word == TimeWord::LastYear));
            return Some(end);
        }
        if draft.weekdays.is_none()
            && (!draft.is_time() || draft.relative.is_some() || is_bracketed)
            && let Some(end) = self.weekday(at, draft)
        {
            return Some(end);
        }
        self.modifying_word(at, draft)
    }

    /// «between 2015 and 2018», «de 2015 à 2018»: the first of two years.
    fn begins_years(&self, at: usize) -> bool {
        let is_led = self.signs.before(at, |s| (s.word == Word::Qualifier(Qualifier::Between)).then_some(())).is_some();
        let is_joint = matches!(self.text.folded(at + 1), "and" | "et" | "و" | "to" | "a" | "الي");
        is_led && is_joint && self.year(at + 2, false).is_some()
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
            T::StartOf | T::MiddleOf | T::EndOf => !began && draft.part.is_none() && !self.is_part_of_month(at),
            T::Year | T::YearCue => draft.year.is_none() && draft.relative.is_none(),
            _ => false,
        })?;
        match word {
            T::Last | T::Next | T::This => draft.modifier = Some(word),
            T::StartOf | T::MiddleOf | T::EndOf => draft.part = Some(word),
            T::Since | T::Until => draft.is_since = true,
            T::Month => draft.says_month = true,
            _ => {}
        }
        draft.leads_to_year = matches!(word, T::Since | T::Until | T::During | T::Year | T::YearCue | T::StartOf | T::MiddleOf | T::EndOf);
        Some(end)
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

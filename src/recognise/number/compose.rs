//! Number words put together: «خمسة وعشرون», «quatre-vingt-dix-sept», «two hundred and five», «10 آلاف».

use crate::lang::Lang;
use crate::lang::lists::Word;

/// A compound under construction.
pub(super) struct Composer {
    lang: Lang,
    /// Finished groups of thousands.
    total: u64,
    /// The group in hand, below a thousand unless it is the first in digits.
    group: u64,
    /// Smallest scale used so far; the next must be smaller.
    scale: u64,
    /// Decimal digits of the group in hand («1.5»).
    decimals: u32,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Empty,
    Words,
    Digits,
    Vague { low: u64, high: u64 },
    About,
    Closed,
}

/// Largest value that is believed; larger ones are no counts of anything here.
const HIGHEST: u64 = 1_000_000_000_000;

impl Composer {
    pub(super) fn new(lang: Lang) -> Composer {
        Composer { lang, total: 0, group: 0, scale: u64::MAX, decimals: 0, state: State::Empty }
    }

    /// Begins with digits.
    pub(super) fn digits(&mut self, value: u64, decimals: u32) {
        (self.group, self.decimals, self.state) = (value, decimals, State::Digits);
    }

    /// Adds digits behind a scale word («3 آلاف و500»); false when they do not belong.
    pub(super) fn push_digits(&mut self, value: u64, joined: bool) -> bool {
        let fits = joined && self.total > 0 && self.group == 0 && value < self.scale && self.state != State::Closed;
        if fits {
            (self.group, self.state) = (value, State::Digits);
        }
        fits
    }

    /// Adds a word; false when it does not belong to the number in hand.
    pub(super) fn push(&mut self, word: Word, joined: bool) -> bool {
        match (word, &self.state) {
            (Word::Cardinal(value), State::Empty) => {
                self.state = State::Words;
                self.begin(value);
                true
            }
            (Word::Cardinal(value), State::Words | State::Digits) => self.add(value, joined),
            (Word::Scale(scale), State::Words | State::Digits) => self.multiply(scale, joined),
            (Word::Scale(value), State::Empty) => {
                (self.group, self.state) = (value, State::Words);
                true
            }
            (Word::Half, State::Words | State::Digits | State::Closed) => self.add_half(),
            (Word::About(value), State::Empty) => {
                (self.group, self.state) = (value, State::About);
                true
            }
            // «une dizaine».
            (Word::About(value), State::Words) if !joined && self.group == 1 && self.total == 0 => {
                (self.group, self.state) = (value, State::About);
                true
            }
            // «trois dizaines».
            (Word::About(value), State::Words) if !joined && (2..10).contains(&self.group) => self.multiply_group(value),
            (Word::Vague(low, high), State::Empty) => {
                self.state = State::Vague { low, high };
                true
            }
            // The plural of a scale word multiplies a number before it («10 آلاف», «deux millions», «trois centaines»).
            (Word::Vague(low, high), State::Words | State::Digits | State::About) if !joined && high > 99 => {
                self.multiply(unit_of(low, high), false)
            }
            (Word::Vague(low, high), State::Words) if !joined && self.group < 10 => self.multiply_group(unit_of(low, high)),
            // «عشرات الآلاف», «dizaines de milliers».
            (Word::Vague(low, high), State::Vague { low: l, high: h }) if !joined && high > 999 => {
                let unit = unit_of(low, high);
                self.state = State::Vague { low: l.saturating_mul(unit), high: h.saturating_add(1).saturating_mul(unit) - 1 };
                true
            }
            // «several hundred thousand», «عدة آلاف» as «several» with a scale.
            (Word::Cardinal(unit), State::Vague { low, high }) if !joined && unit >= 100 => {
                self.state = State::Vague { low: low.saturating_mul(unit), high: high.saturating_mul(unit) };
                true
            }
            _ => false,
        }
    }

    /// Lowest and highest value, whether it is vague, whether it is round; `None` when nothing was read.
    pub(super) fn value(&self) -> Option<(u64, u64, bool, bool)> {
        match self.state {
            State::Empty => None,
            State::Vague { low, high } => Some((low, high, true, false)),
            _ if self.decimals > 0 => None,
            _ => {
                let value = self.total.checked_add(self.group).filter(|v| *v <= HIGHEST)?;
                Some((value, value, false, self.state == State::About))
            }
        }
    }

    /// «مليون ونصف», «three and a half million».
    fn add_half(&mut self) -> bool {
        if self.total > 0 && self.group == 0 && self.scale < u64::MAX {
            self.total += self.scale / 2;
            return true;
        }
        let fits = self.total == 0 && self.group > 0 && self.decimals == 0;
        if fits {
            (self.group, self.decimals) = (self.group.saturating_mul(10).saturating_add(5), 1);
        }
        fits
    }

    fn begin(&mut self, value: u64) {
        if value >= 1_000 {
            (self.total, self.scale) = (value, scale_of(value));
        } else {
            self.group = value;
        }
    }

    fn add(&mut self, value: u64, joined: bool) -> bool {
        if value >= 1_000 {
            return self.multiply(scale_of(value), joined) && value == scale_of(value);
        }
        if self.state == State::Digits {
            return false;
        }
        if self.group == 0 && self.total > 0 {
            let fits = joined || self.lang != Lang::Ar;
            if fits {
                self.group = value;
            }
            return fits;
        }
        if value == 100 && self.lang != Lang::Ar && !joined && self.group < 100 && self.group > 0 {
            return self.multiply_group(100);
        }
        let (ones, tens) = (self.group % 10, self.group % 100);
        let fits = match self.lang {
            Lang::Ar => joined && ((tens == ones && ones > 0 && is_tens(value)) || (self.group >= 100 && tens == 0 && value < 100)),
            Lang::En => {
                let after_tens = !joined && ones == 0 && tens >= 20 && (1..10).contains(&value);
                after_tens || (self.group >= 100 && tens == 0 && value < 100)
            }
            Lang::Fr => {
                let and_one = !joined || value == 1 || value == 11;
                let after_tens = ones == 0 && tens >= 20 && (1..10).contains(&value) && and_one;
                let above_ten = matches!(tens, 60 | 80) && (10..20).contains(&value) && and_one;
                after_tens || above_ten || (self.group >= 100 && tens == 0 && value < 100 && !joined)
            }
        };
        if fits {
            self.group += value;
        }
        fits
    }

    /// Closes the group in hand with a scale word.
    fn multiply(&mut self, scale: u64, joined: bool) -> bool {
        if scale < 1_000 {
            return !joined && self.group > 0 && self.group < 100 && self.decimals == 0 && self.multiply_group(scale);
        }
        let Some(product) = self.group.checked_mul(scale).filter(|p| *p <= HIGHEST) else { return false };
        if self.decimals > 0 {
            let shift = 10_u64.pow(self.decimals);
            (self.total, self.group, self.decimals, self.state) = (product / shift, 0, 0, State::Closed);
            return true;
        }
        if scale >= self.scale {
            return false;
        }
        if joined || self.group == 0 {
            // «مليون وألف»: a scale word that stands for itself once.
            let fits = joined && self.group == 0;
            if fits {
                self.total += scale;
                self.scale = scale;
            }
            return fits;
        }
        self.total += product;
        (self.group, self.scale) = (0, scale);
        if self.state != State::About {
            self.state = State::Words;
        }
        true
    }

    fn multiply_group(&mut self, by: u64) -> bool {
        let product = self.group.checked_mul(by).filter(|p| *p <= HIGHEST);
        if let Some(product) = product {
            self.group = product;
        }
        product.is_some()
    }
}

fn is_tens(value: u64) -> bool {
    (20..100).contains(&value) && value.is_multiple_of(10)
}

/// The scale in a large word: 2000 («ألفان») is two of a thousand.
fn scale_of(value: u64) -> u64 {
    [1_000_000_000, 1_000_000, 1_000].into_iter().find(|s| value >= *s).unwrap_or(1)
}

/// The unit that a vague word counts: «hundreds» 100, «dozens» 12, «dizaines» 10.
fn unit_of(low: u64, high: u64) -> u64 {
    if low == 24 { 12 } else { (high + 1) / 10 }
}

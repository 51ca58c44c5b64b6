//! The word that is looked for, and what it costs to have written it for a name.

use super::costs::Direction;
use super::symbol::{BEGIN, END, SYMBOLS, Script, Symbol, symbols};

/// How much more than its share of all costs a beginning may cost: nearly a slip. Of names held out («gazetteer measure», bounds of
/// 0.6 and 1.2 a letter) 5 loses none, at 1.2 a letter 4 loses one in 250; a fourth to a half as much is looked at as without.
pub(super) const HEAD_START: f32 = 5.0;

/// The word looked for, with what its letters cost against each letter of a name.
pub(super) struct Word<'c> {
    pub(super) letters: Vec<Symbol>,
    /// What a name may cost at most, and what the beginning of the word may: its share of that and a little more.
    pub(super) most: f32,
    allowed: Vec<f32>,
    /// Where each symbol stands, a bit a position.
    places: [u64; SYMBOLS],
    to_arabic: Target<'c>,
    to_latin: Target<'c>,
}

/// Costs towards names of one script.
pub(super) struct Target<'c> {
    direction: &'c Direction,
    /// For each letter of a name in turn: each letter of the word for it; each two letters, from the first of them.
    one: Vec<f32>,
    narrow: Vec<f32>,
    /// As `one`, for the letter of the name and whichever follows it.
    opening: Vec<f32>,
    added: Vec<f32>,
    /// The first letter of the word, and the last, for that of the name.
    first: [f32; SYMBOLS],
    last: [f32; SYMBOLS],
    /// What the letters from each position on cost at least, whatever the name.
    rest: Vec<f32>,
}

impl<'c> Target<'c> {
    fn new(letters: &[Symbol], direction: &'c Direction) -> Target<'c> {
        let one = (0..SYMBOLS).flat_map(|name| letters.iter().map(move |l| direction.one[usize::from(*l)][name])).collect();
        let opening = (0..SYMBOLS).flat_map(|name| letters.iter().map(move |l| direction.opening[usize::from(*l)][name])).collect();
        let mut narrow = vec![f32::INFINITY; letters.len() * SYMBOLS];
        for (at, pair) in letters.windows(2).enumerate() {
            for (second, name, cost) in &direction.narrow[usize::from(pair[0])] {
                if *second == pair[1] {
                    narrow[usize::from(*name) * letters.len() + at] = *cost;
                }
            }
        }
        let added = letters.iter().map(|l| direction.added[usize::from(*l)]).collect();
        let at_end = |pairs: &[(Symbol, Symbol, f32)], letter: Symbol| {
            let mut costs = [f32::INFINITY; SYMBOLS];
            for (_, name, cost) in pairs.iter().filter(|(written, _, _)| *written == letter) {
                costs[usize::from(*name)] = costs[usize::from(*name)].min(*cost);
            }
            costs
        };
        let first = at_end(&direction.first, letters[1]);
        let last = at_end(&direction.last, letters[letters.len() - 2]);
        let mut target = Target { direction, one, narrow, opening, added, first, last, rest: vec![0.0; letters.len() + 1] };
        target.set_rest(letters);
        target
    }
}

impl Target<'_> {
    fn set_rest(&mut self, letters: &[Symbol]) {
        let least = |costs: &mut dyn Iterator<Item = f32>| costs.fold(f32::INFINITY, f32::min);
        let length = letters.len();
        for at in (0..length).rev() {
            let mut rest = self.direction.alone[usize::from(letters[at])] + self.rest[at + 1];
            if at + 1 < length {
                let pair = least(&mut self.narrow.iter().skip(at).step_by(length).copied());
                let pair = if at + 2 == length { pair.min(least(&mut self.last.iter().copied())) } else { pair };
                let pair = if at == 0 { pair.min(least(&mut self.first.iter().copied())) } else { pair };
                rest = rest.min(pair + self.rest[at + 2]);
            }
            self.rest[at] = rest;
        }
    }
}

impl<'c> Word<'c> {
    /// Towards names that begin with a letter of ASCII, or with another.
    pub(super) fn target(&self, is_latin: bool) -> &Target<'c> {
        if is_latin { &self.to_latin } else { &self.to_arabic }
    }

    /// A word by some costs, written for names that cost at most `most`, and whose beginning costs no more than its share of that
    /// and `head_start`.
    pub(super) fn new(
        folded: &str,
        script: Script,
        (most, head_start): (f32, f32),
        costs: impl Fn(Script, Script) -> &'c Direction,
    ) -> Word<'c> {
        let letters = symbols(folded);
        let share = most.min(f32::MAX) / (letters.len() - 2).max(1) as f32;
        let allowed = (0..=letters.len()).map(|at| share * at as f32 + head_start).collect();
        let to_arabic = Target::new(&letters, costs(script, Script::Arabic));
        let to_latin = Target::new(&letters, costs(script, Script::Latin));
        let mut places = [0; SYMBOLS];
        for (at, letter) in letters.iter().enumerate() {
            places[usize::from(*letter)] |= 1 << at;
        }
        Word { letters, most, allowed, places, to_arabic, to_latin }
    }

    /// What it costs to write the word for a name.
    pub(super) fn cost(&self, key: &str) -> f32 {
        let Some(target) = key.chars().next().map(|first| self.target(first.is_ascii())) else { return f32::INFINITY };
        let mut before = vec![f32::INFINITY; self.letters.len() + 1];
        before[0] = 0.0;
        let (mut last, mut row) = (Vec::new(), Vec::new());
        self.next(target, None, &before, BEGIN, &mut last);
        let mut previous = BEGIN;
        for name in symbols(key).into_iter().skip(1) {
            self.next(target, Some((&before, previous)), &last, name, &mut row);
            std::mem::swap(&mut before, &mut last);
            std::mem::swap(&mut last, &mut row);
            previous = name;
        }
        last[self.letters.len()]
    }

    /// The row behind one more letter of the name: `row[i]` is the least cost of having written the first `i` letters.
    /// What comes back is what the whole word costs at least, whatever follows in the name; infinite when every beginning
    /// costs more than it may.
    pub(super) fn next(
        &self,
        target: &Target<'_>,
        before: Option<(&[f32], Symbol)>,
        last: &[f32],
        name: Symbol,
        row: &mut Vec<f32>,
    ) -> f32 {
        let length = self.letters.len();
        let letters = usize::from(name) * length..(usize::from(name) + 1) * length;
        let (one, narrow) = (&target.one[letters.clone()], &target.narrow[letters.clone()]);
        // What costs too much already leads nowhere: most rows have two or three cells that matter.
        let from = last.iter().position(|cost| *cost <= self.most).unwrap_or(length);
        let to = last.iter().rposition(|cost| *cost <= self.most).map_or(from, |at| at + 1);
        let (mut first, mut reach) = (from, to + 2);
        row.clear();
        row.resize(length + 1, f32::INFINITY);
        let dropped = target.direction.dropped[usize::from(name)];
        for (cell, last) in row[from..].iter_mut().zip(&last[from..to]) {
            *cell = last + dropped;
        }
        for ((cell, last), one) in row[from..].iter_mut().skip(1).zip(&last[from..to]).zip(&one[from..]) {
            *cell = cell.min(last + one);
        }
        for ((cell, last), narrow) in row[from..].iter_mut().skip(2).zip(&last[from..to]).zip(&narrow[from..]) {
            *cell = cell.min(last + narrow);
        }
        if let Some((before, previous)) = before {
            let is_widened = target.direction.widened[usize::from(previous)] >> name & 1 == 1;
            let pair = usize::from(previous) * SYMBOLS + usize::from(name);
            for (written, cost) in if is_widened { target.direction.wide[pair].as_slice() } else { &[] } {
                let mut places = self.places[usize::from(*written)];
                while places != 0 {
                    let at = places.trailing_zeros() as usize;
                    let sum = before[at] + cost;
                    if sum <= self.most {
                        row[at + 1] = row[at + 1].min(sum);
                        (first, reach) = (first.min(at + 1), reach.max(at + 2));
                    }
                    places &= places - 1;
                }
            }
            if previous == BEGIN {
                row[2] = row[2].min(before[0] + target.first[usize::from(name)]);
                (first, reach) = (first.min(2), reach.max(3));
            }
            if name == END {
                row[length] = row[length].min(before[length - 2] + target.last[usize::from(previous)]);
                reach = length + 1;
            }
        }
        let whole = |so_far: f32, allowed: f32, rest: f32| if so_far <= allowed { so_far + rest } else { f32::INFINITY };
        let mut so_far = f32::INFINITY;
        let mut lowest = f32::INFINITY;
        for (at, cell) in row.iter_mut().enumerate().skip(first) {
            let added = at.checked_sub(1).and_then(|before| target.added.get(before)).map_or(f32::INFINITY, |added| so_far + added);
            so_far = cell.min(added);
            *cell = so_far;
            lowest = lowest.min(whole(so_far, self.allowed[at], target.rest[at]));
            if at >= reach && so_far > self.most {
                break;
            }
        }
        let opening = &target.opening[letters];
        // The way that writes this letter and the next as one passes the row by, and so does that at the end.
        for at in from..to.min(length) {
            lowest = lowest.min(whole(last[at], self.allowed[at], opening[at] + target.rest[at + 1]));
        }
        lowest.min(whole(last[length - 2], self.allowed[length - 2], target.last[usize::from(name)]))
    }
}

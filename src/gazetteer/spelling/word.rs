//! The word that is looked for, and what it costs to have written it for a name.

use super::costs::Direction;
use super::symbol::{BEGIN, END, SYMBOLS, Script, Symbol, symbols};

/// The word looked for, with what its letters cost against each letter of a name.
pub(super) struct Word<'c> {
    pub(super) letters: Vec<Symbol>,
    /// Where each symbol stands, a bit a position.
    places: [u64; SYMBOLS],
    to_arabic: Target<'c>,
    to_latin: Target<'c>,
}

/// Costs towards names of one script.
pub(super) struct Target<'c> {
    direction: &'c Direction,
    /// For a letter of the name: each letter of the word for it, then each two letters.
    one: Vec<Vec<f32>>,
    narrow: Vec<Vec<f32>>,
    added: Vec<f32>,
    /// The first letter of the word, and the last, for that of the name.
    first: [f32; SYMBOLS],
    last: [f32; SYMBOLS],
}

impl<'c> Target<'c> {
    fn new(letters: &[Symbol], direction: &'c Direction) -> Target<'c> {
        let one = (0..SYMBOLS).map(|name| letters.iter().map(|l| direction.one[usize::from(*l)][name]).collect()).collect();
        let mut narrow = vec![vec![f32::INFINITY; letters.len() - 1]; SYMBOLS];
        for (at, pair) in letters.windows(2).enumerate() {
            for (second, name, cost) in &direction.narrow[usize::from(pair[0])] {
                if *second == pair[1] {
                    narrow[usize::from(*name)][at] = *cost;
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
        Target { direction, one, narrow, added, first, last }
    }
}

impl<'c> Word<'c> {
    /// Towards names that begin with a letter.
    pub(super) fn target(&self, first: char) -> &Target<'c> {
        if first.is_ascii() { &self.to_latin } else { &self.to_arabic }
    }

    pub(super) fn new(folded: &str, script: Script, costs: impl Fn(Script, Script) -> &'c Direction) -> Word<'c> {
        let letters = symbols(folded);
        let to_arabic = Target::new(&letters, costs(script, Script::Arabic));
        let to_latin = Target::new(&letters, costs(script, Script::Latin));
        let mut places = [0; SYMBOLS];
        for (at, letter) in letters.iter().enumerate() {
            places[usize::from(*letter)] |= 1 << at;
        }
        Word { letters, places, to_arabic, to_latin }
    }

    /// What it costs to write the word for a name.
    pub(super) fn cost(&self, key: &str) -> f32 {
        let Some(target) = key.chars().next().map(|first| self.target(first)) else { return f32::INFINITY };
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
    pub(super) fn next(
        &self,
        target: &Target<'_>,
        before: Option<(&[f32], Symbol)>,
        last: &[f32],
        name: Symbol,
        row: &mut Vec<f32>,
    ) -> f32 {
        let dropped = target.direction.dropped[usize::from(name)];
        row.clear();
        row.extend(last.iter().map(|cost| cost + dropped));
        for ((cell, last), one) in row[1..].iter_mut().zip(last).zip(&target.one[usize::from(name)]) {
            *cell = cell.min(last + one);
        }
        for ((cell, last), narrow) in row[2..].iter_mut().zip(last).zip(&target.narrow[usize::from(name)]) {
            *cell = cell.min(last + narrow);
        }
        if let Some((before, previous)) = before {
            for (written, cost) in &target.direction.wide[usize::from(previous) * SYMBOLS + usize::from(name)] {
                let mut places = self.places[usize::from(*written)];
                while places != 0 {
                    let at = places.trailing_zeros() as usize;
                    row[at + 1] = row[at + 1].min(before[at] + cost);
                    places &= places - 1;
                }
            }
        }
        if let Some((before, previous)) = before {
            let length = self.letters.len();
            if previous == BEGIN {
                row[2] = row[2].min(before[0] + target.first[usize::from(name)]);
            }
            if name == END {
                row[length] = row[length].min(before[length - 2] + target.last[usize::from(previous)]);
            }
        }
        let mut so_far = row[0];
        let mut lowest = so_far;
        for (cell, added) in row[1..].iter_mut().zip(&target.added) {
            so_far = cell.min(so_far + added);
            *cell = so_far;
            lowest = lowest.min(so_far);
        }
        lowest
    }
}

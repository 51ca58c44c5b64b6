//! Costs learned from names that are recorded twice: expectation maximisation over the pieces that two spellings
//! of one name can be cut into, none larger than two letters against one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::gazetteer::row::Row;
use crate::text::fold::fold_phrase;

use super::alike::alike;
use super::costs::{DIRECTIONS, Style};
use super::symbol::{BEGIN, END, SYMBOLS, Script, Symbol, letter, symbols};

/// Rounds; the likelihood changes by less than a thousandth after the eighth on the embedded names.
const ROUNDS: usize = 10;
/// Pairs that a direction learns from: with more the costs change by less than a hundredth.
const MAX_PAIRS: usize = 10_000;
/// Pieces seen less often than this are chance.
const MIN_COUNT: f64 = 2.0;
/// Costs above this are left to the slip of the pen.
const MAX_COST: f64 = 5.5;
/// Share of consonants that two spellings must have in common to be a pair: «Palmyra» and «تدمر» are two names.
const MIN_ALIKE: f64 = 0.6;

/// A spelling that a writer used, and the name that was meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    wrote: Vec<Symbol>,
    name: Vec<Symbol>,
}

/// All pairs of a direction that the rows give, each once.
fn pairs(rows: &[&Row], wrote: Script, name: Script) -> Vec<Pair> {
    let mut out = Vec::new();
    for row in rows {
        let all = std::iter::once(&row.name).chain(row.names.iter().filter(|(lang, _)| lang != "old" && lang != "short").map(|(_, n)| n));
        let mut folded: Vec<String> = all.map(|n| fold_phrase(n)).filter(|n| n.chars().count() > 2).collect();
        folded.sort_unstable();
        folded.dedup();
        let of = |script: Script| folded.iter().filter(move |n| Script::of(n) == Some(script));
        for written in of(wrote) {
            // The likeliest other spelling: a place has names that have nothing to do with each other.
            let likely = of(name)
                .filter(|other| *other != written)
                .map(|other| (alike(written, other), other))
                .filter(|(share, _)| *share >= MIN_ALIKE)
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
            // Most writers write a name of their own script as it is recorded.
            if wrote == name {
                out.push(Pair { wrote: symbols(written), name: symbols(written) });
            }
            if let Some((_, other)) = likely {
                out.push(Pair { wrote: symbols(written), name: symbols(other) });
            }
        }
    }
    out.sort();
    out.dedup();
    // Evenly over the alphabet.
    let step = out.len().div_ceil(MAX_PAIRS).max(1);
    out.into_iter().step_by(step).collect()
}

/// Counts, or probabilities, of the pieces of a direction, at [`index`].
struct Pieces(Vec<f64>);

/// Up to two written, up to two of the name; two of both only at an end of the name, which is then known to be there.
type Piece = ([Symbol; 2], [Symbol; 2]);
/// No letter.
const NONE: Symbol = SYMBOLS as Symbol - 1;

/// Shapes of pieces: letters written, letters of the name.
const SHAPES: [(usize, usize); 6] = [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2)];

fn piece(wrote: &[Symbol], name: &[Symbol]) -> Piece {
    let two = |s: &[Symbol]| [s.first().copied().unwrap_or(NONE), s.get(1).copied().unwrap_or(NONE)];
    (two(wrote), two(name))
}

impl Pieces {
    fn new() -> Pieces {
        Pieces(vec![0.0; 3 * SYMBOLS * SYMBOLS * SYMBOLS])
    }

    fn of(&self, piece: Piece) -> f64 {
        self.0[index(piece)]
    }

    fn add(&mut self, piece: Piece, count: f64) {
        self.0[index(piece)] += count;
    }
}

/// Where a piece lies. Of two for two the end is left out: `^` and what was written for what, in the lower half,
/// is no other piece, as no piece writes `^` for a letter; likewise `$` in the upper.
fn index((wrote, name): Piece) -> usize {
    let cell = |kind: usize, a: Symbol, b: Symbol, c: Symbol| {
        ((kind * SYMBOLS + usize::from(a)) * SYMBOLS + usize::from(b)) * SYMBOLS + usize::from(c)
    };
    match (wrote[1], name[1]) {
        (NONE, _) => cell(0, wrote[0], name[0], name[1]),
        (_, NONE) => cell(1, wrote[0], wrote[1], name[0]),
        (END, _) => cell(2, wrote[0], name[0], END),
        _ => cell(2, wrote[1], name[1], BEGIN),
    }
}

/// The piece at an index.
fn piece_at(index: usize) -> Piece {
    let digit = |power: u32| (index / SYMBOLS.pow(power) % SYMBOLS) as Symbol;
    match (digit(3), digit(0)) {
        (0, _) => ([digit(2), NONE], [digit(1), digit(0)]),
        (1, _) => ([digit(2), digit(1)], [digit(0), NONE]),
        (_, END) => ([digit(2), END], [digit(1), END]),
        _ => ([BEGIN, digit(2)], [BEGIN, digit(1)]),
    }
}

/// All cuts that end at `(i, j)`, with where they begin.
///
/// A piece may hold an end only together with the same end on the other side; two for two only there.
fn cuts(pair: &Pair, i: usize, j: usize) -> impl Iterator<Item = (usize, usize, Piece)> {
    let (m, n) = (pair.wrote.len(), pair.name.len());
    SHAPES.into_iter().filter_map(move |(wrote, name)| {
        let (from, to) = (i.checked_sub(wrote)?, j.checked_sub(name)?);
        let begins = (wrote > 0 && from == 0, name > 0 && to == 0);
        let ends = (wrote > 0 && i == m, name > 0 && j == n);
        let is_allowed = begins.0 == begins.1 && ends.0 == ends.1 && (wrote + name < 4 || begins.0 || ends.0);
        is_allowed.then(|| (from, to, piece(&pair.wrote[from..i], &pair.name[to..j])))
    })
}

/// Expected counts of the pieces of all pairs under `old`.
fn expected(pairs: &[Pair], old: &Pieces) -> Pieces {
    let mut counts = Pieces::new();
    for pair in pairs {
        let (m, n) = (pair.wrote.len(), pair.name.len());
        let width = n + 1;
        let mut forward = vec![0.0f64; (m + 1) * width];
        forward[0] = 1.0;
        for i in 0..=m {
            for j in 0..=n {
                for (from, to, piece) in cuts(pair, i, j) {
                    forward[i * width + j] += forward[from * width + to] * old.of(piece);
                }
            }
        }
        let total = forward[m * width + n];
        if total <= 0.0 {
            continue;
        }
        let mut backward = vec![0.0f64; (m + 1) * width];
        backward[m * width + n] = 1.0;
        for i in (0..=m).rev() {
            for j in (0..=n).rev() {
                let here = backward[i * width + j];
                if here == 0.0 {
                    continue;
                }
                for (from, to, piece) in cuts(pair, i, j) {
                    let probability = old.of(piece);
                    backward[from * width + to] += here * probability;
                    let share = forward[from * width + to] * probability * here / total;
                    if share > 0.0 {
                        counts.add(piece, share);
                    }
                }
            }
        }
    }
    counts
}

/// Every cut of every pair counted once, letters left over less than the rest.
fn first_guess(pairs: &[Pair]) -> Pieces {
    let mut guess = Pieces::new();
    for pair in pairs {
        let (m, n) = (pair.wrote.len(), pair.name.len());
        for i in 0..=m {
            // Only near the diagonal: spellings run in step.
            let centre = i * n / m;
            for j in centre.saturating_sub(2)..=(centre + 2).min(n) {
                for (from, to, piece) in cuts(pair, i, j) {
                    let weight = if (i - from) + (j - to) == 1 { 0.1 } else { 1.0 };
                    guess.add(piece, weight);
                }
            }
        }
    }
    normalised(guess)
}

fn normalised(mut pieces: Pieces) -> Pieces {
    let sum: f64 = pieces.0.iter().sum();
    pieces.0.iter_mut().for_each(|count| *count /= sum);
    pieces
}

/// Learns the table of `costs.tsv` from rows: a line a piece, in order.
pub fn learn(rows: &[Row]) -> String {
    let mut out = String::new();
    for style in Style::ALL {
        let rows: Vec<&Row> = rows.iter().filter(|r| Style::of(&r.country) == style).collect();
        for (code, wrote, name) in DIRECTIONS {
            let pairs = pairs(&rows, wrote, name);
            if pairs.is_empty() {
                continue;
            }
            let mut pieces = first_guess(&pairs);
            for _ in 0..ROUNDS {
                pieces = normalised(expected(&pairs, &pieces));
            }
            // A letter written as it is recorded costs nothing, which the table need not say.
            let is_change = |(_, written, of): &(f64, String, String)| wrote != name || written != of;
            for (cost, written, of) in costs(&pairs, &expected(&pairs, &pieces)).into_iter().filter(is_change) {
                let _ = writeln!(out, "{}\t{code}\t{written}\t{of}\t{cost:.2}", style.code());
            }
        }
    }
    out
}

/// Counts → costs: how rarely a piece of the name is written so, among all places where it stands in a name.
fn costs(pairs: &[Pair], counts: &Pieces) -> Vec<(f64, String, String)> {
    let mut stands: BTreeMap<[Symbol; 2], f64> = BTreeMap::new();
    for pair in pairs {
        *stands.entry([NONE, NONE]).or_default() += pair.name.len() as f64;
        for (at, symbol) in pair.name.iter().enumerate() {
            *stands.entry([*symbol, NONE]).or_default() += 1.0;
            if let Some(next) = pair.name.get(at + 1) {
                *stands.entry([*symbol, *next]).or_default() += 1.0;
            }
        }
    }
    let text = |symbols: &[Symbol; 2]| symbols.iter().filter(|s| **s != NONE).map(|s| letter(*s)).collect::<String>();
    let mut out: Vec<(f64, String, String)> = counts
        .0
        .iter()
        .enumerate()
        .filter(|(_, count)| **count >= MIN_COUNT)
        .map(|(at, count)| (piece_at(at), count))
        .map(|((wrote, name), count)| ((-(count / stands[&name]).ln()).max(0.0), text(&wrote), text(&name)))
        .filter(|(cost, _, _)| *cost <= MAX_COST)
        .collect();
    out.sort_by(|a, b| (&a.2, &a.1).cmp(&(&b.2, &b.1)));
    out
}

//! Which stretch is read after which: columns, and what spans them.

use super::direction::{Order, written};
use super::row::Line;

/// Narrowest alley between two columns, in sizes of their letters.
const ALLEY: f32 = 0.8;
/// Narrowest column, in sizes: what is narrower is a cell of a table.
const COLUMN_WIDTH: f32 = 9.0;
/// Rows that stand beside each other at least, for two columns.
const ROWS: usize = 3;
/// A row this much narrower than those above it may begin columns below a heading.
const NARROWER: f32 = 0.6;
/// Letters of another size begin something else.
const SIZE: f32 = 1.12;
/// Stretches of lines on a page; more are no columns of text, and would take long to tell apart.
const MOST_LINES: usize = 10_000;
/// Columns within columns.
const MOST_DEPTH: u8 = 4;

/// Blocks in the order of reading, their text in the order of the letters.
pub(super) fn blocks(lines: Vec<Line>, is_right_first: bool, order: Order) -> Vec<Vec<Line>> {
    let mut blocks = Vec::new();
    let depth = if lines.len() > MOST_LINES { 0 } else { MOST_DEPTH };
    part(rows_of(lines), is_right_first, depth, &mut blocks);
    for line in blocks.iter_mut().flatten() {
        written(line, is_right_first, order);
    }
    blocks
}

/// Stretches by height.
type Rows = Vec<Vec<Line>>;

/// Stretches as rows, from the top.
fn rows_of(mut lines: Vec<Line>) -> Rows {
    lines.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows = Rows::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| first.is_level_with(&line)) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    rows
}

/// Takes rows from the top as long as an alley runs between their stretches, and reads what is on its sides one after the other.
fn part(rows: Vec<Vec<Line>>, is_right_first: bool, depth: u8, blocks: &mut Vec<Vec<Line>>) {
    if depth == 0 {
        return blocks.push(rows.into_iter().filter_map(Line::joined).collect());
    }
    let mut band = Band::default();
    let mut single: Vec<Line> = Vec::new();
    let flush = |band: Band, single: &mut Vec<Line>, blocks: &mut Vec<Vec<Line>>| match band.columns() {
        Ok((left, right)) => {
            blocks.extend((!single.is_empty()).then(|| std::mem::take(single)));
            let (first, second) = if is_right_first { (right, left) } else { (left, right) };
            part(rows_of(first), is_right_first, depth - 1, blocks);
            part(rows_of(second), is_right_first, depth - 1, blocks);
        }
        Err(rows) => single.extend(rows.into_iter().filter_map(Line::joined)),
    };
    for row in rows {
        if !band.takes(&row) {
            flush(std::mem::take(&mut band), &mut single, blocks);
        }
        band.add(row);
    }
    flush(band, &mut single, blocks);
    blocks.extend((!single.is_empty()).then_some(single));
}

/// Rows below each other, and the stretches of the width that some of them fill.
#[derive(Default)]
struct Band {
    rows: Rows,
    /// From the left, apart from each other.
    filled: Vec<(f32, f32)>,
    size: f32,
}

impl Band {
    /// Whether a row leaves an alley open that the band has, or opens one that the band leaves.
    fn takes(&self, row: &[Line]) -> bool {
        if self.rows.is_empty() {
            return true;
        }
        let joint = self.filled_with(row);
        let has_alley = |filled: &[(f32, f32)]| self.alley(filled).is_some();
        let width = |filled: &[(f32, f32)]| filled.last().map_or(0.0, |l| l.1) - filled.first().map_or(0.0, |f| f.0);
        let own = filled(row);
        let is_alike = || {
            let size = row.iter().map(|l| l.size).fold(0.0, f32::max);
            (1.0 / SIZE..SIZE).contains(&(size / self.size.max(1.0))) && width(&own) >= NARROWER * width(&self.filled)
        };
        has_alley(&joint) || !has_alley(&self.filled) && !has_alley(&own) && is_alike()
    }

    fn filled_with(&self, row: &[Line]) -> Vec<(f32, f32)> {
        merged(self.filled.iter().copied().chain(row.iter().map(|l| (l.x, l.end))).collect())
    }

    /// The middle of the widest stretch that nothing fills.
    fn alley(&self, filled: &[(f32, f32)]) -> Option<f32> {
        let gaps = filled.windows(2).map(|pair| (pair[1].0 - pair[0].1, pair[0].1.midpoint(pair[1].0)));
        let widest = gaps.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (widest.0 >= ALLEY * self.size.max(1.0)).then_some(widest.1)
    }

    fn add(&mut self, row: Vec<Line>) {
        self.filled = self.filled_with(&row);
        if self.rows.is_empty() {
            self.size = row.iter().map(|l| l.size).fold(0.0, f32::max);
        }
        self.rows.push(row);
    }

    /// The two sides of the alley, if they are columns; otherwise the rows as they were.
    fn columns(self) -> Result<(Vec<Line>, Vec<Line>), Rows> {
        let Some(alley) = self.alley(&self.filled) else { return Err(self.rows) };
        let (left, right): (Vec<&Line>, Vec<&Line>) = self.rows.iter().flatten().partition(|l| l.x < alley);
        // A line of a column may be in pieces, where its words are set wide.
        let is_column = |side: &[&Line]| {
            let rows: Vec<(f32, f32, f32)> = side.chunk_by(|a, b| a.is_level_with(b)).map(stretch).collect();
            let wide = rows.iter().filter(|(from, to, size)| to - from >= COLUMN_WIDTH * size).count();
            rows.len() >= ROWS && wide * 2 >= rows.len()
        };
        let (top, bottom) = (|side: &[&Line]| side.first().map_or(0.0, |l| l.y), |side: &[&Line]| side.last().map_or(0.0, |l| l.y));
        let beside = top(&left).min(top(&right)) - bottom(&left).max(bottom(&right));
        if is_column(&left) && is_column(&right) && beside > self.size {
            Ok(self.rows.into_iter().flatten().partition(|l| l.x < alley))
        } else {
            Err(self.rows)
        }
    }
}

/// From where to where stretches of a row reach, and their size.
fn stretch(row: &[&Line]) -> (f32, f32, f32) {
    let (from, to) = (row.iter().map(|l| l.x).fold(f32::MAX, f32::min), row.iter().map(|l| l.end).fold(f32::MIN, f32::max));
    (from, to, row.iter().map(|l| l.size).fold(0.0, f32::max))
}

fn filled(row: &[Line]) -> Vec<(f32, f32)> {
    merged(row.iter().map(|l| (l.x, l.end)).collect())
}

fn merged(mut stretches: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f32, f32)> = Vec::new();
    for (from, to) in stretches {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

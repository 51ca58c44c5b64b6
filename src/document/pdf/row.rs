//! Signs → pieces of lines: what stands on one height, parted where a column may end.

use super::page::Glyph;

/// Share of the size by which heights in one line may differ: raised figures do.
const SAME_HEIGHT: f32 = 0.4;
/// Gap in a line, in sizes, that may be one between columns; joined again when it is none.
const COLUMN_GAP: f32 = 0.9;

/// A stretch of a line, its signs from left to right.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) end: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) glyphs: Vec<Glyph>,
    /// In the order of reading, once that is known.
    pub(super) text: String,
}

impl Line {
    /// Stretches of the same height as one.
    pub(super) fn joined(pieces: Vec<Line>) -> Option<Line> {
        let first = pieces.first()?;
        let (y, size) = (first.y, pieces.iter().map(|p| p.size).fold(0.0, f32::max));
        let x = pieces.iter().map(|p| p.x).fold(f32::MAX, f32::min);
        let end = pieces.iter().map(|p| p.end).fold(f32::MIN, f32::max);
        Some(Line { x, end, y, size, glyphs: pieces.into_iter().flat_map(|p| p.glyphs).collect(), text: String::new() })
    }

    pub(super) fn is_level_with(&self, other: &Line) -> bool {
        (self.y - other.y).abs() < SAME_HEIGHT * self.size.max(other.size)
    }
}

/// The stretches of lines of a page, from the top, those of one height from the left.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let is_level = |row: &Vec<Glyph>| row.first().is_some_and(|f| (f.y - glyph.y).abs() < SAME_HEIGHT * f.size.max(glyph.size));
        match rows.last_mut() {
            Some(row) if is_level(row) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().flat_map(pieces).collect()
}

/// A row, cut at its wide gaps.
fn pieces(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Line> = Vec::new();
    // Spaces are drawn also where nothing follows: only signs make a line.
    let mut spaces = Vec::new();
    for glyph in row {
        if glyph.is_space() {
            spaces.push(glyph);
            continue;
        }
        match pieces.last_mut() {
            Some(piece) if glyph.x - piece.end < COLUMN_GAP * glyph.size.max(piece.size) => {
                piece.glyphs.append(&mut spaces);
                piece.end = piece.end.max(glyph.end);
                // The base line and size of a line are those of its largest signs.
                if glyph.size > piece.size {
                    (piece.size, piece.y) = (glyph.size, glyph.y);
                }
                piece.glyphs.push(glyph);
            }
            _ => {
                spaces.clear();
                pieces.push(Line { x: glyph.x, end: glyph.end, y: glyph.y, size: glyph.size, glyphs: vec![glyph], text: String::new() });
            }
        }
    }
    pieces
}

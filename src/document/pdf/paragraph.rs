//! Lines → paragraphs, across columns and pages.

use std::collections::HashSet;

use super::row::Line;
use crate::document::{At, Origin};
use crate::text::Span;

/// A gap between lines this much wider than the usual one of its block ends a paragraph.
const WIDER: f32 = 1.35;
/// Sizes of letters that differ by more are not of one paragraph.
const SIZE: f32 = 1.12;
/// An indent, in sizes.
const INDENT: f32 = 0.9;
/// Signs that begin an item of a list.
const BULLETS: [char; 10] = ['•', '●', '▪', '◦', '‣', '■', '►', '✓', '·', '\u{F0B7}'];

/// A paragraph and the page of each of its pieces.
#[derive(Default)]
struct Paragraph {
    /// Bytes where a page begins, and the page.
    pages: Vec<(usize, u32)>,
    text: String,
    size: f32,
    /// Whether it is a row of a table.
    has_cells: bool,
    /// Whether its last line reaches the end of its column.
    is_full: bool,
}

/// The text of a file with a paragraph a line, and the way back to its pages.
pub(super) fn text(pages: &[Vec<Vec<Line>>]) -> (String, Vec<Origin>) {
    let words = hyphenated(pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (page, blocks) in (1_u32..).zip(pages) {
        for block in blocks {
            add_block(block, page, &words, &mut paragraphs);
        }
    }
    laid(paragraphs)
}

fn laid(paragraphs: Vec<Paragraph>) -> (String, Vec<Origin>) {
    let mut text = String::new();
    let mut starts: Vec<(usize, u32)> = Vec::new();
    for paragraph in paragraphs {
        let trimmed = paragraph.text.trim_end();
        if trimmed.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        for (from, page) in paragraph.pages {
            if starts.last().is_none_or(|(_, last)| *last != page) {
                starts.push((text.len() + from.min(trimmed.len()), page));
            }
        }
        text.push_str(trimmed);
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let origins = starts
        .iter()
        .zip(ends)
        .map(|((start, page), end)| Origin { span: Span { start: *start as u32, end: end as u32 }, at: At::Page(*page) });
    let origins = origins.collect();
    (text, origins)
}

fn add_block(block: &[Line], page: u32, words: &HashSet<String>, paragraphs: &mut Vec<Paragraph>) {
    let left = block.iter().map(|l| l.x).fold(f32::MAX, f32::min);
    let right = block.iter().map(|l| l.end).fold(f32::MIN, f32::max);
    let leading = usual_leading(block);
    let mut before: Option<&Line> = None;
    for line in block {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        let is_right = text.chars().find(|c| c.is_alphabetic()).is_some_and(is_arabic);
        let begins = match (before, paragraphs.last()) {
            (_, None) => true,
            (None, Some(last)) => !goes_on(last, line, text),
            (Some(before), Some(last)) => {
                let ratio = line.size / before.size;
                let apart = before.y - line.y > WIDER * leading.max(line.size) || before.y < line.y;
                let indent = if is_right { before.end - line.end } else { line.x - before.x };
                let is_indented = indent > INDENT * line.size && last.is_full && indent < 6.0 * line.size;
                let is_short = has_room(before, line, left, right, is_right);
                let is_item = text.starts_with(BULLETS) || text.contains('\t') || last.has_cells;
                apart || !(1.0 / SIZE..SIZE).contains(&ratio) || is_item || is_indented || is_short
            }
        };
        if begins {
            paragraphs.push(Paragraph { size: line.size, ..Paragraph::default() });
        }
        if let Some(last) = paragraphs.last_mut() {
            join(last, text, words);
            last.has_cells |= text.contains('\t');
            last.pages.push((last.text.len() - text.len(), page));
            last.is_full = !(if is_right { line.x - left > 3.0 * line.size } else { right - line.end > 3.0 * line.size });
        }
        before = Some(line);
    }
}

/// The most common distance of lines that follow each other.
fn usual_leading(block: &[Line]) -> f32 {
    let mut gaps: Vec<f32> = block.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f32::total_cmp);
    // Gaps between paragraphs are wider and fewer; of few lines the narrower are those within.
    gaps.get(gaps.len() / 3).copied().unwrap_or(0.0)
}

/// Whether the first word of a line would have fitted behind the line before it: then that one ended its paragraph.
fn has_room(before: &Line, line: &Line, left: f32, right: f32, is_right: bool) -> bool {
    let signs = line.text.chars().count().max(1) as f32;
    let word = line.text.split_whitespace().next().map_or(0, |w| w.chars().count()) as f32;
    let width = (line.end - line.x) / signs * word;
    let room = if is_right { before.x - left } else { right - before.end };
    room > width + 1.2 * line.size
}

/// Whether a line at the top of a column goes on with the paragraph before it.
fn goes_on(last: &Paragraph, line: &Line, text: &str) -> bool {
    let is_ended = last.text.trim_end().ends_with(['.', '!', '?', '؟', ':', '»', '"', '”', '…', '۔']) || last.has_cells;
    let may_go_on = text.chars().next().is_some_and(|c| c.is_lowercase() || is_arabic(c) || c.is_numeric());
    last.is_full && !is_ended && may_go_on && !text.contains('\t') && (1.0 / SIZE..SIZE).contains(&(line.size / last.size))
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}')
}

/// Adds a line to a paragraph: with a space, or to the word that a hyphen broke.
fn join(paragraph: &mut Paragraph, line: &str, words: &HashSet<String>) {
    let text = &mut paragraph.text;
    if text.is_empty() {
        text.push_str(line);
        return;
    }
    let Some(stem) = text.strip_suffix(['-', '\u{2010}', '\u{00AD}']).filter(|s| s.ends_with(char::is_alphabetic)) else {
        text.push(' ');
        text.push_str(line);
        return;
    };
    let (head, tail) = (last_word(stem), first_word(line));
    let is_broken = tail.starts_with(char::is_lowercase)
        && !head.contains('-')
        && (text.ends_with('\u{00AD}') || !words.contains(&format!("{head}-{tail}").to_lowercase()));
    if is_broken {
        let end = stem.len();
        text.truncate(end);
    }
    text.push_str(line);
}

/// Words with hyphens inside lines: what is written so elsewhere was not broken at its hyphen.
fn hyphenated(pages: &[Vec<Vec<Line>>]) -> HashSet<String> {
    let lines = pages.iter().flatten().flatten();
    let words = lines.flat_map(|line| line.text.split(|c: char| !is_of_word(c)));
    words.filter(|w| w.trim_matches('-').contains('-')).map(|w| w.trim_matches('-').to_lowercase()).collect()
}

fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || c == '-'
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !is_of_word(c)).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !is_of_word(c)).next().unwrap_or_default()
}

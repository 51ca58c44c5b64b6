//! Running heads and page numbers: what stands at the same height on most pages.

use std::collections::HashMap;

use super::page::Glyph;
use super::row::Line;

/// Rows from the top and the bottom of a page that may be such.
const ROWS: usize = 3;
/// Share of the pages that bear it: left and right pages may differ.
const SHARE: f32 = 0.4;
/// Heights on the page in points that count as the same.
const HEIGHT: f32 = 6.0;
/// Stretches of a page; of more, all would be compared with all.
const MOST_LINES: usize = 3000;
/// A page number is not longer.
const NUMBER_CHARS: usize = 12;

/// Takes them out.
pub(super) fn drop_running(pages: &mut [Vec<Line>]) {
    if pages.iter().any(|page| page.len() > MOST_LINES) {
        return;
    }
    let mut counts: HashMap<(String, i32), usize> = HashMap::new();
    for page in pages.iter() {
        let mut of_page: Vec<(String, i32)> = outer(page).into_iter().filter_map(|at| key(page.get(at)?)).collect();
        of_page.sort();
        of_page.dedup();
        for key in of_page {
            *counts.entry(key).or_default() += 1;
        }
    }
    let needed = ((pages.len() as f32 * SHARE).ceil() as usize).max(2);
    // A height near the edge of a step counts with its neighbour.
    let is_running = |(text, height): (String, i32)| {
        let on = |height: i32| counts.get(&(text.clone(), height)).copied().unwrap_or(0);
        on(height) + on(height - 1).max(on(height + 1)) >= needed
    };
    for page in pages.iter_mut() {
        let dropped: Vec<usize> = outer(page)
            .into_iter()
            .filter(|at| page.get(*at).is_some_and(|l| key(l).is_some_and(&is_running) || is_number(page, *at)))
            .collect();
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }
}

/// Stretches in the outer rows of a page.
fn outer(page: &[Line]) -> Vec<usize> {
    let mut heights: Vec<f32> = Vec::new();
    for line in page {
        if heights.last().is_none_or(|last| last - line.y > HEIGHT) {
            heights.push(line.y);
        }
    }
    let (top, bottom) = (heights.get(ROWS - 1).copied(), heights.len().checked_sub(ROWS).and_then(|at| heights.get(at).copied()));
    let is_outer = |line: &Line| top.is_none_or(|top| line.y > top - HEIGHT) || bottom.is_none_or(|bottom| line.y < bottom + HEIGHT);
    page.iter().enumerate().filter(|(_, line)| is_outer(line)).map(|(at, _)| at).collect()
}

/// What a line says but for its figures, and its height in steps.
fn key(line: &Line) -> Option<(String, i32)> {
    let mut text = String::new();
    for c in line.glyphs.iter().filter(|g| !g.is_space()).flat_map(|g| g.text.chars()) {
        match c {
            c if !c.is_numeric() => text.push(c),
            _ if !text.ends_with('#') => text.push('#'),
            _ => {}
        }
    }
    (!text.is_empty()).then(|| (text, (line.y / HEIGHT).round() as i32))
}

/// A number that stands alone on the last row of a page.
fn is_number(page: &[Line], at: usize) -> bool {
    let (Some(line), Some(lowest)) = (page.get(at), page.iter().map(|l| l.y).min_by(f32::total_cmp)) else { return false };
    let is_alone = page.iter().enumerate().all(|(other, l)| other == at || !l.is_level_with(line));
    let signs: Vec<&Glyph> = line.glyphs.iter().filter(|g| !g.is_space()).collect();
    let is_figure = |g: &&Glyph| g.text.chars().all(|c| c.is_numeric() || matches!(c, '-' | '–' | '—' | '/' | '|' | '.'));
    line.y <= lowest && is_alone && signs.len() <= NUMBER_CHARS && signs.iter().all(is_figure)
}

//! Paragraphs as they come out of nested boxes, cells and notes → lines in the order of reading.

use crate::document::{At, Origin};
use crate::text::Span;

/// A paragraph, or a row of a table, and the number of its (first) paragraph.
#[derive(Clone, Debug)]
pub(super) struct Line {
    text: String,
    number: u32,
}

/// Where paragraphs go.
#[derive(Debug, Default)]
pub(super) struct Flow {
    lines: Vec<Line>,
    /// Paragraphs that are open: a text box stands within one.
    open: Vec<Open>,
    /// Rows that are open: a table may stand within a cell.
    rows: Vec<Vec<Vec<Line>>>,
    /// Notes that are open, each with the line that it begins with.
    notes: Vec<Line>,
    note_starts: Vec<usize>,
    count: u32,
}

#[derive(Debug, Default)]
struct Open {
    text: String,
    number: u32,
    /// Paragraphs of boxes that hang on this one.
    boxed: Vec<Line>,
}

impl Flow {
    pub(super) fn begin_paragraph(&mut self) {
        self.count += 1;
        self.open.push(Open { number: self.count, ..Open::default() });
    }

    /// Words of the innermost paragraph.
    pub(super) fn add(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(words);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        // A break within a paragraph parts what is written below each other.
        for text in open.text.split('\n') {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                self.put(Line { text, number: open.number });
            }
        }
        for line in open.boxed {
            self.put(line);
        }
    }

    fn put(&mut self, line: Line) {
        if let Some(open) = self.open.last_mut() {
            open.boxed.push(line);
        } else if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push(line);
        } else {
            self.lines.push(line);
        }
    }

    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(Vec::new());
        }
    }

    /// A row whose cells hold a paragraph each is one line; others are the layout of a page, and read cell by cell.
    pub(super) fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        if row.iter().any(|cell| cell.len() > 1) {
            row.into_iter().flatten().for_each(|line| self.put(line));
            return;
        }
        let cells: Vec<Line> = row.into_iter().flatten().collect();
        let Some(number) = cells.first().map(|l| l.number) else { return };
        let text = cells.into_iter().map(|l| l.text).collect::<Vec<_>>().join("\t");
        self.put(Line { text, number });
    }

    /// What follows is a note: it comes after the text.
    pub(super) fn begin_note(&mut self) {
        self.open.push(Open::default());
        self.note_starts.push(self.notes.len());
    }

    pub(super) fn end_note(&mut self) {
        if self.note_starts.pop().is_some()
            && let Some(open) = self.open.pop()
        {
            self.notes.extend(open.boxed);
        }
    }

    /// Another flow after this one.
    pub(super) fn append(&mut self, other: Flow) {
        let offset = self.count;
        let renumbered = |line: Line| Line { number: line.number + offset, ..line };
        self.lines.extend(other.lines.into_iter().map(renumbered));
        self.count += other.count;
    }

    /// The text with a paragraph a line, and the way back.
    pub(super) fn text(mut self) -> (String, Vec<Origin>) {
        // A document that is cut off leaves paragraphs open.
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        while !self.rows.is_empty() {
            self.end_row();
        }
        let (mut text, mut origins) = (String::new(), Vec::new());
        for line in self.lines.into_iter().chain(self.notes) {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len() as u32;
            text.push_str(&line.text);
            origins.push(Origin { span: Span { start, end: text.len() as u32 }, at: At::Paragraph(line.number) });
        }
        (text, origins)
    }
}

//! Plain text and Markdown: the text is the file, so offsets are those of the file.

use super::decode::decode;
use super::{Document, Each, File, Kind, Why};
/// Lines of a text that was broken by hand or machine at a fixed width are this long, but for the last of a paragraph.
const WRAPPED: std::ops::RangeInclusive<usize> = 50..=80;

/// A text whose paragraphs were broken into lines at a fixed width, a paragraph a line; other lines stay.
pub(super) fn unwrapped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(|block| {
        let lines: Vec<&str> = block.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let is_wrapped = lines.len() > 1 && lines.iter().rev().skip(1).all(|line| WRAPPED.contains(&line.chars().count()));
        lines.join(if is_wrapped { " " } else { "\n" })
    });
    blocks.filter(|b| !b.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The one document of a text file.
pub(super) fn text(file: File, kind: Kind, each: Each) -> bool {
    match decode(file.bytes) {
        Ok(text) => each(Ok(Document { text, kind, ..Document::default() })),
        Err(reason) => each(Err(file.refused(Why::Unknown, reason))),
    }
}

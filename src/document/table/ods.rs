//! Tables of `OpenDocument`: read here, since what one cell or row may stand for a million times over is to be read once.

use super::workbook::Rows;
use crate::document::xml::{self, Node};

/// Times that a cell is repeated; columns of reports are fewer.
const MOST_REPEATED: usize = 256;

/// The sheets of `content.xml`: name and rows with their numbers.
///
/// # Errors
/// A sentence when it is no XML.
pub(super) fn sheets(content: &str) -> Result<Vec<(String, Rows)>, String> {
    let mut sheets: Vec<(String, Rows)> = Vec::new();
    let mut number = 0_u32;
    let mut repeated = 1;
    let mut row: Vec<String> = Vec::new();
    let mut cell: Option<(usize, Option<String>, String)> = None;
    let mut passed_over = 0_u32;
    xml::walk(content, &mut |node| match node {
        Node::Start(_) if passed_over > 0 => passed_over += 1,
        Node::End(_) if passed_over > 0 => passed_over -= 1,
        Node::Text(_) if passed_over > 0 => {}
        Node::Start(start) => match start.name() {
            "annotation" | "tracked-changes" | "desc" => passed_over = 1,
            "table" if start.full_name() == "table:table" => {
                sheets.push((start.attribute("name").unwrap_or_default(), Rows::new()));
                number = 0;
            }
            "table-row" => {
                repeated = start.attribute("number-rows-repeated").and_then(|n| n.parse().ok()).unwrap_or(1);
                row.clear();
            }
            "table-cell" | "covered-table-cell" => {
                let times = start.attribute("number-columns-repeated").and_then(|n| n.parse().ok()).unwrap_or(1);
                cell = Some((times.clamp(1, MOST_REPEATED), start.attribute("date-value"), String::new()));
            }
            "s" => cell.iter_mut().for_each(|(.., text)| text.push(' ')),
            "line-break" => cell.iter_mut().for_each(|(.., text)| text.push('\n')),
            _ => {}
        },
        Node::Text(words) => cell.iter_mut().for_each(|(.., text)| text.push_str(words)),
        Node::End("p") => cell.iter_mut().for_each(|(.., text)| text.push('\n')),
        Node::End("table-cell" | "covered-table-cell") => {
            if let Some((times, day, text)) = cell.take() {
                let said = day.unwrap_or_else(|| text.trim_end_matches('\n').to_owned());
                // What is repeated at the end of a row is its empty rest.
                let times = if said.is_empty() { times } else { times.min(MOST_REPEATED) };
                row.extend(std::iter::repeat_n(said, times));
            }
        }
        Node::End("table-row") => {
            number = number.saturating_add(1);
            if let Some((_, rows)) = sheets.last_mut()
                && row.iter().any(|c| !c.is_empty())
            {
                rows.push((number, std::mem::take(&mut row)));
            }
            number = number.saturating_add(repeated - 1_u32.min(repeated));
        }
        Node::End(_) => {}
    })?;
    Ok(sheets)
}

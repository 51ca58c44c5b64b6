//! ODT: `content.xml`.

use super::flow::Flow;
use super::{Node, Package, Refused, Why};

/// What is no text of the document: deleted text, comments, forms, contents that the text repeats, descriptions of pictures.
const PASSED_OVER: [&str; 14] = [
    "tracked-changes",
    "annotation",
    "forms",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "note-citation",
    "ruby-text",
    "hidden-text",
    "sequence-decls",
    "automatic-styles",
    "font-face-decls",
    "desc",
    "soft-page-break",
];
/// Spaces that one element may stand for.
const MOST_SPACES: usize = 100;

pub(super) fn read(package: &mut Package) -> Result<Flow, Refused> {
    let is_locked = package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data"));
    if is_locked {
        return Err(package.file.refused(Why::Locked, "is locked with a password, expected one that opens without"));
    }
    let content = package.needed("content.xml")?;
    let mut flow = Flow::default();
    // Elements that are open within one that is passed over, that one too.
    let mut passed_over = 0_u32;
    package.walk("content.xml", &content, &mut |node| match node {
        Node::Start(_) if passed_over > 0 => passed_over += 1,
        Node::End(_) if passed_over > 0 => passed_over -= 1,
        Node::Text(_) if passed_over > 0 => {}
        Node::Start(start) if PASSED_OVER.contains(&start.name()) || start.full_name() == "svg:title" => passed_over = 1,
        Node::Start(start) => match start.name() {
            "p" | "h" => flow.begin_paragraph(),
            "note-body" => flow.begin_note(),
            "table-row" => flow.begin_row(),
            "table-cell" => flow.begin_cell(),
            "tab" => flow.add(" "),
            "s" => flow.add(&" ".repeat(start.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1).min(MOST_SPACES))),
            "line-break" => flow.add("\n"),
            _ => {}
        },
        Node::End(name) => match name {
            "p" | "h" => flow.end_paragraph(),
            "note-body" => flow.end_note(),
            "table-row" => flow.end_row(),
            _ => {}
        },
        Node::Text(words) => flow.add(&words.replace('\n', " ")),
    })?;
    Ok(flow)
}

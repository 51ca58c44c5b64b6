//! Elements as lines of text: a paragraph, a list item, a table row each, white space as a browser shows it.

use dom_query::NodeRef;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements that make a cell of a table more than a cell.
const INNER_BLOCKS: &[&str] = &["p", "div", "br", "table", "ul", "ol", "h1", "h2", "h3", "h4", "article", "section", "blockquote"];

/// What a line stood in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Text,
    Heading,
    Caption,
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) role: Role,
    /// Letters of it that stand in links.
    pub(super) linked: usize,
}

/// Text as it comes, put into lines.
#[derive(Debug, Default)]
struct Writer {
    lines: Vec<Line>,
    line: Line,
    /// White space was met and is written before the next letter.
    is_spaced: bool,
    role: Role,
    links: u32,
    is_kept: bool,
    in_row: bool,
}

/// The lines of an element.
pub(super) fn lines(root: NodeRef) -> Vec<Line> {
    let mut writer = Writer::default();
    writer.node(root);
    writer.end();
    writer.lines
}

impl Writer {
    fn node(&mut self, node: NodeRef) {
        if node.is_text() {
            let text = node.text();
            return self.text(&text);
        }
        let name = node.node_name().unwrap_or_default();
        let name: &str = &name;
        match name {
            "br" => return self.end(),
            "wbr" => return,
            "tr" if is_plain_row(node) => return self.row(node),
            _ => {}
        }
        let (role, is_kept) = (self.role, self.is_kept);
        let is_block = BLOCKS.contains(&name) && !self.in_row;
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.role = Role::Heading,
            "figcaption" => self.role = Role::Caption,
            "pre" => self.is_kept = true,
            "a" => self.links += 1,
            _ if role == Role::Text && is_caption(node) => self.role = Role::Caption,
            _ => {}
        }
        if is_block {
            self.end();
        }
        for child in node.children_it(false) {
            self.node(child);
        }
        if is_block {
            self.end();
        }
        self.links -= u32::from(name == "a");
        (self.role, self.is_kept) = (role, is_kept);
    }

    /// A row whose cells hold words alone: one line, a tab between the cells.
    fn row(&mut self, row: NodeRef) {
        self.end();
        self.in_row = true;
        for cell in row.element_children() {
            if !self.line.text.is_empty() {
                self.line.text.push('\t');
                self.is_spaced = false;
            }
            self.node(cell);
        }
        self.in_row = false;
        let trimmed = self.line.text.trim_end_matches('\t').len();
        self.line.text.truncate(trimmed);
        self.end();
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            // No-break spaces and marks of direction are letters here.
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}') {
                if c == '\n' && self.is_kept {
                    self.end();
                }
                self.is_spaced = true;
                continue;
            }
            // Line and paragraph separators break lines for whoever reads the text next.
            if matches!(c, '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{85}') {
                self.end();
                continue;
            }
            if self.is_spaced && !self.line.text.is_empty() && !self.line.text.ends_with('\t') {
                self.line.text.push(' ');
            }
            self.is_spaced = false;
            if self.line.text.is_empty() {
                self.line.role = self.role;
            }
            self.line.text.push(c);
            self.line.linked += usize::from(self.links > 0);
        }
    }

    fn end(&mut self) {
        self.is_spaced = false;
        let line = std::mem::take(&mut self.line);
        if line.text.chars().any(char::is_alphanumeric) {
            self.lines.push(line);
        }
    }
}

fn is_plain_row(row: NodeRef) -> bool {
    row.descendants_it().all(|node| !node.is_element() || node.node_name().is_none_or(|name| !INNER_BLOCKS.contains(&&*name)))
}

/// Papers say which paragraph is a caption by its class.
fn is_caption(node: NodeRef) -> bool {
    node.is_element() && node.class().is_some_and(|class| super::prune::words(&class).any(|word| word == "caption"))
}

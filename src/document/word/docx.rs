//! DOCX: `word/document.xml` and its notes.

use std::collections::HashMap;

use super::flow::Flow;
use super::{Node, Package, Refused};

/// What is no text: properties, deleted and moved text, instructions of fields, the second copy of drawings, tables of contents' marks.
const PASSED_OVER: [&str; 12] =
    ["pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "del", "moveFrom", "instrText", "delText", "Fallback"];

pub(super) fn read(package: &mut Package) -> Result<Flow, Refused> {
    let is_document = |name: &str| {
        name.strip_prefix("word/document").is_some_and(|rest| rest.to_ascii_lowercase().ends_with(".xml") && !rest.contains('/'))
    };
    let name = package.part_name(is_document).unwrap_or_else(|| "word/document.xml".to_owned());
    let body = package.needed(&name)?;
    let mut reader = Reader::default();
    package.walk(&name, &body, &mut |node| reader.node(&node))?;
    let mut flow = reader.flow;
    for (part, element, referred) in
        [("word/footnotes.xml", "footnote", reader.footnotes), ("word/endnotes.xml", "endnote", reader.endnotes)]
    {
        let Some(notes) = package.part(part)?.filter(|_| !referred.is_empty()) else { continue };
        let mut each = notes_of(package, part, element, &notes)?;
        referred.iter().filter_map(|id| each.remove(id)).for_each(|note| flow.append(note));
    }
    Ok(flow)
}

/// The notes of a part by their identifiers.
fn notes_of(package: &Package, part: &str, element: &str, text: &str) -> Result<HashMap<String, Flow>, Refused> {
    let mut notes = HashMap::new();
    let mut open: Option<(String, Reader)> = None;
    package.walk(part, text, &mut |node| match &node {
        Node::Start(start) if start.name() == element => {
            open =
                start.attribute("id").filter(|_| start.attribute("type").is_none_or(|t| t == "normal")).map(|id| (id, Reader::default()));
        }
        Node::End(name) if *name == element => notes.extend(open.take().map(|(id, reader)| (id, reader.flow))),
        _ => {
            if let Some((_, reader)) = &mut open {
                reader.node(&node);
            }
        }
    })?;
    Ok(notes)
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    /// Elements that are open within one that is passed over, that one too.
    passed_over: u32,
    /// Fields that are open, and whether their result has begun.
    fields: Vec<bool>,
    in_text: bool,
    is_hidden: bool,
    footnotes: Vec<String>,
    endnotes: Vec<String>,
}

impl Reader {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Start(_) if self.passed_over > 0 => self.passed_over += 1,
            Node::End(_) if self.passed_over > 0 => self.passed_over -= 1,
            Node::Start(start) if PASSED_OVER.contains(&start.name()) => self.passed_over = 1,
            Node::Start(start) => self.start(start.name(), &|name| start.attribute(name)),
            Node::End(name) => self.end(name),
            Node::Text(words) if self.in_text && self.passed_over == 0 => self.say(words),
            Node::Text(_) => {}
        }
    }

    fn say(&mut self, words: &str) {
        if !self.is_hidden && self.fields.iter().all(|has_result| *has_result) {
            self.flow.add(words);
        }
    }

    fn start(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        match name {
            "p" => self.flow.begin_paragraph(),
            "tr" => self.flow.begin_row(),
            "tc" => self.flow.begin_cell(),
            "r" => self.is_hidden = false,
            "vanish" => self.is_hidden = attribute("val").is_none_or(|v| v != "0" && v != "false"),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.say(" "),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "fldChar" => match attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("separate") => self.fields.iter_mut().last().into_iter().for_each(|has_result| *has_result = true),
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            "footnoteReference" => self.footnotes.extend(attribute("id")),
            "endnoteReference" => self.endnotes.extend(attribute("id")),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.flow.end_paragraph(),
            "tr" => self.flow.end_row(),
            "t" => self.in_text = false,
            _ => {}
        }
    }
}

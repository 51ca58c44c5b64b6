//! Live pages and digests: one page, several items, each with its own time.

use std::collections::BTreeMap;

use dom_query::{NodeId, NodeRef};

use crate::document::{Basis, Published, published};

use super::lines::{Line, Role, lines};
use super::linked_data::{LinkedData, string};
use super::metadata::{clean, written};

/// Items that make a page a live page.
const LEAST_ITEMS: usize = 3;
/// Items of a page.
const MOST_ITEMS: usize = 3_000;
/// Letters that an item has beside its time.
const ITEM_CHARS: usize = 30;
/// Letters of a line that is nothing but a time: «06/09/2022 – 10:05 GMT».
const STAMP_CHARS: usize = 28;

/// One item of a page.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// The page's own name for it, if it has one.
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lines: Vec<Line>,
}

/// A page taken apart: what stands above the items, and they. No items: it is one article.
pub(super) struct Parts {
    pub(super) above: Vec<Line>,
    pub(super) items: Vec<Item>,
}

/// The parts of the article that stands in these elements.
pub(super) fn parts(roots: &[NodeRef], data: &LinkedData) -> Parts {
    let all: Vec<Line> = roots.iter().flat_map(|root| lines(*root)).collect();
    let items = told(data);
    if items.len() >= LEAST_ITEMS - 1 {
        let is_told = |line: &Line| items.iter().any(|item| item.lines.iter().any(|l| l.text == line.text));
        let above = all.iter().position(is_told).unwrap_or(0);
        return Parts { above: all.into_iter().take(above).filter(|l| l.role == Role::Text && stamp(&l.text).is_none()).collect(), items };
    }
    if let Some(parts) = repeated(roots) {
        return parts;
    }
    by_stamps(all)
}

/// The items that the page tells machines of.
fn told(data: &LinkedData) -> Vec<Item> {
    let item = |object: &super::linked_data::Object| {
        let body = string(object, "articleBody").or_else(|| string(object, "text"))?;
        let lines = super::fragment_lines(&body);
        let url = string(object, "url").or_else(|| string(object, "@id"));
        Some(Item {
            name: url.as_deref().and_then(|u| u.split_once('#')).map(|(_, name)| name.to_owned()),
            title: string(object, "headline").and_then(|h| clean(&h)),
            published: string(object, "datePublished").and_then(|text| published(&text, Basis::Metadata)),
            author: data.names(object, "author"),
            url: url.filter(|u| u.starts_with("http")),
            lines,
        })
    };
    data.updates().into_iter().take(MOST_ITEMS).filter_map(item).filter(|item| !item.lines.is_empty() && item.published.is_some()).collect()
}

/// Items as elements of one kind beside each other, each with its `time`.
fn repeated(roots: &[NodeRef]) -> Option<Parts> {
    let mut times: BTreeMap<NodeId, u32> = BTreeMap::new();
    let mut count = 0;
    for root in roots {
        for time in root.descendants_it().filter(is_time).take(MOST_ITEMS) {
            count += 1;
            *times.entry(time.id).or_default() += 1;
            for ancestor in time.ancestors_it(None) {
                *times.entry(ancestor.id).or_default() += 1;
            }
        }
    }
    if count < LEAST_ITEMS {
        return None;
    }
    // The items may be the found elements themselves, beside each other.
    let parents = roots.first().and_then(NodeRef::parent).into_iter().filter(|_| roots.len() >= LEAST_ITEMS);
    let inside = roots.iter().flat_map(|root| std::iter::once(*root).chain(root.descendants_it()));
    let candidates = parents.chain(inside.filter(|node| times.get(&node.id).is_some_and(|n| *n as usize >= LEAST_ITEMS)));
    candidates.take(MOST_ITEMS).find_map(|parent| items_of(parent, roots, &times))
}

fn items_of(parent: NodeRef, roots: &[NodeRef], times: &BTreeMap<NodeId, u32>) -> Option<Parts> {
    let children = parent.element_children();
    let with_time: Vec<&NodeRef> = children.iter().filter(|c| times.contains_key(&c.id) && !c.has_name("header")).collect();
    let first = *with_time.last()?;
    let kind =
        |node: &NodeRef| (node.node_name().map(|n| n.to_string()), node.class().map(|c| c.split_whitespace().next().map(str::to_owned)));
    let alike: Vec<&NodeRef> = with_time.into_iter().filter(|c| kind(c) == kind(first)).collect();
    if alike.len() < LEAST_ITEMS {
        return None;
    }
    let items: Vec<Item> = alike.iter().filter_map(|node| item_of(**node)).collect();
    if items.len() < LEAST_ITEMS || items.len() * 3 < alike.len() * 2 {
        return None;
    }
    let begins = |node: &NodeRef| alike.iter().any(|a| a.id == node.id);
    let mut above = Vec::new();
    for node in roots.iter().flat_map(|root| above_nodes(*root, &begins)) {
        above.extend(lines(node));
    }
    Some(Parts { above, items })
}

/// The elements in front of the first item, the largest that hold none.
fn above_nodes<'a>(root: NodeRef<'a>, begins: &dyn Fn(&NodeRef) -> bool) -> Vec<NodeRef<'a>> {
    let mut out = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if begins(&node) {
            break;
        }
        if node.descendants_it().any(|inner| begins(&inner)) {
            open.extend(node.children_it(true));
        } else {
            out.push(node);
        }
    }
    out
}

fn is_time(node: &NodeRef) -> bool {
    node.has_name("time") && node.attr("datetime").is_some_and(|text| published(&text, Basis::Metadata).is_some())
}

fn item_of(node: NodeRef) -> Option<Item> {
    let time = std::iter::once(node).chain(node.descendants_it()).find(is_time)?;
    let shown = clean(&time.text()).unwrap_or_default();
    let mut lines = lines(node);
    lines.retain(|line| line.text != shown);
    let title = match lines.first() {
        Some(line) if line.role == Role::Heading => Some(lines.remove(0).text),
        _ => None,
    };
    let letters: usize = lines.iter().map(|line| line.text.chars().count() - line.linked.min(line.text.chars().count())).sum();
    if letters < ITEM_CHARS {
        return None;
    }
    let published = written(&time).and_then(|text| published(&text, Basis::Metadata));
    let name = node.id_attr().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    Some(Item { name, title, published, lines, ..Item::default() })
}

/// Items under lines that are nothing but a time or a day.
fn by_stamps(all: Vec<Line>) -> Parts {
    let stamps = all.iter().filter(|line| stamp(&line.text).is_some()).count();
    if stamps < LEAST_ITEMS {
        return Parts { above: all, items: Vec::new() };
    }
    let mut parts = Parts { above: Vec::new(), items: Vec::new() };
    for line in all {
        match (stamp(&line.text), parts.items.last_mut()) {
            (Some(Stamp::Day(day)), _) => parts.items.push(Item { published: Some(day), ..Item::default() }),
            (Some(Stamp::Time), _) => parts.items.push(Item::default()),
            (None, Some(item)) if item.lines.is_empty() && item.title.is_none() && line.role == Role::Heading => {
                item.title = Some(line.text);
            }
            (None, Some(item)) => item.lines.push(line),
            (None, None) => parts.above.push(line),
        }
    }
    parts.items.retain(|item| !item.lines.is_empty());
    parts
}

/// A line that is nothing but a time.
#[derive(Debug, PartialEq)]
enum Stamp {
    Day(Published),
    /// A time of day is of the page's day or of one after it: which, it does not say.
    Time,
}

/// Whether a line is nothing but a time of day or a day, in figures.
fn stamp(text: &str) -> Option<Stamp> {
    let text: String = text.chars().take(STAMP_CHARS + 1).map(ascii_digit).collect();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).trim();
    let text = ["GMT", "UTC", "TU"].iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text).trim_end();
    if text.len() > STAMP_CHARS || !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b':' | b'/' | b'.' | b'-' | b'h' | b'H'))
    {
        return None;
    }
    if let Some(day) =
        published(text, Basis::Metadata).filter(|_| text.len() >= "6/9/2022".len() && !text.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(Stamp::Day(day));
    }
    let (hours, minutes) = text.split_once([':', 'h', 'H'])?;
    let is_number = |digits: &str, most: u8| digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|n| n <= most);
    (is_number(hours, 23) && (minutes.is_empty() || minutes.len() == 2 && is_number(minutes, 59))).then_some(Stamp::Time)
}

/// Arabic-Indic and Persian digits as ASCII.
fn ascii_digit(c: char) -> char {
    let digit = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_figures_is_a_time() {
        for time in ["10:05", "9h30", "٢١:٤٠", "14:00 GMT", "7h"] {
            assert_eq!(stamp(time), Some(Stamp::Time), "{time}");
        }
        for day in ["06/09/2022", "٠٦/٠٩/٢٠٢٢ - ١٠:٠٥"] {
            assert_eq!(stamp(day), published("2022-09-06", Basis::Metadata).map(Stamp::Day), "{day}");
        }
        for text in ["", "12", "25:10", "10:05 قتل ثلاثة", "2022", "1:500", "20220906", "3-2", "Gao"] {
            assert_eq!(stamp(text), None, "{text}");
        }
    }
}

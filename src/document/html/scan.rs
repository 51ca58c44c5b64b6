//! A page's source read once, letter by letter: the way back from its text, and whether its tags are too many to take apart.
//!
//! The parser of pages tells no positions. Here the letters that stand outside tags are put in a row, each with its place in the
//! file; a paragraph is looked up in that row, so what is found is the paragraph by construction.

use std::collections::BTreeMap;

use memchr::memmem;
use quick_xml::escape::resolve_html5_entity;

use crate::document::{At, Origin};
use crate::text::{CodePoints, Span};

/// Tags of one page; the largest live pages have some 50,000.
const MOST_TAGS: u32 = 500_000;
/// Elements within elements; browsers stop at 512. The parser's work grows with its square.
const MOST_NESTED: u32 = 1_000;
/// Attributes of one tag, whose number the parser's work grows with the square of.
const MOST_ATTRIBUTES: u32 = 1_000;
/// Elements that unclosed «b» and «font» make again in each paragraph.
const MOST_REPEATED: u32 = 1_000_000;
/// Of the same unclosed element with the same attributes no more than so many are made again.
const MOST_ALIKE: u32 = 3;
/// Letters of an entity's name.
const ENTITY_BYTES: usize = 32;
/// Paragraphs that may be looked for in vain, each over the whole rest of the page.
const MOST_MISSES: u32 = 200;

/// Elements without an end tag, or whose end tag is usually left out and then implied.
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "caption", "option", "optgroup", "rt", "rp", "html", "head", "body",
];
/// Elements that are opened again in the next paragraph until they are closed.
const FORMATTING: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style"];

/// The letters of a page outside its tags.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Without white space.
    letters: String,
    /// Of each letter, where it begins and ends in the source, in code points.
    at: Vec<(u32, u32)>,
    tags: Tags,
}

#[derive(Debug, Default)]
struct Tags {
    count: u32,
    open: BTreeMap<String, u32>,
    depth: u32,
    deepest: u32,
    formatting: BTreeMap<String, Vec<(u64, u32)>>,
    unclosed: u32,
    repeated: u32,
    attributes: u32,
}

impl Scan {
    pub(super) fn of(source: &str) -> Scan {
        let mut scan = Scan::default();
        let mut rest = Rest { source, byte: 0, chars: 0 };
        while let Some(text) = rest.until(b'<') {
            scan.text(text);
            let tag = rest.tag();
            if !tag.is_markup {
                scan.text(tag.piece);
            } else if let Some(name) = scan.tags.meet(tag.piece.text).filter(|name| RAW.contains(&name.as_str())) {
                rest.skip_raw(&name);
            }
        }
        scan
    }

    /// Why the page is not to be taken apart, if so.
    pub(super) fn trap(&self) -> Option<String> {
        let tags = &self.tags;
        let over = |found: u32, most: u32, what: &str| (found > most).then(|| format!("has more than {most} {what}"));
        over(tags.count, MOST_TAGS, "tags")
            .or_else(|| over(tags.deepest, MOST_NESTED, "elements within each other"))
            .or_else(|| over(tags.attributes, MOST_ATTRIBUTES, "attributes in one tag"))
            .or_else(|| over(tags.repeated, MOST_REPEATED, "elements that are left open and made again"))
    }

    fn text(&mut self, piece: Piece) {
        let (mut at, mut rest) = (piece.at, piece.text);
        while !rest.is_empty() {
            let plain = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
            let (before, after) = rest.split_at(plain);
            for c in before.chars() {
                self.letter(c, at, at + 1);
                at += 1;
            }
            rest = after;
            if !rest.is_empty() {
                let (meant, taken) = entity(rest);
                let end = at + rest.get(..taken).unwrap_or_default().chars().count() as u32;
                meant.chars().for_each(|c| self.letter(c, at, end));
                at = end;
                rest = rest.get(taken..).unwrap_or_default();
            }
        }
    }

    fn letter(&mut self, c: char, start: u32, end: u32) {
        if !c.is_whitespace() {
            self.letters.push(c);
            self.at.push((start, end));
        }
    }

    /// Where the lines of a text stood in the source; those that do not stand there in one piece are left out.
    pub(super) fn origins(&self, text: &str) -> Vec<Origin> {
        let points = CodePoints::of(&self.letters);
        let (mut out, mut cursor, mut start, mut misses) = (Vec::new(), 0, 0, 0);
        for line in text.split('\n') {
            let span = Span { start, end: start + line.len() as u32 };
            start = span.end + 1;
            let sought: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            if sought.is_empty() || misses >= MOST_MISSES {
                continue;
            }
            // What stands before is looked at too: a page may show its parts in another order than it has them.
            let find = |from: usize| memmem::find(self.letters.as_bytes().get(from..)?, sought.as_bytes()).map(|at| from + at);
            let Some(found) = find(cursor).or_else(|| find(0)) else {
                misses += 1;
                continue;
            };
            cursor = found + sought.len();
            let letter = |byte: usize| self.at.get(points.at(&self.letters, byte as u32) as usize);
            let last = cursor - sought.chars().next_back().map_or(0, char::len_utf8);
            if let (Some(first), Some(last)) = (letter(found), letter(last)) {
                out.push(Origin { span, at: At::Characters(first.0, last.1) });
            }
        }
        out
    }
}

/// A stretch of the source and the code points before it.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    at: u32,
}

struct Tag<'a> {
    piece: Piece<'a>,
    is_markup: bool,
}

/// What of the source is not read yet.
struct Rest<'a> {
    source: &'a str,
    byte: usize,
    chars: u32,
}

impl<'a> Rest<'a> {
    fn left(&self) -> &'a str {
        self.source.get(self.byte..).unwrap_or_default()
    }

    fn take(&mut self, bytes: usize) -> Piece<'a> {
        let text = self.left().get(..bytes).unwrap_or(self.left());
        let piece = Piece { text, at: self.chars };
        self.byte += text.len();
        self.chars += text.chars().count() as u32;
        piece
    }

    /// What stands before the next such byte, or before the end; nothing at the end.
    fn until(&mut self, byte: u8) -> Option<Piece<'a>> {
        let left = self.left();
        (!left.is_empty()).then(|| self.take(memchr::memchr(byte, left.as_bytes()).unwrap_or(left.len())))
    }

    /// A tag, a comment, or a sign that only looks like one.
    fn tag(&mut self) -> Tag<'a> {
        let left = self.left();
        if left.starts_with("<!--") {
            let length = left.find("-->").map_or(left.len(), |end| end + "-->".len());
            return Tag { piece: self.take(length), is_markup: true };
        }
        let is_markup = left.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let length = if is_markup { tag_length(left) } else { 1 };
        Tag { piece: self.take(length), is_markup }
    }

    fn skip_raw(&mut self, name: &str) {
        let left = self.left().as_bytes();
        let is_end = |at: &usize| left.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        let end = memmem::find_iter(left, b"</").find(is_end).unwrap_or(left.len());
        self.take(end);
    }
}

/// Bytes up to the end of a tag; a «>» within quotes does not end it.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            // Quotes begin a value only behind «=»; elsewhere they are litter.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    tag.len()
}

/// What an entity stands for, and how many bytes it takes; a lone «&» for itself.
fn entity(text: &str) -> (String, usize) {
    let itself = || ("&".to_owned(), 1);
    let Some(end) = text.bytes().take(ENTITY_BYTES).position(|b| b == b';') else { return itself() };
    let name = text.get(1..end).unwrap_or_default();
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).map(String::from);
    let meant = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => code(digits, 16),
            None => code(number, 10),
        },
        None => resolve_html5_entity(name).map(str::to_owned),
    };
    meant.map_or_else(itself, |meant| (meant, end + 1))
}

impl Tags {
    /// Counts a tag; gives the name of one that opens.
    fn meet(&mut self, tag: &str) -> Option<String> {
        self.count = self.count.saturating_add(1);
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |name| (true, name));
        let name_length = inner.bytes().position(|b| b.is_ascii_whitespace() || b == b'/').unwrap_or(inner.len());
        let name = inner.get(..name_length).unwrap_or_default().to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        if is_end {
            self.close(&name);
            return None;
        }
        self.attributes = self.attributes.max(attributes(inner.get(name_length..).unwrap_or_default()));
        self.repeated = self.repeated.saturating_add(self.unclosed);
        if !UNCOUNTED.contains(&name.as_str()) && !inner.ends_with('/') {
            *self.open.entry(name.clone()).or_default() += 1;
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        if FORMATTING.contains(&name.as_str()) && self.repeated <= MOST_REPEATED {
            let attributes = hash(inner.get(name_length..).unwrap_or_default());
            let alike = self.formatting.entry(name.clone()).or_default();
            match alike.iter_mut().find(|(known, _)| *known == attributes) {
                Some((_, count)) if *count >= MOST_ALIKE => {}
                Some((_, count)) => {
                    *count += 1;
                    self.unclosed += 1;
                }
                None => {
                    alike.push((attributes, 1));
                    self.unclosed += 1;
                }
            }
        }
        Some(name)
    }

    fn close(&mut self, name: &str) {
        if let Some(open) = self.open.get_mut(name).filter(|open| **open > 0) {
            *open -= 1;
            self.depth -= 1;
        }
        let Some(alike) = self.formatting.get_mut(name) else { return };
        if let Some((_, count)) = alike.last_mut() {
            *count -= 1;
            self.unclosed -= 1;
            if *count == 0 {
                alike.pop();
            }
        }
    }
}

/// Not fewer than the attributes in a tag: each is separated by white space, a solidus or the end of a quoted value.
fn attributes(tag: &str) -> u32 {
    let (mut quote, mut count) = (None, 0);
    for byte in tag.bytes() {
        match quote {
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            Some(open) if open == byte => quote = None,
            _ => {}
        }
        count += u32::from(quote.is_none() && (byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'')));
    }
    count
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

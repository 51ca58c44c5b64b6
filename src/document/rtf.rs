//! RTF: groups, control words and text in the code page of its font.
//!
//! Written here because the crates for it read styles and no code pages: Arabic RTF is bytes of windows-1256 or `\u` escapes.

mod words;

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::said::{said, title};
use super::{At, Basis, Document, Each, File, Kind, Origin, Why, published};
use crate::text::Span;
use words::{Destination, code_page, destination, page_of, sign};

/// Groups within groups; more is a trap.
const MOST_DEPTH: usize = 2000;

/// The one document of an RTF file.
pub(super) fn documents(file: File, each: Each) -> bool {
    let mut reader = Reader::new();
    reader.read(file.bytes);
    let (text, origins) = reader.text();
    if text.is_empty() {
        return each(Err(file.refused(Why::Empty, "is a document without text")));
    }
    let told = |field: Destination| reader.told.get(&field).map(String::as_str).unwrap_or_default();
    let [year, month, day, hour, minute] = reader.created;
    let created = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}");
    each(Ok(Document {
        text,
        origins,
        title: title(told(Destination::Title)),
        author: said(told(Destination::Author)),
        published: published(&created, Basis::File),
        kind: Kind::Rtf,
        ..Document::default()
    }))
}

/// What a group inherits and gives back at its end.
#[derive(Clone)]
struct Group {
    destination: Destination,
    /// Bytes are in this code page.
    page: &'static Encoding,
    /// Fallback signs behind a `\u`.
    fallback: u32,
    is_hidden: bool,
}

struct Reader {
    group: Group,
    saved: Vec<Group>,
    default_page: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    /// The font that the table of fonts is telling of.
    font: i32,
    /// Bytes and units of UTF-16 that wait for the rest of their text.
    bytes: Vec<u8>,
    units: Vec<u16>,
    /// Fallback signs still to pass over.
    passed_over: u32,
    body: String,
    notes: String,
    told: HashMap<Destination, String>,
    created: [i32; 5],
}

impl Reader {
    fn new() -> Reader {
        let page = encoding_rs::WINDOWS_1252;
        Reader {
            group: Group { destination: Destination::Body, page, fallback: 1, is_hidden: false },
            saved: Vec::new(),
            default_page: page,
            fonts: HashMap::new(),
            font: 0,
            bytes: Vec::new(),
            units: Vec::new(),
            passed_over: 0,
            body: String::new(),
            notes: String::new(),
            told: HashMap::new(),
            created: [0; 5],
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            match first {
                b'{' => {
                    self.flush();
                    self.passed_over = 0;
                    if self.saved.len() < MOST_DEPTH {
                        self.saved.push(self.group.clone());
                    }
                }
                b'}' => self.close(),
                b'\\' => rest = self.control(after),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(*byte),
            }
        }
        self.flush();
    }

    fn close(&mut self) {
        self.flush();
        self.passed_over = 0;
        let was = self.group.destination;
        if let Some(group) = self.saved.pop() {
            self.group = group;
        }
        if was == Destination::Note && self.group.destination != was {
            self.notes.push('\n');
        }
        if was == Destination::Box && self.group.destination != was {
            self.body.push('\n');
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return;
        }
        if !self.units.is_empty() {
            self.flush();
        }
        self.bytes.push(byte);
    }

    /// Reads what follows a backslash, and gives what follows that.
    fn control<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let Some((first, after)) = rest.split_first() else { return rest };
        if !first.is_ascii_alphabetic() {
            return self.symbol(*first, after);
        }
        let end = rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let digits = after.iter().enumerate().take_while(|(at, b)| b.is_ascii_digit() || *at == 0 && **b == b'-').count();
        let (number, after) = after.split_at(digits);
        let number: Option<i32> = std::str::from_utf8(number).ok().and_then(|n| n.parse().ok());
        let after = after.strip_prefix(b" ").unwrap_or(after);
        let name = std::str::from_utf8(name).unwrap_or_default();
        if name == "bin" {
            let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            return after.get(length..).unwrap_or_default();
        }
        if self.passed_over > 0 && name != "u" {
            self.passed_over -= 1;
            return after;
        }
        self.word(name, number);
        after
    }

    fn symbol<'a>(&mut self, symbol: u8, after: &'a [u8]) -> &'a [u8] {
        match symbol {
            b'\'' => {
                let digits = after.get(..2).and_then(|d| std::str::from_utf8(d).ok());
                let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) else { return after };
                self.byte(byte);
                return after.get(2..).unwrap_or_default();
            }
            b'*' => self.group.destination = Destination::Unknown,
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.say(" "),
            b'_' => self.say("-"),
            b'\r' | b'\n' => self.say("\n"),
            _ => {}
        }
        after
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if name == "u" {
            if !self.bytes.is_empty() {
                self.flush();
            }
            self.units.push(number.unwrap_or_default() as u16);
            self.passed_over = self.group.fallback;
            return;
        }
        if let Some(sign) = sign(name) {
            return self.say(sign);
        }
        self.flush();
        if let Some(destination) = destination(name, self.group.destination) {
            self.group.destination = destination;
            return;
        }
        let number_or = |default: i32| number.unwrap_or(default);
        let is_on = number != Some(0);
        match name {
            "ansicpg" => {
                self.default_page = code_page(number_or(1252));
                self.group.page = self.default_page;
            }
            "mac" => self.group.page = encoding_rs::MACINTOSH,
            "uc" => self.group.fallback = u32::try_from(number_or(1)).unwrap_or(1).min(16),
            "f" if self.group.destination == Destination::Fonts => self.font = number_or(0),
            "f" => self.group.page = self.fonts.get(&number_or(0)).copied().unwrap_or(self.default_page),
            "fcharset" => drop(self.fonts.insert(self.font, page_of(number_or(0), self.default_page))),
            "cpg" if self.group.destination == Destination::Fonts => drop(self.fonts.insert(self.font, code_page(number_or(1252)))),
            "plain" => self.group.is_hidden = false,
            "v" | "deleted" => self.group.is_hidden = is_on,
            "yr" | "mo" | "dy" | "hr" | "min" if self.group.destination == Destination::Created => {
                let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|n| *n == name);
                if let Some(part) = at.and_then(|at| self.created.get_mut(at)) {
                    *part = number_or(0);
                }
            }
            _ => {}
        }
    }

    /// Letters that wait are said in their code page.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = self.group.page.decode_without_bom_handling(&bytes).0.into_owned();
            self.write(&text);
        }
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.write(&text);
        }
    }

    fn say(&mut self, sign: &str) {
        self.flush();
        self.write(sign);
    }

    fn write(&mut self, text: &str) {
        if self.group.is_hidden {
            return;
        }
        match self.group.destination {
            Destination::Body | Destination::Box => self.body.push_str(text),
            Destination::Note => self.notes.push_str(text),
            field @ (Destination::Title | Destination::Author) => self.told.entry(field).or_default().push_str(text),
            Destination::Fonts | Destination::Created | Destination::Unknown => {}
        }
    }

    /// A paragraph or a row of a table a line, notes after the text.
    fn text(&self) -> (String, Vec<Origin>) {
        let (mut text, mut origins) = (String::new(), Vec::new());
        for (number, line) in (1_u32..).zip(self.body.split('\n').chain(self.notes.split('\n'))) {
            let cells = line.split('\t').map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
            let line = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("\t");
            if line.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len() as u32;
            text.push_str(&line);
            origins.push(Origin { span: Span { start, end: text.len() as u32 }, at: At::Paragraph(number) });
        }
        (text, origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rtf: &str) -> String {
        let mut reader = Reader::new();
        reader.read(rtf.as_bytes());
        reader.text().0
    }

    #[test]
    fn letters_are_told_by_code_page_font_and_number() {
        assert_eq!(read(r"{\rtf1\ansi\ansicpg1256 \'db\'c7\'e6}"), "غاو");
        assert_eq!(read(r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset178 Arial;}}\f1\'db\'c7\'e6 {\f0\'e9t\'e9}}"), "غاو été");
        assert_eq!(read(r"{\rtf1\uc1\u1594?\u1575?\u1608?}"), "غاو");
        assert_eq!(read(r"{\rtf1\uc2\u1594\'db\'db\u1575??}"), "غا");
        assert_eq!(read(r"{\rtf1\uc0 \u-10179\u-8704 x}"), "\u{1F600}x");
        assert_eq!(read(r"{\rtf1 a\~b\emdash c\par d\tab e\cell f\row}"), "a b—c\nd e\tf");
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        assert_eq!(read(r"{\rtf1{\*\generator x;}{\stylesheet{\s1 head;}}{\header top}a{\v hidden}{\deleted gone}{\pict 0102}b}"), "ab");
        assert_eq!(read(r#"{\rtf1{\field{\*\fldinst HYPERLINK "x"}{\fldrslt Gao}}{\footnote note} end}"#), "Gao end\nnote");
        assert_eq!(read(r"{\rtf1{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt box\par}}{\shprslt box}} end}"), "box\nend");
        assert_eq!(read(r"{\rtf1 a\bin3 {}}b"), "ab");
    }

    #[test]
    fn broken_files_end_somewhere() {
        for broken in
            ["{\\rtf1", "{\\rtf1 a\\", "{\\rtf1 \\'", "{\\rtf1 \\'g", "}}}}", "{\\rtf1\\bin99999999999 a", "{\\rtf1\\u99999999999 a"]
        {
            read(broken);
        }
        read(&"{".repeat(100_000));
    }
}

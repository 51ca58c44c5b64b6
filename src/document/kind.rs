//! What a file is, by its first bytes; its name only tells apart what is text either way.

use serde::{Deserialize, Serialize};

use super::chat::is_whatsapp;
use super::decode::decode_start;

/// Enough of a file to know what it is: the mark of a tar archive stands at 257, a page may begin with long comments.
pub(super) const HEAD_BYTES: u64 = 8 * 1024;
/// Lines that are looked at for the form of a message, a table, a chat.
const LINES: usize = 12;
/// Headers that letters have and prose does not; two of them make a letter.
const LETTER_HEADERS: [&str; 12] = [
    "received:",
    "from:",
    "to:",
    "date:",
    "subject:",
    "message-id:",
    "mime-version:",
    "return-path:",
    "delivered-to:",
    "content-type:",
    "dkim-signature:",
    "x-mailer:",
];

/// Kinds of files that are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named by what they are")]
pub enum Kind {
    #[default]
    Text,
    Markdown,
    Html,
    Pdf,
    Docx,
    Odt,
    Rtf,
    Json,
    JsonLines,
    /// Comma, semicolon or tab separated rows.
    Csv,
    /// A workbook: XLSX, XLS, ODS.
    Workbook,
    /// RSS, Atom; JSON Feed is found in [`Kind::Json`].
    Feed,
    Letter,
    Mbox,
    Telegram,
    WhatsApp,
    Warc,
    Zip,
    Tar,
    Gzip,
}

/// What a file is that is none of the kinds that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// Its letters would have to be recognised.
    Picture,
    /// What it seems to be.
    Other(&'static str),
}

impl Kind {
    /// The word for it in records: `html`, `whats_app`.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// What a file is whose first bytes are `head`.
pub(super) fn of(name: &str, head: &[u8]) -> Result<Kind, Foreign> {
    if let Some((_, what)) = FOREIGN.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Err(*what);
    }
    by_mark(head).unwrap_or_else(|| decode_start(head).map_or(Ok(Kind::Text), |text| of_text(name, &text)))
}

const FOREIGN: [(&[u8], Foreign); 17] = [
    (b"\x89PNG", Foreign::Picture),
    (b"\xFF\xD8\xFF", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"II*\0", Foreign::Picture),
    (b"MM\0*", Foreign::Picture),
    (b"BM\x36", Foreign::Picture),
    (b"BZh", Foreign::Other("packed with bzip2")),
    (b"\xFD7zXZ\0", Foreign::Other("packed with xz")),
    (b"7z\xBC\xAF\x27\x1C", Foreign::Other("a 7z archive")),
    (b"Rar!\x1A\x07", Foreign::Other("a RAR archive")),
    (b"\x7FELF", Foreign::Other("a program")),
    (b"MZ\x90\0", Foreign::Other("a program")),
    (b"SQLite format 3\0", Foreign::Other("a database")),
    (b"PAR1", Foreign::Other("a Parquet file")),
    (b"ID3\x03", Foreign::Other("a sound")),
    (b"ID3\x04", Foreign::Other("a sound")),
    (b"OggS", Foreign::Other("a sound or film")),
];

/// Kinds that have a mark in their first bytes.
fn by_mark(head: &[u8]) -> Option<Result<Kind, Foreign>> {
    const MARKS: &[(&[u8], Kind)] = &[
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"\x1F\x8B", Kind::Gzip),
        (b"WARC/", Kind::Warc),
        (b"{\\rtf", Kind::Rtf),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Workbook),
    ];
    if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Some(Ok(*kind));
    }
    if head.get(..1024.min(head.len())).is_some_and(|h| memchr::memmem::find(h, b"%PDF-").is_some()) {
        return Some(Ok(Kind::Pdf));
    }
    match (head.get(257..262), head.get(4..8), head.get(8..12)) {
        (Some(b"ustar"), ..) => Some(Ok(Kind::Tar)),
        (_, Some(b"ftyp"), _) => Some(Err(Foreign::Other("a film or picture"))),
        (_, _, Some(b"WEBP")) => Some(Err(Foreign::Picture)),
        _ => None,
    }
}

fn of_text(name: &str, head: &str) -> Result<Kind, Foreign> {
    let start = head.trim_start_matches('\u{FEFF}').trim_start();
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    if start.starts_with('<') {
        return of_markup(start, &ending);
    }
    if matches!(ending.as_str(), "jsonl" | "ndjson") {
        return Ok(Kind::JsonLines);
    }
    if start.starts_with(['{', '[']) && (ending == "json" || looks_like_json(start)) {
        return Ok(if ending != "json" && are_json_lines(start) { Kind::JsonLines } else { Kind::Json });
    }
    if start.starts_with("From ") && is_letter(start.lines().skip(1)) {
        return Ok(Kind::Mbox);
    }
    if is_whatsapp(start) {
        return Ok(Kind::WhatsApp);
    }
    if is_letter(start.lines()) {
        return Ok(Kind::Letter);
    }
    if super::table::is_table(head) {
        return Ok(Kind::Csv);
    }
    Ok(match ending.as_str() {
        "md" | "markdown" => Kind::Markdown,
        "csv" | "tsv" | "tab" => Kind::Csv,
        "html" | "htm" | "xhtml" | "mhtml" => Kind::Html,
        _ => Kind::Text,
    })
}

/// A page, a feed, or markup that is neither.
fn of_markup(start: &str, ending: &str) -> Result<Kind, Foreign> {
    let lower: String = start.to_ascii_lowercase();
    let has = |tag: &str| lower.split(tag).skip(1).any(|after| after.starts_with(|c: char| !c.is_alphanumeric()));
    if lower.starts_with("<!doctype html") || has("<html") || has("<head") || has("<body") || has("<article") {
        return Ok(Kind::Html);
    }
    if has("<rss") || has("<feed") || has("<rdf:rdf") {
        return Ok(Kind::Feed);
    }
    let is_page = matches!(ending, "html" | "htm") || ["<p", "<div", "<h1", "<meta", "<title"].iter().any(|tag| has(tag));
    if is_page { Ok(Kind::Html) } else { Err(Foreign::Other("XML that is neither a page nor a feed")) }
}

fn looks_like_json(start: &str) -> bool {
    let mut inner = start.chars().skip(1).filter(|c| !c.is_whitespace());
    match (start.starts_with('{'), inner.next()) {
        (true, Some(first)) => first == '"' || first == '}',
        (false, Some(first)) => first == '{' || first == ']',
        _ => false,
    }
}

/// One object a line: the first line is whole, and what follows it is none of the same object.
fn are_json_lines(start: &str) -> bool {
    let mut lines = start.lines();
    let first = lines.next().unwrap_or_default();
    start.starts_with('{') && (serde_json::from_str::<serde_json::Value>(first).is_ok_and(|v| v.is_object()) || first.len() == start.len())
}

fn is_letter<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let heads = lines.take(LINES).map(str::to_ascii_lowercase).take_while(|line| !line.is_empty());
    let mut found: Vec<usize> = heads.filter_map(|line| LETTER_HEADERS.iter().position(|h| line.starts_with(h))).collect();
    found.sort_unstable();
    found.dedup();
    found.len() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_kind_and_the_name_only_what_it_leaves_open() {
        let cases: [(&str, &[u8], Result<Kind, Foreign>); 22] = [
            ("a.txt", "قتل ثلاثة".as_bytes(), Ok(Kind::Text)),
            ("a.md", b"# Gao", Ok(Kind::Markdown)),
            ("a.txt", b"<!DOCTYPE html><p>Gao", Ok(Kind::Html)),
            ("a.txt", b"\xEF\xBB\xBF\n<!-- saved --><html lang=ar>", Ok(Kind::Html)),
            ("a.xml", b"<?xml version='1.0'?><rss version='2.0'>", Ok(Kind::Feed)),
            ("a", b"<?xml version='1.0'?><kml>", Err(Foreign::Other("XML that is neither a page nor a feed"))),
            ("a.doc", b"{\\rtf1\\ansi", Ok(Kind::Rtf)),
            ("a.pdf", b"\n%PDF-1.4", Ok(Kind::Pdf)),
            ("a.txt", b"%PDF-1.7", Ok(Kind::Pdf)),
            ("a", b"{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"c\",\"text\":\"d\"}\n", Ok(Kind::JsonLines)),
            ("a.json", b"{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"c\",\"text\":\"d\"}\n", Ok(Kind::Json)),
            ("a", b"[{\"id\":\"a\"", Ok(Kind::Json)),
            ("a.txt", b"[AFP] Gao", Ok(Kind::Text)),
            ("a.txt", b"{AFP} Gao", Ok(Kind::Text)),
            ("a", b"From gao@example.org Tue Sep  6\nFrom: a\nTo: b\nSubject: c\n", Ok(Kind::Mbox)),
            ("a.txt", b"Return-Path: <a>\nDate: Tue\nSubject: Gao\n\nText", Ok(Kind::Letter)),
            ("a.txt", b"From: the north\nDate: unknown\n\nText", Ok(Kind::Text)),
            ("a.docx", b"PK\x03\x04\x14", Ok(Kind::Zip)),
            ("a.txt", b"\x89PNG\r\n", Err(Foreign::Picture)),
            ("a.csv", b"text;date\n", Ok(Kind::Csv)),
            ("a.txt", b"06/09/2022, 10:15 - Ahmed: Gao\n06/09/2022, 10:16 - Ahmed: Gao\n06/09/2022, 10:17 - A: B\n", Ok(Kind::WhatsApp)),
            ("a.txt", b"06/09/2022, 10:15 - Attaque a Gao.\nTrois morts.\n", Ok(Kind::Text)),
        ];
        for (name, head, kind) in cases {
            assert_eq!(of(name, head), kind, "{name}: {}", String::from_utf8_lossy(head));
        }
        let sixteen: Vec<u8> = "<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(of("a", &sixteen), Ok(Kind::Html));
    }
}

//! What a PDF says of itself: the information dictionary, then XMP.

use lopdf::{Document as Pdf, Object};

use crate::document::said::{said, title};
use crate::document::xml::{self, Node};
use crate::document::{Basis, Published, decode, published};

/// A packet of XMP is some kilobytes.
const XMP_BYTES: usize = 1 << 20;
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) lang: Option<String>,
}

pub(super) fn of(pdf: &Pdf) -> Facts {
    let info = pdf.trailer.get_deref(b"Info", pdf).and_then(Object::as_dict).ok();
    let told = |key: &[u8]| info.and_then(|i| i.get_deref(key, pdf).ok()).and_then(text_of).and_then(|t| said(&t));
    let catalog = pdf.catalog().ok();
    let metadata = catalog.and_then(|c| c.get_deref(b"Metadata", pdf).ok()).and_then(|m| m.as_stream().ok());
    let xmp = metadata.and_then(|s| s.get_plain_content_with_limit(XMP_BYTES).ok()).map(|bytes| xmp(&bytes)).unwrap_or_default();
    let lang = catalog.and_then(|c| c.get_deref(b"Lang", pdf).ok()).and_then(text_of).and_then(|t| said(&t));
    Facts {
        title: told(b"Title").and_then(|t| title(&t)).or(xmp.title.and_then(|t| title(&t))),
        author: told(b"Author").or(xmp.author),
        published: told(b"CreationDate").and_then(|d| published(&iso(&d), Basis::File)).or(xmp.published),
        lang: lang.or(xmp.lang),
    }
}

/// UTF-16 in either order, UTF-8 or the encoding of PDF; programs of Arabic Windows write windows-1256 all the same.
fn text_of(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    let is_marked = bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"\xEF\xBB\xBF");
    if !is_marked && (std::str::from_utf8(bytes).is_ok() || bytes.starts_with(b"\xFF\xFE")) {
        return decode(bytes).ok();
    }
    let high = bytes.iter().filter(|b| **b >= 0xC0).count();
    if !is_marked && high * 2 > bytes.iter().filter(|b| !b.is_ascii_whitespace()).count() {
        return decode(bytes).ok();
    }
    lopdf::decode_text_string(object).ok()
}

/// `D:20220906101500+02'00'` → `2022-09-06T10:15:00+02:00`
fn iso(date: &str) -> String {
    let date = date.trim_start_matches("D:");
    let digits: String = date.chars().take_while(char::is_ascii_digit).collect();
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let (Some(year), month, day) = (part(0..4), part(4..6).unwrap_or("01"), part(6..8)) else { return date.to_owned() };
    // A date without its day is none.
    let Some(day) = day else { return String::new() };
    let (Some(hour), Some(minute)) = (part(8..10), part(10..12)) else { return format!("{year}-{month}-{day}") };
    let second = part(12..14).unwrap_or("00");
    let zone: String = date.get(digits.len()..).unwrap_or_default().chars().filter(|c| "+-Z0123456789".contains(*c)).collect();
    let zone = match (zone.get(..3), zone.get(3..5)) {
        (Some(hours), minutes) if !hours.starts_with('Z') => format!("{hours}:{}", minutes.unwrap_or("00")),
        _ if zone.starts_with('Z') => "Z".to_owned(),
        _ => String::new(),
    };
    format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")
}

/// `dc:title`, `dc:creator`, `dc:date` or `xmp:CreateDate`, `dc:language`; the first item of each list.
fn xmp(bytes: &[u8]) -> Facts {
    let mut facts = Facts::default();
    let mut within = String::new();
    let Ok(packet) = decode(bytes) else { return facts };
    // What stands before a fault is as good as the rest.
    let _ = xml::walk(&packet, &mut |node| match node {
        Node::Start(element) => {
            if !matches!(element.full_name(), "rdf:li" | "rdf:Alt" | "rdf:Bag" | "rdf:Seq") {
                element.full_name().clone_into(&mut within);
            }
            if let Some(day) = element.attribute("CreateDate") {
                facts.published = facts.published.take().or_else(|| published(&day, Basis::File));
            }
        }
        Node::End(_) => {}
        Node::Text(words) => {
            let Some(words) = said(words) else { return };
            match within.as_str() {
                "dc:title" => facts.title = facts.title.take().or(Some(words)),
                "dc:creator" => facts.author = facts.author.take().or(Some(words)),
                "dc:language" => facts.lang = facts.lang.take().or(Some(words)),
                "dc:date" | "xmp:CreateDate" => facts.published = facts.published.take().or_else(|| published(&words, Basis::File)),
                _ => {}
            }
        }
    });
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pdf_become_those_of_everybody() {
        for (written, meant) in [
            ("D:20220906101500+02'00'", "2022-09-06T10:15:00+02:00"),
            ("D:20220906101500Z00'00'", "2022-09-06T10:15:00Z"),
            ("D:20220906101500", "2022-09-06T10:15:00"),
            ("20220906", "2022-09-06"),
            ("D:2022", ""),
            ("Tue Sep 6", "Tue Sep 6"),
        ] {
            assert_eq!(iso(written), meant, "{written}");
        }
    }

    #[test]
    fn xmp_tells_title_day_and_language() {
        let facts = xmp("<x:xmpmeta><rdf:Description xmp:CreateDate='2022-09-07T08:00:00Z'><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>\
             نشرة</rdf:li></rdf:Alt></dc:title><dc:date><rdf:Seq><rdf:li>2022-09-06</rdf:li></rdf:Seq></dc:date></rdf:Description></x:xmpmeta>"
            .as_bytes());
        assert_eq!((facts.title.as_deref(), facts.published.map(|p| p.at)), (Some("نشرة"), Some("2022-09-07T08:00:00Z".to_owned())));
    }
}

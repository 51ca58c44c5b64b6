//! Fonts: what their codes mean and how wide their signs are.

use std::collections::HashMap;

use lopdf::{Dictionary, Document as Pdf, Object, dictionary};

use super::cmap::CMap;

/// Widths are told in thousandths of the size of the font.
const UNITS: f32 = 1000.0;
/// Width of a sign that the file does not tell: those of the fonts that every reader has.
const USUAL_WIDTH: f32 = 0.5;
const NARROW_WIDTH: f32 = 0.28;
const WIDE_WIDTH: f32 = 0.69;

/// Ranges of widths that are read: one names at most 65,536 signs.
const MOST_RANGES: u32 = 4096;

/// What is needed of a font to read it.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Codes have two bytes.
    is_wide: bool,
    to_unicode: Option<CMap>,
    /// Letters of single-byte codes by the font's encoding.
    letters: HashMap<u32, String>,
    /// Widths in the size of the font.
    widths: HashMap<u32, f32>,
    default_width: Option<f32>,
}

impl Font {
    pub(super) fn new(pdf: &Pdf, font: &Dictionary, limit: usize) -> Font {
        let stream = font.get_deref(b"ToUnicode", pdf).and_then(Object::as_stream).ok();
        let to_unicode = stream.and_then(|s| s.get_plain_content_with_limit(limit).ok()).map(|bytes| CMap::parse(&bytes));
        match font.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Type0") => Font { is_wide: true, to_unicode, ..composite_widths(pdf, font) },
            subtype => {
                let scale = if subtype.is_ok_and(|s| s == b"Type3") { type3_scale(pdf, font) } else { 1.0 / UNITS };
                Font { is_wide: false, to_unicode, letters: letters(pdf, font), ..simple_widths(pdf, font, scale) }
            }
        }
    }

    /// The codes of a string that is shown.
    pub(super) fn codes(&self, bytes: &[u8]) -> impl Iterator<Item = u32> {
        bytes.chunks(if self.is_wide { 2 } else { 1 }).map(|code| code.iter().fold(0, |n, b| n << 8 | u32::from(*b)))
    }

    /// Whether a code is the space that word spacing widens.
    pub(super) fn is_word_space(&self, code: u32) -> bool {
        !self.is_wide && code == 32
    }

    /// The letters of a code; none when the file does not tell.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let told = self.to_unicode.as_ref().and_then(|map| map.get(code)).filter(|t| !t.chars().all(|c| c == '\0' || c == '\u{FFFD}'));
        told.or_else(|| self.letters.get(&code).cloned())
    }

    /// The width of a sign in the size of the font.
    pub(super) fn width(&self, code: u32) -> f32 {
        let told = self.widths.get(&code).copied().or(self.default_width);
        told.unwrap_or_else(|| match self.letters.get(&code).and_then(|t| t.chars().next()) {
            Some(' ' | '.' | ',' | ';' | ':' | '!' | '\'' | 'i' | 'j' | 'l' | 'f' | 't' | 'I') => NARROW_WIDTH,
            Some(c) if c.is_uppercase() || matches!(c, 'm' | 'w') => WIDE_WIDTH,
            _ => USUAL_WIDTH,
        })
    }
}

/// `[first [w w w] first last w …]`
fn composite_widths(pdf: &Pdf, font: &Dictionary) -> Font {
    let descendants = font.get_deref(b"DescendantFonts", pdf).and_then(Object::as_array).ok();
    let descendant = descendants.and_then(|list| list.first()).and_then(|f| pdf.dereference(f).ok()).and_then(|(_, f)| f.as_dict().ok());
    let Some(descendant) = descendant else { return Font { default_width: Some(1.0), ..Font::default() } };
    let default = descendant.get_deref(b"DW", pdf).and_then(Object::as_float).map_or(1.0, |w| w / UNITS);
    let mut widths = HashMap::new();
    let list = descendant.get_deref(b"W", pdf).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut told = list.iter().filter_map(|o| pdf.dereference(o).ok().map(|(_, o)| o));
    let mut ranges = 0;
    while let Some(first) = told.next().and_then(code_of).filter(|_| ranges < MOST_RANGES) {
        match told.next() {
            Some(Object::Array(each)) => {
                let each = each.iter().filter_map(|w| w.as_float().ok());
                widths.extend((first..).zip(each).map(|(code, w)| (code, w / UNITS)));
            }
            Some(end) => {
                let (Some(until), Some(Ok(width))) = (code_of(end), told.next().map(Object::as_float)) else { break };
                widths.extend((first..=until.min(0xFFFF)).map(|code| (code, width / UNITS)));
                ranges += 1;
            }
            None => break,
        }
    }
    Font { widths, default_width: Some(default), ..Font::default() }
}

fn code_of(object: &Object) -> Option<u32> {
    object.as_float().ok().filter(|n| (0.0..65_536.0).contains(n)).map(|n| n as u32)
}

fn simple_widths(pdf: &Pdf, font: &Dictionary, scale: f32) -> Font {
    let first = font.get_deref(b"FirstChar", pdf).ok().and_then(code_of).unwrap_or(0);
    let list = font.get_deref(b"Widths", pdf).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let told = list.iter().map(|w| pdf.dereference(w).ok().and_then(|(_, w)| w.as_float().ok()));
    let widths: HashMap<u32, f32> = (first..).zip(told).filter_map(|(code, w)| Some((code, w? * scale))).collect();
    let descriptor = font.get_deref(b"FontDescriptor", pdf).and_then(Object::as_dict);
    let missing = descriptor.and_then(|d| d.get_deref(b"MissingWidth", pdf)).and_then(Object::as_float).ok();
    let default_width = if widths.is_empty() { None } else { missing.map(|w| w * scale) };
    Font { widths, default_width, ..Font::default() }
}

fn type3_scale(pdf: &Pdf, font: &Dictionary) -> f32 {
    let matrix = font.get_deref(b"FontMatrix", pdf).and_then(Object::as_array).ok();
    matrix.and_then(|m| m.first()).and_then(|n| n.as_float().ok()).map_or(1.0 / UNITS, f32::abs)
}

/// Letters by the encoding, and the names of signs that it gives instead.
fn letters(pdf: &Pdf, font: &Dictionary) -> HashMap<u32, String> {
    let encoding = font.get_deref(b"Encoding", pdf).ok();
    let dictionary = encoding.and_then(|e| e.as_dict().ok());
    let base = dictionary.and_then(|d| d.get(b"BaseEncoding").and_then(Object::as_name).ok());
    let base = base.or_else(|| encoding.and_then(|e| e.as_name().ok())).unwrap_or(b"StandardEncoding");
    let table = dictionary! { "Type" => "Font", "Encoding" => Object::Name(base.to_vec()) };
    let mut letters = HashMap::new();
    if let Ok(table) = table.get_font_encoding(pdf) {
        let read = |code: u8| table.bytes_to_string(&[code]).ok().filter(|t| !t.is_empty());
        letters.extend((0..=u8::MAX).filter_map(|code| Some((u32::from(code), read(code)?))));
    }
    let differences = dictionary.and_then(|d| d.get_deref(b"Differences", pdf).ok()).and_then(|d| d.as_array().ok());
    let mut code = 0_u32;
    for entry in differences.map(Vec::as_slice).unwrap_or_default() {
        match entry {
            Object::Integer(at) => code = u32::try_from(*at).unwrap_or_default(),
            Object::Name(name) => {
                match named(pdf, name) {
                    Some(text) => letters.insert(code, text),
                    None => letters.remove(&code),
                };
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

/// The letter of a sign's name: `eacute`, `afii57415`, `uni0627`, `u1F600`, `alef.fina`.
fn named(pdf: &Pdf, name: &[u8]) -> Option<String> {
    let whole = std::str::from_utf8(name).ok()?;
    let stem = whole.split('.').next().filter(|s| !s.is_empty())?;
    let of_code = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    if let Some(digits) = stem.strip_prefix("uni").filter(|d| d.len() >= 4 && d.len() % 4 == 0 && d.is_ascii()) {
        let units = digits.as_bytes().chunks(4).map(|d| u16::from_str_radix(std::str::from_utf8(d).ok()?, 16).ok());
        return Some(String::from_utf16_lossy(&units.collect::<Option<Vec<u16>>>()?));
    }
    if let Some(text) = stem.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())).and_then(of_code) {
        return Some(text);
    }
    let one = |name: &str| {
        let encoding = dictionary! { "Differences" => vec![Object::Integer(0), Object::Name(name.as_bytes().to_vec())] };
        let font = dictionary! { "Type" => "Font", "Encoding" => encoding };
        // An unknown name falls back to a table that has nothing at 0.
        font.get_font_encoding(pdf).ok()?.bytes_to_string(&[0]).ok().filter(|t| !t.is_empty())
    };
    let parts: Vec<String> = stem.split('_').map(one).collect::<Option<_>>()?;
    Some(parts.concat())
}

//! Bytes → text: UTF-8, UTF-16, windows-1256, windows-1252; what is none of them is refused.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// UTF-8 with fewer than one bad byte in so many multi-byte characters is damaged UTF-8, not another encoding.
const DAMAGE: usize = 20;
/// Share of UTF-16 units whose high byte must be one of [`HIGH_BYTES`].
const UTF_16_SHARE: f64 = 0.9;
/// High bytes of the letters of our scripts and their signs: Latin, Arabic, general punctuation, presentation forms.
const HIGH_BYTES: [u8; 6] = [0x00, 0x01, 0x06, 0x20, 0xFB, 0xFE];
/// Share of bytes above 127 among the letters above which unknown bytes are Arabic: Arabic prose has nearly all, French one in 25.
const ARABIC_SHARE: f64 = 0.4;

/// The text of a file without its byte order mark.
///
/// # Errors
/// A sentence when the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decoded(encoding, bytes.get(mark..).unwrap_or_default()));
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return Ok(decoded(encoding, bytes));
    }
    if bytes.contains(&0) || is_control_heavy(bytes) {
        return Err("is binary, expected text".to_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) if is_damaged_utf_8(bytes) => Ok(decoded(UTF_8, bytes)),
        Err(_) => Ok(decoded(eight_bit(bytes), bytes)),
    }
}

/// The text that a file begins with, from its first bytes; a character that these cut is dropped.
pub(super) fn decode_start(head: &[u8]) -> Option<String> {
    let even = head.get(..head.len() & !1).unwrap_or_default();
    let utf_8 = || Some(String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head)).into_owned());
    match decode(even) {
        Ok(text) if Encoding::for_bom(head).is_some_and(|(e, _)| e != UTF_8) || head.contains(&0) => Some(text),
        Ok(_) => utf_8(),
        Err(_) => None,
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without a mark is told by its zero bytes (spaces at least), which stand on one side alone.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() || units.is_empty() || !bytes.contains(&0) {
        return None;
    }
    let share = |side: usize| units.iter().filter(|u| HIGH_BYTES.contains(&u[side])).count() as f64 / units.len() as f64;
    let zeros = |side: usize| units.iter().any(|u| u[side] == 0);
    match (zeros(0), zeros(1)) {
        (false, true) if share(1) >= UTF_16_SHARE => Some(UTF_16LE),
        (true, false) if share(0) >= UTF_16_SHARE => Some(UTF_16BE),
        _ => None,
    }
}

fn is_control_heavy(bytes: &[u8]) -> bool {
    let control = bytes.iter().filter(|b| matches!(b, 0x01..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    control * 50 > bytes.len()
}

fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut wide, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * DAMAGE <= wide
}

fn eight_bit(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let guessed = detector.guess(None, false);
    if guessed == WINDOWS_1256 || guessed == WINDOWS_1252 || guessed == ISO_8859_6 {
        return guessed;
    }
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let letters = high + bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    if high as f64 > ARABIC_SHARE * letters as f64 { WINDOWS_1256 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "قُتل ثلاثة جنود في هجوم قرب مدينة غاو، وأصيب آخرون.";
    const FRENCH: &str = "Trois soldats ont été tués près de Gao, à l’aube.";

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        for text in [ARABIC, FRENCH, "Gao"] {
            assert_eq!(decode(text.as_bytes()).unwrap(), text);
            assert_eq!(decode(format!("\u{FEFF}{text}").as_bytes()).unwrap(), text);
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(decode(&utf_16(&format!("\u{FEFF}{text}"), order)).unwrap(), text);
                assert_eq!(decode(&utf_16(text, order)).unwrap(), text);
            }
        }
        assert_eq!(decode(&WINDOWS_1256.encode(ARABIC).0).unwrap(), ARABIC);
        assert_eq!(decode(&WINDOWS_1252.encode(FRENCH).0).unwrap(), FRENCH);
    }

    #[test]
    fn binary_files_are_refused_and_damaged_ones_are_read() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01").is_err());
        let mut torn = ARABIC.as_bytes().to_vec();
        torn.push(0xD9);
        assert!(decode(&torn).unwrap().starts_with(ARABIC));
    }
}

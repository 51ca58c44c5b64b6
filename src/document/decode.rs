//! Bytes → text: UTF-8, UTF-16, windows-1256, windows-1252; what is none of them is refused.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// UTF-8 with fewer than one bad byte in so many multi-byte characters is damaged UTF-8, not another encoding.
const DAMAGE: usize = 20;
/// Share of UTF-16 units whose high byte must be one of [`HIGH_BYTES`].
const UTF_16_SHARE: f64 = 0.9;
/// High bytes of the letters of our scripts and their signs: Latin, Arabic, general punctuation, presentation forms.
const HIGH_BYTES: [u8; 6] = [0x00, 0x01, 0x06, 0x20, 0xFB, 0xFE];
/// Share of the bytes above 127 that stand beside another one above which eight-bit text is of another script than Latin: in Arabic
/// nearly all do, in French one in 20. Markup around it changes nothing.
const TOGETHER_SHARE: f64 = 0.5;

/// The text of a file without its byte order mark.
///
/// # Errors
/// A sentence when the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    decode_declared(bytes, None)
}

/// As [`decode`], of a file that names an encoding: it is believed where the bytes leave it open.
pub(super) fn decode_declared(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, String> {
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
        Err(_) => Ok(decoded(eight_bit(bytes, declared), bytes)),
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

fn eight_bit(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let guessed = detector.guess(None, false);
    let is_arabic = |encoding: &'static Encoding| encoding == WINDOWS_1256 || encoding == ISO_8859_6;
    let are_together = stand_together(bytes);
    // A page in Arabic that calls itself Latin, and the other way round.
    if let Some(declared) = declared.filter(|d| *d != UTF_8 && *d != UTF_16LE && *d != UTF_16BE) {
        let is_whole = declared.decode_without_bom_handling_and_without_replacement(bytes).is_some();
        let is_latin = declared.decode_without_bom_handling(b"\xE1\xE9\xF3").0.chars().all(|c| c < '\u{250}');
        if is_whole && is_latin != are_together && !(is_arabic(guessed) && are_together && !is_arabic(declared)) {
            return declared;
        }
    }
    match guessed {
        guessed if is_arabic(guessed) && are_together => guessed,
        _ if are_together => WINDOWS_1256,
        _ => WINDOWS_1252,
    }
}

/// Whether the letters that are not ASCII come in words, as those of other scripts do.
fn stand_together(bytes: &[u8]) -> bool {
    let is_high = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| *b >= 0x80);
    let high = (0..bytes.len()).filter(|at| is_high(Some(*at)));
    let (all, together) =
        high.fold((0, 0), |(all, together), at| (all + 1, together + usize::from(is_high(at.checked_sub(1)) || is_high(Some(at + 1)))));
    together as f64 > TOGETHER_SHARE * f64::from(all)
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
        let (arabic, french) = (WINDOWS_1256.encode(ARABIC).0, WINDOWS_1252.encode(FRENCH).0);
        for wrong in [None, Some(UTF_8), Some(WINDOWS_1252), Some(WINDOWS_1256)] {
            assert_eq!(decode_declared(&arabic, wrong).unwrap(), ARABIC, "{wrong:?}");
            assert_eq!(decode_declared(&french, wrong).unwrap(), FRENCH, "{wrong:?}");
            assert_eq!(decode_declared(ARABIC.as_bytes(), wrong).unwrap(), ARABIC, "{wrong:?}");
        }
        let turkish = "Üç asker İdlib'de şehit oldu, dört kişi yaralandı.";
        let (bytes, ..) = encoding_rs::WINDOWS_1254.encode(turkish);
        assert_eq!(decode_declared(&bytes, Some(encoding_rs::WINDOWS_1254)).unwrap(), turkish);
    }

    #[test]
    fn binary_files_are_refused_and_damaged_ones_are_read() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01").is_err());
        let mut torn = ARABIC.as_bytes().to_vec();
        torn.push(0xD9);
        assert!(decode(&torn).unwrap().starts_with(ARABIC));
    }
}

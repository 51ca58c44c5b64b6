//! PDF: signs with their places on the page, put back into lines, columns and paragraphs.
//!
//! A PDF says where each sign is drawn, not what is read after what. The order here is that of the eye: columns from the side on which
//! the script begins, lines from the top, letters from right to left where they are Arabic, however the file stores them.

mod cmap;
mod columns;
mod direction;
mod facts;
mod font;
mod head;
mod page;
mod paragraph;
mod row;

use lopdf::{Document as Pdf, LoadOptions};

use super::{Document, Each, File, Found, Kind, Why};
use direction::Order;
use page::{Budget, Fonts, Page};
use row::Line;

/// Signs that a file may have: a book of a thousand pages has three million.
const MOST_GLYPHS: usize = 8_000_000;
/// Operators that are followed; drawings of maps have millions.
const MOST_OPERATORS: usize = 40_000_000;
/// What all pages together unpack to, in sizes of the largest document.
const UNPACKED: usize = 4;
/// Share of signs whose letter the file does not tell, above which the text is no text.
const MOST_UNTOLD: f32 = 0.5;
/// A page with fewer letters than this on average, and pictures, is a scan with a stamp on it.
const SCAN_LETTERS: usize = 12;

/// The one document of a PDF.
pub(super) fn documents(file: File, each: Each) -> bool {
    // The library has few panics left, but it reads what anybody may have written.
    let found = std::panic::catch_unwind(|| read(file));
    each(found.unwrap_or_else(|_| Err(file.refused(Why::Damaged, "is a damaged PDF, expected pages"))))
}

fn read(file: File) -> Found {
    let limit = usize::try_from(file.options.limits.file_bytes).unwrap_or(usize::MAX);
    let load = |bytes: &[u8]| Pdf::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(limit));
    let pdf = load(file.bytes).or_else(|e| with_end(file.bytes).ok_or(e).and_then(|whole| load(&whole)));
    let pdf = pdf.map_err(|e| match e {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => locked(file),
        e => file.refused(Why::Damaged, format!("{e}, expected a PDF")),
    })?;
    if pdf.is_encrypted() && !pdf.was_encrypted() {
        return Err(locked(file));
    }
    let unpacked = limit.saturating_mul(UNPACKED);
    let mut budget = Budget { glyphs: MOST_GLYPHS, operators: MOST_OPERATORS, bytes: limit, unpacked };
    let mut fonts = Fonts::new();
    let pages: Vec<Page> = pdf.page_iter().map(|id| page::read(&pdf, id, &mut budget, &mut fonts)).collect();
    if pages.is_empty() {
        return Err(file.refused(Why::Damaged, "has no pages that can be found, expected a PDF"));
    }
    if budget.is_spent() {
        return Err(file.refused(Why::TooLarge, "unpacks to more signs and drawings than are read"));
    }
    refuse_untold(file, &pages)?;
    let (text, origins) = paragraph::text(&in_order(pages));
    if text.is_empty() {
        return Err(file.refused(Why::Empty, "has pages without any text"));
    }
    let facts = facts::of(&pdf);
    Ok(Document {
        text,
        title: facts.title,
        author: facts.author,
        published: facts.published,
        lang: facts.lang,
        kind: Kind::Pdf,
        origins,
        ..Document::default()
    })
}

/// A file whose end was cut off, with one that names its catalogue; the library finds the rest.
fn with_end(bytes: &[u8]) -> Option<Vec<u8>> {
    let catalogue = memchr::memmem::rfind(bytes, b"/Catalog")?;
    let before = bytes.get(..catalogue)?;
    let object = before.get(..memchr::memmem::rfind(before, b" obj")?)?;
    let from = object.iter().rposition(|b| !(b.is_ascii_digit() || *b == b' ')).map_or(0, |at| at + 1);
    let id = std::str::from_utf8(object.get(from..)?).ok()?.trim();
    let end = format!("\ntrailer\n<< /Root {id} R >>\nstartxref\n0\n%%EOF\n");
    Some([bytes, end.as_bytes()].concat())
}

fn locked(file: File) -> super::Refused {
    file.refused(Why::Locked, "is locked with a password, expected one that opens without")
}

/// Scans, and texts in signs whose letters the file keeps to itself.
fn refuse_untold(file: File, pages: &[Page]) -> Result<(), super::Refused> {
    let letters: usize = pages.iter().map(|p| p.glyphs.iter().filter(|g| !g.is_space()).count()).sum();
    let untold: usize = pages.iter().map(|p| p.untold).sum();
    let pictures: usize = pages.iter().map(|p| p.pictures).sum();
    if untold as f32 > MOST_UNTOLD * (letters + untold) as f32 {
        let reason = "does not say which letters its signs are (fonts without a Unicode table), expected text that can be copied";
        return Err(file.refused(Why::Scan, reason));
    }
    if pictures > 0 && letters < SCAN_LETTERS * pages.len() {
        let reason = format!("is a scan ({} pages of pictures without text): letters in pictures are not recognised here", pages.len());
        return Err(file.refused(Why::Scan, reason));
    }
    Ok(())
}

/// The blocks of each page in the order of reading: a block is a stretch of a column, as lines.
fn in_order(pages: Vec<Page>) -> Vec<Vec<Vec<Line>>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut is_right_first = Vec::new();
    for page in pages {
        is_right_first.push(direction::is_arabic(&page.glyphs));
        rows.push(row::lines(page.glyphs));
    }
    head::drop_running(&mut rows);
    let order = Order::of(&rows);
    let ordered = rows.into_iter().zip(is_right_first);
    ordered.map(|(lines, right_first)| columns::blocks(lines, right_first, order)).collect()
}

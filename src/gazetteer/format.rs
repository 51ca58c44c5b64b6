//! The frame of a compiled table: a header with a directory of tagged sections, the sections, a trailer.
//!
//! Little endian. `dalilgz` and the [`VERSION`], the number of sections, an entry of 32 bytes each (tag, offset, length, checksum), the checksum of
//! all that; then the sections, each at a multiple of eight; last `dalilend`, the length of the file and the checksum of all
//! before the trailer. The trailer is written last, so a file without it is half a file.

use std::io::{self, Write};
use std::ops::Range;

/// First bytes of every table of every version.
pub const MAGIC: [u8; 7] = *b"dalilgz";
/// The byte after [`MAGIC`]. Tables of other versions are built again.
pub const VERSION: u8 = b'4';
/// First bytes of the trailer.
const END: [u8; 8] = *b"dalilend";
/// Trailer: [`END`], length of the file, checksum.
const TRAILER_BYTES: usize = 24;
/// Magic, version and number of sections.
const PREFIX_BYTES: usize = 16;
/// One directory entry: tag, offset, length, checksum.
const ENTRY_BYTES: usize = 32;
/// More sections than any version has: a larger number is damage.
const MAX_SECTIONS: u64 = 1_000;
/// Sections begin at multiples of this, so that checksums run over whole words.
const ALIGN: usize = 8;

/// Name of a section, padded with zeros.
pub type Tag = [u8; 8];

/// The tag of a name of at most eight letters; longer ones are cut.
pub fn tag(name: &str) -> Tag {
    let mut tag = Tag::default();
    tag.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
    tag
}

/// A section as the directory lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub tag: Tag,
    /// Where it lies in the file.
    pub range: Range<usize>,
    /// Checksum of its bytes.
    pub checksum: u64,
}

/// What is wrong with a file: what stood there, what should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What stood there.
    pub found: String,
    /// What should.
    pub expected: &'static str,
}

const WHOLE: &str = "a whole file; build it again";

fn damage(found: impl Into<String>, expected: &'static str) -> Damage {
    Damage { found: found.into(), expected }
}

/// The directory of a file, and the checksum that its trailer gives. Reads header and trailer only.
///
/// # Errors
/// [`Damage`] for foreign files, other versions, damaged headers, and files that end too early or too late.
pub fn directory(bytes: &[u8]) -> Result<(Vec<Entry>, u64), Damage> {
    if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
        return Err(damage("other first bytes", "a table made by «dalil gazetteer build»"));
    }
    match bytes.get(MAGIC.len()) {
        Some(&VERSION) => {}
        Some(other) => return Err(damage(format!("version {}", other.escape_ascii()), "version 4; build it again")),
        None => return Err(damage("seven bytes", WHOLE)),
    }
    let count = word(bytes, 8).ok_or_else(|| damage(format!("{} bytes", bytes.len()), WHOLE))?;
    if count > MAX_SECTIONS {
        return Err(damage(format!("{count} sections"), "a header as it was written; build it again"));
    }
    let end = PREFIX_BYTES + count as usize * ENTRY_BYTES;
    let header = bytes.get(..end).ok_or_else(|| damage("a cut header", WHOLE))?;
    if word(bytes, end) != Some(checksum(header)) {
        return Err(damage("a wrong checksum of the header", "a header as it was written; build it again"));
    }
    let body = bytes.len().checked_sub(TRAILER_BYTES).filter(|at| bytes.get(*at..*at + END.len()) == Some(&END));
    let Some(body) = body else { return Err(damage(format!("no end after {} bytes", bytes.len()), WHOLE)) };
    let (length, sum) = (word(bytes, body + 8).unwrap_or_default(), word(bytes, body + 16).unwrap_or_default());
    if length != bytes.len() as u64 {
        return Err(damage(format!("{} bytes where {length} were written", bytes.len()), WHOLE));
    }
    let entries: Option<Vec<Entry>> = (0..count as usize).map(|number| entry(bytes, PREFIX_BYTES + number * ENTRY_BYTES, body)).collect();
    entries.map(|all| (all, sum)).ok_or_else(|| damage("a section past the end", WHOLE))
}

fn entry(bytes: &[u8], at: usize, body: usize) -> Option<Entry> {
    let (offset, length) = (word(bytes, at + 8)? as usize, word(bytes, at + 16)? as usize);
    let end = offset.checked_add(length).filter(|end| *end <= body)?;
    Some(Entry { tag: bytes.get(at..at + 8)?.try_into().ok()?, range: offset..end, checksum: word(bytes, at + 24)? })
}

/// The checksum that the trailer should give.
pub fn whole_checksum(bytes: &[u8]) -> u64 {
    checksum(bytes.get(..bytes.len().saturating_sub(TRAILER_BYTES)).unwrap_or_default())
}

/// Writes header, sections and trailer; the number of bytes written.
///
/// # Errors
/// What the writer says.
pub fn write(sections: &[(Tag, Vec<u8>)], out: &mut impl Write) -> io::Result<u64> {
    let mut header: Vec<u8> = Vec::new();
    header.extend(MAGIC);
    header.push(VERSION);
    header.extend((sections.len() as u64).to_le_bytes());
    let mut at = PREFIX_BYTES + sections.len() * ENTRY_BYTES + 8;
    for (tag, bytes) in sections {
        header.extend(tag);
        for word in [at as u64, bytes.len() as u64, checksum(bytes)] {
            header.extend(word.to_le_bytes());
        }
        at += bytes.len().next_multiple_of(ALIGN);
    }
    header.extend(checksum(&header).to_le_bytes());
    out.write_all(&header)?;
    let mut sum = header.chunks(ALIGN).fold(SEED, add);
    for (_, bytes) in sections {
        out.write_all(bytes)?;
        let gap = bytes.len().next_multiple_of(ALIGN) - bytes.len();
        out.write_all([0; ALIGN].get(..gap).unwrap_or_default())?;
        sum = bytes.chunks(ALIGN).fold(sum, add);
    }
    out.write_all(&END)?;
    let length = (at + TRAILER_BYTES) as u64;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&sum.to_le_bytes())?;
    Ok(length)
}

/// Any odd number of many bits will do; this is FNV's offset.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
/// Odd, so that multiplying loses nothing: 2⁶⁴ over the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Finds torn and damaged files at gigabytes a second: each word is mixed in, multiplied and turned, so that no single damaged word
/// can go unseen. The last word is filled up with zeros.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(ALIGN).fold(SEED, add)
}

fn add(sum: u64, chunk: &[u8]) -> u64 {
    let mut word = [0; ALIGN];
    word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
    (sum ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR).rotate_left(29)
}

/// The eight bytes at a position as a number.
pub fn word(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// The four bytes at a position as a number.
pub fn half(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

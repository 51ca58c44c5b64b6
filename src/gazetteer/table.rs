//! A compiled table, opened without parsing: the embedded gazetteer, an imported one, or the user's overlay.

use std::borrow::Cow;
use std::collections::HashMap;

use fst::Map;
use fst::raw::{CompiledAddr, Node, Output};

use crate::error::{Error, Result};

use super::compile::{
    DEGREES_PER_UNIT, FLAG_BITS, HEADER_BYTES, LIST_BIT, MAGIC, RECORD_BYTES, SECTIONS, checksum, is_area_head, posting_flags,
};
use super::lazy::Lazy;
use super::names::KeyFlags;

/// A compiled gazetteer table.
pub struct Table {
    checksum: u64,
    places: Bytes,
    strings: Bytes,
    names: Map<Bytes>,
    postings: Bytes,
    codes: Vec<String>,
    /// Country code → its record, and (country, admin-1 code) → its record.
    heads: HashMap<(String, String), u32>,
    lazy: Lazy,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("places", &self.len()).field("names", &self.name_count()).finish_non_exhaustive()
    }
}

/// A part of a table's bytes, borrowed for ever (embedded) or owned.
type Bytes = Cow<'static, [u8]>;

/// A place and how a key names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Record number in its table.
    pub record: u32,
    /// How the key names it.
    pub flags: KeyFlags,
}

/// Where a walk through the names stands.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    address: CompiledAddr,
    output: u64,
}

impl Table {
    /// Opens a table that lives as long as the program.
    ///
    /// # Errors
    /// [`Error::Gazetteer`] when the bytes are foreign, torn or of another version.
    pub fn open(name: &str, bytes: &'static [u8]) -> Result<Table> {
        Table::from_parts(name, bytes, |range| bytes.get(range).map(Cow::Borrowed))
    }

    /// Opens a table held in memory.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn from_vec(name: &str, bytes: &[u8]) -> Result<Table> {
        Table::from_parts(name, bytes, |range| bytes.get(range).map(|b| Cow::Owned(b.to_vec())))
    }

    fn from_parts(name: &str, bytes: &[u8], part: impl Fn(std::ops::Range<usize>) -> Option<Bytes>) -> Result<Table> {
        let refuse = |found: &str, expected: &str| Error::Gazetteer {
            name: name.to_owned(),
            found: found.to_owned(),
            expected: expected.to_owned(),
        };
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(refuse("other first bytes", "a table made by «dalil gazetteer build»"));
        }
        let word = |at: usize| bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        let body = bytes.get(HEADER_BYTES..).unwrap_or_default();
        if word(8) != Some(checksum(body)) {
            return Err(refuse("a wrong checksum", "a whole file; build it again"));
        }
        let mut at = HEADER_BYTES;
        let mut sections: Vec<Bytes> = Vec::new();
        for number in 0..SECTIONS {
            let length = word(24 + number * 8).unwrap_or_default() as usize;
            sections.push(part(at..at.saturating_add(length)).ok_or_else(|| refuse("a section past the end", "a whole file"))?);
            at += length.next_multiple_of(8);
        }
        let [places, strings, names, postings, codes] =
            <[Bytes; SECTIONS]>::try_from(sections).map_err(|all| refuse(&format!("{} sections", all.len()), "5"))?;
        let names = Map::new(names).map_err(|e| refuse(&e.to_string(), "a name index"))?;
        let codes = String::from_utf8_lossy(&codes).split('\n').map(str::to_owned).collect();
        let mut table = Table {
            checksum: word(8).unwrap_or_default(),
            places,
            strings,
            names,
            postings,
            codes,
            heads: HashMap::new(),
            lazy: Lazy::default(),
        };
        table.heads = table.read_heads(word(16).unwrap_or_default() as u32);
        Ok(table)
    }

    fn read_heads(&self, count: u32) -> HashMap<(String, String), u32> {
        (0..count.min(self.len()))
            .filter(|r| is_area_head(self.feature(*r)))
            .map(|r| {
                let unit = if self.feature(r) == "ADM1" { self.admin1(r).to_owned() } else { String::new() };
                ((self.country(r).to_owned(), unit), r)
            })
            .collect()
    }

    /// Checksum of the table's bytes: equal for equal content.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// Number of places.
    pub fn len(&self) -> u32 {
        (self.places.len() / RECORD_BYTES) as u32
    }

    /// True when there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of names.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    /// The record of a country (empty admin-1 code) or of a first-level unit.
    pub fn head(&self, country: &str, admin1: &str) -> Option<u32> {
        self.heads.get(&(country.to_owned(), admin1.to_owned())).copied()
    }

    /// Where every walk begins.
    pub fn start(&self) -> Cursor {
        Cursor { address: self.names.as_fst().root().addr(), output: 0 }
    }

    /// Walks on over some bytes; `None` when no name goes that way.
    pub fn walk(&self, mut cursor: Cursor, bytes: &[u8]) -> Option<Cursor> {
        for byte in bytes {
            let node: Node<'_> = self.names.as_fst().node(cursor.address);
            let transition = node.transition(node.find_input(*byte)?);
            cursor = Cursor { address: transition.addr, output: Output::new(cursor.output).cat(transition.out).value() };
        }
        Some(cursor)
    }

    /// The places named by exactly what was walked over.
    pub fn postings(&self, cursor: Cursor) -> Vec<Posting> {
        let node = self.names.as_fst().node(cursor.address);
        if !node.is_final() {
            return Vec::new();
        }
        self.postings_of(Output::new(cursor.output).cat(node.final_output()).value())
    }

    /// The places behind a value of the name index.
    pub(super) fn postings_of(&self, value: u64) -> Vec<Posting> {
        let posting = |p: u32| Posting { record: p >> FLAG_BITS, flags: posting_flags(p) };
        if value & LIST_BIT == 0 {
            return vec![posting(value as u32)];
        }
        let at = (value & !LIST_BIT) as usize;
        let count = u32_at(&self.postings, at) as usize;
        (0..count).map(|i| posting(u32_at(&self.postings, at + 4 + 4 * i))).collect()
    }

    /// What is made of the table when it is first asked for.
    pub(super) fn lazy(&self) -> &Lazy {
        &self.lazy
    }

    /// The name index, for searches that are not walks over a text.
    pub fn names(&self) -> &Map<Bytes> {
        &self.names
    }

    fn word(&self, record: u32, offset: usize) -> u32 {
        u32_at(&self.places, record as usize * RECORD_BYTES + offset)
    }

    fn string(&self, at: u32) -> &str {
        let at = at as usize;
        let Some(length) = self.strings.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes) else { return "" };
        self.strings.get(at + 2..at + 2 + usize::from(length)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    fn code(&self, record: u32, offset: usize) -> &str {
        let at = record as usize * RECORD_BYTES + offset;
        let number = self.places.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(u16::MAX, u16::from_le_bytes);
        self.codes.get(usize::from(number)).map_or("", String::as_str)
    }

    pub(super) fn id(&self, record: u32) -> String {
        let is_text = self.places.get(record as usize * RECORD_BYTES + 42) == Some(&1);
        if is_text { self.string(self.word(record, 0)).to_owned() } else { format!("geonames:{}", self.word(record, 0)) }
    }

    pub(super) fn lat(&self, record: u32) -> f64 {
        degrees(self.word(record, 4))
    }

    pub(super) fn lon(&self, record: u32) -> f64 {
        degrees(self.word(record, 8))
    }

    pub(super) fn population(&self, record: u32) -> u32 {
        self.word(record, 12)
    }

    pub(super) fn radius_m(&self, record: u32) -> u32 {
        self.word(record, 16)
    }

    pub(super) fn name(&self, record: u32) -> &str {
        self.string(self.word(record, 20))
    }

    pub(super) fn name_ar(&self, record: u32) -> &str {
        self.string(self.word(record, 24))
    }

    pub(super) fn name_fr(&self, record: u32) -> &str {
        self.string(self.word(record, 28))
    }

    pub(super) fn country(&self, record: u32) -> &str {
        let at = record as usize * RECORD_BYTES + 32;
        self.places.get(at..at + 2).filter(|c| c[0] != 0).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    pub(super) fn admin1(&self, record: u32) -> &str {
        self.code(record, 34)
    }

    pub(super) fn admin2(&self, record: u32) -> &str {
        self.string(self.word(record, 36))
    }

    pub(super) fn feature(&self, record: u32) -> &str {
        self.code(record, 40)
    }

    pub(super) fn names_of(&self, record: u32) -> u8 {
        self.places.get(record as usize * RECORD_BYTES + 43).copied().unwrap_or(0)
    }
}

/// Stored units → degrees; the division is done on whole numbers so that 16.27167 comes back as written.
fn degrees(units: u32) -> f64 {
    f64::from(units as i32) / (1.0 / DEGREES_PER_UNIT).round()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

//! A compiled table, opened without parsing: the embedded gazetteer, an imported one, or the user's overlay.
//!
//! Opening reads header, trailer and the small sections; all else is read where it lies, when it is asked for, and every read is
//! checked, so that damage to the body gives wrong or empty answers and never a panic.

use std::ops::Range;
use std::path::Path;

use crate::error::{Error, Result};

use super::bytes::{self, Bytes};
use super::compile::{COLUMNS, FLAG_BITS, Meta, PROMINENT, SPARSE, posting_flags};
use super::format::{self, Damage, Entry, checksum, half, tag};
use super::lazy::Lazy;
use super::names::KeyFlags;
use super::packed::{self, varint};
use super::stream::Names;
use super::transducer::{Cursor, Transducer};

mod record;

/// Sections up to this size are checked when a table is opened; it takes some microseconds.
const SMALL_BYTES: usize = 1 << 16;

/// A compiled gazetteer table.
pub struct Table {
    bytes: Bytes,
    name: String,
    checksum: u64,
    meta: Meta,
    /// Where each column begins in a record, and last where a record ends; bits.
    offsets: [usize; COLUMNS + 1],
    directory: Vec<Entry>,
    rows: Range<usize>,
    people: Range<usize>,
    units: Range<usize>,
    heads: Range<usize>,
    strings: Range<usize>,
    names: Range<usize>,
    postings: Range<usize>,
    lists: Range<usize>,
    national: Range<usize>,
    sparse: [Range<usize>; SPARSE.len()],
    features: Vec<String>,
    countries: Vec<String>,
    spaces: Vec<String>,
    lazy: Lazy,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("places", &self.len()).field("names", &self.name_count()).finish_non_exhaustive()
    }
}

/// A place and how a key names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Record number in its table.
    pub record: u32,
    /// How the key names it.
    pub flags: KeyFlags,
}

fn refused(name: &str, damage: Damage) -> Error {
    Error::Gazetteer { name: name.to_owned(), found: damage.found, expected: damage.expected.to_owned() }
}

impl Table {
    /// Opens a table that lives as long as the program.
    ///
    /// # Errors
    /// [`Error::Gazetteer`] when the bytes are foreign, torn or of another version.
    pub fn open(name: &str, bytes: &'static [u8]) -> Result<Table> {
        Table::from_bytes(name, Bytes::Embedded(bytes))
    }

    /// Opens a table held in memory.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn from_vec(name: &str, bytes: Vec<u8>) -> Result<Table> {
        Table::from_bytes(name, Bytes::Held(bytes))
    }

    /// Opens a file by mapping it into memory: it takes as long for a million places as for one.
    ///
    /// # Errors
    /// [`Error::File`] when the file cannot be read, else as [`Table::open`].
    pub fn map(path: &Path) -> Result<Table> {
        Table::from_bytes(&path.display().to_string(), bytes::map(path)?)
    }

    fn from_bytes(name: &str, bytes: Bytes) -> Result<Table> {
        let read = format::directory(&bytes).and_then(|(directory, sum)| {
            let table = Table::of(name, bytes, directory, sum)?;
            table.check_sections(|entry| entry.range.len() <= SMALL_BYTES)?;
            Ok(table)
        });
        read.map_err(|damage| refused(name, damage))
    }

    fn of(name: &str, bytes: Bytes, directory: Vec<Entry>, sum: u64) -> std::result::Result<Table, Damage> {
        let range = |name: &str| {
            let found = directory.iter().find(|e| e.tag == tag(name)).map(|e| e.range.clone());
            found.ok_or_else(|| Damage { found: format!("no section «{name}»"), expected: "all sections; build it again" })
        };
        let lines = |name: &str| Ok(String::from_utf8_lossy(&bytes[range(name)?]).split('\n').map(str::to_owned).collect());
        let meta = Meta::read(&bytes[range("meta")?]).ok_or_else(|| Damage {
            found: "impossible numbers in «meta»".to_owned(),
            expected: "a table as it was written; build it again",
        })?;
        let mut offsets = [0; COLUMNS + 1];
        for (number, width) in meta.widths.iter().enumerate() {
            offsets[number + 1] = offsets[number] + *width as usize;
        }
        // Each record begins a byte.
        offsets[meta.widths.len()] = offsets[meta.widths.len()].next_multiple_of(8);
        let [ar, fr, en, radius] = SPARSE;
        Ok(Table {
            name: name.to_owned(),
            checksum: sum,
            offsets,
            rows: range("rows")?,
            people: range("people")?,
            units: range("units")?,
            heads: range("heads")?,
            strings: range("strings")?,
            names: range("names")?,
            postings: range("postings")?,
            lists: range("lists")?,
            national: range("national")?,
            sparse: [range(ar)?, range(fr)?, range(en)?, range(radius)?],
            features: lines("features")?,
            countries: lines("country")?,
            spaces: lines("spaces")?,
            lazy: Lazy::default(),
            meta,
            directory,
            bytes,
        })
    }

    /// Reads the whole table and compares it with what was written.
    ///
    /// # Errors
    /// [`Error::Gazetteer`] when a byte is not as it was written.
    pub fn verify(&self) -> Result<()> {
        self.check_sections(|_| true).map_err(|damage| refused(&self.name, damage))?;
        if format::whole_checksum(&self.bytes) == self.checksum {
            return Ok(());
        }
        let damage = Damage { found: "a wrong checksum of the file".to_owned(), expected: "a whole file; build it again" };
        Err(refused(&self.name, damage))
    }

    fn check_sections(&self, which: impl Fn(&Entry) -> bool) -> std::result::Result<(), Damage> {
        let wrong = self.directory.iter().filter(|e| which(e)).find(|e| checksum(self.part(&e.range)) != e.checksum);
        wrong.map_or(Ok(()), |entry| {
            let name = String::from_utf8_lossy(&entry.tag).trim_end_matches('\0').to_owned();
            Err(Damage { found: format!("a wrong checksum of section «{name}»"), expected: "a file as it was written; build it again" })
        })
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }

    /// A section by its tag, for what other modules keep in a table.
    pub fn section(&self, name: &str) -> Option<&[u8]> {
        self.directory.iter().find(|e| e.tag == tag(name)).map(|e| self.part(&e.range))
    }

    /// The sections with their sizes in bytes.
    pub fn sizes(&self) -> impl Iterator<Item = (String, usize)> {
        self.directory.iter().map(|e| (String::from_utf8_lossy(&e.tag).trim_end_matches('\0').to_owned(), e.range.len()))
    }

    /// Checksum of the table's bytes: equal for equal content.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// Bytes of the whole table.
    pub fn byte_count(&self) -> usize {
        self.bytes.len()
    }

    /// Number of places.
    pub fn len(&self) -> u32 {
        self.meta.places as u32
    }

    /// True when there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of keys: distinct folded names and the forms made of them.
    pub fn name_count(&self) -> usize {
        self.meta.keys as usize
    }

    /// Number of names as the rows recorded them, display names among them.
    pub fn recorded_names(&self) -> usize {
        self.meta.names as usize
    }

    /// The records of countries and first-level units, in the order of their codes.
    pub(super) fn heads(&self) -> impl Iterator<Item = u32> {
        let heads = self.part(&self.heads);
        (0..heads.len() / 4).filter_map(|number| half(heads, number * 4)).filter(|record| *record < self.len())
    }

    /// The record of an identifier.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        // Countries and first-level units come first, and each part is in the order of identifiers.
        let heads = self.meta.heads.min(self.meta.places) as u32;
        [0..heads, heads..self.len()].into_iter().find_map(|run| {
            let record = run.start + first(run.len(), |n| self.id(run.start + n as u32).as_str() >= id) as u32;
            (run.contains(&record) && self.id(record) == id).then_some(record)
        })
    }

    /// Where every walk begins.
    pub fn start(&self) -> Cursor {
        Transducer::start()
    }

    fn transducer(&self) -> Transducer<'_> {
        Transducer::new(self.part(&self.names))
    }

    /// Walks on over some bytes; `None` when no name goes that way.
    pub fn walk(&self, cursor: Cursor, bytes: &[u8]) -> Option<Cursor> {
        self.transducer().walk(cursor, bytes)
    }

    /// The step from here that leads to the name of a number, and the number behind the last name that begins so.
    pub fn toward(&self, cursor: Cursor, number: u64, end: u64) -> Option<(u8, Cursor, u64)> {
        self.transducer().toward(cursor, number, end)
    }

    /// True when a name ends here.
    pub fn is_name(&self, cursor: Cursor) -> bool {
        self.transducer().number(cursor).is_some()
    }

    /// The places named by exactly what was walked over; of more than [`PROMINENT`] the weightiest come first.
    pub fn postings(&self, cursor: Cursor) -> Vec<Posting> {
        self.transducer().number(cursor).map(|number| self.postings_of(number)).unwrap_or_default()
    }

    /// As [`Table::postings`], but at most [`PROMINENT`]: thousands of villages may have one name.
    pub fn prominent(&self, cursor: Cursor) -> Vec<Posting> {
        self.transducer().number(cursor).map(|number| self.read_postings(number, PROMINENT)).unwrap_or_default()
    }

    /// The places of a name by its number, as streams of [`Table::names`] give it.
    pub fn postings_of(&self, number: u64) -> Vec<Posting> {
        self.read_postings(number, usize::MAX)
    }

    fn read_postings(&self, number: u64, most: usize) -> Vec<Posting> {
        let width = self.meta.posting_width;
        let bit = usize::try_from(number).ok().and_then(|n| n.checked_mul(width as usize));
        let Some(value) = bit.and_then(|bit| packed::read(self.part(&self.postings), bit, width)) else { return Vec::new() };
        if value & 1 == 0 {
            return self.posting(value >> 1).into_iter().collect();
        }
        let (lists, mut at) = (self.part(&self.lists), (value >> 1) as usize);
        let count = varint(lists, &mut at).unwrap_or_default();
        let mut record = 0_u64;
        let next = |place: usize| {
            let value = varint(lists, &mut at)?;
            // The weightiest are a list of their own.
            record = if place == PROMINENT { 0 } else { record };
            record = record.wrapping_add(value >> FLAG_BITS);
            self.posting(record.checked_mul(1 << FLAG_BITS)? | value & ((1 << FLAG_BITS) - 1))
        };
        (0..most.min(usize::try_from(count).unwrap_or(usize::MAX))).map_while(next).collect()
    }

    fn posting(&self, value: u64) -> Option<Posting> {
        let record = u32::try_from(value >> FLAG_BITS).ok().filter(|r| *r < self.len())?;
        Some(Posting { record, flags: posting_flags(value) })
    }

    /// The numbers of the names that places of a country bear, in order.
    pub(super) fn read_national(&self, country: &str) -> Vec<u32> {
        let Some(number) = self.countries.iter().position(|c| c == country) else { return Vec::new() };
        let bytes = self.part(&self.national);
        let [start, end] = [number, number + 1].map(|n| half(bytes, 4 * n).unwrap_or_default() as usize);
        let mut at = start;
        let mut next = 0_u64;
        std::iter::from_fn(|| {
            let distance = (at < end).then(|| varint(bytes, &mut at)).flatten()?;
            let name = u32::try_from(next.checked_add(distance)?).ok()?;
            next = u64::from(name) + 1;
            Some(name)
        })
        .collect()
    }

    /// What is made of the table when it is first asked for.
    pub(super) fn lazy(&self) -> &Lazy {
        &self.lazy
    }

    /// The name index, for searches that are not walks over a text.
    pub fn names(&self) -> Names<'_> {
        Names::new(self.transducer(), self.name_count())
    }
}

/// The first of so many numbers for which a claim holds that holds for all after it; their count when there is none.
fn first(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

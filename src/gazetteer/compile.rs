//! Rows → the compact table that is opened without parsing.
//!
//! Sections: `meta` numbers; `rows` fixed records of packed columns; `people` the numbers of inhabitants that occur; `units` admin-1 and
//! admin-2 codes; `heads` countries and first-level units by code; `features`, `country`
//! and `spaces` what records number;
//! `strings` texts; `names` the automaton from key to number, `postings` and `lists` from there to places, `national` the names of
//! each country; what few places have in [`SPARSE`] sections.

use std::borrow::Borrow;
use std::io::{self, Write};

use super::format::{self, Tag, half, tag, word};
use super::names::{KeyFlags, keys};
use super::row::Row;

mod automaton;
mod columns;
mod index;
mod national;
mod pile;
mod seat;

pub use super::format::checksum;

/// Low bits of a posting that hold [`KeyFlags`].
pub const FLAG_BITS: u32 = 5;
/// Coordinates are stored as whole multiples of this many degrees (about one metre).
pub const DEGREES_PER_UNIT: f64 = 1e-5;
/// Units from the south pole to the equator: latitudes are stored from the pole.
pub const LAT_UNITS: u32 = 9_000_000;
/// Units from 180 degrees west to Greenwich: longitudes are stored from there.
pub const LON_UNITS: u32 = 18_000_000;
/// Bytes of a unit: where the admin-1 and admin-2 codes stand.
pub const UNIT_BYTES: usize = 8;
/// Most places of a table: what a reference to a place can number.
pub const MAX_PLACES: usize = 1 << 28;

/// Lists of places of one name that are longer begin with this many of the weightiest. The resolver weighs two dozen candidates of
/// each mention, so that reports lose nothing when they read no more than these.
pub const PROMINENT: usize = 64;

/// Rows in order of their identifiers, those of one merged as in a table, those without coordinates left out.
pub fn merged<R: Borrow<Row>>(rows: impl IntoIterator<Item = R>) -> Vec<Row> {
    let mut pile = pile::Pile::default();
    rows.into_iter().for_each(|row| pile.push(row.borrow()));
    pile.sort();
    pile.merged().collect()
}

/// Record number and flags in one number.
type Posting = u64;

/// Numbers of the columns of a record.
pub mod column {
    /// Namespace of the identifier; nought when it is a text.
    pub const SPACE: usize = 0;
    /// Number in the namespace, or where the text stands.
    pub const ID: usize = 1;
    /// Latitude.
    pub const LAT: usize = 2;
    /// Longitude.
    pub const LON: usize = 3;
    /// Codes of the units that it lies in.
    pub const UNIT: usize = 4;
    /// Feature.
    pub const FEATURE: usize = 5;
    /// Number of inhabitants, as numbered in `people`.
    pub const PEOPLE: usize = 6;
    /// Where the display name stands.
    pub const NAME: usize = 7;
    /// How many keys.
    pub const NAMES: usize = 8;
    /// Which of the [`super::SPARSE`] sections have a value, a bit each.
    pub const EXTRAS: usize = 9;
    /// Country.
    pub const COUNTRY: usize = 10;
}
/// Number of columns.
pub const COLUMNS: usize = 11;

/// Sections of what few places have: record and value, four bytes each, in order of records.
pub const SPARSE: [&str; 4] = ["name_ar", "name_fr", "name_en", "radius_m"];

/// The numbers of the section `meta`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Places.
    pub places: u64,
    /// Those of them that are countries and first-level units: they come first.
    pub heads: u64,
    /// Names as the rows record them, display names among them.
    pub names: u64,
    /// Distinct keys.
    pub keys: u64,
    /// Bits of an element of `postings`.
    pub posting_width: u32,
    /// Bits of the columns.
    pub widths: [u32; COLUMNS],
}

impl Meta {
    fn bytes(&self) -> Vec<u8> {
        let words = [self.places, self.heads, self.names, self.keys].into_iter().flat_map(u64::to_le_bytes);
        let halves = std::iter::once(self.posting_width).chain(self.widths).flat_map(u32::to_le_bytes);
        words.chain(halves).collect()
    }

    /// The numbers in these bytes; `None` when they are too few or impossible.
    pub fn read(bytes: &[u8]) -> Option<Meta> {
        let [places, heads, names, keys] = [0, 8, 16, 24].map(|at| word(bytes, at));
        let mut widths = [0; COLUMNS];
        for (number, width) in widths.iter_mut().enumerate() {
            *width = half(bytes, 36 + 4 * number).filter(|w| *w <= u32::BITS)?;
        }
        let posting_width = half(bytes, 32).filter(|w| *w <= super::packed::MAX_BITS)?;
        let places = places.filter(|p| *p <= MAX_PLACES as u64)?;
        Some(Meta { places, heads: heads?, names: names?, keys: keys?, posting_width, widths })
    }
}

/// True for the features whose rows come first in a table: countries and first-level units.
pub fn is_area_head(feature: &str) -> bool {
    feature.starts_with("PCL") || feature == "ADM1" || feature == "TERR"
}

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Places written: rows with coordinates, those of one identifier counted once.
    pub places: u64,
    /// Names as recorded, display names among them.
    pub names: u64,
    /// Distinct keys.
    pub keys: u64,
    /// Bytes written.
    pub bytes: u64,
}

/// Takes rows in any order and makes a table of them.
///
/// Rows of one identifier become one place: later ones add names and overrule with the cells they fill. Rows without
/// coordinates only add. Units move to their seats.
#[derive(Debug, Default)]
pub struct Compiler {
    pile: pile::Pile,
    sections: Vec<(Tag, Vec<u8>)>,
}

impl Compiler {
    /// Takes a row.
    pub fn push(&mut self, row: &Row) {
        self.pile.push(row);
    }

    /// True when no row with coordinates came yet.
    pub fn is_empty(&self) -> bool {
        self.pile.is_empty()
    }

    /// Adds a section of one's own under a tag of at most eight letters, found again with `Table::section`.
    pub fn section(&mut self, name: &str, bytes: Vec<u8>) {
        self.sections.push((tag(name), bytes));
    }

    /// Writes the table.
    ///
    /// # Errors
    /// What the writer says; [`io::ErrorKind::InvalidInput`] for more than a table can hold.
    pub fn finish(mut self, out: &mut impl Write) -> io::Result<Summary> {
        let mut meta = Meta::default();
        let mut seats = seat::Seats::default();
        self.pile.sort();
        for row in self.pile.merged() {
            seats.ask(&row);
            meta.places += 1;
            meta.heads += u64::from(is_area_head(&row.feature));
            meta.names += 1 + row.names.len() as u64;
        }
        if meta.places > MAX_PLACES as u64 {
            return Err(too_much("more than 268 million places"));
        }
        self.pile.merged().for_each(|row| seats.learn(&row));
        let mut columns = columns::Columns::new(meta.places as usize);
        let mut index = index::Index::default();
        let mut weights = vec![0; meta.places as usize];
        let (mut head, mut other) = (0, meta.heads as u32);
        for mut row in self.pile.merged() {
            seats.apply(&mut row);
            let next = if is_area_head(&row.feature) { &mut head } else { &mut other };
            let record = *next;
            *next += 1;
            let all = keys(&row);
            columns.set(record, &row, all.len());
            weights[record as usize] = weight(&row, all.len());
            for (key, flags) in &all {
                index.push(key, record, flags.0);
            }
        }
        self.pile = pile::Pile::default();
        let countries = columns.countries();
        let mut sections = columns.finish(&mut meta);
        let index = index.finish(&weights, &countries);
        (meta.keys, meta.posting_width) = (index.keys, index.width);
        sections.insert(0, (tag("meta"), meta.bytes()));
        sections.extend([(tag("names"), index.names), (tag("postings"), index.postings), (tag("lists"), index.lists)]);
        sections.push((tag("national"), index.national));
        sections.append(&mut self.sections);
        if sections.iter().any(|(_, bytes)| bytes.len() > u32::MAX as usize) {
            return Err(too_much("more than four gigabytes in one section"));
        }
        let bytes = format::write(&sections, out)?;
        Ok(Summary { places: meta.places, names: meta.names, keys: meta.keys, bytes })
    }
}

/// How much a place is spoken of: what is no settlement first, then by people, then by names.
fn weight(row: &Row, keys: usize) -> u64 {
    let people = u64::from(row.population.unwrap_or(0));
    u64::from(!row.feature.starts_with("PPL")) << 48 | people << 8 | keys.min(255) as u64
}

fn too_much(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what.to_owned())
}

/// Compiles rows into the bytes of a table.
///
/// # Panics
/// Never for fewer places than a table can hold: memory takes all that is written.
pub fn compile(rows: impl IntoIterator<Item: Borrow<Row>>) -> Vec<u8> {
    let mut compiler = Compiler::default();
    rows.into_iter().for_each(|row| compiler.push(row.borrow()));
    let mut bytes = Vec::new();
    compiler.finish(&mut bytes).expect("writing to memory cannot fail");
    bytes
}

/// Flags of a posting.
pub fn posting_flags(posting: u64) -> KeyFlags {
    KeyFlags((posting & ((1 << FLAG_BITS) - 1)) as u8)
}

//! How much is read of a file, so that a mistake or a trap costs time and no more.

use std::collections::BTreeMap;

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How much of it.
    pub limits: Limits,
    /// Which columns of tables and records are what.
    pub columns: Columns,
}

/// The fields of a document and the column that each is found in, where a person said so: `text` → `Body`.
///
/// Fields: [`FIELDS`].
pub type Columns = BTreeMap<String, String>;

/// Fields of a document that a column may hold.
pub const FIELDS: [&str; 8] = ["text", "title", "published", "source", "author", "url", "id", "lang"];

/// What may be read of one file that is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document, packed or unpacked; positions in a report are 32 bits.
    pub file_bytes: u64,
    /// Bytes of all that an archive unpacks to.
    pub archive_bytes: u64,
    /// Files of an archive, those of archives within it too.
    pub archive_files: u32,
    /// Archives within archives: a year of months of days.
    pub archive_depth: u8,
}

impl Limits {
    /// For what somebody reads on their own machine: a year of a news agency fits.
    pub const fn own() -> Limits {
        Limits { file_bytes: 64 << 20, archive_bytes: 64 << 30, archive_files: 4_000_000, archive_depth: 3 }
    }

    /// For what comes from others: a long bulletin, a week of pages.
    pub const fn foreign() -> Limits {
        Limits { file_bytes: 16 << 20, archive_bytes: 256 << 20, archive_files: 10_000, archive_depth: 1 }
    }
}

//! What outlives a run: reports, what was read out of them, the user's places, and who changed what.
//!
//! Keeps published features as they were made and never decides anything about them. One `SQLite` file in a folder;
//! a call is one transaction, so a failure loses nothing that was there before.

mod hash;
mod history;
mod place;
mod query;
mod report;
mod schema;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::{Error, Result};

pub use hash::{content_hash, content_tag, short_hash};
pub use history::HistoryRow;
pub use place::{PlaceRow, row_line};
pub use query::{Bounds, Collection, Interval, Page, Query};
pub use report::{Entry, Item, Kept, ReportRow};

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the store in a folder, making folder and tables when they are missing.
    ///
    /// # Errors
    /// [`Error::File`] when the folder cannot be made, [`Error::Store`] when the file is no store or a newer one.
    pub fn open(folder: &Path) -> Result<Store> {
        std::fs::create_dir_all(folder).map_err(|source| Error::File { path: folder.to_owned(), source })?;
        let mut connection = Connection::open(Store::file(folder))?;
        schema::prepare(&mut connection)?;
        Ok(Store { connection })
    }

    /// The file of the store in a folder.
    pub fn file(folder: &Path) -> PathBuf {
        folder.join("dalil.sqlite")
    }
}

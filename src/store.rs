//! What outlives a run: reports, what was read out of them, the user's places, and who changed what.
//!
//! Keeps published features as they were made and never decides anything about them. One `SQLite` file in a folder;
//! a call is one transaction, so a failure loses nothing that was there before.

mod collection;
mod event;
mod hash;
mod history;
mod incident_correction;
mod place;
mod published;
mod record;
mod report;
mod schema;
mod token;
mod watch;
mod words;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Error, Result};

pub use collection::{Bounds, Collection};
pub use hash::{content_hash, content_tag, json_of, short_hash, version};
pub use history::{HistoryRow, Step, Steps};
pub use published::{Changes, Published};
pub use record::{NameKind, PlaceName, PlaceRecord, PlaceStatus, class_of};
pub use report::{Entry, Item, Kept, ReportRow};
pub use token::{Role, TokenRow};
pub use watch::WatchRow;

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

    /// Asks several things of one moment, while others may write.
    ///
    /// # Errors
    /// What the work says, or [`Error::Store`].
    pub fn at_a_moment<T>(&self, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
        let told = work(self)?;
        transaction.commit()?;
        Ok(told)
    }

    /// Does several things in one transaction, alone among writers; they are kept when the second part of the answer is true,
    /// and otherwise, as after an error, everything is as it was.
    ///
    /// # Errors
    /// What the work says, or [`Error::Store`].
    pub fn change<T>(&mut self, work: impl FnOnce(&Store) -> Result<(T, bool)>) -> Result<T> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let (done, is_kept) = work(self)?;
        if is_kept {
            transaction.commit()?;
        }
        Ok(done)
    }
}

/// A record as it was written.
fn parsed<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    let refuse = |e: serde_json::Error| Error::Line {
        file: "records of the store".to_owned(),
        line: e.line(),
        found: e.to_string(),
        expected: "a record that this program wrote".to_owned(),
    };
    serde_json::from_str(json).map_err(refuse)
}

//! The one error type: what its reader must mend, and where.

use std::path::PathBuf;

/// Why a file, an argument or a request could not be used. Reading a report's text never fails.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that cannot be opened, read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line of a data or input file that says something else than its format.
    #[error("{file}:{line}: {found}, expected {expected}")]
    Line {
        /// The file's name.
        file: String,
        /// Line number from 1.
        line: usize,
        /// What stood there.
        found: String,
        /// What should.
        expected: String,
    },
    /// A folder of sequence models that lacks one, or has one that is foreign, older or damaged.
    #[error("models of {folder}: {found}", folder = folder.display())]
    Model {
        /// The folder.
        folder: PathBuf,
        /// What was found, and what was expected.
        found: String,
    },
    /// A compiled gazetteer that is foreign, older or damaged.
    #[error("gazetteer {name}: {found}, expected {expected}")]
    Gazetteer {
        /// File or layer.
        name: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A value of a parameter or field that cannot be used.
    #[error("{parameter}: found {found}, expected {expected}")]
    Value {
        /// Name of the parameter.
        parameter: String,
        /// Value given.
        found: String,
        /// Allowed values.
        expected: String,
    },
    /// Something that was changed by another since it was seen.
    #[error("{subject}: found version {found}, expected {expected}; look at it again before changing it")]
    Stale {
        /// What was to be changed.
        subject: String,
        /// The version that it has.
        found: String,
        /// The version that the change was made for.
        expected: String,
    },
    /// Something that is not there.
    #[error("there is no {what}")]
    Missing {
        /// What was asked for.
        what: String,
    },
    /// Something that cannot be done to what is there now.
    #[error("{subject}: {found}, expected {expected}")]
    Conflict {
        /// What was to be changed.
        subject: String,
        /// How it stands.
        found: String,
        /// How it should.
        expected: String,
    },
    /// The store refused.
    #[error("store: {0}")]
    Store(#[from] rusqlite::Error),
}

/// Result with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An [`Error::Value`].
    pub fn value(parameter: &str, found: impl Into<String>, expected: &str) -> Error {
        Error::Value { parameter: parameter.to_owned(), found: found.into(), expected: expected.to_owned() }
    }

    /// An [`Error::Missing`].
    pub fn missing(what: impl Into<String>) -> Error {
        Error::Missing { what: what.into() }
    }

    /// An [`Error::Conflict`].
    pub fn conflict(subject: &str, found: impl Into<String>, expected: &str) -> Error {
        Error::Conflict { subject: subject.to_owned(), found: found.into(), expected: expected.to_owned() }
    }
}

//! What became of a file's rows.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::gazetteer::row::Row;

/// Rows read and refused; together they are the rows of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that were understood.
    pub read: usize,
    /// Rows that were refused.
    pub refused: usize,
    /// Refused rows by what was expected of them.
    pub reasons: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts one row.
    pub fn count(&mut self, row: &Result<Option<Row>>) {
        match row {
            Ok(_) => self.read += 1,
            Err(error) => {
                self.refused += 1;
                let reason = match error {
                    Error::Line { expected, .. } => expected.clone(),
                    other => other.to_string(),
                };
                *self.reasons.entry(reason).or_default() += 1;
            }
        }
    }
}

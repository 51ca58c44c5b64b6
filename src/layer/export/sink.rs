//! What every format does.

use std::io::{self, Write};

use super::row::Row;

/// Writes features in one format. Bytes go to `out`; what must be known whole waits in a file of the system's temporary folder.
pub(super) trait Sink: Send {
    /// What stands before the first feature.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One feature; tells when the format has no place for it.
    fn feature(&mut self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<Option<LeftOut>>;

    /// What stands behind the last.
    fn finish(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Why a feature is not in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// The format holds what lies somewhere.
    NoGeometry,
    /// It did not happen, or is not said to have: denied, hypothetical, planned.
    NotHappened,
    /// Several events summed up, where a row is one.
    Aggregate,
    /// UCDP's events are organised violence in which somebody died.
    NoDeath,
}

impl LeftOut {
    /// The word in a manifest.
    pub fn label(self) -> &'static str {
        match self {
            LeftOut::NoGeometry => "no_geometry",
            LeftOut::NotHappened => "not_happened",
            LeftOut::Aggregate => "aggregate",
            LeftOut::NoDeath => "no_death_in_organised_violence",
        }
    }

    /// What is told to a person.
    pub fn title(self) -> &'static str {
        match self {
            LeftOut::NoGeometry => "they lie nowhere, and the format holds what lies somewhere",
            LeftOut::NotHappened => "denied, hypothetical or planned, and a row is what happened",
            LeftOut::Aggregate => "sums of several events, and a row is one",
            LeftOut::NoDeath => "no number of dead in organised violence, which makes a row",
        }
    }
}

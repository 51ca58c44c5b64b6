//! `dalil gazetteer build`: files of any kind → one compiled gazetteer, every refused row told and counted.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufWriter, Write};
use std::rc::Rc;

use anyhow::Context;

use crate::cli::arguments::Build;
use crate::cli::output::Log;
use crate::cli::run::Outcome;
use crate::error::{Error, Result};
use crate::gazetteer::bytes;
use crate::gazetteer::compile::Compiler;
use crate::gazetteer::row::Row;
use crate::gazetteer::source::{self, Columns, Format, Hierarchy, Rank, Source, Tally};

/// Reasons that are printed for each file; the rest is counted.
const MAX_PRINTED: usize = 20;
/// Rows between two words of progress: some seconds.
const PROGRESS_ROWS: usize = 500_000;

pub(super) fn build(arguments: &Build, log: Log) -> anyhow::Result<Outcome> {
    let format = arguments.format.as_deref().map(Format::from_name).transpose()?;
    let columns = arguments.columns.as_deref().map(Columns::parse).transpose()?;
    let open = |file| source::open(file, format, columns.as_ref());
    let mut sources = arguments.files.iter().map(|file| open(file)).collect::<Result<Vec<Source>>>()?;
    sources.sort_by_key(Source::turn);
    let mut import = Import::new(arguments, log)?;
    let refused = sources.iter().map(|source| import.file(source)).sum::<anyhow::Result<usize>>()?;
    anyhow::ensure!(import.places > 0, "no rows with coordinates in {} files", sources.len());
    if let Some(mut file) = import.refused.take() {
        file.flush().context("the file of refused rows")?;
    }
    log.progress("compiling …");
    let compiler = import.compiler;
    let places = bytes::replace(&arguments.output, |out| compiler.finish(out))?.places;
    log.progress(&format!("{places} places written to {}", arguments.output.display()));
    Ok(if refused == 0 { Outcome::Whole } else { Outcome::SomeRefused })
}

/// Takes what a row of a file gave.
type Each<'a> = &'a mut dyn FnMut(&mut Import, Result<Option<Row>>) -> Result<()>;

struct Import {
    log: Log,
    compiler: Compiler,
    /// Rows with coordinates.
    places: usize,
    /// Hashes of the identifiers of places, for files that only add to them.
    known: Rc<RefCell<HashSet<u64>>>,
    hierarchy: Hierarchy,
    refused: Option<BufWriter<File>>,
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl Import {
    fn new(arguments: &Build, log: Log) -> anyhow::Result<Import> {
        let create = |path: &std::path::PathBuf| File::create(path).map(BufWriter::new).with_context(|| path.display().to_string());
        let refused = arguments.refused.as_ref().map(create).transpose()?;
        Ok(Import { log, compiler: Compiler::default(), places: 0, known: Rc::default(), hierarchy: Hierarchy::default(), refused })
    }

    /// Reads one file; returns how many of its rows were refused.
    fn file(&mut self, source: &Source) -> anyhow::Result<usize> {
        let mut tally = Tally::default();
        if source.format() == Format::Hierarchy {
            let mut hierarchy = std::mem::take(&mut self.hierarchy);
            hierarchy.read(source, &mut |row| self.take(source, row, &mut tally))?;
            hierarchy.rows().for_each(|row| self.compiler.push(&row));
            self.hierarchy = hierarchy;
        } else {
            self.pass(source, Rank::Plain, &mut |import, row| import.take(source, row, &mut tally))?;
        }
        if source.format() == Format::AlternateNames {
            // Later names stand first, so the preferred ones are read last; faults were told the first time.
            self.pass(source, Rank::Preferred, &mut |import, row| {
                import.keep(row.ok().flatten());
                Ok(())
            })?;
        }
        self.sum_up(source, &tally);
        Ok(tally.refused)
    }

    fn pass(&mut self, source: &Source, rank: Rank, each: Each<'_>) -> Result<()> {
        let known = Rc::clone(&self.known);
        source.read(rank, &|id| known.borrow().contains(&hash(id)), &mut |row| each(self, row))
    }

    fn take(&mut self, source: &Source, row: Result<Option<Row>>, tally: &mut Tally) -> Result<()> {
        tally.count(&row);
        match row {
            Ok(row) => self.keep(row),
            Err(error) => self.refuse(&error, tally.refused)?,
        }
        if (tally.read + tally.refused).is_multiple_of(PROGRESS_ROWS) {
            self.log.progress(&format!("{}: {} rows …", source.path().display(), tally.read + tally.refused));
        }
        Ok(())
    }

    fn keep(&mut self, row: Option<Row>) {
        let Some(row) = row else { return };
        if row.lat.is_some() {
            self.places += 1;
            self.known.borrow_mut().insert(hash(&row.id));
        }
        self.hierarchy.note(&row);
        self.compiler.push(&row);
    }

    fn refuse(&mut self, error: &Error, count: usize) -> Result<()> {
        if count <= MAX_PRINTED {
            self.log.refuse(&error.to_string());
        }
        match &mut self.refused {
            Some(file) => writeln!(file, "{error}").map_err(|source| Error::File { path: "--refused".into(), source }),
            None => Ok(()),
        }
    }

    fn sum_up(&self, source: &Source, tally: &Tally) {
        let head = format!("{}: {}, {} rows read, {} refused", source.path().display(), source.format().name(), tally.read, tally.refused);
        if tally.refused == 0 {
            self.log.progress(&head);
            return;
        }
        self.log.refuse(&head);
        if tally.refused > MAX_PRINTED {
            for (reason, count) in &tally.reasons {
                self.log.refuse(&format!("  {count} × expected {reason}"));
            }
        }
    }
}

//! Files, folders and standard input → reports, one after the other, in the order given.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;

use crate::document::{self, Columns, FIELDS, Limits, Options, Refused};
use crate::intake::{self, How, Listed};
use crate::recognise::Report;

use super::arguments::Reading;
use super::output::Log;
use super::run::Outcome;

/// How the arguments say that files are read.
pub(super) fn how(reading: &Reading) -> How {
    How { options: Options { limits: Limits::own(), columns: reading.columns.clone().unwrap_or_default() }, published: reading.published }
}

/// Something to read.
pub(super) enum Input {
    File(Listed),
    /// A folder that cannot be listed.
    Refused(Refused),
    Stream,
}

/// What there is to read under the paths that were given; without any, standard input.
///
/// # Errors
/// When a path does not exist.
pub(super) fn inputs(paths: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    if paths.is_empty() {
        return Ok(vec![Input::Stream]);
    }
    let mut out = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            out.push(Input::Stream);
        } else {
            out.extend(intake::listed(path)?.into_iter().map(|file| file.map_or_else(Input::Refused, Input::File)));
        }
    }
    Ok(out)
}

/// Hands every report that can be read to `each`, and tells of those that cannot.
///
/// # Errors
/// When a path does not exist, before anything is read; or what `each` says.
pub(super) fn each_report(
    paths: &[PathBuf],
    how: &How,
    log: Log,
    each: &mut dyn FnMut(&Report) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Whole;
    let mut ended = Ok(());
    let mut take = |read: intake::Read| {
        match read {
            Ok(report) => ended = each(&report),
            Err(refused) => {
                log.refuse(&refused.to_string());
                outcome = Outcome::SomeRefused;
            }
        }
        ended.is_ok()
    };
    for input in inputs(paths)? {
        let goes_on = match input {
            Input::File(file) => intake::read_file(&file, how, &mut take),
            Input::Refused(refused) => take(Err(refused)),
            Input::Stream => stream(how, &mut take)?,
        };
        if !goes_on {
            break;
        }
    }
    ended.map(|()| outcome)
}

/// Standard input has no beginning to come back to: what is no list of records is held in memory.
pub(super) fn stream(how: &How, each: &mut dyn FnMut(intake::Read) -> bool) -> io::Result<bool> {
    let mut source = BufReader::new(io::stdin().lock());
    if document::streams(source.fill_buf()?) {
        return Ok(intake::read_lines("-", &mut source, how, each));
    }
    let mut bytes = Vec::new();
    source.take(how.options.limits.file_bytes + 1).read_to_end(&mut bytes)?;
    Ok(bytes.is_empty() || intake::read_source("-", "-", &mut Cursor::new(bytes), how, each))
}

/// `text=Body,published=Date`
///
/// # Errors
/// A sentence that says what was found and what was expected.
pub(super) fn columns(told: &str) -> Result<Columns, String> {
    let pair = |pair: &str| {
        let (field, column) = pair.split_once('=').ok_or_else(|| format!("found «{pair}», expected FIELD=COLUMN"))?;
        let field = field.trim();
        if !FIELDS.contains(&field) {
            return Err(format!("found the field «{field}», expected one of {}", FIELDS.join(", ")));
        }
        if column.trim().is_empty() {
            return Err(format!("found no column for «{field}», expected FIELD=COLUMN"));
        }
        Ok((field.to_owned(), column.trim().to_owned()))
    };
    told.split(',').map(pair).collect()
}

//! From arguments to a command to an exit status.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use serde_json::json;

use crate::gazetteer::{Gazetteer, load};
use crate::recognise::Manner;
use crate::resolve::corrections::Corrections;
use crate::text::Span;
use crate::{incident, layer};

use super::arguments::{Arguments, Command, Evaluate, Keeping, Places};
use super::eval::matching::Chars;
use super::output::{Log, stdout};
use super::{check, eval, explain, export, gazetteer, ingest, parse, serve, token, train, watch};

/// How a command that could be done went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Everything was read.
    Whole,
    /// Something was refused, and said so; the rest was done.
    SomeRefused,
}

/// Runs the command line; the exit status is 0 for all read, 1 for some refused, 2 for a call that cannot be done.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Nobody is left to hear that the message could not be printed.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let log = Log { is_quiet: arguments.quiet };
    match dispatch(&arguments.command, log) {
        Ok(Outcome::Whole) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRefused) => ExitCode::from(1),
        // Who reads our output has read enough («| head»): that is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            log.refuse(&format!("dalil: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: &Command, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Command::Map(map) => serve::map(map, log),
        Command::Parse(parse) => parse::parse(parse, log),
        Command::Ingest(ingest) => ingest::ingest(ingest, log),
        Command::Watch(arguments) => watch::watch(arguments, log),
        Command::Serve(serve) => serve::serve(serve, log),
        Command::Export(export) => export::export(export, log),
        Command::Gazetteer(command) => gazetteer::gazetteer(command, log),
        Command::Explain(explain) => explain::explain(explain, log),
        Command::Check(check) => check::check(check, log),
        Command::Eval(evaluate) => evaluate_gold(evaluate, log),
        Command::Token(command) => token::token(command, log),
        Command::Train(command) => train::train(command, log),
    }
}

/// Scores gold files with what this build reads.
fn evaluate_gold(evaluate: &Evaluate, log: Log) -> anyhow::Result<Outcome> {
    let gazetteer = known_places(&evaluate.places, log)?;
    let read = |gold: &eval::Gold, manner: &Manner| {
        let report = &gold.report;
        let parsed = layer::parsed(report, &incident::read_in(report, &gazetteer, &Corrections::default(), manner));
        let mut parsed = serde_json::to_value(parsed).expect("published shapes are plain data");
        if let Some(asked) = &gold.asked {
            let words: Vec<Span> = asked.verbs.iter().map(|verb| verb.span_in(&report.text)).collect();
            let scenes = incident::scenes(report, &gazetteer, manner, &words).concat();
            parsed["scenes"] =
                scenes.into_iter().map(|span| Chars::of(span, &report.text)).map(|c| json!({"start": c.start, "end": c.end})).collect();
        }
        parsed
    };
    let is_good = eval::run(&evaluate.arguments, read, &mut stdout(), &mut std::io::stderr())?;
    Ok(if is_good { Outcome::Whole } else { Outcome::SomeRefused })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(is_pipe))
}

/// The embedded gazetteer with the given files over it.
pub(super) fn known_places(places: &Places, log: Log) -> anyhow::Result<Gazetteer> {
    let mut gazetteer = Gazetteer::embedded();
    for file in &places.files {
        let (table, refused) = load::open(file)?;
        for error in &refused {
            log.refuse(&error.to_string());
        }
        gazetteer = gazetteer.with(table);
    }
    Ok(gazetteer)
}

/// The folder of the store: as given, else in the platform's data folder.
pub(super) fn store_folder(keeping: &Keeping) -> anyhow::Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || variable("HOME");
    let platform = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|h| h.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| home().map(|h| h.join(".local/share")))
    };
    keeping.store.clone().or_else(|| platform.map(|p| p.join("dalil"))).context("no data folder is known here: give --store DIR")
}

/// The time, as the floors below are told it.
pub(super) fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_else(|_| jiff::Timestamp::now()).to_string()
}

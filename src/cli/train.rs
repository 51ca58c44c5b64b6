//! `dalil train`: learned files made again from the texts that they are learned from.

mod corpora;
mod recognise;
mod resolve;

use clap::Subcommand;

use super::output::Log;
use super::run::Outcome;

/// What can be learned.
#[derive(Debug, Subcommand)]
pub(super) enum Train {
    /// Learn the sequence model that finds names of places, as geodata/model/*.crf hold it
    Recognise(recognise::Arguments),
    /// Learn what reasons for a place are worth, as geodata/model/resolve.tsv holds it
    Resolve(resolve::Arguments),
}

pub(super) fn train(command: &Train, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Train::Recognise(arguments) => recognise::recognise(arguments, log),
        Train::Resolve(arguments) => resolve::resolve(arguments, log),
    }
}

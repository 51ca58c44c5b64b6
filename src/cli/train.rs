//! `dalil train`: learned files made again from the texts that they are learned from.

mod resolve;

use clap::Subcommand;

use super::output::Log;
use super::run::Outcome;

/// What can be learned.
#[derive(Debug, Subcommand)]
pub(super) enum Train {
    /// Learn what reasons for a place are worth, as geodata/model/resolve.tsv holds it
    Resolve(resolve::Arguments),
}

pub(super) fn train(command: &Train, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Train::Resolve(arguments) => resolve::resolve(arguments, log),
    }
}

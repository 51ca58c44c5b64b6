//! What `dalil eval` is asked.

use std::path::PathBuf;

use crate::recognise::Without;

/// Arguments of `dalil eval`.
#[derive(Clone, Debug, Default, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Arguments {
    /// Gold files: JSON Lines, one report with its expectations a line
    #[arg(required = true)]
    pub gold: Vec<PathBuf>,
    /// Fail when a score is below its floor in this table
    #[arg(long)]
    pub floors: Option<PathBuf>,
    /// Reports of this language only
    #[arg(long, value_name = "XX")]
    pub lang: Option<String>,
    /// Kinds of recognised names that count; an empty list counts all
    #[arg(long, value_delimiter = ',', default_value = "literal,relative")]
    pub kinds: Vec<String>,
    /// Kind of gold names that count, where the gold tells them apart
    #[arg(long, value_name = "KIND")]
    pub gold_kind: Option<String>,
    /// Only gold names with coordinates, for sets that annotate no other
    #[arg(long)]
    pub coords_only: bool,
    /// Give the reader the spans of the gold names, so that resolution is measured apart from recognition
    #[arg(long)]
    pub gold_spans: bool,
    /// Parts of the reader to leave out, to see what they are worth
    #[arg(long, value_delimiter = ',', value_name = "PART,…")]
    pub without: Vec<Part>,
    /// Folder of sequence models to read with instead of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// Print how often claims of each confidence are right
    #[arg(long, conflicts_with = "json")]
    pub reliability: bool,
    /// Print which sub-types the found incidents were given
    #[arg(long, conflicts_with = "json")]
    pub confusion: bool,
    /// Print so many misses of each sort
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "json")]
    pub misses: usize,
    /// Print the scores as JSON
    #[arg(long)]
    pub json: bool,
}

/// A part of the reader that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// What the rest of the report says about a name
    Context,
    /// Places proposed for names that no table has as they are written
    Spelling,
    /// The sequence model that finds names
    Model,
    /// What the sequence model sees of the name index, with --models that were learned so
    Names,
}

impl Arguments {
    /// What the reader is to leave out.
    pub fn without(&self) -> Without {
        let has = |part| self.without.contains(&part);
        Without { context: has(Part::Context), spelling: has(Part::Spelling), model: has(Part::Model), names: has(Part::Names) }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Call {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn kinds_are_a_list_and_literal_and_relative_unless_said() {
        let kinds = |call: &[&str]| Call::try_parse_from(call).unwrap().arguments.kinds;
        assert_eq!(kinds(&["eval", "gold.jsonl"]), ["literal", "relative"]);
        assert_eq!(kinds(&["eval", "gold.jsonl", "--kinds", "literal,associative"]), ["literal", "associative"]);
        let without = Call::try_parse_from(["eval", "gold.jsonl", "--without", "spelling"]).unwrap().arguments.without();
        assert_eq!(without, Without { spelling: true, ..Without::default() });
        assert!(Call::try_parse_from(["eval"]).is_err(), "a gold file is needed");
    }
}

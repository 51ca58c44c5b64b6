//! What `dalil eval` is asked.

use std::path::PathBuf;

/// Arguments of `dalil eval`.
#[derive(Clone, Debug, Default, clap::Args)]
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
    /// Print so many misses of each sort
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "json")]
    pub misses: usize,
    /// Print the scores as JSON
    #[arg(long)]
    pub json: bool,
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
        assert!(Call::try_parse_from(["eval"]).is_err(), "a gold file is needed");
    }
}

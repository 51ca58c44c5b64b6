//! `dalil train recognise`: the sequence model of each language, from the texts of `geodata/model/corpora.tsv`.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use crate::cli::eval::gold;
use crate::cli::output::{Log, stdout};
use crate::cli::run::Outcome;
use crate::gazetteer::Gazetteer;
use crate::lang::Lang;
use crate::recognise::Without;
use crate::recognise::model::train::{Example, learn};

use super::corpora;

/// Arguments of `dalil train recognise`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    folders: corpora::Folders,
    /// Folder to write to instead of the project's geodata/model
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Files of the list to leave out, to measure on them
    #[arg(long, value_delimiter = ',', value_name = "FILE,…")]
    leave_out: Vec<String>,
    /// Gold files whose texts are left out wherever they stand, to measure on them
    #[arg(long, value_delimiter = ',', value_name = "GOLD,…")]
    unseen: Vec<PathBuf>,
    /// Hide the name index from the model, to see what it is worth
    #[arg(long)]
    without_names: bool,
}

/// Learns the model of each language and writes it.
pub(super) fn recognise(arguments: &Arguments, log: Log) -> anyhow::Result<Outcome> {
    let folder = arguments.folders.model();
    let gazetteer = Gazetteer::embedded();
    let listed = corpora::read(&folder.join("corpora.tsv"))?;
    let mut unseen = HashSet::new();
    for file in &arguments.unseen {
        unseen.extend(gold::read(file)?.filter_map(Result::ok).map(|gold| gold.report.text));
    }
    let out = arguments.out.as_ref().unwrap_or(&folder);
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    let mut outcome = Outcome::Whole;
    for lang in [Lang::Ar, Lang::Fr, Lang::En] {
        let mut examples: Vec<Example> = Vec::new();
        for corpus in listed.iter().filter(|c| c.lang == lang && !arguments.leave_out.contains(&c.file)) {
            let (mut found, refused) = corpus.examples(&arguments.folders)?;
            found.retain(|example| !unseen.contains(&example.text));
            for reason in &refused {
                log.refuse(reason);
                outcome = Outcome::SomeRefused;
            }
            let names: usize = found.iter().map(|e| e.names.len()).sum();
            log.progress(&format!("{}\t{} texts\t{names} names", corpus.file, found.len()));
            examples.extend(found);
        }
        let learned = learn(&examples, lang, &gazetteer, Without { names: arguments.without_names, ..Without::default() });
        let likelihoods: Vec<String> = learned.likelihoods.iter().map(|l| format!("{l:.4}")).collect();
        let path = out.join(format!("{}.crf", lang.code()));
        std::fs::write(&path, learned.bytes()).with_context(|| path.display().to_string())?;
        writeln!(
            stdout(),
            "{}\t{} sentences\t{} tokens\t{} features\tlog-likelihood a token by pass {}",
            path.display(),
            learned.sentences,
            learned.tokens,
            learned.features(),
            likelihoods.join(" ")
        )?;
    }
    Ok(outcome)
}

//! `dalil train`: the learned files of `geodata/model`, made again from their texts.

mod corpora;

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use crate::gazetteer::Gazetteer;
use crate::lang::Lang;
use crate::recognise::model::train::{self, Example};

use super::arguments::{Train, TrainRecognise};
use super::output::{Log, stdout};
use super::run::Outcome;

pub(super) fn train(command: &Train, log: Log) -> anyhow::Result<Outcome> {
    match command {
        Train::Recognise(arguments) => recognise(arguments, log),
    }
}

/// Learns the sequence model of each language and writes it to `geodata/model` of the project.
fn recognise(arguments: &TrainRecognise, log: Log) -> anyhow::Result<Outcome> {
    let folder = arguments.project.join("geodata/model");
    let gazetteer = Gazetteer::embedded();
    let listed = corpora::read(&folder.join("corpora.tsv"))?;
    let mut outcome = Outcome::Whole;
    for lang in
        [Lang::Ar, Lang::Fr, Lang::En].into_iter().filter(|l| arguments.lang.is_empty() || arguments.lang.iter().any(|a| a == l.code()))
    {
        let mut examples: Vec<Example> = Vec::new();
        for corpus in listed.iter().filter(|c| c.lang == lang) {
            let (found, refused) = corpus.examples(&arguments.project, &arguments.corpora)?;
            for reason in &refused {
                log.refuse(reason);
                outcome = Outcome::SomeRefused;
            }
            let names: usize = found.iter().map(|e| e.names.len()).sum();
            log.progress(&format!("{}\t{} texts\t{names} names", corpus.file, found.len()));
            examples.extend(found);
        }
        let learned = train::learn(&examples, lang, &gazetteer);
        let likelihoods: Vec<String> = learned.likelihoods.iter().map(|l| format!("{l:.4}")).collect();
        let path = folder.join(format!("{}.crf", lang.code()));
        write(&path, &learned.bytes())?;
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

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

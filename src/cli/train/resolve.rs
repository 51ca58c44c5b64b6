//! `dalil train resolve`: what reasons for a place are worth, from the texts of `geodata/model/lessons.tsv` and from made reports.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use crate::cli::eval::gold::{Gold, GoldToponym};
use crate::cli::output::{Log, stdout};
use crate::cli::run::Outcome;
use crate::gazetteer::Gazetteer;
use crate::resolve::feature::{Feature, Row, rows};
use crate::resolve::train::{Learned, Lesson, learn, silver};

use super::corpora;

/// Made reports, about a minute's reading.
const SILVER: usize = 3_000;
/// What the names of the made reports count together, in names: as much as those of one file.
const SILVER_WEIGHT: f64 = 1_000.0;

/// Arguments of `dalil train resolve`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    folders: corpora::Folders,
    /// File to write to instead of the project's geodata/model/resolve.tsv
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Made reports to learn from
    #[arg(long, value_name = "N", default_value_t = SILVER)]
    made: usize,
}

/// Learns what reasons are worth and writes it.
pub(super) fn resolve(arguments: &Arguments, log: Log) -> anyhow::Result<Outcome> {
    let folder = arguments.folders.model();
    let gazetteer = Gazetteer::embedded();
    let (mut lessons, mut outcome) = (Vec::new(), Outcome::Whole);
    for corpus in corpora::read(&folder.join("lessons.tsv"))? {
        let (found, refused) = corpus.reports(&arguments.folders)?;
        for reason in &refused {
            log.refuse(reason);
            outcome = Outcome::SomeRefused;
        }
        log.progress(&format!("{}\t{}\t{} texts", corpus.file, corpus.lang.code(), found.len()));
        lessons.extend(weighing(f64::from(corpus.weight), found.into_iter().map(lesson).collect()));
    }
    lessons.extend(weighing(SILVER_WEIGHT, silver::reports(arguments.made, 1.0, &gazetteer)));
    let learned = learn(&lessons, &gazetteer);
    let path = arguments.out.clone().unwrap_or_else(|| folder.join("resolve.tsv"));
    std::fs::write(&path, file(&learned)).with_context(|| path.display().to_string())?;
    writeln!(stdout(), "{}\t{} reports\t{} names", path.display(), lessons.len(), learned.examples)?;
    Ok(outcome)
}

fn lesson(gold: Gold) -> Lesson {
    let point = |name: &GoldToponym| name.point.map(|p| geo::Point::new(p.lon, p.lat));
    let names = gold.toponyms.iter().flatten().map(|name| (name.chars.span_in(&gold.report.text), point(name)));
    Lesson { names: names.collect(), report: gold.report, weight: 1.0 }
}

/// Lessons whose names count so much together, so that the longest file does not decide alone.
fn weighing(together: f64, lessons: Vec<Lesson>) -> impl Iterator<Item = Lesson> {
    let known = lessons.iter().flat_map(|lesson| &lesson.names).filter(|(_, point)| point.is_some()).count();
    let weight = together / known.max(1) as f64;
    lessons.into_iter().map(move |lesson| Lesson { weight, ..lesson })
}

/// The file: what was learned, and confidence as it is by hand, which texts of other kinds made wrong on news (docs/confidence.md).
fn file(learned: &Learned) -> String {
    let (features, confidence) = rows().split_at(Feature::COUNT);
    let held = |rows: &[Row]| rows.iter().filter(|row| row.spread == 0.0).map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut out = format!(
        "# What: what each reason for a place is worth, natural-log odds for each unit of the reason; then what makes an answer sure.\n\
         # Source: learned by «dalil train resolve» from the texts of lessons.tsv and from reports made of sentences.tsv and the gazetteer:\n\
         #   {} names. Training begins at the column «by hand», which a person may edit, and texts pull a weight from there by about its\n\
         #   spread; with spread 0 it is held: {}.\n\
         #   What makes an answer sure is set by hand. Licence: CC BY 4.0. Date: 2026-11-21.\n\
         # Columns: feature\tweight\tby hand\tspread\twhat a unit of it is\n",
        learned.examples,
        held(features)
    );
    let numbers = learned.weights.0.iter().copied().chain(confidence.iter().map(|row| row.by_hand));
    for (row, weight) in rows().iter().zip(numbers) {
        let cells = [row.name.clone(), weight.to_string(), row.by_hand.to_string(), row.spread.to_string(), row.unit.clone()];
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

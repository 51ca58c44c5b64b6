//! `dalil train resolve`: weights of the reasons for a place, from gold reports and made ones.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::arguments::Places;
use crate::cli::eval::gold::{self, Gold};
use crate::cli::output::{Log, stdout};
use crate::cli::run::{Outcome, known_places};
use crate::resolve::feature::{Feature, rows};
use crate::resolve::train::{Learned, Lesson, learn, silver};

/// Made reports, about a minute's reading.
const SILVER: usize = 3_000;
/// What the names of each gold file count together, so that the longest does not decide alone.
const FILE_WEIGHT: f64 = 1_000.0;
/// The same for the made reports.
const SILVER_WEIGHT: f64 = 1_000.0;

/// Arguments of `dalil train resolve`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Gold files whose licences let weights that were learned from them be handed on
    #[arg(required = true)]
    gold: Vec<PathBuf>,
    /// One line for the head of the file on each text: «reports.jsonl, own, MIT»
    #[arg(long, value_name = "TEXT, SOURCE, LICENCE")]
    credit: Vec<String>,
    #[command(flatten)]
    places: Places,
}

pub(super) fn resolve(arguments: &Arguments, log: Log) -> anyhow::Result<Outcome> {
    let gazetteer = known_places(&arguments.places, log)?;
    let mut lessons = Vec::new();
    for path in &arguments.gold {
        lessons.extend(lessons_of(path)?);
    }
    let made = silver::reports(SILVER, 1.0, &gazetteer);
    let names: usize = made.iter().map(|lesson| lesson.names.len()).sum();
    let weight = SILVER_WEIGHT / names.max(1) as f64;
    lessons.extend(made.into_iter().map(|lesson| Lesson { weight, ..lesson }));
    log.progress(&format!("{} reports", lessons.len()));
    let learned = learn(&lessons, &gazetteer);
    write(&learned, &arguments.credit, &mut stdout())?;
    Ok(Outcome::Whole)
}

fn lessons_of(path: &Path) -> anyhow::Result<Vec<Lesson>> {
    let gold: Vec<Gold> = gold::read(path)?.collect::<crate::error::Result<_>>()?;
    let count: usize = gold.iter().flat_map(|g| g.toponyms.iter().flatten()).filter(|name| name.point.is_some()).count();
    let weight = FILE_WEIGHT / count.max(1) as f64;
    let lesson = |gold: Gold| {
        let names = gold.toponyms.iter().flatten();
        let point = |name: &gold::GoldToponym| name.point.map(|p| geo::Point::new(p.lon, p.lat));
        let names = names.map(|name| (name.chars.span_in(&gold.report.text), point(name))).collect();
        Lesson { names, report: gold.report, weight }
    };
    Ok(gold.into_iter().map(lesson).collect())
}

fn write(learned: &Learned, credits: &[String], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "# What: what each reason for a place is worth, natural-log odds for each unit of the reason; then what makes an answer sure."
    )?;
    writeln!(out, "# Made by «dalil train resolve» ({} names) from these sources:", learned.examples)?;
    for credit in credits {
        writeln!(out, "#   {credit}")?;
    }
    writeln!(out, "#   {SILVER} reports made from geodata/model/sentences.tsv and the gazetteer, own, MIT OR Apache-2.0 and CC BY 4.0")?;
    writeln!(
        out,
        "# Training begins at the third column, which a person may edit, and is drawn to it. Licence: CC BY 4.0. Date: the commit's."
    )?;
    writeln!(out, "# Columns: feature\tweight\tby hand\twhat a unit of it is")?;
    // Confidence stays as it is by hand: fitted to tweets and old papers it was wrong on news (docs/confidence.md).
    let numbers = learned.weights.0.iter().copied().chain(rows()[Feature::COUNT..].iter().map(|row| row.by_hand));
    for (row, weight) in rows().iter().zip(numbers) {
        writeln!(out, "{}\t{weight}\t{}\t{}", row.name, row.by_hand, row.unit)?;
    }
    out.flush()
}

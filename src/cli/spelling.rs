//! `dalil gazetteer learn` and `measure`: the costs of spellings, and what they find.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use crate::gazetteer::compile;
use crate::gazetteer::load;
use crate::gazetteer::row::Row;
use crate::gazetteer::spelling::learn as learned;
use crate::gazetteer::spelling::measure as measured;

use super::output::{Log, stdout};
use super::run::Outcome;

/// First lines of the table.
const HEAD: &str = "\
# What: what it costs a writer to write one piece of a place name as another, in natural-log units. Made by
# «dalil gazetteer learn geodata/gazetteer/base.tsv geodata/gazetteer/facts/*.tsv» from the names recorded there.
# Source: GeoNames, Who's On First and the other sources of these files. Licence: CC BY 4.0. Date: 2026-11-21. Columns:
# style (whose Latin letters), direction (script written, script of the name)\twritten\tstands in the name (^ begins it, $ ends it, _ is a space)\tcost
";

pub(super) fn learn(files: &[PathBuf], log: Log) -> anyhow::Result<Outcome> {
    let (rows, outcome) = read(files, log)?;
    write!(stdout(), "{HEAD}{}", learned::learn(&rows))?;
    Ok(outcome)
}

pub(super) fn measure(files: &[PathBuf], countries: &[String], misses: usize, log: Log) -> anyhow::Result<Outcome> {
    let (mut rows, outcome) = read(files, log)?;
    rows.retain(|r| countries.is_empty() || countries.contains(&r.country));
    let measured = measured::measure(&rows)?;
    let mut out = stdout();
    writeln!(out, "country\tnames\t@1\t@5\tplace@1\t@1 anywhere\t@5 anywhere\tnamesakes\tother names\tfound")?;
    let share = |hits: usize, of: usize| hits as f64 / of.max(1) as f64;
    for (country, r) in &measured.recalls {
        let shares = [r.first, r.five, r.place_first, r.first_anywhere, r.five_anywhere].map(|n| format!("{:.3}", share(n, r.names)));
        writeln!(out, "{country}\t{}\t{}\t{}\t{}\t{}", r.names, shares.join("\t"), r.namesakes, r.other_names, r.other_found)?;
    }
    writeln!(out, "\nproposals right and wrong within a cost a letter of\t{}", measured::BOUNDS.map(|b| b.to_string()).join("\t"))?;
    for (country, within) in &measured.within {
        let cells = (0..measured::BOUNDS.len())
            .map(|at| format!("{:.2} {:.2}", share(within.right[at], within.names), share(within.wrong[at], within.names)));
        writeln!(out, "{country}\t{}\t{}", within.names, cells.collect::<Vec<_>>().join("\t"))?;
    }
    let mut printed: BTreeMap<&str, usize> = BTreeMap::new();
    for miss in &measured.misses {
        let count = printed.entry(&miss.country).or_default();
        if *count < misses {
            *count += 1;
            let found: Vec<String> = miss.found.iter().map(|(key, cost)| format!("{key} {cost:.1}")).collect();
            writeln!(out, "{}\t{}\t{}\t{}", miss.country, miss.wrote, miss.wanted, found.join(", "))?;
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn read(files: &[PathBuf], log: Log) -> anyhow::Result<(Vec<Row>, Outcome)> {
    let (mut rows, mut outcome) = (Vec::new(), Outcome::Whole);
    for file in files {
        let content = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let loaded = load::rows(&file.display().to_string(), &content);
        for error in &loaded.refused {
            log.refuse(&error.to_string());
            outcome = Outcome::SomeRefused;
        }
        rows.extend(loaded.rows);
    }
    Ok((compile::merged(rows), outcome))
}

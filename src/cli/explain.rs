//! `dalil explain`: why each mention means its place.

use std::io::Write;

use crate::incident;
use crate::layer;
use crate::layer::properties::{MentionProperties, ReasonShape, RunnerUpShape};

use super::arguments::Explain;
use super::input;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places};

pub(super) fn explain(arguments: &Explain, log: Log) -> anyhow::Result<Outcome> {
    let gazetteer = known_places(&arguments.reading.places, log)?;
    let mut out = stdout();
    let mut outcome = Outcome::Whole;
    let mut shown = 0;
    input::read(std::slice::from_ref(&arguments.path), arguments.reading.published, &mut |read| {
        let report = match read {
            Ok(report) => report,
            Err(reason) => {
                log.refuse(&reason);
                outcome = Outcome::SomeRefused;
                return Ok(());
            }
        };
        let findings = incident::read(&report, &gazetteer);
        for mention in &findings.mentions {
            let properties = layer::mention_feature(&report, &findings, mention).properties;
            if arguments.at.is_none_or(|at| (properties.start..properties.end).contains(&at)) {
                print(&mut out, &properties)?;
                shown += 1;
            }
        }
        Ok(())
    })?;
    if shown == 0 {
        log.progress("no mention of a place there");
    }
    out.flush()?;
    Ok(outcome)
}

fn print(out: &mut impl Write, mention: &MentionProperties) -> anyhow::Result<()> {
    let place = match (&mention.place_name, &mention.place_id) {
        (Some(name), Some(id)) => {
            let units: Vec<&str> = [&mention.admin1, &mention.country].into_iter().flatten().map(String::as_str).collect();
            format!("{name} ({}), {id}", units.join(", "))
        }
        _ => "not resolved".to_owned(),
    };
    writeln!(out, "{}–{}\t{}\t{}\t{place}\tconfidence {}", mention.start, mention.end, mention.text, mention.kind, mention.confidence)?;
    for ReasonShape { what, weight } in &mention.reasons {
        writeln!(out, "\t{weight:+.2}\t{what}")?;
    }
    for RunnerUpShape { id, name, lat, lon, score } in &mention.runners_up {
        writeln!(out, "\tnot\t{name}, {id}\tscore {score}\tlon {lon}, lat {lat}")?;
    }
    Ok(())
}

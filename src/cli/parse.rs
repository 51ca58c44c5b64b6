//! `dalil parse`: reports in, what they say out; nothing is kept.

use std::io::Write;

use crate::gazetteer::Gazetteer;
use crate::incident;
use crate::layer;
use crate::recognise::Report;

use super::arguments::{Parse, ParseFormat};
use super::input;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places};

pub(super) fn parse(arguments: &Parse, log: Log) -> anyhow::Result<Outcome> {
    let gazetteer = known_places(&arguments.reading.places, log)?;
    let mut out = stdout();
    let mut written = 0_usize;
    write!(out, "{}", opening(arguments.format))?;
    let outcome = input::each_report(&arguments.paths, arguments.reading.published, log, &mut |report| {
        for part in parts(report, &gazetteer, arguments.format)? {
            write!(out, "{}{part}", if written == 0 { "" } else { separator(arguments.format) })?;
            written += 1;
        }
        // Who pipes reports in one by one waits for each.
        if arguments.format == ParseFormat::Jsonl {
            writeln!(out)?;
            written = 0;
            out.flush()?;
        }
        Ok(())
    })?;
    write!(out, "{}", closing(arguments.format))?;
    out.flush()?;
    Ok(outcome)
}

/// What is written of a report: itself, or its incidents one by one.
fn parts(report: &Report, gazetteer: &Gazetteer, format: ParseFormat) -> anyhow::Result<Vec<String>> {
    let findings = incident::read(report, gazetteer);
    if format == ParseFormat::Geojson {
        return Ok(layer::incident_items(report, &findings).into_iter().map(|item| item.feature).collect());
    }
    Ok(vec![serde_json::to_string(&layer::parsed(report, &findings))?])
}

fn opening(format: ParseFormat) -> &'static str {
    match format {
        ParseFormat::Jsonl => "",
        ParseFormat::Json => "[\n",
        ParseFormat::Geojson => "{\"type\":\"FeatureCollection\",\"features\":[\n",
    }
}

fn separator(format: ParseFormat) -> &'static str {
    if format == ParseFormat::Jsonl { "" } else { ",\n" }
}

fn closing(format: ParseFormat) -> &'static str {
    match format {
        ParseFormat::Jsonl => "",
        ParseFormat::Json => "\n]\n",
        ParseFormat::Geojson => "\n]}\n",
    }
}

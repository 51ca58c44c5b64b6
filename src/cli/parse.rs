//! `dalil parse`: reports in, what they say out; nothing is kept.

use std::io::Write;

use serde_json::{Value, json};

use crate::gazetteer::Gazetteer;
use crate::incident;
use crate::incident::corroborate::{Telling, corroborate};
use crate::layer;
use crate::recognise::Report;

use super::arguments::{Parse, ParseFormat};
use super::input;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places};

pub(super) fn parse(arguments: &Parse, log: Log) -> anyhow::Result<Outcome> {
    let gazetteer = known_places(&arguments.reading.places, log)?;
    if arguments.events {
        return with_events(arguments, &gazetteer, log);
    }
    let mut out = stdout();
    let mut written = 0_usize;
    write!(out, "{}", opening(arguments.format))?;
    let outcome = input::each_report(&arguments.paths, &arguments.reading, log, &mut |report| {
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

/// Reads everything, then prints it with the event of each incident: it takes all reports to know which are one.
fn with_events(arguments: &Parse, gazetteer: &Gazetteer, log: Log) -> anyhow::Result<Outcome> {
    let (mut all, mut tellings): (Vec<Value>, Vec<Telling>) = (Vec::new(), Vec::new());
    let outcome = input::each_report(&arguments.paths, &arguments.reading, log, &mut |report| {
        for part in parts(report, gazetteer, arguments.format)? {
            let part: Value = serde_json::from_str(&part)?;
            if arguments.format == ParseFormat::Geojson {
                tellings.extend(layer::feature_telling(&part));
            } else {
                let published = report.published.map(|day| day.to_string());
                tellings.extend(layer::parsed_tellings(&part, report.source.as_deref(), published.as_deref()));
            }
            all.push(part);
        }
        Ok(())
    })?;
    let found = corroborate(&tellings, &[]);
    let event_of = found.by_incident();
    let event = |id: &Value| json!(id.as_str().and_then(|id| event_of.get(id)));
    for part in &mut all {
        if arguments.format == ParseFormat::Geojson {
            part["properties"]["cluster_id"] = event(&part["id"]);
        } else {
            for incident in part["incidents"].as_array_mut().into_iter().flatten() {
                incident["cluster_id"] = event(&incident["id"]);
            }
        }
    }
    let mut out = stdout();
    let parts: Vec<String> = all.iter().map(Value::to_string).collect();
    let separator = if arguments.format == ParseFormat::Jsonl { "\n" } else { separator(arguments.format) };
    let end = if arguments.format == ParseFormat::Jsonl && !parts.is_empty() { "\n" } else { "" };
    write!(out, "{}{}{end}{}", opening(arguments.format), parts.join(separator), closing(arguments.format))?;
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

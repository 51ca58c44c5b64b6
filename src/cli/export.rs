//! `dalil export`: what a store holds, in the formats of other programs.

use std::io::Write;

use anyhow::Context;

use crate::intake;
use crate::layer;
use crate::snapshot::Snapshot;
use crate::snapshot::parameters::Question;
use crate::store::{Collection, Store};

use super::arguments::{Export, ExportFormat, Filters};
use super::output::stdout;
use super::run::{Outcome, store_folder};

pub(super) fn export(arguments: &Export) -> anyhow::Result<Outcome> {
    let collection = Collection::from_name(&arguments.collection).with_context(|| {
        format!(
            "--collection: found «{}», expected incidents, events, mentions, places, corrections, incident-corrections, rulings or reports",
            arguments.collection
        )
    })?;
    let question = Question::parse(collection, pairs(&arguments.filters), &[])?;
    let folder = store_folder(&arguments.keeping)?;
    anyhow::ensure!(Store::file(&folder).exists(), "{}: there is no store; «dalil ingest» makes one", folder.display());
    let mut store = Store::open(&folder)?;
    intake::corroborate(&mut store)?;
    let snapshot = Snapshot::of(&store, &folder)?;
    let matches = snapshot.matches(collection, &question.predicate());
    let page = snapshot.layer(collection).page(&matches, &question.sort, None, 0, usize::MAX - 1);
    let mut out = stdout();
    match arguments.format {
        ExportFormat::Geojson => {
            let whole = layer::Collection { features: page.features, bbox: page.bbox, ..layer::Collection::default() };
            writeln!(out, "{}", layer::collection(&whole))?;
        }
        ExportFormat::Geojsonseq => {
            for feature in &page.features {
                // RFC 8142: a record separator before each text, a line feed after it.
                writeln!(out, "\u{1E}{feature}")?;
            }
        }
        ExportFormat::Csv => write!(out, "{}", layer::csv(&owned(&page.features)))?,
        ExportFormat::Hxl => write!(out, "{}", layer::hxl(&owned(&page.features)))?,
    }
    out.flush()?;
    Ok(Outcome::Whole)
}

fn pairs(filters: &Filters) -> Vec<(String, String)> {
    let given = [
        ("bbox", &filters.bbox),
        ("datetime", &filters.datetime),
        ("event_type", &filters.event_type),
        ("sub_event_type", &filters.sub_event_type),
        ("status", &filters.status),
        ("granularity", &filters.granularity),
        ("lang", &filters.lang),
        ("country", &filters.country),
        ("q", &filters.q),
        ("filter", &filters.filter),
        ("sortby", &filters.sortby),
    ];
    given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
}

fn owned(features: &[&str]) -> Vec<String> {
    features.iter().map(|f| (*f).to_owned()).collect()
}

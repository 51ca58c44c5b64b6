//! `dalil export`: what a store holds, in the formats of other programs.

use anyhow::Context;

use crate::gazetteer::Gazetteer;
use crate::intake;
use crate::layer::{self, About, FORMATS};
use crate::snapshot::Snapshot;
use crate::snapshot::parameters::Question;
use crate::store::{Collection, Store};

use super::arguments::{Export, Filters};
use super::output::{Log, stdout};
use super::run::{Outcome, store_folder};

pub(super) fn export(arguments: &Export, log: Log) -> anyhow::Result<Outcome> {
    let collection = Collection::from_name(&arguments.collection).with_context(|| {
        format!(
            "--collection: found «{}», expected incidents, clusters, mentions, places, corrections, incident-corrections, rulings or reports",
            arguments.collection
        )
    })?;
    let format = arguments.format;
    if !format.suits(collection) {
        let suiting: Vec<&str> = FORMATS.iter().filter(|f| f.suits(collection)).map(|f| f.name).collect();
        anyhow::bail!("--format: found «{}» for {}, expected {}", format.name, collection.name(), suiting.join(", "));
    }
    let filter = pairs(&arguments.filters);
    let folder = store_folder(&arguments.keeping)?;
    anyhow::ensure!(Store::file(&folder).exists(), "{}: there is no store; «dalil ingest» makes one", folder.display());
    let mut store = Store::open(&folder)?;
    let gazetteer = intake::overlaid(&Gazetteer::embedded(), &store)?;
    let question = Question::parse(collection, filter.clone(), &[])?.across_scripts(&|name| gazetteer.bearers(name));
    intake::corroborate(&mut store)?;
    let snapshot = Snapshot::of(&store, &folder)?;
    let matches = snapshot.matches(collection, &question.predicate());
    let page = snapshot.layer(collection).page(&matches, &question.sort, None, 0, usize::MAX - 1);
    let mut about = About {
        filter: filter.into_iter().chain(question.assumed).collect(),
        read_with: store.fingerprints()?,
        exported: arguments.exported.map(|time| format!("{time:.3}")),
        bbox: page.bbox,
        has_bom: arguments.bom,
        ..About::new(collection)
    };
    for feature in &page.features {
        about.columns.see(feature)?;
    }
    let mut export = layer::Export::begin(format, &about, stdout())?;
    for feature in &page.features {
        export.feature(feature)?;
    }
    let (_, manifest) = export.finish()?;
    for (why, count) in &manifest.left_out {
        log.refuse(&format!("{count} not in the file: {}", why.title()));
    }
    if let Some(file) = &arguments.manifest {
        let json = serde_json::to_string_pretty(&manifest.json())?;
        std::fs::write(file, json + "\n").with_context(|| file.display().to_string())?;
    }
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

//! Findings as the store keeps them: each feature as it is published, beside what it is found by.

use serde::Serialize;

use crate::incident::Findings;
use crate::recognise::Report;
use crate::resolve::Resolution;
use crate::store::{Item, ReportRow};
use crate::text::Text;
use crate::text::fold::fold_phrase;
use crate::text::sketch::Sketch;

use super::excerpt::Quoted;
use super::features::{incident_quoted, mention_quoted, report_feature};
use super::geometry::bounds;

/// The incidents of a report.
pub fn incident_items(report: &Report, findings: &Findings) -> Vec<Item> {
    let quoted = Quoted::of(&report.text, findings.lang);
    let item = |incident| {
        let feature = incident_quoted(report, findings, incident, &quoted);
        let fields = &feature.properties.fields;
        let others = fields.other_places.iter().flat_map(|o| [o.place_name.as_deref(), o.place_surface.as_deref()]);
        let words = [fields.place_name.as_deref(), fields.place_surface.as_deref(), Some(fields.notes.as_str())]
            .into_iter()
            .chain(others)
            .flatten();
        Item {
            event_type: Some(fields.event_type),
            sub_event_type: Some(fields.sub_event_type),
            status: Some(fields.status),
            granularity: Some(fields.granularity),
            date_start: fields.date_start.clone(),
            date_end: fields.date_end.clone(),
            bbox: feature.geometry.as_ref().map(bounds),
            place_id: fields.gazetteer_id.clone(),
            country: fields.country.clone(),
            lang: findings.lang.code(),
            unrecorded: None,
            correction: None,
            folded: fold_phrase(&words.chain(fields.actors.iter().map(|a| a.name.as_str())).collect::<Vec<_>>().join("\n")),
            feature: written(&feature),
            id: feature.id,
        }
    };
    findings.incidents.iter().map(item).collect()
}

/// The mentions of a report.
pub fn mention_items(report: &Report, findings: &Findings) -> Vec<Item> {
    let quoted = Quoted::of(&report.text, findings.lang);
    let item = |mention: &Resolution| {
        let feature = mention_quoted(report, findings, mention, &quoted);
        let properties = &feature.properties;
        Item {
            date_start: report.published.map(|d| d.to_string()),
            date_end: report.published.map(|d| d.to_string()),
            bbox: feature.geometry.as_ref().map(bounds),
            place_id: properties.place_id.clone(),
            country: properties.country.clone(),
            lang: findings.lang.code(),
            folded: fold_phrase(&format!("{}\n{}", properties.text, properties.place_name.as_deref().unwrap_or_default())),
            feature: written(&feature),
            unrecorded: mention.is_unrecorded.then(|| fold_phrase(&properties.text)),
            id: feature.id.clone(),
            ..Item::default()
        }
    };
    findings.mentions.iter().map(item).collect()
}

/// The report itself.
pub fn report_row(report: &Report, findings: &Findings) -> ReportRow {
    ReportRow {
        report: report.clone(),
        lang: findings.lang.code(),
        feature: written(&report_feature(report, findings)),
        sketch: Sketch::of(&Text::read(&report.text)),
    }
}

/// A published shape as JSON.
///
/// # Panics
/// Never: published shapes have string keys and finite numbers.
pub fn written(shape: &impl Serialize) -> String {
    serde_json::to_string(shape).expect("published shapes have string keys and finite numbers")
}

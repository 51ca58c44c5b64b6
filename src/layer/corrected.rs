//! A person's correction laid over an incident as the machine reads it.

mod follow;
mod place;

use serde_json::{Map, Value, json};

use crate::gazetteer::Gazetteer;
use crate::incident::correction::{IncidentCorrection, Seen, Verdict, found};
use crate::incident::corroborate::Reference;
use crate::incident::{Granularity, Status, SubEventType};
use crate::store::{Item, short_hash, version};
use crate::text::fold::fold_phrase;

use super::features::feature;
use super::geometry::around;
use super::items::written;
use super::properties::{Feature, IncidentCorrectionProperties};
use super::tellings::{evidence, granularity, status};

/// The incidents of a report, whose text is given, with what people corrected of them.
pub fn corrected_items(text: &str, items: Vec<Item>, corrections: &[IncidentCorrection], gazetteer: &Gazetteer) -> Vec<Item> {
    let features: Vec<Value> = items.iter().map(|item| serde_json::from_str(&item.feature).unwrap_or_default()).collect();
    let seen: Vec<Seen> = features.iter().map(seen).collect();
    let laid = found(corrections, &seen, &short_hash(text));
    let each = items.into_iter().zip(features).zip(laid);
    each.map(|((item, machine), correction)| match correction {
        Some(correction) => corrected_item(item, &machine, correction, gazetteer),
        None => item,
    })
    .collect()
}

/// What finds the incident of a published feature again.
fn seen(feature: &Value) -> Seen {
    let (start, end) = evidence(&feature["properties"]).unwrap_or_default();
    let words = |e: &&Value| e["start"] == start && e["end"] == end;
    let words = feature["properties"]["evidence"].as_array().into_iter().flatten().find(words);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Seen {
        id: text(&feature["id"]),
        start,
        end,
        words: words.map(|e| text(&e["text"])).unwrap_or_default(),
        sentence: text(&feature["properties"]["excerpt"]["text"]),
    }
}

/// A correction of an incident that says nothing yet: `feature` is what is published of it, `text` that of its report.
pub fn correction_of(feature: &Value, text: &str) -> IncidentCorrection {
    let Seen { id, start, end, words, sentence } = seen(feature);
    let report_id = feature["properties"]["report_id"].as_str().unwrap_or_default().to_owned();
    IncidentCorrection {
        id: String::new(),
        incident: Reference { id, report_id, start, end },
        text: short_hash(text),
        words,
        sentence,
        fields: Map::new(),
        verdict: None,
        note: String::new(),
        created: String::new(),
        created_by: String::new(),
        modified: String::new(),
        modified_by: String::new(),
    }
}

/// The published feature of an incident with a correction over it. What the machine says stays beside it, in `properties.corrected`.
///
/// `"corrected":{"id":"fix:0123456789ab","fields":["killed_best"],"verdict":"confirmed","note":"","by":"page","at":"2026-11-22T10:00:00Z",
/// "version":"…","machine":{"killed_best":5,…}}`
pub fn corrected_feature(machine: &Value, correction: &IncidentCorrection, gazetteer: &Gazetteer) -> Value {
    let was = machine["properties"].as_object().cloned().unwrap_or_default();
    let mut fields = was.clone();
    for (name, value) in &correction.fields {
        fields.insert(name.clone(), value.clone());
    }
    follow::follow(&mut fields, &correction.fields);
    let geometry = place::placed(&mut fields, &machine["geometry"], correction, gazetteer);
    follow::country(&mut fields, &correction.fields);
    follow::shared(&mut fields);
    let mut old: Map<String, Value> =
        was.into_iter().filter(|(name, value)| fields.get(name) != Some(value) || correction.fields.contains_key(name)).collect();
    if geometry != machine["geometry"] {
        old.insert("geometry".to_owned(), machine["geometry"].clone());
    }
    let is_changed = !correction.modified.is_empty();
    let (at, by) = if is_changed { (&correction.modified, &correction.modified_by) } else { (&correction.created, &correction.created_by) };
    let corrected = json!({
        "id": correction.id,
        "fields": correction.fields.keys().collect::<Vec<_>>(),
        "verdict": correction.verdict.map(Verdict::label),
        "note": correction.note,
        "by": by,
        "at": at,
        "version": version(correction),
        "machine": old,
    });
    fields.insert("corrected".to_owned(), corrected);
    let mut out = json!({"type": "Feature", "id": machine["id"]});
    if let Some(bbox) = box_of(&geometry).filter(|_| geometry["type"] != "Point") {
        out["bbox"] = json!(bbox);
    }
    out["geometry"] = geometry;
    out["properties"] = Value::Object(fields);
    out
}

fn corrected_item(item: Item, machine: &Value, correction: &IncidentCorrection, gazetteer: &Gazetteer) -> Item {
    let feature = corrected_feature(machine, correction, gazetteer);
    let fields = &feature["properties"];
    let said = |key: &str| fields[key].as_str();
    let owned = |key: &str| said(key).map(str::to_owned);
    let kind = said("sub_event_type").and_then(SubEventType::from_label);
    let actors = fields["actors"].as_array().into_iter().flatten().filter_map(|a| a["name"].as_str());
    let words = ["place_name", "place_surface", "notes"].into_iter().filter_map(said).chain(actors);
    Item {
        event_type: kind.map(|kind| kind.event_type().label()),
        sub_event_type: kind.map(SubEventType::label),
        status: said("status").and_then(status).map(Status::label),
        granularity: said("granularity").and_then(granularity).map(Granularity::label),
        date_start: owned("date_start"),
        date_end: owned("date_end"),
        bbox: box_of(&feature["geometry"]),
        place_id: owned("gazetteer_id"),
        country: owned("country"),
        folded: fold_phrase(&words.collect::<Vec<_>>().join("\n")),
        correction: Some((correction.id.clone(), correction.verdict.map(Verdict::label))),
        feature: written(&feature),
        ..item
    }
}

/// The box around a geometry that is written; `None` around none.
pub(super) fn box_of(geometry: &Value) -> Option<[f64; 4]> {
    let mut bbox = None;
    corners(&geometry["coordinates"], &mut |[lon, lat]| bbox = around(bbox.into_iter().chain([[lon, lat, lon, lat]])));
    bbox
}

/// Each position of GeoJSON coordinates, however deep.
fn corners(coordinates: &Value, each: &mut impl FnMut([f64; 2])) {
    let Some(list) = coordinates.as_array() else { return };
    match list.as_slice() {
        [lon, lat, ..] if lon.is_number() => each([lon.as_f64().unwrap_or_default(), lat.as_f64().unwrap_or_default()]),
        parts => parts.iter().for_each(|part| corners(part, each)),
    }
}

/// The published form of a correction of an incident; it has no geometry.
pub fn incident_correction_feature(correction: &IncidentCorrection) -> Feature<IncidentCorrectionProperties> {
    let properties = IncidentCorrectionProperties { correction: correction.clone(), version: version(correction) };
    feature(correction.id.clone(), None, properties)
}

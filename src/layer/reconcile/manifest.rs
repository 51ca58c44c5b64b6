//! What the service says of itself.

use serde_json::{Value, json};

use crate::gazetteer::kind;

use super::properties::class_name;

/// Queries in one batch: half a second of one core at most.
pub const MAX_BATCH: usize = 200;
/// Prefix of the identifiers as URIs: the same wherever the service runs, since the places are.
const IDENTIFIER_SPACE: &str = "urn:x-dalil:place:";
/// Types are the feature codes of GeoNames, as its ontology writes them (`P.PPLA`).
const SCHEMA_SPACE: &str = "https://www.geonames.org/ontology#";
/// Types that a column of place names usually has.
const DEFAULT_TYPES: [&str; 5] = ["P", "A", "A.PCLI", "A.ADM1", "A.ADM2"];
/// Pixels of a preview: five short lines.
const PREVIEW_WIDTH: u32 = 360;
const PREVIEW_HEIGHT: u32 = 180;

/// The manifest of a service that answers under an address (`http://127.0.0.1:8080`).
pub fn manifest(base: &str) -> Value {
    let service = |path: &str| json!({"service_url": base, "service_path": path});
    let languages = [("en", "English"), ("ar", "العربية"), ("fr", "français")].map(|(value, name)| json!({"value": value, "name": name}));
    json!({
        "versions": ["0.2"],
        "name": "dalil: places in Arabic, French and English",
        "identifierSpace": IDENTIFIER_SPACE,
        "schemaSpace": SCHEMA_SPACE,
        "documentation": format!("{base}/api/openapi"),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "defaultTypes": DEFAULT_TYPES.map(type_shape),
        "view": {"url": format!("{base}/reconcile/preview?id={{{{id}}}}")},
        "preview": {"url": format!("{base}/reconcile/preview?id={{{{id}}}}"), "width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {
            "entity": service("/reconcile/suggest/entity"),
            "type": service("/reconcile/suggest/type"),
            "property": service("/reconcile/suggest/property"),
        },
        "extend": {
            "propose_properties": service("/reconcile/properties"),
            "property_settings": [{
                "name": "lang", "label": "Language of names", "type": "select", "default": "en",
                "help_text": "Language in which countries and units are named", "choices": languages,
            }],
        },
        "batchSize": MAX_BATCH,
    })
}

/// A type by its identifier: `{"id":"P.PPLA","name":"…","broader":[{"id":"P","name":"…"}]}`
pub(super) fn type_shape(id: &str) -> Value {
    let class = id.chars().next().unwrap_or_default();
    match id.split_once('.') {
        None => json!({"id": id, "name": class_name(class)}),
        Some((_, code)) => {
            json!({"id": id, "name": kind::name(code), "broader": [{"id": class.to_string(), "name": class_name(class)}]})
        }
    }
}

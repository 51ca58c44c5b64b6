//! Data extension: properties of places that were chosen.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::lang::Lang;

use super::properties::Property;

/// Places whose values are asked for at once.
const MAX_IDS: usize = 5_000;

/// `{"ids":["geonames:2457163"],"properties":[{"id":"country","settings":{"lang":"ar"}}]}`
#[derive(Clone, Debug, Deserialize)]
pub struct ExtendQuery {
    ids: Vec<String>,
    properties: Vec<Wanted>,
}

#[derive(Clone, Debug, Deserialize)]
struct Wanted {
    id: String,
    settings: Option<Value>,
}

/// Columns and rows: `{"meta":[{"id":…,"name":…}],"rows":{"geonames:2457163":{"country":[{"id":…,"name":…}]}}}`
///
/// # Errors
/// [`Error::Value`] for a property that is not known, or for too many places. A place that is not known has empty cells.
pub fn extended(query: &ExtendQuery, gazetteer: &Gazetteer) -> Result<Value> {
    if query.ids.len() > MAX_IDS {
        return Err(Error::value("extend", format!("{} ids", query.ids.len()), &format!("at most {MAX_IDS}")));
    }
    let mut columns = Vec::new();
    for wanted in &query.properties {
        let known = Property::ALL.map(|p| p.described().0).join(", ");
        let property = Property::from_id(&wanted.id)
            .ok_or_else(|| Error::value("extend", format!("property «{}»", wanted.id), &format!("one of {known}")))?;
        let lang = wanted.settings.as_ref().and_then(|s| s["lang"].as_str()).and_then(Lang::from_code);
        columns.push((property, lang));
    }
    let meta: Vec<Value> = columns
        .iter()
        .map(|(property, _)| {
            let (id, name, _) = property.described();
            let mut column = json!({"id": id, "name": name});
            if property.is_place() {
                column["type"] = json!({"id": "A", "name": super::properties::class_name('A')});
            }
            column
        })
        .collect();
    let mut rows = Map::new();
    for id in &query.ids {
        let place = gazetteer.by_id(id);
        let cells: Map<String, Value> = columns
            .iter()
            .map(|(property, lang)| {
                let values = place.map(|place| property.values(place, gazetteer, *lang)).unwrap_or_default();
                (property.described().0.to_owned(), Value::Array(values))
            })
            .collect();
        rows.insert(id.clone(), Value::Object(cells));
    }
    Ok(json!({"meta": meta, "rows": rows}))
}

//! Suggestions while someone types: places, types, properties.

use serde_json::{Value, json};

use crate::gazetteer::kind;
use crate::gazetteer::search::{Mode, Query, search};
use crate::gazetteer::{Gazetteer, Place};
use crate::layer::pelias::label;
use crate::text::fold::fold_phrase;

use super::candidates::by_identifier;
use super::manifest::type_shape;
use super::properties::{Property, types};

/// Suggestions at once.
const SHOWN: usize = 10;
/// Places behind a beginning that can be paged through.
const MAX_PLACES: usize = 100;

/// Places whose name begins so, or the one with this identifier; `skip` of them passed over.
pub fn suggested_entities(prefix: &str, skip: usize, gazetteer: &Gazetteer) -> Value {
    let limit = skip.saturating_add(SHOWN).min(MAX_PLACES);
    let known = by_identifier(prefix.trim(), gazetteer).map(Place::reference);
    let query = Query { mode: Mode::Beginning, ..Query::of(prefix, limit) };
    let found = search(gazetteer, &query).into_iter().map(|f| f.place).filter(|p| Some(*p) != known);
    let result: Vec<Value> = known
        .into_iter()
        .chain(found)
        .skip(skip)
        .take(SHOWN)
        .map(|place| {
            let place = gazetteer.place(place);
            json!({"id": place.id(), "name": place.name(), "description": label(place, gazetteer, None), "notable": types(place)})
        })
        .collect();
    json!({"result": result})
}

/// Types whose identifier begins so or whose name has a word that does.
pub fn suggested_types(prefix: &str, skip: usize) -> Value {
    let ids = kind::features().iter().map(|f| if f.code.is_empty() { f.class.to_string() } else { format!("{}.{}", f.class, f.code) });
    of_list(ids.map(|id| type_shape(&id)).collect(), prefix, skip)
}

/// Properties whose identifier or name begins so.
pub fn suggested_properties(prefix: &str, skip: usize) -> Value {
    of_list(Property::ALL.map(Property::shape).to_vec(), prefix, skip)
}

fn of_list(all: Vec<Value>, prefix: &str, skip: usize) -> Value {
    let typed = prefix.trim().to_lowercase();
    let begins = |text: &Value| {
        let text = text.as_str().unwrap_or_default().to_lowercase();
        text.starts_with(&typed)
            || text.split('.').any(|part| part.starts_with(&typed))
            || format!(" {}", fold_phrase(&text)).contains(&format!(" {typed}"))
    };
    let mut result: Vec<Value> = all.into_iter().filter(|item| begins(&item["id"]) || begins(&item["name"])).collect();
    // The very identifier or name first.
    result.sort_by_key(|item| item["id"].as_str().map(str::to_lowercase) != Some(typed.clone()) && item["name"].as_str() != Some(&typed));
    json!({"result": result.into_iter().skip(skip).take(SHOWN).collect::<Vec<_>>()})
}

/// Properties that places of a type have.
pub fn proposed_properties(kind: &str, limit: Option<usize>) -> Value {
    let properties: Vec<Value> = Property::ALL.into_iter().take(limit.unwrap_or(usize::MAX)).map(Property::shape).collect();
    let mut out = json!({"properties": properties});
    if !kind.is_empty() {
        out["type"] = json!(kind);
    }
    if let Some(limit) = limit {
        out["limit"] = json!(limit);
    }
    out
}

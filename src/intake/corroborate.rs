//! The events of a store: made anew when its incidents or rulings have changed.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Result;
use crate::incident::corroborate::{self, Corroboration, Event, Ruling, Telling, Unheeded};
use crate::layer;
use crate::store::{Item, Store};

/// The incidents of a store as corroboration and publication need them.
pub(super) struct Told {
    tellings: Vec<Telling>,
    features: BTreeMap<String, Value>,
}

impl Told {
    pub(super) fn of(store: &Store) -> Result<Told> {
        let features = store.incident_features()?.into_iter().filter_map(|f| serde_json::from_str::<Value>(&f).ok());
        let features: BTreeMap<String, Value> = features.filter_map(|f| Some((f["id"].as_str()?.to_owned(), f))).collect();
        Ok(Told { tellings: features.values().filter_map(layer::feature_telling).collect(), features })
    }

    pub(super) fn corroborated(&self, rulings: &[Ruling]) -> Corroboration {
        corroborate::corroborate(&self.tellings, rulings)
    }

    /// A telling by the identifier of its incident.
    pub(super) fn telling(&self, id: &str) -> Option<&Telling> {
        // Made in the order of the identifiers.
        self.tellings.binary_search_by(|t| t.id.as_str().cmp(id)).ok().and_then(|at| self.tellings.get(at))
    }

    fn items(&self, found: &Corroboration) -> Vec<Item> {
        let events = found.clusters.iter().filter_map(|cluster| Event::of(cluster, |id| self.telling(id)));
        events.map(|event| layer::event_item(&event, |id| self.features.get(id))).collect()
    }
}

/// Makes the events of a store anew unless they are those of what it holds; gives the rulings that could not be obeyed.
///
/// # Errors
/// [`crate::Error::Store`]; the events are as they were then.
pub fn corroborate(store: &mut Store) -> Result<Vec<Unheeded>> {
    if store.events_are_current()? {
        return Ok(Vec::new());
    }
    store.change(|store| {
        let told = Told::of(store)?;
        let rulings = store.rulings()?;
        let found = told.corroborated(&rulings);
        for ruling in &rulings {
            store.set_ruling(ruling, &layer::written(&layer::ruling_feature(ruling, &found.unheeded)))?;
        }
        store.set_events(&told.items(&found), found.by_incident())?;
        Ok((found.unheeded, true))
    })
}

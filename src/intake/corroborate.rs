//! The events of a store: made anew when its incidents or rulings have changed.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Result;
use crate::incident::corroborate::{self, Corroboration, Event, Ruling, Telling, Unheeded};
use crate::layer;
use crate::store::{Item, Store};

use super::copies::{Sketched, originals};

/// The incidents of a store as corroboration and publication need them; features as they are kept, since parsed they take several times the
/// room.
pub(super) struct Told {
    tellings: Vec<Telling>,
    features: BTreeMap<String, String>,
    /// Copies, and the report that each is a copy of.
    copies: BTreeMap<String, String>,
}

impl Told {
    pub(super) fn of(store: &Store) -> Result<Told> {
        let mut told = BTreeMap::new();
        for feature in store.incident_features()? {
            let Ok(parsed) = serde_json::from_str::<Value>(&feature) else { continue };
            let Some(id) = parsed["id"].as_str() else { continue };
            told.insert(id.to_owned(), (feature, layer::feature_telling(&parsed)));
        }
        let (mut tellings, mut features) = (Vec::new(), BTreeMap::new());
        let sketched = |(id, published, sketch)| Sketched { id, published, sketch };
        let copies = originals(store.sketches()?.into_iter().map(sketched).collect());
        for (id, (feature, telling)) in told {
            tellings.extend(telling.map(|t: Telling| Telling { text_of: copies.get(&t.report_id).cloned().unwrap_or(t.text_of), ..t }));
            features.insert(id, feature);
        }
        Ok(Told { tellings, features, copies })
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
        let item = |event: Event| {
            let parsed = |id: &String| Some((id.clone(), serde_json::from_str::<Value>(self.features.get(id)?).ok()?));
            let members: BTreeMap<String, Value> = event.members.iter().filter_map(parsed).collect();
            layer::event_item(&event, |id| members.get(id))
        };
        events.map(item).collect()
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
        store.set_copies(&told.copies)?;
        store.set_events(&told.items(&found), found.by_incident())?;
        Ok((found.unheeded, true))
    })
}

/// As [`corroborate`], without keeping others from writing while it works: it looks at one moment of the store, and what was changed since
/// is for the next time.
///
/// # Errors
/// As [`corroborate`].
pub fn corroborate_beside(store: &mut Store) -> Result<()> {
    let (moment, told, rulings) = store.at_a_moment(|store| Ok((store.moment()?, Told::of(store)?, store.rulings()?)))?;
    let found = told.corroborated(&rulings);
    let events = told.items(&found);
    store.change(|store| {
        let is_same = store.moment()? == moment;
        // A ruling that was taken back meanwhile is not brought back.
        for ruling in rulings.iter().filter(|_| is_same) {
            store.set_ruling(ruling, &layer::written(&layer::ruling_feature(ruling, &found.unheeded)))?;
        }
        store.set_copies(&told.copies)?;
        store.set_events(&events, found.by_incident())?;
        if !is_same {
            store.outdate_events()?;
        }
        Ok(((), true))
    })
}

//! What each language calls the actors that incidents name.

use serde::Serialize;

use crate::lang::Lang;
use crate::lang::event_words::EventWords;

/// An actor and its names; empty where a language has none of its own.
///
/// `{"name":"Soldiers","name_ar":"جنود","name_fr":"soldats","kind":"state","country":"*"}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "named in the machine interface")]
pub struct ActorNames {
    pub name: String,
    pub name_ar: String,
    pub name_fr: String,
    pub kind: String,
    pub country: String,
}

/// All actors, in the order of their table.
pub fn actors() -> Vec<ActorNames> {
    let [arabic, french] = [Lang::Ar, Lang::Fr].map(|lang| &EventWords::of(lang).actors);
    let names = |(at, entry): (u32, &crate::lang::actor_words::ActorEntry)| ActorNames {
        name: entry.name.clone(),
        name_ar: arabic.name_of(at).to_owned(),
        name_fr: french.name_of(at).to_owned(),
        kind: entry.kind_at(None).to_owned(),
        country: entry.country.clone(),
    };
    arabic.entries().map(names).collect()
}

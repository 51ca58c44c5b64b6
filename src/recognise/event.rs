//! Words for what happened, who took part and what a place is to it, found in a text.

use std::collections::BTreeMap;

use crate::lang::actor_words::Actors;
use crate::lang::event_words::EventWords;
use crate::lang::lexicon::Hit;
use crate::lang::readings::Readings;

/// A word or phrase of one of the event lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventWord {
    /// Its tokens and entry.
    pub hit: Hit,
    /// Its key in the list.
    pub key: &'static str,
    /// Index of its sentence.
    pub sentence: usize,
}

/// All words of the event lists in a text, each list in the order of the text.
#[derive(Debug, Default)]
pub struct EventSigns {
    /// What happened, and words of status and granularity.
    pub events: Vec<EventWord>,
    /// What a place is to the event.
    pub roles: Vec<EventWord>,
    /// What introduces speech.
    pub speech: Vec<EventWord>,
    /// Who took part; the entry is what [`crate::lang::actor_words::Actors::get`] takes.
    pub actors: Vec<EventWord>,
    /// How it was done.
    pub modes: Vec<EventWord>,
    /// Who says so; the entry is an index into [`EventWords::informants`].
    pub informants: Vec<EventWord>,
    /// What tells who acts and who is acted on.
    pub parts: Vec<EventWord>,
}

impl EventSigns {
    /// Finds them; `country` is the one the report is about, for aliases that mean another actor there.
    pub fn of(seen: &Readings, country: Option<&str>) -> EventSigns {
        let Readings { text, lang, .. } = *seen;
        let words = EventWords::of(lang);
        let sign = |hit: Hit, key| EventWord { hit, key, sentence: text.tokens[hit.start].sentence as usize };
        let keyed = |list: &'static crate::lang::place_words::List| -> Vec<EventWord> {
            list.lexicon.all(seen).into_iter().map(|hit| sign(hit, list.key(hit))).collect()
        };
        let actor = |hit: Hit| words.actors.meant(hit.entry, country).map(|entry| sign(Hit { entry, ..hit }, "actor"));
        let mut actors: Vec<EventWord> = words.actors.aliases.all(seen).into_iter().filter_map(actor).collect();
        branches(&mut actors, &words.actors);
        EventSigns {
            events: keyed(&words.events),
            roles: keyed(&words.roles),
            speech: keyed(&words.speech),
            actors,
            modes: keyed(&words.modes),
            informants: words.informant_aliases.all(seen).into_iter().map(|hit| sign(hit, "informant")).collect(),
            parts: keyed(&words.parts),
        }
    }

    /// Those of a list that stand in a sentence.
    pub fn in_sentence(list: &[EventWord], sentence: usize) -> &[EventWord] {
        let from = list.partition_point(|w| w.sentence < sentence);
        let to = list.partition_point(|w| w.sentence <= sentence);
        &list[from..to]
    }
}

/// Longest short name of a group: «تنظيم الدولة الإسلامية», «groupe État islamique»; longer ones say where («Islamic State in Iraq and Syria»).
const SHORT_NAME: usize = 4;

/// Where a report has named one branch of a group, the group's short name means that branch from there on.
fn branches(signs: &mut [EventWord], actors: &Actors) {
    let mut named: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for sign in signs {
        let entry = sign.hit.entry;
        if let Some(whole) = actors.whole_of(entry) {
            let known = named.entry(whole).or_default();
            if !known.contains(&entry) {
                known.push(entry);
            }
        } else if let Some([branch]) = named.get(&entry).map(Vec::as_slice)
            && sign.hit.end - sign.hit.start <= SHORT_NAME
        {
            sign.hit.entry = *branch;
        }
    }
}

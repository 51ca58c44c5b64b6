//! Words for what happened, who took part and what a place is to it, found in a text.

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
    /// Who took part; the entry is an index into [`EventWords::actors`].
    pub actors: Vec<EventWord>,
    /// How it was done.
    pub modes: Vec<EventWord>,
    /// Who says so; the entry is an index into [`EventWords::informants`].
    pub informants: Vec<EventWord>,
}

impl EventSigns {
    /// Finds them.
    pub fn of(seen: &Readings) -> EventSigns {
        let Readings { text, lang, .. } = *seen;
        let words = EventWords::of(lang);
        let sign = |hit: Hit, key| EventWord { hit, key, sentence: text.tokens[hit.start].sentence as usize };
        let keyed = |list: &'static crate::lang::place_words::List| -> Vec<EventWord> {
            list.lexicon.all(seen).into_iter().map(|hit| sign(hit, list.key(hit))).collect()
        };
        EventSigns {
            events: keyed(&words.events),
            roles: keyed(&words.roles),
            speech: keyed(&words.speech),
            actors: words.aliases.all(seen).into_iter().map(|hit| sign(hit, "actor")).collect(),
            modes: keyed(&words.modes),
            informants: words.informant_aliases.all(seen).into_iter().map(|hit| sign(hit, "informant")).collect(),
        }
    }

    /// Those of a list that stand in a sentence.
    pub fn in_sentence(list: &[EventWord], sentence: usize) -> &[EventWord] {
        let from = list.partition_point(|w| w.sentence < sentence);
        let to = list.partition_point(|w| w.sentence <= sentence);
        &list[from..to]
    }
}

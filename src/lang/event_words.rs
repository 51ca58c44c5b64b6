//! The words of one language for what happened, who took part, and what a place is to it.

use std::sync::OnceLock;

use super::Lang;
use super::actor_words::Actors;
use super::lexicon::Lexicon;
use super::place_words::List;

/// The lists of one language that incidents are read with.
#[derive(Debug)]
pub struct EventWords {
    /// Event words by kind, status and granularity words.
    pub events: List,
    /// What a place is to the event: scene, refuge, origin …
    pub roles: List,
    /// Words that introduce what somebody said.
    pub speech: List,
    /// What an actor does in the event, or what is done to it.
    pub parts: List,
    /// All actors.
    pub actors: Actors,
}

/// Below it are the bits of [`super::place_words::PlaceWords`].
const FIRST_BIT: u32 = 16;

/// Who the actors are, for all languages.
pub(super) const ACTORS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/actors.tsv"));

macro_rules! event_words {
    ($lang:literal) => {
        EventWords::parse(
            $lang,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/events.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/roles.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/speech.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/parts.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/actors.txt")),
        )
    };
}

impl EventWords {
    /// What [`super::readings::Readings`] are read for.
    pub(super) fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        [&self.events, &self.roles, &self.speech, &self.parts].into_iter().map(|list| &list.lexicon).chain([&self.actors.aliases])
    }

    /// Gives each list its bit.
    fn numbered(mut self) -> EventWords {
        let lists = [&mut self.events, &mut self.roles, &mut self.speech, &mut self.parts].into_iter().map(|list| &mut list.lexicon);
        (FIRST_BIT..).zip(lists.chain([&mut self.actors.aliases])).for_each(|(bit, lexicon)| lexicon.bit = Some(bit));
        self
    }

    /// The lists of a language, read once.
    pub fn of(lang: Lang) -> &'static EventWords {
        static AR: OnceLock<EventWords> = OnceLock::new();
        static FR: OnceLock<EventWords> = OnceLock::new();
        static EN: OnceLock<EventWords> = OnceLock::new();
        match lang {
            Lang::Ar => AR.get_or_init(|| event_words!("ar").numbered()),
            Lang::Fr => FR.get_or_init(|| event_words!("fr").numbered()),
            Lang::En => EN.get_or_init(|| event_words!("en").numbered()),
        }
    }

    fn parse(lang: &str, events: &str, roles: &str, speech: &str, parts: &str, names: &str) -> EventWords {
        let list = |file: &str, content: &str| List::embedded(&format!("lexicon/{lang}/{file}.txt"), content);
        EventWords {
            events: list("events", events),
            roles: list("roles", roles),
            speech: list("speech", speech),
            parts: list("parts", parts),
            actors: Actors::parse(ACTORS, names),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::readings::Readings;
    use crate::text::Text;

    #[test]
    fn an_alias_gives_its_actor() {
        let words = EventWords::of(Lang::Fr);
        let text = Text::read("Le GSIM a attaqué");
        let hit = words.actors.aliases.all(&Readings::of(&text, Lang::Fr)).into_iter().next().unwrap();
        let actor = words.actors.meant(hit.entry, None).and_then(|a| words.actors.get(a)).unwrap();
        assert!(actor.name.starts_with("JNIM"), "{actor:?}");
    }
}

//! The words of one language for what happened, who took part, and what a place is to it.

use std::sync::OnceLock;

use super::Lang;
use super::lexicon::Lexicon;
use super::place_words::List;

/// An actor of `actors.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorEntry {
    /// Canonical name, the same in all languages.
    pub name: String,
    /// state, rebel, militia, identity, rioters, protesters, civilians, external.
    pub kind: String,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
}

/// The lists of one language that incidents are read with.
#[derive(Debug)]
pub struct EventWords {
    /// Event words by kind, status and granularity words.
    pub events: List,
    /// What a place is to the event: scene, refuge, origin …
    pub roles: List,
    /// Words that introduce what somebody said.
    pub speech: List,
    /// All actors.
    pub actors: Vec<ActorEntry>,
    /// Their aliases; the entry of a hit is an index into [`EventWords::actors`].
    pub aliases: Lexicon,
}

/// Below it are the bits of [`super::place_words::PlaceWords`].
const FIRST_BIT: u32 = 16;

macro_rules! event_words {
    ($lang:literal) => {
        EventWords::parse(
            $lang,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/events.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/roles.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/speech.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/actors.txt")),
        )
    };
}

impl EventWords {
    /// What [`super::readings::Readings`] are read for.
    pub(super) fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        [&self.events, &self.roles, &self.speech].into_iter().map(|list| &list.lexicon).chain([&self.aliases])
    }

    /// Gives each list its bit.
    fn numbered(mut self) -> EventWords {
        let lists = [&mut self.events, &mut self.roles, &mut self.speech].into_iter().map(|list| &mut list.lexicon);
        (FIRST_BIT..).zip(lists.chain([&mut self.aliases])).for_each(|(bit, lexicon)| lexicon.bit = Some(bit));
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

    fn parse(lang: &str, events: &str, roles: &str, speech: &str, actors: &str) -> EventWords {
        let list = |file: &str, content: &str| List::embedded(&format!("lexicon/{lang}/{file}.txt"), content);
        let (actors, aliases) = parse_actors(actors);
        EventWords { events: list("events", events), roles: list("roles", roles), speech: list("speech", speech), actors, aliases }
    }
}

/// Lines of canonical name, kind, country, aliases, tab-separated; lines of another shape are found by `dalil check`.
fn parse_actors(content: &str) -> (Vec<ActorEntry>, Lexicon) {
    let mut actors = Vec::new();
    let mut aliases = Lexicon::default();
    for line in content.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, kind, country, names] = cells.as_slice() else { continue };
        let entry = actors.len() as u32;
        actors.push(ActorEntry { name: (*name).to_owned(), kind: (*kind).to_owned(), country: (*country).to_owned() });
        names.split('|').filter(|a| !a.is_empty()).for_each(|alias| aliases.insert(alias, 0, entry));
    }
    (actors, aliases)
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
        let hit = words.aliases.all(&Readings::of(&text, Lang::Fr)).into_iter().next().unwrap();
        assert!(words.actors[hit.entry as usize].name.starts_with("JNIM"));
    }
}

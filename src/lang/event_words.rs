//! The words of one language for what happened, who took part, and what a place is to it.

use std::sync::OnceLock;

use crate::text::Text;

use super::Lang;
use super::actor_words::Actors;
use super::lexicon::Lexicon;
use super::place_words::List;
use super::readings::Readings;

/// Who says what reports tell, of `informants.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InformantEntry {
    /// The same in all languages.
    pub name: String,
    /// agency, outlet, monitor, ngo, un, forces, officials, health, residents, activists.
    pub kind: String,
    /// ACLED's scale of sources: Local partner, Subnational, National, Regional, International, New media, Other.
    pub scale: String,
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
    /// Weapons and manners that the words of events do not tell apart.
    pub modes: List,
    /// All informants.
    pub informants: Vec<InformantEntry>,
    /// Their aliases; the entry of a hit is an index into [`EventWords::informants`].
    pub informant_aliases: Lexicon,
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
            [
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/events.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/roles.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/speech.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/modes.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/informants.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/parts.txt")),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/actors.txt")),
            ],
        )
    };
}

impl EventWords {
    /// What [`super::readings::Readings`] are read for.
    pub(super) fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        let lists = [&self.events, &self.roles, &self.speech, &self.modes, &self.parts].into_iter().map(|list| &list.lexicon);
        lists.chain([&self.actors.aliases, &self.informant_aliases])
    }

    /// Gives each list its bit.
    fn numbered(mut self) -> EventWords {
        let lists = [&mut self.events, &mut self.roles, &mut self.speech, &mut self.modes, &mut self.parts];
        let lexicons = lists.into_iter().map(|list| &mut list.lexicon).chain([&mut self.actors.aliases, &mut self.informant_aliases]);
        (FIRST_BIT..).zip(lexicons).for_each(|(bit, lexicon)| lexicon.bit = Some(bit));
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

    fn parse(lang: &str, [events, roles, speech, modes, informants, parts, names]: [&str; 7]) -> EventWords {
        let list = |file: &str, content: &str| List::embedded(&format!("lexicon/{lang}/{file}.txt"), content);
        let (informants, informant_aliases) = parse_informants(informants);
        EventWords {
            events: list("events", events),
            roles: list("roles", roles),
            speech: list("speech", speech),
            modes: list("modes", modes),
            informants,
            informant_aliases,
            parts: list("parts", parts),
            actors: Actors::parse(ACTORS, names),
        }
    }
}

/// ACLED's scale of a report's source («AFP», «Reuters, Paris»), when its name holds one of `informants.txt` in any language.
pub fn scale_of(source: &str) -> Option<&'static str> {
    let text = Text::read(source);
    Lang::ALL.into_iter().find_map(|lang| {
        let words = EventWords::of(lang);
        let hit = words.informant_aliases.all(&Readings::of(&text, lang)).into_iter().next()?;
        words.informants.get(hit.entry as usize).map(|informant| informant.scale.as_str())
    })
}

/// Lines of name, kind, scale, aliases, tab-separated; lines of another shape are found by `dalil check`.
fn parse_informants(content: &str) -> (Vec<InformantEntry>, Lexicon) {
    let mut informants = Vec::new();
    let mut aliases = Lexicon::default();
    for line in content.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, kind, scale, names] = cells.as_slice() else { continue };
        let entry = informants.len() as u32;
        informants.push(InformantEntry { name: (*name).to_owned(), kind: (*kind).to_owned(), scale: (*scale).to_owned() });
        names.split('|').filter(|a| !a.is_empty()).for_each(|alias| aliases.insert(alias, 0, entry));
    }
    (informants, aliases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_gives_its_actor() {
        let words = EventWords::of(Lang::Fr);
        let text = Text::read("Le GSIM a attaqué");
        let hit = words.actors.aliases.all(&Readings::of(&text, Lang::Fr)).into_iter().next().unwrap();
        let actor = words.actors.meant(hit.entry, None).and_then(|a| words.actors.get(a)).unwrap();
        assert!(actor.name.starts_with("JNIM"), "{actor:?}");
    }

    #[test]
    fn the_scale_of_a_source_is_that_of_the_name_in_it() {
        assert_eq!(scale_of("AFP"), Some("International"));
        assert_eq!(scale_of("وكالة رويترز"), Some("International"));
        assert_eq!(scale_of("المرصد السوري لحقوق الإنسان"), Some("Local partner"));
        assert_eq!(scale_of("La Gazette du coin"), None);
    }
}

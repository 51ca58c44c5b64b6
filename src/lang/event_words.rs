//! The words of one language for what happened, who took part, and what a place is to it.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::text::Text;

use super::Lang;
use super::lexicon::Lexicon;
use super::place_words::List;
use super::readings::Readings;

/// An actor of `actors.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorEntry {
    /// Canonical name, the same in all languages.
    pub name: String,
    /// state, rebel, militia, identity, rioters, protesters, civilians, external.
    pub kind: String,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// A common noun («gunmen», «jihadists»), no name: its first English alias is written small.
    pub is_generic: bool,
}

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
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/modes.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/informants.txt")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/", $lang, "/actors.txt")),
        )
    };
}

impl EventWords {
    /// What [`super::readings::Readings`] are read for.
    pub(super) fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        let lists = [&self.events, &self.roles, &self.speech, &self.modes].into_iter().map(|list| &list.lexicon);
        lists.chain([&self.aliases, &self.informant_aliases])
    }

    /// Gives each list its bit.
    fn numbered(mut self) -> EventWords {
        let lists = [&mut self.events, &mut self.roles, &mut self.speech, &mut self.modes].into_iter().map(|list| &mut list.lexicon);
        (FIRST_BIT..).zip(lists.chain([&mut self.aliases, &mut self.informant_aliases])).for_each(|(bit, lexicon)| lexicon.bit = Some(bit));
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

    fn parse(lang: &str, events: &str, roles: &str, speech: &str, modes: &str, informants: &str, actors: &str) -> EventWords {
        let list = |file: &str, content: &str| List::embedded(&format!("lexicon/{lang}/{file}.txt"), content);
        let (actors, aliases) = parse_actors(actors);
        let (informants, informant_aliases) = parse_informants(informants);
        EventWords {
            events: list("events", events),
            roles: list("roles", roles),
            speech: list("speech", speech),
            modes: list("modes", modes),
            informants,
            informant_aliases,
            actors,
            aliases,
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

/// Canonical names of the actors that are common nouns.
fn common_nouns() -> &'static HashSet<&'static str> {
    static NOUNS: OnceLock<HashSet<&str>> = OnceLock::new();
    const ENGLISH: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/lexicon/en/actors.txt"));
    let is_small = |line: &&str| line.rsplit('\t').next().is_some_and(|aliases| aliases.starts_with(char::is_lowercase));
    NOUNS.get_or_init(|| ENGLISH.lines().filter(is_small).filter_map(|line| line.split('\t').next()).collect())
}

/// Lines of canonical name, kind, country, aliases, tab-separated; lines of another shape are found by `dalil check`.
fn parse_actors(content: &str) -> (Vec<ActorEntry>, Lexicon) {
    let mut actors = Vec::new();
    let mut aliases = Lexicon::default();
    for line in content.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, kind, country, names] = cells.as_slice() else { continue };
        let entry = actors.len() as u32;
        let is_generic = common_nouns().contains(name);
        actors.push(ActorEntry { name: (*name).to_owned(), kind: (*kind).to_owned(), country: (*country).to_owned(), is_generic });
        names.split('|').filter(|a| !a.is_empty()).for_each(|alias| aliases.insert(alias, 0, entry));
    }
    (actors, aliases)
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
        let hit = words.aliases.all(&Readings::of(&text, Lang::Fr)).into_iter().next().unwrap();
        assert!(words.actors[hit.entry as usize].name.starts_with("JNIM"));
    }

    #[test]
    fn the_scale_of_a_source_is_that_of_the_name_in_it() {
        assert_eq!(scale_of("AFP"), Some("International"));
        assert_eq!(scale_of("وكالة رويترز"), Some("International"));
        assert_eq!(scale_of("المرصد السوري لحقوق الإنسان"), Some("Local partner"));
        assert_eq!(scale_of("La Gazette du coin"), None);
    }
}

//! Who the actors are, of which kind and in which years, and what one language calls them.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::text::fold::fold_phrase;

use super::lexicon::Lexicon;

/// Kinds of actors, as incidents publish them; the place of each is its code in ACLED, counted from 1.
pub const KINDS: [&str; 8] = ["state", "rebel", "militia", "identity", "rioters", "protesters", "civilians", "external"];
/// Kinds of groups in arms that are no state's.
pub const IRREGULAR: [&str; 3] = ["rebel", "militia", "identity"];
/// What stands for a country in `actors.tsv` when an actor is of the country where it acts.
pub const ANY_COUNTRY: &str = "*";

/// Whose aliases, in `actors.txt`, are words that look like an actor and are none.
pub const NOBODY: &str = "-";

/// An actor of `actors.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorEntry {
    /// Canonical name, the same in all languages.
    pub name: String,
    /// ISO 3166-1 alpha-2, [`ANY_COUNTRY`], or empty.
    pub country: String,
    terms: Vec<Term>,
}

/// A kind and when the actor bears it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    kind: String,
    from: Option<Month>,
    to: Option<Month>,
}

/// A month; of a year alone its first or last one.
type Month = (i16, i8);

impl ActorEntry {
    /// One of [`KINDS`]: the one borne on a day, or nearest to it. Of an unknown day, the one that is still borne.
    ///
    /// # Examples
    /// ```
    /// use dalil::lang::{Lang, event_words::EventWords};
    /// let taliban = EventWords::of(Lang::En).actors.named("Taliban").unwrap();
    /// assert_eq!(taliban.kind_at("2020-05-01".parse().ok()), "rebel");
    /// assert_eq!(taliban.kind_at(None), "state");
    /// ```
    pub fn kind_at(&self, day: Option<Date>) -> &str {
        let found = match day {
            Some(day) => self.terms.iter().find(|t| t.to.is_none_or(|to| (day.year(), day.month()) <= to)).or(self.terms.last()),
            None => self.terms.iter().find(|t| t.to.is_none()).or(self.terms.first()),
        };
        found.map_or("", |t| t.kind.as_str())
    }

    /// True when the actor exists on a day, as far as is known.
    pub fn exists_on(&self, day: Date) -> bool {
        let month = (day.year(), day.month());
        self.terms.iter().any(|t| t.from.is_none_or(|from| from <= month) && t.to.is_none_or(|to| month <= to))
    }

    /// True for «soldiers», «gunmen»: a word, not a name.
    pub fn is_generic(&self) -> bool {
        self.country == ANY_COUNTRY
    }
}

/// The first month of `2013-04` or `2013`.
pub fn first_month(cell: &str) -> Option<Month> {
    month(cell, 1)
}

/// Its last month.
pub fn last_month(cell: &str) -> Option<Month> {
    month(cell, 12)
}

fn month(cell: &str, otherwise: i8) -> Option<Month> {
    let (year, month) = match cell.split_once('-') {
        Some((year, month)) => (year, month.parse().ok().filter(|_| month.len() == 2)?),
        None => (cell, otherwise),
    };
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    (1..=12).contains(&month).then_some((year, month))
}

/// An alias as written in `actors.txt`: the words, and the countries in whose reports it means the actor; none for all others.
///
/// # Examples
/// ```
/// use dalil::lang::actor_words::alias;
/// assert_eq!(alias("FDS@SY,IQ"), ("FDS", vec!["SY", "IQ"]));
/// assert_eq!(alias("Boko Haram"), ("Boko Haram", vec![]));
/// ```
pub fn alias(written: &str) -> (&str, Vec<&str>) {
    match written.split_once('@') {
        Some((words, countries)) => (words, countries.split(',').collect()),
        None => (written, Vec::new()),
    }
}

/// One owner of an alias.
#[derive(Debug)]
struct Meaning {
    actor: u32,
    /// Where it is; empty in all other reports.
    countries: Vec<String>,
}

/// All actors, and the aliases of one language.
#[derive(Debug)]
pub struct Actors {
    entries: Vec<ActorEntry>,
    /// The entry of a hit is an alias, see [`Actors::meant`].
    pub aliases: Lexicon,
    meanings: Vec<Vec<Meaning>>,
    /// Of each entry what the language calls it when it is shown: its first alias.
    shown: Vec<String>,
    /// Of each entry the group that it is a branch of.
    wholes: Vec<Option<u32>>,
}

impl Actors {
    /// From `actors.tsv` and the language's `actors.txt`; lines of another shape are found by `dalil check`.
    pub(super) fn parse(table: &str, names: &str) -> Actors {
        let entries = entries(table);
        let mut aliases = Lexicon::default();
        let mut meanings: Vec<Vec<Meaning>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut shown = vec![String::new(); entries.len()];
        let index: HashMap<&str, usize> = entries.iter().enumerate().map(|(n, e)| (e.name.as_str(), n)).collect();
        for (name, written) in rows(names).filter_map(|line| line.split_once('\t')) {
            let actor = index.get(name).map(|n| *n as u32);
            if actor.is_none() && name != NOBODY {
                continue;
            }
            if let (Some(shown), Some(first)) = (actor.and_then(|n| shown.get_mut(n as usize)), written.split('|').next()) {
                alias(first).0.clone_into(shown);
            }
            for (words, countries) in written.split('|').filter(|a| !a.is_empty()).map(alias) {
                let slot = *known.entry(fold_phrase(words)).or_insert_with(|| {
                    aliases.insert(words, 0, meanings.len() as u32);
                    meanings.push(Vec::new());
                    meanings.len() - 1
                });
                let countries = countries.into_iter().map(str::to_owned).collect();
                if let (Some(owners), Some(actor)) = (meanings.get_mut(slot), actor) {
                    owners.push(Meaning { actor, countries });
                }
            }
        }
        let wholes = entries.iter().map(|e| whole(&e.name, |name| index.get(name).map(|n| (&entries[*n], *n as u32)))).collect();
        Actors { entries, aliases, meanings, shown, wholes }
    }

    /// The group of several countries that an actor is a branch of: it bears its name («Islamic State», «Islamic State Sahel Province»).
    pub fn whole_of(&self, actor: u32) -> Option<u32> {
        self.wholes.get(actor as usize).copied().flatten()
    }

    /// The actor of an index that [`Actors::meant`] gave.
    pub fn get(&self, actor: u32) -> Option<&ActorEntry> {
        self.entries.get(actor as usize)
    }

    /// All actors with their indexes.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &ActorEntry)> {
        (0..).zip(&self.entries)
    }

    /// What the language calls an actor when it is shown; empty when it has no name for it.
    pub fn name_of(&self, actor: u32) -> &str {
        self.shown.get(actor as usize).map_or("", String::as_str)
    }

    /// The actor of a canonical name.
    pub fn named(&self, name: &str) -> Option<&ActorEntry> {
        self.entries.iter().find(|e| e.name == name)
    }

    /// The actor that an alias means in a report of a country: that country's own, else the one of all others, if there is one.
    pub fn meant(&self, alias: u32, country: Option<&str>) -> Option<u32> {
        let meanings = self.meanings.get(alias as usize)?;
        let own = meanings.iter().find(|m| m.countries.iter().any(|c| Some(c.as_str()) == country));
        own.or_else(|| meanings.iter().find(|m| m.countries.is_empty())).map(|m| m.actor)
    }

    /// Aliases, as folded phrases are built from them, that name an armed actor in any report.
    pub(super) fn armed<'n>(table: &str, names: &'n str) -> Vec<&'n str> {
        let mut unarmed: Vec<String> = entries(table)
            .into_iter()
            .filter(|e| matches!(e.kind_at(None), "civilians" | "protesters" | "rioters"))
            .map(|e| e.name)
            .collect();
        unarmed.push(NOBODY.to_owned());
        let armed = rows(names).filter_map(|line| line.split_once('\t')).filter(|(name, _)| !unarmed.iter().any(|u| u == name));
        armed.flat_map(|(_, written)| written.split('|')).filter(|a| !a.is_empty() && !a.contains('@')).collect()
    }
}

fn whole<'e>(name: &str, entry: impl Fn(&str) -> Option<(&'e ActorEntry, u32)>) -> Option<u32> {
    let beginnings = name.match_indices(' ').filter_map(|(end, _)| name.get(..end));
    beginnings.filter_map(entry).find(|(e, _)| e.country.is_empty()).map(|(_, n)| n)
}

fn rows(content: &str) -> impl Iterator<Item = &str> {
    content.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Rows of name, kind, country, from, to, source; rows of one name are terms of one actor.
fn entries(table: &str) -> Vec<ActorEntry> {
    let mut out: Vec<ActorEntry> = Vec::new();
    for line in rows(table) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, kind, country, from, to, _] = cells.as_slice() else { continue };
        let term = Term { kind: (*kind).to_owned(), from: first_month(from), to: last_month(to) };
        match out.last_mut().filter(|last| last.name == *name) {
            Some(last) => last.terms.push(term),
            None => out.push(ActorEntry { name: (*name).to_owned(), country: (*country).to_owned(), terms: vec![term] }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Band\trebel\tML\t2015-03\t2020\tx\nBand\tstate\tML\t2021\t\tx\nGuard\tstate\t*\t\t\t\n";
    const NAMES: &str = "Band\tband|FDS@SY\nGuard\tguard|FDS\n";

    #[test]
    fn an_actor_is_of_the_kind_of_its_day() {
        let actors = Actors::parse(TABLE, NAMES);
        let band = actors.named("Band").unwrap();
        let at = |day: &str| band.kind_at(day.parse().ok());
        assert_eq!([at("2010-01-01"), at("2020-12-31"), at("2021-01-01"), band.kind_at(None)], ["rebel", "rebel", "state", "state"]);
        assert!(!band.exists_on("2015-02-28".parse().unwrap()) && band.exists_on("2015-03-01".parse().unwrap()));
        assert!(actors.named("Guard").unwrap().is_generic() && !band.is_generic());
        assert_eq!([actors.name_of(0), actors.name_of(1), actors.name_of(2)], ["band", "guard", ""]);
    }

    #[test]
    fn a_shared_alias_is_the_own_one_of_the_reports_country() {
        let actors = Actors::parse(TABLE, NAMES);
        let means = |alias, country| actors.meant(alias, country).and_then(|a| actors.get(a)).map(|a| a.name.as_str());
        assert_eq!(means(1, Some("SY")), Some("Band"));
        assert_eq!([means(1, Some("NE")), means(1, None)], [Some("Guard"), Some("Guard")]);
        assert_eq!(Actors::parse(TABLE, "-\tband of thieves\n").meant(0, None), None);
        assert_eq!(Actors::parse(TABLE, "Band\tband@SY\n").meant(0, Some("ML")), None);
    }

    #[test]
    fn a_branch_bears_the_name_of_a_group_of_several_countries() {
        let table = "League\trebel\t\t\t\t\nLeague of the North\trebel\t\t\t\t\nFront\trebel\tML\t\t\t\nFront Minor\trebel\tML\t\t\t\n";
        let actors = Actors::parse(table, "");
        assert_eq!([0, 1, 2, 3].map(|n| actors.whole_of(n)), [None, Some(0), None, None]);
    }

    #[test]
    fn months_are_read_strictly() {
        assert_eq!((first_month("2013"), last_month("2013"), first_month("2013-04")), (Some((2013, 1)), Some((2013, 12)), Some((2013, 4))));
        assert!(["", "13", "2013-4", "2013-13", "April"].iter().all(|cell| first_month(cell).is_none()));
    }
}

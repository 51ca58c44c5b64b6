//! The only numbers of the resolver: what each reason is worth, in natural-log odds, roughly.
//!
//! Set by reading the wrong answers on the development corpora; `docs/scores.md` keeps what each version scored.

/// Each factor of ten in population.
pub const POPULATION: f64 = 0.55;
/// A country's own name.
pub const COUNTRY: f64 = 10.0;
/// A national capital.
pub const CAPITAL: f64 = 1.2;
/// The seat of a first-level unit.
pub const SEAT: f64 = 0.8;
/// A first-level unit against a town of the same name, without a kind word.
pub const UNIT: f64 = 0.3;
/// A second-level unit, likewise.
pub const SMALL_UNIT: f64 = -0.3;
/// A named region, sea or continent.
pub const REGION: f64 = 4.0;
/// A river, lake or sea.
pub const WATER: f64 = 4.0;
/// Each factor of two in the number of recorded names: what the world speaks of has many.
pub const SPOKEN_OF: f64 = 0.25;
/// The name is the display name or tagged with a language that is read.
pub const PREFERRED_NAME: f64 = 0.5;
/// The name was made from a recorded one.
pub const DERIVED_NAME: f64 = -0.8;
/// The name is historic.
pub const OLD_NAME: f64 = -1.2;
/// The kind word agrees («village», a village).
pub const KIND_AGREES: f64 = 2.5;
/// The kind word says settlement, and it is one: so are most places of any name.
pub const SETTLEMENT_AGREES: f64 = 1.2;
/// The kind word disagrees («province», a village).
pub const KIND_DISAGREES: f64 = -2.0;
/// The country that the report is all about; in proportion for countries that share it.
pub const REPORT_COUNTRY: f64 = 3.5;
/// Its country or unit is named within a few words.
pub const CONTAINED_NEARBY: f64 = 2.5;
/// Its country is named in the same sentence.
pub const COUNTRY_IN_SENTENCE: f64 = 1.0;
/// Another place of the report lies within [`NEAR_M`].
pub const NEAR: f64 = 0.8;
/// The distance that counts as near, metres: two to three hours' drive.
pub const NEAR_M: f64 = 150_000.0;
/// The text gives its distance and direction from another place, and this one fits.
pub const FITS_DISTANCE: f64 = 3.0;
/// A candidate in a country that the report never names, when it names others: namesakes are everywhere.
pub const FOREIGN: f64 = -5.0;
/// The same for places that the world speaks of: capitals, and cities of at least [`FAMOUS`] people.
pub const FOREIGN_FAMOUS: f64 = -0.8;
/// People from which a city is known outside its country.
pub const FAMOUS: u32 = 1_000_000;

/// What mentions say of which countries the report is about: the country's own name,
pub const NAMED_COUNTRY: f64 = 1.0;
/// its nationality,
pub const NATIONALITY: f64 = 0.5;
/// a place whose name no other country has,
pub const NAME_OF_ONE_COUNTRY: f64 = 0.7;
/// a place with namesakes abroad.
pub const NAME_OF_SEVERAL: f64 = 0.1;

/// Words between a name and the unit that contains it, at most.
pub const NEARBY_WORDS: usize = 6;
/// Score of «none of these»: a place that no reason speaks for loses to it.
pub const NONE: f64 = 1.5;
/// Words between a name and the nationality behind it, at most.
pub const EPITHET_WORDS: usize = 2;
/// Below this confidence a place is left unresolved rather than guessed.
pub const ABSTAIN_BELOW: f64 = 0.22;
/// Likewise for a name that is not recorded as written: its place is a guess that two reasons must carry.
pub const ABSTAIN_SPELT_BELOW: f64 = 0.5;
/// Each unit of what the spelling of an unknown name costs. Half of a log unit, as the costs of letters are not
/// independent of each other: a writer who is odd in one is odd in the next.
pub const SPELT: f64 = -0.5;
/// The same against a place that was only proposed and lies elsewhere.
pub const MISSES_DISTANCE: f64 = -4.0;
/// Softness of the choice: score differences are divided by it before they become shares.
pub const TEMPERATURE: f64 = 1.3;

/// A person decided it: more than all reasons together can say.
pub const PINNED: f64 = 100.0;

//! The bounds of the resolver: what it looks at, and when it says nothing. What a reason is worth stands in
//! `geodata/model/resolve.tsv`.

/// Candidates looked at for one name, most spoken of first: beyond these a name says nothing by itself.
pub const MAX_CANDIDATES: usize = 64;
/// Rounds of scoring, each in the light of the last: the third moves few answers, a fourth none on the development sets.
pub const ROUNDS: usize = 3;
/// Runners-up kept for the reader.
pub const MAX_RUNNERS_UP: usize = 5;
/// People from which a city is known outside its country.
pub const FAMOUS: u32 = 1_000_000;

/// Mentions on either side in a sentence that are looked at: long lists stay cheap.
pub const LINKED_MENTIONS: usize = 6;
/// Words between a name and its unit at most, when all of them are small («Ansongo, dans la région de Gao»).
pub const APPOSED_WORDS: usize = 5;
/// Words between a name and the unit that contains it, at most.
pub const NEARBY_WORDS: usize = 6;
/// Words between a name and the nationality behind it, at most.
pub const EPITHET_WORDS: usize = 2;
/// Mentions of one name whose surroundings are looked at.
pub const MEMBERS: usize = 8;

/// Names before and behind whose places may be near; more would hardly bring another place nearer.
pub const NEIGHBOURS: usize = 20;
/// Answers of one neighbour that are looked at.
pub const ANSWERS: usize = 3;
/// Probability from which an answer of a neighbour counts.
pub const LEAST_SHARE: f64 = 0.02;
/// The distances that count as near, metres: two to three hours' drive, and the next town.
pub const NEAR_M: f64 = 150_000.0;
/// See [`NEAR_M`].
pub const VERY_NEAR_M: f64 = 40_000.0;
/// How far from an outlet's home its own country reaches, metres.
pub const HOME_M: f64 = 100_000.0;

/// What mentions say of which countries the report is about: the country's own name,
pub const NAMED_COUNTRY: f64 = 1.0;
/// its nationality,
pub const NATIONALITY: f64 = 0.5;
/// a place whose name no other country has,
pub const NAME_OF_ONE_COUNTRY: f64 = 0.7;
/// a place with namesakes abroad, as far as it is certain.
pub const NAME_OF_SEVERAL: f64 = 0.4;
/// The headline tells what a report is about as a country's name does.
pub const HEADLINE: f64 = 1.0;

/// Answers within so many metres of the best are the same answer to a reader: a town, its district, its county.
pub const SAME_ANSWER_M: f64 = 40_000.0;
/// Below this confidence a place is left unresolved rather than guessed.
pub const ABSTAIN_BELOW: f64 = 0.4;
/// Likewise for a name that is not recorded as written: its place is a guess that two reasons must carry.
pub const ABSTAIN_SPELT_BELOW: f64 = 0.5;

/// Confidence of a point that a distance in the text gives for a name without candidates.
pub const COMPUTED: f64 = 0.6;

/// A person decided it: more than all reasons together can say.
pub const PINNED: f64 = 100.0;

/// Countries that are asked whether they are the other side of a border.
pub const MAX_NEIGHBOURS: usize = 6;
/// Most words between a village and the unit that it is said to lie in.
pub const UNIT_BEHIND: usize = 4;

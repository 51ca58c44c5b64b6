//! The numbers of recognition, in one place: what speaks for and against a span being a place name.
//!
//! Units are natural-log odds, roughly: a span is taken when its sum is at least [`ACCEPT`]. Set by reading misses
//! and false alarms of the development corpora (`docs/scores.md` keeps what each version scored).

/// A span with at least this sum is a mention.
pub const ACCEPT: f64 = 1.0;
/// A span with at least this sum tells the reader which countries the report is about.
pub const STRONG: f64 = 2.5;

/// How much of a known name's sum is the model's belief; the rest is the rules'. Either alone is worse on every set.
pub const MODEL_SHARE: f64 = 0.5;
/// Log odds from which the model's belief alone makes a name that no index has.
pub const UNKNOWN_ODDS: f32 = 1.0;
/// Probability from which a word begins a name of its own.
pub const BEGINS: f32 = 0.5;

/// A country's name.
pub const COUNTRY: f64 = 3.5;
/// A first-level unit's name.
pub const UNIT: f64 = 1.6;
/// A national capital.
pub const CAPITAL: f64 = 2.5;
/// A place of a million people; smaller ones in proportion to the logarithm of their population.
pub const MILLION: f64 = 2.2;
/// A capital so much less known than another place of its name may still be meant (Moscow, and the unit of Moscow).
pub const NEARLY_AS_KNOWN: f64 = 0.3;
/// A town far from what the gazetteer knows closely: one of tens of thousands that bear names of persons and words.
pub const FAR_TOWN: f64 = -1.0;
/// A continent, sea or named region.
pub const REGION: f64 = 2.0;
/// A village of unknown size.
pub const VILLAGE: f64 = 0.2;
/// The same from a table of the world: any word is a village somewhere («الجمعة», «محل»), and the lists of words that are rather words than
/// places were made for the built-in names. Such a name needs a kind word or two other reasons.
pub const UNREAD_VILLAGE: f64 = -2.0;
/// A short form of a unit, written as such behind a town («Lexington, Ky.»).
pub const SHORT_FORM: f64 = 3.0;
/// Each word of a name after the first.
pub const LONGER: f64 = 1.2;

/// A kind word before or after («village of», «مدينة», «region»).
pub const KIND_WORD: f64 = 3.0;
/// A kind word for a building or street before it: the name is that building's («مسجد سيد آباد», «شارع مكة»).
pub const BUILDING: f64 = -3.5;
/// Nothing else in the text: who writes «Gao» and no more means the place.
pub const ALONE: f64 = 2.0;
/// At the head of a dateline: a place stands there and hardly anything else.
pub const DATELINE: f64 = 3.0;
/// A preposition of place before.
pub const LOCATIVE: f64 = 1.2;
/// An Arabic preposition of one letter written together with it.
pub const PROCLITIC: f64 = 0.8;
/// A direction before («north of», «شمال»).
pub const DIRECTION: f64 = 2.2;
/// A place in the same list or apposition («Tessit, Gao»).
pub const NEIGHBOUR: f64 = 1.5;
/// The same name taken elsewhere in the report.
pub const REPEATED: f64 = 1.2;
/// A candidate in a country that the report is about.
pub const COUNTRY_CONTEXT: f64 = 0.8;

/// A word listed as being rather a word than a place.
pub const LISTED_WORD: f64 = -3.2;
/// A name listed as needing a reason from its context («مالي»: Mali, or *financial*).
pub const NEEDS_REASON: f64 = -3.0;
/// A name listed as being rather a person's.
pub const LISTED_PERSON: f64 = -2.0;
/// Each unit of zipf frequency above what a place of its size would have by being spoken of.
pub const FREQUENT: f64 = -1.3;
/// Zipf frequency of the name of a place of 10,000 people, and what each factor of ten adds.
pub const EXPECTED_FREQUENCY: (f64, f64) = (3.0, 0.75);
/// A word for an event, a date, a number, a kind of place or a direction: never a place by itself.
pub const ORDINARY: f64 = -5.0;
/// The same with a kind word before it («مدينة الميادين», the town «Squares»), or in a name of several words.
pub const ORDINARY_NAMED: f64 = -1.5;
/// A nationality word: the country's adjective before it is some village.
pub const NATIONALITY: f64 = -5.0;
/// A given name, title or particle before it, or capitals that make it part of a longer unknown name.
pub const PERSON: f64 = -3.0;
/// Not a recorded name but one made from it (article dropped, words joined).
pub const DERIVED: f64 = -0.8;
/// Written without the article that was cut from the text («الغاو» for «غاو»).
pub const ARTICLE_CUT: f64 = -2.5;
/// Each letter of an Arabic conjunction or preposition that was cut to find it.
pub const CLITIC_CUT: f64 = -0.25;
/// «ك» (like) was cut off: «كابوري» is a person and not «like Apure».
pub const COMPARISON: f64 = -2.5;
/// A short name (three letters): chance matches are common.
pub const SHORT: f64 = -0.8;
/// Latin letters in lower case, in a text that has capitals.
pub const LOWER_CASE: f64 = -6.0;
/// The first word of a sentence: its capital proves nothing.
pub const SENTENCE_START: f64 = -0.4;

/// What the spelling of an unknown name may cost a letter, by what vouches for it: a kind word and a country that the
/// report is about, one of them, neither. A regular transliteration costs about 0.7 a letter. Of names held out («gazetteer
/// measure») the first bound lets 0.6 to 0.95 of the right places through, and a wrong one for 0.04 to 0.17 whose
/// own place no table has; the second a third of the right ones and a wrong one for 0 to 0.05.
pub const SPELT_KIND_COUNTRY: f32 = 1.2;
/// See [`SPELT_KIND_COUNTRY`].
pub const SPELT_ONE: f32 = 0.6;
/// See [`SPELT_KIND_COUNTRY`]; for an unknown Arabic name that takes the words behind it too.
pub const SPELT_LONGER: f32 = 0.9;
/// See [`SPELT_KIND_COUNTRY`].
pub const SPELT_ALONE: f32 = 0.25;

/// Zipf frequency from which a word is too common to be an unknown name (three times in a million words).
pub const COMMON_WORD: f32 = 3.5;
/// Fewest letters of an unknown name: shorter ones are words or initials.
pub const UNKNOWN_LETTERS: usize = 4;
/// A span that is given as a name: as sure as anything.
pub const GIVEN: f64 = 8.0;

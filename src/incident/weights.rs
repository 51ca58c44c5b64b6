//! The numbers of incident assembly, in one place.
//!
//! Set by reading the misses and false claims on the project's own corpus; `docs/scores.md` keeps what each version scored.

/// What the precision of a mention is worth as the scene, by its UCDP code (1 exact … 7 sea).
pub const PRECISION: [f64; 8] = [0.0, 3.0, 2.6, 2.2, 1.6, 1.2, 0.2, 0.1];
/// A name without coordinates that a kind word announces («village of X»).
pub const UNLOCATED_NAME: f64 = 1.9;
/// A word that makes a place the scene stands right before it.
pub const SCENE: f64 = 0.8;
/// A word that makes it something else (refuge, origin, hospital, seat, speaker).
pub const NOT_SCENE: f64 = -4.0;
/// The place that a distance is measured from.
pub const ANCHOR: f64 = -2.5;
/// The place of the byline («Niamey – »).
pub const DATELINE: f64 = -5.0;
/// Part of a person's office («governor of Diffa»).
pub const OFFICE: f64 = -2.0;
/// Said of another place («south of X», «إلى الغرب من طرابلس»): X is named to find that one.
pub const REFERENCE: f64 = -1.2;
/// Named beside a word of speech («told AFP in Niamey»).
pub const OF_SPEECH: f64 = -2.5;
/// The seat of a unit beside a smaller place of that unit («Jibia, Katsina»), or what a village lies in («a village in Katsina»).
pub const CONTAINER: f64 = -1.5;
/// Least radius, metres, of a scene that lies only near the named place.
pub const NEAR_RADIUS_M: u32 = 15_000;
/// Each sentence between the mention and the first of the incident.
pub const LATER_SENTENCE: f64 = -0.5;
/// Signs and words between two places of one list.
pub const LIST_GAP: usize = 2;
/// The same with what leads to the second place behind «and» («and in the village of»).
pub const LIST_LEAD: usize = 6;
/// Words between «between» and the first of a list that is a stretch then.
pub const STRETCH_GAP: usize = 4;
/// Below this sum nothing is the scene.
pub const MIN_SCENE: f64 = -0.5;

/// How a place hangs on the event, in log-odds: the numbers down to [`USUAL_ATTACHMENT`] are those of a conditional logit over the 10,180 verbs of
/// `en_event_location`, fitted on two thirds of them and rounded; signs and order were the same for what was left out. Arabic and French have no such
/// set: their words for the same relations stand in `grammar.txt`.
///
/// Within a sentence an attachment decides between places with this weight; beside other sentences it counts once.
pub const ATTACHMENT: f64 = 3.9;
/// Behind the event word;
pub const BEHIND_EVENT: f64 = 0.95;
/// the first place behind it;
pub const FIRST_BEHIND: f64 = 1.05;
/// the last before it.
pub const LAST_BEFORE: f64 = 0.2;
/// Each word between, up to [`ATTACH_REACH`],
pub const GAP_BEHIND: f64 = -0.07;
/// and the logarithm of one more than their number;
pub const LOG_GAP_BEHIND: f64 = -0.25;
/// before the event word.
pub const LOG_GAP_BEFORE: f64 = -0.07;
/// Event words on which a place may hang: more are looked at in no sentence that people write.
pub const NEAREST_EVENTS: usize = 8;
/// Words beyond which a place is simply far.
pub const ATTACH_REACH: usize = 30;
/// Each comma between the event word and a place behind it.
pub const COMMA_BEHIND: f64 = -0.65;
/// «that» between them: another clause,
pub const BEHIND_THAT: f64 = -1.5;
/// or «but», «because», «before».
pub const BEHIND_CLAUSE: f64 = -0.7;
/// The beginning or end of a quotation between them.
pub const QUOTE_BETWEEN: f64 = -1.2;
/// «the market, where gunmen killed …».
pub const THERE_BEFORE: f64 = 1.0;
/// A preposition of place leads to it;
pub const LED_WHERE_BEHIND: f64 = 1.0;
/// see [`LED_WHERE_BEHIND`].
pub const LED_WHERE_BEFORE: f64 = 1.0;
/// «of»;
pub const LED_OF_BEHIND: f64 = 0.7;
/// «to», before the event;
pub const LED_WHITHER_BEFORE: f64 = 0.6;
/// «from»;
pub const LED_WHENCE_BEHIND: f64 = -0.4;
/// where missiles are launched from (set by hand: the set has few);
pub const LAUNCHED_BEHIND: f64 = -2.0;
/// see [`LED_WHENCE_BEHIND`];
pub const LED_WHENCE_BEFORE: f64 = -1.0;
/// «by», «against», «for»: who, not where;
pub const LED_ASIDE: f64 = -2.3;
/// nothing, behind the event word, where the place may be what was done to («captured Nablus»),
pub const BARE_BEHIND: f64 = 0.6;
/// and before it.
pub const BARE_BEFORE: f64 = -0.35;
/// «In X, …»: the place that opens the sentence.
pub const OPENING: f64 = 0.4;
/// A kind word stands beside it («village», «camp»), which of a unit says nothing;
pub const KIND_BESIDE: f64 = 0.8;
/// beside a name that is not located.
pub const KIND_OF_UNKNOWN: f64 = 1.1;
/// «X's»: the place has something that may lie elsewhere,
pub const POSSESSIVE: f64 = -0.65;
/// and that is another place («Baghdad's Amriya district»).
pub const POSSESSIVE_OF_PLACE: f64 = -1.3;
/// A country,
pub const COUNTRY: f64 = -0.95;
/// in which another place of the sentence lies.
pub const COUNTRY_OF_ANOTHER: f64 = -0.7;
/// It contains another place that is named («in the town of X, Y province»), beside [`CONTAINER`].
pub const CONTAINS: f64 = -1.25;
/// Words that a noun phrase has before its name, at most («in the strategic, rebel-held town of»).
pub const NOUN_PHRASE: usize = 7;
/// What a scene mostly comes to: the first name behind the event word with «in» before it. It is taken off, so that a place in a sentence without an
/// event word stands beside those that hang well on one.
pub const USUAL_ATTACHMENT: f64 = 2.0;
/// Below this sum no place is given for a verb that was asked for.
pub const MIN_ASKED: f64 = -10.0;

/// Tokens between a role word and the place that it speaks of, at most.
pub const ROLE_GAP: usize = 3;
/// The same for where it came from, went to, or the wounded were taken: such phrases are longer.
pub const FAR_ROLE_GAP: usize = 7;
/// Places farther apart than this, metres, are two scenes.
pub const OTHER_SCENE_M: f64 = 40_000.0;
/// Signs from which a sentence tells of another event than the one before: two, for any one of them also stands in sentences that go on.
pub const SIGNS_OF_ANOTHER: u32 = 2;
/// Words between «took», «captured» and the place that was taken.
pub const TAKEN_GAP: usize = 3;
/// Words between «survivors» and «arrived in», which makes the place their refuge.
pub const FLIGHT_GAP: usize = 5;
/// Days between two dates that make them two events.
pub const OTHER_DAY: i32 = 1;
/// An event this many days before the report's main one is recalled, not told,
pub const RECALLED_DAYS: i32 = 4;
/// when the main one is news: this many days old at publication, or less.
pub const NEWS_DAYS: i32 = 7;

/// Words between a word of speech and a day or place that may belong to it.
pub const SPEECH_GAP: usize = 9;
/// Words between «according to» and the informant («according to a senior security source»),
pub const ACCORDING_GAP: usize = 4;
/// and between «said» and the informant on either side of it.
pub const INFORMANT_GAP: usize = 3;
/// Words after «denied» up to which an event is denied («denied that its planes had carried out an air strike»),
pub const DENIAL_REACH: usize = 12;
/// and after «would», «threatened to» up to which it is only supposed.
pub const SUPPOSITION_REACH: usize = 8;
/// Words between a place and the word of speech behind it whose subject it belongs to.
pub const SPEAKER_GAP: usize = 2;
/// A toll from which a sentence about a period is a total and no event.
pub const TOTAL_TOLL: u32 = 300;
/// A number of displaced, missing or arrested from which a sentence tells of a war and not of one event.
pub const WAR_TOLL: u32 = 100_000;
/// Sentences within which an event without a place of its own is at the place of the one before.
pub const INHERIT_SENTENCES: usize = 3;
/// Words of courts, police stations and ordinary crime in a report from which its stabbings and arrests are a matter for the police.
pub const POLICE_WORDS: usize = 2;
/// Words between an event word and «also», «earlier today» behind it.
pub const MARKER_GAP: usize = 4;
/// Events, last told, that a sentence may still belong to.
pub const OPEN_EVENTS: usize = 40;
/// Events counted in one sentence from which it sums up rather than tells.
pub const MANY_EVENTS: u64 = 3;
/// A later figure up to this many times the first is a rival toll of the same event; a larger one is another matter.
pub const RIVAL_TOLL: f64 = 2.0;
/// Words between two counts of one sentence beyond which different verbs of harm are not added up.
pub const SUM_GAP: usize = 8;

/// Words between a number and the protesters that it counts («2,000 angry young protesters»),
pub const CROWD_GAP: usize = 2;
/// and the vague number from which nothing but people can be meant beside a word of protest.
pub const CROWD: u64 = 100;

/// What each known field adds to an incident's standing; below [`MIN_STANDING`] a statement is too vague to be one.
pub const STANDING_PLACE: f64 = 1.0;
/// A name without coordinates counts as a scene from this score.
pub const MIN_NAMED_SCENE: f64 = 1.0;
/// A first-level unit or region only.
pub const STANDING_REGION: f64 = 0.6;
/// A day.
pub const STANDING_DAY: f64 = 1.0;
/// A number of dead, wounded or abducted.
pub const STANDING_TOLL: f64 = 1.2;
/// A verb or noun of an event.
pub const STANDING_EVENT: f64 = 0.4;
/// The words set it apart from the events told before it.
pub const STANDING_APART: f64 = 0.6;
/// An actor by name or kind.
pub const STANDING_ACTOR: f64 = 0.4;
/// The headline or the first sentence tells it.
pub const STANDING_LEAD: f64 = 0.5;
/// Sentences that are the head of a report, counted from 0: headline, byline, first sentences.
pub const HEAD_SENTENCES: usize = 3;
/// What an incident must add up to.
pub const MIN_STANDING: f64 = 2.0;

/// Sentences of an incident, of those that name an actor, whose actors are its own: later ones are background.
pub const ACTOR_SENTENCES: usize = 3;
/// Actors of one incident, at most.
pub const MAX_ACTORS: usize = 8;
/// Tokens between «on one side» and the actor that stands there: a comma, a quotation mark, «the fighters of».
pub const SIDE_GAP: usize = 5;
/// Tokens between an actor and a word before it that gives it its part: «by», «alongside», «claimed by» and their like,
pub const BY_GAP: usize = 4;
/// «attack on» (a position of the army stands between),
pub const ON_GAP: usize = 6;
/// a bare «على», «sur»,
pub const UPON_GAP: usize = 2;
/// a deed («غارة للجيش»),
pub const DEED_GAP: usize = 1;
/// «suspected»,
pub const PRESUMED_GAP: usize = 2;
/// «no», «neither»,
pub const NOT_GAP: usize = 1;
/// a thing that is theirs («convoi de l'armée» has three),
pub const ASSET_GAP: usize = 3;
/// a verb whose object it is,
pub const OBJECT_GAP: usize = 5;
/// «accused».
pub const BLAME_GAP: usize = 4;
/// Tokens between an actor and a verb behind it: in Arabic, where it mostly stands before,
pub const SUBJECT_GAP: usize = 3;
/// and elsewhere, where a whole clause may part them;
pub const VERB_GAP: usize = 8;
/// «claimed responsibility»;
pub const CLAIM_GAP: usize = 8;
/// and «its forces», behind a word of speech.
pub const SELF_GAP: usize = 3;
/// Tokens between a word for fighters and the name of their group («fighters from the …»),
pub const OF_GAP: usize = 5;
/// between two actors that are named together,
pub const JOINT_GAP: usize = 2;
/// and between the two who meet («between fighters of the one and the other»).
pub const BETWEEN_GAP: usize = 6;
/// Tokens from an event word beyond which an actor of whom nothing is said has no part in it.
pub const PART_REACH: usize = 10;
/// The same for the unarmed, who stand in many sentences as witnesses.
pub const SUFFERER_REACH: usize = 3;
/// Most words between a village that no table knows and the unit that it is said to lie in («X, a village of the region of Y»).
pub const UNIT_BEHIND: usize = 7;
/// Metres around a point that a person set for an incident and of which nothing else is said: a click on a map means a village.
pub const POINTED_RADIUS_M: u32 = 1_000;

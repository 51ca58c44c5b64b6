//! One incident with the words that prove each field.

use jiff::civil::Date;

use crate::lang::lists::Qualifier;
use crate::resolve::Located;
use crate::text::Span;

use super::kind::{EventType, Granularity, Status, SubEventType, ViolenceType};
use super::mode::Mode;

/// What happened, once, at one place or at several that are named together (or, for an aggregate, what is summed up).
#[derive(Clone, Debug)]
pub struct Incident {
    /// `inc-` and twelve hex digits of a hash of report and evidence.
    pub id: String,
    /// One event, several, or an earlier one.
    pub granularity: Granularity,
    /// Whether it is said to have happened.
    pub status: Status,
    /// Sub-type; the type follows from it.
    pub sub_event_type: SubEventType,
    /// How it was done, where the words say.
    pub mode: Option<Mode>,
    /// Events that an aggregate sums up, where it counts them.
    pub n_events: Option<u32>,
    /// First and last possible day.
    pub dates: Option<(Date, Date)>,
    /// ACLED: 1 day, 2 week, 3 month or worse.
    pub time_precision: Option<u8>,
    /// What the day was read from: explicit, weekday, relative, month, document, none.
    pub date_source: &'static str,
    /// The words that name the place.
    pub place_surface: Option<String>,
    /// The place; `None` when it could not be located.
    pub place: Option<Located>,
    /// How the place hangs on a named one, when it is told that way.
    pub relation: Option<PlaceRelation>,
    /// Where else the same event was, as one statement lists its places: its tolls are those of all of them together.
    pub other_places: Vec<OtherPlace>,
    /// Country, also when the place itself is not located.
    pub country: Option<String>,
    /// Who took part.
    pub actors: Vec<Actor>,
    /// Dead.
    pub killed: Option<Toll>,
    /// Wounded.
    pub injured: Option<Toll>,
    /// Kidnapped.
    pub abducted: Option<Toll>,
    /// Not found.
    pub missing: Option<Toll>,
    /// Driven from home.
    pub displaced: Option<Toll>,
    /// Driven from home and counted by households.
    pub displaced_households: Option<Toll>,
    /// Held by a state.
    pub arrested: Option<Toll>,
    /// Fewest and most who protested or rioted.
    pub crowd: Option<(u32, u32)>,
    /// Who says so, each once.
    pub attribution: Vec<Attribution>,
    /// The words that support the fields.
    pub evidence: Vec<Evidence>,
    /// 0–1.
    pub confidence: f64,
    /// One sentence in English, made from the fields.
    pub notes: String,
}

impl Incident {
    /// Precision of the date by UCDP: 1 day, 2 within 2–6 days, 3 week, 4 month, 5 more than a month; `None` without a date.
    pub fn date_prec(&self) -> Option<u8> {
        let (start, end) = self.dates?;
        Some(match (end - start).get_days() {
            ..=0 => 1,
            1..=5 => 2,
            6 => 3,
            7..=30 => 4,
            _ => 5,
        })
    }

    /// What the place is to the event: `target`, or `between` two places.
    pub fn place_role(&self) -> Option<&'static str> {
        let relation = self.relation.as_ref().map(|r| r.how);
        self.place_surface.as_ref().map(|_| if relation == Some("between") { "between" } else { "target" })
    }

    /// True when its tolls are those of several places together, and of none of them known alone.
    pub fn is_toll_shared(&self) -> bool {
        !self.other_places.is_empty() && self.tolls().iter().any(|(_, toll)| toll.is_some())
    }

    /// The tolls by harm, in the order of the codebook.
    pub fn tolls(&self) -> [(&'static str, Option<&Toll>); 7] {
        [
            ("killed", self.killed.as_ref()),
            ("injured", self.injured.as_ref()),
            ("abducted", self.abducted.as_ref()),
            ("missing", self.missing.as_ref()),
            ("displaced", self.displaced.as_ref()),
            ("displaced_households", self.displaced_households.as_ref()),
            ("arrested", self.arrested.as_ref()),
        ]
    }

    /// ACLED's flag: civilians were the main or only target.
    pub fn civilian_targeting(&self) -> bool {
        let harmed = || [&self.killed, &self.injured].into_iter().flatten().map(|toll| toll.sides);
        let only_civilians = harmed().any(|s| s.civilians > 0) && !harmed().any(|s| s.attacked > 0 || s.attackers > s.civilians);
        match self.sub_event_type.event_type() {
            EventType::Violence => true,
            EventType::Explosions | EventType::Riots => only_civilians,
            EventType::Protests => self.sub_event_type == SubEventType::ExcessiveForce,
            EventType::Battles | EventType::Strategic => false,
        }
    }

    /// UCDP's type of violence, for organised violence in which somebody died.
    pub fn type_of_violence(&self) -> Option<ViolenceType> {
        let died = self.killed.as_ref().is_some_and(|toll| toll.high != Some(0));
        let is_organised = matches!(self.sub_event_type.event_type(), EventType::Battles | EventType::Explosions | EventType::Violence);
        if !died || !is_organised {
            return None;
        }
        if self.civilian_targeting() {
            return Some(ViolenceType::OneSided);
        }
        let is_state = self.actors.iter().any(|a| matches!(a.kind.as_str(), "state" | "external"));
        let is_state = is_state || self.killed.iter().any(|toll| toll.sides.attacked > 0);
        Some(if is_state { ViolenceType::StateBased } else { ViolenceType::NonState })
    }
}

/// A further place of an incident.
#[derive(Clone, Debug)]
pub struct OtherPlace {
    /// The words that name it.
    pub surface: String,
    /// Where they stand.
    pub span: Span,
    /// The place; `None` when it could not be located.
    pub place: Option<Located>,
}

/// A place told by its relation to a named one.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRelation {
    /// `distance`, `part`, `around`, `near`, `between`, `border`, `corner`, `bank`.
    pub how: &'static str,
    /// Kilometres.
    pub distance_km: Option<f64>,
    /// Degrees clockwise from north.
    pub bearing_deg: Option<f64>,
    /// The named place.
    pub of_place: String,
}

/// Who says what an incident tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Canonical name.
    pub name: String,
    /// A kind of `informants.txt`, or `fighters` for a group in arms that speaks for itself.
    pub kind: String,
    /// ACLED's scale of sources.
    pub scale: String,
    /// Where it is named.
    pub span: Span,
}

/// A person or group that took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Canonical name.
    pub name: String,
    /// `actor1` acts, `actor2` is acted against, `assoc_actor_1` and `assoc_actor_2` stand with them; `victim` is harmed,
    /// `claimant` says that it did it, `blamed` is said to have.
    pub role: &'static str,
    /// As in the text.
    pub text: String,
    /// Its kind at the time: state, rebel, militia, identity, rioters, protesters, civilians, external.
    pub kind: String,
    /// ACLED's code of the kind, 1 to 8: a state's force abroad is 8.
    pub inter: u8,
    /// Where it is at home, ISO 3166-1 alpha-2; of «soldiers» and «civilians» the country of the incident.
    pub country: Option<String>,
    /// It has a name, and is not only «gunmen» or «villagers».
    pub is_named: bool,
}

impl Actor {
    /// True for «soldiers», «gunmen»: a word, not a name.
    pub fn is_generic(&self) -> bool {
        !self.is_named
    }
}

/// How many people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toll {
    /// Fewest that the text allows; `None` when it gives no number.
    pub low: Option<u32>,
    /// The most conservative credible figure: the first that is told, by its lower end.
    pub best: Option<u32>,
    /// Most that the text allows.
    pub high: Option<u32>,
    /// What is said about the figure.
    pub qualifier: Option<Qualifier>,
    /// The figure is a word such as «dozens» or «several».
    pub is_vague: bool,
    /// The lower end by sides; together they are [`Toll::low`].
    pub sides: Sides,
    /// Who they were, where the text says.
    pub detail: Vec<TollPart>,
    /// Rival figures with who gives them; empty when there is one.
    pub told: Vec<TollTold>,
}

impl Toll {
    /// exact, `at_least`, about, `more_than`, `up_to`, `less_than`, `unknown_plural`.
    pub fn qualifier_label(&self) -> &'static str {
        match self.qualifier {
            _ if self.is_vague => "unknown_plural",
            None | Some(Qualifier::Between) => "exact",
            Some(Qualifier::AtLeast) => "at_least",
            Some(Qualifier::MoreThan) => "more_than",
            Some(Qualifier::About) => "about",
            Some(Qualifier::UpTo) => "up_to",
            Some(Qualifier::LessThan) => "less_than",
        }
    }
}

/// A toll by sides, UCDP's deaths of side a and b, of civilians and unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is told of at the side of its name")]
pub struct Sides {
    pub attackers: u32,
    pub attacked: u32,
    pub civilians: u32,
    pub unknown: u32,
}

impl Sides {
    /// The figure of a side.
    pub fn of_mut(&mut self, side: Side) -> &mut u32 {
        match side {
            Side::Attackers => &mut self.attackers,
            Side::Attacked => &mut self.attacked,
            Side::Civilians => &mut self.civilians,
            Side::Unknown => &mut self.unknown,
        }
    }

    /// All together.
    pub fn total(self) -> u32 {
        [self.attacked, self.civilians, self.unknown].into_iter().fold(self.attackers, u32::saturating_add)
    }

    /// Side by side with others.
    #[must_use]
    pub fn plus(self, other: Sides) -> Sides {
        Sides {
            attackers: self.attackers.saturating_add(other.attackers),
            attacked: self.attacked.saturating_add(other.attacked),
            civilians: self.civilians.saturating_add(other.civilians),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }
}

/// The side that harmed persons stood on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// They attacked: UCDP's side a.
    Attackers,
    /// In arms or uniform, and attacked: side b.
    Attacked,
    /// No part of the fight.
    Civilians,
    /// The text does not say.
    Unknown,
}

impl Side {
    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Side::Attackers => "a",
            Side::Attacked => "b",
            Side::Civilians => "civilians",
            Side::Unknown => "unknown",
        }
    }
}

/// A figure and who gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TollTold {
    /// Name of the informant; `None` when the report says it itself.
    pub by: Option<String>,
    /// Fewest.
    pub low: Option<u32>,
    /// Most.
    pub high: Option<u32>,
}

/// One group of a toll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TollPart {
    /// The words of the text.
    pub who: String,
    /// Their side.
    pub side: Side,
    /// Fewest.
    pub low: u32,
    /// Most.
    pub high: u32,
}

/// Words that support a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where they stand.
    pub span: Span,
    /// `event`, `place`, `date`, `status`, `attribution`, or the harm that a number tells of: `killed`, `injured` ….
    pub field: &'static str,
}

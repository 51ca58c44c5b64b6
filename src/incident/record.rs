//! One incident with the words that prove each field.

use jiff::civil::Date;

use crate::resolve::Located;
use crate::text::Span;

use super::kind::{Granularity, Status, SubEventType};

/// What happened, once, at one place (or, for an aggregate, what is summed up).
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
    /// The words that support the fields.
    pub evidence: Vec<Evidence>,
    /// 0–1.
    pub confidence: f64,
    /// One sentence in English, made from the fields.
    pub notes: String,
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
    /// Most that the text allows.
    pub high: Option<u32>,
    /// Who they were, where the text says.
    pub detail: Vec<TollPart>,
}

/// One group of a toll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TollPart {
    /// The words of the text.
    pub who: String,
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
    /// `event`, `place`, `date`, `killed`, `injured`, `abducted`, `actor`, `status`.
    pub field: &'static str,
}

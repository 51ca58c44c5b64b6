//! One incident as one report tells it: what corroboration looks at, and nothing else.

use jiff::civil::Date;

use crate::incident::{Granularity, Status, SubEventType};

/// An incident of a report.
///
/// `{id: "inc-0123456789ab", report_id: "r1", dates: Some((2022-09-06, 2022-09-06)), killed: Some((50, 50)), …}`
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// Of the incident.
    pub id: String,
    /// Of the report.
    pub report_id: String,
    /// The report that this one is a copy of; itself when it is none's. Copies are one witness.
    pub text_of: String,
    /// Who published the report.
    pub source: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// One event, several, or an earlier one.
    pub granularity: Granularity,
    /// Whether it is said to have happened.
    pub status: Status,
    /// What happened.
    pub sub_event_type: SubEventType,
    /// First and last possible day.
    pub dates: Option<(Date, Date)>,
    /// ACLED: 1 day, 2 week, 3 month or worse.
    pub time_precision: Option<u8>,
    /// What the day was read from: explicit, weekday, relative, month, document, none.
    pub date_source: String,
    /// Where; `None` when it was not located.
    pub ground: Option<Ground>,
    /// Further places of the same event.
    pub others: Vec<Ground>,
    /// Gazetteer identifier of the place, also of one that is not drawn.
    pub place_id: Option<String>,
    /// The words that name the place.
    pub place_surface: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Who took part.
    pub actors: Vec<Who>,
    /// Fewest and most dead.
    pub killed: Option<Range>,
    /// The dead by groups.
    pub killed_parts: Vec<Range>,
    /// Fewest and most wounded.
    pub injured: Option<Range>,
    /// Fewest and most kidnapped.
    pub abducted: Option<Range>,
    /// Code points of the report that the evidence covers, end exclusive.
    pub evidence: Option<(u32, u32)>,
    /// 0–1.
    pub confidence: f64,
}

/// Fewest and most persons.
pub type Range = (u32, u32);

/// The place of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Gazetteer identifier.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// Degrees east, WGS84.
    pub lon: f64,
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Metres around the point within which the text may mean.
    pub radius_m: u32,
    /// ACLED: 1 the place is known, 2 near or in part of a unit, 3 a larger region.
    pub geo_precision: u8,
    /// UCDP: 1 exact … 7 sea.
    pub where_prec: u8,
    /// Name of the first-level unit, or empty.
    pub admin1: String,
}

/// An actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    /// Canonical name, the same in all languages.
    pub name: String,
    /// state, rebel, militia, identity, rioters, protesters, civilians, external.
    pub kind: String,
    /// actor1, actor2, victim, claimant.
    pub role: String,
}

impl Telling {
    /// True when it tells one event that happened, now or earlier: what can be one of several tellings.
    pub fn tells_an_event(&self) -> bool {
        self.granularity != Granularity::Aggregate && matches!(self.status, Status::Asserted | Status::Claimed)
    }

    /// What an event is named after: the telling that was published first. Later reports do not come before it.
    pub(super) fn seniority(&self) -> (bool, Option<Date>, &str) {
        (self.published.is_none(), self.published, &self.id)
    }
}

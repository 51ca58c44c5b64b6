//! The closed lists of the codebook: types, sub-types, status, granularity.

use std::fmt;

/// ACLED's six event types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// Fights between organised armed groups.
    Battles,
    /// Bombs, shells, drones, mines without a ground fight.
    Explosions,
    /// Armed actors against unarmed people.
    Violence,
    /// Demonstrations without violence of the demonstrators.
    Protests,
    /// Violent demonstrations and mobs.
    Riots,
    /// Arrests, agreements, looting, transfers and the like.
    Strategic,
}

/// ACLED's sub-event types, as far as they are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is named as in the codebook, which defines it")]
pub enum SubEventType {
    ArmedClash,
    GovernmentRegains,
    NonStateOvertakes,
    Chemical,
    AirStrike,
    SuicideBomb,
    Shelling,
    Ied,
    Grenade,
    Sexual,
    Attack,
    Abduction,
    PeacefulProtest,
    ProtestWithIntervention,
    ExcessiveForce,
    ViolentDemonstration,
    MobViolence,
    Agreement,
    Arrests,
    ChangeToGroup,
    DisruptedWeapons,
    BaseEstablished,
    Looting,
    NonViolentTransfer,
    Other,
}

impl EventType {
    /// All of them, in the order of the codebook.
    pub const ALL: [EventType; 6] =
        [EventType::Battles, EventType::Explosions, EventType::Violence, EventType::Protests, EventType::Riots, EventType::Strategic];

    /// The codebook's label.
    pub fn label(self) -> &'static str {
        match self {
            EventType::Battles => "Battles",
            EventType::Explosions => "Explosions/Remote violence",
            EventType::Violence => "Violence against civilians",
            EventType::Protests => "Protests",
            EventType::Riots => "Riots",
            EventType::Strategic => "Strategic developments",
        }
    }
}

impl SubEventType {
    /// All of them, in the order of the codebook.
    pub const ALL: [SubEventType; 25] = [
        SubEventType::ArmedClash,
        SubEventType::GovernmentRegains,
        SubEventType::NonStateOvertakes,
        SubEventType::Chemical,
        SubEventType::AirStrike,
        SubEventType::SuicideBomb,
        SubEventType::Shelling,
        SubEventType::Ied,
        SubEventType::Grenade,
        SubEventType::Sexual,
        SubEventType::Attack,
        SubEventType::Abduction,
        SubEventType::PeacefulProtest,
        SubEventType::ProtestWithIntervention,
        SubEventType::ExcessiveForce,
        SubEventType::ViolentDemonstration,
        SubEventType::MobViolence,
        SubEventType::Agreement,
        SubEventType::Arrests,
        SubEventType::ChangeToGroup,
        SubEventType::DisruptedWeapons,
        SubEventType::BaseEstablished,
        SubEventType::Looting,
        SubEventType::NonViolentTransfer,
        SubEventType::Other,
    ];

    /// By the codebook's label.
    pub fn from_label(label: &str) -> Option<SubEventType> {
        SubEventType::ALL.into_iter().find(|kind| kind.label() == label)
    }

    /// The codebook's label.
    pub fn label(self) -> &'static str {
        match self {
            SubEventType::ArmedClash => "Armed clash",
            SubEventType::GovernmentRegains => "Government regains territory",
            SubEventType::NonStateOvertakes => "Non-state actor overtakes territory",
            SubEventType::Chemical => "Chemical weapon",
            SubEventType::AirStrike => "Air/drone strike",
            SubEventType::SuicideBomb => "Suicide bomb",
            SubEventType::Shelling => "Shelling/artillery/missile attack",
            SubEventType::Ied => "Remote explosive/landmine/IED",
            SubEventType::Grenade => "Grenade",
            SubEventType::Sexual => "Sexual violence",
            SubEventType::Attack => "Attack",
            SubEventType::Abduction => "Abduction/forced disappearance",
            SubEventType::PeacefulProtest => "Peaceful protest",
            SubEventType::ProtestWithIntervention => "Protest with intervention",
            SubEventType::ExcessiveForce => "Excessive force against protesters",
            SubEventType::ViolentDemonstration => "Violent demonstration",
            SubEventType::MobViolence => "Mob violence",
            SubEventType::Agreement => "Agreement",
            SubEventType::Arrests => "Arrests",
            SubEventType::ChangeToGroup => "Change to group/activity",
            SubEventType::DisruptedWeapons => "Disrupted weapons use",
            SubEventType::BaseEstablished => "Headquarters or base established",
            SubEventType::Looting => "Looting/property destruction",
            SubEventType::NonViolentTransfer => "Non-violent transfer of territory",
            SubEventType::Other => "Other",
        }
    }

    /// The type that the sub-type belongs to.
    pub fn event_type(self) -> EventType {
        match self {
            SubEventType::ArmedClash | SubEventType::GovernmentRegains | SubEventType::NonStateOvertakes => EventType::Battles,
            SubEventType::Chemical
            | SubEventType::AirStrike
            | SubEventType::SuicideBomb
            | SubEventType::Shelling
            | SubEventType::Ied
            | SubEventType::Grenade => EventType::Explosions,
            SubEventType::Sexual | SubEventType::Attack | SubEventType::Abduction => EventType::Violence,
            SubEventType::PeacefulProtest | SubEventType::ProtestWithIntervention | SubEventType::ExcessiveForce => EventType::Protests,
            SubEventType::ViolentDemonstration | SubEventType::MobViolence => EventType::Riots,
            _ => EventType::Strategic,
        }
    }

    /// ACLED's disorder type.
    pub fn disorder_type(self) -> &'static str {
        match self {
            SubEventType::ExcessiveForce => "Political violence; Demonstrations",
            SubEventType::PeacefulProtest | SubEventType::ProtestWithIntervention | SubEventType::ViolentDemonstration => "Demonstrations",
            _ if self.event_type() == EventType::Strategic => "Strategic developments",
            _ => "Political violence",
        }
    }
}

/// UCDP's types of organised violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ViolenceType {
    /// A state is one of the sides.
    StateBased,
    /// Two organised groups, neither of them a state's.
    NonState,
    /// An organised group against unarmed people.
    OneSided,
}

impl ViolenceType {
    /// UCDP's number.
    pub fn code(self) -> u8 {
        match self {
            ViolenceType::StateBased => 1,
            ViolenceType::NonState => 2,
            ViolenceType::OneSided => 3,
        }
    }
}

/// Whether the report says that it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// It happened, says the report.
    #[default]
    Asserted,
    /// It happened, says a party that gains by it.
    Claimed,
    /// It did not happen, says the report.
    Denied,
    /// It might happen or have happened.
    Hypothetical,
    /// It is announced or threatened.
    Planned,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 5] = [Status::Asserted, Status::Claimed, Status::Denied, Status::Hypothetical, Status::Planned];

    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Claimed => "claimed",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
            Status::Planned => "planned",
        }
    }
}

/// Whether a statement is about one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Granularity {
    /// One event, news of this report.
    #[default]
    Incident,
    /// Several events summed up; never a point.
    Aggregate,
    /// One event, recalled.
    Background,
}

impl Granularity {
    /// All of them.
    pub const ALL: [Granularity; 3] = [Granularity::Incident, Granularity::Aggregate, Granularity::Background];

    /// The published word.
    pub fn label(self) -> &'static str {
        match self {
            Granularity::Incident => "incident",
            Granularity::Aggregate => "aggregate",
            Granularity::Background => "background",
        }
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

//! How it was done: the modes of PLOVER's ASSAULT.

use crate::recognise::event::EventSigns;

use super::group::Group;
use super::kind::SubEventType;
use super::statement::Recognised;

/// A mode of violence, PLOVER's ASSAULT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named as in the codebook, which defines it")]
pub enum Mode {
    Abduct,
    Beat,
    Torture,
    Sexual,
    Targeted,
    Destroy,
    Primitive,
    Firearms,
    Explosives,
    SuicideAttack,
    Aerial,
    Drone,
    HeavyWeapons,
    CrowdControl,
    Unconventional,
}

impl Mode {
    /// All of them, in the order of the codebook.
    pub const ALL: [Mode; 15] = [
        Mode::Abduct,
        Mode::Beat,
        Mode::Torture,
        Mode::Sexual,
        Mode::Targeted,
        Mode::Destroy,
        Mode::Primitive,
        Mode::Firearms,
        Mode::Explosives,
        Mode::SuicideAttack,
        Mode::Aerial,
        Mode::Drone,
        Mode::HeavyWeapons,
        Mode::CrowdControl,
        Mode::Unconventional,
    ];

    /// The codebook's word.
    pub fn label(self) -> &'static str {
        match self {
            Mode::Abduct => "abduct",
            Mode::Beat => "beat",
            Mode::Torture => "torture",
            Mode::Sexual => "sexual",
            Mode::Targeted => "targeted",
            Mode::Destroy => "destroy",
            Mode::Primitive => "primitive",
            Mode::Firearms => "firearms",
            Mode::Explosives => "explosives",
            Mode::SuicideAttack => "suicide-attack",
            Mode::Aerial => "aerial",
            Mode::Drone => "drone",
            Mode::HeavyWeapons => "heavy-weapons",
            Mode::CrowdControl => "crowd-control",
            Mode::Unconventional => "unconventional",
        }
    }
}

/// Keys of `modes.txt`, the telling ones first.
const WORDS: [(&str, Mode); 7] = [
    ("torture", Mode::Torture),
    ("targeted", Mode::Targeted),
    ("primitive", Mode::Primitive),
    ("beat", Mode::Beat),
    ("drone", Mode::Drone),
    ("heavy_weapons", Mode::HeavyWeapons),
    ("firearms", Mode::Firearms),
];

/// The mode of an incident: what its type says, else the words of the sentences that tell of it.
pub(super) fn mode(all: &Recognised<'_>, group: &Group<'_>, kind: SubEventType) -> Option<Mode> {
    let has = |key: &str| {
        let signs = |sentence| EventSigns::in_sentence(&all.signs.modes, sentence).iter();
        group.statements.iter().filter(|s| s.tells_of_one(all)).any(|s| signs(s.sentence).any(|w| w.key == key))
    };
    let told = || WORDS.into_iter().find_map(|(key, mode)| has(key).then_some(mode));
    match kind {
        SubEventType::AirStrike => Some(if has("drone") { Mode::Drone } else { Mode::Aerial }),
        SubEventType::SuicideBomb => Some(Mode::SuicideAttack),
        SubEventType::Ied | SubEventType::Grenade => Some(Mode::Explosives),
        SubEventType::Shelling => Some(Mode::HeavyWeapons),
        SubEventType::Chemical => Some(Mode::Unconventional),
        SubEventType::Sexual => Some(Mode::Sexual),
        SubEventType::Abduction => Some(Mode::Abduct),
        SubEventType::Looting => Some(Mode::Destroy),
        SubEventType::ProtestWithIntervention => Some(Mode::CrowdControl),
        SubEventType::Attack
        | SubEventType::ArmedClash
        | SubEventType::GovernmentRegains
        | SubEventType::NonStateOvertakes
        | SubEventType::ExcessiveForce
        | SubEventType::MobViolence => told(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::incident::read;
    use crate::recognise::Report;

    fn mode(text: &str) -> Option<&'static str> {
        let report = Report {
            id: "r".to_owned(),
            text: text.to_owned(),
            lang: None,
            title: None,
            published: None,
            source: None,
            url: None,
            ..Report::default()
        };
        read(&report, &Gazetteer::embedded()).incidents.first().and_then(|i| i.mode).map(super::Mode::label)
    }

    #[test]
    fn how_it_was_done_is_read_from_the_words_beside_the_event() {
        assert_eq!(mode("Une frappe de drone a tué quatre personnes à Gao le 3 mars 2022."), Some("drone"));
        assert_eq!(mode("Un avion a mené une frappe aérienne sur Gao, tuant quatre personnes le 3 mars 2022."), Some("aerial"));
        assert_eq!(mode("قتل مسلحون بالرصاص خمسة مدنيين في مدينة غاو يوم 3 مارس 2022."), Some("firearms"));
        assert_eq!(mode("Attackers with machetes killed five villagers in Gao on 3 March 2022."), Some("primitive"));
        assert_eq!(mode("Gunmen kidnapped five villagers in Gao on 3 March 2022."), Some("abduct"));
        assert_eq!(mode("Attackers killed five villagers in Gao on 3 March 2022."), None);
    }
}

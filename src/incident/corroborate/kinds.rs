//! How likely one event is told as two kinds.

use crate::incident::{EventType, SubEventType};

use super::weights;

/// What two kinds say for one event; `None`: they are two.
pub(super) fn kinds(one: SubEventType, other: SubEventType) -> Option<f32> {
    use SubEventType as S;
    if one == other {
        // «Other» is no kind that two events share.
        return Some(if one == S::Other { 0.0 } else { weights::SAME_SUB_TYPE });
    }
    let pair = if one <= other { (one, other) } else { (other, one) };
    Some(match pair {
        // A car bomb may be driven, a grenade sounds like a shell; a raid may begin with a bomb, and raiders loot and take people along.
        (S::SuicideBomb, S::Ied)
        | (S::Shelling | S::Ied, S::Grenade)
        | (S::ArmedClash, S::SuicideBomb | S::Shelling | S::Ied | S::Grenade | S::Looting | S::Abduction)
        | (S::SuicideBomb | S::Shelling | S::Ied | S::Grenade, S::Attack)
        | (S::Attack | S::Abduction, S::Looting)
        | (S::Abduction, S::Arrests)
        | (S::AirStrike | S::Shelling | S::Ied, S::DisruptedWeapons) => weights::ODD_TYPE,
        (S::AirStrike, S::Shelling | S::Attack) | (S::ArmedClash, S::AirStrike) | (S::Attack, S::ExcessiveForce | S::MobViolence) => {
            weights::OTHER_WEAPON
        }
        (S::Chemical, S::AirStrike | S::Shelling) => weights::KINDRED_TYPE,
        (one, other) => types(one.event_type(), other.event_type())?,
    })
}

fn types(one: EventType, other: EventType) -> Option<f32> {
    use EventType as T;
    match if one <= other { (one, other) } else { (other, one) } {
        // Two weapons are two events.
        (T::Explosions, T::Explosions) => None,
        (one, other) if one == other => Some(weights::SAME_TYPE),
        // Who is a fighter and who a civilian is what reports disagree on.
        (T::Battles, T::Violence) | (T::Protests, T::Riots) => Some(weights::KINDRED_TYPE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protests_are_no_bombings_and_weapons_are_told_apart() {
        assert_eq!(kinds(SubEventType::PeacefulProtest, SubEventType::Ied), None);
        assert_eq!(kinds(SubEventType::AirStrike, SubEventType::SuicideBomb), None);
        assert!(kinds(SubEventType::ArmedClash, SubEventType::Attack) > kinds(SubEventType::AirStrike, SubEventType::Shelling));
    }

    #[test]
    fn the_order_of_the_two_is_of_no_matter() {
        for one in SubEventType::ALL {
            for other in SubEventType::ALL {
                assert_eq!(kinds(one, other), kinds(other, one), "{one:?} {other:?}");
            }
        }
    }
}

//! Sub-event type, from the event words and the people harmed.

use crate::lang::actor_words::IRREGULAR;
use crate::recognise::count::{Count, Harm};

use super::kind::SubEventType;
use super::toll::ARMED;

/// What is known of an incident when it is given its type.
pub(super) struct Signs<'a> {
    /// Keys of the event words, those of the first sentence first.
    pub(super) keys: Vec<&'static str>,
    /// How many of them stand in the first sentence.
    pub(super) lead: usize,
    pub(super) counts: &'a [&'a Count],
    /// A group in arms is among those harmed.
    pub(super) armed_victims: bool,
    /// Kinds of the actors named, `actors.txt`.
    pub(super) actor_kinds: Vec<&'a str>,
    /// Groups in arms are told to stand on two sides.
    pub(super) opposed: bool,
}

impl Signs<'_> {
    fn has(&self, key: &str) -> bool {
        self.keys.contains(&key)
    }

    fn leads(&self, key: &str) -> bool {
        self.keys.iter().take(self.lead).any(|k| *k == key)
    }

    fn harmed(&self, kinds: &[&str]) -> bool {
        self.counts.iter().any(|c| !c.is_attackers && kinds.contains(&c.kind()))
    }
}

/// The sub-event type, or `None` when the words tell of no event of the codebook.
pub(super) fn classify(signs: &Signs<'_>) -> Option<SubEventType> {
    let killed = signs.counts.iter().any(|c| c.harm == Harm::Killed && c.high > 0) || signs.has("killed") || signs.has("died");
    if let Some(kind) = demonstration(signs, killed) {
        return Some(kind);
    }
    if let Some(kind) = remote(signs) {
        return Some(kind);
    }
    let civilians_died = signs.counts.iter().any(|c| c.harm == Harm::Killed && !c.is_attackers && !ARMED.contains(&c.kind()) && c.high > 0);
    if signs.leads("recapture") && !civilians_died {
        return Some(SubEventType::GovernmentRegains);
    }
    if signs.leads("capture") && !civilians_died {
        let by_state = signs.actor_kinds.first().is_some_and(|k| *k == "state");
        return Some(if by_state { SubEventType::GovernmentRegains } else { SubEventType::NonStateOvertakes });
    }
    let taken = signs.counts.iter().any(|c| c.harm == Harm::Abducted);
    let died = signs.counts.iter().any(|c| c.harm == Harm::Killed && c.high > 0);
    if taken && !died && !["attack", "clash", "ambush", "massacre"].iter().any(|k| signs.leads(k)) {
        return Some(SubEventType::Abduction);
    }
    let violent = ["attack", "clash", "ambush", "massacre", "arson"].iter().any(|k| signs.has(k));
    if violent || killed {
        return Some(ground(signs));
    }
    if signs.has("abducted") || signs.counts.iter().any(|c| c.harm == Harm::Abducted) {
        return Some(SubEventType::Abduction);
    }
    [
        ("sexual", SubEventType::Sexual),
        ("disrupted", SubEventType::DisruptedWeapons),
        ("arrested", SubEventType::Arrests),
        ("looting", SubEventType::Looting),
    ]
    .into_iter()
    .find_map(|(key, kind)| signs.has(key).then_some(kind))
    .or_else(|| signs.has("injured").then(|| ground(signs)))
}

/// Protests and riots, when they lead and no army fights.
fn demonstration(signs: &Signs<'_>, killed: bool) -> Option<SubEventType> {
    let fired_on = killed && signs.actor_kinds.contains(&"protesters") && signs.actor_kinds.contains(&"state") && !signs.has("clash");
    let lead = fired_on || signs.leads("protest") || signs.leads("riot") || (signs.has("protest") && signs.harmed(&["protesters"]));
    if !lead || signs.leads("clash") && !signs.leads("protest") {
        return None;
    }
    Some(match () {
        () if signs.leads("riot") && !signs.leads("protest") => SubEventType::MobViolence,
        () if killed => SubEventType::ExcessiveForce,
        () if signs.leads("riot") => SubEventType::ViolentDemonstration,
        () if signs.has("dispersal") || signs.has("arrested") => SubEventType::ProtestWithIntervention,
        () => SubEventType::PeacefulProtest,
    })
}

/// Bombs, shells, drones and mines, unless a ground fight goes with them in the same sentence.
fn remote(signs: &Signs<'_>) -> Option<SubEventType> {
    let table = [
        ("suicide", SubEventType::SuicideBomb),
        ("chemical", SubEventType::Chemical),
        ("airstrike", SubEventType::AirStrike),
        ("ied", SubEventType::Ied),
        ("shelling", SubEventType::Shelling),
        ("bombardment", SubEventType::Shelling),
        ("grenade", SubEventType::Grenade),
        ("explosion", SubEventType::Ied),
    ];
    let ground = signs.leads("clash") || signs.leads("ambush");
    let led = table.into_iter().find(|(key, _)| signs.leads(key)).filter(|_| !ground);
    // A weapon named only later gives the type when the lead says no more than «attack» or «killed».
    let vague = !["ambush", "clash", "attack", "massacre"].iter().any(|k| signs.has(k));
    led.or_else(|| table.into_iter().find(|(key, _)| vague && signs.has(key))).map(|(_, kind)| kind)
}

/// Battle or violence against civilians: by who was harmed, then by who was there.
fn ground(signs: &Signs<'_>) -> SubEventType {
    let armed_harmed = signs.harmed(ARMED) || signs.armed_victims;
    let fighters_killed = signs.counts.iter().any(|c| c.is_attackers || c.kind() == "militants");
    if signs.opposed {
        return SubEventType::ArmedClash;
    }
    // Fighters among the victims, in a clash: two armed groups fought.
    if signs.has("clash")
        && signs.counts.iter().any(|c| !c.is_attackers && matches!(c.kind(), "militants" | "others"))
        && !signs.leads("massacre")
    {
        return SubEventType::ArmedClash;
    }
    let civilians_harmed =
        signs.counts.iter().any(|c| !c.is_attackers && !ARMED.contains(&c.kind()) && c.kind() != "militants" && !c.kind().is_empty());
    let state_there = signs.actor_kinds.iter().any(|k| matches!(*k, "state" | "external"));
    let non_state_there = signs.actor_kinds.iter().any(|k| IRREGULAR.contains(k));
    if armed_harmed || signs.leads("clash") || signs.leads("ambush") && !civilians_harmed {
        return SubEventType::ArmedClash;
    }
    if civilians_harmed || signs.has("massacre") {
        return SubEventType::Attack;
    }
    if fighters_killed || (state_there && non_state_there) || signs.has("clash") {
        return SubEventType::ArmedClash;
    }
    SubEventType::Attack
}

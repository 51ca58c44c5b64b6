//! Who took part in an incident, and in which role.
//!
//! `actor1` acts, `actor2` is who it acts against, `victim` who is harmed; `claimant` says that it did it, `blamed` is said to have.
//! ACLED's actor 1 need not be the attacker; ours is, see `docs/actors.md`.

mod inter;
mod part;
mod sentence;

use jiff::civil::Date;

use crate::lang::actor_words::{ANY_COUNTRY, ActorEntry, IRREGULAR};
use crate::lang::event_words::EventWords;
use crate::recognise::count::{Count, Harm};
use crate::resolve::Resolution;

use super::record::Actor;
use super::statement::{Recognised, Statement};
use super::weights;
pub use inter::{inter, inter_label, interaction, interaction_code, sides};
use part::{Part, Played, played};
use sentence::Sentence;

/// Where and when an incident happened, for what its actors are there and then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub(super) country: Option<&'a str>,
    pub(super) day: Option<Date>,
    /// The incident is denied or supposed: so are those who took part in it.
    pub(super) is_unreal: bool,
}

/// The actors of an incident's first sentences that name any, with their roles.
pub(super) fn actors(all: &Recognised<'_>, statements: &[Statement<'_>], setting: Setting<'_>) -> Vec<Actor> {
    let mut cast = Cast { all, setting, out: Vec::new() };
    let told = statements.iter().filter(|s| setting.is_unreal || s.unreal(all).is_none());
    for statement in told.filter(|s| !s.actors.is_empty()).take(weights::ACTOR_SENTENCES) {
        let mut before = None;
        for one in played(all, statement) {
            before = cast.take(&one, before).or(before);
        }
    }
    let mut out: Vec<Actor> = cast.out.into_iter().map(|(actor, _)| actor).collect();
    out.truncate(weights::MAX_ACTORS);
    out
}

/// True when a sentence sets groups in arms against each other as two sides.
pub(super) fn opposes(all: &Recognised<'_>, statement: &Statement<'_>) -> bool {
    let words = EventWords::of(all.lang);
    let sides = Sentence::of(all, statement).sides();
    let is_armed = |actor: u32| words.actors.get(actor).is_some_and(|a| side(a.kind_at(all.published)).is_some());
    sides.len() > 1 && sides.iter().all(|u| is_armed(u.actor))
}

/// The kinds of all actors that an incident's first sentences name, whatever they do in it.
pub(super) fn kinds<'a>(all: &Recognised<'_>, statements: &[Statement<'_>], day: Option<Date>) -> Vec<&'a str> {
    let words = EventWords::of(all.lang);
    let mut seen: Vec<u32> = Vec::new();
    for sign in statements.iter().take(weights::ACTOR_SENTENCES).flat_map(|s| s.actors) {
        if !seen.contains(&sign.hit.entry) {
            seen.push(sign.hit.entry);
        }
    }
    seen.into_iter().filter_map(|actor| words.actors.get(actor)).map(|a| a.kind_at(day)).collect()
}

/// True when a group in arms is counted among the dead or wounded («three VDP were killed»).
pub(super) fn armed_victims(all: &Recognised<'_>, statements: &[Statement<'_>], day: Option<Date>) -> bool {
    let words = EventWords::of(all.lang);
    statements.iter().any(|s| {
        s.actors.iter().any(|sign| {
            let armed = words.actors.get(sign.hit.entry).is_some_and(|a| matches!(a.kind_at(day), "state" | "militia" | "external"));
            let counted = |c: &&Count| !c.is_attackers && c.tokens.start <= sign.hit.start && sign.hit.start < c.tokens.end;
            armed && s.counts.iter().any(|c| counted(c) && matches!(c.harm, Harm::Killed | Harm::Injured))
        })
    })
}

/// The country that most of a report's places lie in.
pub(super) fn main_country(resolutions: &[Resolution]) -> Option<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for place in resolutions.iter().filter_map(|r| r.place.as_ref()).filter(|p| !p.country.is_empty()) {
        *counts.entry(place.country.as_str()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code))).map(|(code, _)| code.to_owned())
}

/// The actors of an incident as they are found, each with whether its role is said in so many words.
struct Cast<'a> {
    all: &'a Recognised<'a>,
    setting: Setting<'a>,
    out: Vec<(Actor, bool)>,
}

impl Cast<'_> {
    /// Gives one of a sentence its role; the role, when it has one. `before` is that of the one it is joined to.
    fn take(&mut self, one: &Played, before: Option<&'static str>) -> Option<&'static str> {
        let entry = EventWords::of(self.all.lang).actors.get(one.unit.actor)?;
        let has = |roles: &[&str]| self.out.iter().any(|(a, _)| a.name == entry.name && roles.contains(&a.role));
        let known = match one.part {
            // «Gunmen …, suspected …»: who acts is not blamed besides, and who is blamed only by a common word does not act besides.
            Part::Blamed => has(&["actor1", "assoc_actor_1"]),
            Part::Acts => entry.is_generic() && has(&["blamed"]),
            _ => false,
        };
        if known || !one.is_joined && self.is_meant_before(entry, one) {
            return None;
        }
        let role = match one.part {
            Part::Silent => return None,
            Part::Claims => "claimant",
            Part::Blamed => "blamed",
            Part::Harmed => "victim",
            Part::With => beside(before)?,
            Part::Acts | Part::Targeted if one.is_joined => beside(before)?,
            Part::Acts => self.acting(entry),
            Part::Targeted => self.targeted(),
        };
        let is_main = |role: &str| !matches!(role, "claimant" | "blamed");
        match self.out.iter_mut().find(|(a, _)| a.name == entry.name && (a.role == role || is_main(a.role) && is_main(role))) {
            // What a sentence says outright replaces what was only supposed from the order of words.
            Some((known, said)) if !*said && one.is_said => (known.role, *said) = (role, true),
            Some(_) => {}
            None => self.out.push((self.actor(entry, role, one), one.is_said)),
        }
        Some(role)
    }

    /// «The attackers», «the soldiers» behind those who were named: nobody new. A name behind «gunmen» takes their place.
    fn is_meant_before(&mut self, entry: &ActorEntry, one: &Played) -> bool {
        let Some(own) = side(entry.kind_at(self.setting.day)) else { return false };
        let role = match one.part {
            Part::Acts => "actor1",
            Part::Targeted => "actor2",
            Part::Harmed => "victim",
            _ => "",
        };
        if entry.is_generic() {
            let acts = |role: &str| matches!(role, "actor1" | "assoc_actor_1" | "blamed" | "claimant");
            let of_rebels = !own && matches!(one.part, Part::Acts | Part::Blamed);
            let mut known = self.out.iter().map(|(a, _)| a).filter(|a| side(&a.kind) == Some(own) && a.name != entry.name);
            return known
                .any(|a| !one.is_said && !a.role.starts_with("assoc") || a.role == role && a.is_named || of_rebels && acts(a.role));
        }
        let unnamed = self.out.iter().position(|(a, _)| side(&a.kind) == Some(own) && !a.is_named && a.role == role);
        if one.is_said
            && let Some(index) = unnamed
        {
            self.out[index] = (self.actor(entry, role, one), true);
        }
        false
    }

    fn actor(&self, entry: &ActorEntry, role: &'static str, one: &Played) -> Actor {
        let kind = entry.kind_at(self.setting.day);
        let home = if entry.country == ANY_COUNTRY { self.setting.country } else { Some(entry.country.as_str()).filter(|c| !c.is_empty()) };
        Actor {
            name: entry.name.clone(),
            role,
            text: self.all.text.slice(self.all.text.span(one.unit.start..one.unit.end)).to_owned(),
            kind: kind.to_owned(),
            inter: inter(kind, &entry.country, self.setting.country),
            country: home.map(str::to_owned),
            is_named: !entry.is_generic(),
        }
    }

    fn has(&self, role: &str) -> Option<&Actor> {
        self.out.iter().map(|(a, _)| a).find(|a| a.role == role)
    }

    /// Who acts later in a report is the other side of who acted first, or stands with it.
    fn acting(&self, entry: &ActorEntry) -> &'static str {
        let Some(first) = self.has("actor1") else { return "actor1" };
        let own = is_of_state(entry.kind_at(self.setting.day));
        match self.has("actor2") {
            _ if first.name == entry.name => "actor1",
            None if own != is_of_state(&first.kind) => "actor2",
            Some(second) if second.name == entry.name => "actor2",
            Some(second) if own == is_of_state(&second.kind) && own != is_of_state(&first.kind) => "assoc_actor_2",
            _ => "assoc_actor_1",
        }
    }

    fn targeted(&self) -> &'static str {
        if self.has("actor2").is_none() { "actor2" } else { "assoc_actor_2" }
    }
}

/// The role of who is joined to another, or stands with it.
fn beside(role: Option<&'static str>) -> Option<&'static str> {
    Some(match role? {
        "actor1" | "assoc_actor_1" => "assoc_actor_1",
        "actor2" | "assoc_actor_2" => "assoc_actor_2",
        same => same,
    })
}

/// True for forces of states, false for other groups in arms, nothing for the unarmed.
fn side(kind: &str) -> Option<bool> {
    match kind {
        "state" | "external" => Some(true),
        kind if IRREGULAR.contains(&kind) => Some(false),
        _ => None,
    }
}

fn is_of_state(kind: &str) -> bool {
    matches!(kind, "state" | "external")
}

#[cfg(test)]
mod tests;

//! What each actor of a sentence does in it, or what is done to it: from the words around it.

use crate::lang::Lang;
use crate::lang::event_words::EventWords;

use super::super::statement::{Recognised, Statement};
use super::super::weights;
use super::sentence::{Cue, Sentence, Unit};

/// What an actor does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Acts,
    Targeted,
    Harmed,
    Claims,
    Blamed,
    /// Stands with the one named before.
    With,
    /// Only speaks, or is said not to have acted.
    Silent,
}

/// An actor with its part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Played {
    pub(super) unit: Unit,
    pub(super) part: Part,
    /// A word of the sentence says so, not only the order of words.
    pub(super) is_said: bool,
    /// Named together with the one before («the army and the police»).
    pub(super) is_joined: bool,
}

/// The actors of a sentence with their parts, in order.
pub(super) fn played(all: &Recognised<'_>, statement: &Statement<'_>) -> Vec<Played> {
    let sentence = Sentence::of(all, statement);
    let mut out: Vec<Option<Played>> = Vec::new();
    for n in 0..sentence.units.len() {
        let before = n.checked_sub(1).and_then(|b| out.get(b).copied().flatten());
        out.push(sentence.part(n, before));
    }
    // «Soldiers and rebels were killed»: what is said of the last is said of those joined to it.
    for n in (1..sentence.units.len()).rev() {
        if let (None, Some(next), true) = (out[n - 1], out[n], sentence.is_joined(n))
            && next.is_said
        {
            out[n - 1] = Some(Played { unit: sentence.units[n - 1], is_joined: false, ..next });
            out[n] = Some(Played { is_joined: true, ..next });
        }
    }
    let mut acted = out.iter().flatten().any(|p| p.part == Part::Acts);
    for (n, one) in out.iter_mut().enumerate().filter(|(_, one)| one.is_none()) {
        *one = sentence.supposed(n, acted);
        acted |= one.is_some_and(|p| p.part == Part::Acts);
    }
    let toll = statement.has_toll();
    out.into_iter().flatten().filter_map(|one| sentence.unarmed(one, toll)).collect()
}

impl Sentence<'_> {
    /// Villagers do no violence: where the words make them act they suffer, if anybody does.
    fn unarmed(&self, one: Played, toll: bool) -> Option<Played> {
        let entry = EventWords::of(self.all.lang).actors.get(one.unit.actor)?;
        match one.part {
            Part::Acts | Part::Blamed if entry.kind_at(self.all.published) == "civilians" => {
                toll.then_some(Played { part: Part::Harmed, is_said: false, ..one })
            }
            _ => Some(one),
        }
    }

    /// What the words around an actor say of it.
    fn part(&self, n: usize, before: Option<Played>) -> Option<Played> {
        let unit = self.units[n];
        let said = |part| Some(Played { unit, part, is_said: true, is_joined: false });
        let acts = if self.is_presumed(unit) { Part::Blamed } else { Part::Acts };
        // «On one side X, on the other Y»: the first is told to act.
        let sides = self.sides();
        if let Some(side) = sides.iter().position(|u| u.start == unit.start) {
            return said(if side == 0 { Part::Acts } else { Part::Targeted });
        }
        let left = self.left(unit, DECISIVE).filter(|(c, _)| c.key != "upon" || !self.is_dated(*c, unit));
        if self.left(unit, &["not"]).is_some_and(|(_, gap)| gap <= weights::NOT_GAP) {
            return said(Part::Silent);
        }
        if let Some(part) = left.and_then(|(cue, gap)| self.told_before(unit, cue, gap, acts)) {
            return said(part);
        }
        if before.is_some_and(|b| b.part == Part::Acts) && n > 0 && self.is_across(self.units[n - 1], unit) {
            return said(Part::Targeted);
        }
        if let Some(part) = self.spoken(n, left) {
            return said(part);
        }
        if self.is_counted(unit) {
            return said(Part::Harmed);
        }
        if let Some(part) = self.done(n, left, before, acts) {
            return said(part);
        }
        if let Some(b) = before.filter(|b| b.part != Part::Silent && self.is_joined(n)) {
            return Some(Played { unit, is_joined: true, ..b });
        }
        // «dans une position de l'armée», «an army convoy»: what is hit is theirs.
        let asset = self.left(unit, &["asset"]).is_some_and(|(_, gap)| gap <= weights::ASSET_GAP)
            || self.all.lang == Lang::En && self.right(unit, &["asset"]).is_some_and(|(_, gap)| gap == 0);
        if asset && !self.statement.events.is_empty() {
            return said(Part::Targeted);
        }
        None
    }

    /// By words that lead to an actor: «by», «against», «killing of», «alongside», «claimed by», «according to».
    fn told_before(&self, unit: Unit, cue: Cue, gap: usize, acts: Part) -> Option<Part> {
        let (reach, part) = match cue.key {
            "by" => (weights::BY_GAP, acts),
            "on" => (weights::ON_GAP, Part::Targeted),
            "upon" => (weights::UPON_GAP, Part::Targeted),
            "harm_of" => (weights::BY_GAP, Part::Harmed),
            "with" => (weights::BY_GAP, Part::With),
            "between" => (weights::BY_GAP, Part::Acts),
            "claimed_by" => (weights::BY_GAP, Part::Claims),
            "blamed_on" => (weights::BY_GAP, Part::Blamed),
            "source" => (weights::UPON_GAP, if self.tells_of_itself(unit.end) { Part::Acts } else { Part::Silent }),
            // «قصف مواقع للجيش»: not theirs but at what is theirs.
            "deed" if self.has_asset(cue.end, unit.start) => (weights::ON_GAP, Part::Targeted),
            "deed" if self.all.lang != Lang::En => (weights::DEED_GAP, acts),
            "blast" => (weights::DEED_GAP, Part::Targeted),
            // «بقتل جنود»: behind a preposition the verb is a noun, and its owner suffers.
            "kills" if cue.is_after_preposition => (weights::UPON_GAP, Part::Harmed),
            "attacked" if self.is_verb_first() => (weights::SUBJECT_GAP, Part::Targeted),
            "killed" if self.is_verb_first() => (weights::SUBJECT_GAP, Part::Harmed),
            _ => return None,
        };
        (gap <= reach).then_some(part)
    }

    /// Who speaks, claims, denies or accuses.
    fn spoken(&self, n: usize, left: Option<(Cue, usize)>) -> Option<Part> {
        let unit = self.units[n];
        let right = self.right(unit, SPOKEN);
        let near =
            |side: Option<(Cue, usize)>, key: &str, reach: usize| side.filter(|(c, gap)| c.key == key && *gap <= reach).map(|(c, _)| c);
        if near(right, "claims", weights::CLAIM_GAP).is_some() || near(left, "claims", 1).is_some_and(|_| self.is_verb_first()) {
            return Some(Part::Claims);
        }
        if near(right, "accused", weights::SUBJECT_GAP).is_some() {
            return Some(Part::Blamed);
        }
        if near(right, "denies", weights::SUBJECT_GAP).is_some() || near(left, "denies", 1).is_some() {
            return Some(Part::Silent);
        }
        if near(left, "blames", weights::BLAME_GAP).is_some() {
            // «اتهم الجيش قوات الدعم السريع»: the first is who accuses.
            let next = self.units.get(n + 1).filter(|next| next.start - unit.end <= weights::BLAME_GAP);
            return Some(if self.is_verb_first() && next.is_some() { Part::Silent } else { Part::Blamed });
        }
        if let Some(accused) = n.checked_sub(1).filter(|_| self.is_verb_first()).map(|b| self.units[b])
            && unit.start - accused.end <= weights::BLAME_GAP
            && near(self.left(accused, DECISIVE), "blames", weights::BLAME_GAP).is_some()
        {
            return Some(Part::Blamed);
        }
        if ["blames", "blamed_on"].iter().any(|key| near(right, key, weights::SUBJECT_GAP).is_some()) {
            return Some(Part::Silent);
        }
        // «…, said the army»; but in «said soldiers had killed» somebody else speaks.
        let acts_itself = self.right(unit, VERBS).is_some_and(|(_, gap)| gap <= weights::VERB_GAP);
        let inverted = || near(left, "says", 1).filter(|_| self.is_verb_first() || !acts_itself && !self.is_counted(unit));
        let speaks = near(right, "says", weights::SPEAKER_GAP).or_else(inverted)?;
        Some(if self.tells_of_itself(unit.end.max(speaks.end)) { Part::Acts } else { Part::Silent })
    }

    /// By verbs and nouns of violence.
    fn done(&self, n: usize, left: Option<(Cue, usize)>, before: Option<Played>, acts: Part) -> Option<Part> {
        let unit = self.units[n];
        let right = self.right(unit, DONE);
        let denied = |cue: Cue| self.cues.iter().any(|c| c.key == "not" && c.start >= unit.end && c.end <= cue.start);
        if let Some((cue, _)) = right.filter(|(c, gap)| matches!(c.key, "attacked" | "killed") && *gap <= weights::OBJECT_GAP) {
            return Some(match cue.key {
                _ if denied(cue) => Part::Silent,
                "attacked" => Part::Targeted,
                _ => Part::Harmed,
            });
        }
        let object = |cue: Cue| if cue.key == "kills" { Part::Harmed } else { Part::Targeted };
        let verb = left.filter(|(c, gap)| matches!(c.key, "acts" | "kills") && *gap <= weights::OBJECT_GAP && !c.is_after_preposition);
        if let Some((cue, _)) = verb {
            if !self.is_verb_first() || self.has_subject(cue) || self.has_asset(cue.end, unit.start) || self.is_oblique(unit) {
                return Some(object(cue));
            }
            if self.cues.iter().any(|c| c.key == "not" && c.end == cue.start) {
                return Some(Part::Silent);
            }
            return Some(if cue.key == "kills" && self.is_passive(n) { Part::Harmed } else { acts });
        }
        // «هاجم مسلحون الجيش»: after the subject of a verb comes its object.
        if let (Some(b), Some(subject)) = (before, n.checked_sub(1).map(|b| self.units[b]))
            && self.is_verb_first()
            && matches!(b.part, Part::Acts | Part::Blamed)
            && !self.is_joined(n)
            && unit.start - subject.end <= weights::OBJECT_GAP
            && let Some((cue, _)) = self.left(subject, DECISIVE).filter(|(c, _)| matches!(c.key, "acts" | "kills" | "deed"))
            && self.is_open(subject.end, unit.start)
        {
            return Some(object(cue));
        }
        let (cue, gap) = right?;
        let reach = if self.is_verb_first() { weights::SUBJECT_GAP } else { weights::VERB_GAP };
        let own = match cue.key {
            "acts" | "kills" => gap <= reach && !(gap == 0 && self.goes_on(cue)),
            "deed" | "on" => self.all.lang == Lang::En && gap <= 1,
            _ => false,
        };
        own.then_some(if denied(cue) { Part::Silent } else { acts })
    }

    /// Where nothing is said: who is unarmed suffers, the first in arms acts on the next; far from the event nobody does anything.
    fn supposed(&self, n: usize, acted: bool) -> Option<Played> {
        let unit = self.units[n];
        let has = |keys: &[&str]| self.statement.events.iter().chain(&self.statement.denied).any(|w| keys.contains(&w.key));
        let entry = EventWords::of(self.all.lang).actors.get(unit.actor)?;
        let kind = entry.kind_at(self.all.published);
        let reach = if kind == "civilians" { weights::SUFFERER_REACH } else { weights::PART_REACH };
        if self.statement.distance_to_event(unit.start) > reach {
            return None;
        }
        let part = match kind {
            "rioters" => Part::Acts,
            "protesters" if has(&["protest", "riot"]) => Part::Acts,
            "civilians" | "protesters" => Part::Harmed,
            "state" | "external" if has(&["ied", "explosion", "suicide"]) => Part::Targeted,
            _ if acted => Part::Targeted,
            _ => Part::Acts,
        };
        Some(Played { unit, part, is_said: false, is_joined: false })
    }
}

/// What decides an actor's part when it stands before it.
pub(super) const DECISIVE: &[&str] = &[
    "by",
    "on",
    "upon",
    "harm_of",
    "with",
    "between",
    "claimed_by",
    "blamed_on",
    "source",
    "acts",
    "kills",
    "attacked",
    "killed",
    "deed",
    "blast",
    "claims",
    "blames",
    "denies",
    "says",
];
/// Words that say what an actor does or suffers.
const VERBS: &[&str] = &["acts", "kills", "attacked", "killed"];
/// What decides it when it stands behind: in speech,
const SPOKEN: &[&str] = &["claims", "denies", "blames", "blamed_on", "accused", "says", "acts", "kills", "attacked", "killed"];
/// and in deeds.
const DONE: &[&str] = &["acts", "kills", "attacked", "killed", "deed", "on", "says", "claims"];

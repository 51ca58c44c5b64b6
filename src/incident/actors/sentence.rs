//! What a sentence holds that tells of its actors: who is named, and the words around them.

use crate::lang::actor_words::ActorEntry;
use crate::lang::event_words::EventWords;
use crate::lang::{Lang, ar};
use crate::recognise::count::{Count, Harm};
use crate::recognise::event::{EventSigns, EventWord};

use super::super::statement::{Recognised, Statement};
use super::super::weights;
use super::part::DECISIVE;

/// Words that name one actor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) actor: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A word of `parts.txt` or `speech.txt`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) key: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// A preposition was cut off it.
    pub(super) is_after_preposition: bool,
}

/// The actors that a sentence names, of «fighters of the RSF» the RSF only.
#[cfg(test)]
pub(super) fn named(all: &Recognised<'_>, statement: &Statement<'_>) -> Vec<u32> {
    Sentence::of(all, statement).units.iter().map(|u| u.actor).collect()
}

/// One sentence under reading.
pub(super) struct Sentence<'a> {
    pub(super) all: &'a Recognised<'a>,
    pub(super) statement: &'a Statement<'a>,
    pub(super) units: Vec<Unit>,
    pub(super) cues: Vec<Cue>,
}

impl<'a> Sentence<'a> {
    pub(super) fn of(all: &'a Recognised<'a>, statement: &'a Statement<'a>) -> Sentence<'a> {
        let cue =
            |key: &'static str, w: &EventWord| Cue { key, start: w.hit.start, end: w.hit.end, is_after_preposition: w.hit.preposition };
        let mut cues: Vec<Cue> = EventSigns::in_sentence(&all.signs.parts, statement.sentence).iter().map(|w| cue(w.key, w)).collect();
        for said in EventSigns::in_sentence(&all.signs.speech, statement.sentence) {
            if !cues.iter().any(|c| c.start < said.hit.end && said.hit.start < c.end) {
                cues.push(cue(if said.key == "according" { "source" } else { "says" }, said));
            }
        }
        cues.sort_by_key(|c| c.start);
        let mut sentence = Sentence { all, statement, units: Vec::new(), cues };
        for sign in statement.actors {
            sentence.add(Unit { actor: sign.hit.entry, start: sign.hit.start, end: sign.hit.end });
        }
        let units = std::mem::take(&mut sentence.units);
        // «gunmen believed to be of Boko Haram» are presumed, though the words stand inside.
        sentence.cues.retain(|c| c.key == "presumed" || !units.iter().any(|u| u.start <= c.start && c.end <= u.end));
        sentence.units = units;
        sentence
    }

    /// Adds an actor, or makes one of it and the one before: «fighters of the RSF», «مسلحو داعش», «Boko Haram militants».
    fn add(&mut self, unit: Unit) {
        let words = EventWords::of(self.all.lang);
        let generic = |u: &Unit| words.actors.get(u.actor).is_some_and(ActorEntry::is_generic);
        let kind = |u: &Unit| words.actors.get(u.actor).map_or("", |a| a.kind_at(self.all.published));
        let fights = |u: &Unit| !matches!(kind(u), "civilians" | "protesters" | "rioters" | "");
        let armed = |u: &Unit| fights(u) && kind(u) != "state";
        if let Some(last) = self.units.last().copied() {
            // «مسلحو "داعش"»: quotation marks part nobody.
            let gap = (last.end..unit.start).filter(|t| !self.is_sign(*t, QUOTES)).count();
            let between = |keys: &[&str]| self.cues.iter().any(|c| keys.contains(&c.key) && c.start >= last.end && c.end <= unit.start);
            let of = gap <= weights::OF_GAP && between(&["of", "linked", "presumed"]);
            // «attackers believed to be jihadists»
            let believed = generic(&last) && armed(&last) && armed(&unit) && gap <= weights::OF_GAP && between(&["presumed"]);
            let owned = gap == 0 && !(self.all.lang == Lang::Ar && ar::ends_in_nun(self.all.text.folded(last.end - 1)));
            let same = generic(&last) && (armed(&last) && fights(&unit) || kind(&last) == kind(&unit) && fights(&unit));
            if last.actor == unit.actor && gap == 0 || believed || same && !generic(&unit) && (of || owned) {
                self.replace(Unit { start: last.start, ..unit });
                return;
            }
            if self.all.lang == Lang::En && gap == 0 && generic(&unit) && !generic(&last) && fights(&last) && fights(&unit) {
                self.replace(Unit { end: unit.end, ..last });
                return;
            }
            // «JNIM, which is linked to al-Qaeda»: of the second nothing is told.
            if fights(&last) && gap <= weights::OF_GAP && between(&["linked"]) {
                return;
            }
        }
        self.units.push(unit);
    }

    fn replace(&mut self, unit: Unit) {
        self.units.pop();
        self.units.push(unit);
    }

    /// The nearest of some words before an actor, and the tokens between; none behind another actor, a comma or a stop.
    pub(super) fn left(&self, unit: Unit, keys: &[&str]) -> Option<(Cue, usize)> {
        let cue = self.cues.iter().rev().find(|c| c.end <= unit.start && keys.contains(&c.key))?;
        let between = self.units.iter().any(|u| u.start >= cue.end && u.end <= unit.start);
        (!between && self.is_open(cue.end, unit.start)).then_some((*cue, unit.start - cue.end))
    }

    /// The nearest of some words behind an actor; none behind another actor that is not joined to it, or a stop.
    pub(super) fn right(&self, unit: Unit, keys: &[&str]) -> Option<(Cue, usize)> {
        let cue = self.cues.iter().find(|c| c.start >= unit.end && keys.contains(&c.key))?;
        let between = self.units.iter().any(|u| u.start >= unit.end && u.end <= cue.start);
        let stopped = (unit.end..cue.start).any(|t| self.is_sign(t, STOPS));
        (!between && !stopped && !self.opens_clause(unit.end, cue.start)).then_some((*cue, cue.start - unit.end))
    }

    /// No comma, no stop and no new clause between two tokens.
    pub(super) fn is_open(&self, from: usize, to: usize) -> bool {
        !(from..to).any(|t| self.is_sign(t, STOPS) || self.is_sign(t, COMMAS)) && !self.opens_clause(from, to)
    }

    /// «when», «حين»: what stands before it is another clause's.
    pub(super) fn opens_clause(&self, from: usize, to: usize) -> bool {
        self.cues.iter().any(|c| c.key == "clause" && c.start >= from && c.end <= to)
    }

    /// «on Tuesday gunmen …»: the word belongs to a day.
    pub(super) fn is_dated(&self, cue: Cue, unit: Unit) -> bool {
        self.statement.times.iter().any(|t| t.tokens.start < unit.start && t.tokens.end > cue.start)
    }

    fn is_sign(&self, token: usize, signs: &[&str]) -> bool {
        signs.contains(&self.all.text.folded(token))
    }

    pub(super) fn is_verb_first(&self) -> bool {
        self.all.lang == Lang::Ar
    }

    /// «the army and the police», «الجيش والشرطة», «civilians, soldiers»: named together with the one before.
    pub(super) fn is_joined(&self, n: usize) -> bool {
        let (Some(before), unit) = (n.checked_sub(1).map(|b| self.units[b]), self.units[n]) else { return false };
        let gap = unit.start - before.end;
        let and = self.cues.iter().any(|c| c.key == "and" && c.start >= before.end && c.end <= unit.start);
        let glued = self.all.lang == Lang::Ar && ar::has_and(self.all.text.folded(unit.start)) && gap == 0;
        gap <= weights::JOINT_GAP && (and || glued)
    }

    /// «between the army and the rebels», «opposant l'armée aux rebelles»: the second of two that meet.
    pub(super) fn is_across(&self, first: Unit, second: Unit) -> bool {
        let opens = self.left(first, DECISIVE).is_some_and(|(c, gap)| c.key == "between" && gap <= weights::BY_GAP);
        opens && second.start - first.end <= weights::BETWEEN_GAP
    }

    pub(super) fn is_presumed(&self, unit: Unit) -> bool {
        self.cues.iter().any(|c| c.key == "presumed" && unit.start <= c.start && c.end <= unit.end)
            || self.left(unit, &["presumed"]).is_some_and(|(_, gap)| gap <= weights::PRESUMED_GAP)
            || self.right(unit, &["presumed"]).is_some_and(|(_, gap)| gap <= 1)
    }

    /// «said its forces had», «أعلن الجيش أنه»: who speaks tells of what it did itself.
    pub(super) fn tells_of_itself(&self, from: usize) -> bool {
        self.cues.iter().any(|c| c.key == "self" && c.start >= from && c.start - from <= weights::SELF_GAP)
    }

    /// Something that belongs to an actor stands between a deed and it.
    pub(super) fn has_asset(&self, from: usize, to: usize) -> bool {
        self.cues.iter().any(|c| c.key == "asset" && c.start >= from && c.end <= to)
    }

    /// Among those counted as dead, wounded or taken.
    pub(super) fn is_counted(&self, unit: Unit) -> bool {
        let harmed = |h: Harm| matches!(h, Harm::Killed | Harm::Injured | Harm::Abducted | Harm::Missing | Harm::Arrested);
        let counts = || self.statement.counts.iter().filter(|c| harmed(c.harm));
        let among = counts().any(|c| c.tokens.start < unit.end && unit.start < c.tokens.end);
        among || counts().any(|c| self.is_of(c, unit))
    }

    /// «three members of the MSA», «ثلاثة من أعضاء الحركة»: those counted are the actor's own.
    fn is_of(&self, count: &Count, unit: Unit) -> bool {
        let entry = EventWords::of(self.all.lang).actors.get(unit.actor);
        if count.tokens.end > unit.start || !MEMBERS.contains(&count.kind()) || entry.is_none_or(ActorEntry::is_generic) {
            return false;
        }
        let of = |t: usize| {
            let link = self.all.grammar.link.contains(self.all.text.folded(t)) || self.all.grammar.from.contains(self.all.text.folded(t));
            link || self.cues.iter().any(|c| c.key == "of" && c.start <= t && t < c.end)
        };
        let between = count.tokens.end..unit.start;
        between.len() <= weights::UPON_GAP && (self.is_verb_first() || !between.is_empty()) && between.clone().all(of)
    }

    /// Words that set one side against another, and the actor behind each: «on one side X, on the other Y».
    pub(super) fn sides(&self) -> Vec<Unit> {
        let cues = self.cues.iter().filter(|c| c.key == "side");
        let behind = |cue: &Cue| self.units.iter().find(|u| u.start >= cue.end && u.start - cue.end <= weights::SIDE_GAP).copied();
        let mut out: Vec<Unit> = cues.filter_map(behind).collect();
        out.dedup_by_key(|u| u.start);
        if out.len() > 1 { out } else { Vec::new() }
    }

    /// Another actor or a deed stands before a verb and is its subject («هجوم استهدف»).
    pub(super) fn has_subject(&self, verb: Cue) -> bool {
        let near = |end: usize| end <= verb.start && verb.start - end <= weights::SUBJECT_GAP && self.is_open(end, verb.start);
        self.units.iter().any(|u| near(u.end)) || self.cues.iter().any(|c| matches!(c.key, "deed" | "blast") && near(c.end))
    }

    /// A plural that is no subject: «هاجموا مزارعين».
    pub(super) fn is_oblique(&self, unit: Unit) -> bool {
        unit.end == unit.start + 1 && ar::is_oblique(self.all.text.folded(unit.start))
    }

    /// «وأحرقوا»: the subject is that of the verb before.
    pub(super) fn goes_on(&self, verb: Cue) -> bool {
        self.is_verb_first() && ar::has_and(self.all.text.folded(verb.start))
    }

    /// «قتل جنود في كمين»: nobody else stands behind the verb, and no number.
    pub(super) fn is_passive(&self, n: usize) -> bool {
        let unit = self.units[n];
        let followed = |start: usize| start >= unit.end && start - unit.end <= weights::OBJECT_GAP;
        !self.units.iter().skip(n + 1).any(|u| followed(u.start)) && !self.statement.counts.iter().any(|c| followed(c.tokens.start))
    }
}

const QUOTES: &[&str] = &["\"", "«", "»", "\u{201C}", "\u{201D}"];
/// Kinds of persons that may be anybody's men.
const MEMBERS: &[&str] = &["", "people", "men", "others", "militants"];
const STOPS: &[&str] = &[";", "\u{061B}", ":", "(", ")"];
const COMMAS: &[&str] = &[",", "\u{060C}"];

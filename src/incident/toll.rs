//! How many were harmed: the figures of a group of sentences as one toll, rival figures and sides kept apart.

use crate::lang::lists::Qualifier;
use crate::recognise::count::{Count, Harm, total};
use crate::recognise::event::EventSigns;

use super::attribution;
use super::group::Group;
use super::record::{Side, Sides, Toll, TollPart, TollTold};
use super::statement::{Recognised, Statement};
use super::weights;

/// People in arms or uniform, keys of `people.txt`.
pub(super) const ARMED: &[&str] = &["soldiers", "police", "peacekeepers"];
/// Kinds of which the text does not say whether they bore arms.
const ANYONE: &[&str] = &["", "people", "men", "others"];

/// The toll of one harm: the first exact statement, widened by rival figures; attackers' dead are added to their victims',
/// unless those are a total already («ten dead: four soldiers and six militants»).
pub(super) fn toll(all: &Recognised<'_>, group: &Group<'_>, harm: Harm) -> Option<Toll> {
    let victims = told(all, group, harm, false);
    let is_total = victims.as_ref().is_some_and(|(_, kinds)| kinds.iter().all(|k| k.is_empty() || k == "people"));
    let attackers = told(all, group, harm, true).filter(|(t, _)| victims.is_none() || t.low == t.high && !is_total);
    let sum = |a: Option<u32>, b: Option<u32>| match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    };
    match (victims, attackers) {
        (Some((v, _)), Some((a, _))) => Some(Toll {
            low: sum(v.low, a.low),
            best: sum(v.best, a.best),
            high: sum(v.high, a.high),
            qualifier: v.qualifier.or(a.qualifier),
            is_vague: v.is_vague || a.is_vague,
            sides: v.sides.plus(a.sides),
            detail: v.detail.into_iter().chain(a.detail).collect(),
            told: v.told,
        }),
        (victims, attackers) => victims.or(attackers).map(|(toll, _)| toll),
    }
}

/// The households driven from home, of the first sentence that counts them.
pub(super) fn households(all: &Recognised<'_>, group: &Group<'_>) -> Option<Toll> {
    let mut told = group.statements.iter().filter(|s| s.tells_of_one(all)).map(|s| &s.households);
    let counts = told.find(|counts| !counts.is_empty())?;
    let (low, high) = total(counts.iter().copied());
    let qualifier = counts.iter().find_map(|c| c.qualifier).filter(|q| *q != Qualifier::Between);
    Some(Toll { low, best: best(low, counts), high, qualifier, is_vague: counts.iter().any(|c| c.is_vague), ..Toll::default() })
}

/// Figures of one informant.
struct Figure<'c> {
    counts: Vec<&'c Count>,
    by: Option<String>,
}

/// What the statements say of one side's toll, and the kinds of the persons.
fn told(all: &Recognised<'_>, group: &Group<'_>, harm: Harm, attackers: bool) -> Option<(Toll, Vec<String>)> {
    let tells = |s: &&Statement<'_>| harm.is_bodily() || s.tells_of_one(all);
    let statements = group.statements.iter().filter(tells);
    let figures: Vec<Figure<'_>> = statements
        .flat_map(|s| figures(all, s, s.counts.iter().filter(|c| c.harm == harm && c.is_attackers == attackers).copied()))
        .collect();
    let is_exact = |figure: &Figure<'_>| figure.counts.iter().all(|c| !c.is_vague);
    let first = figures.iter().position(is_exact).unwrap_or(0);
    let Figure { counts, by } = figures.get(first)?;
    let (mut low, mut high) = total(counts.iter().copied());
    let (stated, best) = (low, best(low, counts));
    let mut given = vec![TollTold { by: by.clone(), low, high }];
    // Two sources, two figures; a later and far larger one is the toll of something else.
    for later in figures.iter().skip(first + 1).filter(|f| is_exact(f)) {
        if let (Some(first), (other_low, Some(other))) = (low, total(later.counts.iter().copied()))
            && other > first
            && (f64::from(other) <= f64::from(first) * weights::RIVAL_TOLL || by.is_some() && later.by.is_some() && *by != later.by)
        {
            high = high.max(Some(other));
            given.push(TollTold { by: later.by.clone(), low: other_low, high: Some(other) });
        }
    }
    // A lower count that another informant makes of the whole.
    for later in
        figures.iter().skip(first + 1).filter(|f| is_exact(f) && is_whole(f, counts) && by.is_some() && f.by.is_some() && f.by != *by)
    {
        if let ((Some(other), other_high), Some(first)) = (total(later.counts.iter().copied()), low)
            && other > 0
            && other < first
        {
            low = Some(other);
            given.push(TollTold { by: later.by.clone(), low, high: other_high });
        }
    }
    let kinds: Vec<String> = counts.iter().map(|c| c.kind().to_owned()).collect();
    let part = |c: &&Count| TollPart { who: who(c), side: side(c), low: c.low, high: c.high };
    let toll = Toll {
        low,
        best,
        high,
        qualifier: counts.iter().find_map(|c| c.qualifier).filter(|q| *q != Qualifier::Between),
        is_vague: counts.iter().any(|c| c.is_vague),
        sides: sides(stated, counts),
        detail: counts.iter().filter(|c| !who(c).is_empty()).map(part).collect(),
        told: if given.len() > 1 { given } else { Vec::new() },
    };
    Some((toll, kinds))
}

/// Counts of the same persons as others, or of anyone; no group of them.
fn is_whole(figure: &Figure<'_>, counts: &[&Count]) -> bool {
    figure.counts.iter().all(|c| !c.part_of_previous && (ANYONE.contains(&c.kind()) || counts.iter().any(|known| known.kind() == c.kind())))
}

/// The figures that one sentence gives: counts add up, unless another word of saying stands between them («the army put the toll at
/// six, residents said 19»).
fn figures<'c>(all: &Recognised<'_>, statement: &Statement<'_>, counts: impl Iterator<Item = &'c Count>) -> Vec<Figure<'c>> {
    let said = EventSigns::in_sentence(&all.signs.speech, statement.sentence);
    let mut told: Vec<Vec<&Count>> = Vec::new();
    for count in counts {
        let is_rival = |before: &Vec<&Count>| {
            let end = before.last().map_or(0, |c| c.tokens.end);
            let is_said_anew = said.iter().any(|w| end <= w.hit.start && w.hit.end <= count.tokens.start);
            let same_kind = before.first().is_some_and(|c| c.kind() == count.kind()) || count.kind().is_empty();
            is_said_anew && same_kind && !count.part_of_previous
        };
        match told.last_mut().filter(|before| !is_rival(before)) {
            Some(before) => before.push(count),
            None => told.push(vec![count]),
        }
    }
    let by = |counts: &[&Count]| counts.first().and_then(|c| attribution::near(all, statement, c.tokens.start)).map(|a| a.name);
    told.into_iter().map(|counts| Figure { by: by(&counts), counts: joined(counts.into_iter()) }).collect()
}

/// The toll by sides; a part («37 persons, 14 of them children») is taken from the side of its whole, so that all make the whole.
fn sides(low: Option<u32>, counts: &[&Count]) -> Sides {
    let mut sides = Sides::default();
    let mut whole = Side::Unknown;
    for count in counts {
        let own = side(count);
        if !count.part_of_previous {
            whole = own;
            *sides.of_mut(own) += count.low;
        } else if own != Side::Unknown && own != whole && *sides.of_mut(whole) >= count.low {
            *sides.of_mut(whole) -= count.low;
            *sides.of_mut(own) += count.low;
        }
    }
    // A stated sum beside its parts is not added twice.
    if Some(sides.total()) == low { sides } else { Sides { unknown: low.unwrap_or(0), ..Sides::default() } }
}

/// The most conservative figure that is credible: the first told, by its lower end; for «dozens» that is the codebook's own
/// rule of thumb already, which the number words carry.
fn best(low: Option<u32>, counts: &[&Count]) -> Option<u32> {
    if counts.iter().any(|c| c.qualifier == Some(Qualifier::UpTo)) { total(counts.iter().copied()).1 } else { low }
}

/// Which side the persons stood on, as far as their words say.
fn side(count: &Count) -> Side {
    match count.kind() {
        _ if count.is_attackers => Side::Attackers,
        kind if ARMED.contains(&kind) => Side::Attacked,
        "militants" => Side::Attackers,
        kind if ANYONE.contains(&kind) => Side::Unknown,
        _ => Side::Civilians,
    }
}

/// The kind of the persons («civilians»), or the words of the text where their kind is not known.
fn who(count: &Count) -> String {
    if count.kind().is_empty() { count.who.clone() } else { count.kind().to_owned() }
}

/// The counts of one sentence that add up: those of the first verb of harm and those close behind; a figure said twice counts once.
fn joined<'c>(counts: impl Iterator<Item = &'c Count>) -> Vec<&'c Count> {
    let mut out: Vec<&Count> = Vec::new();
    for count in counts {
        let same_verb = out.iter().any(|c| c.harm_tokens == count.harm_tokens);
        let close = out.last().is_none_or(|c| count.tokens.start.saturating_sub(c.tokens.end) <= weights::SUM_GAP);
        let said_before = !same_verb && out.iter().any(|c| (c.low, c.high) == (count.low, count.high));
        if (same_verb || close) && !said_before {
            out.push(count);
        }
    }
    out
}

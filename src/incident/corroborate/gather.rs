//! Tellings → events: the surest pairs first, and never two that contradict each other in one event.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::incident::{Granularity, Status};

use super::candidates::candidates;
use super::compare::{Comparison, Veto, compared};
use super::groups::Groups;
use super::ruling::{self, Ruling, Unheeded, Verdict};
use super::sketch::{Numbers, Sketch};
use super::telling::Telling;
use super::weights;

/// One event: the incidents that tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// `evt-` and twelve hex digits, after the telling that was published first.
    pub id: String,
    /// Identifiers of its incidents, sorted.
    pub members: Vec<String>,
    /// Identifiers of incidents that deny it, sorted.
    pub denied_by: Vec<String>,
    /// A person holds it for right.
    pub is_pinned: bool,
}

/// What corroboration found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corroboration {
    /// All events, by identifier; an incident that nothing corroborates is one by itself.
    pub clusters: Vec<Cluster>,
    /// Rulings that could not be obeyed.
    pub unheeded: Vec<Unheeded>,
}

impl Corroboration {
    /// The event of each incident that has one.
    pub fn by_incident(&self) -> BTreeMap<&str, &str> {
        self.clusters.iter().flat_map(|c| c.members.iter().map(|m| (m.as_str(), c.id.as_str()))).collect()
    }
}

/// Compares two tellings; the order of the two is of no matter.
pub fn compare(one: &Telling, other: &Telling) -> Comparison {
    let mut numbers = Numbers::default();
    let (a, b) = (numbers.sketch(one), numbers.sketch(other));
    compared(&a, &b)
}

/// Finds the tellings that are one event, as people have ruled; the same for any order of either.
///
/// Aggregates and what did not happen are in no event; denials are set beside the event that they deny.
pub fn corroborate(tellings: &[Telling], rulings: &[Ruling]) -> Corroboration {
    let mut all: Vec<&Telling> = tellings.iter().collect();
    all.sort_by(|a, b| (&a.id, &a.report_id).cmp(&(&b.id, &b.report_id)));
    all.dedup_by(|a, b| a.id == b.id);
    let (told, rest): (Vec<&Telling>, Vec<&Telling>) = all.into_iter().partition(|t| t.tells_an_event());
    let mut numbers = Numbers::default();
    let sketches: Vec<Sketch> = told.iter().map(|t| numbers.sketch(t)).collect();
    let mut groups = Groups::of(told.len());
    let (pinned, unheeded) = obey(&told, rulings, &mut groups);
    join(&sketches, &mut groups);
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut event_of = vec![0_u32; told.len()];
    for root in groups.roots() {
        let members = groups.members(root);
        for member in members {
            event_of[*member as usize] = clusters.len() as u32;
        }
        let mut ids: Vec<String> = members.iter().map(|m| told[*m as usize].id.clone()).collect();
        ids.sort_unstable();
        let first = members.iter().map(|m| told[*m as usize]).min_by(|a, b| a.seniority().cmp(&b.seniority()));
        let is_pinned = members.iter().any(|m| pinned.contains(m));
        clusters.push(Cluster { id: first.map(name).unwrap_or_default(), members: ids, denied_by: Vec::new(), is_pinned });
    }
    for (denial, event) in denials(&rest, &told, &sketches, &event_of) {
        clusters[event as usize].denied_by.push(denial);
    }
    clusters.sort_by(|a, b| a.id.cmp(&b.id));
    Corroboration { clusters, unheeded }
}

fn name(first: &Telling) -> String {
    let hash = Sha256::digest(format!("event {}", first.id));
    hash.iter().take(6).fold("evt-".to_owned(), |id, byte| format!("{id}{byte:02x}"))
}

/// Joins and parts by hand; gives the pinned and what could not be obeyed. Splits come first: whoever parted two looked at both.
fn obey(told: &[&Telling], rulings: &[Ruling], groups: &mut Groups) -> (BTreeSet<u32>, Vec<Unheeded>) {
    let mut sorted: Vec<&Ruling> = rulings.iter().collect();
    sorted.sort_by(|a, b| (&a.created, &a.id).cmp(&(&b.created, &b.id)));
    let (mut pinned, mut unheeded) = (BTreeSet::new(), Vec::new());
    for ruling in sorted.iter().filter(|r| r.verdict == Verdict::Split) {
        let one = ruling::found(told, ruling, &ruling.members, &mut unheeded);
        let other = ruling::found(told, ruling, &ruling.others, &mut unheeded);
        for (a, b) in one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
            groups.part(a, b);
        }
    }
    for ruling in sorted.iter().filter(|r| r.verdict != Verdict::Split) {
        let members = ruling::found(told, ruling, &ruling.members, &mut unheeded);
        for pair in members.windows(2) {
            let (one, other) = (groups.root(pair[0]), groups.root(pair[1]));
            if groups.are_foes(one, other) {
                let (a, b) = (&told[pair[0] as usize].id, &told[pair[1] as usize].id);
                let why = format!("{a} and {b} are to be one, and another ruling parts them");
                unheeded.push(Unheeded { ruling: ruling.id.clone(), why });
            } else if one != other {
                groups.join(one, other);
            }
        }
        if ruling.verdict == Verdict::Pin {
            for member in &members {
                let root = groups.root(*member);
                groups.close(root);
            }
            pinned.extend(members);
        }
    }
    unheeded.sort();
    unheeded.dedup();
    (pinned, unheeded)
}

/// Best first; two groups are joined when every telling of the one can bear every telling of the other (see [`can_bear`]).
fn join(sketches: &[Sketch], groups: &mut Groups) {
    let mut pairs: Vec<(f32, u32, u32)> = Vec::new();
    candidates(sketches, |one, other| {
        let comparison = compared(&sketches[one as usize], &sketches[other as usize]);
        if comparison.is_enough() {
            pairs.push((comparison.score(), one, other));
        }
    });
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    pairs.dedup();
    let hands: Vec<u32> = (0..sketches.len() as u32).map(|at| groups.root(at)).collect();
    for (_, one, other) in pairs {
        let (one, other) = (groups.root(one), groups.root(other));
        if one == other || groups.are_foes(one, other) || groups.is_closed(one) || groups.is_closed(other) {
            continue;
        }
        let (some, rest) = (by_hand(groups.members(one), &hands), by_hand(groups.members(other), &hands));
        let is_one = some.iter().all(|some| rest.iter().all(|rest| can_bear(sketches, some, rest)));
        if is_one { groups.join(one, other) } else { groups.part(one, other) }
    }
}

/// Members that a person joined stay together; the others are by themselves.
fn by_hand(members: &[u32], hands: &[u32]) -> Vec<Vec<u32>> {
    let mut out: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for member in members {
        out.entry(hands[*member as usize]).or_default().push(*member);
    }
    out.into_values().collect()
}

/// Two tellings can bear each other; of those that a person joined though they contradict each other, one that can is enough, unless
/// one report tells them as two.
fn can_bear(sketches: &[Sketch], some: &[u32], rest: &[u32]) -> bool {
    let all = some.iter().flat_map(|a| rest.iter().map(|b| compared(&sketches[*a as usize], &sketches[*b as usize])));
    let mut is_borne = false;
    for comparison in all {
        if comparison.veto == Some(Veto::Report) {
            return false;
        }
        is_borne |= comparison.is_bearable();
    }
    is_borne
}

/// Denials with the number of the event that they deny: at their place, of their kind, on their day, the likeliest first.
fn denials(rest: &[&Telling], told: &[&Telling], sketches: &[Sketch], event_of: &[u32]) -> Vec<(String, u32)> {
    let mut by_place: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, telling) in told.iter().enumerate() {
        telling.ground.iter().chain(&telling.others).for_each(|g| by_place.entry(&g.id).or_default().push(at));
    }
    let mut numbers = Numbers::default();
    let mut out = Vec::new();
    for denial in rest.iter().filter(|t| t.status == Status::Denied && t.granularity != Granularity::Aggregate) {
        let sketch = numbers.sketch(denial);
        let at_place = denial.place_id.iter().filter_map(|id| by_place.get(id.as_str())).flatten();
        let near = at_place.filter_map(|at| Some((gap(&sketch, &sketches[*at])?, *at)));
        let kind = |at: usize| super::kinds::kinds(sketch.kind, sketches[at].kind);
        let best = near
            .filter_map(|(gap, at)| Some((gap, kind(at)?, at)))
            .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        out.extend(best.map(|(_, _, at)| (denial.id.clone(), event_of[at])));
    }
    out
}

/// Days between two, of which at least one is dated; the other by its publication. `None`: too many, or not known.
fn gap(one: &Sketch, other: &Sketch) -> Option<i32> {
    if one.days.is_none() && other.days.is_none() {
        return None;
    }
    let days = |s: &Sketch| s.days.or(s.published.map(|p| (p - weights::NEWS_DAYS, p)));
    let (a, b) = (days(one)?, days(other)?);
    let gap = (a.0.max(b.0) - a.1.min(b.1)).max(0);
    (gap <= weights::DENIED_DAYS).then_some(gap)
}

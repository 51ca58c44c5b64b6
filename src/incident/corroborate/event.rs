//! The merged view of an event: each field from the telling that knows it best, and which one that is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::incident::{EventType, Granularity, Status, SubEventType};

use super::gather::Cluster;
use super::telling::{Ground, Range, Telling, Who};

/// A value and the incident that says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<T> {
    /// What.
    pub value: T,
    /// Identifier of the incident.
    pub from: String,
}

/// An event, merged of what all its tellings say.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// As of its [`Cluster`].
    pub id: String,
    /// Identifiers of its incidents, the first published first.
    pub members: Vec<String>,
    /// Identifiers of the incidents that deny it.
    pub denied_by: Vec<String>,
    /// A person holds it for right.
    pub is_pinned: bool,
    /// News of one report at least, or recalled by all.
    pub granularity: Granularity,
    /// Asserted by one report at least, or only claimed.
    pub status: Status,
    /// The most specific sub-type of the type that most tellings give.
    pub sub_event_type: Said<SubEventType>,
    /// The narrowest days.
    pub dates: Option<Said<(Date, Date)>>,
    /// Precision of these days.
    pub time_precision: Option<u8>,
    /// The most precise place.
    pub ground: Option<Said<Ground>>,
    /// The country of that place, or that most tellings give.
    pub country: Option<String>,
    /// All actors, with the incidents that name them.
    pub actors: Vec<(Who, Vec<String>)>,
    /// Who says how many dead.
    pub killed: Vec<Said<Range>>,
    /// Who says how many wounded.
    pub injured: Vec<Said<Range>>,
    /// Who says how many kidnapped.
    pub abducted: Vec<Said<Range>>,
    /// How many independent witnesses: reports of one publisher are one, and so are copies of one text.
    pub source_count: usize,
    /// How many of the reports are copies of another of them.
    pub copy_count: usize,
    /// That of the surest telling.
    pub confidence: f64,
}

impl Event {
    /// Merges the tellings of a cluster; `None` when `telling` knows none of them.
    pub fn of<'t>(cluster: &Cluster, telling: impl Fn(&str) -> Option<&'t Telling>) -> Option<Event> {
        let mut told: Vec<&Telling> = cluster.members.iter().filter_map(|id| telling(id)).collect();
        told.sort_by(|a, b| a.seniority().cmp(&b.seniority()));
        let sub_event_type = kind(&told)?;
        let dated = days(&told);
        let ground = ground(&told);
        let country = ground.and_then(|t| t.country.clone()).or_else(|| most(told.iter().filter_map(|t| t.country.clone())));
        let is_news = told.iter().any(|t| t.granularity == Granularity::Incident);
        let is_asserted = told.iter().any(|t| t.status == Status::Asserted);
        Some(Event {
            id: cluster.id.clone(),
            members: told.iter().map(|t| t.id.clone()).collect(),
            denied_by: cluster.denied_by.clone(),
            is_pinned: cluster.is_pinned,
            granularity: if is_news { Granularity::Incident } else { Granularity::Background },
            status: if is_asserted { Status::Asserted } else { Status::Claimed },
            sub_event_type,
            dates: dated.and_then(|t| t.dates.map(|value| said(value, t))),
            time_precision: dated.and_then(|t| t.time_precision),
            ground: ground.and_then(|t| t.ground.clone().map(|value| said(value, t))),
            country,
            actors: actors(&told),
            killed: figures(&told, |t| t.killed),
            injured: figures(&told, |t| t.injured),
            abducted: figures(&told, |t| t.abducted),
            source_count: witnesses(&told),
            copy_count: copies(&told),
            confidence: told.iter().map(|t| t.confidence).fold(0.0, f64::max),
        })
    }
}

/// Reports that neither a publisher nor a text ties together, counted.
fn witnesses(told: &[&Telling]) -> usize {
    let publisher = |t: &Telling| t.source.clone().unwrap_or_else(|| t.report_id.clone());
    let mut groups: Vec<(BTreeSet<String>, BTreeSet<&str>)> = Vec::new();
    for telling in told {
        let (mut publishers, mut texts) = (BTreeSet::from([publisher(telling)]), BTreeSet::from([telling.text_of.as_str()]));
        groups.retain(|(of, with)| {
            let is_tied = !of.is_disjoint(&publishers) || !with.is_disjoint(&texts);
            if is_tied {
                publishers.extend(of.iter().cloned());
                texts.extend(with);
            }
            !is_tied
        });
        groups.push((publishers, texts));
    }
    groups.len()
}

fn copies(told: &[&Telling]) -> usize {
    let reports: BTreeSet<&str> = told.iter().map(|t| t.report_id.as_str()).collect();
    let texts: BTreeSet<&str> = told.iter().map(|t| t.text_of.as_str()).collect();
    reports.len() - texts.len()
}

/// The fewest and the most that anyone says.
pub fn widest(figures: &[Said<Range>]) -> Option<Range> {
    figures.iter().map(|f| f.value).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn said<T>(value: T, telling: &Telling) -> Said<T> {
    Said { value, from: telling.id.clone() }
}

/// What most say; of equals the first in order.
fn most<T: Ord + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}

fn kind(told: &[&Telling]) -> Option<Said<SubEventType>> {
    let event_type: EventType = most(told.iter().map(|t| t.sub_event_type.event_type()))?;
    let of_type = told.iter().filter(|t| t.sub_event_type.event_type() == event_type);
    of_type.min_by_key(|t| generality(t.sub_event_type)).map(|t| said(t.sub_event_type, t))
}

/// What a kind leaves open: «attack» leaves more than «suicide bomb».
fn generality(kind: SubEventType) -> u8 {
    match kind {
        SubEventType::Other => 3,
        SubEventType::Attack | SubEventType::ArmedClash | SubEventType::PeacefulProtest => 2,
        // Many a drone is told as a shell, no shell as a drone.
        SubEventType::Shelling | SubEventType::Ied => 1,
        _ => 0,
    }
}

/// Who tells the narrowest days; of equals who reads them off the text rather than off its publication.
fn days<'t>(told: &[&'t Telling]) -> Option<&'t Telling> {
    let width = |t: &Telling| t.dates.and_then(|(start, end)| start.until(end).ok()).map_or(i32::MAX, |s| s.get_days());
    let dated = told.iter().copied().filter(|t| t.dates.is_some());
    dated.min_by_key(|t| (t.time_precision.unwrap_or(u8::MAX), width(t), t.date_source == "document"))
}

/// Who tells the most precise place.
fn ground<'t>(told: &[&'t Telling]) -> Option<&'t Telling> {
    let precision = |t: &Telling| t.ground.as_ref().map(|g| (g.where_prec, g.geo_precision, g.radius_m));
    told.iter().copied().filter(|t| t.ground.is_some()).min_by_key(|t| precision(t))
}

fn actors(told: &[&Telling]) -> Vec<(Who, Vec<String>)> {
    let mut by_name: BTreeMap<&Who, Vec<String>> = BTreeMap::new();
    for telling in told {
        for actor in &telling.actors {
            let named_by = by_name.entry(actor).or_default();
            if named_by.last() != Some(&telling.id) {
                named_by.push(telling.id.clone());
            }
        }
    }
    by_name.into_iter().map(|(actor, named_by)| (actor.clone(), named_by)).collect()
}

fn figures(told: &[&Telling], figure: impl Fn(&Telling) -> Option<Range>) -> Vec<Said<Range>> {
    told.iter().filter_map(|t| figure(t).map(|range| said(range, t))).collect()
}

//! Groups of sentences → incidents with their fields and the words that prove them.

use sha2::{Digest, Sha256};

use crate::recognise::count::{Count, Harm};
use crate::recognise::time::DateSource;
use crate::resolve::Located;
use crate::text::Span;

use super::actors::{self, Setting};
use super::attribution;
use super::classify::{Signs, classify};
use super::crowd::crowd;
use super::group::{Group, groups};
use super::kind::{Granularity, Status};
use super::mode;
use super::note;
use super::place;
use super::record::{Attribution, Evidence, Incident, OtherPlace};
use super::statement::{Recognised, Statement};
use super::toll::{households, toll};
use super::{told, weights};

/// The incidents of a report.
pub(super) fn assemble(all: &Recognised<'_>, report_id: &str) -> Vec<Incident> {
    let country = actors::main_country(all.resolutions);
    let all_groups = groups(all);
    let is_violent = told::is_violent(all);
    let is_police = told::is_police(all);
    let is_event = |g: &Group<'_>| (is_violent || !is_mere_death(g)) && !(is_police && is_police_matter(all, g));
    let told = all_groups.iter().enumerate().filter(|(_, g)| is_event(g));
    let mut out: Vec<Incident> = told.filter_map(|(n, g)| incident(all, g, n == 0, country.as_deref(), report_id)).collect();
    if out.is_empty() && is_violent {
        out.extend(all_groups.first().filter(|g| is_event(g)).and_then(|g| mentioned(all, g, country.as_deref(), report_id)));
    }
    out.dedup_by(|b, a| a.id == b.id);
    out
}

/// Tells of deaths and wounds and of nothing that did them; soldiers and «civilians» are not said to die of anything else.
fn is_mere_death(group: &Group<'_>) -> bool {
    let mut events = group.statements.iter().flat_map(|s| s.events.iter().chain(&s.denied));
    let mut counts = group.statements.iter().flat_map(|s| &s.counts);
    let is_of_war = counts.any(|c| matches!(c.kind(), "soldiers" | "police" | "peacekeepers" | "militants" | "civilians"));
    !is_of_war && group.granularity != Granularity::Aggregate && events.all(|w| matches!(w.key, "killed" | "died" | "injured"))
}

/// Tells of what any stabbing or arrest is told with: nobody in arms, no weapon of war, no crowd.
fn is_police_matter(all: &Recognised<'_>, group: &Group<'_>) -> bool {
    let words = || group.statements.iter().flat_map(|s| s.events.iter().chain(&s.denied));
    let is_armed = group.statements.iter().any(|s| told::is_armed(all, s.sentence));
    !is_armed && words().all(|w| told::is_everyday(w.key))
}

/// The only event of a report, told without a day, a toll or a place that would make it more than a mention: kept, never drawn.
fn mentioned(all: &Recognised<'_>, group: &Group<'_>, country: Option<&str>, report_id: &str) -> Option<Incident> {
    let is_told = group.granularity == Granularity::Incident && group.unreal.is_none();
    let telling = |s: &Statement<'_>| s.events.iter().any(|w| !matches!(w.key, "arrested" | "looting" | "disrupted" | "died" | "injured"));
    let speaks = group.statements.first().is_some_and(|s| s.sentence < weights::HEAD_SENTENCES && !s.is_general(all) && telling(s));
    let incident = whole(all, group, country, report_id).filter(|_| is_told && speaks)?;
    let confidence = confidence(standing(&incident, group, true), None);
    let unnoted = Incident { granularity: Granularity::Background, place: None, other_places: Vec::new(), confidence, ..incident };
    Some(Incident { notes: note::sentence(&unnoted), ..unnoted })
}

fn incident(all: &Recognised<'_>, group: &Group<'_>, is_first: bool, country: Option<&str>, report_id: &str) -> Option<Incident> {
    let mut incident = whole(all, group, country, report_id)?;
    let standing = standing(&incident, group, is_first);
    if group.granularity == Granularity::Incident && (standing < weights::MIN_STANDING || is_musing(all, &incident, group, is_first)) {
        return None;
    }
    incident.confidence = confidence(standing, group.scene.map(|s| all.resolutions[s.mention].confidence));
    incident.notes = note::sentence(&incident);
    Some(incident)
}

/// All that a group says, whether it is enough for an incident or not.
fn whole(all: &Recognised<'_>, group: &Group<'_>, country: Option<&str>, report_id: &str) -> Option<Incident> {
    let counts: Vec<&Count> = group.statements.iter().flat_map(|s| s.counts.iter().copied()).collect();
    let day = group.time.and_then(|t| t.date.as_ref()).map(|d| d.start).or(all.published);
    let signs = Signs {
        keys: group.statements.iter().flat_map(|s| if group.unreal.is_some() { &s.denied } else { &s.events }).map(|w| w.key).collect(),
        lead: group.statements.first().map_or(0, |s| if group.unreal.is_some() { s.denied.len() } else { s.events.len() }),
        counts: &counts,
        armed_victims: actors::armed_victims(all, &group.statements, day),
        actor_kinds: actors::kinds(all, &group.statements, day),
        opposed: group.statements.iter().any(|s| actors::opposes(all, s)),
    };
    let sub_event_type = classify(&signs)?;
    let attribution = attribution::all_of(all, group);
    let scene = group.scene.map(|s| s.mention);
    // A country is where it happened, not a point to draw.
    let is_drawn = |p: &Located| p.where_prec < 6 && group.granularity != Granularity::Aggregate;
    let (scene_mention, beside) = place::of_all(all, scene, group.beside());
    let located = scene_mention.and_then(|m| place::located(all, m));
    let place = located.clone().filter(is_drawn);
    let other_places = beside.iter().map(|m| OtherPlace {
        surface: all.text.slice(all.mentions[*m].span).to_owned(),
        span: all.mentions[*m].span,
        place: place::located(all, *m).filter(is_drawn),
    });
    let date = group.time.and_then(|t| t.date.as_ref());
    let mut evidence = evidence(all, group, scene, &attribution);
    let id = id(report_id, &evidence, group.own_from());
    evidence.extend(beside.iter().chain(&scene_mention).map(|m| Evidence { span: all.mentions[*m].span, field: "place" }));
    evidence.sort_by_key(|e| (e.span, e.field));
    evidence.dedup();
    let place_country = located.as_ref().map(|p| p.country.clone()).filter(|c| !c.is_empty());
    let country = place_country.or_else(|| country.map(str::to_owned));
    let setting = Setting { country: country.as_deref(), day, is_unreal: group.unreal.is_some() };
    let actors = actors::actors(all, &group.statements, setting);
    Some(Incident {
        id,
        granularity: group.granularity,
        status: status(all, group),
        sub_event_type,
        mode: mode::mode(all, group, sub_event_type),
        n_events: n_events(all, group),
        dates: date.map(|d| (d.start, d.end)),
        time_precision: date.map(|d| d.precision),
        date_source: date.map_or("none", |d| source(d.source)),
        place_surface: scene_mention.map(|m| all.text.slice(all.mentions[m].span).to_owned()),
        country,
        relation: scene_mention.and_then(|m| place::relation(all, m)),
        place,
        other_places: other_places.collect(),
        actors,
        killed: toll(all, group, Harm::Killed),
        injured: toll(all, group, Harm::Injured),
        abducted: toll(all, group, Harm::Abducted),
        missing: toll(all, group, Harm::Missing),
        displaced: toll(all, group, Harm::Displaced),
        displaced_households: households(all, group),
        arrested: toll(all, group, Harm::Arrested),
        crowd: crowd(all, group, sub_event_type),
        attribution,
        evidence,
        confidence: 0.0,
        notes: String::new(),
    })
}

/// How much is known of an incident: what is too vague for one falls below [`weights::MIN_STANDING`].
fn standing(incident: &Incident, group: &Group<'_>, is_first: bool) -> f64 {
    let place = match &incident.place {
        Some(p) if p.where_prec <= 3 => weights::STANDING_PLACE,
        Some(_) => weights::STANDING_REGION,
        // Named, though not located; a country alone is no scene.
        None if incident.place_surface.is_some() && group.scene.is_some_and(|s| s.score >= weights::MIN_NAMED_SCENE) => {
            weights::STANDING_PLACE
        }
        None => 0.0,
    };
    let harmed = incident.killed.is_some() || incident.injured.is_some() || incident.abducted.is_some();
    let claims = [
        (incident.time_precision == Some(1), weights::STANDING_DAY),
        (harmed, weights::STANDING_TOLL),
        (group.statements.iter().any(|s| !s.events.is_empty() || !s.denied.is_empty()), weights::STANDING_EVENT),
        (group.statements.iter().any(|s| !s.actors.is_empty()), weights::STANDING_ACTOR),
        (group.is_apart, weights::STANDING_APART),
        (is_first && group.statements.iter().any(|s| s.sentence <= 1), weights::STANDING_LEAD),
    ];
    place + claims.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f64>()
}

/// Without a day and without anyone harmed only the news itself, told with its place at the head of a report, is an incident;
/// deeper down such sentences are an article's reflections.
fn is_musing(all: &Recognised<'_>, incident: &Incident, group: &Group<'_>, is_first: bool) -> bool {
    let harmed = incident.killed.is_some() || incident.injured.is_some() || incident.abducted.is_some();
    let at_head = is_first && group.scene.is_some_and(|s| all.mentions[s.mention].sentence <= weights::HEAD_SENTENCES);
    !harmed && incident.time_precision != Some(1) && !at_head && !group.is_apart && group.unreal.is_none()
}

fn confidence(standing: f64, place: Option<f64>) -> f64 {
    let whole = (standing / 4.5).min(1.0) * (0.5 + 0.5 * place.unwrap_or(0.3));
    (whole * 100.0).round() / 100.0
}

fn status(all: &Recognised<'_>, group: &Group<'_>) -> Status {
    match group.unreal {
        Some("denied") => Status::Denied,
        Some("planned") => Status::Planned,
        Some(_) => Status::Hypothetical,
        None if is_boast(all, group) => Status::Claimed,
        None => Status::Asserted,
    }
}

/// Only a party that gains by it says so: «claims to have killed», a group in arms of its own deed, an army of its enemies' dead.
fn is_boast(all: &Recognised<'_>, group: &Group<'_>) -> bool {
    let Some(first) = group.statements.iter().find(|s| !s.events.is_empty() || s.has_toll()) else { return false };
    let dead = || first.counts.iter().filter(|c| c.harm == Harm::Killed);
    let is_party = |a: Attribution| match a.kind.as_str() {
        "fighters" => !dead().any(|c| c.is_attackers),
        "forces" => dead().next().is_some() && dead().all(|c| c.is_attackers || c.kind() == "militants"),
        _ => false,
    };
    first.has_flag("claims") || attribution::of(all, first).is_some_and(is_party)
}

/// How many events an aggregate sums up, where it counts them («17 attacks since March»).
fn n_events(all: &Recognised<'_>, group: &Group<'_>) -> Option<u32> {
    if group.granularity != Granularity::Aggregate {
        return None;
    }
    let counted = group.statements.iter().map(|s| s.counted_events(all)).max().filter(|n| *n > 1)?;
    u32::try_from(counted).ok()
}

fn source(source: DateSource) -> &'static str {
    match source {
        DateSource::Explicit => "explicit",
        DateSource::Weekday => "weekday",
        DateSource::Relative => "relative",
        DateSource::Month => "month",
        DateSource::Document => "document",
        DateSource::None => "none",
    }
}

fn evidence(all: &Recognised<'_>, group: &Group<'_>, scene: Option<usize>, attribution: &[Attribution]) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    for statement in &group.statements {
        let events = if group.unreal.is_some() { &statement.denied } else { &statement.events };
        out.extend(events.iter().map(|w| Evidence { span: all.text.span(w.hit.start..w.hit.end), field: "event" }));
        if let Some(how) = group.unreal {
            let words = statement.flags.iter().filter(|w| w.key == how);
            out.extend(words.map(|w| Evidence { span: all.text.span(w.hit.start..w.hit.end), field: "status" }));
        }
        let counts = statement.counts.iter().chain(&statement.households);
        out.extend(counts.map(|c| Evidence { span: c.span, field: field(c.harm) }));
    }
    out.extend(attribution.iter().map(|a| Evidence { span: a.span, field: "attribution" }));
    out.extend(scene.map(|m| Evidence { span: all.mentions[m].span, field: "place" }));
    out.extend(group.time.map(|t| Evidence { span: t.span, field: "date" }));
    out.sort_by_key(|e| (e.span, e.field));
    out.dedup();
    out
}

fn field(harm: Harm) -> &'static str {
    match harm {
        Harm::Killed => "killed",
        Harm::Injured => "injured",
        Harm::Abducted => "abducted",
        Harm::Missing => "missing",
        Harm::Displaced => "displaced",
        Harm::Arrested => "arrested",
    }
}

/// Stable over runs: the report and the first words that prove the event; of several events of one sentence those that prove this one.
fn id(report_id: &str, evidence: &[Evidence], own_from: u32) -> String {
    // Who says so is no part of what happened.
    let tells = |e: &&Evidence| e.field != "attribution" && e.span.start >= own_from;
    let first = evidence.iter().filter(tells).map(|e| e.span).min().unwrap_or(Span { start: 0, end: 0 });
    let hash = Sha256::digest(format!("{report_id}\n{}-{}", first.start, first.end));
    let number = hash.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("inc-{number:012x}")
}

//! Groups of sentences → incidents with their fields and the words that prove them.

use sha2::{Digest, Sha256};

use crate::recognise::count::{Count, Harm, total};
use crate::recognise::time::DateSource;
use crate::text::Span;

use super::actors::{self, Setting};
use super::classify::{Signs, classify};
use super::group::{Group, groups};
use super::kind::{Granularity, Status};
use super::note;
use super::place;
use super::record::{Evidence, Incident, Toll, TollPart};
use super::statement::Recognised;
use super::weights;

/// The incidents of a report.
pub(super) fn assemble(all: &Recognised<'_>, report_id: &str) -> Vec<Incident> {
    let country = actors::main_country(all.resolutions);
    let all_groups = groups(all);
    let mut out: Vec<Incident> =
        all_groups.iter().enumerate().filter_map(|(n, g)| incident(all, g, n == 0, country.as_deref(), report_id)).collect();
    out.dedup_by(|b, a| a.id == b.id);
    out
}

fn incident(all: &Recognised<'_>, group: &Group<'_>, is_first: bool, country: Option<&str>, report_id: &str) -> Option<Incident> {
    let counts: Vec<&Count> = group.statements.iter().flat_map(|s| s.counts.iter().copied()).collect();
    let day = group.time.and_then(|t| t.date.as_ref()).map(|d| d.start).or(all.published);
    let signs = Signs {
        keys: group.statements.iter().flat_map(|s| if group.unreal.is_some() { &s.denied } else { &s.events }).map(|w| w.key).collect(),
        lead: group.statements.first().map_or(0, |s| if group.unreal.is_some() { s.denied.len() } else { s.events.len() }),
        counts: &counts,
        armed_victims: actors::armed_victims(all, &group.statements, day),
        actor_kinds: actors::kinds(all, &group.statements, day),
    };
    let sub_event_type = classify(&signs)?;
    let killed = toll(group, Harm::Killed);
    let injured = toll(group, Harm::Injured);
    let abducted = toll(group, Harm::Abducted);
    let scene_mention = group.scene.map(|s| s.mention);
    let located = scene_mention.and_then(|m| place::located(all, m));
    // A country is where it happened, not a point to draw.
    let place = located.clone().filter(|p| p.where_prec < 6 && group.granularity != Granularity::Aggregate);
    let date = group.time.and_then(|t| t.date.as_ref());
    let evidence = evidence(all, group, scene_mention);
    let place_country = located.as_ref().map(|p| p.country.clone()).filter(|c| !c.is_empty());
    let country = place_country.or_else(|| country.map(str::to_owned));
    let setting = Setting { country: country.as_deref(), day, is_unreal: group.unreal.is_some() };
    let actors = actors::actors(all, &group.statements, setting);
    let mut incident = Incident {
        id: id(report_id, &evidence),
        granularity: group.granularity,
        status: status(group),
        sub_event_type,
        dates: date.map(|d| (d.start, d.end)),
        time_precision: date.map(|d| d.precision),
        date_source: date.map_or("none", |d| source(d.source)),
        place_surface: scene_mention.map(|m| all.text.slice(all.mentions[m].span).to_owned()),
        country,
        place,
        actors,
        killed,
        injured,
        abducted,
        evidence,
        confidence: 0.0,
        notes: String::new(),
    };
    let standing = standing(&incident, group, is_first);
    if group.granularity == Granularity::Incident && (standing < weights::MIN_STANDING || is_musing(all, &incident, group, is_first)) {
        return None;
    }
    incident.confidence = confidence(standing, scene_mention.map(|m| all.resolutions[m].confidence));
    incident.notes = note::sentence(&incident);
    Some(incident)
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
        (is_first && group.statements.iter().any(|s| s.sentence <= 1), weights::STANDING_LEAD),
    ];
    place + claims.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f64>()
}

/// Without a day and without anyone harmed only the news itself, told with its place at the head of a report, is an incident;
/// deeper down such sentences are an article's reflections.
fn is_musing(all: &Recognised<'_>, incident: &Incident, group: &Group<'_>, is_first: bool) -> bool {
    let harmed = incident.killed.is_some() || incident.injured.is_some() || incident.abducted.is_some();
    let at_head = is_first && group.scene.is_some_and(|s| all.mentions[s.mention].sentence <= weights::HEAD_SENTENCES);
    !harmed && incident.time_precision != Some(1) && !at_head && group.unreal.is_none()
}

fn confidence(standing: f64, place: Option<f64>) -> f64 {
    let whole = (standing / 4.5).min(1.0) * (0.5 + 0.5 * place.unwrap_or(0.3));
    (whole * 100.0).round() / 100.0
}

/// The toll of one harm: the first exact statement, widened by rival figures; attackers' dead are added to their victims',
/// unless those are a total already («ten dead: four soldiers and six militants»).
fn toll(group: &Group<'_>, harm: Harm) -> Option<Toll> {
    let victims = told(group, harm, false);
    let is_total = victims.as_ref().is_some_and(|(_, kinds)| kinds.iter().all(|k| k.is_empty() || k == "people"));
    let attackers = told(group, harm, true).filter(|(t, _)| victims.is_none() || t.low == t.high && !is_total);
    let sum = |a: Option<u32>, b: Option<u32>| match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    };
    match (victims, attackers) {
        (Some((v, _)), Some((a, _))) => {
            Some(Toll { low: sum(v.low, a.low), high: sum(v.high, a.high), detail: v.detail.into_iter().chain(a.detail).collect() })
        }
        (victims, attackers) => victims.or(attackers).map(|(toll, _)| toll),
    }
}

/// What the statements say of one side's toll, and the kinds of the persons.
fn told(group: &Group<'_>, harm: Harm, attackers: bool) -> Option<(Toll, Vec<String>)> {
    let statements: Vec<Vec<Count>> = group
        .statements
        .iter()
        .map(|s| joined(s.counts.iter().filter(|c| c.harm == harm && c.is_attackers == attackers).copied()))
        .filter(|counts| !counts.is_empty())
        .collect();
    let first = statements.iter().position(|c| c.iter().all(|c| !c.is_vague)).unwrap_or(0);
    let counts = statements.get(first)?;
    let (low, mut high) = total(counts);
    // Two sources, two figures; a later and far larger one is the toll of something else.
    for later in statements.iter().skip(first + 1).filter(|c| c.iter().all(|c| !c.is_vague)) {
        if let (Some(first), (_, Some(other))) = (low, total(later))
            && other > first
            && f64::from(other) <= f64::from(first) * weights::RIVAL_TOLL
        {
            high = high.max(Some(other));
        }
    }
    let detail = counts.iter().filter(|c| !who(c).is_empty()).map(|c| TollPart { who: who(c), low: c.low, high: c.high }).collect();
    Some((Toll { low, high, detail }, counts.iter().map(|c| c.kind().to_owned()).collect()))
}

/// The kind of the persons («civilians»), or the words of the text where their kind is not known.
fn who(count: &Count) -> String {
    if count.kind().is_empty() { count.who.clone() } else { count.kind().to_owned() }
}

/// The counts of one sentence that add up: those of the first verb of harm and those close behind; a figure said twice counts once.
fn joined<'c>(counts: impl Iterator<Item = &'c Count>) -> Vec<Count> {
    let mut out: Vec<Count> = Vec::new();
    for count in counts {
        let same_verb = out.iter().any(|c| c.harm_tokens == count.harm_tokens);
        let close = out.last().is_none_or(|c| count.tokens.start.saturating_sub(c.tokens.end) <= weights::SUM_GAP);
        let said_before = !same_verb && out.iter().any(|c| (c.low, c.high) == (count.low, count.high));
        if (same_verb || close) && !said_before {
            out.push(count.clone());
        }
    }
    out
}

fn status(group: &Group<'_>) -> Status {
    match group.unreal {
        Some("denied") => Status::Denied,
        Some("planned") => Status::Planned,
        Some(_) => Status::Hypothetical,
        None => Status::Asserted,
    }
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

fn evidence(all: &Recognised<'_>, group: &Group<'_>, scene: Option<usize>) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    for statement in &group.statements {
        let events = if group.unreal.is_some() { &statement.denied } else { &statement.events };
        out.extend(events.iter().map(|w| Evidence { span: all.text.span(w.hit.start..w.hit.end), field: "event" }));
        if let Some(how) = group.unreal {
            let words = statement.flags.iter().filter(|w| w.key == how);
            out.extend(words.map(|w| Evidence { span: all.text.span(w.hit.start..w.hit.end), field: "status" }));
        }
        out.extend(statement.counts.iter().filter_map(|c| Some(Evidence { span: c.span, field: field(c.harm)? })));
    }
    out.extend(scene.map(|m| Evidence { span: all.mentions[m].span, field: "place" }));
    out.extend(group.time.map(|t| Evidence { span: t.span, field: "date" }));
    out.sort_by_key(|e| (e.span, e.field));
    out.dedup();
    out
}

fn field(harm: Harm) -> Option<&'static str> {
    match harm {
        Harm::Killed => Some("killed"),
        Harm::Injured => Some("injured"),
        Harm::Abducted => Some("abducted"),
        _ => None,
    }
}

/// Stable over runs: the report and the first words that prove the event.
fn id(report_id: &str, evidence: &[Evidence]) -> String {
    let first = evidence.iter().map(|e| e.span).min().unwrap_or(Span { start: 0, end: 0 });
    let hash = Sha256::digest(format!("{report_id}\n{}-{}", first.start, first.end));
    let number = hash.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("inc-{number:012x}")
}

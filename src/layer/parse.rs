//! What `dalil parse` writes: one object a report.

use crate::incident::{Findings, Granularity, Incident, Status};
use crate::recognise::Report;
use crate::resolve::{Located, Resolution};

use super::excerpt::Quoted;
use super::geometry::{relative_ground, rounded};
use super::properties::{
    ActorShape, EvidenceShape, IncidentFields, Parsed, ParsedIncident, TollPartShape, Toponym, ToponymPlace, Unlocated, Within,
};

/// A report's findings in the shape of the machine interface.
pub fn parsed(report: &Report, findings: &Findings) -> Parsed {
    let quoted = Quoted::of(&report.text, findings.lang);
    // Who counts names must meet each once: «northern Mali» is Mali said more exactly, «50 km south of Gao» another place.
    let (areas, names): (Vec<&Resolution>, Vec<&Resolution>) = findings.mentions.iter().partition(|m| m.is_area);
    Parsed {
        id: report.id.clone(),
        lang: findings.lang.code(),
        toponyms: names.into_iter().map(|m| toponym(m, &quoted)).collect(),
        areas: areas.into_iter().map(|m| toponym(m, &quoted)).collect(),
        incidents: findings.incidents.iter().map(|i| ParsedIncident { id: i.id.clone(), fields: incident_fields(i, &quoted) }).collect(),
        unlocated: findings.incidents.iter().filter_map(unlocated).collect(),
        notes: findings.notes.iter().map(|n| n.reason.clone()).collect(),
    }
}

fn toponym(mention: &Resolution, quoted: &Quoted) -> Toponym {
    let (start, end) = quoted.range(mention.span);
    Toponym {
        start,
        end,
        text: quoted.words(mention.span),
        kind: mention.kind.label(),
        within: within(mention, quoted),
        dateline: mention.is_dateline,
        confidence: shortened(mention.confidence),
        place: mention.place.as_ref().map(|place| ToponymPlace { geometry: relative_ground(mention), ..toponym_place(place) }),
    }
}

/// The place of a mention.
pub(super) fn toponym_place(place: &Located) -> ToponymPlace {
    ToponymPlace {
        id: place.id.clone(),
        name: place.name.clone(),
        lat: rounded(place.lat),
        lon: rounded(place.lon),
        country: said(&place.country),
        feature: place.feature.clone(),
        geo_precision: place.geo_precision,
        radius_m: place.radius_m,
        admin1: said(&place.admin1),
        where_prec: place.where_prec,
        geometry: None,
    }
}

/// The longer name that a mention stands in.
pub(super) fn within(mention: &Resolution, quoted: &Quoted) -> Option<Within> {
    let outer = mention.outer?;
    let (start, end) = quoted.range(outer.span);
    Some(Within { start, end, text: quoted.words(outer.span), kind: outer.kind.label() })
}

/// The fields of an incident as they are published everywhere.
pub(super) fn incident_fields(incident: &Incident, quoted: &Quoted) -> IncidentFields {
    let place = incident.place.as_ref();
    let drawn = drawn(incident);
    let (killed_low, killed_high) = toll(incident.killed.as_ref());
    let (injured_low, injured_high) = toll(incident.injured.as_ref());
    let (abducted_low, abducted_high) = toll(incident.abducted.as_ref());
    IncidentFields {
        granularity: incident.granularity.label(),
        status: incident.status.label(),
        event_type: incident.sub_event_type.event_type().label(),
        sub_event_type: incident.sub_event_type.label(),
        disorder_type: incident.sub_event_type.disorder_type(),
        date_start: incident.dates.map(|(start, _)| start.to_string()),
        date_end: incident.dates.map(|(_, end)| end.to_string()),
        time_precision: incident.time_precision,
        date_source: incident.date_source,
        place_name: place.map(|p| p.name.clone()),
        place_surface: incident.place_surface.clone(),
        gazetteer_id: place.map(|p| p.id.clone()),
        lat: drawn.map(|p| rounded(p.lat)),
        lon: drawn.map(|p| rounded(p.lon)),
        radius_m: drawn.map(|p| p.radius_m),
        geo_precision: place.map(|p| p.geo_precision),
        where_prec: place.map(|p| p.where_prec),
        country: place.and_then(|p| said(&p.country)).or_else(|| incident.country.as_deref().and_then(said)),
        admin1: place.and_then(|p| said(&p.admin1)),
        actors: incident
            .actors
            .iter()
            .map(|a| ActorShape {
                name: a.name.clone(),
                role: a.role,
                text: a.text.clone(),
                kind: a.kind.clone(),
                inter: a.inter,
                country: a.country.clone(),
            })
            .collect(),
        killed_low,
        killed_high,
        killed_detail: incident.killed.iter().flat_map(|toll| &toll.detail).map(toll_part).collect(),
        injured_low,
        injured_high,
        abducted_low,
        abducted_high,
        evidence: incident.evidence.iter().map(|e| evidence(e, quoted)).collect(),
        confidence: shortened(incident.confidence),
        notes: incident.notes.clone(),
    }
}

/// The place that an incident is drawn at: none for what sums several events up, or did not happen.
pub(super) fn drawn(incident: &Incident) -> Option<&Located> {
    let happened = matches!(incident.status, Status::Asserted | Status::Claimed);
    incident.place.as_ref().filter(|_| happened && incident.granularity != Granularity::Aggregate)
}

fn evidence(evidence: &crate::incident::Evidence, quoted: &Quoted) -> EvidenceShape {
    let (start, end) = quoted.range(evidence.span);
    EvidenceShape { start, end, field: evidence.field, text: quoted.words(evidence.span) }
}

fn toll(toll: Option<&crate::incident::Toll>) -> (Option<u32>, Option<u32>) {
    toll.map_or((None, None), |t| (t.low, t.high))
}

fn toll_part(part: &crate::incident::TollPart) -> TollPartShape {
    TollPartShape { who: part.who.clone(), low: part.low, high: part.high }
}

fn unlocated(incident: &Incident) -> Option<Unlocated> {
    let reason = match (&incident.place, &incident.place_surface) {
        (Some(_), _) => return None,
        (None, Some(surface)) => format!("«{surface}» could not be located"),
        (None, None) => "the report names no place for it".to_owned(),
    };
    Some(Unlocated { id: incident.id.clone(), place_name: incident.place_surface.clone(), reason })
}

/// Empty means «not known» on the floors below; published it is null.
pub(super) fn said(text: &str) -> Option<String> {
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

/// A confidence or weight with the digits that mean something; never NaN, which JSON has no word for.
pub(super) fn shortened(value: f64) -> f64 {
    if value.is_finite() { (value * 1e3).round() / 1e3 + 0.0 } else { 0.0 }
}

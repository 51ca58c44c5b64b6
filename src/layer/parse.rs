//! What `dalil parse` writes: one object a report.

use crate::gazetteer::country_code::alpha3;
use crate::incident::{Findings, Incident, Mode, PlaceRelation, Toll, TollPart, TollTold, ViolenceType, interaction, sides};
use crate::lang::event_words::scale_of;
use crate::recognise::Report;
use crate::resolve::{Located, Resolution};

use super::excerpt::Quoted;
use super::geometry::{relative_ground, rounded};
use super::properties::{
    ActorShape, EvidenceShape, HarmFields, IncidentFields, Parsed, ParsedIncident, RelationShape, TollPartShape, TollToldShape, Toponym,
    ToponymPlace, Unlocated, Within,
};
use super::scene::{drawn, other_places};

/// A report's findings in the shape of the machine interface.
pub fn parsed(report: &Report, findings: &Findings) -> Parsed {
    let quoted = Quoted::of(&report.text, findings.lang);
    let scale = report.source.as_deref().and_then(scale_of);
    // Who counts names must meet each once: «northern Mali» is Mali said more exactly, «50 km south of Gao» another place.
    let (areas, names): (Vec<&Resolution>, Vec<&Resolution>) = findings.mentions.iter().partition(|m| m.is_area);
    Parsed {
        id: report.id.clone(),
        lang: findings.lang.code(),
        toponyms: names.into_iter().map(|m| toponym(m, &quoted)).collect(),
        areas: areas.into_iter().map(|m| toponym(m, &quoted)).collect(),
        incidents: findings
            .incidents
            .iter()
            .map(|i| ParsedIncident { id: i.id.clone(), fields: incident_fields(i, &quoted, scale) })
            .collect(),
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

/// The fields of an incident as they are published everywhere; `scale` is ACLED's of the report's own source.
pub(super) fn incident_fields(incident: &Incident, quoted: &Quoted, scale: Option<&'static str>) -> IncidentFields {
    let place = incident.place.as_ref();
    let drawn = drawn(incident);
    let country = place.and_then(|p| said(&p.country)).or_else(|| incident.country.as_deref().and_then(said));
    let [one, other] = sides(&incident.actors);
    let killed = incident.killed.as_ref();
    let [killed_low, killed_best, killed_high] = toll(killed);
    let sides = killed.filter(|toll| toll.low.is_some()).map(|toll| toll.sides);
    IncidentFields {
        granularity: incident.granularity.label(),
        n_events: incident.n_events,
        status: incident.status.label(),
        event_type: incident.sub_event_type.event_type().label(),
        sub_event_type: incident.sub_event_type.label(),
        disorder_type: incident.sub_event_type.disorder_type(),
        mode: incident.mode.map(Mode::label),
        civilian_targeting: incident.civilian_targeting(),
        type_of_violence: incident.type_of_violence().map(ViolenceType::code),
        date_start: incident.dates.map(|(start, _)| start.to_string()),
        date_end: incident.dates.map(|(_, end)| end.to_string()),
        time_precision: incident.time_precision,
        date_prec: incident.date_prec(),
        date_source: incident.date_source,
        place_name: place.map(|p| p.name.clone()),
        place_surface: incident.place_surface.clone(),
        place_role: incident.place_role(),
        relation: incident.relation.as_ref().map(relation),
        gazetteer_id: place.map(|p| p.id.clone()),
        lat: drawn.map(|p| rounded(p.lat)),
        lon: drawn.map(|p| rounded(p.lon)),
        radius_m: drawn.map(|p| p.radius_m),
        geo_precision: place.map(|p| p.geo_precision),
        where_prec: place.map(|p| p.where_prec),
        country_a3: country.as_deref().and_then(alpha3),
        country,
        admin1: place.and_then(|p| said(&p.admin1)),
        admin2: place.and_then(|p| said(&p.admin2)),
        other_places: other_places(incident, quoted),
        toll_shared: incident.is_toll_shared(),
        actor1: one.map(|a| a.name.clone()),
        inter1: one.map(|a| a.inter),
        actor2: other.map(|a| a.name.clone()),
        inter2: other.map(|a| a.inter),
        interaction: said(&interaction(one.map(|a| a.inter), other.map(|a| a.inter))),
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
        claimed_by: incident.actors.iter().find(|a| a.role == "claimant").map(|a| a.name.clone()),
        killed_low,
        killed_best,
        killed_high,
        killed_qualifier: killed.map(Toll::qualifier_label),
        killed_a: sides.map(|s| s.attackers),
        killed_b: sides.map(|s| s.attacked),
        killed_civilians: sides.map(|s| s.civilians),
        killed_unknown: sides.map(|s| s.unknown),
        killed_detail: killed.into_iter().flat_map(|toll| &toll.detail).map(toll_part).collect(),
        killed_told: killed.into_iter().flat_map(|toll| &toll.told).map(told).collect(),
        harm: harm(incident),
        attribution: incident.attribution.iter().map(|a| a.name.clone()).collect(),
        source_scale: scales(incident, scale),
        evidence: incident.evidence.iter().map(|e| evidence(e, quoted)).collect(),
        confidence: shortened(incident.confidence),
        notes: incident.notes.clone(),
    }
}

fn evidence(evidence: &crate::incident::Evidence, quoted: &Quoted) -> EvidenceShape {
    let (start, end) = quoted.range(evidence.span);
    EvidenceShape { start, end, field: evidence.field, text: quoted.words(evidence.span) }
}

/// Tolls besides the dead.
fn harm(incident: &Incident) -> HarmFields {
    let [injured_low, injured_best, injured_high] = toll(incident.injured.as_ref());
    let [abducted_low, abducted_best, abducted_high] = toll(incident.abducted.as_ref());
    let [missing_low, missing_best, missing_high] = toll(incident.missing.as_ref());
    let [displaced_low, displaced_best, displaced_high] = toll(incident.displaced.as_ref());
    let [displaced_households_low, displaced_households_best, displaced_households_high] = toll(incident.displaced_households.as_ref());
    let [arrested_low, arrested_best, arrested_high] = toll(incident.arrested.as_ref());
    HarmFields {
        injured_low,
        injured_best,
        injured_high,
        abducted_low,
        abducted_best,
        abducted_high,
        missing_low,
        missing_best,
        missing_high,
        displaced_low,
        displaced_best,
        displaced_high,
        displaced_households_low,
        displaced_households_best,
        displaced_households_high,
        arrested_low,
        arrested_best,
        arrested_high,
        crowd_low: incident.crowd.map(|(low, _)| low),
        crowd_high: incident.crowd.map(|(_, high)| high),
    }
}

fn toll(toll: Option<&Toll>) -> [Option<u32>; 3] {
    toll.map_or([None; 3], |t| [t.low, t.best, t.high])
}

fn toll_part(part: &TollPart) -> TollPartShape {
    TollPartShape { who: part.who.clone(), side: part.side.label(), low: part.low, high: part.high }
}

fn told(told: &TollTold) -> TollToldShape {
    TollToldShape { by: told.by.clone(), low: told.low, high: told.high }
}

fn relation(relation: &PlaceRelation) -> RelationShape {
    let PlaceRelation { how, distance_km, bearing_deg, of_place } = relation;
    RelationShape { how, distance_km: distance_km.map(shortened), bearing_deg: bearing_deg.map(shortened), of_place: of_place.clone() }
}

/// ACLED's scale of sources: that of those who say so and of the report, each once («Local partner-International»).
fn scales(incident: &Incident, own: Option<&'static str>) -> Option<String> {
    let mut scales: Vec<&str> = Vec::new();
    for scale in incident.attribution.iter().map(|a| a.scale.as_str()).chain(own) {
        if !scales.contains(&scale) {
            scales.push(scale);
        }
    }
    (!scales.is_empty()).then(|| scales.join("-"))
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

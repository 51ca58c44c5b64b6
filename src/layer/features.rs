//! Incidents, mentions and reports as GeoJSON (RFC 7946).

use crate::document::Basis;
use crate::incident::{Findings, Incident};
use crate::lang::event_words::scale_of;
use crate::recognise::Report;
use crate::resolve::Resolution;
use crate::store::short_hash;

use super::excerpt::Quoted;
use super::geometry::{bounds, point, relative_ground};
use super::parse::{incident_fields, said, shortened, within};
use super::properties::{Feature, Geometry, IncidentProperties, MentionProperties, ReasonShape, ReportProperties, RunnerUpShape};
use super::scene::ground;

/// A GeoJSON FeatureCollection with the members of OGC API – Features, of features that are already written.
#[derive(Clone, Debug, Default)]
pub struct Collection<'a> {
    /// The features, each a JSON object.
    pub features: Vec<&'a str>,
    /// How many there are in all, when this is a part.
    pub matched: Option<usize>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    /// When it was made, RFC 3339.
    pub at: Option<String>,
    /// Relation and address of related resources.
    pub links: Vec<(&'static str, String)>,
}

/// Writes a collection, features one a line.
pub fn collection(parts: &Collection<'_>) -> String {
    let mut members = vec!["\"type\":\"FeatureCollection\"".to_owned()];
    if let Some(matched) = parts.matched {
        members.push(format!("\"numberMatched\":{matched},\"numberReturned\":{}", parts.features.len()));
    }
    if let Some(at) = &parts.at {
        members.push(format!("\"timeStamp\":\"{at}\""));
    }
    if let Some(bbox) = parts.bbox {
        members.push(format!("\"bbox\":{}", serde_json::json!(bbox)));
    }
    if !parts.links.is_empty() {
        members.push(format!("\"links\":{}", serde_json::Value::Array(parts.links.iter().map(link).collect())));
    }
    let head = members.join(",");
    let features: usize = parts.features.iter().map(|f| f.len() + ",\n".len()).sum();
    let mut out = String::with_capacity(head.len() + features + "{,\"features\":[\n\n]}".len());
    out.extend(["{", &head, ",\"features\":[\n"]);
    for (number, feature) in parts.features.iter().enumerate() {
        out.extend([if number == 0 { "" } else { ",\n" }, feature]);
    }
    out.push_str("\n]}");
    out
}

/// A feature with links to related resources as its last member.
pub fn linked(feature: &str, links: &[(&'static str, String)]) -> String {
    let links = serde_json::Value::Array(links.iter().map(link).collect());
    match feature.strip_suffix('}') {
        Some(open) => format!("{open},\"links\":{links}}}"),
        None => feature.to_owned(),
    }
}

/// The same resource in another form is a page, collections are JSON, all others are features.
fn link((rel, href): &(&'static str, String)) -> serde_json::Value {
    let media_type = match *rel {
        "alternate" => "text/html",
        "collection" => "application/json",
        _ => "application/geo+json",
    };
    serde_json::json!({"href": href, "rel": rel, "type": media_type})
}

/// An incident: its area or point, the points of all its places, or no geometry when it is not located, sums several up or did not happen.
pub fn incident_feature(report: &Report, findings: &Findings, incident: &Incident) -> Feature<IncidentProperties> {
    incident_quoted(report, findings, incident, &Quoted::of(&report.text, findings.lang))
}

pub(super) fn incident_quoted(report: &Report, findings: &Findings, incident: &Incident, quoted: &Quoted) -> Feature<IncidentProperties> {
    let properties = IncidentProperties {
        fields: incident_fields(incident, quoted, report.source.as_deref().and_then(scale_of)),
        report_id: report.id.clone(),
        report_title: report.title.clone(),
        published: report.published.map(|d| d.to_string()),
        source: report.source.clone(),
        url: report.url.clone(),
        lang: findings.lang.code(),
        excerpt: quoted.around_incident(incident),
    };
    feature(incident.id.clone(), ground(incident), properties)
}

/// A mention: the point of its place, or no geometry when it was not resolved.
pub fn mention_feature(report: &Report, findings: &Findings, mention: &Resolution) -> Feature<MentionProperties> {
    mention_quoted(report, findings, mention, &Quoted::of(&report.text, findings.lang))
}

pub(super) fn mention_quoted(report: &Report, findings: &Findings, mention: &Resolution, quoted: &Quoted) -> Feature<MentionProperties> {
    let (start, end) = quoted.range(mention.span);
    let place = mention.place.as_ref();
    let properties = MentionProperties {
        report_id: report.id.clone(),
        text: quoted.words(mention.span),
        kind: mention.kind.label(),
        within: within(mention, quoted),
        dateline: mention.is_dateline,
        confidence: shortened(mention.confidence),
        place_id: place.map(|p| p.id.clone()),
        place_name: place.map(|p| p.name.clone()),
        country: place.and_then(|p| said(&p.country)),
        admin1: place.and_then(|p| said(&p.admin1)),
        feature: place.map(|p| p.feature.clone()),
        geo_precision: place.map(|p| p.geo_precision),
        where_prec: place.map(|p| p.where_prec),
        radius_m: place.map(|p| p.radius_m),
        lang: findings.lang.code(),
        area: relative_ground(mention),
        excerpt: quoted.around(mention.span),
        start,
        end,
        reasons: mention.reasons.iter().map(|r| ReasonShape { what: r.what.clone(), weight: shortened(r.weight) }).collect(),
        runners_up: mention
            .runners_up
            .iter()
            .map(|r| RunnerUpShape { id: r.id.clone(), name: r.name.clone(), lat: r.lat, lon: r.lon, score: shortened(r.score) })
            .collect(),
    };
    feature(mention_id(&report.id, start, end, properties.kind), place.map(point), properties)
}

/// `men-` and twelve hex digits: the same report gives the same, and no report another's.
fn mention_id(report_id: &str, start: u32, end: u32, kind: &str) -> String {
    format!("men-{}", short_hash(&format!("{start} {end} {kind} {report_id}")))
}

/// A report; it has no geometry.
pub fn report_feature(report: &Report, findings: &Findings) -> Feature<ReportProperties> {
    let told = &report.provenance;
    let day = report.published.map(|d| d.to_string());
    let properties = ReportProperties {
        id: report.id.clone(),
        title: report.title.clone(),
        text: report.text.clone(),
        lang: findings.lang.code(),
        published: day.clone(),
        published_at: told.published.as_ref().map(|p| p.at.clone()).filter(|at| Some(at.as_str()) != day.as_deref()),
        published_basis: told.published.as_ref().map(|p| p.basis).filter(|basis| *basis != Basis::Given),
        source: report.source.clone(),
        author: told.author.clone(),
        url: report.url.clone(),
        file_kind: told.kind,
        part_of: told.parent.clone(),
        fetched: told.fetched.clone(),
    };
    feature(report.id.clone(), None, properties)
}

pub(super) fn feature<P>(id: String, geometry: Option<Geometry>, properties: P) -> Feature<P> {
    // A point is its own box; only areas gain by one.
    let bbox = geometry.as_ref().filter(|g| !matches!(g, Geometry::Point(_))).map(bounds);
    Feature { kind: "Feature", id, bbox, geometry, properties }
}

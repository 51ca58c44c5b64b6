//! Events and rulings as GeoJSON.

use serde_json::{Value, json};

use crate::incident::corroborate::{Event, Range, Ruling, Said, Unheeded, widest};
use crate::store::{Item, version};
use crate::text::fold::fold_phrase;

use super::corrected::box_of;
use super::features::feature;
use super::items::written;
use super::parse::{said, shortened};
use super::properties::{EventProperties, EventSource, Feature, FigureShape, FromShape, RulingProperties, SaidActor};
use super::tellings::POINTED;

/// An event as the store keeps it; `incident` gives the published feature of each of its incidents, whose geometry is taken over.
pub fn event_item<'f>(event: &Event, incident: impl Fn(&str) -> Option<&'f Value>) -> Item {
    let properties = properties(event, &incident);
    let member = event.ground.as_ref().and_then(|g| incident(&g.from));
    let geometry = member.map(|feature| feature["geometry"].clone()).unwrap_or_default();
    let bbox = box_of(&geometry);
    let words =
        event.members.iter().filter_map(|id| incident(id)).flat_map(|f| [&f["properties"]["place_surface"], &f["properties"]["notes"]]);
    let words =
        words.filter_map(Value::as_str).chain(properties.place_name.as_deref()).chain(properties.actors.iter().map(|a| a.name.as_str()));
    let folded = fold_phrase(&words.collect::<Vec<_>>().join("\n"));
    let mut written_feature = json!({"type": "Feature", "id": event.id});
    if let Some(bbox) = bbox.filter(|_| geometry["type"] != "Point") {
        written_feature["bbox"] = json!(bbox);
    }
    written_feature["geometry"] = geometry;
    written_feature["properties"] = json!(properties);
    Item {
        id: event.id.clone(),
        event_type: Some(properties.event_type),
        sub_event_type: Some(properties.sub_event_type),
        status: Some(properties.status),
        granularity: Some(properties.granularity),
        date_start: properties.date_start,
        date_end: properties.date_end,
        bbox,
        place_id: properties.gazetteer_id,
        country: properties.country,
        folded,
        feature: written(&written_feature),
        ..Item::default()
    }
}

fn properties<'f>(event: &Event, incident: &impl Fn(&str) -> Option<&'f Value>) -> EventProperties {
    let kind = event.sub_event_type.value;
    let (dates, ground) = (event.dates.as_ref(), event.ground.as_ref());
    let place = ground.map(|g| &g.value);
    let of = |id: &str, key: &str| incident(id).and_then(|f| f["properties"][key].as_str()).map(str::to_owned);
    let figure = |said: &Said<Range>| FigureShape {
        low: said.value.0,
        high: said.value.1,
        incident: said.from.clone(),
        report_id: of(&said.from, "report_id"),
        source: of(&said.from, "source"),
    };
    let source = |id: &String| EventSource {
        incident: id.clone(),
        report_id: of(id, "report_id"),
        report_title: of(id, "report_title"),
        source: of(id, "source"),
        url: of(id, "url"),
        published: of(id, "published"),
        lang: of(id, "lang"),
    };
    let ends = |figures: &[Said<Range>]| widest(figures).unzip();
    let (killed_low, killed_high) = ends(&event.killed);
    let (injured_low, injured_high) = ends(&event.injured);
    let (abducted_low, abducted_high) = ends(&event.abducted);
    EventProperties {
        granularity: event.granularity.label(),
        status: event.status.label(),
        event_type: kind.event_type().label(),
        sub_event_type: kind.label(),
        disorder_type: kind.disorder_type(),
        date_start: dates.map(|d| d.value.0.to_string()),
        date_end: dates.map(|d| d.value.1.to_string()),
        time_precision: event.time_precision,
        place_name: place.map(|p| p.name.clone()),
        gazetteer_id: place.map(|p| p.id.clone()).filter(|id| !id.starts_with(POINTED)),
        lat: place.map(|p| p.lat),
        lon: place.map(|p| p.lon),
        radius_m: place.map(|p| p.radius_m),
        geo_precision: place.map(|p| p.geo_precision),
        where_prec: place.map(|p| p.where_prec),
        country: event.country.clone(),
        admin1: place.and_then(|p| said(&p.admin1)),
        actors: event
            .actors
            .iter()
            .map(|(who, said_by)| SaidActor {
                name: who.name.clone(),
                kind: who.kind.clone(),
                role: who.role.clone(),
                said_by: said_by.clone(),
            })
            .collect(),
        killed_low,
        killed_high,
        killed: event.killed.iter().map(figure).collect(),
        injured_low,
        injured_high,
        injured: event.injured.iter().map(figure).collect(),
        abducted_low,
        abducted_high,
        abducted: event.abducted.iter().map(figure).collect(),
        from: FromShape {
            kind: event.sub_event_type.from.clone(),
            date: dates.map(|d| d.from.clone()),
            place: ground.map(|g| g.from.clone()),
        },
        sources: event.members.iter().map(source).collect(),
        source_count: event.source_count,
        copy_count: event.copy_count,
        denied_by: event.denied_by.clone(),
        pinned: event.is_pinned,
        confidence: shortened(event.confidence),
    }
}

/// The published form of a ruling, with what of it could not be obeyed; it has no geometry.
pub fn ruling_feature(ruling: &Ruling, unheeded: &[Unheeded]) -> Feature<RulingProperties> {
    let why = unheeded.iter().filter(|u| u.ruling == ruling.id).map(|u| u.why.clone()).collect();
    feature(ruling.id.clone(), None, RulingProperties { ruling: ruling.clone(), unheeded: why, version: version(ruling) })
}

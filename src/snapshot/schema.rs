//! What can be asked of each collection: names, kinds and where in a feature they are.

use crate::incident::{EventType, Granularity, Status, SubEventType};
use crate::lang::Lang;
use crate::store::Collection;

/// What kind of value a property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A list of texts; it is equal to each of them.
    Texts,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// A day, `2022-09-06`.
    Day,
    /// True or false.
    Flag,
}

/// Where a value is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The feature's identifier.
    Id,
    /// The first or last day by which the store finds it.
    Day(usize),
    /// A path below `properties`, `/corrected/verdict`.
    Path(&'static str),
    /// A member of each object of a list, `("/actors", "name")`; no member: the list's own texts.
    List(&'static str, Option<&'static str>),
}

/// A property by which features can be found, sorted and counted.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name, as in the published GeoJSON.
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: Kind,
    /// What it says.
    pub description: &'static str,
    /// All the values that it can have; empty: any.
    pub allowed: fn() -> Vec<&'static str>,
    pub(super) source: Source,
    /// What a feature without a value counts as.
    pub(super) missing: Option<&'static str>,
}

/// The properties of a collection.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Of what.
    pub collection: Collection,
    /// In the order in which they are listed.
    pub properties: &'static [Property],
    /// Those that hold the first and the last day.
    pub(super) days: [usize; 2],
}

impl Schema {
    /// A property and its number.
    pub fn find(&self, name: &str) -> Option<(usize, &'static Property)> {
        self.properties.iter().enumerate().find(|(_, p)| p.name == name)
    }
}

/// What people say of incidents; `none`: nothing.
const VERDICTS: [&str; 3] = ["confirmed", "rejected", "none"];

const fn property(name: &'static str, kind: Kind, source: Source, description: &'static str) -> Property {
    Property { name, kind, description, allowed: Vec::new, source, missing: None }
}

const fn text(name: &'static str, path: &'static str, description: &'static str) -> Property {
    property(name, Kind::Text, Source::Path(path), description)
}

const fn integer(name: &'static str, path: &'static str, description: &'static str) -> Property {
    property(name, Kind::Integer, Source::Path(path), description)
}

const fn real(name: &'static str, path: &'static str, description: &'static str) -> Property {
    property(name, Kind::Real, Source::Path(path), description)
}

const fn flag(name: &'static str, path: &'static str, description: &'static str) -> Property {
    property(name, Kind::Flag, Source::Path(path), description)
}

const fn closed(property: Property, allowed: fn() -> Vec<&'static str>) -> Property {
    Property { allowed, ..property }
}

const fn otherwise(property: Property, missing: &'static str) -> Property {
    Property { missing: Some(missing), ..property }
}

const ID: Property = property("id", Kind::Text, Source::Id, "identifier of the feature");
const LANG: Property = closed(text("lang", "/lang", "language of the report"), || Lang::ALL.map(Lang::code).to_vec());
const COUNTRY: Property = text("country", "/country", "ISO 3166-1 alpha-2");
const CONFIDENCE: Property = real("confidence", "/confidence", "from 0 to 1");
const REPORT: Property = text("report_id", "/report_id", "identifier of the report");
const SOURCE: Property = text("source", "/source", "who published the report");
const URL: Property = text("url", "/url", "address of the report");
const EVENT_TYPE: Property =
    closed(text("event_type", "/event_type", "ACLED's event type"), || EventType::ALL.map(EventType::label).to_vec());
const SUB_EVENT_TYPE: Property =
    closed(text("sub_event_type", "/sub_event_type", "ACLED's sub-event type"), || SubEventType::ALL.map(SubEventType::label).to_vec());
const STATUS: Property =
    closed(text("status", "/status", "whether it is said to have happened"), || Status::ALL.map(Status::label).to_vec());
const GRANULARITY: Property = closed(text("granularity", "/granularity", "one event, several, or one recalled"), || {
    Granularity::ALL.map(Granularity::label).to_vec()
});
const VERDICT: Property = closed(text("verdict", "/corrected/verdict", "what people say of it"), || VERDICTS.to_vec());
const DATE_START: Property = property("date_start", Kind::Day, Source::Day(0), "first day");
const DATE_END: Property = property("date_end", Kind::Day, Source::Day(1), "last day");
const VERSION: Property = text("version", "/version", "what a change must name");
const CREATED: Property = property("created", Kind::Day, Source::Day(0), "day on which it was entered");

const INCIDENTS: &[Property] = &[
    ID,
    DATE_START,
    DATE_END,
    EVENT_TYPE,
    SUB_EVENT_TYPE,
    STATUS,
    GRANULARITY,
    otherwise(VERDICT, "none"),
    text("cluster_id", "/cluster_id", "the event that it tells, with other incidents or alone"),
    text("disorder_type", "/disorder_type", "ACLED's disorder type"),
    text("mode", "/mode", "PLOVER's mode"),
    flag("civilian_targeting", "/civilian_targeting", "whether civilians were the target"),
    integer("type_of_violence", "/type_of_violence", "UCDP's type of violence"),
    integer("n_events", "/n_events", "events that an aggregate sums up"),
    integer("time_precision", "/time_precision", "ACLED's code, 1 to 3"),
    integer("date_prec", "/date_prec", "UCDP's code, 1 to 5"),
    text("place_name", "/place_name", "the place"),
    text("place_surface", "/place_surface", "the place as the report writes it"),
    text("place_role", "/place_role", "what the place is to the incident"),
    text("gazetteer_id", "/gazetteer_id", "identifier of the place"),
    real("lat", "/lat", "latitude, WGS84"),
    real("lon", "/lon", "longitude, WGS84"),
    integer("radius_m", "/radius_m", "metres around the point"),
    integer("geo_precision", "/geo_precision", "ACLED's code, 1 to 3"),
    integer("where_prec", "/where_prec", "UCDP's code, 1 to 7"),
    COUNTRY,
    text("admin1", "/admin1", "first-order unit"),
    text("admin2", "/admin2", "second-order unit"),
    property("other_place", Kind::Texts, Source::List("/other_places", Some("place_name")), "any other place of the same statement"),
    property("other_place_id", Kind::Texts, Source::List("/other_places", Some("gazetteer_id")), "identifier of any other place"),
    flag("toll_shared", "/toll_shared", "whether the toll is that of several places"),
    text("actor1", "/actor1", "who acted"),
    integer("inter1", "/inter1", "ACLED's code of actor1"),
    text("actor2", "/actor2", "whom it met"),
    integer("inter2", "/inter2", "ACLED's code of actor2"),
    text("interaction", "/interaction", "ACLED's interaction"),
    property("actor", Kind::Texts, Source::List("/actors", Some("name")), "any actor"),
    text("claimed_by", "/claimed_by", "who claims it"),
    integer("killed_low", "/killed_low", "killed, at least"),
    integer("killed_best", "/killed_best", "killed, best estimate"),
    integer("killed_high", "/killed_high", "killed, at most"),
    integer("killed_civilians", "/killed_civilians", "civilians killed"),
    integer("injured_best", "/injured_best", "injured, best estimate"),
    integer("abducted_best", "/abducted_best", "abducted, best estimate"),
    integer("missing_best", "/missing_best", "missing, best estimate"),
    integer("displaced_best", "/displaced_best", "displaced, best estimate"),
    integer("displaced_households_best", "/displaced_households_best", "households displaced, best estimate"),
    integer("arrested_best", "/arrested_best", "arrested, best estimate"),
    integer("crowd_low", "/crowd_low", "people who marched, at least"),
    property("attribution", Kind::Texts, Source::List("/attribution", None), "who says so"),
    text("source_scale", "/source_scale", "ACLED's scale of the source"),
    CONFIDENCE,
    LANG,
    SOURCE,
    REPORT,
    property("published", Kind::Day, Source::Path("/published"), "day on which the report was published"),
    URL,
];

const CLUSTERS: &[Property] = &[
    ID,
    DATE_START,
    DATE_END,
    EVENT_TYPE,
    SUB_EVENT_TYPE,
    STATUS,
    GRANULARITY,
    text("place_name", "/place_name", "the place"),
    text("gazetteer_id", "/gazetteer_id", "identifier of the place"),
    integer("geo_precision", "/geo_precision", "ACLED's code, 1 to 3"),
    integer("where_prec", "/where_prec", "UCDP's code, 1 to 7"),
    integer("radius_m", "/radius_m", "metres around the point"),
    COUNTRY,
    text("admin1", "/admin1", "first-order unit"),
    property("actor", Kind::Texts, Source::List("/actors", Some("name")), "any actor"),
    integer("killed_low", "/killed_low", "killed, at least"),
    integer("killed_high", "/killed_high", "killed, at most"),
    integer("injured_low", "/injured_low", "injured, at least"),
    integer("injured_high", "/injured_high", "injured, at most"),
    integer("source_count", "/source_count", "independent sources that tell it"),
    integer("copy_count", "/copy_count", "reports of it that are copies of another"),
    property("report", Kind::Texts, Source::List("/sources", Some("report_id")), "any report that tells it"),
    flag("pinned", "/pinned", "whether a person fixed it"),
    CONFIDENCE,
];

const MENTIONS: &[Property] = &[
    ID,
    property("published", Kind::Day, Source::Day(0), "day on which the report was published"),
    REPORT,
    text("text", "/text", "the words"),
    text("kind", "/kind", "literal, associative or relative"),
    text("place_id", "/place_id", "identifier of the place"),
    text("place_name", "/place_name", "the place"),
    COUNTRY,
    text("admin1", "/admin1", "first-order unit"),
    text("feature", "/feature", "GeoNames' feature code"),
    integer("geo_precision", "/geo_precision", "ACLED's code, 1 to 3"),
    integer("where_prec", "/where_prec", "UCDP's code, 1 to 7"),
    integer("radius_m", "/radius_m", "metres around the point"),
    CONFIDENCE,
    LANG,
];

const PLACES: &[Property] = &[
    ID,
    CREATED,
    text("name", "/name", "its name"),
    text("feature", "/feature", "GeoNames' feature code"),
    COUNTRY,
    text("admin1", "/admin1", "first-order unit"),
    text("status", "/status", "whether it is used"),
    VERSION,
];

const REPORTS: &[Property] = &[
    ID,
    property("published", Kind::Day, Source::Day(0), "day on which it was published"),
    text("title", "/title", "headline"),
    LANG,
    SOURCE,
    URL,
    text("author", "/author", "who wrote it"),
    text("published_basis", "/published_basis", "how its day is known: metadata, url, dateline or file"),
    text("file_kind", "/file_kind", "what kind of file it stood in"),
    text("part_of", "/part_of", "the report that it was cut out of"),
    text("copy_of", "/copy_of", "the report that it is a copy of"),
];

const CORRECTIONS: &[Property] = &[ID, CREATED, VERSION];
const RULINGS: &[Property] = &[ID, CREATED, text("verdict", "/verdict", "split, merge or pinned"), VERSION];
const INCIDENT_CORRECTIONS: &[Property] = &[
    ID,
    CREATED,
    otherwise(Property { source: Source::Path("/verdict"), ..VERDICT }, "none"),
    flag("orphan", "/orphan", "whether its incident is not read any more"),
    VERSION,
];

/// The properties of a collection.
pub fn schema(collection: Collection) -> Schema {
    let (properties, days) = match collection {
        Collection::Corrections => (CORRECTIONS, [1, 1]),
        Collection::Clusters => (CLUSTERS, [1, 2]),
        Collection::IncidentCorrections => (INCIDENT_CORRECTIONS, [1, 1]),
        Collection::Incidents => (INCIDENTS, [1, 2]),
        Collection::Mentions => (MENTIONS, [1, 1]),
        Collection::Places => (PLACES, [1, 1]),
        Collection::Reports => (REPORTS, [1, 1]),
        Collection::Rulings => (RULINGS, [1, 1]),
    };
    Schema { collection, properties, days }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_and_names_are_told_apart() {
        for collection in Collection::ALL {
            let schema = schema(collection);
            assert!(schema.days.iter().all(|at| schema.properties[*at].kind == Kind::Day), "{}", collection.name());
            for property in schema.properties {
                assert_eq!(schema.properties.iter().filter(|p| p.name == property.name).count(), 1, "{}", property.name);
            }
        }
    }
}

//! The columns of tables: one list for all formats that have columns.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::store::Collection;

use super::row::Row;

use Kind::{Day, Flag, Json, Real, Text, Whole};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// True or false.
    Flag,
    /// A day, `2022-09-06`.
    Day,
    /// A list or an object, as JSON.
    Json,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name of the property, or `id`, `lon`, `lat`.
    pub name: String,
    /// What its cells are.
    pub kind: Kind,
}

/// The columns of a table in their order; `id`, `lon` and `lat` come first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

const FIRST: Runs = &[(Text, "id"), (Real, "lon lat")];

/// Names of one kind that stand side by side.
type Runs = &'static [(Kind, &'static str)];

const INCIDENTS: Runs = &[
    (Text, "cluster_id granularity status event_type sub_event_type disorder_type"),
    (Whole, "n_events"),
    (Text, "mode"),
    (Flag, "civilian_targeting"),
    (Whole, "type_of_violence"),
    (Day, "date_start date_end"),
    (Whole, "time_precision date_prec"),
    (Text, "date_source place_name place_surface place_role"),
    (Json, "relation"),
    (Text, "gazetteer_id"),
    (Whole, "radius_m geo_precision where_prec"),
    (Text, "country country_a3 admin1 admin2"),
    (Json, "other_places"),
    (Flag, "toll_shared"),
    (Text, "actor1"),
    (Whole, "inter1"),
    (Text, "actor2"),
    (Whole, "inter2"),
    (Text, "interaction"),
    (Json, "actors"),
    (Text, "claimed_by"),
    (Whole, "killed_low killed_best killed_high"),
    (Text, "killed_qualifier"),
    (Whole, "killed_a killed_b killed_civilians killed_unknown"),
    (Json, "killed_detail killed_told"),
    (Whole, "injured_low injured_best injured_high abducted_low abducted_best abducted_high missing_low missing_best missing_high"),
    (Whole, "displaced_low displaced_best displaced_high"),
    (Whole, "displaced_households_low displaced_households_best displaced_households_high"),
    (Whole, "arrested_low arrested_best arrested_high crowd_low crowd_high"),
    (Json, "attribution"),
    (Text, "source_scale"),
    (Json, "evidence"),
    (Real, "confidence"),
    (Text, "notes report_id report_title"),
    (Day, "published"),
    (Text, "source url lang"),
    (Json, "excerpt corrected"),
];

const CLUSTERS: Runs = &[
    (Text, "granularity status event_type sub_event_type disorder_type"),
    (Day, "date_start date_end"),
    (Whole, "time_precision"),
    (Text, "place_name gazetteer_id"),
    (Whole, "radius_m geo_precision where_prec"),
    (Text, "country admin1"),
    (Json, "actors"),
    (Whole, "killed_low killed_high"),
    (Json, "killed"),
    (Whole, "injured_low injured_high"),
    (Json, "injured"),
    (Whole, "abducted_low abducted_high"),
    (Json, "abducted from sources"),
    (Whole, "source_count"),
    (Whole, "copy_count"),
    (Json, "denied_by"),
    (Flag, "pinned"),
    (Real, "confidence"),
];

const MENTIONS: Runs = &[
    (Text, "report_id text kind"),
    (Json, "within"),
    (Flag, "dateline"),
    (Real, "confidence"),
    (Text, "place_id place_name country admin1 feature"),
    (Whole, "geo_precision where_prec radius_m"),
    (Text, "lang"),
    (Json, "area excerpt"),
    (Whole, "start end"),
    (Json, "reasons runners_up"),
];

const REPORTS: Runs = &[(Text, "title text lang"), (Day, "published"), (Text, "source url")];

const PLACES: Runs = &[
    (Text, "name"),
    (Json, "names"),
    (Text, "class feature country admin1 admin1_code admin2_code parent"),
    (Whole, "population radius_m"),
    (Json, "outline"),
    (Text, "valid_from valid_to source note created created_by modified modified_by status merged_into version"),
];

const CORRECTIONS: Runs =
    &[(Text, "ruling version name scope report_id"), (Whole, "start end"), (Text, "source place_id note created created_by")];

const INCIDENT_CORRECTIONS: Runs = &[
    (Flag, "orphan"),
    (Text, "laid_on"),
    (Json, "incident"),
    (Text, "text words sentence"),
    (Json, "fields"),
    (Text, "verdict note created created_by modified modified_by version"),
];

const RULINGS: Runs =
    &[(Text, "verdict"), (Json, "members others"), (Text, "note created created_by"), (Json, "unheeded"), (Text, "version")];

impl Columns {
    /// Those of a collection, the same whatever is in it.
    pub fn of(collection: Collection) -> Columns {
        let runs = match collection {
            Collection::Corrections => CORRECTIONS,
            Collection::Clusters => CLUSTERS,
            Collection::IncidentCorrections => INCIDENT_CORRECTIONS,
            Collection::Incidents => INCIDENTS,
            Collection::Mentions => MENTIONS,
            Collection::Places => PLACES,
            Collection::Reports => REPORTS,
            Collection::Rulings => RULINGS,
        };
        let column = |kind: Kind, name: &str| Column { name: name.to_owned(), kind };
        Columns(FIRST.iter().chain(runs).flat_map(|(kind, names)| names.split(' ').map(|n| column(*kind, n))).collect())
    }

    /// Adds a column for each property of a feature that has none yet and is not null, so that nothing is lost.
    ///
    /// # Errors
    /// When the feature is no JSON object.
    pub fn see(&mut self, feature: &str) -> std::io::Result<()> {
        for (name, value) in &Row::read(feature)?.properties {
            if !value.is_null() && !self.0.iter().any(|c| c.name == *name) {
                self.0.push(Column { name: name.clone(), kind: kind_of(value) });
            }
        }
        Ok(())
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &Column> {
        self.0.iter()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|c| c.name.as_str())
    }

    /// The values of a feature, column by column; null and absent are the same.
    pub(super) fn values<'r>(&'r self, row: &'r Row<'_>) -> impl Iterator<Item = Option<Cow<'r, Value>>> {
        let point = row.point();
        self.0.iter().map(move |column| match column.name.as_str() {
            "id" => Some(Cow::Owned(json!(row.id))),
            "lon" => point.map(|[lon, _]| Cow::Owned(json!(lon))),
            "lat" => point.map(|[_, lat]| Cow::Owned(json!(lat))),
            name => row.get(name).map(Cow::Borrowed),
        })
    }
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Bool(_) => Flag,
        Value::Number(n) if n.is_f64() => Real,
        Value::Number(_) => Whole,
        Value::String(_) | Value::Null => Text,
        Value::Array(_) | Value::Object(_) => Json,
    }
}

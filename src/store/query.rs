//! What may be asked of a collection, and the answer.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use crate::error::Result;
use crate::text::fold::fold_phrase;

use super::Store;

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// What people decided about names.
    Corrections,
    /// Events, each made of the incidents that tell it.
    Events,
    /// What people say of incidents.
    IncidentCorrections,
    /// Incidents.
    Incidents,
    /// Mentions of places.
    Mentions,
    /// The user's own places.
    Places,
    /// Reports.
    Reports,
    /// What people decided about which incidents are one event.
    Rulings,
}

impl Collection {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Collection; 8] = [
        Collection::Corrections,
        Collection::Events,
        Collection::IncidentCorrections,
        Collection::Incidents,
        Collection::Mentions,
        Collection::Places,
        Collection::Reports,
        Collection::Rulings,
    ];

    /// True when its features lie somewhere.
    pub fn is_drawn(self) -> bool {
        use Collection::{Corrections, IncidentCorrections, Reports, Rulings};
        !matches!(self, Corrections | IncidentCorrections | Reports | Rulings)
    }

    /// True when people enter its features, rather than read them out of reports.
    pub fn is_entered(self) -> bool {
        use Collection::{Corrections, IncidentCorrections, Places, Rulings};
        matches!(self, Corrections | IncidentCorrections | Places | Rulings)
    }

    /// Its table.
    fn table(self) -> String {
        self.name().replace('-', "_")
    }

    /// Its name in addresses, which with underscores is its table's too.
    pub fn name(self) -> &'static str {
        match self {
            Collection::Corrections => "corrections",
            Collection::Events => "events",
            Collection::IncidentCorrections => "incident-corrections",
            Collection::Incidents => "incidents",
            Collection::Mentions => "mentions",
            Collection::Places => "places",
            Collection::Reports => "reports",
            Collection::Rulings => "rulings",
        }
    }

    /// By its name.
    pub fn from_name(name: &str) -> Option<Collection> {
        Collection::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// A box in degrees; west of 170 and east of -170 crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the four sides of a box")]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// Days, both included; an open end is `None`. ISO dates, `2022-09-06`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the two ends of an interval")]
pub struct Interval {
    pub from: Option<String>,
    pub to: Option<String>,
}

/// What is asked for; empty lists ask for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "named as the parameters of the machine interface")]
pub struct Query {
    pub bbox: Option<Bounds>,
    pub datetime: Option<Interval>,
    pub event_type: Vec<String>,
    pub sub_event_type: Vec<String>,
    pub status: Vec<String>,
    pub granularity: Vec<String>,
    pub lang: Vec<String>,
    pub country: Vec<String>,
    /// What people say of an incident: confirmed, rejected, none. Empty: incidents that nobody rejected.
    pub verdict: Vec<String>,
    /// Of corrections of incidents: those that lie over none, or those that do.
    pub orphan: Option<bool>,
    /// Words that all must be there; folded when asked.
    pub q: Option<String>,
    /// `None`: all.
    pub limit: Option<usize>,
    pub offset: usize,
}

/// A part of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// How many features the query matches in all.
    pub matched: usize,
    /// The published features of this part, by id.
    pub features: Vec<String>,
    /// West, south, east, north of all that is drawn of this part.
    pub bbox: Option<[f64; 4]>,
}

/// Words of a text search that are looked at.
const MAX_WORDS: usize = 8;

/// Conditions of a statement with their values, in order.
#[derive(Default)]
struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push(format!("({sql})"));
        self.values.extend(values);
    }

    fn one_of(&mut self, column: &str, allowed: &[String]) {
        if !allowed.is_empty() {
            let marks = vec!["?"; allowed.len()].join(", ");
            self.add(&format!("{column} IN ({marks})"), allowed.iter().cloned().map(Value::Text));
        }
    }

    fn clause(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) }
    }
}

fn conditions(collection: Collection, query: &Query) -> Conditions {
    let mut out = Conditions::default();
    if collection == Collection::Places {
        out.add("retired IS NULL", []);
    }
    match collection {
        Collection::Incidents if query.verdict.is_empty() => {
            out.add("id NOT IN (SELECT incident_id FROM corrected_incidents WHERE verdict = 'rejected')", []);
        }
        Collection::Incidents => {
            out.one_of("coalesce((SELECT verdict FROM corrected_incidents WHERE incident_id = id), 'none')", &query.verdict);
        }
        Collection::IncidentCorrections => out.one_of("coalesce(verdict, 'none')", &query.verdict),
        _ => {}
    }
    if let Some(is_orphan) = query.orphan {
        let which = if is_orphan { "NOT IN" } else { "IN" };
        out.add(&format!("id {which} (SELECT correction_id FROM corrected_incidents)"), []);
    }
    if let Some(bounds) = query.bbox {
        let sides = [bounds.west, bounds.east, bounds.south, bounds.north].map(Value::Real);
        let across = if bounds.west <= bounds.east { "AND" } else { "OR" };
        out.add(&format!("(east >= ? {across} west <= ?) AND north >= ? AND south <= ?"), sides);
    }
    if let Some(interval) = &query.datetime {
        out.add("date_start IS NOT NULL", []);
        if let Some(from) = &interval.from {
            out.add("date_end >= ?", [Value::Text(from.clone())]);
        }
        if let Some(to) = &interval.to {
            out.add("date_start <= ?", [Value::Text(to.clone())]);
        }
    }
    for (column, allowed) in [
        ("event_type", &query.event_type),
        ("sub_event_type", &query.sub_event_type),
        ("status", &query.status),
        ("granularity", &query.granularity),
        ("lang", &query.lang),
        ("country", &query.country),
    ] {
        out.one_of(column, allowed);
    }
    let words = query.q.as_deref().map(fold_phrase).unwrap_or_default();
    for word in words.split(' ').filter(|w| !w.is_empty()).take(MAX_WORDS) {
        let word = Value::Text(word.to_owned());
        if matches!(collection, Collection::Incidents | Collection::Mentions) {
            let sql = "instr(folded, ?) > 0 OR report_id IN (SELECT r.id FROM reports r WHERE instr(r.folded, ?) > 0)";
            out.add(sql, [word.clone(), word]);
        } else {
            out.add("instr(folded, ?) > 0", [word]);
        }
    }
    out
}

/// What gives that of a feature which its making does not tell: the event of an incident, the incident that a correction lies over.
fn tied_to(collection: Collection) -> &'static str {
    match collection {
        Collection::Incidents => "(SELECT event_id FROM event_members WHERE incident_id = id)",
        Collection::IncidentCorrections => "(SELECT incident_id FROM corrected_incidents WHERE correction_id = id)",
        _ => "NULL",
    }
}

/// The feature as it was made, with what it is tied to first among its properties.
fn tied(collection: Collection, feature: String, to: Option<String>) -> String {
    const PROPERTIES: &str = "\"properties\":{";
    let known = match (collection, to) {
        (Collection::Incidents, Some(event)) => format!("\"cluster_id\":\"{event}\","),
        (Collection::IncidentCorrections, Some(incident)) => format!("\"orphan\":false,\"laid_on\":\"{incident}\","),
        (Collection::IncidentCorrections, None) => "\"orphan\":true,\"laid_on\":null,".to_owned(),
        _ => return feature,
    };
    feature.replacen(PROPERTIES, &format!("{PROPERTIES}{known}"), 1)
}

impl Store {
    /// The part of a collection that a query asks for, ordered by id.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn find(&self, collection: Collection, query: &Query) -> Result<Page> {
        let mut conditions = conditions(collection, query);
        let (table, clause) = (collection.table(), conditions.clause());
        let count = format!("SELECT count(*) FROM {table} {clause}");
        let matched: u32 = self.connection.query_row(&count, rusqlite::params_from_iter(&conditions.values), |r| r.get(0))?;
        let order = if matches!(collection, Collection::Incidents | Collection::Mentions) { "id, report_id, ordinal" } else { "id" };
        let sides = if collection.is_drawn() { "west, south, east, north" } else { "NULL, NULL, NULL, NULL" };
        let tie = tied_to(collection);
        let sql = format!("SELECT feature, {sides}, {tie} FROM {table} {clause} ORDER BY {order} LIMIT ? OFFSET ?");
        // SQLite takes a negative limit for none.
        conditions.values.push(Value::Integer(query.limit.map_or(-1, |l| l as i64)));
        conditions.values.push(Value::Integer(query.offset as i64));
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(&conditions.values))?;
        let mut page = Page { matched: matched as usize, ..Page::default() };
        while let Some(row) = rows.next()? {
            page.features.push(tied(collection, row.get(0)?, row.get(5)?));
            if let Some(west) = row.get(1)? {
                let side = [west, row.get(2)?, row.get(3)?, row.get(4)?];
                let so_far = page.bbox.unwrap_or(side);
                page.bbox = Some([so_far[0].min(side[0]), so_far[1].min(side[1]), so_far[2].max(side[2]), so_far[3].max(side[3])]);
            }
        }
        Ok(page)
    }

    /// One published feature by its id.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn feature(&self, collection: Collection, id: &str) -> Result<Option<String>> {
        let in_use = if collection == Collection::Places { "AND retired IS NULL" } else { "" };
        let sql = format!("SELECT feature, {} FROM {} WHERE id = ? {in_use} LIMIT 1", tied_to(collection), collection.table());
        Ok(self.connection.query_row(&sql, [id], |r| Ok(tied(collection, r.get(0)?, r.get(1)?))).optional()?)
    }

    /// The box around all that a collection draws; `None` when it draws nothing.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn extent(&self, collection: Collection) -> Result<Option<Bounds>> {
        if !collection.is_drawn() {
            return Ok(None);
        }
        let sql = format!("SELECT min(west), min(south), max(east), max(north) FROM {} WHERE west IS NOT NULL", collection.table());
        let sides: [Option<f64>; 4] = self.connection.query_row(&sql, [], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]))?;
        let [Some(west), Some(south), Some(east), Some(north)] = sides else { return Ok(None) };
        Ok(Some(Bounds { west, south, east, north }))
    }
}

//! The collections, and one feature of them.

use rusqlite::OptionalExtension;

use crate::error::Result;

use super::Store;

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// Events, each a cluster of the incidents that tell it.
    Clusters,
    /// What people decided about names.
    Corrections,
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
        Collection::Clusters,
        Collection::Corrections,
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
    pub(super) fn table(self) -> String {
        match self {
            Collection::Clusters => "events".to_owned(),
            other => other.name().replace('-', "_"),
        }
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Collection::Clusters => "clusters",
            Collection::Corrections => "corrections",
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

/// What gives that of a feature which its making does not tell: the event of an incident, the incident that a correction lies over.
pub(super) fn tied_to(collection: Collection) -> &'static str {
    match collection {
        Collection::Incidents => "(SELECT event_id FROM event_members WHERE incident_id = id)",
        Collection::Reports => "(SELECT copy_of FROM report_copies WHERE report_id = id)",
        Collection::IncidentCorrections => "(SELECT incident_id FROM corrected_incidents WHERE correction_id = id)",
        _ => "NULL",
    }
}

/// The feature as it was made, with what it is tied to first among its properties.
pub(super) fn tied(collection: Collection, feature: String, to: Option<String>) -> String {
    const PROPERTIES: &str = "\"properties\":{";
    let known = match (collection, to) {
        (Collection::Incidents, Some(event)) => format!("\"cluster_id\":\"{event}\","),
        (Collection::Reports, Some(original)) => format!("\"copy_of\":{},", super::json_of(&original)),
        (Collection::IncidentCorrections, Some(incident)) => format!("\"orphan\":false,\"laid_on\":\"{incident}\","),
        (Collection::IncidentCorrections, None) => "\"orphan\":true,\"laid_on\":null,".to_owned(),
        _ => return feature,
    };
    feature.replacen(PROPERTIES, &format!("{PROPERTIES}{known}"), 1)
}

impl Store {
    /// One published feature by its id.
    ///
    /// # Errors
    /// [`crate::Error::Store`].
    pub fn feature(&self, collection: Collection, id: &str) -> Result<Option<String>> {
        let in_use = if collection == Collection::Places { "AND retired IS NULL" } else { "" };
        let sql = format!("SELECT feature, {} FROM {} WHERE id = ? {in_use} LIMIT 1", tied_to(collection), collection.table());
        Ok(self.connection.query_row(&sql, [id], |r| Ok(tied(collection, r.get(0)?, r.get(1)?))).optional()?)
    }
}

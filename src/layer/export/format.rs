//! The one table of formats.

use std::io;

use crate::store::Collection;

use super::about::About;
use super::acled::Acled;
use super::flatgeobuf::FlatGeobuf;
use super::geojson::{Sequence, Whole};
use super::geopackage::GeoPackage;
use super::kml::Kml;
use super::sink::Sink;
use super::table::Table;
use super::ucdp::Ucdp;

/// A format that features leave in.
#[derive(Debug)]
pub struct Format {
    /// Its name in arguments and parameters.
    pub name: &'static str,
    /// Without parameters. Several tables are `text/csv`: the first of them is the one that is meant by it.
    pub media_type: &'static str,
    /// Of files, without a dot.
    pub extension: &'static str,
    /// What it is, for who chooses.
    pub title: &'static str,
    /// Features are in it as they are published.
    pub(super) is_verbatim: bool,
    suits: fn(Collection) -> bool,
    sink: fn(&About, &str) -> io::Result<Box<dyn Sink>>,
}

/// All formats.
pub const FORMATS: [Format; 9] = [
    Format {
        name: "geojson",
        media_type: "application/geo+json",
        extension: "geojson",
        title: "A FeatureCollection (RFC 7946)",
        is_verbatim: true,
        suits: any,
        sink: |about, name| Ok(Box::new(Whole::new(about, name))),
    },
    Format {
        name: "geojsonseq",
        media_type: "application/geo+json-seq",
        extension: "geojsons",
        title: "A sequence of features (RFC 8142)",
        is_verbatim: true,
        suits: any,
        sink: |_, _| Ok(Box::new(Sequence)),
    },
    Format {
        name: "csv",
        media_type: "text/csv",
        extension: "csv",
        title: "Comma-separated values (RFC 4180), all fields",
        is_verbatim: false,
        suits: any,
        sink: |about, _| Ok(Box::new(Table::new(about, false))),
    },
    Format {
        name: "hxl",
        media_type: "text/csv",
        extension: "hxl.csv",
        title: "The same with HXL hashtags in the second row",
        is_verbatim: false,
        suits: any,
        sink: |about, _| Ok(Box::new(Table::new(about, true))),
    },
    Format {
        name: "acled",
        media_type: "text/csv",
        extension: "acled.csv",
        title: "A table in the columns of ACLED",
        is_verbatim: false,
        suits: |collection| matches!(collection, Collection::Incidents | Collection::Clusters),
        sink: |about, _| Ok(Box::new(Acled::new(about))),
    },
    Format {
        name: "ucdp",
        media_type: "text/csv",
        extension: "ucdp.csv",
        title: "A table in the columns of UCDP GED: deadly organised violence",
        is_verbatim: false,
        suits: |collection| collection == Collection::Incidents,
        sink: |about, _| Ok(Box::new(Ucdp::new(about))),
    },
    Format {
        name: "kml",
        media_type: "application/vnd.google-earth.kml+xml",
        extension: "kml",
        title: "OGC KML 2.2, for Google Earth",
        is_verbatim: false,
        suits: Collection::is_drawn,
        sink: |about, name| Ok(Box::new(Kml::new(about, name))),
    },
    Format {
        name: "flatgeobuf",
        media_type: "application/flatgeobuf",
        extension: "fgb",
        title: "FlatGeobuf 3 with spatial index: what lies somewhere",
        is_verbatim: false,
        suits: Collection::is_drawn,
        sink: |about, name| Ok(Box::new(FlatGeobuf::new(about, name))),
    },
    Format {
        name: "gpkg",
        media_type: "application/geopackage+sqlite3",
        extension: "gpkg",
        title: "OGC GeoPackage 1.3, for QGIS",
        is_verbatim: false,
        suits: any,
        sink: |about, name| Ok(Box::new(GeoPackage::new(about, name)?)),
    },
];

fn any(_: Collection) -> bool {
    true
}

impl Format {
    /// By its name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// Whether it can hold a collection.
    pub fn suits(&self, collection: Collection) -> bool {
        (self.suits)(collection)
    }

    pub(super) fn sink(&self, about: &About) -> io::Result<Box<dyn Sink>> {
        (self.sink)(about, self.name)
    }
}

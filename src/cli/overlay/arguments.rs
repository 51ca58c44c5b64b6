//! What can be typed about places and corrections.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::intake::NewPlace;
use crate::layer::ExchangeFormat;
use crate::resolve::corrections::Scope;
use crate::store::{NameKind, PlaceName};

use super::super::arguments::{Keeping, Places};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Overlay {
    /// Enter a place; reports of the store that name it are read again
    Add {
        /// Name for display
        name: String,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        on: On,
    },
    /// Change a place, also one of the gazetteer's own; what is not given stays
    Edit {
        /// The place
        id: String,
        /// Name for display
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
        /// Only when it is still this version
        #[arg(long)]
        version: Option<String>,
        #[command(flatten)]
        on: On,
    },
    /// Take a place out of use
    Retire {
        /// The place
        id: String,
        #[command(flatten)]
        on: On,
    },
    /// Make a place another one: its names go there
    Merge {
        /// The place that goes
        id: String,
        /// The place that stays
        #[arg(long, value_name = "ID")]
        into: String,
        #[command(flatten)]
        on: On,
    },
    /// Take a change back, by its number in the history
    Undo {
        /// The number
        number: i64,
        #[command(flatten)]
        on: On,
    },
    /// Print who changed what, newest first
    History {
        #[command(flatten)]
        keeping: Keeping,
    },
    /// Print the places of a store, also retired ones, for «import» and for other programs
    Export {
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        #[command(flatten)]
        keeping: Keeping,
        #[command(flatten)]
        places: Places,
    },
    /// Enter the places of a file: CSV, GeoJSON, Linked Places
    Import {
        /// The file
        file: PathBuf,
        /// What it is [default: what it looks like]
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        on: On,
    },
    /// Say what place a name means
    Pin {
        /// The name as it stands in reports
        name: String,
        /// The place
        id: String,
        #[command(flatten)]
        scope: ScopeArguments,
        #[command(flatten)]
        on: On,
    },
    /// Say that a name is no place
    Reject {
        /// The name as it stands in reports
        name: String,
        #[command(flatten)]
        scope: ScopeArguments,
        #[command(flatten)]
        on: On,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Comma-separated values (RFC 4180)
    Csv,
    /// GeoJSON (RFC 7946)
    Geojson,
    /// Linked Places 1.3
    Lpf,
}

impl From<Format> for ExchangeFormat {
    fn from(format: Format) -> ExchangeFormat {
        match format {
            Format::Csv => ExchangeFormat::Csv,
            Format::Geojson => ExchangeFormat::GeoJson,
            Format::Lpf => ExchangeFormat::LinkedPlaces,
        }
    }
}

/// Which store, and whether only to try.
#[derive(Debug, Args)]
pub(in crate::cli) struct On {
    /// Say what would change, and save nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) keeping: Keeping,
    #[command(flatten)]
    pub(in crate::cli) places: Places,
}

/// What can be said of a place.
#[derive(Debug, Args)]
pub(in crate::cli) struct Fields {
    /// Degrees east
    #[arg(long, allow_hyphen_values = true)]
    pub(in crate::cli) lon: Option<f64>,
    /// Degrees north
    #[arg(long, allow_hyphen_values = true)]
    pub(in crate::cli) lat: Option<f64>,
    /// GeoNames feature code [default for a new place: PPL]
    #[arg(long)]
    pub(in crate::cli) feature: Option<String>,
    /// Another name, «ar:تلاتاي» or «old:Fort-Lamy»; may be given several times
    #[arg(long = "also", value_name = "LANG:NAME")]
    pub(in crate::cli) names: Vec<String>,
    /// ISO 3166-1 alpha-2 [default for a new place: of the nearest known place]
    #[arg(long)]
    pub(in crate::cli) country: Option<String>,
    /// First-level unit [default for a new place: of the nearest known place]
    #[arg(long)]
    pub(in crate::cli) admin1: Option<String>,
    /// The place that it lies in, by id
    #[arg(long)]
    pub(in crate::cli) parent: Option<String>,
    /// How far the place reaches, metres
    #[arg(long)]
    pub(in crate::cli) radius_m: Option<u32>,
    /// Since when it is there: a day, month or year
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) valid_from: Option<String>,
    /// Until when
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) valid_to: Option<String>,
    /// Where this is known from
    #[arg(long)]
    pub(in crate::cli) source: Option<String>,
    /// What should be remembered about it
    #[arg(long)]
    pub(in crate::cli) note: Option<String>,
}

/// Where a correction holds; everywhere when nothing is said.
#[derive(Debug, Args)]
pub(in crate::cli) struct ScopeArguments {
    /// In this report
    #[arg(long, value_name = "ID", conflicts_with_all = ["source", "in_country"])]
    pub(in crate::cli) report: Option<String>,
    /// Only where the name begins at this code point of the report
    #[arg(long, requires = "report")]
    pub(in crate::cli) start: Option<u32>,
    /// In the reports of this source
    #[arg(long, conflicts_with = "in_country")]
    pub(in crate::cli) source: Option<String>,
    /// In reports that name other places of this country
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) in_country: Option<String>,
    /// Why
    #[arg(long, default_value = "")]
    pub(in crate::cli) note: String,
}

impl ScopeArguments {
    pub(in crate::cli) fn scope(&self, name: &str) -> Scope {
        match (&self.report, self.start, &self.source, &self.in_country) {
            (Some(report), Some(start), ..) => {
                Scope::Mention { report_id: report.clone(), start, end: start + name.chars().count() as u32 }
            }
            (Some(report), None, ..) => Scope::Report { report_id: report.clone() },
            (None, _, Some(source), _) => Scope::Source { source: source.clone() },
            (None, _, None, Some(country)) => Scope::Country { country: country.clone() },
            (None, _, None, None) => Scope::Always,
        }
    }
}

impl Fields {
    /// Lays what was given over a place.
    pub(in crate::cli) fn over(&self, mut place: NewPlace) -> NewPlace {
        let set = |cell: &mut String, given: &Option<String>| given.iter().for_each(|text| cell.clone_from(text));
        place.lon = self.lon.unwrap_or(place.lon);
        place.lat = self.lat.unwrap_or(place.lat);
        if self.feature.is_some() {
            place.class.clear();
        }
        set(&mut place.feature, &self.feature);
        set(&mut place.parent, &self.parent);
        set(&mut place.valid_from, &self.valid_from);
        set(&mut place.valid_to, &self.valid_to);
        set(&mut place.source, &self.source);
        set(&mut place.note, &self.note);
        place.names.extend(self.names.iter().map(|n| tagged(n)));
        place.country = self.country.clone().or(place.country);
        place.admin1 = self.admin1.clone().or(place.admin1);
        place.radius_m = self.radius_m.or(place.radius_m);
        place
    }
}

/// «ar:تلاتاي», «old:Fort-Lamy», or a name alone.
fn tagged(name: &str) -> PlaceName {
    match name.split_once(':') {
        Some(("old", name)) => PlaceName { name: name.to_owned(), lang: String::new(), kind: NameKind::Historic },
        Some((lang, name)) => PlaceName { name: name.to_owned(), lang: lang.to_owned(), kind: NameKind::Variant },
        None => PlaceName { name: name.to_owned(), ..PlaceName::default() },
    }
}

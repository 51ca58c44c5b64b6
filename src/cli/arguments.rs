//! What can be typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::document::Columns;
use crate::gazetteer::kind::Kind;
use crate::layer::{FORMATS, Format};
use crate::server::rules::{Origins, Tiles};

use super::find;

/// Reads reports in Arabic, French and English and puts what they say on a map.
#[derive(Debug, Parser)]
#[command(name = "dalil", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Say only what went wrong
    #[arg(long, global = true)]
    pub(super) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read reports and show them on a map
    Map(Map),
    /// Read reports and print what they say, one object a report
    Parse(Parse),
    /// Read reports into a store
    Ingest(Ingest),
    /// Follow feeds and folders: what is new in them is read into a store
    Watch(super::watch::Arguments),
    /// Show the map of a store
    Serve(Serve),
    /// Make, list and take back tokens: who may ask and write over a network
    #[command(subcommand)]
    Token(super::token::Token),
    /// Print what a store holds
    Export(Export),
    /// Search, count, build and add places
    #[command(subcommand)]
    Gazetteer(Gazetteer),
    /// Say for each mention in a report why it means the place it means
    Explain(Explain),
    /// Check the data files of a geodata folder, or a GeoJSON file against RFC 7946
    Check(Check),
    /// Print the scores against gold files
    Eval(Evaluate),
    /// Make a learned file again
    #[command(subcommand)]
    Train(super::train::Train),
}

/// How reports are read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Day of publication of reports that do not say theirs (2022-09-06)
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<Date>,
    /// Which columns of tables and records hold what [default: their heads tell]: «text=Body,published=Date»; also title, source, author, url, id, lang
    #[arg(long, value_name = "FIELD=COLUMN,…", value_parser = super::input::columns)]
    pub(super) columns: Option<Columns>,
    #[command(flatten)]
    pub(super) places: Places,
}

/// Which places are known.
#[derive(Debug, Args)]
pub(super) struct Places {
    /// More places: a file of rows, or one made by «gazetteer build»; may be given several times
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

/// Where things are kept.
#[derive(Debug, Args)]
pub(super) struct Keeping {
    /// Folder of the store [default: the platform's data folder]
    #[arg(long, value_name = "DIR")]
    pub(super) store: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Map {
    /// Text files, JSON Lines, JSON, folders of them; «-» is standard input
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// Folder of the store [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    pub(super) store: Option<PathBuf>,
    #[command(flatten)]
    pub(super) serving: Serving,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Parse {
    /// Text files, JSON Lines, JSON, folders of them; «-» or nothing is standard input
    pub(super) paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ParseFormat::Jsonl)]
    pub(super) format: ParseFormat,
    /// Read all reports before printing, and give each incident the event (`cluster_id`) that it is one telling of
    #[arg(long)]
    pub(super) events: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ParseFormat {
    /// One object a line
    Jsonl,
    /// One array
    Json,
    /// A GeoJSON FeatureCollection of the incidents
    Geojson,
}

#[derive(Debug, Args)]
pub(super) struct Ingest {
    /// Text files, JSON Lines, JSON, folders of them; «-» is standard input
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) keeping: Keeping,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// Where is answered, and whom.
#[derive(Debug, Args)]
pub(super) struct Serving {
    /// Address to serve on [default: 127.0.0.1:8080, or a free port when that is taken]
    #[arg(long, value_name = "ADDR")]
    pub(super) listen: Option<SocketAddr>,
    /// Ask for a token («token create») for every change, as is always done on addresses that other machines reach
    #[arg(long)]
    pub(super) tokens: bool,
    /// Ask for a token for reading, too
    #[arg(long)]
    pub(super) private: bool,
    /// Answer the coarse map at /embed to everybody, also with --private
    #[arg(long)]
    pub(super) open_embed: bool,
    /// Requests a second of each client that is not this machine; 0: as many as it likes
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) rate: u32,
    /// Origins whose pages may read, separated by commas, or «*» for all
    #[arg(long, value_name = "https://…,…", value_parser = super::serve::origins)]
    pub(super) cors: Option<Origins>,
    /// Pictures to draw under the map instead of the base map inside: the page then asks that server, and nobody else
    #[arg(long, value_name = "https://…/{z}/{x}/{y}.png", value_parser = Tiles::parse)]
    pub(super) tiles: Option<Tiles>,
    /// Whom the map names for these pictures
    #[arg(long, value_name = "TEXT", requires = "tiles")]
    pub(super) tiles_credit: Option<String>,
    /// What is written to standard error of requests [default: a line for each that the server failed at]
    #[arg(long, value_enum)]
    pub(super) log: Option<LogFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// A line for each
    Text,
    /// A JSON object a line
    Json,
    /// Nothing
    Off,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) keeping: Keeping,
    #[command(flatten)]
    pub(super) serving: Serving,
    #[command(flatten)]
    pub(super) places: Places,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    pub(super) keeping: Keeping,
    /// How to write it
    #[arg(long, value_parser = formats(), default_value = "geojson")]
    pub(super) format: &'static Format,
    /// incidents, clusters, mentions, places, corrections, incident-corrections, rulings or reports
    #[arg(long, default_value = "incidents")]
    pub(super) collection: String,
    /// Write beside the result what it is: filter, counts, versions, hash (JSON)
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,
    /// A time (RFC 3339) that the result is to tell as that of the export [default: it tells none]
    #[arg(long, value_name = "TIME")]
    pub(super) exported: Option<jiff::Timestamp>,
    /// Begin tables with a byte order mark: Excel then reads Arabic when the file is opened by a double click
    #[arg(long)]
    pub(super) bom: bool,
    #[command(flatten)]
    pub(super) filters: Filters,
}

/// The names of the formats, and those by them.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.title));
    PossibleValuesParser::new(names).try_map(|name| Format::named(&name).ok_or("no format"))
}

/// The same filters as over HTTP.
#[derive(Debug, Args)]
pub(super) struct Filters {
    /// west,south,east,north
    #[arg(long, allow_hyphen_values = true)]
    pub(super) bbox: Option<String>,
    /// A day, or start/end with «..» for an open end
    #[arg(long)]
    pub(super) datetime: Option<String>,
    #[arg(long)]
    pub(super) event_type: Option<String>,
    #[arg(long)]
    pub(super) sub_event_type: Option<String>,
    #[arg(long)]
    pub(super) status: Option<String>,
    #[arg(long)]
    pub(super) granularity: Option<String>,
    #[arg(long)]
    pub(super) lang: Option<String>,
    #[arg(long)]
    pub(super) country: Option<String>,
    /// Words that all must be there
    #[arg(long)]
    pub(super) q: Option<String>,
    /// A condition in CQL2, text or JSON
    #[arg(long)]
    pub(super) filter: Option<String>,
    /// Properties separated by commas, «-» before one for the greatest first
    #[arg(long, allow_hyphen_values = true)]
    pub(super) sortby: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Gazetteer {
    /// Places whose name is, begins with or nearly is the query
    Search(Search),
    /// For each JSON line with a name, the places that it may mean, best first
    Match(Matching),
    /// How many places and names are known
    Stats {
        #[command(flatten)]
        places: Places,
        /// Read all tables to the end and compare them with their checksums
        #[arg(long)]
        verify: bool,
    },
    /// Read gazetteer files of any kind and compile them to one that opens without parsing
    Build(Build),
    /// Learn what spellings cost from names recorded in two scripts, as geodata/spelling/costs.tsv holds it
    Learn {
        /// Files of tab-separated rows
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Hold a tenth of the places out, learn from the rest, and look for the names held out
    Measure {
        /// Files of tab-separated rows
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only these countries, two capital letters each
        #[arg(long, value_delimiter = ',')]
        country: Vec<String>,
        /// Print so many misses of each country
        #[arg(long, default_value_t = 0)]
        misses: usize,
    },
    /// Change places and how names are read
    #[command(flatten)]
    Overlay(Box<super::overlay::Overlay>),
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// A name in any script, with or without the unit it lies in: «Gao, Mali»
    pub(super) query: String,
    /// Most places to print
    #[arg(long, default_value_t = 10)]
    pub(super) limit: usize,
    /// Only in these countries (ISO 3166-1, two or three letters, separated by commas)
    #[arg(long, value_delimiter = ',', value_parser = find::country)]
    pub(super) country: Vec<String>,
    /// Places near this point first
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, value_parser = find::point)]
    pub(super) near: Option<geo::Point>,
    /// Only places of these kinds: a feature class (P), a code (PPLA), a layer (country, region, locality)
    #[arg(long, value_delimiter = ',', value_parser = find::kind)]
    pub(super) kind: Vec<Kind>,
    #[command(flatten)]
    pub(super) keeping: Keeping,
    #[command(flatten)]
    pub(super) places: Places,
}

#[derive(Debug, Args)]
pub(super) struct Matching {
    /// JSON Lines with «name» and, if known, «country»; «-» or nothing is standard input
    pub(super) file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) places: Places,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// Rows of our own, GeoNames dumps with alternate names and hierarchy, CSV, GeoJSON, Linked Places, p-codes, Who's On First;
    /// plain or packed (zst, gz, zip)
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Format of the files [default: what stands in them tells]: dalil, geonames, alternate-names, hierarchy, wof, csv, pcodes, geojson, linked-places
    #[arg(long)]
    pub(super) format: Option<String>,
    /// Which column of a table, or property of a feature, holds what [default: guessed]: «id=code,name=Name,lat=Y,lon=X,ar=Nom arabe»
    #[arg(long, value_name = "KEY=COLUMN,…")]
    pub(super) columns: Option<String>,
    /// File for all refused rows and their reasons
    #[arg(long, value_name = "FILE")]
    pub(super) refused: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A report; «-» is standard input
    pub(super) path: PathBuf,
    /// Only the mention or word at this code point, and what would have changed the answer
    #[arg(long, value_name = "OFFSET", conflicts_with = "word")]
    pub(super) at: Option<u32>,
    /// Only this name or word, wherever it stands, and what would have changed the answer
    #[arg(long)]
    pub(super) word: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(super) format: ExplainFormat,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// For people
    Text,
    /// One object a line
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder, or a GeoJSON file («-» is standard input)
    #[arg(default_value = "geodata")]
    pub(super) path: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Evaluate {
    #[command(flatten)]
    pub(super) arguments: super::eval::Arguments,
    #[command(flatten)]
    pub(super) places: Places,
}

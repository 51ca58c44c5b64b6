//! The parameters of the geocoding interface, named as Pelias names them, every bad value refused with what could be used.

use std::collections::BTreeMap;

use geo::Point;
use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::gazetteer::country_code;
use crate::gazetteer::kind::Kind;
use crate::gazetteer::search::{Mode, Query, Within};
use crate::lang::Lang;
use crate::layer;
use crate::snapshot::parameters::{Pairs, number};

const DEFAULT_SIZE: usize = 10;
/// As many as are kept for a few letters.
pub(super) const MAX_SIZE: usize = 100;
pub(super) const MAX_TEXT_CHARS: usize = 200;
/// A circle around a point, kilometres: half of the globe.
pub(super) const MAX_RADIUS_KM: f64 = 20_100.0;
/// Layers of Pelias that no place here belongs to.
const EMPTY_LAYERS: [&str; 9] =
    ["address", "street", "postalcode", "borough", "macrocounty", "macrohood", "empire", "intersection", "custom"];

/// Parameters of search and autocomplete; `q` and `limit` are older names of `text` and `size`.
pub(super) const SEARCH: [&str; 19] = [
    "text",
    "q",
    "size",
    "limit",
    "lang",
    "layers",
    "sources",
    "focus.point.lat",
    "focus.point.lon",
    "boundary.country",
    "boundary.circle.lat",
    "boundary.circle.lon",
    "boundary.circle.radius",
    "boundary.rect.min_lat",
    "boundary.rect.min_lon",
    "boundary.rect.max_lat",
    "boundary.rect.max_lon",
    "api_key",
    "private",
];
/// Parameters of reverse.
pub(super) const REVERSE: [&str; 9] =
    ["point.lat", "point.lon", "size", "lang", "layers", "sources", "boundary.country", "boundary.circle.radius", "api_key"];
/// Parameters of place.
pub(super) const PLACE: [&str; 3] = ["ids", "lang", "api_key"];

/// Parameters of spell.
pub(super) const SPELL: [&str; 2] = ["text", "country"];

/// A request for places by name.
#[derive(Clone, Debug)]
pub(super) struct Sought {
    pub(super) query: Query,
    pub(super) lang: Option<Lang>,
    /// What was understood, for the answer.
    pub(super) echo: Value,
}

/// A request for places around a point.
#[derive(Clone, Debug)]
pub(super) struct Around {
    pub(super) point: Point,
    /// All of a query but its text.
    pub(super) filter: Query,
    pub(super) lang: Option<Lang>,
    pub(super) echo: Value,
}

/// A request for places by identifier.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    pub(super) wanted: Vec<String>,
    pub(super) lang: Option<Lang>,
    pub(super) echo: Value,
}

pub(super) fn sought(pairs: Pairs, mode: Mode) -> Result<Sought> {
    let mut given = Taken::of(pairs, &SEARCH)?;
    let text = match (given.take("text"), given.take("q")) {
        (Some(text), None) | (None, Some(text)) if text.chars().count() <= MAX_TEXT_CHARS => text,
        (Some(text), None) | (None, Some(text)) => {
            return Err(Error::value("text", format!("{} characters", text.chars().count()), &format!("at most {MAX_TEXT_CHARS}")));
        }
        (Some(_), Some(_)) => return Err(Error::value("q", "text and q", "one of them")),
        (None, None) => return Err(Error::value("text", "nothing", "the name to look for")),
    };
    given.echo("text", json!(text));
    let older = given.take("limit").map(|v| number("limit", &v, 1, MAX_SIZE)).transpose()?;
    let (filter, lang) = given.filter(older)?;
    let near = given.point("focus.point")?;
    let mut within = Vec::new();
    within.extend(given.circle()?);
    within.extend(given.rectangle()?);
    Ok(Sought { query: Query { text, near, within, mode, ..filter }, lang, echo: given.said() })
}

/// The name to be spelt, and the country whose habits it follows.
pub(super) fn spelling(pairs: Pairs) -> Result<(String, String)> {
    let mut given = Taken::of(pairs, &SPELL)?;
    let text = given.take("text").filter(|text| text.chars().count() <= MAX_TEXT_CHARS);
    let text = text.ok_or_else(|| Error::value("text", "nothing, or more", &format!("a name of at most {MAX_TEXT_CHARS} characters")))?;
    Ok((text, given.take("country").unwrap_or_default()))
}

pub(super) fn around(pairs: Pairs) -> Result<Around> {
    let mut given = Taken::of(pairs, &REVERSE)?;
    let point = given.point("point")?.ok_or_else(|| Error::value("point.lat", "nothing", "point.lat and point.lon in degrees"))?;
    let (mut filter, lang) = given.filter(None)?;
    if let Some(radius_m) = given.radius_m()? {
        filter.within.push(Within::Circle { centre: point, radius_m });
    }
    Ok(Around { point, filter, lang, echo: given.said() })
}

pub(super) fn ids(pairs: Pairs) -> Result<Ids> {
    let mut given = Taken::of(pairs, &PLACE)?;
    let wanted = given.take("ids").ok_or_else(|| Error::value("ids", "nothing", "identifiers separated by commas"))?;
    let expected = "source:layer:id (geonames:locality:2457163) or an identifier (geonames:2457163)";
    let ids: Vec<String> = wanted
        .split(',')
        .map(|gid| layer::id_of_gid(gid.trim()).ok_or_else(|| Error::value("ids", format!("«{}»", gid.trim()), expected)))
        .collect::<Result<_>>()?;
    if ids.len() > MAX_SIZE {
        return Err(Error::value("ids", format!("{} identifiers", ids.len()), &format!("at most {MAX_SIZE}")));
    }
    given.echo("ids", json!(wanted.split(',').map(str::trim).collect::<Vec<_>>()));
    let lang = given.lang();
    Ok(Ids { wanted: ids, lang, echo: given.said() })
}

/// Parameters that are taken one by one, and what was understood of them.
struct Taken {
    values: BTreeMap<String, String>,
    said: Map<String, Value>,
}

impl Taken {
    fn of(pairs: Pairs, known: &[&str]) -> Result<Taken> {
        let mut values = BTreeMap::new();
        for (name, value) in pairs {
            if !known.contains(&name.as_str()) {
                return Err(Error::value(&name, "an unknown parameter", &format!("one of {}", known.join(", "))));
            }
            if values.insert(name.clone(), value).is_some() {
                return Err(Error::value(&name, "the parameter twice", "it once, values separated by commas"));
            }
        }
        Ok(Taken { values, said: Map::new() })
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.values.remove(name).filter(|v| !v.trim().is_empty())
    }

    fn echo(&mut self, name: &str, value: Value) {
        self.said.insert(name.to_owned(), value);
    }

    fn said(self) -> Value {
        Value::Object(self.said)
    }

    /// Size, layers, sources, country and language, which all requests have.
    fn filter(&mut self, older_size: Option<usize>) -> Result<(Query, Option<Lang>)> {
        let size = self.take("size").map(|v| number("size", &v, 1, MAX_SIZE)).transpose()?;
        let limit = size.or(older_size).unwrap_or(DEFAULT_SIZE);
        self.echo("size", json!(limit));
        let list = |text: String| text.split(',').map(|part| part.trim().to_ascii_lowercase()).collect::<Vec<_>>();
        let mut kinds = Vec::new();
        if let Some(layers) = self.take("layers").map(list) {
            for layer in &layers {
                kinds.push(kind(layer)?);
            }
            self.echo("layers", json!(layers));
        }
        let mut sources = Vec::new();
        if let Some(named) = self.take("sources").map(list) {
            sources.extend(named.iter().map(|s| layer::space_of(s).to_owned()));
            self.echo("sources", json!(named));
        }
        let mut countries = Vec::new();
        if let Some(codes) = self.take("boundary.country").map(list) {
            for code in &codes {
                let expected = "ISO 3166-1 letters, two or three";
                let known = country_code::alpha2(code).ok_or_else(|| Error::value("boundary.country", format!("«{code}»"), expected))?;
                countries.push(known.to_owned());
            }
            self.echo("boundary.country", json!(countries));
        }
        let lang = self.lang();
        Ok((Query { limit, countries, kinds, sources, ..Query::default() }, lang))
    }

    /// A language that is not known here gives the names for display, as Pelias falls back to English.
    fn lang(&mut self) -> Option<Lang> {
        let given = self.take("lang");
        let lang = given.as_deref().and_then(Lang::from_code);
        let (name, three) = match lang {
            Some(Lang::Ar) => ("Arabic", "ara"),
            Some(Lang::Fr) => ("French", "fra"),
            _ => ("English", "eng"),
        };
        let code = lang.map_or("en", Lang::code);
        self.echo("lang", json!({"name": name, "iso6391": code, "iso6393": three, "defaulted": lang.is_none()}));
        lang
    }

    fn degrees(&mut self, name: &str, most: f64) -> Result<Option<f64>> {
        let Some(text) = self.take(name) else { return Ok(None) };
        match text.trim().parse::<f64>() {
            Ok(value) if value.abs() <= most => {
                self.echo(name, json!(value));
                Ok(Some(value))
            }
            _ => Err(Error::value(name, format!("«{text}»"), &format!("degrees between -{most} and {most}"))),
        }
    }

    /// Two parameters that make a point, or neither.
    fn corner(&mut self, lat: &str, lon: &str) -> Result<Option<Point>> {
        match (self.degrees(lat, 90.0)?, self.degrees(lon, 180.0)?) {
            (Some(y), Some(x)) => Ok(Some(Point::new(x, y))),
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Error::value(lat, "nothing", &format!("degrees, since {lon} is given"))),
            (Some(_), None) => Err(Error::value(lon, "nothing", &format!("degrees, since {lat} is given"))),
        }
    }

    fn point(&mut self, prefix: &str) -> Result<Option<Point>> {
        self.corner(&format!("{prefix}.lat"), &format!("{prefix}.lon"))
    }

    fn radius_m(&mut self) -> Result<Option<f64>> {
        const NAME: &str = "boundary.circle.radius";
        let Some(text) = self.take(NAME) else { return Ok(None) };
        match text.trim().parse::<f64>() {
            Ok(km) if km > 0.0 && km <= MAX_RADIUS_KM => {
                self.echo(NAME, json!(km));
                Ok(Some(km * 1_000.0))
            }
            _ => Err(Error::value(NAME, format!("«{text}»"), &format!("kilometres, more than 0 and at most {MAX_RADIUS_KM}"))),
        }
    }

    fn circle(&mut self) -> Result<Option<Within>> {
        match (self.point("boundary.circle")?, self.radius_m()?) {
            (Some(centre), Some(radius_m)) => Ok(Some(Within::Circle { centre, radius_m })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(Error::value("boundary.circle.radius", "nothing", "kilometres")),
            (None, Some(_)) => Err(Error::value("boundary.circle.lat", "nothing", "boundary.circle.lat and boundary.circle.lon")),
        }
    }

    fn rectangle(&mut self) -> Result<Option<Within>> {
        let least = self.corner("boundary.rect.min_lat", "boundary.rect.min_lon")?;
        let most = self.corner("boundary.rect.max_lat", "boundary.rect.max_lon")?;
        match (least, most) {
            (Some(south_west), Some(north_east)) if south_west.y() <= north_east.y() => Ok(Some(Within::Box { south_west, north_east })),
            (None, None) => Ok(None),
            _ => Err(Error::value("boundary.rect.min_lat", "no rectangle", "min_lat, min_lon, max_lat and max_lon, least before most")),
        }
    }
}

fn kind(layer: &str) -> Result<Kind> {
    if EMPTY_LAYERS.contains(&layer) {
        // A code that no place has.
        return Ok(Kind::Code(String::new()));
    }
    Kind::from_word(layer)
        .ok_or_else(|| Error::value("layers", format!("«{layer}»"), "layers such as country, region, county, locality, venue, coarse"))
}

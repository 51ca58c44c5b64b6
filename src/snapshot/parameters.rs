//! The parameters of a question, in an address or on the command line, as a predicate; every value that cannot be used is refused with
//! what could.

mod value;
mod words;

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::store::Collection;

use super::cql;
use super::page::{Cursor, Sort};
use super::predicate::{Leaf, Predicate, TextTest};
use super::schema::{Kind, Property, Schema, schema};
use value::{datetime, flag, limit, range};
use words::words;

pub use value::{bbox, number};
pub use words::{Bearers, MAX_Q_CHARS};

/// Features of a part when the asker does not say.
const DEFAULT_LIMIT: usize = 1_000;
/// Most features of a part.
pub const MAX_LIMIT: usize = 10_000;

/// Names and values of a query string, in its order.
pub type Pairs = Vec<(String, String)>;

/// Parameters that are no properties, with what they say.
pub const GENERAL: [(&str, &str); 10] = [
    ("datetime", "a day or time (RFC 3339), or start/end with «..» for an open end"),
    ("q", "words that all must be there, in any spelling; the names of places in any script"),
    ("filter", "a condition in CQL2"),
    ("filter-lang", "cql2-text or cql2-json"),
    ("filter-crs", "the coordinates of the filter: CRS84 alone"),
    ("sortby", "properties separated by commas, «-» before one for the greatest first"),
    ("limit", "most features of the answer"),
    ("offset", "features passed over"),
    ("after", "where the part before ended: what its «next» link says"),
    ("download", "1: the answer is to be saved as a file"),
];
/// The parameter of collections that are drawn.
pub const BBOX: (&str, &str) = ("bbox", "west,south,east,north in degrees; west greater than east crosses the antimeridian");
/// The one reference system.
/// The coordinates of everything.
pub const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// A question about a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Of what.
    pub collection: Collection,
    /// The conditions, each with the parameter that it came from.
    pub conditions: Vec<(String, Predicate)>,
    /// What was asked for because nothing was said, as parameters.
    pub assumed: Pairs,
    /// In which order.
    pub sort: Sort,
    /// After which feature.
    pub after: Option<Cursor>,
    /// After how many more.
    pub offset: usize,
    /// How many at most.
    pub limit: usize,
    /// Whether the answer is to be saved as a file.
    pub is_download: bool,
    /// The folded words of `q`.
    words: Vec<String>,
}

impl Question {
    /// All conditions at once.
    pub fn predicate(&self) -> Predicate {
        self.without("")
    }

    /// All conditions but that of one parameter.
    pub fn without(&self, parameter: &str) -> Predicate {
        let parts = self.conditions.iter().filter(|(name, _)| name != parameter).map(|(_, p)| p.clone());
        parts.fold(Predicate::Always(true), Predicate::and)
    }

    /// Reads parameters; `more` are names that the caller reads himself and are passed over.
    ///
    /// # Errors
    /// [`Error::Value`] for the first parameter that is unknown, given twice or has a value that cannot be used.
    pub fn parse(collection: Collection, pairs: Pairs, more: &[&str]) -> Result<Question> {
        let schema = schema(collection);
        let mut given = Given::of(&schema, pairs, more)?;
        let mut conditions = Vec::new();
        let mut add = |name: &str, predicate: Predicate| conditions.push((name.to_owned(), predicate));
        if let Some(value) = given.take("bbox") {
            add("bbox", Predicate::leaf(Leaf::Box(bbox(&value)?)));
        }
        if let Some(value) = given.take("datetime") {
            add("datetime", Predicate::leaf(Leaf::During(datetime(&value)?)));
        }
        let words = given.take("q").map(|value| words(&value)).transpose()?.unwrap_or_default();
        if !words.is_empty() {
            let each = words.iter().map(|word| Predicate::leaf(Leaf::Word(word.clone())));
            add("q", each.fold(Predicate::Always(true), Predicate::and));
        }
        if let Some(filter) = filter(&schema, &mut given)? {
            add("filter", filter);
        }
        for (at, property) in asked_by_name(&schema) {
            if let Some(value) = given.take(property.name) {
                add(property.name, condition(at, property, &value)?);
            }
        }
        let mut assumed = Pairs::new();
        for (name, value) in by_default(collection) {
            let Some((at, property)) = schema.find(name) else { continue };
            if !conditions.iter().any(|(_, predicate)| predicate.asks(at)) {
                conditions.push(((*name).to_owned(), condition(at, property, value)?));
                assumed.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        let sort = given.take("sortby").map(|v| Sort::parse(&schema, &v)).transpose()?.unwrap_or_default();
        Ok(Question {
            collection,
            conditions,
            assumed,
            after: given.take("after").map(|v| Cursor::parse(&sort, &v)).transpose()?,
            sort,
            offset: given.take("offset").map(|v| number("offset", &v, 0, u32::MAX as usize)).transpose()?.unwrap_or(0),
            limit: given.take("limit").map(|v| limit(&v)).transpose()?.unwrap_or(DEFAULT_LIMIT),
            is_download: given.take("download").map(|v| flag("download", &v)).transpose()?.unwrap_or(false),
            words,
        })
    }
}

/// What is asked for where nothing is said of a property: of incidents the single ones that nobody rejected.
fn by_default(collection: Collection) -> &'static [(&'static str, &'static str)] {
    match collection {
        Collection::Incidents => &[("granularity", "incident"), ("verdict", "confirmed,none")],
        _ => &[],
    }
}

/// The properties that can be asked for by their name alone.
pub fn asked_by_name(schema: &Schema) -> impl Iterator<Item = (usize, &'static Property)> {
    schema.properties.iter().enumerate().filter(|(_, p)| !matches!(p.kind, Kind::Day | Kind::Real))
}

/// The parameters that a collection knows, by name.
pub fn parameters(collection: Collection) -> Vec<&'static str> {
    let schema = schema(collection);
    let mut names: Vec<&str> = GENERAL.iter().map(|(name, _)| *name).chain(asked_by_name(&schema).map(|(_, p)| p.name)).collect();
    if collection.is_drawn() {
        names.push(BBOX.0);
    }
    names.sort_unstable();
    names
}

/// Values that were given, each once.
struct Given(BTreeMap<String, String>);

impl Given {
    fn of(schema: &Schema, pairs: Pairs, more: &[&str]) -> Result<Given> {
        let known = parameters(schema.collection);
        let mut values = BTreeMap::new();
        for (name, value) in pairs {
            if more.contains(&name.as_str()) {
                continue;
            }
            if !known.contains(&name.as_str()) {
                let known: Vec<&str> = known.iter().chain(more).copied().collect();
                return Err(Error::value(&name, "an unknown parameter", &format!("one of {}", known.join(", "))));
            }
            if values.insert(name.clone(), value).is_some() {
                return Err(Error::value(&name, "the parameter twice", "it once, values separated by commas"));
            }
        }
        Ok(Given(values))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).filter(|v| !v.is_empty())
    }
}

fn filter(schema: &Schema, given: &mut Given) -> Result<Option<Predicate>> {
    let (lang, crs) = (given.take("filter-lang"), given.take("filter-crs"));
    if let Some(lang) = lang.as_ref().filter(|lang| !matches!(lang.as_str(), "cql2-text" | "cql2-json")) {
        return Err(Error::value("filter-lang", format!("«{lang}»"), "cql2-text or cql2-json"));
    }
    if let Some(crs) = crs.filter(|crs| crs != CRS84) {
        return Err(Error::value("filter-crs", format!("«{crs}»"), CRS84));
    }
    let Some(filter) = given.take("filter") else { return Ok(None) };
    let is_json = match lang.as_deref() {
        Some(lang) => lang == "cql2-json",
        None => filter.trim_start().starts_with('{'),
    };
    let read = if is_json { cql::from_json(schema, &filter) } else { cql::from_text(schema, &filter) };
    read.map(Some)
}

/// `value,value` of texts, `3`, `3,5` or `3..10` of whole numbers, true or false.
fn condition(at: usize, property: &Property, value: &str) -> Result<Predicate> {
    let parts = apart(value);
    let allowed = (property.allowed)();
    if let Some(unknown) = parts.iter().find(|part| !allowed.is_empty() && !allowed.contains(&part.as_str())) {
        return Err(Error::value(property.name, format!("«{unknown}»"), &format!("one or several of: {}", allowed.join(", "))));
    }
    match property.kind {
        Kind::Integer => {
            let range = |part: &String| range(part).map(|range| Predicate::leaf(Leaf::Number(at, range)));
            let expected = "whole numbers or ranges, such as 3 or 3..10 or 3..";
            let any: Option<Vec<Predicate>> = parts.iter().map(range).collect();
            Ok(Predicate::Or(any.ok_or_else(|| Error::value(property.name, format!("«{value}»"), expected))?))
        }
        Kind::Flag => Ok(Predicate::leaf(Leaf::Text(at, TextTest::OneOf(vec![flag(property.name, value)?.to_string()])))),
        _ if property.name == "country" => match parts.iter().find(|p| p.len() != 2 || !p.bytes().all(|b| b.is_ascii_uppercase())) {
            Some(wrong) => Err(Error::value("country", format!("«{wrong}»"), "two capital letters (ISO 3166-1 alpha-2)")),
            None => Ok(Predicate::leaf(Leaf::Text(at, TextTest::OneOf(parts)))),
        },
        _ => Ok(Predicate::leaf(Leaf::Text(at, TextTest::OneOf(parts)))),
    }
}

/// Values between commas; `\\,` is a comma within one.
fn apart(text: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for part in text.split(',') {
        match values.last_mut() {
            Some(before) if before.ends_with('\\') => {
                before.pop();
                before.push(',');
                before.push_str(part);
            }
            _ => values.push(part.to_owned()),
        }
    }
    values.into_iter().map(|value| value.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Bounds;

    fn ask(name: &str, value: &str) -> Result<Question> {
        Question::parse(Collection::Incidents, vec![(name.to_owned(), value.to_owned())], &[])
    }

    #[test]
    fn a_comma_after_a_backslash_belongs_to_the_value() {
        assert_eq!(apart(r"Wagner, JNIM\, north,\,"), ["Wagner", "JNIM, north", ","]);
        assert_eq!(apart(r"C:\x,"), [r"C:\x", ""]);
    }

    #[test]
    fn intervals_may_be_open() {
        let of = |value: &str| match ask("datetime", value).unwrap().conditions.remove(0).1 {
            Predicate::Leaf(Leaf::During(range)) => (range.from.map(|f| f.0), range.to.map(|t| t.0)),
            other => panic!("{other:?}"),
        };
        assert_eq!(of("2022-09-06"), (Some(19_241.0), Some(19_241.0)));
        assert_eq!(of("2022-09-06T10:00:00Z/.."), (Some(19_241.0), None));
        assert_eq!(of("../1970-01-01"), (None, Some(0.0)));
        assert_eq!(of("2022-09-06T/.."), (Some(19_241.0), None));
    }

    #[test]
    fn a_box_may_have_heights_and_a_limit_may_be_more_than_is_given() {
        let bounds = Bounds { west: 1.0, south: 2.0, east: 3.0, north: 4.0 };
        assert_eq!(bbox("1,2,3,4").unwrap(), bounds);
        assert_eq!(bbox("1,2,-100,3,4,9000").unwrap(), bounds);
        assert!(bbox("1,2,x,3,4,5").is_err());
        for limit in ["10001", "99999999999999999999999"] {
            assert_eq!(ask("limit", limit).unwrap().limit, MAX_LIMIT);
        }
        assert!(ask("limit", "0").is_err() && ask("limit", "-1").is_err());
    }

    #[test]
    fn what_is_said_of_a_property_takes_the_place_of_what_is_asked_by_default() {
        let names = |name: &str, value: &str| ask(name, value).unwrap().conditions.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("country", "ML"), ["country", "granularity", "verdict"]);
        assert_eq!(names("granularity", "aggregate,background"), ["granularity", "verdict"]);
        assert_eq!(names("filter", "verdict = 'rejected' OR granularity = 'incident'"), ["filter"]);
    }

    #[test]
    fn values_that_cannot_be_used_are_refused() {
        for (name, value) in [
            ("bbox", "1,2,3"),
            ("bbox", "1,2,3,x"),
            ("bbox", "0,50,1,40"),
            ("bbox", "0,0,200,10"),
            ("bbox", "NaN,0,1,1"),
            ("datetime", "2022"),
            ("datetime", "2022-13-01"),
            ("datetime", "../.."),
            ("datetime", "2022-09-07/2022-09-06"),
            ("datetime", "2022-09-06T99:00:00Z"),
            ("event_type", "Battle"),
            ("status", "asserted,maybe"),
            ("lang", "de"),
            ("country", "Mali"),
            ("limit", "0"),
            ("limit", "many"),
            ("offset", "-1"),
            ("download", "yes"),
            ("verdict", "maybe"),
            ("killed_best", "many"),
            ("killed_best", "5..3"),
            ("civilian_targeting", "perhaps"),
            ("sortby", "colour"),
            ("filter", "colour = 'red'"),
            ("filter-lang", "sql"),
            ("filter-crs", "EPSG:3857"),
            ("date_start", "2022-09-06"),
            ("colour", "red"),
        ] {
            let given = match name {
                "filter-lang" => vec![(name.to_owned(), value.to_owned()), ("filter".to_owned(), "country = 'ML'".to_owned())],
                _ => vec![(name.to_owned(), value.to_owned())],
            };
            let refused = Question::parse(Collection::Incidents, given, &[]);
            assert!(matches!(refused, Err(Error::Value { parameter, .. }) if parameter == name), "{name}={value}");
        }
    }
}

//! The fields that a person may set, and the values that each may take.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::gazetteer::country_code::is_country;
use crate::incident::{EventType, Granularity, Mode, Status, SubEventType};
use crate::lang::actor_words::KINDS;

/// Longest name of a place or an actor, and longest note, in characters.
const MAX_LINE_CHARS: usize = 200;
const MAX_TEXT_CHARS: usize = 2_000;
/// Most actors of an incident, and most of those who say so.
const MAX_LIST: usize = 50;
/// More people than the greatest displacements count.
const MAX_PERSONS: u64 = 100_000_000;
/// Half the way around the globe.
const MAX_METRES: u64 = 20_000_000;
const MAX_EVENTS: u64 = 1_000_000;

/// Harms that have a lowest, a best and a highest figure.
pub const TOLLS: [&str; 7] = ["killed", "injured", "abducted", "missing", "displaced", "displaced_households", "arrested"];

const ROLES: [&str; 7] = ["actor1", "actor2", "assoc_actor_1", "assoc_actor_2", "victim", "claimant", "blamed"];
const QUALIFIERS: [&str; 7] = ["exact", "at_least", "about", "more_than", "up_to", "less_than", "unknown_plural"];
const SCALES: [&str; 7] = ["Local partner", "Subnational", "National", "Regional", "International", "New media", "Other"];

/// What a value has to be.
#[derive(Clone, Copy)]
enum Shape {
    OneOf(fn() -> Vec<&'static str>),
    Flag,
    Whole(u64, u64),
    Degrees(f64),
    Day,
    Line,
    Text,
    Country,
    Scales,
    Lines,
    Actors,
    Places,
}

/// A field, its shape, and whether null («not told») is a value.
type Field = (&'static str, Shape, bool);

const PERSONS: Shape = Shape::Whole(0, MAX_PERSONS);

const FIELDS: [Field; 34] = [
    ("granularity", Shape::OneOf(|| Granularity::ALL.map(Granularity::label).to_vec()), false),
    ("status", Shape::OneOf(|| Status::ALL.map(Status::label).to_vec()), false),
    ("event_type", Shape::OneOf(|| EventType::ALL.map(EventType::label).to_vec()), false),
    ("sub_event_type", Shape::OneOf(|| SubEventType::ALL.map(SubEventType::label).to_vec()), false),
    ("n_events", Shape::Whole(1, MAX_EVENTS), true),
    ("mode", Shape::OneOf(|| Mode::ALL.map(Mode::label).to_vec()), true),
    ("civilian_targeting", Shape::Flag, false),
    ("type_of_violence", Shape::Whole(1, 3), true),
    ("date_start", Shape::Day, true),
    ("date_end", Shape::Day, true),
    ("time_precision", Shape::Whole(1, 3), true),
    ("date_prec", Shape::Whole(1, 5), true),
    ("place_name", Shape::Line, true),
    ("gazetteer_id", Shape::Line, true),
    ("lat", Shape::Degrees(90.0), true),
    ("lon", Shape::Degrees(180.0), true),
    ("radius_m", Shape::Whole(1, MAX_METRES), true),
    ("geo_precision", Shape::Whole(1, 3), true),
    ("where_prec", Shape::Whole(1, 7), true),
    ("country", Shape::Country, true),
    ("admin1", Shape::Line, true),
    ("admin2", Shape::Line, true),
    ("other_places", Shape::Places, false),
    ("actors", Shape::Actors, false),
    ("claimed_by", Shape::Line, true),
    ("killed_qualifier", Shape::OneOf(|| QUALIFIERS.to_vec()), true),
    ("killed_a", PERSONS, true),
    ("killed_b", PERSONS, true),
    ("killed_civilians", PERSONS, true),
    ("killed_unknown", PERSONS, true),
    ("crowd_low", PERSONS, true),
    ("crowd_high", PERSONS, true),
    ("attribution", Shape::Lines, false),
    ("source_scale", Shape::Scales, true),
];

/// The names of all fields that a person may set, `notes` and the tolls too.
pub fn names() -> Vec<String> {
    let tolls = TOLLS.iter().flat_map(|harm| ["low", "best", "high"].map(|end| format!("{harm}_{end}")));
    FIELDS.iter().map(|(name, ..)| (*name).to_owned()).chain(tolls).chain(["notes".to_owned()]).collect()
}

fn field(name: &str) -> Option<(Shape, bool)> {
    let is_toll = || name.rsplit_once('_').is_some_and(|(harm, end)| TOLLS.contains(&harm) && ["low", "best", "high"].contains(&end));
    let known = FIELDS.iter().find(|(known, ..)| *known == name).map(|(_, shape, has_null)| (*shape, *has_null));
    known.or_else(|| is_toll().then_some((PERSONS, true))).or_else(|| (name == "notes").then_some((Shape::Text, false)))
}

/// The fields as they are kept, each value checked by itself.
///
/// # Errors
/// [`Error::Value`] for a field that cannot be set or a value that it cannot take.
pub fn checked(fields: Map<String, Value>) -> Result<Map<String, Value>> {
    fields.into_iter().map(|(name, value)| value_of(&name, value).map(|value| (name, value))).collect()
}

fn value_of(name: &str, value: Value) -> Result<Value> {
    let parameter = format!("fields.{name}");
    let Some((shape, has_null)) = field(name) else {
        let why = match name {
            "disorder_type" => "nothing: it follows from sub_event_type",
            "country_a3" => "nothing: it follows from country",
            "toll_shared" => "nothing: it follows from other_places",
            "evidence" | "place_surface" | "relation" | "place_role" | "killed_detail" | "killed_told" => {
                "nothing: it tells what the report says"
            }
            _ => &format!("one of {}", names().join(", ")),
        };
        return Err(Error::value(&parameter, "a value", why));
    };
    if value.is_null() && has_null {
        return Ok(value);
    }
    let or_null = if has_null { ", or null" } else { "" };
    let shaped = shaped(&parameter, shape, &value)?;
    shaped.map_err(|expected| Error::value(&parameter, short(&value), &format!("{expected}{or_null}")))
}

/// A value as it is written, the beginning of a long one.
fn short(value: &Value) -> String {
    const MAX_CHARS: usize = 80;
    let written = value.to_string();
    if written.chars().count() <= MAX_CHARS { written } else { written.chars().take(MAX_CHARS).chain(['…']).collect() }
}

/// The value in its shape, or what was expected; what is wrong deeper inside is told as an error of its own.
fn shaped(parameter: &str, shape: Shape, value: &Value) -> Result<std::result::Result<Value, String>> {
    let whole = |least: u64, most: u64| value.as_u64().filter(|n| (least..=most).contains(n));
    let text = value.as_str();
    Ok(match shape {
        Shape::OneOf(list) => {
            let list = list();
            text.filter(|t| list.contains(t)).map(|t| json!(t)).ok_or_else(|| format!("one of {}", list.join(", ")))
        }
        Shape::Flag => value.as_bool().map(Value::Bool).ok_or_else(|| "true or false".to_owned()),
        Shape::Whole(least, most) => whole(least, most).map(|n| json!(n)).ok_or_else(|| format!("a whole number from {least} to {most}")),
        Shape::Degrees(most) => {
            let degrees = value.as_f64().filter(|d| d.is_finite() && d.abs() <= most);
            // Seven decimals are a centimetre.
            degrees.map(|d| json!((d * 1e7).round() / 1e7 + 0.0)).ok_or_else(|| format!("degrees from -{most} to {most}"))
        }
        Shape::Day => {
            let day = text.filter(|t| t.len() == 10).and_then(|t| t.parse::<Date>().ok());
            day.map(|d| json!(d.to_string())).ok_or_else(|| "a day, YYYY-MM-DD".to_owned())
        }
        Shape::Line => text.and_then(line).map(Value::String).ok_or_else(|| format!("one line of 1 to {MAX_LINE_CHARS} characters")),
        Shape::Text => {
            let fits = text.filter(|t| t.chars().count() <= MAX_TEXT_CHARS && !t.chars().any(|c| c.is_control() && c != '\n'));
            fits.map(|t| json!(t.trim())).ok_or_else(|| format!("a text of at most {MAX_TEXT_CHARS} characters"))
        }
        Shape::Country => {
            text.filter(|t| is_country(t)).map(|t| json!(t)).ok_or_else(|| "a country's two capital letters (ISO 3166-1)".to_owned())
        }
        Shape::Scales => {
            let known = text.filter(|t| t.split('-').all(|scale| SCALES.contains(&scale)));
            known.map(|t| json!(t)).ok_or_else(|| format!("scales of sources joined by «-»: {}", SCALES.join(", ")))
        }
        Shape::Lines => {
            let lines = list(value).and_then(|l| l.iter().map(|v| v.as_str().and_then(line)).collect::<Option<Vec<String>>>());
            lines.map(|l| json!(l)).ok_or_else(|| format!("a list of at most {MAX_LIST} names, each one line"))
        }
        Shape::Actors => match list(value) {
            Some(all) => {
                let actors = all.iter().enumerate().map(|(number, one)| actor(&format!("{parameter}[{number}]"), one));
                Ok(Value::Array(actors.collect::<Result<_>>()?))
            }
            None => Err(format!("a list of at most {MAX_LIST} actors")),
        },
        Shape::Places => {
            let places = list(value).and_then(|l| l.iter().map(further).collect::<Option<Vec<Value>>>());
            places
                .map(Value::Array)
                .ok_or_else(|| format!("a list of at most {MAX_LIST} places, each with the gazetteer_id of a known place"))
        }
    })
}

fn list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().filter(|list| list.len() <= MAX_LIST)
}

fn line(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= MAX_LINE_CHARS && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

/// A further place by its identifier: the rest is the gazetteer's to say.
fn further(value: &Value) -> Option<Value> {
    let id = value.as_object()?.get("gazetteer_id")?.as_str().and_then(line)?;
    Some(json!({"gazetteer_id": id}))
}

/// An actor as it is published, but for the code, which hangs on the incident's country.
fn actor(parameter: &str, value: &Value) -> Result<Value> {
    let refuse = |key: &str, expected: &str| Error::value(&format!("{parameter}.{key}"), short(&value[key]), expected);
    let known = ["name", "role", "text", "kind", "inter", "country"];
    let Some(members) = value.as_object() else {
        return Err(Error::value(parameter, short(value), "an actor: name, role, kind, country, text"));
    };
    if let Some(key) = members.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(refuse(key, &format!("one of {}", known.join(", "))));
    }
    let name = value["name"].as_str().and_then(line).ok_or_else(|| refuse("name", "the actor's name, one line"))?;
    let role =
        value["role"].as_str().filter(|r| ROLES.contains(r)).ok_or_else(|| refuse("role", &format!("one of {}", ROLES.join(", "))))?;
    let kinds = || format!("one of {}", KINDS.join(", "));
    let kind = value["kind"].as_str().filter(|k| KINDS.contains(k)).ok_or_else(|| refuse("kind", &kinds()))?;
    let text = value["text"].as_str().unwrap_or_default();
    if text.chars().count() > MAX_LINE_CHARS {
        return Err(refuse("text", &format!("at most {MAX_LINE_CHARS} characters")));
    }
    let country = &value["country"];
    if !country.is_null() && !country.as_str().is_some_and(is_country) {
        return Err(refuse("country", "a country's two capital letters (ISO 3166-1), or null"));
    }
    Ok(json!({"name": name, "role": role, "text": text, "kind": kind, "country": country}))
}

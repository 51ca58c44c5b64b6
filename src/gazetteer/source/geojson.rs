//! GeoJSON, one feature in memory at a time: a collection, or a sequence of features.

use std::io::{BufRead, Read};
use std::path::Path;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::gazetteer::row::{Fault, Row};

use super::mapping::{Mapping, fault};
use super::open::{Known, placed};
use super::stream::{self, Position, Watched};
use super::{Columns, Format, Sink, linked_places, shape};

/// Begins a record of a sequence (RFC 8142).
const RECORD_SEPARATOR: u8 = 0x1E;

/// Reads all features of a file.
///
/// # Errors
/// [`Error::File`] when it cannot be read to its end, [`Error::Value`] when it is JSON but neither collection nor feature;
/// what the sink fails with.
pub(super) fn read(path: &Path, format: Format, columns: Option<&Columns>, is_known: Known<'_>, sink: Sink<'_>) -> Result<()> {
    let head = stream::head(path)?;
    let mut reader = Reader { file: path.display().to_string(), format, columns, mapping: None, number: 0, is_known, sink };
    if head.first() == Some(&RECORD_SEPARATOR) {
        reader.records(path, RECORD_SEPARATOR)
    } else if is_sequence(&head) {
        reader.records(path, b'\n')
    } else {
        reader.collection(path)
    }
}

/// True when the first line is a whole feature, or so long that it can only be one: a collection says so in its first bytes.
fn is_sequence(head: &[u8]) -> bool {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<Value>(first) {
        Ok(value) => value.get("features").is_none() && head.len() > first.len(),
        Err(_) => {
            first.len() == head.len() && head.len() == stream::HEAD_BYTES && !String::from_utf8_lossy(head).contains("FeatureCollection")
        }
    }
}

struct Reader<'a> {
    file: String,
    format: Format,
    columns: Option<&'a Columns>,
    /// Keys of the last feature's properties and what they hold.
    mapping: Option<(Vec<String>, Mapping)>,
    number: usize,
    is_known: Known<'a>,
    sink: Sink<'a>,
}

impl Reader<'_> {
    fn records(&mut self, path: &Path, separator: u8) -> Result<()> {
        let failed = |source| Error::File { path: path.to_owned(), source };
        let (watched, position) = Watched::new(stream::open(path)?, false);
        let mut bytes = std::io::BufReader::new(watched);
        let mut record = Vec::new();
        let mut line = 1;
        loop {
            record.clear();
            position.begin();
            if bytes.read_until(separator, &mut record).map_err(failed)? == 0 {
                return Ok(());
            }
            let text = record.strip_suffix(&[separator]).unwrap_or(&record);
            if !text.iter().all(u8::is_ascii_whitespace) {
                let feature = serde_json::from_slice::<Value>(text).map_err(|e| fault(e.to_string(), "a feature of GeoJSON"));
                self.take(line, feature)?;
            }
            line += stream::line_ends(&record);
        }
    }

    fn collection(&mut self, path: &Path) -> Result<()> {
        let (watched, position) = Watched::new(stream::open(path)?, false);
        let mut stopped = None;
        let mut json = serde_json::Deserializer::from_reader(watched);
        let document = Document { reader: self, position, stopped: &mut stopped };
        let outcome = document.deserialize(&mut json).and_then(|()| rest_is_blank(&mut json));
        if let Some(error) = stopped {
            return Err(error);
        }
        match outcome {
            Ok(()) => Ok(()),
            Err(error) if error.is_io() => Err(Error::File { path: path.to_owned(), source: error.into() }),
            // What comes after cannot be told apart any more: it counts as one row, refused.
            Err(error) => self.refuse(error.line(), fault(error.to_string(), "GeoJSON to the end of the file")),
        }
    }

    fn take(&mut self, line: usize, feature: std::result::Result<Value, Fault>) -> Result<()> {
        self.number += 1;
        match feature.and_then(|feature| placed(self.row(&feature)?, self.is_known)) {
            Ok(row) => (self.sink)(Ok(Some(row))),
            Err(fault) => self.refuse(line, fault),
        }
    }

    fn refuse(&mut self, line: usize, fault: Fault) -> Result<()> {
        let found = format!("feature {}: {}", self.number, fault.found);
        (self.sink)(Err(Error::Line { file: self.file.clone(), line, found, expected: fault.expected }))
    }

    fn row(&mut self, feature: &Value) -> std::result::Result<Row, Fault> {
        if feature.get("type").and_then(Value::as_str) != Some("Feature") {
            return Err(fault("no feature", "an object of type Feature"));
        }
        if self.format == Format::LinkedPlaces || linked_places::is_linked(feature) {
            return linked_places::place(feature);
        }
        let none = Map::new();
        let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let id = feature.get("id").filter(|_| !properties.contains_key("id")).map(|id| ("id", id));
        let members: Vec<(&str, &Value)> = properties.iter().map(|(k, v)| (k.as_str(), v)).chain(id).collect();
        let is_known = self.mapping.as_ref().is_some_and(|(keys, _)| keys.iter().map(String::as_str).eq(members.iter().map(|(k, _)| *k)));
        if !is_known {
            let keys: Vec<String> = members.iter().map(|(k, _)| (*k).to_owned()).collect();
            let mapping =
                Mapping::of_keys(&self.file, &keys, self.columns).map_err(|e| fault(e.to_string(), "properties as said in --columns"))?;
            self.mapping = Some((keys, mapping));
        }
        let cells: Vec<String> = members.iter().map(|(_, value)| cell(value)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let shape = shape::of(feature.get("geometry").unwrap_or(&Value::Null))?;
        let (_, mapping) = self.mapping.as_ref().expect("it was set above");
        mapping.row(&cells, shape)
    }
}

/// A property as a cell; a list of names is separated by bars.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join("|"),
        Value::Null | Value::Object(_) => String::new(),
        other => other.to_string(),
    }
}

fn rest_is_blank<R: Read>(json: &mut serde_json::Deserializer<serde_json::de::IoRead<R>>) -> serde_json::Result<()> {
    json.end()
}

/// The outer object: hands on its features as they come.
struct Document<'r, 'a> {
    reader: &'r mut Reader<'a>,
    position: Rc<Position>,
    stopped: &'r mut Option<Error>,
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a FeatureCollection or a Feature")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut members = Map::new();
        let mut has_features = false;
        while let Some(key) = map.next_key::<String>()? {
            self.position.begin();
            if key == "features" {
                has_features = true;
                map.next_value_seed(Features(&mut self))?;
            } else {
                members.insert(key, map.next_value()?);
            }
        }
        if has_features {
            return Ok(());
        }
        let line = self.position.line();
        self.hand_on(line, Value::Object(members))
    }
}

impl Document<'_, '_> {
    fn hand_on<E: serde::de::Error>(&mut self, line: usize, feature: Value) -> std::result::Result<(), E> {
        self.reader.take(line, Ok(feature)).map_err(|error| {
            *self.stopped = Some(error);
            E::custom("stopped")
        })
    }
}

struct Features<'f, 'r, 'a>(&'f mut Document<'r, 'a>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> std::result::Result<(), A::Error> {
        while let Some((line, feature)) = features.next_element_seed(Begun(&self.0.position))? {
            self.0.hand_on(line, feature).map_err(|e: A::Error| A::Error::custom(e))?;
        }
        Ok(())
    }
}

/// A feature and the line on which it begins.
struct Begun<'p>(&'p Position);

impl<'de> DeserializeSeed<'de> for Begun<'_> {
    type Value = (usize, Value);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(usize, Value), D::Error> {
        let line = self.0.line();
        self.0.begin();
        let value = serde::Deserialize::deserialize(deserializer)?;
        Ok((line, value))
    }
}

//! A published feature, taken apart once for all formats.

use std::io;

use serde_json::{Map, Value};

/// A feature and its parts.
#[derive(Debug)]
pub(super) struct Row<'f> {
    /// As it was published.
    pub(super) text: &'f str,
    pub(super) id: String,
    /// GeoJSON, or null.
    pub(super) geometry: Value,
    pub(super) properties: Map<String, Value>,
}

impl Row<'_> {
    /// Not taken apart, for formats that take the text as it is.
    pub(super) fn whole(text: &str) -> Row<'_> {
        Row { text, id: String::new(), geometry: Value::Null, properties: Map::new() }
    }

    /// # Errors
    /// When the text is no JSON object.
    pub(super) fn read(text: &str) -> io::Result<Row<'_>> {
        let mut feature: Map<String, Value> = serde_json::from_str(text)?;
        let id = match feature.remove("id") {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => String::new(),
        };
        let geometry = feature.remove("geometry").unwrap_or_default();
        let properties = match feature.remove("properties") {
            Some(Value::Object(properties)) => properties,
            _ => Map::new(),
        };
        Ok(Row { text, id, geometry, properties })
    }

    /// A property; null and absent are the same.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.properties.get(name).filter(|v| !v.is_null())
    }

    /// A property that is text, and not empty.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str().filter(|t| !t.is_empty())
    }

    /// A property that is a whole number, not below 0.
    pub(super) fn number_of(&self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    /// Longitude and latitude: those that the properties tell, else those of a point. Of an area they are the point that stands for it.
    pub(super) fn point(&self) -> Option<[f64; 2]> {
        let told = [self.get("lon").and_then(Value::as_f64), self.get("lat").and_then(Value::as_f64)];
        if let [Some(lon), Some(lat)] = told {
            return Some([lon, lat]);
        }
        match self.geometry.get("coordinates")?.as_array()?.as_slice() {
            [lon, lat, ..] => Some([lon.as_f64()?, lat.as_f64()?]),
            _ => None,
        }
    }

    /// First and last day: of an incident when it happened, of a mention none.
    pub(super) fn days(&self) -> Option<[&str; 2]> {
        let start = self.text_of("date_start")?;
        Some([start, self.text_of("date_end").unwrap_or(start)])
    }
}

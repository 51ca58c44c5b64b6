//! Features as comma-separated values (RFC 4180), for spreadsheets.

use serde_json::{Map, Value};

/// One row a feature: identifier, longitude, latitude, then its properties; what is nested stays JSON.
pub fn csv(features: &[String]) -> String {
    let rows: Vec<Map<String, Value>> = features.iter().filter_map(|f| serde_json::from_str(f).ok()).map(flat).collect();
    let mut columns: Vec<&str> = vec!["id", "lon", "lat"];
    for key in rows.iter().flat_map(Map::keys) {
        if !columns.contains(&key.as_str()) {
            columns.push(key);
        }
    }
    let mut out = line(columns.iter().map(|c| (*c).to_owned()));
    for row in &rows {
        out.push_str(&line(columns.iter().map(|column| row.get(*column).map(text).unwrap_or_default())));
    }
    out
}

fn flat(mut feature: Map<String, Value>) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("id".to_owned(), feature.remove("id").unwrap_or_default());
    if let Some([lon, lat]) = feature.get("geometry").and_then(|g| g.get("coordinates")?.as_array()).map(Vec::as_slice)
        && lon.is_number()
    {
        row.insert("lon".to_owned(), lon.clone());
        row.insert("lat".to_owned(), lat.clone());
    }
    if let Some(Value::Object(properties)) = feature.remove("properties") {
        row.extend(properties);
    }
    row
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Cells as a line, quoted where they must be.
pub(super) fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = |cell: String| {
        if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_and_quotes_are_quoted() {
        let feature =
            r#"{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[1.5,16.5]},"properties":{"n":"x, \"y\"","k":null}}"#;
        assert_eq!(csv(&[feature.to_owned()]), "id,lon,lat,n,k\r\na,1.5,16.5,\"x, \"\"y\"\"\",\r\n");
    }
}

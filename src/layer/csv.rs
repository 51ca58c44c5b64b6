//! Features as comma-separated values (RFC 4180), for spreadsheets.

use serde_json::{Map, Value};

/// HXL's hashtags by column, for the row below the heads; columns that it has no word for stay empty.
const HASHTAGS: [(&str, &str); 40] = [
    ("id", "#event+id"),
    ("lon", "#geo+lon"),
    ("lat", "#geo+lat"),
    ("event_type", "#event+type"),
    ("sub_event_type", "#event+subtype"),
    ("disorder_type", "#event+disorder"),
    ("status", "#status"),
    ("date_start", "#date+occurred+start"),
    ("date_end", "#date+occurred+end"),
    ("place_name", "#loc+name"),
    ("place_surface", "#loc+name+text"),
    ("gazetteer_id", "#loc+code"),
    ("geo_precision", "#geo+precision"),
    ("radius_m", "#geo+radius+m"),
    ("country", "#country+code+v_iso2"),
    ("country_a3", "#country+code+v_iso3"),
    ("admin1", "#adm1+name"),
    ("admin2", "#adm2+name"),
    ("other_places", "#loc+list+other"),
    ("toll_shared", "#affected+shared"),
    ("actor1", "#group+name+actor1"),
    ("actor2", "#group+name+actor2"),
    ("claimed_by", "#group+name+claimed"),
    ("killed_low", "#affected+killed+min"),
    ("killed_best", "#affected+killed"),
    ("killed_high", "#affected+killed+max"),
    ("killed_civilians", "#affected+killed+civilians"),
    ("injured_best", "#affected+injured"),
    ("abducted_best", "#affected+abducted"),
    ("missing_best", "#affected+missing"),
    ("displaced_best", "#affected+displaced"),
    ("displaced_households_best", "#affected+displaced+hh"),
    ("crowd_low", "#affected+crowd+min"),
    ("arrested_best", "#affected+arrested"),
    ("attribution", "#meta+source+told"),
    ("source", "#meta+source"),
    ("url", "#meta+url"),
    ("published", "#date+reported"),
    ("lang", "#meta+lang"),
    ("notes", "#description"),
];

/// One row a feature: identifier, longitude, latitude, then its properties; what is nested stays JSON.
pub fn csv(features: &[String]) -> String {
    table(features, false)
}

/// As [`csv`], with the hashtags of the Humanitarian Exchange Language in the second row.
pub fn hxl(features: &[String]) -> String {
    table(features, true)
}

fn table(features: &[String], has_tags: bool) -> String {
    let rows: Vec<Map<String, Value>> = features.iter().filter_map(|f| serde_json::from_str(f).ok()).map(flat).collect();
    let mut columns: Vec<&str> = vec!["id", "lon", "lat"];
    for key in rows.iter().flat_map(Map::keys) {
        if !columns.contains(&key.as_str()) {
            columns.push(key);
        }
    }
    let mut out = line(columns.iter().map(|c| (*c).to_owned()));
    if has_tags {
        let tag = |column: &&str| HASHTAGS.iter().find(|(name, _)| name == column).map_or("", |(_, tag)| *tag).to_owned();
        out.push_str(&line(columns.iter().map(tag)));
    }
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

    #[test]
    fn hashtags_stand_below_the_heads() {
        let feature = r#"{"type":"Feature","id":"a","geometry":null,"properties":{"killed_best":3,"mode":"drone"}}"#;
        assert_eq!(
            hxl(&[feature.to_owned()]),
            "id,lon,lat,killed_best,mode\r\n#event+id,#geo+lon,#geo+lat,#affected+killed,\r\na,,,3,drone\r\n"
        );
    }
}

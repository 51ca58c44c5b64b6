//! A feature of the Linked Places format as one of ours; what stands under `dalil` wins.

use serde_json::{Value, json};

const GEONAMES: &str = "https://sws.geonames.org/";

pub(super) fn feature(linked: &Value) -> Value {
    let own = &linked["dalil"];
    let kind = |name: &Value| name["dalil"]["kind"].as_str().unwrap_or("variant").to_owned();
    let name = |n: &Value| json!({"name": n["toponym"], "lang": n["lang"], "kind": kind(n)});
    let names: Vec<Value> = linked["names"].as_array().into_iter().flatten().map(name).collect();
    let span = &linked["when"]["timespans"][0];
    let day = |end: &Value| ["in", "earliest", "latest"].iter().find_map(|k| end[*k].as_str()).map(str::to_owned);
    let described = linked["descriptions"][0]["value"].clone();
    let title = linked["properties"]["title"].clone();
    let title = if title.is_null() { linked["names"][0]["toponym"].clone() } else { title };
    let (class, code) = kind_of(linked);
    let shapes = |wanted: &str| {
        let geometry = &linked["geometry"];
        let all = geometry["geometries"].as_array().cloned().unwrap_or_else(|| vec![geometry.clone()]);
        all.into_iter().find(|g| g["type"] == wanted)
    };
    let mut properties = json!({
        "name": title,
        "names": names,
        "class": class,
        "country": linked["properties"]["ccodes"][0],
        "admin1_code": own["admin1"],
        "admin2_code": own["admin2"],
        "parent": linked["relations"].as_array().into_iter().flatten().find(|r| r["relationType"] == "gvp:broaderPartitive")
            .and_then(|r| r["relationTo"].as_str()).map(identifier),
        "population": own["population"],
        "radius_m": own["radius_m"],
        "outline": shapes("Polygon"),
        "valid_from": day(&span["start"]),
        "valid_to": day(&span["end"]),
        "note": described,
    });
    if let Some(code) = code {
        properties["feature"] = json!(code);
    }
    for key in ["source", "status", "merged_into", "created", "created_by", "modified", "modified_by"] {
        properties[key] = own[key].clone();
    }
    let address = linked["@id"].as_str().map(identifier);
    let id = own["id"].as_str().map(str::to_owned).or(address);
    json!({"type": "Feature", "id": id, "geometry": shapes("Point"), "properties": properties})
}

/// Class and code of «gn:P.PPL»; of other vocabularies only the class, where the feature says it.
fn kind_of(linked: &Value) -> (Option<String>, Option<String>) {
    let types = linked["types"].as_array().into_iter().flatten();
    let known = types.filter_map(|t| t["identifier"].as_str()?.strip_prefix("gn:")).find_map(|t| t.split_once('.'));
    match known {
        Some((class, code)) => (Some(class.to_owned()), Some(code.to_owned())),
        None => (linked["properties"]["fclasses"][0].as_str().map(str::to_owned), None),
    }
}

/// An address as an id: that of GeoNames by its number; any other under its own name, signs that an id cannot have left out.
fn identifier(address: &str) -> String {
    if let Some(number) = address.strip_prefix(GEONAMES) {
        return format!("geonames:{}", number.trim_end_matches('/'));
    }
    let Some(rest) = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")) else { return address.to_owned() };
    let plain: String = rest.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    format!("lpf:{}", plain.trim_end_matches('-'))
}

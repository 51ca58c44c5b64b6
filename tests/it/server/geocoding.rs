//! Search, autocomplete, reverse and place in the shape of Pelias.

use serde_json::{Value, json};

use super::*;

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

async fn features(server: &Server, path: &str) -> Vec<Value> {
    let answer = server.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
    answer.json()["features"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_answer_has_the_shape_of_pelias() {
    let server = Server::new();
    let answer = server.get("/gazetteer/search?text=Gao&size=3&boundary.country=MLI&focus.point.lat=16&focus.point.lon=0").await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/geo+json");
    let whole = answer.json();
    let geocoding = &whole["geocoding"];
    assert!(geocoding["version"].is_string() && geocoding["attribution"].is_string() && geocoding.get("timestamp").is_none());
    assert_eq!((&geocoding["query"]["text"], &geocoding["query"]["size"]), (&json!("Gao"), &json!(3)));
    assert_eq!(geocoding["query"]["boundary.country"], json!(["ML"]));
    assert_eq!((&whole["type"], whole["bbox"].as_array().unwrap().len()), (&json!("FeatureCollection"), 4));
    let first = &whole["features"][0];
    assert_eq!((&first["type"], &first["geometry"]["type"]), (&json!("Feature"), &json!("Point")));
    let p = &first["properties"];
    for (key, value) in [
        ("id", "2457163"),
        ("gid", "geonames:locality:2457163"),
        ("layer", "locality"),
        ("source", "geonames"),
        ("source_id", "2457163"),
        ("name", "Gao"),
        ("match_type", "exact"),
        ("accuracy", "point"),
        ("country", "Mali"),
        ("country_a", "MLI"),
        ("country_code", "ML"),
        ("country_gid", "geonames:country:2453866"),
        ("region_gid", "geonames:region:2457161"),
        ("label", "Gao, Gao Region, Mali"),
    ] {
        assert_eq!(p[key], value, "{key}: {p}");
    }
    assert!(p["region"].is_string() && p["region_a"].is_string());
    assert!(p["confidence"].as_f64().is_some_and(|c| (0.9..=1.0).contains(&c)));
    assert!(p["distance"].as_f64().is_some_and(|km| (20.0..50.0).contains(&km)), "{p}");
}

#[tokio::test]
async fn names_and_labels_are_in_the_language_asked_for() {
    let server = Server::new();
    let arabic = &features(&server, "/gazetteer/search?text=Gao&lang=ar&size=1").await[0]["properties"];
    assert!(arabic["country"].as_str().unwrap().contains("مالي") && arabic["label"].as_str().unwrap().contains('،'), "{arabic}");
    let french = &features(&server, "/gazetteer/search?text=Damas&lang=fr&size=1").await[0]["properties"];
    assert_eq!(french["name"], "Damas");
    assert!(french["country"].as_str().unwrap().to_lowercase().contains("syri"), "{french}");
    let other = server.get("/gazetteer/search?text=Gao&lang=xx").await.json();
    assert_eq!(other["geocoding"]["query"]["lang"]["defaulted"], true);
}

#[tokio::test]
async fn the_older_names_of_parameters_are_understood() {
    let server = Server::new();
    let (old, new) =
        (features(&server, "/gazetteer/search?q=Gao&limit=2").await, features(&server, "/gazetteer/search?text=Gao&size=2").await);
    assert_eq!((old.len(), old), (2, new));
}

#[tokio::test]
async fn filters_are_kept() {
    let server = Server::new();
    for (path, first) in [
        ("text=Tripoli&boundary.country=LB", "geonames:266826"),
        ("text=Gao&layers=region", "geonames:2457161"),
        ("text=Gao&layers=locality,neighbourhood&sources=gn", "geonames:2457163"),
        ("text=Tripoli&boundary.circle.lat=34.4&boundary.circle.lon=35.8&boundary.circle.radius=50", "geonames:266826"),
        (
            "text=Tripoli&boundary.rect.min_lat=33&boundary.rect.min_lon=35&boundary.rect.max_lat=35&boundary.rect.max_lon=37",
            "geonames:266826",
        ),
    ] {
        assert_eq!(features(&server, &format!("/gazetteer/search?{path}")).await[0]["id"], first, "{path}");
    }
    for nothing in ["text=Gao&layers=address", "text=Gao&sources=openstreetmap", "text=Gao&boundary.country=FJ"] {
        assert_eq!(features(&server, &format!("/gazetteer/search?{nothing}")).await.len(), 0, "{nothing}");
    }
}

#[tokio::test]
async fn a_few_letters_are_completed() {
    let server = Server::new();
    for (typed, name) in [("bam", "Bamako"), ("دمش", "Damascus"), ("ouagad", "Ouagadougou")] {
        let found = features(&server, &format!("/gazetteer/autocomplete?text={}", encoded(typed))).await;
        assert!(found.iter().take(3).any(|f| f["properties"]["name"] == name), "{typed}: {found:?}");
    }
}

#[tokio::test]
async fn reverse_gives_the_nearest_with_units_and_distances() {
    let server = Server::new();
    let found = features(&server, "/gazetteer/reverse?point.lat=16.27&point.lon=-0.05&size=4&layers=locality").await;
    let p = &found[0]["properties"];
    assert_eq!((&p["name"], &p["country_code"], &p["region_gid"]), (&json!("Gao"), &json!("ML"), &json!("geonames:region:2457161")));
    let distances: Vec<f64> = found.iter().map(|f| f["properties"]["distance"].as_f64().unwrap()).collect();
    assert!(distances.is_sorted() && distances[0] < 2.0, "{distances:?}");
    assert!(p["confidence"].as_f64().unwrap() >= 0.5);
    let abroad = features(&server, "/gazetteer/reverse?point.lat=16.27&point.lon=-0.05&size=2&boundary.country=NER").await;
    assert!(abroad.iter().all(|f| f["properties"]["country_code"] == "NE") && !abroad.is_empty());
    let circle = features(&server, "/gazetteer/reverse?point.lat=16.27&point.lon=-0.05&boundary.circle.radius=5").await;
    assert!(circle.iter().all(|f| f["properties"]["distance"].as_f64().unwrap() <= 5.0) && !circle.is_empty());
}

#[tokio::test]
async fn places_are_given_by_gid_in_the_order_asked() {
    let server = Server::new();
    let found = features(&server, "/gazetteer/place?ids=geonames:country:2453866,geonames:2457163,geonames:locality:1").await;
    assert_eq!(found.iter().map(|f| f["properties"]["name"].as_str().unwrap()).collect::<Vec<_>>(), ["Mali", "Gao"]);
}

#[tokio::test]
async fn bad_values_of_the_geocoding_interface_are_refused_with_a_reason() {
    let server = Server::new();
    let long = format!("search?text={}", "x".repeat(300));
    for (path, parameter) in [
        ("search", "text"),
        ("search?text=", "text"),
        ("search?text=a&q=b", "q"),
        ("search?text=a&size=0", "size"),
        ("search?text=a&size=101", "size"),
        ("search?text=a&colour=red", "colour"),
        ("search?text=a&text=b", "text"),
        ("search?text=a&layers=planet", "layers"),
        ("search?text=a&boundary.country=Mali", "boundary.country"),
        ("search?text=a&focus.point.lat=1", "focus.point.lon"),
        ("search?text=a&focus.point.lat=91&focus.point.lon=0", "focus.point.lat"),
        ("search?text=a&focus.point.lat=NaN&focus.point.lon=0", "focus.point.lat"),
        ("search?text=a&boundary.circle.lat=1&boundary.circle.lon=1", "boundary.circle.radius"),
        ("search?text=a&boundary.rect.min_lat=1&boundary.rect.min_lon=1", "boundary.rect.min_lat"),
        ("reverse", "point.lat"),
        ("reverse?point.lat=1", "point.lon"),
        ("reverse?point.lat=1&point.lon=181", "point.lon"),
        ("reverse?point.lat=1&point.lon=1&boundary.circle.radius=-1", "boundary.circle.radius"),
        ("place", "ids"),
        ("place?ids=nothing", "ids"),
        (long.as_str(), "text"),
    ] {
        let answer = server.get(&format!("/gazetteer/{path}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        let problem = answer.json();
        assert_eq!(problem["parameter"], parameter, "{path}: {problem}");
        assert!(problem["detail"].as_str().unwrap().contains("expected"), "{problem}");
    }
}

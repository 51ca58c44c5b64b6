//! Filters, counts, tiles and files over HTTP; the abstract tests of OGC API – Features that a router without a socket can answer.

use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tokio_stream::StreamExt;

use super::{ITEMS, Server, place};

const COLLECTION: &str = "/api/collections/incidents";

pub(super) fn escaped(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

async fn matched(server: &Server, query: &str) -> u64 {
    let answer = server.get(&format!("{ITEMS}?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", String::from_utf8_lossy(&answer.bytes));
    answer.json()["numberMatched"].as_u64().unwrap()
}

#[tokio::test]
async fn every_queryable_is_a_parameter_and_a_property_of_cql2() {
    let server = Server::new();
    let queryables = server.get(&format!("{COLLECTION}/queryables")).await;
    assert_eq!(queryables.header(header::CONTENT_TYPE), "application/schema+json");
    let queryables = queryables.json();
    assert_eq!(queryables["additionalProperties"], false);
    let properties = queryables["properties"].as_object().unwrap();
    assert!(properties.len() > 40);
    for (name, property) in properties {
        if name != "geometry" {
            matched(&server, &format!("filter={}", escaped(&format!("{name} IS NULL")))).await;
        }
        let value = match (property["type"].as_str(), property["enum"][0].as_str()) {
            (_, Some(first)) => first.to_owned(),
            (Some("integer"), _) => "3".to_owned(),
            (Some("boolean"), _) => "true".to_owned(),
            (Some("number") | None, _) => continue,
            _ if property["format"] == "date" => continue,
            _ if name == "country" => "ML".to_owned(),
            _ => "x".to_owned(),
        };
        matched(&server, &format!("{name}={}", escaped(&value))).await;
    }
}

#[tokio::test]
async fn a_filter_in_either_language_finds_the_same() {
    let server = Server::new();
    let text = "killed_best >= 50 AND S_INTERSECTS(geometry, BBOX(1,16,2,17))";
    let json = json!({"op": "and", "args": [
        {"op": ">=", "args": [{"property": "killed_best"}, 50]},
        {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [1, 16, 2, 17]}]},
    ]});
    assert_eq!(matched(&server, &format!("filter={}", escaped(text))).await, 2);
    assert_eq!(matched(&server, &format!("filter-lang=cql2-json&filter={}", escaped(&json.to_string()))).await, 2);
    let refused = server.get(&format!("{ITEMS}?filter={}", escaped("killed_best >="))).await;
    assert_eq!((refused.status, refused.json()["parameter"].clone()), (StatusCode::BAD_REQUEST, json!("filter")));
}

#[tokio::test]
async fn facets_say_what_another_choice_would_find() {
    let server = Server::new();
    let facets =
        server.get(&format!("{COLLECTION}/facets?properties=status,country&status=claimed&granularity=incident,aggregate")).await.json();
    assert_eq!(facets["numberMatched"], 2);
    let status = facets["facets"]["status"]["values"].as_array().unwrap();
    assert_eq!(status.iter().map(|v| v["count"].as_u64().unwrap()).sum::<u64>(), 8, "{facets}");
    assert_eq!(facets["facets"]["country"]["values"], json!([{"value": "ML", "count": 2}]));
    for (query, parameter) in [("", "properties"), ("properties=lat", "properties"), ("properties=status&most=0", "most")] {
        let answer = server.get(&format!("{COLLECTION}/facets?{query}")).await;
        assert_eq!((answer.status, answer.json()["parameter"].clone()), (StatusCode::BAD_REQUEST, json!(parameter)));
    }
}

#[tokio::test]
async fn values_are_counted_by_whole_numbers_and_found_by_their_letters() {
    let server = Server::new();
    let facets = server.get(&format!("{COLLECTION}/facets?properties=killed_best")).await.json();
    assert_eq!(facets["facets"]["killed_best"], json!({"values": [{"value": "50", "count": 2}], "missing": 4}), "{facets}");
    for (holding, expected) in [("ISLÁMIC", 1), ("nobody", 0), ("", 1)] {
        let path = format!("{COLLECTION}/facets?properties=actor&most=1&holding={}", holding.replace('Á', "%C3%81"));
        let values = server.get(&path).await.json()["facets"]["actor"]["values"].as_array().unwrap().len();
        assert_eq!(values, expected, "{holding}");
    }
}

#[tokio::test]
async fn a_histogram_counts_what_has_a_day_and_what_has_none() {
    let server = Server::new();
    let all = "granularity=incident,aggregate";
    let histogram = server.get(&format!("{COLLECTION}/histogram?step=month&sum=killed_best&{all}")).await.json();
    assert_eq!(histogram["bins"], json!([{"start": "2022-09-01", "count": 6, "sum": 100}]));
    assert_eq!(histogram["undated"], 2);
    // The days that are chosen do not narrow the bars that days are chosen from.
    assert_eq!(server.get(&format!("{COLLECTION}/histogram?step=month&sum=killed_best&datetime=2000-01-01&{all}")).await.json(), histogram);
    assert_eq!(server.get(&format!("{COLLECTION}/histogram?step=hour")).await.status, StatusCode::BAD_REQUEST);
}

/// A field of a protocol buffer.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protocol buffer, as far as vector tiles have them.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    fn number(bytes: &mut &[u8]) -> u64 {
        let (mut out, mut shift) = (0, 0);
        while let Some((first, rest)) = bytes.split_first() {
            *bytes = rest;
            out |= u64::from(first & 0x7F) << shift;
            shift += 7;
            if first & 0x80 == 0 {
                break;
            }
        }
        out
    }
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let key = number(&mut bytes);
        let field = match key & 7 {
            0 => Field::Number(number(&mut bytes)),
            2 => {
                let length = number(&mut bytes) as usize;
                let (inner, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(inner)
            }
            other => panic!("wire type {other}"),
        };
        out.push((key >> 3, field));
    }
    out
}

/// The texts and messages of a protocol buffer under a number.
fn inner(bytes: &[u8], wanted: u64) -> Vec<&[u8]> {
    let all = fields(bytes).into_iter().filter(|(number, _)| *number == wanted);
    all.map(|(_, field)| if let Field::Bytes(bytes) = field { bytes } else { panic!("a number") }).collect()
}

/// The counts of the marks of a tile.
fn marks(tile: &[u8]) -> Vec<u64> {
    let layer = inner(tile, 3)[0];
    assert_eq!(inner(layer, 1), [b"incidents"]);
    let keys: Vec<&[u8]> = inner(layer, 3);
    let values = inner(layer, 4);
    let features = inner(layer, 2);
    let count = |feature: &&[u8]| {
        let tags: Vec<u8> = inner(feature, 2).concat();
        let pair = tags.chunks(2).find(|pair| keys[pair[0] as usize] == b"count").unwrap();
        match fields(values[pair[1] as usize])[0] {
            (5, Field::Number(count)) => count,
            _ => panic!("no whole number"),
        }
    };
    features.iter().map(count).collect()
}

#[tokio::test]
async fn tiles_count_what_they_draw_in_both_orders_of_addresses() {
    let server = Server::new();
    let world = server.get("/api/tiles/incidents/0/0/0").await;
    assert_eq!(world.header(header::CONTENT_TYPE), "application/vnd.mapbox-vector-tile");
    let drawn = matched(&server, "bbox=-180,-90,180,90").await;
    assert_eq!(marks(&world.bytes).iter().sum::<u64>(), drawn);
    assert_eq!(server.get("/api/tiles/incidents/0/0/0?status=denied").await.status, StatusCode::NO_CONTENT);
    // Talataye lies in column 64, row 58 of zoom 7.
    let (by_column, by_row) = ("/api/tiles/incidents/7/64/58", "/api/collections/incidents/tiles/WebMercatorQuad/7/58/64");
    let [one, other] = [server.get(by_column).await, server.get(by_row).await];
    assert_eq!((one.status, &one.bytes), (StatusCode::OK, &other.bytes));
    assert_eq!(server.get("/api/tiles/incidents/7/58/64").await.status, StatusCode::NO_CONTENT);
    for path in
        ["/api/tiles/incidents/3/8/0", "/api/tiles/incidents/30/0/0", "/api/tiles/incidents/a/0/0", "/api/tiles/incidents/0/0/0?colour=red"]
    {
        assert_eq!(server.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    assert_eq!(server.get("/api/tiles/reports/0/0/0").await.status, StatusCode::NOT_FOUND);
    let tilejson = server.get("/api/tiles/incidents?status=claimed").await.json();
    assert_eq!(tilejson["tiles"][0], "/api/tiles/incidents/{z}/{x}/{y}?status=claimed");
}

#[tokio::test]
async fn files_hold_all_that_matches_and_say_so() {
    let server = Server::new();
    let csv = server.get(&format!("{COLLECTION}/download?f=csv&granularity=incident,aggregate")).await;
    assert_eq!(csv.header(header::CONTENT_TYPE), "text/csv");
    assert_eq!(csv.header(header::CONTENT_DISPOSITION), "attachment; filename=\"dalil-incidents.csv\"");
    assert_eq!(String::from_utf8(csv.bytes.clone()).unwrap().lines().count(), 9);
    let manifest = server.get(&format!("{COLLECTION}/download?f=csv&granularity=incident,aggregate&manifest=1")).await.json();
    assert_eq!(
        (manifest["counts"]["features"].as_u64(), manifest["bytes"].as_u64()),
        (Some(8), Some(csv.bytes.len() as u64)),
        "{manifest}"
    );
    let assumed = server.get(&format!("{COLLECTION}/download?f=csv&manifest=1")).await.json();
    assert!(assumed["filter"].to_string().contains("granularity"), "{assumed}");
    for query in ["f=xlsx", "f=ucdp&colour=red", "manifest=2"] {
        assert_eq!(server.get(&format!("{COLLECTION}/download?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
    assert_eq!(server.get("/api/collections/mentions/download?f=ucdp").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn only_what_can_be_entered_announces_that_it_can_be_posted_to() {
    let server = Server::new();
    let allow = async |path: &str| {
        let answer = server.ask(Request::options(path).body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        answer.header(header::ALLOW).to_owned()
    };
    assert!(allow("/api/collections/places/items").await.contains("POST"));
    assert!(allow("/api/collections/reports/items").await.contains("POST"));
    assert!(allow("/api/collections/reports/items/r1").await.contains("DELETE"));
    assert!(!allow(ITEMS).await.contains("POST"));
    assert!(allow("/api/collections/places/items/user:1").await.contains("PUT"));
    assert!(!allow(&format!("{ITEMS}/inc-1")).await.contains("DELETE"));
}

#[tokio::test]
async fn who_connects_again_hears_what_was_missed() {
    let server = Server::new();
    let before = server.get("/health").await.json()["moment"].as_i64().unwrap();
    let place = json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 16.5]},
        "properties": {"name": "Nowhere at all", "country": "ML", "feature": "PPL"}});
    assert_eq!(server.post(&place, &[]).await.status, StatusCode::CREATED);
    // A change is seen by the next request after its answer.
    assert_eq!(server.get("/api/collections/places/items").await.json()["numberMatched"], 1);
    let request = Request::get("/events").header("last-event-id", before.to_string()).body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(server.router.clone(), request).await.unwrap();
    let first = answer.into_body().into_data_stream().next().await.unwrap().unwrap();
    let first = String::from_utf8(first.to_vec()).unwrap();
    let data: Value = serde_json::from_str(first.lines().find_map(|l| l.strip_prefix("data: ")).unwrap()).unwrap();
    assert_eq!(data["collections"]["places"]["count"], 1, "{first}");
    assert!(first.contains("event: changed") && first.contains(&format!("id: {}", data["moment"])), "{first}");
}

#[tokio::test]
async fn what_is_promised_in_the_list_of_classes_is_answered() {
    let server = Server::new();
    let conformance = server.get("/api/conformance").await.json();
    let classes: Vec<&str> = conformance["conformsTo"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    for class in ["ogcapi-features-1/1.0/conf/core", "ogcapi-features-3/1.0/conf/queryables", "cql2/1.0/conf/cql2-json"] {
        assert!(classes.iter().any(|c| c.ends_with(class)), "{class}");
    }
    // /conf/core: a page has its moment, its counts and absolute links when the asker said where it asks.
    let request =
        Request::get(format!("{ITEMS}?limit=1")).header(header::HOST, "maps.example.org").body(axum::body::Body::empty()).unwrap();
    let page = server.ask(request).await.json();
    assert!(page["timeStamp"].is_string() && page["numberReturned"] == 1, "{page}");
    assert!(page["links"][1]["href"].as_str().unwrap().starts_with("http://maps.example.org/api/"), "{page}");
    let hostile = Request::get(ITEMS).header(header::HOST, "x\"><script>").body(axum::body::Body::empty()).unwrap();
    assert!(!String::from_utf8(server.ask(hostile).await.bytes).unwrap().contains("<script>"));
}

#[tokio::test]
async fn every_collection_and_feature_is_geojson_to_the_letter() {
    let server = Server::new();
    server.post(&place("Tin Zaw", -0.25, 16.5), &[]).await;
    for collection in dalil::store::Collection::ALL.map(dalil::store::Collection::name) {
        let path = format!("/api/collections/{collection}/items");
        let all = server
            .get(&format!("{path}{}", if collection == "incidents" { "?granularity=incident,aggregate,background" } else { "" }))
            .await;
        let text = std::str::from_utf8(&all.bytes).unwrap();
        assert_eq!(dalil::layer::geojson_faults(text), [], "{collection}");
        for feature in all.json()["features"].as_array().unwrap() {
            let one = server.get(&format!("{path}/{}", feature["id"].as_str().unwrap())).await;
            assert_eq!(dalil::layer::geojson_faults(std::str::from_utf8(&one.bytes).unwrap()), [], "{collection} {}", feature["id"]);
        }
    }
}

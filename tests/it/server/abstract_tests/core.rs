//! Part 1, annex A: core, GeoJSON, OpenAPI 3.0.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{DRAWN, Server, ids, items, link, path};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

#[tokio::test]
async fn conf_core_root_op_and_root_success() {
    let server = Server::new();
    for root in ["/api", "/api/"] {
        let landing = server.told(root).await;
        for rel in ["service-desc", "conformance", "data"] {
            assert_eq!(server.as_client(path(link(&landing, rel))).await.status, StatusCode::OK, "{root} {rel}");
        }
    }
}

#[tokio::test]
async fn conf_core_api_definition_op_and_success_and_oas30_definition() {
    let server = Server::new();
    let landing = server.told("/api").await;
    let desc = link(&landing, "service-desc");
    let answer = server.as_client(path(desc)).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/vnd.oai.openapi+json;version=3.0");
    assert_eq!(desc["type"], "application/vnd.oai.openapi+json;version=3.0");
    let definition = answer.json();
    assert!(definition["openapi"].as_str().unwrap().starts_with("3.0."));
    assert!(definition["info"]["title"].is_string() && definition["info"]["version"].is_string());
    for (path, item) in definition["paths"].as_object().unwrap() {
        assert!(path.starts_with('/'));
        for (method, operation) in item.as_object().unwrap() {
            assert!(["get", "put", "post", "patch", "delete"].contains(&method.as_str()), "{path} {method}");
            assert!(operation["responses"].as_object().is_some_and(|r| !r.is_empty()), "{path} {method}");
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            for parameter in &parameters {
                assert!(parameter["name"].is_string() && parameter["schema"].is_object(), "{path} {parameter}");
            }
            // Every variable of the path is a parameter, and required.
            for part in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
                assert!(parameters.iter().any(|p| p["name"] == part && p["in"] == "path" && p["required"] == true), "{path} {part}");
            }
        }
    }
    // Self-contained: nothing has to be fetched from elsewhere to read it.
    assert!(!definition.to_string().contains("$ref"));
}

#[tokio::test]
async fn conf_core_conformance_op_and_success() {
    let server = Server::new();
    let landing = server.told("/api").await;
    assert_eq!(path(link(&landing, "conformance")), "/api/conformance");
    let classes = server.told("/api/conformance").await;
    for class in ["core", "geojson", "oas30"] {
        let class = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(classes["conformsTo"].as_array().unwrap().contains(&json!(class)), "{class}");
    }
}

#[tokio::test]
async fn conf_core_fc_md_op_success_links_items_and_items_links() {
    let server = Server::used().await;
    let document = server.told("/api/collections").await;
    assert_eq!(path(link(&document, "self")), "/api/collections");
    let definition = server.definition().await;
    let collections = server.collections().await;
    let announced = definition["paths"].as_object().unwrap().keys().filter(|p| p.ends_with("/items")).count();
    assert_eq!(collections.len(), announced);
    for collection in &collections {
        assert!(definition["paths"][items(collection)].is_object(), "{collection}");
        assert_eq!(link(collection, "items")["type"], "application/geo+json");
        assert_eq!(path(link(collection, "items")), items(collection));
    }
}

#[tokio::test]
async fn conf_core_fc_md_extent_and_extent_multi() {
    let server = Server::new();
    let mut seen = 0;
    for collection in server.collections().await {
        let Some(boxes) = collection["extent"]["spatial"]["bbox"].as_array() else { continue };
        let side = |at: usize| boxes[0][at].as_f64().unwrap();
        for feature in server.features(&format!("{}?limit=1000", items(&collection))).await {
            for position in positions(&feature["geometry"]) {
                seen += 1;
                let is_inside = side(0) <= position[0] && position[0] <= side(2) && side(1) <= position[1] && position[1] <= side(3);
                assert!(is_inside, "{collection} {feature}");
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

/// Every position of a geometry.
fn positions(geometry: &Value) -> Vec<[f64; 2]> {
    fn walk(value: &Value, out: &mut Vec<[f64; 2]>) {
        match value.as_array().map(Vec::as_slice) {
            Some([x, y, ..]) if x.is_number() => out.push([x.as_f64().unwrap(), y.as_f64().unwrap()]),
            Some(parts) => parts.iter().for_each(|part| walk(part, out)),
            None => {}
        }
    }
    let mut out = Vec::new();
    walk(&geometry["coordinates"], &mut out);
    out
}

#[tokio::test]
async fn conf_core_crs84() {
    let server = Server::used().await;
    for collection in server.collections().await {
        assert_eq!(collection["crs"], json!([CRS84]));
        for feature in server.features(&items(&collection)).await {
            assert!(feature.get("crs").is_none());
            for [lon, lat] in positions(&feature["geometry"]) {
                assert!(lon.abs() <= 180.0 && lat.abs() <= 90.0, "{feature}");
            }
        }
    }
}

#[tokio::test]
async fn conf_core_sfc_md_op_and_success() {
    let server = Server::used().await;
    for collection in server.collections().await {
        let own = server.told(&format!("/api/collections/{}", collection["id"].as_str().unwrap())).await;
        for member in ["id", "title", "description", "extent", "itemType"] {
            assert_eq!(own[member], collection[member]);
        }
        for link in collection["links"].as_array().unwrap() {
            assert!(own["links"].as_array().unwrap().contains(link), "{link}");
        }
    }
}

#[tokio::test]
async fn conf_core_fc_op_response_and_links() {
    let server = Server::used().await;
    for collection in server.collections().await {
        let items = items(&collection);
        let answer = server.as_client(&items).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/geo+json"), "{items}");
        let document = answer.json();
        assert_eq!(document["type"], "FeatureCollection");
        assert!(document["features"].as_array().unwrap().iter().all(|f| f["type"] == "Feature"), "{items}");
        assert_eq!(path(link(&document, "self")), items);
    }
}

/// A parameter of the items of a collection, as the definition has it.
async fn defined(server: &Server, collection: &str, name: &str) -> Value {
    let definition = server.definition().await;
    let parameters = definition["paths"][format!("/api/collections/{collection}/items")]["get"]["parameters"].as_array().unwrap();
    let found = parameters.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name}")).clone();
    assert_eq!((&found["in"], &found["required"]), (&json!("query"), &json!(false)));
    assert_eq!((&found["style"], &found["explode"]), (&json!("form"), &json!(false)));
    found["schema"].clone()
}

#[tokio::test]
async fn conf_core_fc_bbox_definition_limit_definition_and_time_definition() {
    let server = Server::new();
    for collection in DRAWN {
        let bbox = defined(&server, collection, "bbox").await;
        assert_eq!((&bbox["type"], &bbox["items"]["type"]), (&json!("array"), &json!("number")));
        assert_eq!(bbox["oneOf"], json!([{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]));
        assert_eq!(defined(&server, collection, "limit").await["type"], "integer");
        assert_eq!(defined(&server, collection, "datetime").await["type"], "string");
    }
}

/// But for its letter C: what lies nowhere is not in every box. The map and its counts would show it everywhere; `filter` finds it.
#[tokio::test]
async fn conf_core_fc_bbox_response() {
    let server = Server::new();
    for collection in DRAWN {
        let all = server.features(&format!("/api/collections/{collection}/items")).await;
        for bbox in ["1.5,16.5,1.6,16.6", "1.5,16.5,-100,1.6,16.6,9000", "-1,13,2,16", "170,-10,-170,10"] {
            let found = server.features(&format!("/api/collections/{collection}/items?bbox={bbox}")).await;
            let sides: Vec<f64> = bbox.split(',').map(|n| n.parse().unwrap()).collect();
            let (east, north) = (sides[sides.len() / 2], sides[sides.len() / 2 + 1]);
            let inside = |f: &&Value| {
                let here = positions(&f["geometry"]);
                let (west, south) = (sides[0], sides[1]);
                // The geometries of the sample are points, and one rectangle.
                let touches = |at: usize, from: f64, to: f64| {
                    let along = || here.iter().map(|p| p[at]);
                    along().fold(f64::MAX, f64::min) <= to && along().fold(f64::MIN, f64::max) >= from
                };
                !here.is_empty() && west < east && touches(0, west, east) && touches(1, south, north)
            };
            let expected: Vec<Value> = all.iter().filter(inside).cloned().collect();
            assert_eq!(ids(&found), ids(&expected), "{collection} {bbox}");
        }
    }
    let nowhere = "/api/collections/incidents/items?filter=geometry%20IS%20NULL";
    assert!(!server.features(nowhere).await.is_empty());
}

#[tokio::test]
async fn conf_core_fc_limit_response() {
    let server = Server::new();
    for limit in [1, 2, 3, 10_000, 10_001, 4_000_000] {
        let document = server.told(&format!("/api/collections/mentions/items?limit={limit}")).await;
        let count = document["features"].as_array().unwrap().len();
        assert!(count <= limit.min(10_000) && count > 0);
        assert_eq!(document["links"].as_array().unwrap().iter().any(|l| l["rel"] == "next"), limit < 4);
    }
}

/// But for its letter C: what has no day is not in every interval, as with boxes.
#[tokio::test]
async fn conf_core_fc_time_response() {
    let server = Server::new();
    let all = server.features("/api/collections/incidents/items").await;
    let dated: Vec<Value> = all.iter().filter(|f| f["properties"]["date_start"].is_string()).cloned().collect();
    assert!(!dated.is_empty() && dated.len() < all.len());
    // All of the sample were on 6 September 2022.
    for (datetime, is_there) in [
        ("2022-09-06", true),
        ("2022-09-06T12:00:00Z", true),
        ("2022-09-07", false),
        ("2022-09-01/2022-09-30", true),
        ("2022-09-07T00:00:00Z/2022-09-30T00:00:00Z", false),
        ("2022-09-06/..", true),
        ("2022-09-06/", true),
        ("../2022-09-05", false),
        ("/2022-09-06", true),
    ] {
        let found = server.features(&format!("/api/collections/incidents/items?datetime={datetime}")).await;
        assert_eq!(ids(&found), if is_there { ids(&dated) } else { Vec::new() }, "{datetime}");
    }
}

#[tokio::test]
async fn conf_core_fc_time_stamp_number_matched_and_number_returned() {
    let server = Server::used().await;
    for collection in server.collections().await {
        let document = server.told(&format!("{}?limit=2", items(&collection))).await;
        assert!(document["timeStamp"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
        assert_eq!(document["numberReturned"], document["features"].as_array().unwrap().len());
        let all = server.features(&format!("{}?limit=10000", items(&collection))).await;
        assert_eq!(document["numberMatched"], all.len());
    }
}

#[tokio::test]
async fn conf_core_query_param_unknown_and_query_param_invalid() {
    let server = Server::new();
    for collection in server.collections().await {
        for query in ["unknown=1", "limit=-1", "limit=ten", "datetime=never", "filter-lang=sql"] {
            let answer = server.as_client(&format!("{}?{query}", items(&collection))).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        }
    }
    for collection in DRAWN {
        for bbox in ["1,2,3", "a,b,c,d", "1,2,3,4,5", "1,50,2,40"] {
            let answer = server.as_client(&format!("/api/collections/{collection}/items?bbox={bbox}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bbox}");
        }
    }
}

#[tokio::test]
async fn conf_core_f_op_success_and_links_and_geojson_content() {
    let server = Server::used().await;
    for collection in server.collections().await {
        for feature in server.features(&items(&collection)).await {
            let own = format!("{}/{}", items(&collection), feature["id"].as_str().unwrap());
            let answer = server.as_client(&own).await;
            assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/geo+json"), "{own}");
            let mut found = answer.json();
            assert_eq!(path(link(&found, "self")), own);
            assert_eq!(link(&found, "self")["type"], "application/geo+json");
            assert_eq!(path(link(&found, "collection")), items(&collection).trim_end_matches("/items"));
            found.as_object_mut().unwrap().remove("links");
            assert_eq!(found, feature);
        }
    }
}

#[tokio::test]
async fn conf_geojson_definition_and_oas30_completeness_and_exceptions_codes() {
    let server = Server::used().await;
    let definition = server.definition().await;
    for (path, item) in definition["paths"].as_object().unwrap() {
        let responses = &item["get"]["responses"];
        // Whatever else may be answered is a problem, and described.
        for operation in item.as_object().unwrap().values() {
            assert!(operation["responses"]["default"]["content"]["application/problem+json"].is_object(), "{path}");
        }
        if item["get"]["parameters"].as_array().is_some_and(|p| p.iter().any(|p| p["required"] == true))
            || responses.is_null()
            || path == "/events"
        {
            continue;
        }
        let answer = server.as_client(path).await;
        let described = &responses[answer.status.as_str()]["content"];
        assert!(
            described[answer.header(header::CONTENT_TYPE)].is_object(),
            "{path}: {} {}",
            answer.status,
            answer.header(header::CONTENT_TYPE)
        );
        let is_of_features = path.ends_with("/items");
        assert!(!is_of_features || answer.header(header::CONTENT_TYPE) == "application/geo+json", "{path}");
    }
}

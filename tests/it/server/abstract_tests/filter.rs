//! Part 3, annex A: queryables, queryables as parameters, filter, features filter.

use axum::http::{StatusCode, header};
use serde_json::Value;

use super::super::features::escaped;
use super::{DRAWN, Server, ids, items, link, path};

const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// The condition that a box is touched.
fn in_box([west, south, east, north]: [f64; 4]) -> String {
    escaped(&format!("S_INTERSECTS(geometry,BBOX({west},{south},{east},{north}))"))
}

#[tokio::test]
async fn conf_get_conformance() {
    let classes = Server::new().told("/api/conformance").await;
    for class in ["queryables", "filter", "features-filter"] {
        let class = format!("http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/{class}");
        assert!(classes["conformsTo"].as_array().unwrap().contains(&Value::String(class.clone())), "{class}");
    }
}

#[tokio::test]
async fn conf_queryables_get_queryables_uris_and_get_queryables() {
    let server = Server::new();
    for collection in server.collections().await {
        let own = format!("/api/collections/{}", collection["id"].as_str().unwrap());
        let queryables = path(link(&collection, QUERYABLES)).to_owned();
        assert_eq!(queryables, format!("{own}/queryables"));
        let answer = server.as_client(&queryables).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/schema+json"));
        let schema = answer.json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["type"], "object");
        // A reference to itself; whoever resolves it has the address.
        assert_eq!(schema["$id"], queryables);
        assert!(schema["properties"].as_object().is_some_and(|p| !p.is_empty()));
    }
}

#[tokio::test]
async fn conf_queryables_query_parameters_query_param() {
    let server = Server::new();
    let definition = server.definition().await;
    let parameters = definition["paths"]["/api/collections/incidents/items"]["get"]["parameters"].as_array().unwrap();
    for (name, value, property) in [("country", "ML", "country"), ("status", "claimed", "status"), ("killed_best", "50", "killed_best")] {
        assert!(parameters.iter().any(|p| p["name"] == name), "{name}");
        let found = server.features(&format!("/api/collections/incidents/items?{name}={value}")).await;
        let has = |f: &Value| f["properties"][property].as_str().map_or_else(|| f["properties"][property].to_string(), str::to_owned);
        assert!(!found.is_empty() && found.iter().all(|f| has(f) == value), "{name}");
    }
}

#[tokio::test]
async fn conf_filter_filter_param_and_filter_lang_default() {
    let server = Server::used().await;
    for collection in server.collections().await {
        for lang in ["", "filter-lang=cql2-text&"] {
            let answer = server.as_client(&format!("{}?{lang}filter=id%20IS%20NULL", items(&collection))).await;
            assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/geo+json"), "{collection}");
            assert_eq!(answer.json()["numberMatched"], 0);
            let answer = server.as_client(&format!("{}?{lang}filter={}", items(&collection), escaped("THIS IS NOT A FILTER"))).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        }
    }
}

#[tokio::test]
async fn conf_filter_expression_construction() {
    let server = Server::new();
    for collection in server.collections().await {
        let answer = server.as_client(&format!("{}?filter=this_is_no_queryable%20IS%20NULL", items(&collection))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn conf_filter_filter_crs_wgs84_and_filter_crs_param() {
    let server = Server::new();
    for collection in DRAWN {
        let items = format!("/api/collections/{collection}/items");
        let everywhere = in_box([-180.0, -90.0, 180.0, 90.0]);
        let drawn = server.features(&format!("{items}?filter=geometry%20IS%20NOT%20NULL")).await;
        let crs = escaped("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
        for query in [format!("filter={everywhere}"), format!("filter={everywhere}&filter-crs={crs}")] {
            assert_eq!(ids(&server.features(&format!("{items}?{query}")).await), ids(&drawn), "{collection}");
        }
        let metres = server.as_client(&format!("{items}?filter={}", in_box([1e6, 1e6, 2e6, 2e6]))).await;
        assert_eq!(metres.status, StatusCode::BAD_REQUEST);
        let unknown = escaped("http://www.opengis.net/def/crs/OGC/0/does_not_exist");
        let unknown = server.as_client(&format!("{items}?filter={everywhere}&filter-crs={unknown}")).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn conf_features_filter_mixing_expression() {
    let server = Server::new();
    for collection in DRAWN {
        let items = format!("/api/collections/{collection}/items");
        let all = server.features(&format!("{items}?bbox=-10,10,5,20")).await;
        let both = server.features(&format!("{items}?bbox=-10,10,5,20&filter={}", in_box([-10.0, 10.0, 5.0, 20.0]))).await;
        assert_eq!(ids(&both), ids(&all));
        assert!(!all.is_empty());
        let apart = server.features(&format!("{items}?bbox=-10,10,5,20&filter={}", in_box([50.0, 10.0, 60.0, 20.0]))).await;
        assert!(apart.is_empty());
    }
}

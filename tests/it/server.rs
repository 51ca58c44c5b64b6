mod abstract_tests;
mod features;
mod geocoding;
mod limits;
mod observed;
mod pages;
mod public;
mod reconcile;
mod reports;
mod scripts;
mod sockets;
mod tokens;
mod why;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use dalil::gazetteer::Gazetteer;
use dalil::server::rules::{Rules, Tiles};
use dalil::server::{State, app_with};
use dalil::store::Store;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::sample::entry;

const ITEMS: &str = "/api/collections/incidents/items";
const PLACES: &str = "/api/collections/places/items";

struct Server {
    folder: tempfile::TempDir,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |h| h.to_str().unwrap())
    }
}

impl Server {
    /// A server over two reports with findings written by hand.
    fn new() -> Server {
        Server::with(Rules::default())
    }

    fn with(rules: Rules) -> Server {
        let folder = tempfile::tempdir().unwrap();
        Store::open(folder.path()).unwrap().put(&[entry("r1"), entry("r2")], "2026-11-21T10:00:00Z").unwrap();
        let state = State::open(folder.path(), Gazetteer::embedded(), || "2026-11-21T10:00:00Z".to_owned()).unwrap();
        Server { router: app_with(state, rules), folder }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, place: &Value, more: &[(header::HeaderName, &str)]) -> Answer {
        let mut request = Request::post(PLACES).header(header::CONTENT_TYPE, "application/geo+json");
        for (name, value) in more {
            request = request.header(name, *value);
        }
        self.ask(request.body(Body::from(place.to_string())).unwrap()).await
    }
}

fn place(name: &str, lon: f64, lat: f64) -> Value {
    let names = json!([{"name": "تين زو", "lang": "ar"}, {"name": name}]);
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": {"name": name, "names": names}})
}

#[tokio::test]
async fn the_interface_says_what_it_is() {
    let server = Server::new();
    let landing = server.get("/api").await.json();
    for link in landing["links"].as_array().unwrap() {
        let answer = server.get(link["href"].as_str().unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{link}");
    }
    let collections = server.get("/api/collections").await.json();
    let ids: Vec<&str> = collections["collections"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["clusters", "corrections", "incident-corrections", "incidents", "mentions", "places", "reports", "rulings"]);
    for id in ids {
        assert_eq!(server.get(&format!("/api/collections/{id}")).await.json()["id"], id);
        assert_eq!(server.get(&format!("/api/collections/{id}/items")).await.status, StatusCode::OK);
    }
    assert_eq!(server.get("/health").await.json()["status"], "ok");
}

#[tokio::test]
async fn the_definition_knows_every_parameter_that_is_taken() {
    let definition = Server::new().get("/api/openapi").await.json();
    assert_eq!(definition["openapi"], "3.0.3");
    let parameters = definition["paths"][ITEMS]["get"]["parameters"].as_array().unwrap();
    let names: Vec<&str> = parameters.iter().map(|p| p["name"].as_str().unwrap()).collect();
    for name in ["bbox", "datetime", "event_type", "sub_event_type", "status", "granularity", "lang", "country", "q", "limit", "offset"] {
        assert!(names.contains(&name), "{name}");
    }
}

#[tokio::test]
async fn items_are_geojson_with_their_counts() {
    let answer = Server::new().get(&format!("{ITEMS}?granularity=incident&limit=2")).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/geo+json");
    let collection = answer.json();
    assert_eq!(collection["type"], "FeatureCollection");
    assert_eq!((&collection["numberMatched"], &collection["numberReturned"]), (&json!(6), &json!(2)));
    assert_eq!(collection["links"][1]["href"], format!("{ITEMS}?granularity=incident&limit=2&after=inc-01-r2"));
    assert!(collection.get("crs").is_none() && collection["bbox"].is_array());
}

#[tokio::test]
async fn following_next_gives_every_feature_once() {
    let server = Server::new();
    let mut path = format!("{ITEMS}?granularity=incident,aggregate&limit=3&q=attaque");
    let mut ids = Vec::new();
    loop {
        let part = server.get(&path).await.json();
        ids.extend(part["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()));
        match part["links"].as_array().unwrap().iter().find(|l| l["rel"] == "next") {
            Some(next) => next["href"].as_str().unwrap().clone_into(&mut path),
            None => break,
        }
    }
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!((ids.len(), once), (8, ids));
}

#[tokio::test]
async fn one_feature_is_found_by_its_id_and_others_are_not() {
    let server = Server::new();
    let collection = server.get(ITEMS).await.json();
    let first = &collection["features"][0];
    let mut alone = server.get(&format!("{ITEMS}/{}", first["id"].as_str().unwrap())).await.json();
    assert_eq!(alone.as_object_mut().unwrap().remove("links").unwrap()[0]["rel"], "self");
    assert_eq!(&alone, first);
    let missing = server.get(&format!("{ITEMS}/inc-none")).await;
    assert_eq!((missing.status, missing.json()["status"].clone()), (StatusCode::NOT_FOUND, json!(404)));
    assert_eq!(server.get("/api/collections/weather/items").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bad_values_are_refused_with_a_reason() {
    let server = Server::new();
    for (query, parameter) in [
        ("bbox=1,2,3", "bbox"),
        ("bbox=0,95,1,96", "bbox"),
        ("datetime=yesterday", "datetime"),
        ("event_type=War", "event_type"),
        ("limit=0", "limit"),
        ("offset=-1", "offset"),
        ("colour=red", "colour"),
        ("status=asserted&status=denied", "status"),
    ] {
        let answer = server.get(&format!("{ITEMS}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{query}");
        let problem = answer.json();
        assert_eq!(problem["parameter"], parameter, "{query}");
        assert!(problem["detail"].as_str().unwrap().contains("expected"), "{problem}");
    }
}

#[tokio::test]
async fn a_filter_that_a_collection_does_not_have_is_refused_not_passed_over() {
    let server = Server::new();
    let answer = server.get("/api/collections/mentions/items?event_type=Battles").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get("/api/collections/mentions/items?lang=ar&bbox=1,16,2,17").await.json()["numberMatched"], 2);
}

#[tokio::test]
async fn a_download_is_named_and_an_answer_is_not_sent_twice() {
    let server = Server::new();
    let answer = server.get(&format!("{ITEMS}?download=1")).await;
    assert_eq!(answer.header(header::CONTENT_DISPOSITION), "attachment; filename=\"dalil-incidents.geojson\"");
    let tag = answer.header(header::ETAG).to_owned();
    let request = Request::get(format!("{ITEMS}?download=1")).header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
    let again = server.ask(request).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn long_answers_are_compressed_for_who_can_read_them() {
    let request = Request::get(ITEMS).header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap();
    let answer = Server::new().ask(request).await;
    assert_eq!(answer.header(header::CONTENT_ENCODING), "gzip");
}

#[tokio::test]
async fn every_answer_forbids_foreign_scripts() {
    let server = Server::new();
    for path in ["/", "/api", "/nowhere", ITEMS] {
        let answer = server.get(path).await;
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).contains("default-src 'self'"), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
    }
    let missing = server.get("/nowhere").await;
    assert_eq!((missing.status, missing.header(header::CONTENT_TYPE)), (StatusCode::NOT_FOUND, "application/problem+json"));
}

#[tokio::test]
async fn pictures_come_from_the_one_server_that_was_named() {
    let plain = Server::new();
    assert_eq!(plain.get("/settings").await.json(), json!({"tiles": null}));
    assert!(plain.get("/").await.header(header::CONTENT_SECURITY_POLICY).contains("img-src 'self' data:;"));
    let url = "https://tiles.example.org:8443/{z}/{x}/{y}.png?key=a";
    let tiles = Tiles::parse(url).unwrap().credited("© somebody");
    let server = Server::with(Rules { tiles: Some(tiles), ..Rules::default() });
    assert_eq!(server.get("/settings").await.json(), json!({"tiles": {"url": url, "credit": "© somebody"}}));
    let policy = server.get("/").await.header(header::CONTENT_SECURITY_POLICY).to_owned();
    assert!(
        policy.contains("img-src 'self' data: https://tiles.example.org:8443;") && policy.starts_with("default-src 'self';"),
        "{policy}"
    );
    for wrong in [
        "tiles.example.org/{z}/{x}/{y}.png",
        "javascript://x/{z}/{x}/{y}",
        "https://a.org; script-src */{z}/{x}/{y}",
        "https://a.org/{z}/{x}",
        "https://a.org/{z}/{x}/{y} b",
    ] {
        assert!(Tiles::parse(wrong).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_place_is_entered_seen_and_retired() {
    let server = Server::new();
    let answer = server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.bytes));
    let saved = answer.json();
    let location = answer.header(header::LOCATION).to_owned();
    assert_eq!(saved["changed"]["reports_read"], 2);
    assert_eq!((&saved["place"]["properties"]["country"], &saved["near_duplicates"]), (&json!("ML"), &json!([])));
    assert!(saved["place"]["id"].as_str().unwrap().starts_with("user:"));
    assert_eq!(server.get(&location).await.json()["properties"], saved["place"]["properties"]);
    let found = server.get("/gazetteer/search?q=تين زو&limit=1".replace(' ', "%20").as_str()).await.json();
    assert_eq!(found["features"][0]["id"], saved["place"]["id"]);
    let unseen = server.ask(Request::delete(&location).body(Body::empty()).unwrap()).await;
    assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED);
    let retire = || Request::delete(&location).header(header::IF_MATCH, answer.header(header::ETAG)).body(Body::empty()).unwrap();
    let retired = server.ask(retire()).await;
    assert_eq!((retired.status, &retired.json()["changed"]["reports_read"]), (StatusCode::OK, &json!(2)));
    assert_eq!(server.get(PLACES).await.json()["numberMatched"], 0);
    assert_eq!(server.ask(retire()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_place_of_a_known_name_nearby_is_saved_with_a_warning() {
    let saved = Server::new().post(&place("Gao", -0.05, 16.27), &[]).await.json();
    let near = saved["near_duplicates"].as_array().unwrap();
    assert!(near.iter().any(|n| n["name"] == "Gao" && n["distance_m"].as_u64().unwrap() < 1_000), "{saved}");
    assert_eq!(saved["place"]["properties"]["name"], "Gao");
}

#[tokio::test]
async fn a_place_that_cannot_be_is_refused() {
    let server = Server::new();
    let mut line = place("Tin-Zoo", 1.0, 16.0);
    line["geometry"]["type"] = json!("LineString");
    let mut country = place("Tin-Zoo", 1.0, 16.0);
    country["properties"]["country"] = json!("Mali");
    for wrong in
        [place("x", 1.0, 16.0), place("Tin-Zoo", 0.0, 0.0), place("Tin-Zoo", 200.0, 0.0), line, country, json!({"a": 1}), json!([])]
    {
        let answer = server.post(&wrong, &[]).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::BAD_REQUEST, "application/problem+json"), "{wrong}");
    }
    assert_eq!(server.get(PLACES).await.json()["numberMatched"], 0);
}

#[tokio::test]
async fn foreign_pages_forms_and_floods_change_nothing() {
    let server = Server::new();
    let place = place("Tin-Zoo", 1.0, 16.0);
    let foreign = [(header::ORIGIN, "http://evil.example"), (header::HOST, "127.0.0.1:8080")];
    assert_eq!(server.post(&place, &foreign).await.status, StatusCode::FORBIDDEN);
    let form = Request::post(PLACES).header(header::CONTENT_TYPE, "text/plain").body(Body::from(place.to_string())).unwrap();
    assert_eq!(server.ask(form).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let flood = json!({"note": "x".repeat(1_100_000)});
    assert_eq!(server.post(&flood, &[]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let elsewhere = Request::post(ITEMS).header(header::CONTENT_TYPE, "application/json").body(Body::from(place.to_string())).unwrap();
    assert_eq!(server.ask(elsewhere).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(server.get(PLACES).await.json()["numberMatched"], 0);
    let own = [(header::ORIGIN, "http://127.0.0.1:8080"), (header::HOST, "127.0.0.1:8080")];
    assert_eq!(server.post(&place, &own).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_page_that_listens_hears_of_a_change() {
    use tokio_stream::StreamExt;
    let server = Server::new();
    let request = Request::get("/events").body(Body::empty()).unwrap();
    let response = server.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await;
    let first = response.into_body().into_data_stream().next().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("event: changed"), "{first:?}");
}

//! The reconciliation service, checked by the shapes that its specification (0.2) asks for.

use serde_json::{Value, json};

use super::*;

const PATH: &str = "/reconcile";

fn form(name: &str, value: &Value) -> String {
    let text = value.to_string();
    let encoded: String =
        text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("{name}={encoded}")
}

impl Server {
    async fn ask_form(&self, name: &str, value: &Value) -> Answer {
        let request = Request::post(PATH).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form(name, value))).unwrap()).await
    }

    async fn results(&self, query: Value) -> Vec<Value> {
        let answer = self.ask_form("queries", &json!({"q0": query})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.bytes));
        answer.json()["q0"]["result"].as_array().unwrap().clone()
    }
}

/// A type is an identifier and a name, and what is broader is a type.
fn is_type(value: &Value) -> bool {
    value["id"].is_string() && value["name"].is_string() && value.get("broader").is_none_or(|b| b.as_array().unwrap().iter().all(is_type))
}

fn is_candidate(value: &Value) -> bool {
    let features = value["features"].as_array().unwrap();
    let ids: Vec<&str> = features.iter().map(|f| f["id"].as_str().unwrap()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    value["id"].is_string()
        && value["name"].is_string()
        && value["score"].as_f64().is_some_and(|s| (0.0..=100.0).contains(&s))
        && value["match"].is_boolean()
        && value["type"].as_array().unwrap().iter().all(is_type)
        && features.iter().all(|f| f["value"].is_boolean() || f["value"].is_number())
        && once.len() == ids.len()
}

#[tokio::test]
async fn the_manifest_names_every_service_and_each_answers() {
    let server = Server::new();
    let request = Request::get(PATH).header(header::HOST, "127.0.0.1:8080").body(Body::empty()).unwrap();
    let manifest = server.ask(request).await.json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    for field in ["name", "identifierSpace", "schemaSpace"] {
        assert!(manifest[field].is_string(), "{field}");
    }
    assert!(manifest["defaultTypes"].as_array().unwrap().iter().all(is_type));
    for template in [&manifest["view"]["url"], &manifest["preview"]["url"]] {
        assert!(template.as_str().unwrap().contains("{{id}}"), "{template}");
    }
    assert!(manifest["preview"]["width"].is_u64() && manifest["preview"]["height"].is_u64());
    let mut services: Vec<&Value> = manifest["suggest"].as_object().unwrap().values().collect();
    assert_eq!(services.len(), 3);
    services.push(&manifest["extend"]["propose_properties"]);
    for service in services {
        assert_eq!(service["service_url"], "http://127.0.0.1:8080");
        let answer = server.get(&format!("{}?prefix=p&type=P", service["service_path"].as_str().unwrap())).await;
        assert_eq!(answer.status, StatusCode::OK, "{service}");
    }
    for setting in manifest["extend"]["property_settings"].as_array().unwrap() {
        assert!(setting["name"].is_string() && setting["label"].is_string() && setting["type"] == "select");
        assert!(setting["choices"].as_array().unwrap().iter().all(|c| c["value"].is_string() && c["name"].is_string()));
    }
    assert_eq!(server.get("/reconcile/").await.json()["versions"], json!(["0.2"]));
}

#[tokio::test]
async fn a_batch_is_answered_query_by_query_by_post_and_get() {
    let server = Server::new();
    let batch = json!({
        "q0": {"query": "غاو", "type": "P", "limit": 3, "properties": [{"pid": "country", "v": "Mali"}], "type_strict": "should"},
        "q1": {"query": "Damas"},
        "q2": {"properties": [{"pid": "latitude", "v": 16.27}, {"pid": "longitude", "v": -0.05}]},
        "q3": {"query": "zzzzqqqq"},
    });
    let posted = server.ask_form("queries", &batch).await;
    assert_eq!(posted.header(header::CONTENT_TYPE), "application/json");
    let answer = posted.json();
    assert_eq!(server.get(&format!("{PATH}?{}", form("queries", &batch))).await.json(), answer);
    for (key, found) in answer.as_object().unwrap() {
        let result = found["result"].as_array().unwrap();
        assert!(result.iter().all(is_candidate), "{key}: {found}");
        assert!(result.is_sorted_by(|a, b| a["score"].as_f64() >= b["score"].as_f64()), "{key}");
    }
    assert_eq!((&answer["q0"]["result"][0]["id"], &answer["q0"]["result"][0]["match"]), (&json!("geonames:2457163"), &json!(true)));
    assert_eq!(answer["q1"]["result"][0]["id"], "geonames:170654");
    assert!(answer["q2"]["result"].as_array().unwrap().iter().any(|c| c["name"] == "Gao"));
    assert_eq!(answer["q3"]["result"], json!([]));
    assert!(answer["q0"]["result"].as_array().unwrap().len() <= 3);
}

#[tokio::test]
async fn one_query_alone_and_an_identifier_are_answered() {
    let server = Server::new();
    let one = server.get("/reconcile?query=Bamako").await.json();
    assert_eq!(one["result"][0]["id"], "geonames:2460596");
    for id in ["geonames:2457163", "2457163"] {
        let found = server.results(json!({"query": id})).await;
        assert_eq!((&found[0]["name"], &found[0]["match"], found.len()), (&json!("Gao"), &json!(true), 1));
    }
}

#[tokio::test]
async fn a_match_is_only_what_is_sure() {
    let server = Server::new();
    let with = |pid: &str, v: Value| json!([{"pid": pid, "v": v}]);
    for (query, sure) in [
        (json!({"query": "Gao"}), false),
        (json!({"query": "Gao", "type": "P", "properties": with("country", json!("ML"))}), true),
        (json!({"query": "Gao", "type": "P", "properties": with("country", json!({"id": "geonames:2453866", "name": "Mali"}))}), true),
        (json!({"query": "Gao", "type": ["A.ADM1"], "properties": with("country", json!(["مالي"]))}), false),
        (json!({"query": "Gao", "type": "P", "properties": with("country", json!("Atlantis"))}), false),
        (json!({"query": "Aleppoo", "type": "P"}), false),
        (json!({"query": "Tripoli", "type": "P"}), false),
        (
            json!({"query": "Tripoli", "type": "P", "properties": [{"pid": "latitude", "v": "34.43"}, {"pid": "longitude", "v": 35.84}]}),
            true,
        ),
    ] {
        let found = server.results(query.clone()).await;
        assert_eq!(found[0]["match"], sure, "{query}: {found:?}");
        assert!(found.iter().skip(1).all(|c| c["match"] == false));
    }
}

#[tokio::test]
async fn properties_that_disagree_cost() {
    let server = Server::new();
    let near = server
        .results(json!({"query": "Tripoli", "properties": [{"pid": "latitude", "v": 34.43}, {"pid": "longitude", "v": 35.84}]}))
        .await;
    assert_eq!(near[0]["id"], "geonames:266826");
    let features = near[0]["features"].as_array().unwrap();
    assert!(features.contains(&json!({"id": "coordinates_match", "value": true})), "{features:?}");
    let wrong = server.results(json!({"query": "Gao", "properties": [{"pid": "admin1", "v": "Kidal"}]})).await;
    assert!(wrong[0]["features"].as_array().unwrap().contains(&json!({"id": "admin1_match", "value": false})), "{wrong:?}");
    let right = server.results(json!({"query": "Gao", "properties": [{"pid": "admin1", "v": "Gao"}]})).await;
    assert!(right[0]["score"].as_f64() > wrong[0]["score"].as_f64());
}

#[tokio::test]
async fn suggestions_complete_names_types_and_properties() {
    let server = Server::new();
    let result = |path: &'static str| async { server.get(path).await.json()["result"].as_array().unwrap().clone() };
    let places = result("/reconcile/suggest/entity?prefix=bam").await;
    assert!(places.iter().any(|p| p["id"] == "geonames:2460596" && p["description"].is_string() && p["notable"].is_array()), "{places:?}");
    let later = result("/reconcile/suggest/entity?prefix=bam&cursor=2").await;
    assert_eq!(later[0], places[2]);
    assert_eq!(result("/reconcile/suggest/entity?prefix=geonames:2457163").await[0]["name"], "Gao");
    let types = result("/reconcile/suggest/type?prefix=capi").await;
    assert!(types.iter().all(is_type) && types.iter().any(|t| t["id"] == "P.PPLC"), "{types:?}");
    assert_eq!(result("/reconcile/suggest/type?prefix=P.PPLA").await[0]["id"], "P.PPLA");
    assert_eq!(result("/reconcile/suggest/property?prefix=lat").await[0]["id"], "latitude");
    assert_eq!(result("/reconcile/suggest/entity?prefix=zzzzqqqq").await, Vec::<Value>::new());
}

#[tokio::test]
async fn data_are_extended_by_column() {
    let server = Server::new();
    let query = json!({
        "ids": ["geonames:2457163", "geonames:0"],
        "properties": [{"id": "country", "settings": {"lang": "ar"}}, {"id": "admin1"}, {"id": "latitude"}, {"id": "population"}, {"id": "name_ar"}, {"id": "name_fr"}],
    });
    let answer = server.ask_form("extend", &query).await.json();
    assert_eq!(server.get(&format!("{PATH}?{}", form("extend", &query))).await.json(), answer);
    let meta = answer["meta"].as_array().unwrap();
    assert_eq!((meta.len(), &meta[0]["id"], &meta[0]["type"]["id"]), (6, &json!("country"), &json!("A")));
    assert!(meta.iter().all(|m| m["id"].is_string() && m["name"].is_string()));
    let row = &answer["rows"]["geonames:2457163"];
    assert_eq!((&row["country"][0]["id"], row["country"].as_array().unwrap().len()), (&json!("geonames:2453866"), 1));
    assert!(row["country"][0]["name"].as_str().unwrap().contains("مالي"));
    assert_eq!(row["admin1"][0]["id"], "geonames:2457161");
    assert!(row["latitude"][0]["float"].is_number() && row["population"][0]["int"].is_u64() && row["name_ar"][0]["str"].is_string());
    assert!(answer["rows"]["geonames:0"].as_object().unwrap().values().all(|cell| *cell == json!([])));
    let proposed = server.get("/reconcile/properties?type=P&limit=3").await.json();
    assert_eq!((&proposed["type"], &proposed["limit"], proposed["properties"].as_array().unwrap().len()), (&json!("P"), &json!(3), 3));
}

#[tokio::test]
async fn a_preview_runs_nothing_and_may_be_framed() {
    let server = Server::new();
    let wicked = "<script>alert(1)</script>";
    let mut place = place("Tin-Zoo", 1.4, 16.2);
    place["properties"]["name"] = json!(format!("Tin{wicked}"));
    let id = server.post(&place, &[]).await.json()["place"]["id"].as_str().unwrap().to_owned();
    let answer = server.get(&format!("/reconcile/preview?id={id}")).await;
    assert!(answer.header(header::CONTENT_TYPE).starts_with("text/html"));
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
    let html = String::from_utf8(answer.bytes.clone()).unwrap();
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    assert!(server.get("/").await.header(header::CONTENT_SECURITY_POLICY).contains("frame-ancestors 'none'"));
    assert_eq!(server.get("/reconcile/preview?id=geonames:0").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_origin_may_ask_but_pages_from_elsewhere_do_not_see_the_users_places() {
    let server = Server::new();
    server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await;
    for (origin, sees) in [(None, true), (Some("http://127.0.0.1:3333"), true), (Some("http://evil.example"), false), (Some("null"), false)]
    {
        let mut request =
            Request::post(PATH).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header(header::HOST, "127.0.0.1:8080");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let answer = server.ask(request.body(Body::from(form("queries", &json!({"a": {"query": "Tin-Zoo"}})))).unwrap()).await;
        assert_eq!((answer.status, answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN)), (StatusCode::OK, "*"));
        let is_seen = answer.json()["a"]["result"].as_array().unwrap().iter().any(|c| c["id"].as_str().unwrap().starts_with("user:"));
        assert_eq!(is_seen, sees, "{origin:?}");
    }
    for path in [PATH, "/reconcile/suggest/entity?prefix=gao", "/reconcile/properties?type=P", "/reconcile/preview?id=geonames:2457163"] {
        assert_eq!(server.get(path).await.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{path}");
    }
    let preflight = server.ask(Request::options(PATH).header(header::ORIGIN, "http://a.example").body(Body::empty()).unwrap()).await;
    assert!(preflight.status.is_success() && preflight.headers.contains_key(header::ACCESS_CONTROL_ALLOW_METHODS), "{}", preflight.status);
    assert!(server.get("/gazetteer/search?text=Gao").await.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_none());
}

#[tokio::test]
async fn what_cannot_be_answered_is_refused() {
    let server = Server::new();
    for (name, value) in [
        ("queries", json!({"q0": {"query": ""}})),
        ("queries", json!({"q0": {}})),
        ("queries", json!([])),
        ("queries", json!({"q0": {"query": 1}})),
        ("queries", json!({"q0": {"query": "a", "props": []}})),
        ("queries", json!({"q0": {"query": "a", "properties": [{"p": "country", "v": 1}]}})),
        ("extend", json!({"ids": ["geonames:1"]})),
        ("extend", json!({"ids": [], "properties": [{"id": "colour"}]})),
        ("nothing", json!({})),
    ] {
        let answer = server.ask_form(name, &value).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{name} {value}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("expected"), "{}", answer.json());
    }
    let many: serde_json::Map<String, Value> = (0..201).map(|i| (format!("q{i}"), json!({"query": "a"}))).collect();
    assert_eq!(server.ask_form("queries", &Value::Object(many)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let text = Request::post(PATH).header(header::CONTENT_TYPE, "text/plain").body(Body::from("queries={}")).unwrap();
    assert_eq!(server.ask(text).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(server.get("/reconcile/suggest/entity").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get("/reconcile/preview").await.status, StatusCode::BAD_REQUEST);
}

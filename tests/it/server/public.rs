//! What everybody may see, and places as files.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use dalil::server::rules::Rules;
use serde_json::json;

use super::{Answer, ITEMS, PLACES, Server, place};

const PUBLIC: &str = "/api/public/incidents";
const EXCHANGE: &str = "/api/collections/places/exchange";

#[tokio::test]
async fn what_everybody_may_see_is_counts_in_cells_and_nothing_else() {
    let server = Server::new();
    let answer = server.get(PUBLIC).await;
    let text = String::from_utf8(answer.bytes.clone()).unwrap();
    for told in ["Talataye", "تلاتاي", "AFP", "Semaine", "Islamic", "inc-", "r1", "1.51", "16.53", "dalil:", "Armed clash"] {
        assert!(!text.contains(told), "{told} in {text}");
    }
    let whole = answer.json();
    let cells = whole["features"].as_array().unwrap();
    let talataye = cells.iter().find(|cell| cell["geometry"]["coordinates"] == json!([1.75, 16.75])).expect("the cell of 1.51, 16.53");
    // The same battle in both reports, 50 killed in each.
    let expected = json!({"country": "ML", "admin1": "Gao", "killed": 100, "first": "2022-09-06", "last": "2022-09-06"});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&talataye["properties"][name], value, "{name}");
    }
    let located: u64 = cells.iter().map(|cell| cell["properties"]["count"].as_u64().unwrap()).sum();
    assert_eq!(located + whole["unlocated"].as_u64().unwrap(), whole["numberMatched"].as_u64().unwrap());
    let battles = server.get(&format!("{PUBLIC}?event_type=Protests")).await.json();
    assert_eq!(battles["numberMatched"], 0);
}

#[tokio::test]
async fn who_asks_finely_in_public_is_refused() {
    let server = Server::new();
    for (name, value) in [
        ("q", "AFP"),
        ("bbox", "1.5,16.5,1.6,16.6"),
        ("filter", "lat%20%3E%2016.5"),
        ("place_name", "Talataye"),
        ("source", "AFP"),
        ("report_id", "r1"),
        ("actor", "Islamic"),
        ("id", "inc-01-r1"),
        ("geo_precision", "1"),
        ("granularity", "aggregate"),
    ] {
        let answer = server.get(&format!("{PUBLIC}?{name}={value}")).await;
        assert_eq!((answer.status, &answer.json()["parameter"]), (StatusCode::BAD_REQUEST, &json!(name)), "{name}");
    }
}

#[tokio::test]
async fn the_coarse_map_alone_may_be_framed_and_can_be_open_where_all_else_is_private() {
    let server = Server::new();
    for (path, ancestors) in [("/embed", "frame-ancestors *"), ("/", "frame-ancestors 'none'"), (PUBLIC, "frame-ancestors 'none'")] {
        let policy = server.get(path).await.header(header::CONTENT_SECURITY_POLICY).to_owned();
        assert!(policy.contains("default-src 'self'") && policy.contains(ancestors), "{path}: {policy}");
    }
    let private = |opens_embed| Server::with(Rules { is_private: true, opens_embed, ..Rules::default() });
    let (closed, open) = (private(false), private(true));
    for path in ["/embed", PUBLIC] {
        assert_eq!(closed.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(open.get(path).await.status, StatusCode::OK, "{path}");
    }
    for path in ["/", ITEMS, "/api/public", "/api/public/incidents/items", "/embed/../api", "/events", "/locale/../api"] {
        assert_eq!(open.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

async fn import(server: &Server, query: &str, media_type: &str, text: String) -> Answer {
    let request = Request::post(format!("{EXCHANGE}?{query}")).header(header::CONTENT_TYPE, media_type);
    server.ask(request.body(Body::from(text)).unwrap()).await
}

#[tokio::test]
async fn places_leave_and_come_back_the_same_in_every_form() {
    let server = Server::new();
    assert_eq!(server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await.status, StatusCode::CREATED);
    let csv = |form: &str| format!("{EXCHANGE}?f={form}");
    let before = server.get(&csv("csv")).await;
    assert!(before.header(header::CONTENT_DISPOSITION).contains("dalil-places.csv"));
    for (form, media_type) in [("csv", "text/csv"), ("geojson", "application/geo+json"), ("linked-places", "application/ld+json")] {
        let text = String::from_utf8(server.get(&csv(form)).await.bytes).unwrap();
        let other = Server::new();
        let tried = import(&other, "dry_run=true", media_type, text.clone()).await.json();
        assert_eq!((&tried["import"]["saved"], &tried["dry_run"]), (&json!(1), &json!(true)), "{form}");
        assert_eq!(other.get(PLACES).await.json()["numberMatched"], 0, "{form}: a dry run saves nothing");
        let done = import(&other, "name=villages", media_type, text).await.json();
        assert_eq!((&done["import"]["rows"], &done["import"]["refused"], &done["change"]), (&json!(1), &json!(0), &json!(1)), "{form}");
        assert_eq!(other.get(&csv("csv")).await.bytes, before.bytes, "{form}");
    }
    assert_eq!(server.get(&format!("{EXCHANGE}?f=xlsx")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get(EXCHANGE).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_with_wrong_rows_is_told_row_by_row_and_one_that_is_none_is_refused() {
    let server = Server::new();
    let rows = "name,lat,lon,feature\nTinkarassout,16.5,1.4,PPL\nNowhere,99,1.4,PPL\n";
    let answer = import(&server, "name=villages.csv", "text/csv; charset=utf-8", rows.to_owned()).await.json();
    assert_eq!(answer["import"], json!({"rows": 2, "saved": 1, "unchanged": 0, "refused": 1}));
    assert!(answer["refused"][0].as_str().unwrap().starts_with("villages.csv:3"), "{answer}");
    for (media_type, text, status) in [
        ("text/plain", rows, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json", "{", StatusCode::BAD_REQUEST),
        ("text/csv", "", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(import(&server, "", media_type, text.to_owned()).await.status, status, "{media_type} {text}");
    }
    let request = Request::post(EXCHANGE).header(header::CONTENT_TYPE, "text/csv").header(header::ORIGIN, "http://elsewhere.example");
    let foreign = server.ask(request.header(header::HOST, "here").body(Body::from(rows)).unwrap()).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn spellings_of_one_name_are_counted_together_when_asked() {
    let server = Server::new();
    let values = async |more: &str| {
        let path = format!("/api/collections/mentions/facets?properties=text{more}");
        server.get(&path).await.json()["facets"]["text"]["values"].as_array().unwrap().clone()
    };
    let (apart, together) = (values("").await, values("&folded=1").await);
    let sum = |values: &[serde_json::Value]| values.iter().map(|v| v["count"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum(&apart), sum(&together));
    assert_eq!(values("&folded=1&most=1").await.len(), 1);
    assert_eq!(server.get("/api/collections/mentions/facets?properties=text&folded=x").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_latin_name_is_spelt_in_arabic_letters() {
    let server = Server::new();
    let spelt = server.get("/gazetteer/spell?text=Kafr%20Nabl&country=SY").await.json();
    assert_eq!(spelt["ar"][0], "كفر نبل", "as the place is called");
    assert_eq!(server.get("/gazetteer/spell?text=%D8%AD%D9%84%D8%A8").await.json()["ar"], json!([]));
    for wrong in ["", "?text=", "?text=a&lang=ar"] {
        assert_eq!(server.get(&format!("/gazetteer/spell{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn a_collection_links_its_files() {
    let links = Server::new().get("/api/collections/incidents").await.json()["links"].clone();
    let files: Vec<&str> =
        links.as_array().unwrap().iter().filter(|l| l["rel"] == "enclosure").filter_map(|l| l["title"].as_str()).collect();
    assert_eq!(files, ["geojson", "geojsonseq", "csv", "hxl", "acled", "ucdp", "kml", "flatgeobuf", "gpkg"]);
}

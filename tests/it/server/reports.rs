//! Reports come in and go out over HTTP.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use dalil::server::rules::Rules;
use serde_json::{Value, json};

use super::{Answer, ITEMS, Server};

const REPORTS: &str = "/api/collections/reports/items";
const ARABIC: &str = "قتل أحد عشر جنديا في كمين نصبه مسلحون قرب بلدة غورغادجي شمالي بوركينا فاسو يوم 11 أكتوبر 2022، بحسب مصدر أمني.";
const FRENCH: &str = "Douze civils ont été tués mardi 11 octobre 2022 à Gao et dans le hameau de Zoukoudoubé, au Mali.";

async fn send(server: &Server, path: &str, media_type: &str, body: impl Into<Body>) -> Answer {
    server.ask(Request::post(path).header(header::CONTENT_TYPE, media_type).body(body.into()).unwrap()).await
}

async fn hand_in(server: &Server, report: &Value) -> Answer {
    send(server, REPORTS, "application/json", report.to_string()).await
}

async fn count(server: &Server, path: &str) -> u64 {
    server.get(path).await.json()["numberMatched"].as_u64().unwrap()
}

async fn undo(server: &Server, change: &Value) -> Answer {
    server.ask(Request::post(format!("/api/history/{change}/undo")).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_text_is_read_at_once_and_known_again() {
    let server = Server::new();
    let path = format!("{REPORTS}?title=%D9%83%D9%85%D9%8A%D9%86&published=2022-10-12&source=AFP");
    let answer = send(&server, &path, "text/plain; charset=utf-8", ARABIC).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.bytes));
    let saved = answer.json();
    let id = saved["report"]["id"].as_str().unwrap();
    assert_eq!(answer.header(header::LOCATION), format!("{REPORTS}/{id}"));
    let told = &saved["report"]["properties"];
    assert_eq!(
        [&told["title"], &told["published"], &told["source"], &told["lang"], &told["text"]],
        ["كمين", "2022-10-12", "AFP", "ar", ARABIC]
    );
    assert_eq!(server.get(answer.header(header::LOCATION)).await.json()["properties"], saved["report"]["properties"]);
    assert_eq!((&saved["duplicate"], &saved["summary"]["incidents"], &saved["summary"]["located"]), (&json!(false), &json!(1), &json!(1)));
    assert_eq!(count(&server, &format!("{ITEMS}?report_id={id}")).await, 1);
    assert_eq!(
        Some(count(&server, &format!("/api/collections/mentions/items?report_id={id}")).await),
        saved["summary"]["mentions"].as_u64()
    );

    let again = send(&server, &path, "text/plain", ARABIC).await;
    assert_eq!((again.status, &again.json()["duplicate"], &again.json()["report"]), (StatusCode::OK, &json!(true), &saved["report"]));
    assert_eq!((&again.json()["summary"], &again.json()["change"]), (&saved["summary"], &Value::Null));
    let changes = server.get("/api/history").await.json();
    assert_eq!((changes["changes"].as_array().unwrap().len(), &changes["changes"][0]["what"]), (1, &json!("report added")));
}

#[tokio::test]
async fn an_object_is_read_as_a_line_of_json_lines_is() {
    let server = Server::new();
    let report = json!({"id": "list/a 1.txt", "text": FRENCH, "published": "2022-10-12T09:00:00Z", "lang": "fr", "more": 1});
    let answer = hand_in(&server, &report).await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::CREATED, "/api/collections/reports/items/list%2Fa%201.txt"));
    assert_eq!(answer.json()["summary"]["unresolved"], json!(["Zoukoudoubé"]));
    assert_eq!(server.get(answer.header(header::LOCATION)).await.json()["id"], "list/a 1.txt");
    assert_eq!(hand_in(&server, &report).await.json()["duplicate"], true);
    let other = hand_in(&server, &json!({"id": "list/a 1.txt", "text": ARABIC})).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", String::from_utf8_lossy(&other.bytes));
    assert_eq!(count(&server, REPORTS).await, 3);
}

#[tokio::test]
async fn the_encoding_of_a_text_is_found_out() {
    let server = Server::new();
    let bytes: Vec<u8> = FRENCH.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let answer = send(&server, REPORTS, "text/plain", bytes).await;
    assert_eq!((answer.status, &answer.json()["report"]["properties"]["text"]), (StatusCode::CREATED, &json!(FRENCH)));
}

#[tokio::test]
async fn what_is_no_report_is_refused_with_what_was_found() {
    let server = Server::new();
    for (wrong, told) in [
        (json!({"id": "a"}), "missing field `text`"),
        (json!({"text": " \n"}), "expected the text of a report"),
        (json!({"text": "x", "published": "soon"}), "found «soon», expected a date"),
        (json!({"text": "x", "id": "x".repeat(256)}), "at most 255"),
        (json!([]), "expected"),
    ] {
        let answer = hand_in(&server, &wrong).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::BAD_REQUEST, "application/problem+json"), "{wrong}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(told), "{}", answer.json());
    }
    for (query, parameter) in [
        ("colour=red", "colour"),
        ("lang=tlh", "lang"),
        ("title=a&title=b", "title"),
        ("dry_run=perhaps", "dry_run"),
        ("published=soon", "report"),
    ] {
        let answer = send(&server, &format!("{REPORTS}?{query}"), "text/plain", FRENCH).await;
        assert_eq!((answer.status, &answer.json()["parameter"]), (StatusCode::BAD_REQUEST, &json!(parameter)), "{query}");
    }
    assert_eq!(send(&server, &format!("{REPORTS}?title=a"), "application/json", "{}").await.status, StatusCode::BAD_REQUEST);
    let binary = send(&server, REPORTS, "text/plain", &b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01"[..]).await;
    assert_eq!((binary.status, &binary.json()["detail"]), (StatusCode::BAD_REQUEST, &json!("is binary, expected text")));
    assert_eq!(send(&server, REPORTS, "text/csv", "id,text").await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(send(&server, REPORTS, "text/plain", "x".repeat(1_100_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(count(&server, REPORTS).await, 2);
    let guarded = Server::with(Rules { needs_token: true, ..Rules::default() });
    assert_eq!(send(&guarded, REPORTS, "text/plain", FRENCH).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_report_that_is_only_tried_is_not_kept() {
    let server = Server::new();
    let answer = send(&server, &format!("{REPORTS}?dry_run=true"), "text/plain", FRENCH).await;
    let tried = answer.json();
    assert_eq!((answer.status, &tried["dry_run"], &tried["report"]), (StatusCode::OK, &json!(true), &Value::Null));
    assert_eq!((&tried["summary"]["incidents"], &tried["changed"]["incidents_added"]), (&json!(1), &json!(1)));
    assert_eq!((count(&server, REPORTS).await, server.get("/api/history").await.json()["changes"].as_array().unwrap().len()), (2, 0));
}

#[tokio::test]
async fn handing_in_is_undone_and_done_again() {
    let server = Server::new();
    let before = (count(&server, ITEMS).await, count(&server, "/api/collections/clusters/items").await);
    let saved = hand_in(&server, &json!({"id": "new", "text": FRENCH})).await.json();
    let incidents = server.get(&format!("{ITEMS}?report_id=new")).await.json()["features"].clone();
    let undone = undo(&server, &saved["change"]).await;
    assert_eq!((undone.status, &undone.json()["changed"]["incidents_removed"]), (StatusCode::OK, &json!(1)));
    assert_eq!(server.get(&format!("{REPORTS}/new")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(count(&server, "/api/collections/mentions/items?report_id=new").await, 0);
    assert_eq!((count(&server, ITEMS).await, count(&server, "/api/collections/clusters/items").await), before);
    assert_eq!(undo(&server, &undone.json()["change"]).await.status, StatusCode::OK);
    assert_eq!(server.get(&format!("{ITEMS}?report_id=new")).await.json()["features"], incidents);
    // What was done since is in the way of undoing the first change once more.
    let removed = server.ask(Request::delete(format!("{REPORTS}/new")).header(header::IF_MATCH, "*").body(Body::empty()).unwrap()).await;
    assert_eq!((removed.status, undo(&server, &saved["change"]).await.status), (StatusCode::OK, StatusCode::CONFLICT));
}

#[tokio::test]
async fn a_report_is_taken_out_in_the_version_that_was_seen() {
    let server = Server::new();
    hand_in(&server, &json!({"id": "new", "text": FRENCH})).await;
    let path = format!("{REPORTS}/new");
    let remove = |version: Option<String>| {
        let request = Request::delete(&path);
        let request = version.into_iter().fold(request, |request, version| request.header(header::IF_MATCH, version));
        server.ask(request.body(Body::empty()).unwrap())
    };
    assert_eq!(remove(None).await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(remove(Some("\"0123456789abcdef\"".to_owned())).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(count(&server, &format!("{REPORTS}?q=hameau")).await, 1);
    let tag = server.get(&path).await.header(header::ETAG).to_owned();
    let removed = remove(Some(tag)).await;
    assert_eq!((removed.status, &removed.json()["changed"]["incidents_removed"]), (StatusCode::OK, &json!(1)));
    assert_eq!(
        (count(&server, &format!("{REPORTS}?q=hameau")).await, remove(Some("*".to_owned())).await.status),
        (0, StatusCode::NOT_FOUND)
    );
    assert_eq!(undo(&server, &removed.json()["change"]).await.status, StatusCode::OK);
    assert_eq!(count(&server, &format!("{REPORTS}?q=hameau")).await, 1);
}

#[tokio::test]
async fn actors_have_names_in_each_language() {
    let actors = Server::new().get("/api/actors").await.json();
    let named = |name: &str| actors["actors"].as_array().unwrap().iter().find(|a| a["name"] == name).unwrap().clone();
    assert_eq!(named("Soldiers"), json!({"name": "Soldiers", "name_ar": "جنود", "name_fr": "soldats", "kind": "state", "country": "*"}));
    assert_eq!(named("Military Forces of Mali")["name_fr"], "armée malienne");
    for actor in actors["actors"].as_array().unwrap() {
        assert!(actor["name_ar"] != "" && actor["name_fr"] != "", "{actor}");
    }
}

#[tokio::test]
async fn a_file_is_taken_apart_and_its_reports_handed_in() {
    let server = Server::new();
    let before = count(&server, REPORTS).await;
    let page = format!(
        "<html><head><title>Gao</title><meta property='article:published_time' content='2022-10-12T08:00:00+00:00'></head>\
         <body><nav><a href='/'>Accueil</a></nav><article><p>{FRENCH}</p><p>{FRENCH} Le maire de Gao a confirmé ce bilan, sans plus.</p></article></body></html>"
    );
    let path = "/api/documents?name=gao.html";
    let answer = send(&server, path, "application/octet-stream", page.clone()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.bytes));
    let taken = answer.json();
    assert_eq!((taken["reports"].as_array().unwrap().len(), &taken["refused"]), (1, &json!([])));
    let report = &taken["reports"][0];
    assert_eq!([&report["id"], &report["published"]], ["gao.html", "2022-10-12"]);
    assert!(report["text"].as_str().unwrap().starts_with(FRENCH));
    // Nothing is kept until it is handed in, and then with what the page said of itself.
    assert_eq!(count(&server, REPORTS).await, before);
    let saved = hand_in(&server, report).await;
    assert_eq!(saved.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&saved.bytes));
    let told = &saved.json()["report"]["properties"];
    assert_eq!([&told["file_kind"], &told["published_basis"], &told["published_at"]], ["html", "metadata", "2022-10-12T08:00:00+00:00"]);
    let picture = send(&server, "/api/documents?name=a.txt&published=2022-10-12", "application/octet-stream", "\u{89}PNG").await.json();
    assert_eq!(picture["reports"].as_array().unwrap().len(), 1, "letters, whatever they say");
    let picture = send(&server, path, "application/octet-stream", &b"\x89PNG\r\n\x1a\n"[..]).await.json();
    assert_eq!(picture["refused"][0]["place"], "gao.html");
    assert!(picture["refused"][0]["reason"].as_str().unwrap().contains("picture"));
    for (path, media_type, status) in [
        (path, "text/html", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("/api/documents?published=soon", "application/octet-stream", StatusCode::BAD_REQUEST),
        ("/api/documents?more=1", "application/octet-stream", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&server, path, media_type, page.clone()).await.status, status, "{path}");
    }
    let wrong = json!({"text": FRENCH, "provenance": {"published": 7}});
    assert_eq!(hand_in(&server, &wrong).await.status, StatusCode::BAD_REQUEST);
}

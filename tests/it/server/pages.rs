//! The machine interface as pages, for people (OGC API – Features part 1, class HTML).

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::{Answer, ITEMS, Server};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

impl Server {
    async fn browse(&self, path: &str, lang: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, BROWSER).header(header::ACCEPT_LANGUAGE, lang);
        self.ask(request.body(Body::empty()).unwrap()).await
    }
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }
}

#[tokio::test]
async fn every_document_is_a_page_for_browsers_and_json_for_programs() {
    let server = Server::new();
    let item = format!("{ITEMS}/inc-01-r1");
    let queryables = "/api/collections/incidents/queryables";
    for path in ["/api", "/api/conformance", "/api/collections", "/api/collections/incidents", ITEMS, &item, queryables, "/api/openapi"] {
        let page = server.browse(path, "en").await;
        assert_eq!((page.status, page.header(header::CONTENT_TYPE)), (StatusCode::OK, "text/html; charset=utf-8"), "{path}");
        assert!(page.text().starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"), "{path}");
        assert!(page.header(header::VARY).contains("accept"), "{path}");
        let joined = format!("{path}?f=html");
        assert_eq!(server.get(&joined).await.header(header::CONTENT_TYPE), "text/html; charset=utf-8", "{joined}");
        let json = server.get(path).await;
        assert!(json.header(header::CONTENT_TYPE).contains("json"), "{path}");
        assert_eq!(server.get(&format!("{path}?f=json")).await.json(), json.json(), "{path}");
    }
    let wrong = server.get("/api?f=xml").await;
    assert_eq!((wrong.status, &wrong.json()["parameter"]), (StatusCode::BAD_REQUEST, &"f".into()));
}

#[tokio::test]
async fn a_table_is_read_to_its_end_by_its_links() {
    let server = Server::new();
    let mut path = format!("{ITEMS}?granularity=incident,aggregate&limit=3&f=html");
    let mut rows = 0;
    loop {
        let page = server.browse(&path, "ar").await;
        assert!(page.text().contains("<html lang=\"ar\" dir=\"rtl\">"));
        rows += page.text().matches("<tr><td>").count();
        let Some((_, rest)) = page.text().split_once("<a rel=\"next\" href=\"") else { break };
        path = rest.split_once('"').unwrap().0.replace("&amp;", "&");
    }
    let all = server.get(&format!("{ITEMS}?granularity=incident,aggregate&limit=1")).await.json();
    assert_eq!(rows as u64, all["numberMatched"].as_u64().unwrap());
}

#[tokio::test]
async fn what_is_refused_is_a_page_too_and_nothing_in_it_is_markup() {
    let server = Server::new();
    let page = server.browse(&format!("{ITEMS}?bbox=%3Cscript%3Ealert(1)%3C/script%3E"), "fr").await;
    assert_eq!((page.status, page.header(header::CONTENT_TYPE)), (StatusCode::BAD_REQUEST, "text/html; charset=utf-8"));
    assert!(page.text().contains("&lt;script&gt;alert(1)") && !page.text().contains("<script"));
    let page = server.browse(&format!("{ITEMS}?q=%22%3E%3Cb%3E"), "fr").await;
    assert!(page.text().contains("value=\"&quot;&gt;&lt;b&gt;\""), "{}", page.text());
}

//! The abstract tests of OGC API – Features as the standard's own text has them, each under its identifier; `docs/api.md` has the table.

mod core;
mod edit;
mod filter;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{Answer, Server, place};

/// All of a server but the incidents of its reports are made by people.
const DRAWN: [&str; 3] = ["clusters", "incidents", "mentions"];

impl Server {
    /// With one of each thing that people make, as another machine asks for it.
    async fn used() -> Server {
        let server = Server::new();
        assert_eq!(server.post(&place("Tin-Zoo", 1.4, 16.2), &[]).await.status, StatusCode::CREATED);
        server
    }

    async fn told(&self, path: &str) -> Value {
        let answer = self.as_client(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    async fn as_client(&self, path: &str) -> Answer {
        self.ask(Request::get(path).header(header::HOST, "here.example").body(Body::empty()).unwrap()).await
    }

    async fn collections(&self) -> Vec<Value> {
        self.told("/api/collections").await["collections"].as_array().unwrap().clone()
    }

    async fn definition(&self) -> Value {
        self.told("/api/openapi").await
    }

    async fn features(&self, path: &str) -> Vec<Value> {
        self.told(path).await["features"].as_array().unwrap().clone()
    }
}

fn items(collection: &Value) -> String {
    format!("/api/collections/{}/items", collection["id"].as_str().unwrap())
}

/// A link of a relation; each has to say its type.
fn link<'a>(document: &'a Value, rel: &str) -> &'a Value {
    let links = document["links"].as_array().unwrap_or_else(|| panic!("no links: {document}"));
    let found = links.iter().find(|l| l["rel"] == rel).unwrap_or_else(|| panic!("no link {rel}: {links:?}"));
    assert!(found["type"].is_string(), "{found}");
    found
}

/// The path of a link to here.
fn path(link: &Value) -> &str {
    link["href"].as_str().unwrap().strip_prefix("http://here.example").unwrap_or_else(|| panic!("{link}"))
}

fn ids(features: &[Value]) -> Vec<&str> {
    features.iter().map(|f| f["id"].as_str().unwrap()).collect()
}

fn nothing() -> Value {
    json!(null)
}

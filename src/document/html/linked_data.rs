//! What a page says of itself for machines: schema.org in JSON-LD.

use dom_query::Document as Page;
use serde_json::{Map, Value};

/// Objects of one page that are looked at.
const MOST_OBJECTS: usize = 2_000;

/// An object of JSON-LD.
pub(super) type Object = Map<String, Value>;

/// All that the page's scripts of linked data hold.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    objects: Vec<Object>,
}

impl LinkedData {
    pub(super) fn of(page: &Page) -> LinkedData {
        let mut data = LinkedData::default();
        for script in page.select("script[type*='ld+json']").nodes() {
            let text = script.text();
            let text =
                text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_start_matches("<!--").trim_end_matches("-->");
            // Line breaks within strings are common and no JSON.
            let parsed = serde_json::from_str(text).or_else(|_| serde_json::from_str(&text.replace(|c: char| c.is_control(), " ")));
            if let Ok(value) = parsed {
                data.take(value);
            }
        }
        data
    }

    /// Lists and graphs are what is in them.
    fn take(&mut self, value: Value) {
        match value {
            Value::Array(values) => {
                for value in values {
                    self.take(value);
                }
            }
            Value::Object(mut object) if self.objects.len() < MOST_OBJECTS => {
                let inner: Vec<Value> =
                    ["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|key| object.get(*key).cloned()).collect();
                object.remove("@graph");
                self.objects.push(object);
                for value in inner {
                    self.take(value);
                }
            }
            _ => {}
        }
    }

    /// The article that the page is: of live pages the whole, not its items.
    pub(super) fn article(&self) -> Option<&Object> {
        let is_article = |kind: &str| ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end));
        self.objects.iter().find(|object| types(object).any(is_article))
    }

    /// Items of a live page.
    pub(super) fn updates(&self) -> Vec<&Object> {
        let live = self.objects.iter().find(|object| types(object).any(|kind| kind.ends_with("LiveBlogPosting")));
        list(live.and_then(|live| live.get("liveBlogUpdate"))).filter_map(Value::as_object).collect()
    }

    /// The names in a field that holds a name, an object with a name, a reference to one, or a list of these.
    pub(super) fn names(&self, object: &Object, field: &str) -> Option<String> {
        let name = |value: &Value| match value {
            Value::String(name) => Some(name.clone()),
            Value::Object(named) => {
                let referred = named.get("@id").and_then(|id| self.objects.iter().find(|o| o.get("@id") == Some(id)));
                string(named, "name").or_else(|| string(referred?, "name"))
            }
            _ => None,
        };
        let names: Vec<String> = list(object.get(field)).filter_map(name).filter(|n| !n.contains("://")).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.into_iter().flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice))
}

/// The types of an object, without the address of their vocabulary.
fn types(object: &Object) -> impl Iterator<Item = &str> {
    list(object.get("@type")).filter_map(Value::as_str).map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// A field that holds words.
pub(super) fn string(object: &Object, field: &str) -> Option<String> {
    let found = list(object.get(field)).find_map(Value::as_str).map(str::trim)?;
    (!found.is_empty()).then(|| found.to_owned())
}

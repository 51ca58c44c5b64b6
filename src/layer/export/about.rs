//! Where a file comes from: said inside of it where the format has room, and in the manifest beside it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::lang::Lang;
use crate::recognise::model::Model;
use crate::store::Collection;

use super::columns::Columns;
use super::sink::LeftOut;

/// What is known of a file before its first feature.
#[derive(Clone, Debug)]
pub struct About {
    /// What is exported.
    pub collection: Collection,
    /// The parameters that chose it, by name.
    pub filter: Vec<(String, String)>,
    /// What the reports were read with: program, word lists and gazetteer, as the store keeps them (`0.1.0 0123456789abcdef …`).
    pub read_with: Vec<String>,
    /// When, if the file is to tell: no clock is read here.
    pub exported: Option<String>,
    /// West, south, east, north of all features, where that is known before.
    pub bbox: Option<[f64; 4]>,
    /// The columns of tables.
    pub columns: Columns,
    /// Tables begin with a byte order mark, by which Excel knows UTF-8.
    pub has_bom: bool,
}

impl About {
    /// A whole collection and nothing else.
    pub fn new(collection: Collection) -> About {
        let columns = Columns::of(collection);
        About { collection, filter: Vec::new(), read_with: Vec::new(), exported: None, bbox: None, columns, has_bom: false }
    }

    /// `{"dalil":"0.1.0","format":"kml","collection":"incidents","filter":{"country":"ML"},"read_with":[{"dalil":"0.1.0",
    /// "lexicon":"0123456789abcdef","gazetteer":"0123456789abcdef"}],"models":{"ar":"sha256:…","fr":"sha256:…","en":"sha256:…"}}`
    pub fn provenance(&self, format: &str) -> Value {
        let filter: Map<String, Value> = self.filter.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let mut out = json!({
            "dalil": env!("CARGO_PKG_VERSION"),
            "format": format,
            "collection": self.collection.name(),
            "filter": filter,
            "read_with": self.read_with.iter().map(|f| versions(f)).collect::<Vec<_>>(),
            "models": models(),
        });
        if let Some(exported) = &self.exported {
            out["exported"] = json!(exported);
        }
        out
    }
}

fn versions(fingerprint: &str) -> Value {
    match fingerprint.split(' ').collect::<Vec<_>>().as_slice() {
        [dalil, lexicon, gazetteer] => json!({"dalil": dalil, "lexicon": lexicon, "gazetteer": gazetteer}),
        _ => json!(fingerprint),
    }
}

/// The sequence models of this program; some megabytes, hashed once.
fn models() -> Value {
    static MODELS: LazyLock<Value> = LazyLock::new(|| {
        let hash = |lang: Lang| (lang.code().to_owned(), json!(format!("sha256:{}", hex(&Sha256::digest(Model::embedded(lang))))));
        Value::Object(Lang::ALL.into_iter().map(hash).collect())
    });
    MODELS.clone()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |out, byte| out + &format!("{byte:02x}"))
}

/// What is known of a file once it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// As [`About::provenance`].
    pub provenance: Value,
    /// Features in the file.
    pub features: u64,
    /// Those of them that lie somewhere.
    pub located: u64,
    /// Features that the format has no place for, by reason.
    pub left_out: BTreeMap<LeftOut, u64>,
    /// The first day and the last one of the features in the file.
    pub days: Option<[String; 2]>,
    /// Bytes of the file.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

impl Manifest {
    /// The manifest as it is written beside the file: the members of the provenance, then
    /// `"counts":{"features":4,"located":2,"unlocated":2,"left_out":{"not_happened":1}},"days":["2022-09-06","2022-09-07"],"bytes":1234,
    /// "sha256":"…"`.
    pub fn json(&self) -> Value {
        let left_out: Map<String, Value> = self.left_out.iter().map(|(why, n)| (why.label().to_owned(), json!(n))).collect();
        let mut out = self.provenance.clone();
        out["counts"] =
            json!({"features": self.features, "located": self.located, "unlocated": self.features - self.located, "left_out": left_out});
        out["days"] = json!(self.days);
        out["bytes"] = json!(self.bytes);
        out["sha256"] = json!(self.sha256);
        out
    }
}

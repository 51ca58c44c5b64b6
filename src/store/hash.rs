//! Fingerprints of texts and reports: equal when these are.

use sha2::{Digest, Sha256};

use crate::lang::Lang;
use crate::recognise::{Provenance, Report};

/// Sixty-four hex digits, equal when a report is equal in every field.
pub fn content_hash(report: &Report) -> String {
    let published = report.published.map(|d| d.to_string());
    let optional =
        [report.lang.map(Lang::code), report.title.as_deref(), published.as_deref(), report.source.as_deref(), report.url.as_deref()];
    let mut hash = Sha256::new();
    for part in [Some(report.text.as_str())].into_iter().chain(optional) {
        // Lengths keep «ab», «c» apart from «a», «bc»; a missing field apart from an empty one.
        hash.update(part.map_or(u64::MAX, |p| p.len() as u64).to_le_bytes());
        hash.update(part.unwrap_or_default());
    }
    // When it was fetched says nothing of what it is.
    let found = Provenance { fetched: None, ..report.provenance.clone() };
    if !found.is_empty() {
        hash.update(json_of(&found));
    }
    hex(&hash.finalize())
}

/// Sixteen hex digits of the SHA-256 of bytes.
pub fn content_tag(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes).get(..8).unwrap_or_default())
}

/// Sixteen hex digits: equal when a record is equal in every field.
///
/// # Panics
/// Never: records are plain data.
pub fn version(record: &impl serde::Serialize) -> String {
    content_tag(json_of(record).as_bytes())
}

/// A record as the store keeps it.
///
/// # Panics
/// Never: records are plain data.
pub fn json_of(record: &impl serde::Serialize) -> String {
    serde_json::to_string(record).expect("records are plain data")
}

/// Twelve hex digits of a text's SHA-256: short enough to read, long enough that no two of a store meet.
pub fn short_hash(text: &str) -> String {
    hex(Sha256::digest(text).get(..6).unwrap_or_default())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

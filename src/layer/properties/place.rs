//! The shapes of what people enter: places and corrections.

use serde::Serialize;

use crate::resolve::corrections::Correction;
use crate::store::PlaceStatus;

use super::Geometry;

/// `properties` of a place that a user entered.
///
/// `{"name":"Talataye","names":[{"name":"تلاتاي","lang":"ar","kind":"variant","script":"Arab"}],"class":"P","feature":"PPL",
/// "country":"ML","admin1":"Gao","note":"market village","created":"2026-11-21T10:00:00Z","version":"0123456789abcdef"}`
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct PlaceProperties {
    pub name: String,
    pub names: Vec<NameShape>,
    pub class: String,
    pub feature: String,
    pub country: Option<String>,
    /// Name of the first-level unit.
    pub admin1: Option<String>,
    pub admin1_code: Option<String>,
    pub admin2_code: Option<String>,
    pub parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius_m: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline: Option<Geometry>,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub source: Option<String>,
    pub note: String,
    pub created: String,
    pub created_by: Option<String>,
    pub modified: Option<String>,
    pub modified_by: Option<String>,
    /// «retired» or «merged»; absent while it is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PlaceStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// What a change of it must name.
    pub version: String,
}

/// `properties` of a correction.
///
/// `{"name":"تدمر","ruling":"reject","place_id":null,"scope":"source","source":"SANA","note":"a verb",…}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct CorrectionProperties {
    pub ruling: &'static str,
    /// What a change of it must name.
    pub version: String,
    #[serde(flatten)]
    pub correction: Correction,
}

/// A name with the language it is in. `{"name":"تلاتاي","lang":"ar","kind":"preferred","script":"Arab"}`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct NameShape {
    pub name: String,
    pub lang: Option<String>,
    pub kind: &'static str,
    /// ISO 15924, read off the letters.
    pub script: &'static str,
}

//! The shape of a further place of an incident.

use serde::Serialize;

/// A place besides an incident's main one, with the same fields; `start` and `end` are where it is named, null for one that a person gave.
///
/// `{"place_name":"Gorgadji","place_surface":"Gorgadji","gazetteer_id":"geonames:2360073","lat":14.03,"lon":-0.52,"radius_m":3000,
/// "geo_precision":1,"where_prec":1,"country":"BF","country_a3":"BFA","admin1":"Sahel","admin2":"Séno","start":20,"end":28}`
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is named in the machine interface")]
pub struct OtherPlaceShape {
    pub place_name: Option<String>,
    pub place_surface: Option<String>,
    pub gazetteer_id: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub radius_m: Option<u32>,
    pub geo_precision: Option<u8>,
    pub where_prec: Option<u8>,
    pub country: Option<String>,
    pub country_a3: Option<&'static str>,
    pub admin1: Option<String>,
    pub admin2: Option<String>,
    pub start: Option<u32>,
    pub end: Option<u32>,
}

//! The two and three letters that ISO 3166-1 gives a country.

use std::sync::OnceLock;

static CODES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/country_codes.tsv"));

fn codes() -> &'static [(&'static str, &'static str)] {
    static ALL: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    ALL.get_or_init(|| CODES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect())
}

/// The two letters of a country given by two or three, in any case.
///
/// # Examples
/// ```
/// use dalil::gazetteer::country_code::{alpha2, alpha3};
/// assert_eq!((alpha2("mli"), alpha2("ML"), alpha2("Mali")), (Some("ML"), Some("ML"), None));
/// assert_eq!(alpha3("ML"), Some("MLI"));
/// ```
pub fn alpha2(code: &str) -> Option<&'static str> {
    let code = code.trim();
    codes().iter().find(|(two, three)| two.eq_ignore_ascii_case(code) || three.eq_ignore_ascii_case(code)).map(|(two, _)| *two)
}

/// True for the two capitals of a country.
pub fn is_country(code: &str) -> bool {
    codes().binary_search_by_key(&code, |(two, _)| two).is_ok()
}

/// The three letters of a country given by two capitals.
pub fn alpha3(code: &str) -> Option<&'static str> {
    codes().binary_search_by_key(&code, |(two, _)| two).ok().and_then(|i| codes().get(i)).map(|(_, three)| *three)
}

//! Codes of countries, two letters or three.

use std::collections::BTreeMap;
use std::sync::OnceLock;

static CODES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/country_codes.tsv"));

/// Code of either length → ISO 3166-1 alpha-2.
fn codes() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = CODES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        rows.flat_map(|(two, three)| [(two, two), (three, two)]).collect()
    })
}

/// The two-letter code of a code of two or three letters, in any case.
///
/// # Examples
/// ```
/// use dalil::gazetteer::source::alpha2;
/// assert_eq!((alpha2("ner"), alpha2("ML"), alpha2("QQ")), (Some("NE"), Some("ML"), None));
/// ```
pub fn alpha2(code: &str) -> Option<&'static str> {
    codes().get(code.trim().to_ascii_uppercase().as_str()).copied()
}

/// True for the two-letter code of a country.
pub fn is_country(code: &str) -> bool {
    codes().get(code).is_some_and(|two| *two == code)
}

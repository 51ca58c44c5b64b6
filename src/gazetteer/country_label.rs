//! What tables of events call a country.

use std::sync::OnceLock;

static LABELS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/country_labels.tsv"));

/// The words for a country. «180, Democratic Republic of Congo, Middle Africa, DR Congo (Zaire), Africa»
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryLabel {
    /// ISO 3166-1 numeric without leading zeros; empty when there is none.
    pub numeric: &'static str,
    /// As ACLED writes it.
    pub name: &'static str,
    /// ACLED's part of the world.
    pub region: &'static str,
    /// As UCDP writes it.
    pub ucdp_name: &'static str,
    /// UCDP's part of the world; empty of Antarctica.
    pub ucdp_region: &'static str,
}

/// The words for a country given by two capitals.
///
/// # Examples
/// ```
/// use dalil::gazetteer::country_label::country_label;
/// let congo = country_label("CD").unwrap();
/// assert_eq!((congo.numeric, congo.name, congo.ucdp_name), ("180", "Democratic Republic of Congo", "DR Congo (Zaire)"));
/// assert_eq!(country_label("Mali"), None);
/// ```
pub fn country_label(code: &str) -> Option<&'static CountryLabel> {
    static ALL: OnceLock<Vec<(&'static str, CountryLabel)>> = OnceLock::new();
    let all = ALL.get_or_init(|| LABELS.lines().filter(|l| !l.starts_with('#')).filter_map(read).collect());
    let at = all.binary_search_by_key(&code, |(two, _)| two).ok()?;
    all.get(at).map(|(_, label)| label)
}

fn read(line: &'static str) -> Option<(&'static str, CountryLabel)> {
    let [code, numeric, name, region, ucdp_name, ucdp_region] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let ucdp_name = if ucdp_name.is_empty() { name } else { ucdp_name };
    Some((code, CountryLabel { numeric, name, region, ucdp_name, ucdp_region }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::country_code::is_country;

    #[test]
    fn every_line_is_a_country_and_every_country_has_one() {
        let codes: Vec<&str> = LABELS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).collect();
        assert!(codes.is_sorted() && codes.len() == 250);
        for code in codes {
            assert!(is_country(code) && country_label(code).is_some_and(|l| !l.name.is_empty() && !l.region.is_empty()), "{code}");
        }
    }
}

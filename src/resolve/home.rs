//! Where a report comes from: the home of its outlet.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::recognise::Report;

use super::candidate::{Direction, direction};

/// The outlets that are known, by the domain of their pages.
const OUTLETS: &str = include_str!("../../geodata/gazetteer/outlets.tsv");

/// Where an outlet has its readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// GeoNames code of the first-level unit, or empty.
    pub admin1: String,
    /// Its town, for papers of a town or a region.
    pub(super) direction: Option<Direction>,
}

/// The home of the outlet that published a report, by its source or address.
pub fn home(report: &Report) -> Option<Home> {
    [&report.source, &report.url].into_iter().flatten().find_map(|said| of(said))
}

fn of(said: &str) -> Option<Home> {
    let lower = said.trim().to_lowercase();
    let address = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let mut domain = host.strip_prefix("www.").unwrap_or(host);
    // «winnipeg.ctvnews.ca»: the whole first, then what it belongs to.
    loop {
        if let Some(home) = listed(domain) {
            return Some(home);
        }
        match domain.split_once('.') {
            Some((_, rest)) if rest.contains('.') => domain = rest,
            Some((_, last)) => return country(last),
            None => return None,
        }
    }
}

fn listed(domain: &str) -> Option<Home> {
    static BY_DOMAIN: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let rest = *BY_DOMAIN.get_or_init(|| OUTLETS.lines().filter_map(|line| line.split_once('\t')).collect()).get(domain)?;
    let cells: Vec<&str> = rest.split('\t').collect();
    let [country, admin1, lat, lon, _] = cells[..] else { return None };
    let point = lat.parse().ok().zip(lon.parse().ok());
    let direction = point.map(|(lat, lon)| direction(lon, lat));
    Some(Home { country: country.to_owned(), admin1: admin1.to_owned(), direction })
}

/// The country of a national domain; some are sold to everybody.
fn country(ending: &str) -> Option<Home> {
    const SOLD: [&str; 12] = ["co", "tv", "me", "io", "ai", "fm", "cc", "ws", "ly", "to", "gg", "la"];
    let is_national = ending.len() == 2 && ending.chars().all(|c| c.is_ascii_lowercase()) && !SOLD.contains(&ending);
    let code = if ending == "uk" { "GB".to_owned() } else { ending.to_uppercase() };
    is_national.then(|| Home { country: code, admin1: String::new(), direction: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_known_by_its_domain_and_a_country_by_its_ending() {
        let country_of = |said: &str| of(said).map(|h| h.country);
        assert_eq!(country_of("http://www.dailystar.com.lb/News/1").as_deref(), Some("LB"));
        assert_eq!(country_of("cambridge-news.co.uk").as_deref(), Some("GB"));
        assert!(of("thetowntalk.com").unwrap().direction.is_some());
        for nowhere in ["AFP", "", "example.com", "a.tv"] {
            assert!(of(nowhere).is_none(), "{nowhere}");
        }
    }

    #[test]
    fn every_row_of_the_table_can_be_read() {
        let rows: Vec<&str> = OUTLETS.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').next().unwrap()).collect();
        assert!(rows.len() > 100 && rows.iter().all(|domain| listed(domain).is_some_and(|h| h.country.len() == 2)));
        assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "sorted, none twice");
    }
}

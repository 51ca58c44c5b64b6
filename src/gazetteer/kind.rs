//! Kinds of places: the feature codes of GeoNames, their classes, and the coarser layers that people and geocoders ask for.

use std::collections::HashMap;
use std::sync::OnceLock;

static CLASSES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/gazetteer/feature_classes.tsv"));

/// Class of a code that the table does not know: a site is what most codes are.
const UNKNOWN_CLASS: char = 'S';

/// A code or a class with what it means, as one line of the table tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// One capital of `AHLPRSTUV`.
    pub class: char,
    /// Empty in the line that names the class.
    pub code: &'static str,
    /// English, singular.
    pub name: &'static str,
}

/// All codes and classes, a class before its codes.
pub fn features() -> &'static [Feature] {
    static ALL: OnceLock<Vec<Feature>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rows = CLASSES.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        rows.filter_map(|line| {
            let (class, rest) = line.split_once('\t')?;
            let (code, name) = rest.split_once('\t')?;
            Some(Feature { class: class.chars().next()?, code, name })
        })
        .collect()
    })
}

fn by_code(code: &str) -> Option<Feature> {
    static INDEX: OnceLock<HashMap<&'static str, Feature>> = OnceLock::new();
    INDEX.get_or_init(|| features().iter().filter(|f| !f.code.is_empty()).map(|f| (f.code, *f)).collect()).get(code).copied()
}

/// The class of a feature code.
///
/// # Examples
/// ```
/// assert_eq!(dalil::gazetteer::kind::class("PPLA"), 'P');
/// ```
pub fn class(code: &str) -> char {
    by_code(code).map_or(UNKNOWN_CLASS, |f| f.class)
}

/// What a feature code means, in English; of an unknown code, the code.
pub fn name(code: &str) -> &str {
    by_code(code).map_or(code, |f| f.name)
}

/// A coarse kind, named as Pelias names its layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the labels say it")]
pub enum Layer {
    Continent,
    Country,
    Dependency,
    Region,
    County,
    LocalAdmin,
    Locality,
    Neighbourhood,
    MacroRegion,
    Ocean,
    MarineArea,
    Venue,
}

impl Layer {
    /// All of them, the widest first.
    pub const ALL: [Layer; 12] = [
        Layer::Continent,
        Layer::Country,
        Layer::Dependency,
        Layer::Region,
        Layer::County,
        Layer::LocalAdmin,
        Layer::Locality,
        Layer::Neighbourhood,
        Layer::MacroRegion,
        Layer::Ocean,
        Layer::MarineArea,
        Layer::Venue,
    ];

    /// `locality`
    pub fn label(self) -> &'static str {
        match self {
            Layer::Continent => "continent",
            Layer::Country => "country",
            Layer::Dependency => "dependency",
            Layer::Region => "region",
            Layer::County => "county",
            Layer::LocalAdmin => "localadmin",
            Layer::Locality => "locality",
            Layer::Neighbourhood => "neighbourhood",
            Layer::MacroRegion => "macroregion",
            Layer::Ocean => "ocean",
            Layer::MarineArea => "marinearea",
            Layer::Venue => "venue",
        }
    }

    /// The layer of a feature code.
    pub fn of(code: &str) -> Layer {
        match code {
            "CONT" => Layer::Continent,
            "PCLD" => Layer::Dependency,
            "TERR" => Layer::Country,
            "ADM1" => Layer::Region,
            "ADM2" => Layer::County,
            "PPLX" => Layer::Neighbourhood,
            "RGN" | "RGNE" | "RGNH" | "AREA" => Layer::MacroRegion,
            "OCN" => Layer::Ocean,
            "SEA" | "GULF" | "STRT" | "BAY" => Layer::MarineArea,
            _ if code.starts_with("PCL") => Layer::Country,
            _ => match class(code) {
                'P' => Layer::Locality,
                'A' => Layer::LocalAdmin,
                _ => Layer::Venue,
            },
        }
    }
}

/// Which features are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All codes of a class.
    Class(char),
    /// One code.
    Code(String),
    /// One layer.
    Layer(Layer),
    /// Countries, units, towns: all layers but `venue`.
    Coarse,
    /// Countries whatever their standing.
    Country,
}

impl Kind {
    /// Words that people and programs use for a kind: a class (`P`), a code (`PPLA`, `P.PPLA`), a layer, a plain name.
    pub fn from_word(word: &str) -> Option<Kind> {
        let plain = word.trim().to_ascii_lowercase().replace(['_', '-'], " ");
        if let Some(layer) = Layer::ALL.into_iter().find(|l| l.label() == plain) {
            return Some(if layer == Layer::Country { Kind::Country } else { Kind::Layer(layer) });
        }
        match plain.as_str() {
            "admin0" | "nation" => return Some(Kind::Country),
            "admin1" | "state" | "province" | "governorate" => return Some(Kind::Layer(Layer::Region)),
            "admin2" | "district" => return Some(Kind::Layer(Layer::County)),
            "populated place" | "place" | "city" | "town" | "village" => return Some(Kind::Class('P')),
            "coarse" => return Some(Kind::Coarse),
            _ => {}
        }
        let code = word.trim().to_ascii_uppercase();
        let code = code.split_once('.').map_or(code.as_str(), |(_, code)| code);
        if let Some(feature) = features().iter().find(|f| f.code.is_empty() && code.len() == 1 && code.starts_with(f.class)) {
            return Some(Kind::Class(feature.class));
        }
        by_code(code).map(|f| Kind::Code(f.code.to_owned()))
    }

    /// True when a feature code is of this kind.
    pub fn has(&self, code: &str) -> bool {
        match self {
            Kind::Class(wanted) => class(code) == *wanted,
            Kind::Code(wanted) => code == wanted,
            Kind::Layer(wanted) => Layer::of(code) == *wanted,
            Kind::Coarse => Layer::of(code) != Layer::Venue,
            Kind::Country => matches!(Layer::of(code), Layer::Country | Layer::Dependency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_under_a_class_that_is_named() {
        let mut codes: Vec<&str> = features().iter().filter(|f| !f.code.is_empty()).map(|f| f.code).collect();
        assert!(codes.len() > 300, "{}", codes.len());
        let classes: Vec<char> = features().iter().filter(|f| f.code.is_empty()).map(|f| f.class).collect();
        assert!(features().iter().all(|f| classes.contains(&f.class) && !f.name.is_empty()));
        codes.sort_unstable();
        codes.windows(2).for_each(|w| assert_ne!(w[0], w[1]));
    }

    #[test]
    fn kinds_are_understood_in_every_habit() {
        for (word, code) in
            [("P", "PPL"), ("PPLA", "PPLA"), ("P.PPLA", "PPLA"), ("admin1", "ADM1"), ("region", "ADM1"), ("Country", "PCLI")]
        {
            assert!(Kind::from_word(word).is_some_and(|k| k.has(code)), "{word}");
        }
        assert!(!Kind::from_word("locality").is_some_and(|k| k.has("ADM1")));
        for word in ["", "planet", "PPLZ", "x"] {
            assert_eq!(Kind::from_word(word), None, "{word}");
        }
    }
}

//! What a column holds, guessed from its header.

use super::mapping::Role;

/// Headers without separators, and what such a column holds.
const HEADERS: &[(&[&str], Role)] = &[
    (&["geonameid", "geonamesid", "gnid", "gn"], Role::Id(Some("geonames"))),
    (&["pcode", "settlpcode", "placepcode", "locationpcode"], Role::Id(Some("pcode"))),
    (&["id", "code", "uid", "uuid", "fid", "gid", "placeid", "locationid", "identifier", "osmid", "ident"], Role::Id(None)),
    (&["wofid"], Role::Id(Some("wof"))),
    (&["wikidataid", "wikidata", "wdid", "qid"], Role::Id(Some("wikidata"))),
    (
        &["name", "nom", "title", "toponym", "place", "placename", "locality", "localite", "village", "settlement", "town", "label"],
        Role::Name,
    ),
    (&["feature", "featurecode", "fcode", "fclasscode"], Role::Feature),
    (&["country", "countrycode", "cc", "iso2", "isoa2", "iso3", "isoa3", "iso", "pays", "adm0a3"], Role::Country),
    (&["admin1", "adm1", "admin1code"], Role::Admin1),
    (&["admin2", "adm2", "admin2code"], Role::Admin2),
    (&["lat", "latitude", "y", "latdd", "pointy", "ycoord", "latwgs84", "coordy", "gpslat"], Role::Lat),
    (&["lon", "lng", "long", "longitude", "x", "londd", "longdd", "pointx", "xcoord", "lonwgs84", "coordx", "gpslon"], Role::Lon),
    (&["population", "pop", "inhabitants", "poptotal"], Role::Population),
    (&["radiusm", "radius"], Role::Radius),
    (&["names"], Role::Names),
];
/// Headers of names in no said language.
const OTHER_NAMES: [&str; 9] =
    ["alternatenames", "altname", "namealt", "othernames", "variants", "aka", "asciiname", "altnames", "alternatename"];
/// Words for languages in headers, and their codes.
const LANGUAGES: [(&str, &str); 19] = [
    ("ar", "ar"),
    ("ara", "ar"),
    ("arabic", "ar"),
    ("arabe", "ar"),
    ("fr", "fr"),
    ("fra", "fr"),
    ("french", "fr"),
    ("francais", "fr"),
    ("en", "en"),
    ("eng", "en"),
    ("english", "en"),
    ("anglais", "en"),
    ("fa", "fa"),
    ("ku", "ku"),
    ("tr", "tr"),
    ("es", "es"),
    ("pt", "pt"),
    ("so", "so"),
    ("ha", "ha"),
];
/// Words for «name» beside a language.
const NAME_WORDS: [&str; 4] = ["name", "nom", "toponym", "label"];

fn language(word: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(w, _)| *w == word).map(|(_, code)| *code)
}

/// What a column with this header holds; nothing when it cannot be told.
pub(super) fn role(header: &str) -> Option<Role> {
    let lower = header.trim().trim_start_matches(['\u{FEFF}', '@']).to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let joined = words.concat();
    if let Some(role) = unit(&joined) {
        return Some(role);
    }
    if let Some((_, role)) = HEADERS.iter().find(|(headers, _)| headers.contains(&joined.as_str())) {
        return Some(role.clone());
    }
    if OTHER_NAMES.contains(&joined.as_str()) {
        return Some(Role::Tagged(String::new()));
    }
    let lang = match words.as_slice() {
        [one] => language(one).or_else(|| NAME_WORDS.iter().find_map(|w| language(one.strip_prefix(w)?)))?,
        ["old", w] | [w, "old"] if NAME_WORDS.contains(w) => "old",
        [a, b] if NAME_WORDS.contains(a) => language(b)?,
        [a, b] if NAME_WORDS.contains(b) => language(a)?,
        _ if joined == "الاسم" => "ar",
        _ => return None,
    };
    Some(Role::Tagged(lang.to_owned()))
}

/// `admin1Pcode`, `ADM1_PCODE`, `admin1Name_ar`, `ADM2_FR`, `adm3_name1`: units as OCHA's tables give them.
fn unit(joined: &str) -> Option<Role> {
    let rest = joined.strip_prefix("admin").or_else(|| joined.strip_prefix("adm"))?;
    let level = rest.chars().next()?.to_digit(10).filter(|d| *d <= 4)? as u8;
    let rest = rest.get(1..)?;
    if rest == "pcode" {
        return Some(Role::UnitCode(level));
    }
    let named = ["altname", "refname", "name"].iter().find_map(|w| rest.strip_prefix(w));
    match named.map(|lang| lang.trim_matches(|c: char| c.is_ascii_digit())) {
        Some("") => Some(Role::UnitName(level, String::new())),
        Some(lang) => language(lang).map(|l| Role::UnitName(level, l.to_owned())),
        None => language(rest).map(|l| Role::UnitName(level, l.to_owned())),
    }
}

/// True for a header line with p-codes of units and no column of its own for identifiers or names.
pub(super) fn has_pcodes(header: &str) -> bool {
    let roles: Vec<Role> = header.split(['\t', ',', ';']).filter_map(|h| role(h.trim_matches('"'))).collect();
    roles.iter().any(|r| matches!(r, Role::UnitCode(_))) && !roles.iter().any(|r| matches!(r, Role::Name | Role::Id(Some("pcode"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_what_a_column_holds() {
        for (header, expected) in [
            ("Latitude", Role::Lat),
            ("POINT_X", Role::Lon),
            ("geonameid", Role::Id(Some("geonames"))),
            ("name_ar", Role::Tagged("ar".to_owned())),
            ("Nom Arabe", Role::Tagged("ar".to_owned())),
            ("name:fr", Role::Tagged("fr".to_owned())),
            ("old_name", Role::Tagged("old".to_owned())),
            ("ADM2_PCODE", Role::UnitCode(2)),
            ("admin1Name_ar", Role::UnitName(1, "ar".to_owned())),
            ("ADM1_EN", Role::UnitName(1, "en".to_owned())),
            ("adm3_name1", Role::UnitName(3, String::new())),
            ("admin2AltName1_en", Role::UnitName(2, "en".to_owned())),
            ("admin1", Role::Admin1),
        ] {
            assert_eq!(role(header), Some(expected), "{header}");
        }
        for header in ["date", "validOn", "admin1Type_en", "colour"] {
            assert_eq!(role(header), None, "{header}");
        }
    }
}

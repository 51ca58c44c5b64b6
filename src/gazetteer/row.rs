//! One line of a gazetteer file, parsed and checked.
//!
//! The build script reads `geodata/gazetteer` with this file too, so it knows nothing of the rest of the crate
//! but the fold.

/// A place as a gazetteer file gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// `geonames:2457163`, `dalil:sahel`, `user:…`.
    pub id: String,
    /// Name for display, Latin script unless the place has none.
    pub name: String,
    /// GeoNames feature code.
    pub feature: String,
    /// ISO 3166-1 alpha-2, empty for places of no one country.
    pub country: String,
    /// GeoNames code of the first-level unit, empty when unknown.
    pub admin1: String,
    /// GeoNames code of the second-level unit, empty when unknown.
    pub admin2: String,
    /// Degrees north; `None` only in rows that add to another row.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// How far the place reaches from its point, metres.
    pub radius_m: Option<u32>,
    /// Names with the language they are in (empty: untagged; `old`: historic).
    pub names: Vec<(String, String)>,
}

/// What is wrong with a line: what stood there and what should.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// What stood there.
    pub found: String,
    /// What should.
    pub expected: String,
}

fn fault(found: impl Into<String>, expected: &str) -> Fault {
    Fault { found: found.into(), expected: expected.to_owned() }
}

/// Columns that a row must have; facts have a source and a note after them.
const COLUMNS: usize = 11;

/// Parses a tab-separated line of `base.tsv` or of a facts file; `None` for a comment or an empty line.
///
/// # Errors
/// A [`Fault`] that names the first value that cannot be used.
pub fn parse(line: &str) -> Result<Option<Row>, Fault> {
    let line = line.trim_end_matches(['\r', '\n']);
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, name, feature, country, admin1, admin2, lat, lon, population, radius, names] = cells
        .get(..COLUMNS)
        .and_then(|c| <[&str; COLUMNS]>::try_from(c).ok())
        .ok_or_else(|| fault(format!("{} columns", cells.len()), "11 or more"))?;
    let row = Row {
        id: id.to_owned(),
        name: name.to_owned(),
        feature: feature.to_owned(),
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        admin2: admin2.to_owned(),
        lat: degrees(lat, 90.0)?,
        lon: degrees(lon, 180.0)?,
        population: whole(population)?,
        radius_m: whole(radius)?,
        names: parse_names(names)?,
    };
    check(&row)?;
    Ok(Some(row))
}

/// Checks what every row must be, whatever file it comes from.
///
/// # Errors
/// A [`Fault`] that names the first value that cannot be used.
pub fn check(row: &Row) -> Result<(), Fault> {
    let well_formed = row.id.split_once(':').is_some_and(|(space, rest)| !space.is_empty() && !rest.is_empty());
    if !well_formed {
        return Err(fault(format!("id «{}»", row.id), "namespace:identifier"));
    }
    let is_code = row.country.len() == 2 && row.country.bytes().all(|b| b.is_ascii_uppercase());
    if !(is_code || row.country.is_empty()) {
        return Err(fault(format!("country «{}»", row.country), "two capital letters or nothing"));
    }
    if row.lat.is_some() != row.lon.is_some() {
        return Err(fault("one coordinate", "latitude and longitude, or neither"));
    }
    if row.lat == Some(0.0) && row.lon == Some(0.0) {
        return Err(fault("0,0", "the place's own coordinates"));
    }
    Ok(())
}

fn degrees(cell: &str, limit: f64) -> Result<Option<f64>, Fault> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.abs() <= limit => Ok(Some(value)),
        _ => Err(fault(format!("coordinate «{cell}»"), &format!("decimal degrees between -{limit} and {limit}"))),
    }
}

fn whole(cell: &str) -> Result<Option<u32>, Fault> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(fault(format!("«{cell}»"), "a whole number")),
    }
}

/// Parses names as a row has them, `ar:…|fr:…|:…`.
///
/// # Errors
/// A [`Fault`] for a part without a tag or a name.
pub fn parse_names(cell: &str) -> Result<Vec<(String, String)>, Fault> {
    cell.split('|')
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once(':') {
            Some((lang, name)) if !name.trim().is_empty() && lang.len() <= 8 => Ok((lang.to_owned(), name.trim().to_owned())),
            _ => Err(fault(format!("name «{part}»"), "language:name")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_row() {
        let line = "geonames:2457163\tGao\tPPLA\tML\t09\t\t16.27167\t-0.04472\t86353\t\tar:غاو|ar:جاو|:Gawgaw\tGeoNames\tnote";
        let row = parse(line).unwrap().unwrap();
        assert_eq!((row.lon, row.population, row.radius_m), (Some(-0.04472), Some(86353), None));
        assert_eq!(row.names[1], ("ar".to_owned(), "جاو".to_owned()));
        assert_eq!(parse("# comment").unwrap(), None);
    }

    #[test]
    fn unusable_values_are_refused() {
        for line in [
            "geonames:1\tX",
            "1\tX\tPPL\tML\t\t\t1\t1\t\t\t",
            "geonames:1\tX\tPPL\tMLI\t\t\t1\t1\t\t\t",
            "geonames:1\tX\tPPL\tML\t\t\t95\t1\t\t\t",
            "geonames:1\tX\tPPL\tML\t\t\t0\t0\t\t\t",
            "geonames:1\tX\tPPL\tML\t\t\t1\t\t\t\t",
            "geonames:1\tX\tPPL\tML\t\t\t1\t1\tmany\t\t",
            "geonames:1\tX\tPPL\tML\t\t\t1\t1\t\t\tnotag",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}

//! What a person says of a table's columns: `id=code,name=Name,lat=Y,lon=X,ar=Name_ar`.

use crate::error::{Error, Result};

use super::mapping::Role;

/// Which column holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// What, and the column's header or its number from 1.
    pub(super) pairs: Vec<(Role, String)>,
}

/// What can stand before the sign of equality.
const KEYS: &str =
    "id, name, feature, country, admin1, admin2, lat, lon, population, radius_m, names, other, old or a language (ar, fr, en, …)";

impl Columns {
    /// Parses `key=column,key=column`; a key of names may stand several times.
    ///
    /// # Errors
    /// [`Error::Value`] that names what is no pair or no key.
    ///
    /// # Examples
    /// ```
    /// use dalil::gazetteer::source::Columns;
    /// assert!(Columns::parse("name=Village,lat=Y,lon=X,ar=Nom arabe").is_ok());
    /// assert!(Columns::parse("colour=3").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Columns> {
        let pair = |part: &str| {
            let (key, column) = part.split_once('=').ok_or_else(|| Error::value("columns", format!("«{part}»"), "key=column"))?;
            let role = role(key.trim()).ok_or_else(|| Error::value("columns", format!("key «{}»", key.trim()), KEYS))?;
            match column.trim() {
                "" => Err(Error::value("columns", format!("«{part}»"), "a column behind the sign of equality")),
                column => Ok((role, column.to_owned())),
            }
        };
        Ok(Columns { pairs: text.split(',').filter(|p| !p.trim().is_empty()).map(pair).collect::<Result<_>>()? })
    }

    /// Numbers instead of names: the table has no header.
    pub(super) fn are_numbers(&self) -> bool {
        self.pairs.iter().all(|(_, column)| column.bytes().all(|b| b.is_ascii_digit()))
    }
}

fn role(key: &str) -> Option<Role> {
    Some(match key {
        "id" => Role::Id(None),
        "name" => Role::Name,
        "feature" => Role::Feature,
        "country" => Role::Country,
        "admin1" => Role::Admin1,
        "admin2" => Role::Admin2,
        "lat" => Role::Lat,
        "lon" => Role::Lon,
        "population" => Role::Population,
        "radius_m" => Role::Radius,
        "names" => Role::Names,
        "other" => Role::Tagged(String::new()),
        "old" => Role::Tagged("old".to_owned()),
        lang if (2..=3).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_lowercase()) => Role::Tagged(lang.to_owned()),
        _ => return None,
    })
}

//! The reasons for and against a place, as features with weights that were learned.
//!
//! `geodata/model/resolve.tsv` holds a weight for each; `dalil train resolve` writes it.

use std::sync::OnceLock;

/// The file as it was built in.
const EMBEDDED: &str = include_str!("../../geodata/model/resolve.tsv");

/// A reason; the file tells what a unit of it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "geodata/model/resolve.tsv tells of each")]
pub enum Feature {
    Population,
    Unpeopled,
    Country,
    Capital,
    Seat,
    SmallSeat,
    Unit,
    SmallUnit,
    Region,
    Water,
    OtherKind,
    SpokenOf,
    PreferredName,
    DerivedName,
    OldName,
    KindAgrees,
    SettlementAgrees,
    KindDisagrees,
    Spelt,
    Adjacent,
    Apposed,
    HoldsAdjacent,
    Beside,
    InSentence,
    ListCountry,
    ListUnit,
    ListKind,
    CountryShare,
    ReportCountry,
    Foreign,
    ForeignFamous,
    UnitMass,
    Near,
    VeryNear,
    NearInSentence,
    NearFirst,
    HomeCountry,
    HomeUnit,
    HomeNear,
    FitsDistance,
    MissesDistance,
    None,
}

impl Feature {
    /// How many there are.
    pub const COUNT: usize = Feature::None as usize + 1;
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Name of the feature, in the order of [`Feature`].
    pub name: String,
    /// What it is worth.
    pub weight: f64,
    /// What a person thought that it is worth: training begins there and returns there where texts say nothing.
    pub by_hand: f64,
    /// How far texts may pull it from there, as the spread of a normal distribution; 0 holds it.
    pub spread: f64,
    /// What a unit of it is.
    pub unit: String,
}

/// The weight of each feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(pub [f64; Feature::COUNT]);

impl Weights {
    /// The weights that the program carries.
    ///
    /// # Panics
    /// Never with a file that passes the tests.
    pub fn embedded() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::of(rows(), |row| row.weight))
    }

    /// The weights set by hand.
    pub fn by_hand() -> Weights {
        Weights::of(rows(), |row| row.by_hand)
    }

    /// How far texts may pull each from what it is by hand.
    pub fn spreads() -> Weights {
        Weights::of(rows(), |row| row.spread)
    }

    fn of(rows: &[Row], weight: impl Fn(&Row) -> f64) -> Weights {
        let mut weights = [0.0; Feature::COUNT];
        weights.iter_mut().zip(rows).for_each(|(to, row)| *to = weight(row));
        Weights(weights)
    }

    /// What a feature is worth.
    pub fn get(&self, feature: Feature) -> f64 {
        self.0[feature as usize]
    }
}

/// What makes an answer sure, as log-odds: a constant, and what each unit of the odds of the scores, of the strength of the
/// mention and of being a guess by spelling adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidence(pub [f64; Confidence::COUNT]);

impl Confidence {
    /// How many numbers there are; in the file they stand behind the features.
    pub const COUNT: usize = 4;

    /// The numbers that the program carries.
    ///
    /// # Panics
    /// Never with a file that passes the tests.
    pub fn embedded() -> &'static Confidence {
        static NUMBERS: OnceLock<Confidence> = OnceLock::new();
        NUMBERS.get_or_init(|| Confidence::of(|row| row.weight))
    }

    fn of(number: impl Fn(&Row) -> f64) -> Confidence {
        let mut numbers = [0.0; Confidence::COUNT];
        numbers.iter_mut().zip(&rows()[Feature::COUNT..]).for_each(|(to, row)| *to = number(row));
        Confidence(numbers)
    }

    /// Log-odds of being right.
    pub fn odds(&self, signs: &[f64; Confidence::COUNT]) -> f64 {
        self.0.iter().zip(signs).map(|(number, sign)| number * sign).sum()
    }
}

/// The rows of the file that the program carries: the features in their order, then the confidence.
///
/// # Panics
/// Never with a file that passes the tests.
pub fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| parse(EMBEDDED).expect("the tests read this file"))
}

/// Reads the rows; a line that is none, or too few or too many of them, is told of.
fn parse(content: &str) -> Result<Vec<Row>, String> {
    let lines = content.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let [name, weight, by_hand, spread, unit] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("found «{line}»"));
        };
        let number = |cell: &str| cell.parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(|| format!("found «{line}»"));
        let (weight, by_hand, spread) = (number(weight)?, number(by_hand)?, number(spread)?);
        Ok(Row { name: name.to_owned(), weight, by_hand, spread, unit: unit.to_owned() })
    };
    let rows = lines.map(row).collect::<Result<Vec<Row>, String>>()?;
    let expected = Feature::COUNT + Confidence::COUNT;
    if rows.len() == expected { Ok(rows) } else { Err(format!("found {} rows, expected {expected}", rows.len())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_names_the_features_in_their_order() {
        let snake = |camel: String| {
            let words = camel.chars().enumerate().flat_map(|(at, c)| {
                let gap = (at > 0 && c.is_uppercase()).then_some('_');
                gap.into_iter().chain(c.to_lowercase())
            });
            words.collect::<String>()
        };
        let names: Vec<&str> = rows().iter().map(|row| row.name.as_str()).collect();
        for (feature, name) in
            [(Feature::Population, 0), (Feature::Spelt, 18), (Feature::UnitMass, 31), (Feature::None, 41)].map(|(f, at)| (f, names[at]))
        {
            assert_eq!(snake(format!("{feature:?}")), name);
        }
    }

    #[test]
    fn a_file_with_a_row_too_few_is_refused() {
        assert!(parse("population\t1\t1\tpeople\n").is_err());
        assert!(parse(&EMBEDDED.replacen('\t', " ", 4)).is_err() || EMBEDDED.starts_with('#'));
    }
}

//! Floors under the scores: numbers that a change may raise and never go below.

use std::path::Path;

use super::scores::Scores;
use crate::error::{Error, Result};

/// One floor: `reports⇥ar⇥toponyms.e2e@161.F⇥0.75`.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    /// Name of the gold file, without folder and ending.
    pub set: String,
    /// Language, or `all`.
    pub lang: String,
    /// Path of the measure in the JSON of [`Scores`].
    pub measure: String,
    /// The least that it may be.
    pub least: f64,
}

/// Reads a table of floors: four columns between tabs, `# ` before comments.
///
/// # Errors
/// [`Error::File`], and [`Error::Line`] for a line that is not a floor.
pub fn read(path: &Path) -> Result<Vec<Floor>> {
    let table = std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    let lines = table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let floor = |(index, line): (usize, &str)| {
        let broken = || Error::Line {
            file: path.display().to_string(),
            line: index + 1,
            found: line.to_owned(),
            expected: "set, language, measure and a number between tabs".to_owned(),
        };
        let [set, lang, measure, least] = line.split('\t').map(str::trim).collect::<Vec<_>>()[..] else { return Err(broken()) };
        let least = least.parse().ok().filter(|least: &f64| least.is_finite()).ok_or_else(broken)?;
        Ok(Floor { set: set.to_owned(), lang: lang.to_owned(), measure: measure.to_owned(), least })
    };
    lines.map(floor).collect()
}

/// What stands below its floor, one sentence each; a measure that has no number is below any floor.
///
/// Floors of sets and languages that were not scored are passed over: see [`unchecked`].
pub fn below(floors: &[Floor], scores: &[Scores]) -> Vec<String> {
    let mut below = Vec::new();
    for Floor { set, lang, measure, least } in floors {
        for scored in scores.iter().filter(|scored| scored.set == *set && scored.lang == *lang) {
            match scored.measure(measure) {
                None => below.push(format!("{set} {lang} {measure}: not measured, floor {least}")),
                Some(value) if value < *least => below.push(format!("{set} {lang} {measure}: {value:.4}, floor {least}")),
                Some(_) => {}
            }
        }
    }
    below
}

/// How many floors no scored set answers to.
pub fn unchecked(floors: &[Floor], scores: &[Scores]) -> usize {
    let is_scored = |floor: &Floor| scores.iter().any(|scored| scored.set == floor.set && scored.lang == floor.lang);
    floors.iter().filter(|floor| !is_scored(floor)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::eval::counts::Counts;
    use crate::cli::eval::toponyms::ToponymScores;

    fn floor(lang: &str, measure: &str, least: f64) -> Floor {
        Floor { set: "s".into(), lang: lang.into(), measure: measure.into(), least }
    }

    #[test]
    fn what_is_below_is_named_and_what_is_not_scored_is_counted() {
        let toponyms = Some(ToponymScores { far: Counts { right: 3, wrong: 1, missed: 1 }, ..ToponymScores::default() });
        let scores = [Scores { set: "s".into(), lang: "ar".into(), toponyms, incidents: None, clusters: None }];
        let floors = [
            floor("ar", "toponyms.e2e@161.F", 0.75),
            floor("ar", "toponyms.e2e@161.P", 0.76),
            floor("ar", "toponyms.typo", 0.0),
            floor("fr", "toponyms.e2e@161.F", 0.9),
        ];
        let expected = ["s ar toponyms.e2e@161.P: 0.7500, floor 0.76", "s ar toponyms.typo: not measured, floor 0"];
        assert_eq!(below(&floors, &scores), expected);
        assert_eq!(unchecked(&floors, &scores), 1);
    }

    #[test]
    fn a_line_that_is_no_floor_is_refused_with_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("floors.tsv");
        std::fs::write(&path, "# set\tlang\tmeasure\tfloor\ns\tar\tx.F\t0.5\n").unwrap();
        assert_eq!(read(&path).unwrap(), [floor("ar", "x.F", 0.5)]);
        for line in ["s\tar\tx.F", "s\tar\tx.F\tNaN", "s ar x.F 0.5"] {
            std::fs::write(&path, format!("# comment\n{line}\n")).unwrap();
            assert!(read(&path).unwrap_err().to_string().contains("floors.tsv:2: "), "{line}");
        }
    }

    #[test]
    fn the_floors_of_the_corpus_can_be_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/floors.tsv");
        assert!(read(&path).unwrap().iter().all(|floor| floor.set == "reports"));
    }
}

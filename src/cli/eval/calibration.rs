//! Whether a confidence means what it says: of the claims that are 80 % sure, four in five should be right.

use std::io::{self, Write};

use serde_json::{Value, json};

/// Bins of a reliability curve.
const BINS: usize = 10;

/// Located claims with their confidence, and whether each was right within 161 km.
#[derive(Clone, Debug, Default)]
pub struct Calibration {
    /// Confidence, 0 to 1, and whether the claim was right.
    pub claims: Vec<(f64, bool)>,
}

/// Claims of about the same confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many claims.
    pub count: usize,
    /// Their mean confidence.
    pub said: f64,
    /// The part of them that is right.
    pub right: f64,
}

impl Calibration {
    /// Brier score: the mean square of confidence less outcome; 0 best, 0.25 for a coin.
    pub fn brier(&self) -> Option<f64> {
        let squares = self.claims.iter().map(|(said, right)| (said - outcome(*right)).powi(2));
        (!self.claims.is_empty()).then(|| squares.sum::<f64>() / self.claims.len() as f64)
    }

    /// Expected calibration error: how far the bins lie off the diagonal, by the number of their claims.
    pub fn error(&self) -> Option<f64> {
        let off: f64 = self.bins().iter().map(|bin| bin.count as f64 * (bin.said - bin.right).abs()).sum();
        (!self.claims.is_empty()).then(|| off / self.claims.len() as f64)
    }

    /// The reliability curve in ten bins of equal width.
    pub fn bins(&self) -> [Bin; BINS] {
        let mut bins = [Bin::default(); BINS];
        for (said, right) in &self.claims {
            let bin = &mut bins[((said * BINS as f64) as usize).min(BINS - 1)];
            *bin = Bin { count: bin.count + 1, said: bin.said + said, right: bin.right + outcome(*right) };
        }
        bins.map(|bin| {
            let count = bin.count.max(1) as f64;
            Bin { said: bin.said / count, right: bin.right / count, ..bin }
        })
    }

    /// `{"n":10,"brier":0.1,"error":0.05}`
    pub fn to_json(&self) -> Value {
        json!({"n": self.claims.len(), "brier": self.brier(), "error": self.error()})
    }

    /// Writes the curve, one line a bin that has claims.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "confidence    said   right  claims")?;
        for (index, bin) in self.bins().iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            let from = index as f64 / BINS as f64;
            writeln!(out, "{from:.1}–{:.1}       {:.3}   {:.3}  {}", from + 1.0 / BINS as f64, bin.said, bin.right, bin.count)?;
        }
        Ok(())
    }
}

fn outcome(is_right: bool) -> f64 {
    f64::from(u8::from(is_right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brier_score_and_error_are_those_of_the_definition() {
        let calibration = Calibration { claims: vec![(0.85, true), (0.85, false), (1.0, true)] };
        let brier = (0.15_f64.powi(2) + 0.85_f64.powi(2)) / 3.0;
        assert!((calibration.brier().unwrap() - brier).abs() < 1e-12);
        assert!((calibration.error().unwrap() - 2.0 * 0.35 / 3.0).abs() < 1e-12);
        assert_eq!(calibration.bins()[9], Bin { count: 1, said: 1.0, right: 1.0 });
        assert!(Calibration::default().brier().is_none());
    }
}

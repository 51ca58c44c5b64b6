//! Counts and the ratios made of them.

use serde_json::{Value, json};

/// How many claims were right and wrong, and how many gold items no claim met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Claims that are right (true positives).
    pub right: usize,
    /// Claims that are not (false positives).
    pub wrong: usize,
    /// Gold items without a right claim (false negatives).
    pub missed: usize,
}

impl Counts {
    /// The part of the claims that is right; 0 without claims.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong).unwrap_or(0.0)
    }

    /// The part of the gold that was found; 0 without gold.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed).unwrap_or(0.0)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if self.right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    /// `{"P":0.5,"R":0.25,"F":0.3333333333333333,"tp":1,"fp":1,"fn":3}`
    pub fn to_json(self) -> Value {
        json!({"P": self.precision(), "R": self.recall(), "F": self.f1(), "tp": self.right, "fp": self.wrong, "fn": self.missed})
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// How often a field was right where the gold states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// Counts one judgement; `None` means that there was nothing to judge.
    pub fn count(&mut self, is_right: Option<bool>) {
        self.of += usize::from(is_right.is_some());
        self.right += usize::from(is_right == Some(true));
    }

    /// The share, if anything was judged.
    pub fn value(self) -> Option<f64> {
        ratio(self.right, self.of)
    }

    /// `{"right":3,"of":4,"share":0.75}`
    pub fn to_json(self) -> Value {
        json!({"right": self.right, "of": self.of, "share": self.value()})
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_definition_and_nothing_gives_nought() {
        let counts = Counts { right: 1, wrong: 1, missed: 3 };
        assert_eq!(counts.to_json(), json!({"P": 0.5, "R": 0.25, "F": 1.0 / 3.0, "tp": 1, "fp": 1, "fn": 3}));
        assert_eq!(Counts::default().to_json(), json!({"P": 0.0, "R": 0.0, "F": 0.0, "tp": 0, "fp": 0, "fn": 0}));
        assert_eq!(Share::default().to_json(), json!({"right": 0, "of": 0, "share": null}));
    }
}

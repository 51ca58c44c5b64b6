//! How far the located answers lie from the gold.

use serde_json::{Value, json};

/// The distances that scores are published for, kilometres: a town and its surroundings, and 100 miles.
pub(super) const NEAR_KM: f64 = 20.0;
/// See [`NEAR_KM`].
pub(super) const FAR_KM: f64 = 161.0;
/// What an unlocated name counts as: half the Earth's circumference, kilometres.
pub(super) const FARTHEST_KM: f64 = 20_039.0;

/// Distances of answers, summed up.
#[derive(Clone, Copy, Debug)]
pub struct Distances {
    /// How many answers.
    pub count: usize,
    /// The part within 20 km.
    pub within_20: f64,
    /// The part within 161 km.
    pub within_161: f64,
    /// Mean, kilometres.
    pub mean_km: f64,
    /// Median, kilometres.
    pub median_km: f64,
    /// Area under the curve of log distances, 0 best (Gritta et al. 2018).
    pub area: f64,
}

impl Distances {
    pub(super) fn of(mut errors_km: Vec<f64>) -> Option<Distances> {
        errors_km.sort_by(f64::total_cmp);
        let count = errors_km.len();
        let (middle, last) = (errors_km.get(count / 2)?, errors_km.get(count.saturating_sub(1) / 2)?);
        let within = |limit_km| errors_km.iter().filter(|&&error_km| error_km <= limit_km).count() as f64 / count as f64;
        let logs: Vec<f64> = errors_km.iter().map(|error_km| (error_km + 1.0).ln() / FARTHEST_KM.ln()).collect();
        let area = match logs.as_slice() {
            [only] => *only,
            logs => logs.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).sum::<f64>() / (count - 1) as f64,
        };
        Some(Distances {
            count,
            within_20: within(NEAR_KM),
            within_161: within(FAR_KM),
            mean_km: errors_km.iter().sum::<f64>() / count as f64,
            median_km: f64::midpoint(*middle, *last),
            area,
        })
    }

    pub(super) fn to_json(self) -> Value {
        json!({"n": self.count, "acc@20": self.within_20, "acc@161": self.within_161,
               "mean_km": self.mean_km, "median_km": self.median_km, "auc": self.area})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_shares_and_area_are_those_of_the_definition() {
        let two = Distances::of(vec![FARTHEST_KM, 0.0]).unwrap();
        assert!((two.area - (FARTHEST_KM + 1.0).ln() / 2.0 / FARTHEST_KM.ln()).abs() < 1e-12);
        assert!((two.median_km - FARTHEST_KM / 2.0).abs() < 1e-9 && (two.within_20 - 0.5).abs() < 1e-12);
        let three = Distances::of(vec![30.0, 20.0, 161.0]).unwrap();
        assert!((three.median_km - 30.0).abs() < 1e-12 && (three.mean_km - 211.0 / 3.0).abs() < 1e-9);
        assert!((three.within_20 - 1.0 / 3.0).abs() < 1e-12 && (three.within_161 - 1.0).abs() < 1e-12);
        assert!(Distances::of(Vec::new()).is_none());
    }
}

//! A log-linear choice among alternatives, fitted by Newton's method.

/// A choice that was made.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// For each alternative its features by number.
    pub(super) alternatives: Vec<Vec<(usize, f64)>>,
    /// Which alternatives are right; one at least.
    pub(super) right: Vec<bool>,
    /// How much it counts.
    pub(super) weight: f64,
}

/// Steps; the last moves no weight by a thousandth.
const STEPS: usize = 12;
/// How often a step that goes too far is halved.
const HALVINGS: usize = 8;

/// What weights are drawn to, and how far texts may pull each from there: the spread of a normal distribution, 0 to hold it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prior<'a> {
    pub(super) middle: &'a [f64],
    pub(super) spread: &'a [f64],
}

/// The weights that make the right alternatives likeliest, drawn to `prior`.
pub(super) fn fit(examples: &[Example], start: &[f64], prior: Prior) -> Vec<f64> {
    let count = start.len();
    let held: Vec<usize> = (0..count).filter(|at| prior.spread[*at] == 0.0).collect();
    let mut weights = start.to_vec();
    for at in &held {
        weights[*at] = prior.middle[*at];
    }
    let mut best = worth(examples, &weights, prior);
    for _ in 0..STEPS {
        let pull: Vec<f64> = prior.spread.iter().map(|spread| (spread * spread).recip()).collect();
        let mut slope: Vec<f64> = (0..count).map(|at| (prior.middle[at] - weights[at]) * pull[at]).collect();
        let mut curve = vec![vec![0.0; count]; count];
        (0..count).for_each(|at| curve[at][at] = pull[at]);
        for example in examples {
            add(example, &weights, &mut slope, &mut curve);
        }
        for at in &held {
            slope[*at] = 0.0;
            curve[*at] = vec![0.0; count];
            curve[*at][*at] = 1.0;
        }
        let step = solve(curve, slope);
        let stepped = |times: f64| -> Vec<f64> { weights.iter().zip(&step).map(|(w, s)| w + times * s).collect() };
        let tried = (0..HALVINGS).map(|halvings| stepped(0.5_f64.powi(halvings as i32)));
        let better = tried.map(|tried| (worth(examples, &tried, prior), tried)).find(|(worth, _)| *worth > best);
        let Some((worth, found)) = better else { break };
        (best, weights) = (worth, found);
    }
    weights
}

/// The log-likelihood of what was chosen, less what the weights pay for lying off their prior.
fn worth(examples: &[Example], weights: &[f64], prior: Prior) -> f64 {
    let free = (0..weights.len()).filter(|at| prior.spread[*at] > 0.0);
    let paid: f64 = free.map(|at| ((weights[at] - prior.middle[at]) / prior.spread[at]).powi(2) / 2.0).sum();
    let likelihood = |example: &Example| {
        let likely = likelihoods(example, weights);
        let right: f64 = likely.iter().zip(&example.right).filter(|(_, right)| **right).map(|(l, _)| l).sum();
        example.weight * (right / likely.iter().sum::<f64>()).max(f64::MIN_POSITIVE).ln()
    };
    examples.iter().map(likelihood).sum::<f64>() - paid
}

/// How likely each alternative is, up to one factor.
fn likelihoods(example: &Example, weights: &[f64]) -> Vec<f64> {
    let scores: Vec<f64> = example.alternatives.iter().map(|a| a.iter().map(|(f, v)| weights[*f] * v).sum()).collect();
    let top = scores.iter().copied().fold(f64::MIN, f64::max);
    scores.iter().map(|s| (s - top).exp()).collect()
}

/// Adds the slope of the log-likelihood of an example, and its curvature with the sign turned.
fn add(example: &Example, weights: &[f64], slope: &mut [f64], curve: &mut [Vec<f64>]) {
    let likely = likelihoods(example, weights);
    let all: f64 = likely.iter().sum();
    let right: f64 = likely.iter().zip(&example.right).filter(|(_, right)| **right).map(|(l, _)| l).sum();
    let mut mean = vec![0.0; weights.len()];
    for ((features, likely), is_right) in example.alternatives.iter().zip(&likely).zip(&example.right) {
        let share = likely / all;
        let wanted = if *is_right && right > 0.0 { likely / right } else { 0.0 };
        for (feature, value) in features {
            slope[*feature] += example.weight * (wanted - share) * value;
            mean[*feature] += share * value;
            for (other, theirs) in features {
                curve[*feature][*other] += example.weight * share * value * theirs;
            }
        }
    }
    let used: Vec<usize> = (0..mean.len()).filter(|at| mean[*at] != 0.0).collect();
    for one in &used {
        for other in &used {
            curve[*one][*other] -= example.weight * mean[*one] * mean[*other];
        }
    }
}

/// Solves a system of linear equations by elimination, the largest first.
fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let count = right.len();
    for at in 0..count {
        let best = (at..count).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs())).unwrap_or(at);
        rows.swap(at, best);
        right.swap(at, best);
        for below in at + 1..count {
            let times = rows[below][at] / rows[at][at];
            let (above, under) = rows.split_at_mut(below);
            for (cell, pivot) in under[0][at..].iter_mut().zip(&above[at][at..]) {
                *cell -= times * pivot;
            }
            right[below] -= times * right[at];
        }
    }
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|column| rows[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let solved = solve(vec![vec![0.0, 2.0], vec![3.0, 1.0]], vec![4.0, 5.0]);
        assert!((solved[0] - 1.0).abs() < 1e-12 && (solved[1] - 2.0).abs() < 1e-12, "{solved:?}");
    }

    #[test]
    fn a_weight_becomes_the_log_odds_of_what_was_chosen() {
        let choice = |right: bool| Example { alternatives: vec![vec![(0, 1.0)], vec![]], right: vec![right, !right], weight: 1.0 };
        let examples: Vec<Example> = (0..4000).map(|n| choice(n % 4 != 0)).collect();
        let fitted = fit(&examples, &[0.0], Prior { middle: &[0.0], spread: &[10.0] });
        assert!((fitted[0] - 3.0_f64.ln()).abs() < 1e-3, "{fitted:?}");
        let drawn = fit(&examples[..4], &[0.0], Prior { middle: &[0.0], spread: &[0.5] });
        assert!(drawn[0] > 0.0 && drawn[0] < 0.5, "little text moves little: {drawn:?}");
    }

    #[test]
    fn a_held_weight_stays_and_the_others_learn_around_it() {
        let choice =
            |right: bool| Example { alternatives: vec![vec![(0, 1.0), (1, 1.0)], vec![]], right: vec![right, !right], weight: 1.0 };
        let examples: Vec<Example> = (0..4000).map(|n| choice(n % 4 != 0)).collect();
        let fitted = fit(&examples, &[5.0, 0.0], Prior { middle: &[2.0, 0.0], spread: &[0.0, 10.0] });
        assert!((fitted[0] - 2.0).abs() < f64::EPSILON && (fitted[1] + 2.0 - 3.0_f64.ln()).abs() < 1e-3, "{fitted:?}");
    }
}

//! The chain of labels: probabilities of each label at each token of a sentence, by forward and backward sums.

/// Outside a name, first token of one, a further token of one.
pub const LABELS: usize = 3;
/// Every label may stand.
pub const ANY: [bool; LABELS] = [true; LABELS];

/// What one label says of the next; a name never goes on where none began.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// From label to label, natural-log units.
    pub steps: [[f32; LABELS]; LABELS],
    /// The label of a sentence's first token.
    pub start: [f32; LABELS],
}

impl Default for Chain {
    fn default() -> Chain {
        Chain { steps: [[0.0; LABELS]; LABELS], start: [0.0; LABELS] }
    }
}

/// Room that is used again for each sentence.
#[derive(Debug, Default)]
pub struct Work {
    /// Of each token the probability of each label.
    pub marginals: Vec<[f32; LABELS]>,
    /// Summed over the sentence, the probability of each step: what learning compares.
    pub steps: [[f32; LABELS]; LABELS],
    /// Natural logarithm of the sum over all labellings.
    pub log_sum: f64,
    emitted: Vec<[f32; LABELS]>,
    forward: Vec<[f32; LABELS]>,
}

impl Chain {
    /// True for the one step and start that no labelling has.
    pub fn is_forbidden(before: Option<usize>, label: usize) -> bool {
        label == 2 && matches!(before, None | Some(0))
    }

    /// Probabilities of the labels, given what the features of each token say for each.
    pub fn marginals(&self, scores: &[[f32; LABELS]], work: &mut Work) {
        self.run(scores, None, work);
    }

    /// The same among the labellings that `allowed` permits; all, when nothing is left.
    pub fn run(&self, scores: &[[f32; LABELS]], allowed: Option<&[[bool; LABELS]]>, work: &mut Work) {
        work.marginals.clear();
        work.forward.clear();
        work.emitted.clear();
        work.steps = [[0.0; LABELS]; LABELS];
        work.log_sum = 0.0;
        let steps = self.powers();
        for (at, score) in scores.iter().enumerate() {
            let permitted = allowed.and_then(|a| a.get(at)).unwrap_or(&ANY);
            let highest = score.iter().fold(f32::MIN, |a, b| a.max(*b));
            let emitted: [f32; LABELS] = std::array::from_fn(|l| if permitted[l] { (score[l] - highest).exp() } else { 0.0 });
            let mut now = [0.0; LABELS];
            for label in 0..LABELS {
                let arriving: f32 = match work.forward.last() {
                    None if Chain::is_forbidden(None, label) => 0.0,
                    None => self.start[label].exp(),
                    Some(before) => (0..LABELS).map(|from| before[from] * steps[from][label]).sum(),
                };
                now[label] = arriving * emitted[label];
            }
            let sum: f32 = now.iter().sum();
            if sum > 0.0 {
                now = now.map(|n| n / sum);
            } else {
                now = [1.0, 0.0, 0.0];
            }
            work.log_sum += f64::from(sum.max(f32::MIN_POSITIVE).ln()) + f64::from(highest);
            work.emitted.push(emitted);
            work.forward.push(now);
        }
        let mut behind = [1.0f32; LABELS];
        work.marginals.resize(scores.len(), [0.0; LABELS]);
        for at in (0..scores.len()).rev() {
            let forward = work.forward[at];
            let joint: [f32; LABELS] = std::array::from_fn(|l| forward[l] * behind[l]);
            let sum = joint.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            work.marginals[at] = joint.map(|j| j / sum);
            if at == 0 {
                break;
            }
            let before = work.forward[at - 1];
            let mut expected = [[0.0f32; LABELS]; LABELS];
            let mut total = 0.0f32;
            let mut earlier = [0.0f32; LABELS];
            for from in 0..LABELS {
                for to in 0..LABELS {
                    let onward = steps[from][to] * work.emitted[at][to] * behind[to];
                    earlier[from] += onward;
                    expected[from][to] = before[from] * onward;
                    total += expected[from][to];
                }
            }
            if total > 0.0 {
                (0..LABELS).for_each(|f| (0..LABELS).for_each(|t| work.steps[f][t] += expected[f][t] / total));
            }
            let scale = earlier.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            behind = earlier.map(|e| e / scale);
        }
    }

    fn powers(&self) -> [[f32; LABELS]; LABELS] {
        std::array::from_fn(|from| {
            std::array::from_fn(|to| if Chain::is_forbidden(Some(from), to) { 0.0 } else { self.steps[from][to].exp() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All labellings counted out.
    fn by_hand(chain: &Chain, scores: &[[f32; LABELS]]) -> (Vec<[f64; LABELS]>, f64) {
        let mut marginals = vec![[0.0f64; LABELS]; scores.len()];
        let mut sum = 0.0;
        for code in 0..LABELS.pow(scores.len() as u32) {
            let labels: Vec<usize> = (0..scores.len()).map(|at| code / LABELS.pow(at as u32) % LABELS).collect();
            if (0..labels.len()).any(|at| Chain::is_forbidden(at.checked_sub(1).map(|b| labels[b]), labels[at])) {
                continue;
            }
            let steps: f32 = labels.windows(2).map(|pair| chain.steps[pair[0]][pair[1]]).sum();
            let score = chain.start[labels[0]] + steps + labels.iter().zip(scores).map(|(l, s)| s[*l]).sum::<f32>();
            let weight = f64::from(score).exp();
            sum += weight;
            labels.iter().enumerate().for_each(|(at, l)| marginals[at][*l] += weight);
        }
        (marginals.into_iter().map(|m| m.map(|p| p / sum)).collect(), sum.ln())
    }

    #[test]
    fn probabilities_are_those_of_all_labellings_counted_out() {
        let chain = Chain { steps: [[0.3, -0.7, 0.0], [0.1, -1.0, 0.9], [0.2, -0.4, 0.5]], start: [0.5, -0.2, 0.0] };
        let scores = [[0.0, 1.2, -3.0], [0.0, -0.5, 2.0], [0.0, 0.1, 0.2], [0.0, 30.0, -1.0]];
        let mut work = Work::default();
        chain.marginals(&scores, &mut work);
        let (expected, log_sum) = by_hand(&chain, &scores);
        for (found, wanted) in work.marginals.iter().zip(&expected) {
            (0..LABELS).for_each(|l| assert!((f64::from(found[l]) - wanted[l]).abs() < 1e-4, "{found:?} {wanted:?}"));
        }
        assert!((work.log_sum - log_sum).abs() < 1e-3, "{} {log_sum}", work.log_sum);
    }

    #[test]
    fn a_name_never_goes_on_where_none_began() {
        let mut work = Work::default();
        Chain::default().marginals(&[[0.0, 0.0, 50.0], [0.0, -50.0, 50.0]], &mut work);
        assert!(work.marginals[0][2] < f32::MIN_POSITIVE);
        assert!(work.marginals[1][2] > 0.99);
    }

    #[test]
    fn only_permitted_labels_have_a_probability() {
        let mut work = Work::default();
        Chain::default().run(&[[0.0, 5.0, 0.0], [0.0; 3]], Some(&[[true, false, false], ANY]), &mut work);
        assert!(work.marginals[0][0] > 0.999_999, "{:?}", work.marginals);
    }
}

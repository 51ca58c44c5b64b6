//! What speaks for and against a span being a place name: the sum, and for who asks why the list behind it.

/// One thing that speaks for or against a span.
///
/// `Ground { what: "a kind word beside it", weight: 3.0 }`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// What it is.
    pub what: &'static str,
    /// How much it says, in the units of [`super::weights`].
    pub weight: f64,
}

/// Adds grounds up. Reading keeps nothing but the sum; explaining keeps the list too.
#[derive(Clone, Debug, Default)]
pub(super) struct Grounds {
    pub(super) sum: f64,
    /// `None`: nobody asks.
    pub(super) list: Option<Vec<Ground>>,
}

impl Grounds {
    /// A sum that keeps its list, or does not.
    pub(super) fn new(is_asked: bool) -> Grounds {
        Grounds { sum: 0.0, list: is_asked.then(Vec::new) }
    }

    pub(super) fn add(&mut self, what: &'static str, weight: f64) {
        self.sum += weight;
        if let Some(list) = self.list.as_mut().filter(|_| weight != 0.0) {
            list.push(Ground { what, weight });
        }
    }

    /// Adds all of another sum.
    pub(super) fn join(&mut self, other: Grounds) {
        self.sum += other.sum;
        if let (Some(list), Some(more)) = (&mut self.list, other.list) {
            list.extend(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_adds_up_to_the_sum() {
        let mut asked = Grounds::new(true);
        asked.add("a", 1.5);
        asked.add("nothing", 0.0);
        let mut more = Grounds::new(true);
        more.add("b", -0.5);
        asked.join(more);
        let list = asked.list.unwrap();
        assert_eq!(list.iter().map(|g| g.what).collect::<Vec<_>>(), ["a", "b"]);
        assert!((list.iter().map(|g| g.weight).sum::<f64>() - asked.sum).abs() < 1e-9);
        assert!(Grounds::new(false).list.is_none());
    }
}

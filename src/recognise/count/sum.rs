//! The toll that the counts of one incident make together.

use super::Count;

/// Lowest and highest total of counts of one harm in one statement; parts of a group before are not added, and a
/// stated total is not added to the parts that make it up. `None` when there is nothing to add.
///
/// # Examples
/// «30 civilians, 17 fighters and three members» make 50; «50 people, including 30 civilians» make 50.
pub fn total<'c>(counts: impl IntoIterator<Item = &'c Count>) -> (Option<u32>, Option<u32>) {
    let whole: Vec<&Count> = counts.into_iter().filter(|c| !c.part_of_previous).collect();
    let low = |of: &[&Count]| of.iter().fold(0_u32, |sum, c| sum.saturating_add(c.low));
    let high = |of: &[&Count]| of.iter().fold(0_u32, |sum, c| sum.saturating_add(c.high));
    match whole.as_slice() {
        [] => (None, None),
        [first, rest @ ..] if rest.len() >= 2 && low(rest) == first.low => (Some(first.low), Some(first.high)),
        [rest @ .., last] if rest.len() >= 2 && low(rest) == last.low => (Some(last.low), Some(last.high)),
        all => (Some(low(all)), Some(high(all))),
    }
}

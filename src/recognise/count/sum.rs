//! The toll that the counts of one incident make together.

use super::Count;

/// Lowest and highest total of counts of one harm in one statement; parts of a group before are not added, and a
/// stated total is not added to the parts that make it up. `None` when there is nothing to add.
///
/// # Examples
/// «30 civilians, 17 fighters and three members» make 50; «50 people, including 30 civilians» make 50.
pub fn total(counts: &[Count]) -> (Option<u32>, Option<u32>) {
    let whole: Vec<&Count> = counts.iter().filter(|c| !c.part_of_previous).collect();
    let add = |of: &[&Count], value: fn(&Count) -> u32| of.iter().fold(0_u32, |sum, c| sum.saturating_add(value(c)));
    let (low, high): (fn(&Count) -> u32, fn(&Count) -> u32) = (|c| c.low, |c| c.high);
    match whole.as_slice() {
        [] => (None, None),
        [first, rest @ ..] if rest.len() >= 2 && add(rest, low) == first.low => (Some(first.low), Some(first.high)),
        [rest @ .., last] if rest.len() >= 2 && add(rest, low) == last.low => (Some(last.low), Some(last.high)),
        all => (Some(add(all, low)), Some(add(all, high))),
    }
}

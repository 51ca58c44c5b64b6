//! Groups that grow by joining, and remember with whom they may not.

use std::collections::BTreeSet;

/// Disjoint groups of indices.
#[derive(Debug)]
pub(super) struct Groups {
    parent: Vec<u32>,
    members: Vec<Vec<u32>>,
    /// By root: roots that it may not be joined with.
    foes: Vec<BTreeSet<u32>>,
    /// By root: nothing joins it any more.
    is_closed: Vec<bool>,
}

impl Groups {
    pub(super) fn of(count: usize) -> Groups {
        Groups {
            parent: (0..count as u32).collect(),
            members: (0..count as u32).map(|i| vec![i]).collect(),
            foes: vec![BTreeSet::new(); count],
            is_closed: vec![false; count],
        }
    }

    pub(super) fn root(&mut self, mut index: u32) -> u32 {
        while self.parent[index as usize] != index {
            let above = self.parent[index as usize];
            self.parent[index as usize] = self.parent[above as usize];
            index = above;
        }
        index
    }

    pub(super) fn members(&self, root: u32) -> &[u32] {
        &self.members[root as usize]
    }

    pub(super) fn are_foes(&self, one: u32, other: u32) -> bool {
        self.foes[one as usize].contains(&other)
    }

    pub(super) fn is_closed(&self, root: u32) -> bool {
        self.is_closed[root as usize]
    }

    pub(super) fn close(&mut self, root: u32) {
        self.is_closed[root as usize] = true;
    }

    /// Two roots may not be joined, however they grow.
    pub(super) fn part(&mut self, one: u32, other: u32) {
        self.foes[one as usize].insert(other);
        self.foes[other as usize].insert(one);
    }

    /// Joins two roots; the larger group keeps its root.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let is_larger = self.members(one).len() >= self.members(other).len();
        let (root, gone) = if is_larger { (one, other) } else { (other, one) };
        self.parent[gone as usize] = root;
        let moved = std::mem::take(&mut self.members[gone as usize]);
        self.members[root as usize].extend(moved);
        for foe in std::mem::take(&mut self.foes[gone as usize]) {
            self.foes[foe as usize].remove(&gone);
            self.part(root, foe);
        }
        self.is_closed[root as usize] |= self.is_closed[gone as usize];
    }

    /// The roots.
    pub(super) fn roots(&self) -> impl Iterator<Item = u32> {
        self.parent.iter().enumerate().filter(|(index, parent)| *index as u32 == **parent).map(|(index, _)| index as u32)
    }
}

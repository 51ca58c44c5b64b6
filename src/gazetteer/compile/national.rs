//! Which names occur in a country: what a search among the names of some countries goes by.
//!
//! Section `national`: for each country as `country` numbers them, and once more at the end, where its list begins (four bytes,
//! from the start of the section); the lists, each the distances from one number of a name to the next.

use crate::gazetteer::packed::push_varint;

/// The lists while names come in order.
pub(super) struct National {
    lists: Vec<Vec<u8>>,
    /// The number behind that of the last name of each list.
    next: Vec<u64>,
}

impl National {
    pub(super) fn new(countries: usize) -> National {
        National { lists: vec![Vec::new(); countries], next: vec![0; countries] }
    }

    /// Takes a name that a place of the country bears; numbers never fall.
    pub(super) fn add(&mut self, country: u32, name: u64) {
        let country = country as usize;
        let (Some(list), Some(next)) = (self.lists.get_mut(country), self.next.get_mut(country)) else { return };
        if name >= *next {
            push_varint(name - *next, list);
            *next = name + 1;
        }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut at = 4 * (self.lists.len() + 1);
        let mut bytes = (at as u32).to_le_bytes().to_vec();
        for list in &self.lists {
            at += list.len();
            bytes.extend((at as u32).to_le_bytes());
        }
        self.lists.into_iter().for_each(|list| bytes.extend(list));
        bytes
    }
}

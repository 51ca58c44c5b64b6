//! Which rows hold which words: a word is found within the words that are there («تلاتاي» in «بتلاتاي»), as text search on the store is.

use memchr::memmem;
use roaring::RoaringBitmap;

use super::dictionary::Numbering;

/// Rows by word.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All words with a line feed before each, for looking within them.
    all: Vec<u8>,
    /// Where each word's line feed stands in `all`.
    starts: Vec<u32>,
    /// Distances between the rows of each word, seven bits a byte.
    rows: Vec<u8>,
    ends: Vec<u64>,
}

impl Words {
    /// The rows that hold a folded word within one of their words.
    pub(super) fn rows(&self, word: &str) -> RoaringBitmap {
        let mut out = RoaringBitmap::new();
        let mut last = None;
        for at in memmem::find_iter(&self.all, word) {
            let code = self.starts.partition_point(|s| *s as usize <= at).saturating_sub(1);
            if last != Some(code) {
                last = Some(code);
                out |= RoaringBitmap::from_sorted_iter(self.of(code)).unwrap_or_default();
            }
        }
        out
    }

    fn of(&self, code: usize) -> impl Iterator<Item = u32> + '_ {
        let start = code.checked_sub(1).and_then(|c| self.ends.get(c)).copied().unwrap_or(0);
        let end = self.ends.get(code).copied().unwrap_or(start);
        let bytes = self.rows.get(start as usize..end as usize).unwrap_or_default();
        let (mut row, mut next) = (0_u32, bytes.iter());
        std::iter::from_fn(move || {
            let (mut distance, mut shift) = (0_u32, 0);
            loop {
                let byte = *next.next()?;
                distance |= u32::from(byte & 0x7F) << shift;
                if byte & 0x80 == 0 {
                    break;
                }
                shift += 7;
            }
            row += distance;
            Some(row)
        })
    }
}

/// Collects the words of rows, which come in order.
#[derive(Debug, Default)]
pub(super) struct Builder {
    numbering: Numbering,
    /// By number of the word: its last row and the distances so far.
    lists: Vec<(u32, Vec<u8>)>,
}

impl Builder {
    /// Adds the words of a row, folded and with spaces between them.
    pub(super) fn add(&mut self, row: u32, folded: &str) {
        for word in folded.split([' ', '\n']).filter(|w| !w.is_empty()) {
            let number = self.numbering.number(word) as usize;
            if self.lists.len() <= number {
                self.lists.resize(number + 1, (u32::MAX, Vec::new()));
            }
            let Some((last, bytes)) = self.lists.get_mut(number) else { continue };
            if *last == row {
                continue;
            }
            let mut distance = if *last == u32::MAX { row } else { row - *last };
            *last = row;
            while distance >= 0x80 {
                bytes.push(distance as u8 | 0x80);
                distance >>= 7;
            }
            bytes.push(distance as u8);
        }
    }

    pub(super) fn finish(self) -> Words {
        let (dictionary, order) = self.numbering.finish();
        let mut by_place: Vec<Vec<u8>> = vec![Vec::new(); order.len()];
        for ((_, bytes), place) in self.lists.into_iter().zip(order) {
            if let Some(list) = by_place.get_mut(place as usize) {
                *list = bytes;
            }
        }
        let mut out = Words::default();
        for word in dictionary.iter() {
            out.starts.push(out.all.len() as u32);
            out.all.push(b'\n');
            out.all.extend_from_slice(word.as_bytes());
        }
        for list in by_place {
            out.rows.extend_from_slice(&list);
            out.ends.push(out.rows.len() as u64);
        }
        out.rows.shrink_to_fit();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_within_words() {
        let mut builder = Builder::default();
        builder.add(0, "هجوم بتلاتاي");
        builder.add(1, "attaque a talataye");
        builder.add(300, "talataye talataye\nتلاتاي");
        let words = builder.finish();
        let rows = |word: &str| words.rows(word).iter().collect::<Vec<_>>();
        assert_eq!((rows("تلاتاي"), rows("talataye"), rows("ata")), (vec![0, 300], vec![1, 300], vec![1, 300]));
        // Words do not run into each other.
        assert_eq!((rows("attaquea"), rows("a\nt"), rows("kidal")), (vec![], vec![], vec![]));
    }
}

//! The weights of a model: two whole numbers for each feature that has any, found by its hash.

use super::chain::{Chain, LABELS};

/// First bytes of a model, with the version of its features: other features need other weights.
const MAGIC: &[u8; 8] = b"dalilcr1";
/// Bits of a hash that are kept beside the weights; the others choose the slot.
const TAG_BITS: u32 = 16;
/// Features that a line has room for: with their weights they fill 64 bytes, what a processor fetches at once.
const LINE: usize = 16;
/// Features of a line on average, at most: few lines are then full.
const FILLED: usize = 12;
/// Bytes of a feature in the file: its hash and its two weights.
const RECORD: usize = 6;

/// Weights by feature: the lower bits of a hash choose a line, the upper ones the place in it.
#[derive(Debug)]
pub struct Table {
    lines: Vec<Line>,
    mask: u32,
    /// What one unit of a weight is worth, natural-log units.
    pub scale: f32,
}

/// Features and their weights, two bytes in one number; those without any are free places, at the end.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Line {
    tags: [u16; LINE],
    weights: [u16; LINE],
}

impl Line {
    fn is_full(&self) -> bool {
        self.weights[LINE - 1] != 0
    }

    /// The weights of a tag, which stands once in a line at most; zero when it has none. All places are compared at once, and
    /// nothing branches on what is found: the lines of many features are then fetched at the same time.
    #[inline]
    fn find(&self, tag: u16) -> u16 {
        let mut found = 0;
        for place in 0..LINE {
            found |= u16::from(self.tags[place] == tag).wrapping_neg() & self.weights[place];
        }
        found
    }
}

impl Table {
    fn of(features: impl ExactSizeIterator<Item = (u32, [i8; 2])>, scale: f32) -> Table {
        // One line more than features fill, so that one with room is always found.
        let size = (features.len() / FILLED + 1).next_power_of_two();
        let mut table = Table { lines: vec![Line::default(); size], mask: size as u32 - 1, scale };
        for (hash, weights) in features.filter(|(_, w)| *w != [0, 0]) {
            let mut at = hash & table.mask;
            // Of two hashes that differ in neither line nor tag the first is found.
            while table.lines[at as usize].is_full() && table.lines[at as usize].find(tag(hash)) == 0 {
                at = (at + 1) & table.mask;
            }
            let line = &mut table.lines[at as usize];
            if line.find(tag(hash)) == 0 {
                let free = line.weights.iter().position(|w| *w == 0).unwrap_or_default();
                (line.tags[free], line.weights[free]) = (tag(hash), u16::from_le_bytes(weights.map(i8::cast_unsigned)));
            }
        }
        table
    }

    /// The weights of a feature for «begins» and «inside»; zeros when it has none.
    pub fn get(&self, hash: u32) -> [i8; 2] {
        let mut at = hash & self.mask;
        loop {
            let Some(line) = self.lines.get(at as usize) else { return [0, 0] };
            let found = line.find(tag(hash));
            if found != 0 || !line.is_full() {
                return weights(found);
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The weights of some features summed up, at most 64 of them.
    #[inline]
    pub fn sum<const FEATURES: usize>(&self, features: &[u32; FEATURES]) -> [i32; 2] {
        let mut sum = [0; 2];
        let add = |sum: &mut [i32; 2], weights: [i8; 2]| (0..2).for_each(|l| sum[l] += i32::from(weights[l]));
        // Features that may stand in a later line, a bit each: few, asked about when all others are known.
        let mut later = 0_u64;
        for (at, hash) in features.iter().enumerate() {
            let Some(line) = self.lines.get((hash & self.mask) as usize) else { continue };
            let found = line.find(tag(*hash));
            add(&mut sum, weights(found));
            later |= u64::from((found == 0) & line.is_full()) << at;
        }
        while later != 0 {
            add(&mut sum, self.get(features[later.trailing_zeros() as usize % FEATURES]));
            later &= later - 1;
        }
        sum
    }
}

fn tag(hash: u32) -> u16 {
    (hash >> TAG_BITS) as u16
}

fn weights(packed: u16) -> [i8; 2] {
    packed.to_le_bytes().map(u8::cast_signed)
}

/// Writes a model; `features` are sorted by hash.
pub(super) fn write(features: &[(u32, [i8; 2])], scale: f32, chain: &Chain) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(scale.to_le_bytes());
    chain.steps.iter().flatten().chain(&chain.start).for_each(|w| out.extend(w.to_le_bytes()));
    out.extend((features.len() as u32).to_le_bytes());
    for (hash, weights) in features {
        out.extend(hash.to_le_bytes());
        out.extend(weights.map(i8::cast_unsigned));
    }
    out
}

/// Reads a model.
pub(super) fn read(bytes: &[u8]) -> Result<(Table, Chain), String> {
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| {
        let found = String::from_utf8_lossy(bytes.get(..MAGIC.len()).unwrap_or(bytes)).into_owned();
        format!("model begins with {found:?}, expected {:?}", String::from_utf8_lossy(MAGIC))
    })?;
    let word = |at: usize| rest.get(at * 4..at * 4 + 4).and_then(|b| b.try_into().ok()).ok_or("model ends in its head".to_owned());
    let float = |at: usize| word(at).map(f32::from_le_bytes);
    let mut chain = Chain::default();
    for from in 0..LABELS {
        for to in 0..LABELS {
            chain.steps[from][to] = float(1 + from * LABELS + to)?;
        }
        chain.start[from] = float(1 + LABELS * LABELS + from)?;
    }
    let head = 1 + LABELS * LABELS + LABELS;
    let count = u32::from_le_bytes(word(head)?) as usize;
    let records = rest.get((head + 1) * 4..).unwrap_or_default();
    if records.len() != count * RECORD {
        return Err(format!("model of {} bytes of features, expected {}", records.len(), count * RECORD));
    }
    let features = records.chunks_exact(RECORD).map(|r| {
        let hash = u32::from_le_bytes([r[0], r[1], r[2], r[3]]);
        (hash, [i8::from_le_bytes([r[4]]), i8::from_le_bytes([r[5]])])
    });
    Ok((Table::of(features, float(0)?), chain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let features: Vec<(u32, [i8; 2])> = (0..1_000u32).map(|n| (n.wrapping_mul(2_654_435_761), [(n % 100) as i8 - 50, 1])).collect();
        let chain = Chain { steps: [[0.5, 0.0, 1.0]; 3], start: [1.0, 2.0, 3.0] };
        let (table, read_chain) = read(&write(&features, 0.25, &chain)).unwrap();
        assert_eq!((table.scale, read_chain), (0.25, chain));
        for (hash, weights) in &features {
            assert_eq!(table.get(*hash), *weights);
        }
        assert_eq!(table.get(12_345), [0, 0]);
        let some: [u32; 40] = std::array::from_fn(|at| features[at * 25].0);
        let sum = some.iter().map(|hash| table.get(*hash)).fold([0, 0], |[a, b], w| [a + i32::from(w[0]), b + i32::from(w[1])]);
        assert_eq!((table.sum(&some), sum[1]), (sum, 40));
    }

    #[test]
    fn features_of_a_full_line_are_found_in_the_next_and_of_two_alike_the_first() {
        // All begin in line nought, more than it has room for; the last has the line and the tag of the first.
        let mut features: Vec<(u32, [i8; 2])> = (1..=2 * LINE as u32).map(|n| (n << TAG_BITS, [n as i8, -1])).collect();
        features.push((1 << TAG_BITS | 1 << (TAG_BITS - 1), [99, 99]));
        let table = Table::of(features.iter().copied(), 1.0);
        for (hash, weights) in features.iter().take(2 * LINE) {
            assert_eq!((table.get(*hash), table.sum(&[*hash])), (*weights, weights.map(i32::from)));
        }
        assert_eq!(table.sum(&[1 << TAG_BITS | 1 << (TAG_BITS - 1)]), [1, -1]);
    }

    #[test]
    fn a_broken_model_is_refused_with_what_was_found() {
        let whole = write(&[(1, [1, 1])], 1.0, &Chain::default());
        assert!(read(b"something else").unwrap_err().contains("dalilcr1"));
        assert!(read(&whole[..20]).unwrap_err().contains("head"));
        assert!(read(&whole[..whole.len() - 1]).unwrap_err().contains("expected 6"));
    }
}

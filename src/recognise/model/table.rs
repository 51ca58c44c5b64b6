//! The weights of a model: two whole numbers for each feature that has any, found by its hash.

use super::chain::{Chain, LABELS};

/// First bytes of a model, with the version of its features: other features need other weights.
const MAGIC: &[u8; 8] = b"dalilcr1";
/// Bits of a hash that are kept beside the weights; the others choose the slot.
const TAG_BITS: u32 = 16;
/// Slots for each feature, so that a search ends soon.
const ROOM: usize = 2;
/// Bytes of a feature in the file: its hash and its two weights.
const RECORD: usize = 6;

/// Weights by feature, in open addressing.
#[derive(Debug)]
pub struct Table {
    slots: Vec<Slot>,
    mask: u32,
    /// What one unit of a weight is worth, natural-log units.
    pub scale: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Upper bits of the hash; a slot with both weights zero is free.
    tag: u16,
    weights: [i8; 2],
}

impl Table {
    fn of(features: impl ExactSizeIterator<Item = (u32, [i8; 2])>, scale: f32) -> Table {
        let size = (features.len() * ROOM).next_power_of_two().max(ROOM);
        let mut table = Table { slots: vec![Slot::default(); size], mask: size as u32 - 1, scale };
        for (hash, weights) in features.filter(|(_, w)| *w != [0, 0]) {
            let mut at = hash & table.mask;
            while table.slots[at as usize].weights != [0, 0] {
                at = (at + 1) & table.mask;
            }
            table.slots[at as usize] = Slot { tag: tag(hash), weights };
        }
        table
    }

    /// The weights of a feature for «begins» and «inside»; zeros when it has none.
    #[inline]
    pub fn get(&self, hash: u32) -> [i8; 2] {
        let mut at = hash & self.mask;
        loop {
            let Some(slot) = self.slots.get(at as usize) else { return [0, 0] };
            if slot.weights == [0, 0] || slot.tag == tag(hash) {
                return slot.weights;
            }
            at = (at + 1) & self.mask;
        }
    }
}

fn tag(hash: u32) -> u16 {
    (hash >> TAG_BITS) as u16
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
    }

    #[test]
    fn a_broken_model_is_refused_with_what_was_found() {
        let whole = write(&[(1, [1, 1])], 1.0, &Chain::default());
        assert!(read(b"something else").unwrap_err().contains("dalilcr1"));
        assert!(read(&whole[..20]).unwrap_err().contains("head"));
        assert!(read(&whole[..whole.len() - 1]).unwrap_err().contains("expected 6"));
    }
}

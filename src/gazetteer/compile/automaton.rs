//! Sorted names → the bytes of a [`Transducer`](crate::gazetteer::transducer): suffixes that names share are written once.
//!
//! Nodes are written from the ends of the names to the root, each byte by byte from its end, and the whole is turned round at last.

use std::collections::HashMap;

use crate::gazetteer::transducer::{
    ALPHABET, BRANCH, COUNT_SHIFT, ENDS, LAST_LEAF, LAST_NEXT, MANY, NO_CODE, PADDING, STEP, TO_LEAF, bytes_of, leaf_distance,
};

/// The end of a name only (`tail` bytes without a branch) is written again rather than pointed at when it is as short as a pointer.
const SHORT_TAIL: u32 = 4;
/// Nodes remembered for sharing, about 30 bytes each; when there are more, all are forgotten and sharing begins anew.
const MAX_REMEMBERED: usize = 24_000_000;
/// Width field for what cannot be pointed at: automata end at four gigabytes.
const MAX_WIDTH: u32 = 4;

/// A finished node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    /// How many bytes had been written with its last; `None` for a leaf.
    at: Option<u64>,
    /// Names that end in it or below.
    names: u64,
    /// Its bytes when it and all below have one step only.
    tail: u32,
    digest: Digest,
}

/// Two numbers, equal for equal nodes and for hardly any others: by chance once in 10¹⁴ tables of ten million nodes.
type Digest = (u64, u32);

const LEAF: Node = Node { at: None, names: 1, tail: 0, digest: (0, 0) };

/// A node on the way of the last name, which may get further steps.
#[derive(Debug, Default)]
struct Open {
    ends: bool,
    steps: Vec<(u8, Node)>,
    /// The step to the next open node.
    byte: u8,
}

/// Builds an automaton from names in order.
#[derive(Debug)]
pub(super) struct Automaton {
    /// All bytes so far, last first.
    bytes: Vec<u8>,
    code: [u8; 256],
    alphabet: [u8; ALPHABET],
    last: Vec<u8>,
    open: Vec<Open>,
    remembered: HashMap<u64, (u32, u32)>,
}

impl Automaton {
    /// An empty automaton for names in which each byte occurs so often.
    pub(super) fn new(frequency: &[u64; 256]) -> Automaton {
        let mut order: Vec<u8> = (0..=u8::MAX).collect();
        order.sort_by_key(|b| (std::cmp::Reverse(frequency[usize::from(*b)]), *b));
        let mut code = [NO_CODE; 256];
        let mut alphabet = [0; ALPHABET];
        for (number, byte) in order.into_iter().take(ALPHABET).enumerate() {
            code[usize::from(byte)] = number as u8;
            alphabet[number] = byte;
        }
        let open = vec![Open::default()];
        Automaton { bytes: Vec::new(), code, alphabet, last: Vec::new(), open, remembered: HashMap::new() }
    }

    /// Adds a name that comes after all before it.
    pub(super) fn insert(&mut self, name: &[u8]) {
        let shared = self.last.iter().zip(name).take_while(|(a, b)| a == b).count();
        self.close(shared);
        for byte in name.iter().skip(shared) {
            if let Some(open) = self.open.last_mut() {
                open.byte = *byte;
            }
            self.open.push(Open::default());
        }
        if let Some(open) = self.open.last_mut() {
            open.ends = true;
        }
        self.last.clear();
        self.last.extend(name);
    }

    /// Finishes the nodes after so many steps from the root.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth + 1 {
            let Some(done) = self.open.pop() else { return };
            let node = self.node(&done);
            if let Some(parent) = self.open.last_mut() {
                parent.steps.push((parent.byte, node));
            }
        }
    }

    /// The bytes of the whole.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.close(0);
        let root = self.open.pop().unwrap_or_default();
        self.remembered.clear();
        self.write(&root);
        self.bytes.extend(self.alphabet.iter().rev());
        self.bytes.reverse();
        self.bytes.extend([0; PADDING]);
        self.bytes
    }

    /// The finished node, an equal one where there is one.
    fn node(&mut self, open: &Open) -> Node {
        let names = u64::from(open.ends) + open.steps.iter().map(|(_, node)| node.names).sum::<u64>();
        let tail = match open.steps.as_slice() {
            [] => return LEAF,
            [(_, only)] if only.tail < SHORT_TAIL && !open.ends => only.tail + 1,
            _ => u32::MAX,
        };
        let digest = digest(open);
        let known = if tail <= SHORT_TAIL { None } else { self.remembered.get(&digest.0).filter(|(_, check)| *check == digest.1) };
        if let Some((at, _)) = known {
            return Node { at: Some(u64::from(*at)), names, tail, digest };
        }
        let at = self.write(open);
        if let (Ok(at), true) = (u32::try_from(at), tail > SHORT_TAIL) {
            if self.remembered.len() >= MAX_REMEMBERED {
                self.remembered.clear();
            }
            self.remembered.insert(digest.0, (at, digest.1));
        }
        Node { at: Some(at), names, tail, digest }
    }

    /// Writes a node; how many bytes are written with it.
    fn write(&mut self, open: &Open) -> u64 {
        let here = self.bytes.len() as u64;
        let ends = if open.ends { ENDS } else { 0 };
        let forward = match open.steps.as_slice() {
            [(byte, only)] if only.at == Some(here) && !open.ends => match self.code[usize::from(*byte)] {
                NO_CODE => vec![NO_CODE, *byte],
                code => vec![code],
            },
            [(byte, Node { at: None, .. })] => vec![STEP | ends | TO_LEAF, *byte],
            [(byte, Node { at: Some(at), .. })] => {
                let width = bytes_of(here - at);
                let mut bytes = vec![STEP | ends | width as u8, *byte];
                put(here - at, width, &mut bytes);
                bytes
            }
            steps => branch(steps, ends, here),
        };
        self.bytes.extend(forward.iter().rev());
        self.bytes.len() as u64
    }
}

/// A node of no or several steps.
fn branch(steps: &[(u8, Node)], ends: u8, here: u64) -> Vec<u8> {
    let (last, written) = match steps.split_last() {
        Some(((_, Node { at: None, .. }), before)) => (LAST_LEAF, before),
        Some(((_, node), before)) if node.at == Some(here) => (LAST_NEXT, before),
        _ => (0, steps),
    };
    let distance = |node: &Node| node.at.map(|at| here - at);
    // The widest distance has to stay below the one that stands for a leaf.
    let distance_width = written.iter().map(|(_, n)| distance(n).map_or(1, |d| bytes_of(d + 1))).max().unwrap_or(0).min(MAX_WIDTH);
    let counts: Vec<u64> = steps
        .iter()
        .scan(0, |sum, (_, node)| {
            *sum += node.names;
            Some(*sum)
        })
        .take(steps.len().saturating_sub(1))
        .collect();
    let count_width = counts.last().map_or(0, |most| bytes_of(*most)).min(MAX_WIDTH);
    let mut out = if steps.len() < usize::from(MANY) {
        vec![BRANCH | ends | steps.len() as u8]
    } else {
        vec![BRANCH | ends | MANY, (steps.len() - 1) as u8]
    };
    out.push(last | (count_width << COUNT_SHIFT) as u8 | distance_width as u8);
    out.extend(steps.iter().map(|(byte, _)| *byte));
    for (_, node) in written {
        put(distance(node).unwrap_or(leaf_distance(distance_width)), distance_width, &mut out);
    }
    for count in counts {
        put(count, count_width, &mut out);
    }
    out
}

fn put(value: u64, width: u32, out: &mut Vec<u8>) {
    out.extend(value.to_le_bytes().iter().take(width as usize));
}

/// Of what a node says, not of where it stands.
fn digest(open: &Open) -> Digest {
    let words = open.steps.iter().flat_map(|(byte, node)| [u64::from(*byte) | u64::from(node.digest.1) << 8, node.digest.0]);
    let seeds = (u64::from(open.ends), 0x2545_f491_4f6c_dd1d);
    let (first, second) = std::iter::once(open.steps.len() as u64).chain(words).fold(seeds, |(a, b), word| {
        let a = (a.rotate_left(25) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let b = (b ^ word.rotate_left(32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (a ^ a >> 32, b ^ b >> 29)
    });
    (first, (second ^ u64::from(open.ends)) as u32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use crate::gazetteer::stream::Names;
    use crate::gazetteer::transducer::Transducer;

    use super::*;

    fn built(names: &BTreeSet<Vec<u8>>) -> Vec<u8> {
        let mut frequency = [0; 256];
        for byte in names.iter().flatten() {
            frequency[usize::from(*byte)] += 1;
        }
        let mut automaton = Automaton::new(&frequency);
        for name in names {
            automaton.insert(name);
        }
        automaton.finish()
    }

    fn check(names: &BTreeSet<Vec<u8>>) {
        let bytes = built(names);
        let transducer = Transducer::new(&bytes);
        let find = |name: &[u8]| transducer.walk(Transducer::start(), name).and_then(|at| transducer.number(at));
        let mut listed = Vec::new();
        let all = Names::new(transducer, names.len());
        let mut stream = all.stream();
        while let Some((name, number)) = fst::Streamer::next(&mut stream) {
            listed.push((name.to_vec(), number));
        }
        let expected: Vec<(Vec<u8>, u64)> = names.iter().cloned().zip(0..).collect();
        assert_eq!(listed, expected);
        for (name, number) in &expected {
            assert_eq!(find(name), Some(*number), "{name:?}");
            let longer: Vec<u8> = name.iter().copied().chain([b'z']).collect();
            assert_eq!(find(&longer).is_some(), names.contains(&longer));
        }
    }

    #[test]
    fn wide_nodes_long_tails_and_shared_ends_are_found() {
        let wide = (0..=u8::MAX).map(|b| vec![b]);
        let pairs = (0..=u8::MAX).flat_map(|a| (0..40).map(move |b| vec![a, b, b'n', b'i', b'a', b'n', b'g', b'o']));
        check(&wide.chain(pairs).collect());
        check(&BTreeSet::new());
        check(&BTreeSet::from([Vec::new()]));
        check(&BTreeSet::from([b"a".to_vec(), vec![b'x'; 5_000].into_iter().take(3_000).collect()]));
    }

    #[test]
    fn shared_ends_are_written_once() {
        let ends = |count: u32| (0..count).map(|n| format!("{n:04} sur mer la grande").into_bytes()).collect();
        let (few, many) = (built(&ends(10)).len(), built(&ends(1_000)).len());
        assert!(many - few < 990 * 8, "{} bytes a name", (many - few) / 990);
    }

    #[test]
    fn every_name_has_its_number() {
        let names = prop::collection::btree_set(prop::collection::vec(0_u8..4, 0..9), 0..300);
        let checked = TestRunner::deterministic().run(&names, |names| {
            check(&names);
            Ok(())
        });
        assert!(checked.is_ok(), "{checked:?}");
    }
}

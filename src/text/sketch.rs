//! Which texts are copies of each other: wire copy in twelve papers, cut, headed and signed anew.
//!
//! A sketch keeps a fixed sample of a text's shingles (runs of words, folded), always the same ones of the same words. So of two
//! sketches the share that lies in the shorter text can be read off, which is what tells a copy that was cut to its first half; a
//! `MinHash` estimates how equal two texts are and misses it.

use std::collections::HashMap;
use std::num::NonZeroU64;

use super::{Text, TokenKind};

/// Words of a shingle: five in a row are seldom the same by chance, and a changed word breaks only five.
const SHINGLE_WORDS: usize = 5;
/// One shingle of so many is kept: a report of 300 words keeps some 75.
const SAMPLE: u64 = 4;
/// Share of the shorter text's shingles that a copy has in common with the longer. See docs/corroboration.md for how it was measured.
const COPY_SHARE: f64 = 0.3;
/// Below so many shingles in common two texts are not told copies, unless they are equal: quotations and stock phrases are shared too.
const LEAST_SHARED: usize = 4;
/// A text of fewer words has no copies: two papers may say «Attaque à Gao» on their own.
const LEAST_WORDS: usize = 12;
/// A shingle that so many different texts have is a stock phrase («the spokesman said in a statement that»): it tells nothing.
const STOCK: usize = 64;

/// What is kept of a text to find its copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of all words: equal when texts differ in nothing but spaces, signs and spelling that folding levels. `None`: too short.
    whole: Option<NonZeroU64>,
    /// Hashes of the sampled shingles, sorted, none twice.
    shingles: Vec<u32>,
}

impl Sketch {
    /// Of a text that is cut into words.
    pub fn of(text: &Text) -> Sketch {
        let is_word = |kind: TokenKind| kind != TokenKind::Punct;
        let words: Vec<u64> =
            text.tokens.iter().enumerate().filter(|(_, t)| is_word(t.kind)).map(|(at, _)| hash(text.folded(at).as_bytes())).collect();
        let mut shingles: Vec<u32> =
            words.windows(SHINGLE_WORDS).map(mixed).filter(|h| h % SAMPLE == 0).map(|h| (h >> 32) as u32).collect();
        shingles.sort_unstable();
        shingles.dedup();
        let whole = if words.len() < LEAST_WORDS { 0 } else { mixed(&words) };
        Sketch { whole: NonZeroU64::new(whole), shingles }
    }

    /// As the store keeps it.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.whole.map_or(0, NonZeroU64::get).to_le_bytes().into_iter().chain(self.shingles.iter().flat_map(|s| s.to_le_bytes())).collect()
    }

    /// What [`Sketch::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (whole, shingles) = bytes.split_first_chunk::<8>()?;
        let (shingles, rest) = shingles.as_chunks::<4>();
        rest.is_empty().then(|| Sketch {
            whole: NonZeroU64::new(u64::from_le_bytes(*whole)),
            shingles: shingles.iter().map(|s| u32::from_le_bytes(*s)).collect(),
        })
    }

    /// Share of the shingles of the shorter text that the longer has too, 0–1, and how many these are.
    pub fn shared(&self, other: &Sketch) -> (f64, usize) {
        let both = self.shingles.iter().filter(|s| other.shingles.binary_search(s).is_ok()).count();
        (share(both, self.shingles.len().min(other.shingles.len())), both)
    }
}

/// For each text the one before it that it is a copy of, by its place in the row; who stands first is the original.
pub fn copies(sketches: &[Sketch]) -> Vec<Option<usize>> {
    let mut by_whole: HashMap<NonZeroU64, usize> = HashMap::new();
    let mut originals: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut out = Vec::with_capacity(sketches.len());
    for (at, sketch) in sketches.iter().enumerate() {
        let known = sketch.whole.and_then(|whole| by_whole.get(&whole).copied()).or_else(|| original(sketch, sketches, &originals));
        if known.is_none() {
            by_whole.extend(sketch.whole.map(|whole| (whole, at)));
            for shingle in &sketch.shingles {
                let holders = originals.entry(*shingle).or_default();
                if holders.len() <= STOCK {
                    holders.push(at as u32);
                }
            }
        }
        out.push(known);
    }
    out
}

/// The original that shares most with a text, of equals the first; `None` when none shares enough.
fn original(sketch: &Sketch, sketches: &[Sketch], originals: &HashMap<u32, Vec<u32>>) -> Option<usize> {
    let mut shared: HashMap<u32, usize> = HashMap::new();
    for holders in sketch.shingles.iter().filter_map(|s| originals.get(s)).filter(|h| h.len() <= STOCK) {
        for holder in holders {
            *shared.entry(*holder).or_default() += 1;
        }
    }
    let enough = |(holder, both): (&u32, &usize)| {
        let shorter = sketches.get(*holder as usize)?.shingles.len().min(sketch.shingles.len());
        (*both >= LEAST_SHARED && share(*both, shorter) >= COPY_SHARE).then_some((*both, std::cmp::Reverse(*holder)))
    };
    // Walked in any order, the greatest is the same.
    let best = shared.iter().filter_map(enough).max();
    best.map(|(_, holder)| holder.0 as usize)
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// FNV-1a: sketches are kept, so the hash may never change.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Several hashes in their order as one with all bits stirred (`SplitMix64`).
fn mixed(words: &[u64]) -> u64 {
    let stir = |hash: u64| {
        let hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        hash ^ (hash >> 31)
    };
    words.iter().fold(0, |hash, word| stir(hash ^ word).wrapping_add(0x9E37_79B9_7F4A_7C15))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Sketch {
        Sketch::of(&Text::read(text))
    }

    #[test]
    fn spelling_and_signs_make_no_other_text() {
        let text = "قُتل ثلاثة جنود في هجوم شنه مسلحون على نقطة تفتيش قرب غاو، وأُصيب آخرون.";
        assert_eq!(sketch(text), sketch("قتل  ثلاثة جنود في هجوم شنه مسلحون علي نقطه تفتيش قرب غاو واصيب اخرون"));
        assert_ne!(sketch(text), sketch(&text.replace("ثلاثة", "أربعة")));
        assert_eq!(copies(&[sketch("Attaque à Gao."), sketch("Attaque à Gao."), sketch(text), sketch(text)]), [None, None, None, Some(2)]);
    }

    #[test]
    fn a_sketch_is_kept_as_bytes() {
        let kept = sketch("one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
        assert_eq!(Sketch::from_bytes(&kept.to_bytes()), Some(kept));
        assert_eq!(Sketch::from_bytes(b"short"), None);
    }

    #[test]
    fn a_phrase_that_all_have_makes_no_copies() {
        let stock = "the spokesman of the ministry said in a statement on Monday evening that its forces had been in the area";
        let texts: Vec<Sketch> = (0..3 * STOCK)
            .map(|n| {
                let own: Vec<String> = (0..20).map(|w| format!("w{n}x{w}")).collect();
                sketch(&format!("{stock} {}", own.join(" ")))
            })
            .collect();
        assert_eq!(copies(&texts).iter().skip(STOCK + 1).flatten().count(), 0);
    }
}

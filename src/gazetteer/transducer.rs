//! Folded names ↔ their numbers in order: a minimal automaton whose nodes count the names below them, read where it lies.
//!
//! All bytes are checked as they are read: a damaged table has wrong names or none, but no read goes astray, and every step goes
//! on to a later byte, so that every walk ends.
//!
//! Layout: the [`ALPHABET`] of bytes that have a code, most frequent first; then the nodes, the root first. A node is one of
//! - `code` (below [`BRANCH`]): one step over that byte of the alphabet (over the byte that follows, for [`NO_CODE`]), not the
//!   end of a name; the next node follows at once;
//! - [`STEP`] + end bit + width: one step over the byte that follows, to the node as many bytes after this one as the number of
//!   that width says (none: at once; [`TO_LEAF`]: to a leaf);
//! - [`BRANCH`] + end bit + number of steps ([`MANY`]: one more than the byte that follows), widths of distances and counts and
//!   where the last step leads; the bytes, their distances, the names before each but the first.
//!
//! A leaf ends a name and leads nowhere; it takes no bytes.

use super::format::word;
use super::packed::bits;

/// Bytes before the root: the bytes that the codes 0 to 126 stand for.
pub const ALPHABET: usize = 127;
/// The code of bytes without one.
pub const NO_CODE: u8 = 127;
/// First byte of nodes with any number of steps.
pub const BRANCH: u8 = 0x80;
/// First byte of nodes with one step.
pub const STEP: u8 = 0xC0;
/// In a node's first byte: here ends a name.
pub const ENDS: u8 = 0x20;
/// Of a step, in place of the width: to a leaf.
pub const TO_LEAF: u8 = 7;
/// Of a branch, in place of the number of steps: it follows.
pub const MANY: u8 = 31;
/// Of a branch's widths: the last step leads to the node that follows.
pub const LAST_NEXT: u8 = 0x40;
/// Of a branch's widths: the last step leads to a leaf.
pub const LAST_LEAF: u8 = 0x80;
/// Where the widths of counts begin in a branch's widths.
pub const COUNT_SHIFT: u32 = 3;

/// Zeros after the last node, so that its numbers can be read as words.
pub const PADDING: usize = 8;
/// Up to so many steps are looked through one after the other, more are halved.
const FEW: usize = 12;

/// The address of all leaves.
const LEAF: usize = usize::MAX;

/// Where a walk through the names stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    address: usize,
    /// Names that come before all that begin with what was walked over.
    before: u64,
}

impl Cursor {
    /// Names that come before all that begin with what was walked over: the number of the first of these.
    pub fn before(self) -> u64 {
        self.before
    }
}

/// The distance that stands for a leaf: all bits set.
pub fn leaf_distance(width: u32) -> u64 {
    (1 << (8 * width)) - 1
}

/// Bytes that a number takes.
pub fn bytes_of(value: u64) -> u32 {
    bits(value).div_ceil(8)
}

/// An automaton in its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Transducer<'t> {
    bytes: &'t [u8],
}

/// A node with any number of steps.
struct Branch {
    ends: bool,
    steps: usize,
    widths: u8,
    inputs: usize,
}

impl Branch {
    fn distance_width(&self) -> usize {
        usize::from(self.widths & 7)
    }

    fn count_width(&self) -> usize {
        usize::from(self.widths >> COUNT_SHIFT & 7)
    }

    /// Steps whose distance is written.
    fn distances(&self) -> usize {
        self.steps - usize::from(self.steps > 0 && self.widths & (LAST_NEXT | LAST_LEAF) != 0)
    }

    fn counts_at(&self) -> usize {
        self.inputs + self.steps + self.distances() * self.distance_width()
    }

    fn end(&self) -> usize {
        self.counts_at() + self.steps.saturating_sub(1) * self.count_width()
    }
}

impl<'t> Transducer<'t> {
    /// The automaton in these bytes, whatever they are.
    pub fn new(bytes: &'t [u8]) -> Transducer<'t> {
        Transducer { bytes }
    }

    /// Where every walk begins.
    pub fn start() -> Cursor {
        Cursor { address: ALPHABET, before: 0 }
    }

    /// Walks on over some bytes; `None` when no name goes that way.
    pub fn walk(self, cursor: Cursor, bytes: &[u8]) -> Option<Cursor> {
        let mut at = cursor;
        for byte in bytes {
            let head = *self.bytes.get(at.address)?;
            if head >= NO_CODE {
                at = self.step(at, *byte, head)?;
            } else if self.bytes.get(usize::from(head)) == Some(byte) {
                // Most nodes by far.
                at.address += 1;
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// The number of the name that was walked over, `None` when no name ends here.
    pub fn number(self, cursor: Cursor) -> Option<u64> {
        let ends = match cursor.address {
            LEAF => true,
            address => *self.bytes.get(address)? >= BRANCH && self.bytes.get(address)? & ENDS != 0,
        };
        ends.then_some(cursor.before)
    }

    fn step(self, cursor: Cursor, byte: u8, head: u8) -> Option<Cursor> {
        if !(BRANCH..STEP).contains(&head) {
            return self.only_step(cursor).filter(|(b, _)| *b == byte).map(|(_, next)| next);
        }
        let branch = self.branch(cursor.address, head)?;
        let inputs = self.bytes.get(branch.inputs..branch.inputs + branch.steps)?;
        let found = if branch.steps > FEW { inputs.binary_search(&byte).ok()? } else { inputs.iter().position(|b| *b == byte)? };
        self.taken(&branch, found, cursor.before)
    }

    /// The steps from here, in order of their bytes.
    pub fn steps(self, cursor: Cursor) -> impl Iterator<Item = (u8, Cursor)> + use<'t> {
        let head = self.bytes.get(cursor.address).copied();
        let branch = head.filter(|h| (BRANCH..STEP).contains(h)).and_then(|h| self.branch(cursor.address, h));
        let only = if branch.is_none() { self.only_step(cursor) } else { None };
        let many = branch.into_iter().flat_map(move |branch| {
            (0..branch.steps)
                .map_while(move |step| Some((*self.bytes.get(branch.inputs + step)?, self.taken(&branch, step, cursor.before)?)))
        });
        only.into_iter().chain(many)
    }

    /// The step from here that leads to the name of a number, and the number behind the last name that begins so; `end` is the
    /// number behind the last that begins with what was walked over. `None` when no step leads there.
    pub fn toward(self, cursor: Cursor, number: u64, end: u64) -> Option<(u8, Cursor, u64)> {
        let head = *self.bytes.get(cursor.address)?;
        if !(BRANCH..STEP).contains(&head) {
            return self
                .only_step(cursor)
                .filter(|(_, child)| (child.before..end).contains(&number))
                .map(|(byte, child)| (byte, child, end));
        }
        let branch = self.branch(cursor.address, head)?;
        let (mut low, mut high) = (0, branch.steps);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.taken(&branch, middle, cursor.before)?.before <= number { low = middle + 1 } else { high = middle }
        }
        let step = low.checked_sub(1)?;
        let end = if low < branch.steps { self.taken(&branch, low, cursor.before)?.before } else { end };
        Some((*self.bytes.get(branch.inputs + step)?, self.taken(&branch, step, cursor.before)?, end))
    }

    /// The one step of a node with one.
    fn only_step(self, cursor: Cursor) -> Option<(u8, Cursor)> {
        let at = cursor.address;
        let head = *self.bytes.get(at)?;
        if head < NO_CODE {
            return Some((*self.bytes.get(usize::from(head))?, Cursor { address: at + 1, ..cursor }));
        }
        let byte = *self.bytes.get(at + 1)?;
        let before = cursor.before.wrapping_add(u64::from(head >= STEP && head & ENDS != 0));
        let width = if head == NO_CODE { 0 } else { head & 7 };
        let address = match width {
            _ if (BRANCH..STEP).contains(&head) => return None,
            TO_LEAF => LEAF,
            width => (at + 2 + usize::from(width)).checked_add(self.read(at + 2, usize::from(width))? as usize)?,
        };
        Some((byte, Cursor { address, before }))
    }

    fn branch(self, at: usize, head: u8) -> Option<Branch> {
        let (steps, widths_at) = match head & 31 {
            MANY => (usize::from(*self.bytes.get(at + 1)?) + 1, at + 2),
            few => (usize::from(few), at + 1),
        };
        Some(Branch { ends: head & ENDS != 0, steps, widths: *self.bytes.get(widths_at)?, inputs: widths_at + 1 })
    }

    fn taken(self, branch: &Branch, step: usize, before: u64) -> Option<Cursor> {
        let width = branch.count_width();
        let count = match step.checked_sub(1) {
            None => 0,
            Some(number) => self.read(branch.counts_at() + number * width, width)?,
        };
        let width = branch.distance_width();
        let address = if step < branch.distances() {
            let distance = self.read(branch.inputs + branch.steps + step * width, width)?;
            if distance == leaf_distance(width as u32) { LEAF } else { branch.end().checked_add(distance as usize)? }
        } else if branch.widths & LAST_LEAF != 0 {
            LEAF
        } else {
            branch.end()
        };
        Some(Cursor { address, before: before.wrapping_add(u64::from(branch.ends)).wrapping_add(count) })
    }

    fn read(self, at: usize, width: usize) -> Option<u64> {
        Some(word(self.bytes, at)? & ((1 << (8 * width)) - 1))
    }
}

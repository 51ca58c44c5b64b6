//! Small numbers in few bytes: numbers of a fixed count of bits one after the other, and numbers that grow by seven bits.

use super::format::word;

/// Bits that a number needs.
pub fn bits(value: u64) -> u32 {
    u64::BITS - value.leading_zeros()
}

/// Most bits of one packed number: with the up to seven bits before it, it lies within a word.
pub const MAX_BITS: u32 = 57;

/// Writes numbers of given widths one after the other.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    held: u64,
    held_bits: u32,
}

impl Writer {
    /// Appends the lowest `width` bits, at most [`MAX_BITS`].
    pub fn push(&mut self, value: u64, width: u32) {
        self.held |= (value & mask(width)) << self.held_bits;
        self.held_bits += width;
        while self.held_bits >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.held_bits -= 8;
        }
    }

    /// Fills the last byte up with zeros, so that the next number begins a byte.
    pub fn end_byte(&mut self) {
        if self.held_bits > 0 {
            self.push(0, 8 - self.held_bits);
        }
    }

    /// The bytes, with a word of zeros at the end so that the last number can be read as a word.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_byte();
        self.bytes.extend([0; 8]);
        self.bytes
    }
}

fn mask(width: u32) -> u64 {
    (1 << width.min(MAX_BITS)) - 1
}

/// The number of `width` bits at a bit position; `None` past the end.
pub fn read(bytes: &[u8], bit: usize, width: u32) -> Option<u64> {
    Some(word(bytes, bit / 8)? >> (bit % 8) & mask(width))
}

/// Appends a number in groups of seven bits, lowest first; the top bit of a byte says that more follow.
pub fn push_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads such a number and moves on past it; `None` past the end.
pub fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [(5, 3), (0, 0), (u64::from(u32::MAX), 32), (1, 1), (mask(MAX_BITS), MAX_BITS)];
        let mut writer = Writer::default();
        for (value, width) in numbers {
            writer.push(value, width);
        }
        let bytes = writer.finish();
        let mut bit = 0;
        for (value, width) in numbers {
            assert_eq!(read(&bytes, bit, width), Some(value));
            bit += width as usize;
        }
        assert_eq!(read(&bytes, bytes.len() * 8, 1), None);
        for value in [0, 127, 128, 300, u64::MAX] {
            let (mut bytes, mut at) = (Vec::new(), 0);
            push_varint(value, &mut bytes);
            assert_eq!((varint(&bytes, &mut at), at), (Some(value), bytes.len()));
        }
        assert_eq!(varint(&[0xff; 20], &mut 0), None);
    }
}

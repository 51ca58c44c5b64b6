//! The table by which a font says what its codes mean as Unicode.

use std::collections::HashMap;

/// Entries that are kept; the largest fonts have 65,536 signs.
const MOST_ENTRIES: usize = 200_000;

/// What the codes of a font mean.
#[derive(Debug, Default)]
pub(super) struct CMap {
    single: HashMap<u32, String>,
    /// First, last, what the first means; sorted.
    ranges: Vec<(u32, u32, Vec<u16>)>,
}

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CMap {
    /// Reads what it understands and passes over the rest.
    pub(super) fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut tokens = Tokens(bytes);
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"beginbfchar") => map.chars(&mut tokens),
                Token::Word(b"beginbfrange") => map.spans(&mut tokens),
                _ => {}
            }
        }
        map.ranges.sort_by_key(|(first, ..)| *first);
        map
    }

    /// The letters of a code.
    pub(super) fn get(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let at = self.ranges.partition_point(|(first, ..)| *first <= code).checked_sub(1)?;
        let (first, last, target) = self.ranges.get(at)?;
        if code > *last {
            return None;
        }
        let mut units = target.clone();
        let end = units.last_mut()?;
        *end = end.wrapping_add((code - first) as u16);
        Some(String::from_utf16_lossy(&units))
    }

    fn has_room(&self) -> bool {
        self.single.len() + self.ranges.len() < MOST_ENTRIES
    }

    fn chars(&mut self, tokens: &mut Tokens) {
        while let (Some(Token::Hex(code)), true) = (tokens.next(), self.has_room()) {
            let Some(Token::Hex(target)) = tokens.next() else { return };
            self.single.insert(number(&code), String::from_utf16_lossy(&units(&target)));
        }
    }

    fn spans(&mut self, tokens: &mut Tokens) {
        while let (Some(Token::Hex(first)), true) = (tokens.next(), self.has_room()) {
            let Some(Token::Hex(last)) = tokens.next() else { return };
            match tokens.next() {
                Some(Token::Hex(target)) => self.ranges.push((number(&first), number(&last), units(&target))),
                Some(Token::Open) => {
                    let mut code = number(&first);
                    while let (Some(Token::Hex(target)), true) = (tokens.next(), self.has_room()) {
                        self.single.insert(code, String::from_utf16_lossy(&units(&target)));
                        code = code.wrapping_add(1);
                    }
                }
                _ => return,
            }
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    if let [one] = bytes {
        return vec![u16::from(*one)];
    }
    bytes.chunks_exact(2).take(64).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.0 = self.0.trim_ascii_start();
        let (first, rest) = self.0.split_first()?;
        match first {
            b'<' if rest.first() == Some(&b'<') => self.word(2),
            b'<' => {
                let end = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
                let digits: Vec<u8> =
                    rest.get(..end)?.iter().filter_map(|b| char::from(*b).to_digit(16)).map(|digit| digit as u8).collect();
                self.0 = rest.get(end + 1..).unwrap_or_default();
                Some(Token::Hex(digits.chunks(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect()))
            }
            b'[' => {
                self.0 = rest;
                Some(Token::Open)
            }
            b']' => {
                self.0 = rest;
                Some(Token::Close)
            }
            b'%' => {
                let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
                self.0 = rest.get(end..).unwrap_or_default();
                self.next()
            }
            _ => {
                let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'[' | b']' | b'%');
                self.word(1 + rest.iter().position(is_end).unwrap_or(rest.len()))
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn word(&mut self, length: usize) -> Option<Token<'a>> {
        let (word, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Token::Word(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_one_by_one_in_ranges_and_in_lists() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar\n<0003> <0020>\n<0010><06440627>\nendbfchar\n\
              2 beginbfrange\n<0024> <0026> <0041>\n<0030> <0031> [<0627> <0628>]\nendbfrange % end",
        );
        let told = |code| map.get(code).unwrap_or_default();
        assert_eq!((told(3), told(0x10), told(0x26), told(0x31)), (" ".into(), "لا".into(), "C".into(), "ب".into()));
        assert_eq!(map.get(0x27), None);
        assert_eq!(CMap::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> 1 beginbfchar <").get(1), Some("B".into()));
    }
}

//! Where words begin and end, in any script.
//!
//! A word is a run of letters of one script with the marks that belong to them; digits form words of
//! their own («10هواتف» is two), every other visible character stands alone. Invisible characters
//! inside a word (direction marks, joiners, tatweel) belong to it and never to its ends.

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters of the Arabic script.
    Arabic,
    /// Letters of any other script.
    Latin,
    /// Decimal digits of any script.
    Number,
    /// One character that is neither letter nor digit nor space.
    Punct,
}

/// One token: byte range in the text it was cut from, and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: TokenKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Invisible,
    Mark,
    Letter(TokenKind),
    Digit,
    Other,
}

/// True for the letters of the Arabic blocks, presentation forms included.
pub fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}'..='\u{06EF}' | '\u{06FA}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn classify(c: char) -> Class {
    match c {
        // The letters of nearly all Latin text, before the general test, which is slow.
        'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{00D6}' | '\u{00D8}'..='\u{00F6}' | '\u{00F8}'..='\u{017F}' => {
            Class::Letter(TokenKind::Latin)
        }
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Class::Digit,
        ' ' | '\n' | '\r' | '\t' | '\u{00A0}' => Class::Space,
        // Soft hyphen, joiners and direction marks, byte order mark, tatweel: seen by nobody.
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{0640}' => {
            Class::Invisible
        }
        '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' => Class::Mark,
        // Likewise of Arabic; tatweel and marks were seen above.
        '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' => Class::Letter(TokenKind::Arabic),
        '\u{0021}'..='\u{00BF}' | '\u{2010}'..='\u{2027}' => Class::Other,
        _ if is_arabic(c) && c.is_alphabetic() => Class::Letter(TokenKind::Arabic),
        // The ornate parentheses and the signs of the Arabic presentation block are not letters.
        _ if c.is_alphabetic() => Class::Letter(TokenKind::Latin),
        _ if c.is_whitespace() => Class::Space,
        _ => Class::Other,
    }
}

/// The tokens of a text in order; white space and stray invisible characters are passed over.
pub fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0 }
}

/// Iterator of [`pieces`].
#[derive(Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut chars = self.text.get(self.at..)?.char_indices();
        let base = self.at;
        let (start, first, kind) = loop {
            let (offset, c) = chars.next()?;
            match classify(c) {
                Class::Space | Class::Invisible | Class::Mark => {}
                Class::Letter(kind) => break (base + offset, c, kind),
                Class::Digit => break (base + offset, c, TokenKind::Number),
                Class::Other => break (base + offset, c, TokenKind::Punct),
            }
        };
        let mut end = start + first.len_utf8();
        if kind != TokenKind::Punct {
            for (offset, c) in chars {
                match classify(c) {
                    Class::Letter(k) if k == kind => end = base + offset + c.len_utf8(),
                    Class::Digit if kind == TokenKind::Number => end = base + offset + c.len_utf8(),
                    Class::Mark if kind != TokenKind::Number => end = base + offset + c.len_utf8(),
                    Class::Invisible if kind != TokenKind::Number => {}
                    _ => break,
                }
            }
        }
        self.at = end;
        Some(Piece { start, end, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).map(|p| text.get(p.start..p.end).expect("pieces lie on character borders")).collect()
    }

    #[test]
    fn words_digits_and_signs_are_cut_apart() {
        assert_eq!(cut("قُتل 42 جنديًا، و10هواتف"), ["قُتل", "42", "جنديًا", "،", "و", "10", "هواتف"]);
        assert_eq!(cut("N'Djamena, l\u{2019}armée"), ["N", "'", "Djamena", ",", "l", "\u{2019}", "armée"]);
    }

    #[test]
    fn invisible_characters_stay_inside_words_and_off_their_ends() {
        assert_eq!(cut("\u{200F}غـــاو\u{200F} \u{FEFF}x"), ["غـــاو", "x"]);
        assert_eq!(cut("داعشISIS"), ["داعش", "ISIS"]);
    }
}

//! Signs from left to right → letters in the order of reading.
//!
//! Where a sign is drawn is the one thing that all files agree on, so it decides, as in poppler and `MuPDF`: a line of Arabic is read from
//! its right end, the numbers and Latin words in it from their left ends. How the file stores its strings, in logical or in visual
//! order, does not matter then. A file whose Arabic was drawn from left to right (by a program that knows no Arabic) shows
//! itself: its words begin with letters that can only end one.

use unicode_normalization::UnicodeNormalization;

use super::page::Glyph;
use super::row::Line;

/// Gaps in sizes: what is wider parts words, or cells of a table.
const WORD_GAP: f32 = 0.17;
const CELL_GAP: f32 = 3.0;
/// Signs that are looked at around one: lines of a million signs are traps.
const FAR: usize = 80;
/// Lines that are looked at to know how a file's Arabic is drawn.
const EVIDENCE_LINES: usize = 400;
/// Words that must speak for it, more than against it, before Arabic is taken to be drawn from left to right.
const EVIDENCE_WORDS: usize = 3;

/// From which side Arabic is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    FromRight,
    /// By a program that set the letters one after the other.
    FromLeft,
}

impl Order {
    /// By the words of all pages.
    pub(super) fn of(pages: &[Vec<Line>]) -> Order {
        let lines = pages.iter().flatten().filter(|line| is_arabic(&line.glyphs)).take(EVIDENCE_LINES);
        let (mut right, mut left) = (0, 0);
        for line in lines {
            let text = read(&line.glyphs, true, Order::FromRight);
            for word in text.split(|c: char| !is_arabic_letter(c)) {
                right += usize::from(word.starts_with("ال") || word.ends_with('ة'));
                left += usize::from(word.ends_with("لا") || word.starts_with(['ة', 'ى']));
            }
        }
        if left >= right + EVIDENCE_WORDS { Order::FromLeft } else { Order::FromRight }
    }
}

/// Whether most letters are Arabic.
pub(super) fn is_arabic(glyphs: &[Glyph]) -> bool {
    let letters = || glyphs.iter().flat_map(|g| g.text.chars());
    let arabic = letters().filter(|c| is_arabic_letter(*c)).count();
    arabic * 2 > letters().filter(|c| c.is_alphabetic()).count()
}

/// Reads a line. `is_right_first`: whether its page is mostly Arabic.
pub(super) fn written(line: &mut Line, is_right_first: bool, order: Order) {
    let (mut arabic, mut latin) = (0, 0);
    for c in line.glyphs.iter().flat_map(|g| g.text.chars()) {
        arabic += usize::from(is_arabic_letter(c));
        latin += usize::from(c.is_alphabetic() && !is_arabic_letter(c));
    }
    line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    line.text = match (arabic, is_right_first || arabic > latin) {
        (0, _) => read(&line.glyphs, false, order),
        (_, from_right) => read(&line.glyphs, from_right, order),
    };
}

fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' | '\u{06FA}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{FE70}'..='\u{FE7F}')
}

/// What a sign is in the order of reading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Read from the right.
    Arabic,
    Latin,
    Number,
    /// Between two figures of one number.
    Joint,
    Neutral,
    /// Parts cells: nothing runs across it.
    Tab,
}

/// A sign or a gap, its text in the order of its own letters.
struct Piece {
    text: String,
    class: Class,
}

fn read(glyphs: &[Glyph], is_from_right: bool, order: Order) -> String {
    let mut pieces = pieces(glyphs);
    if order == Order::FromRight {
        if is_from_right {
            from_right(&mut pieces);
        } else {
            arabic_in_latin(&mut pieces);
        }
    }
    let text: String = pieces.iter().map(|p| p.text.as_str()).collect();
    if is_from_right { open_first(text) } else { text }
}

/// Signs with the gaps between them, marks with the letters that bear them.
fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut end: Option<f32> = None;
    for glyph in glyphs {
        let text = plain(&glyph.text);
        if !text.is_empty()
            && text.chars().all(is_mark)
            && let Some(bearer) = pieces.iter_mut().rev().take(FAR).find(|p| p.class != Class::Neutral)
        {
            bearer.text.push_str(&text);
            continue;
        }
        let gap = end.map_or(0.0, |end| glyph.x - end);
        let is_after_space = pieces.last().is_some_and(|p| p.text.ends_with(' ') || p.class == Class::Tab);
        if gap > CELL_GAP * glyph.size && !glyph.is_space() {
            pieces.pop_if(|last| last.text == " ");
            pieces.push(Piece { text: "\t".to_owned(), class: Class::Tab });
        } else if gap > WORD_GAP * glyph.size && !is_after_space && !glyph.is_space() {
            pieces.push(Piece { text: " ".to_owned(), class: Class::Neutral });
        }
        if glyph.is_space() {
            // How far a space reaches is told by what follows it.
            if !is_after_space {
                pieces.push(Piece { text: " ".to_owned(), class: Class::Neutral });
            }
            continue;
        }
        end = Some(end.map_or(glyph.end, |end| end.max(glyph.end)));
        pieces.push(Piece { class: class_of(&text), text });
    }
    pieces
}

/// Letters for the forms that they are drawn in.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FDF9}' | '\u{FE70}'..='\u{FEFC}' => plain.extend(c.nfkc().filter(|c| *c != ' ')),
            '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => plain.push(' '),
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}' | '\0' => {}
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}

fn class_of(text: &str) -> Class {
    let Some(c) = text.chars().find(|c| !is_mark(*c)) else { return Class::Neutral };
    match c {
        c if is_arabic_letter(c) => Class::Arabic,
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Class::Number,
        // A hyphen joins no figures behind Arabic: «2020-2022» is drawn with 2022 on the left.
        '.' | ',' | ':' | '/' | '\u{066B}' | '\u{066C}' => Class::Joint,
        c if c.is_alphanumeric() => Class::Latin,
        _ => Class::Neutral,
    }
}

/// A line of Arabic: read from its right end, but for the stretches of it that are read from the left.
fn from_right(pieces: &mut [Piece]) {
    pieces.reverse();
    let mut at = 0;
    while at < pieces.len() {
        let end = at + pieces.get(at..).map_or(0, run_from_left);
        if end > at + 1
            && let Some(run) = pieces.get_mut(at..end)
        {
            run.reverse();
        }
        at = end.max(at + 1);
    }
}

/// How many pieces from here are one stretch that is read from the left: a number with its joints, or words of Latin with what stands
/// between them.
fn run_from_left(pieces: &[Piece]) -> usize {
    let class = |at: usize| pieces.get(at).map(|p| p.class);
    if !matches!(class(0), Some(Class::Latin | Class::Number)) {
        // A percent sign is drawn on either side of its number.
        let is_share = pieces.first().is_some_and(|p| p.text == "%") && class(1) == Some(Class::Number);
        return if is_share { 1 + pieces.get(1..).map_or(0, run_from_left) } else { 0 };
    }
    let mut end = 0;
    let mut has_latin = false;
    for (at, piece) in pieces.iter().enumerate() {
        match piece.class {
            Class::Latin => (has_latin, end) = (true, at + 1),
            // A number beyond a gap belongs to Latin words around it, not to another number.
            Class::Number if has_latin || !parts(pieces.get(end.saturating_sub(1)..at)) || has_latin_after(pieces.get(at..)) => {
                end = at + 1;
            }
            Class::Joint | Class::Neutral => {}
            Class::Number | Class::Arabic | Class::Tab => break,
        }
    }
    end
}

/// Whether what stands behind a figure parts it from the next one: a gap or a sign that no number holds, or more than one joint.
fn parts(behind: Option<&[Piece]>) -> bool {
    !matches!(behind, Some([] | [_])) && !matches!(behind, Some([_, joint]) if joint.class == Class::Joint)
}

fn has_latin_after(pieces: Option<&[Piece]>) -> bool {
    pieces
        .unwrap_or_default()
        .iter()
        .take(FAR)
        .take_while(|p| !matches!(p.class, Class::Arabic | Class::Tab))
        .any(|p| p.class == Class::Latin)
}

/// A line of Latin: only the stretches of Arabic in it are read from the right.
fn arabic_in_latin(pieces: &mut [Piece]) {
    let mut at = 0;
    while at < pieces.len() {
        let rest = pieces.get(at..).unwrap_or_default();
        if rest.first().is_some_and(|p| p.class == Class::Arabic) {
            let stretch = rest.iter().take_while(|p| !matches!(p.class, Class::Latin | Class::Tab));
            let last = stretch.enumerate().filter(|(_, p)| p.class == Class::Arabic).map(|(at, _)| at).last().unwrap_or(0);
            if let Some(run) = pieces.get_mut(at..=at + last) {
                from_right(run);
            }
            at += last;
        }
        at += 1;
    }
}

/// Brackets are mirrored where they are read from the right; some files tell the drawn one, others the meant.
fn open_first(text: String) -> String {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('«', '»'), ('‹', '›')];
    let mut text = text;
    for (open, close) in PAIRS {
        let first = |sign| text.find(sign).unwrap_or(usize::MAX);
        let (opened, closed) = (first(open), first(close));
        if closed < opened && opened != usize::MAX || (opened == usize::MAX && closed == 0) {
            text = text
                .chars()
                .map(|c| {
                    if c == open {
                        close
                    } else if c == close {
                        open
                    } else {
                        c
                    }
                })
                .collect();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signs of one width from left to right.
    fn drawn(text: &str) -> Vec<Glyph> {
        let sign = |(at, c): (usize, char)| Glyph { x: at as f32, end: at as f32 + 1.0, y: 0.0, size: 2.0, text: c.to_string() };
        text.chars().enumerate().map(sign).collect()
    }

    fn read_of(drawn_text: &str, is_from_right: bool) -> String {
        read(&drawn(drawn_text), is_from_right, Order::FromRight)
    }

    #[test]
    fn arabic_is_read_from_the_right_and_numbers_from_the_left() {
        let mirrored = |text: &str| text.chars().rev().collect::<String>();
        assert_eq!(read_of(&mirrored("قتل ثلاثة جنود"), true), "قتل ثلاثة جنود");
        assert_eq!(read_of(&format!("{} 12.5 {}", mirrored("كيلومترا"), mirrored("على بعد")), true), "على بعد 12.5 كيلومترا");
        assert_eq!(read_of(&format!("{} 2022/9/6 {}", mirrored("في غاو"), mirrored("يوم")), true), "يوم 2022/9/6 في غاو");
        assert_eq!(read_of(&format!("{} ١٢ {}", mirrored("قتيلا"), mirrored("سقط")), true), "سقط ١٢ قتيلا");
        assert_eq!(
            read_of(&format!("{} Human Rights Watch {}", mirrored("اليوم"), mirrored("قالت")), true),
            "قالت Human Rights Watch اليوم"
        );
        assert_eq!(read_of(&format!("{} G5 Sahel 2014 {}", mirrored("أمس"), mirrored("قوة")), true), "قوة G5 Sahel 2014 أمس");
        assert_eq!(read_of(&format!("{} 2022-2020 {}", mirrored("نزحوا"), mirrored("بين")), true), "بين 2020-2022 نزحوا");
        assert_eq!(read_of(&format!("{} %50 {}", mirrored("منهم"), mirrored("نزح")), true), "نزح 50% منهم");
        assert_eq!(read_of(&format!("{} 50% {}", mirrored("منهم"), mirrored("نزح")), true), "نزح 50% منهم");
        assert_eq!(read_of(&format!("{} 15 12 {}", mirrored("و"), mirrored("رقما")), true), "رقما 12 15 و");
    }

    #[test]
    fn letters_stand_for_their_forms_and_brackets_open_first() {
        assert_eq!(plain("\u{FEFB}\u{FB01}\u{00A0}\u{FE8E}\u{200F}"), "لاfi ا");
        assert_eq!(read_of("\u{FEFB}\u{FE8E}", true), "الا");
        assert_eq!(read_of(")واغ(", true), "(غاو)");
        assert_eq!(read_of("(واغ)", true), "(غاو)");
        assert_eq!(read_of("in (واغ) town", false), "in (غاو) town");
    }

    #[test]
    fn arabic_that_was_drawn_from_the_left_shows_itself() {
        let line = |text: &str| Line { x: 0.0, end: 1.0, y: 0.0, size: 2.0, glyphs: drawn(text), text: String::new() };
        let told = "قالت السلطات المحلية في المدينة إن القوات غادرت";
        assert_eq!(Order::of(&[vec![line(told)]]), Order::FromLeft);
        assert_eq!(Order::of(&[vec![line(&told.chars().rev().collect::<String>())]]), Order::FromRight);
    }
}

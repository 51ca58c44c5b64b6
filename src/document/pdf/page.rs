//! What a page draws → signs with their places; of all operators those that move and show text.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::font::Font;

/// Forms within forms.
const MOST_DEPTH: u8 = 12;
/// Rise of a line, as a share of its run, above which it is slanted.
const SLANT: f32 = 0.2;
/// States saved within states.
const MOST_SAVED_STATES: usize = 256;

/// What may still be read of a file.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) glyphs: usize,
    pub(super) operators: usize,
    /// Of one stream, unpacked.
    pub(super) bytes: usize,
    /// Of all streams together.
    pub(super) unpacked: usize,
}

impl Budget {
    pub(super) fn is_spent(&self) -> bool {
        self.glyphs == 0 || self.operators == 0 || self.unpacked == 0
    }
}

/// The fonts of a file, by their dictionaries' places in memory, which stay while it is read.
pub(super) type Fonts = HashMap<usize, Font>;

/// Signs of a page, in the order in which they are drawn.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    /// Signs whose letters the file does not tell.
    pub(super) untold: usize,
    pub(super) pictures: usize,
}

/// A sign on the page: one letter, or several that are drawn as one.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Left and right end.
    pub(super) x: f32,
    pub(super) end: f32,
    /// Of the base line, upwards.
    pub(super) y: f32,
    /// Of the font, on the page.
    pub(super) size: f32,
    pub(super) text: String,
}

impl Glyph {
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// The signs of a page that run in its main direction; those that cross it are watermarks and notes in margins.
pub(super) fn read(pdf: &Pdf, id: ObjectId, budget: &mut Budget, fonts: &mut Fonts) -> Page {
    let mut reader = Reader { pdf, budget, fonts, page: Page::default(), turned: [const { Vec::new() }; 4], spans: Vec::new() };
    if reader.budget.is_spent() {
        return reader.page;
    }
    let Ok(content) = pdf.get_page_content_with_limit(id, reader.budget.bytes) else { return reader.page };
    let resources = resources_of(pdf, id);
    reader.content(&content, &resources, &State::default(), MOST_DEPTH);
    let mut most = 0;
    for (at, signs) in reader.turned.iter().enumerate() {
        if signs.len() > reader.turned.get(most).map_or(0, Vec::len) {
            most = at;
        }
    }
    let glyphs = reader.turned.get_mut(most).map(std::mem::take).unwrap_or_default();
    Page { glyphs: once(glyphs), ..reader.page }
}

/// The dictionaries of resources of a page, its own before those it inherits.
fn resources_of(pdf: &Pdf, id: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, inherited)) = pdf.get_page_resources(id) else { return Vec::new() };
    own.into_iter().chain(inherited.into_iter().filter_map(|id| pdf.get_dictionary(id).ok())).collect()
}

/// A sign's number and place.
type Seen = (usize, f32, f32);

/// Bold letters are often the same letters drawn twice.
fn once(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut seen: HashMap<(i32, i32), Vec<Seen>> = HashMap::new();
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near = glyph.size * 0.12;
        let cell = ((glyph.x / 4.0).round() as i32, (glyph.y / 4.0).round() as i32);
        let places = seen.entry(cell).or_default();
        let same = |(at, x, y): &Seen| {
            (x - glyph.x).abs() < near && (y - glyph.y).abs() < near && kept.get(*at).is_some_and(|k| k.text == glyph.text)
        };
        // A cell with very many signs is no text.
        if places.len() < 16 && !places.iter().any(same) {
            places.push((kept.len(), glyph.x, glyph.y));
            kept.push(glyph);
        }
    }
    kept
}

/// `[a b c d e f]`
type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

#[derive(Clone, Debug)]
struct State {
    /// From the user's space to the page.
    matrix: Matrix,
    font: Option<usize>,
    size: f32,
    spacing: f32,
    word_spacing: f32,
    /// 1 is as wide as the font has it.
    stretch: f32,
    leading: f32,
    rise: f32,
    text: Matrix,
    line: Matrix,
}

impl Default for State {
    fn default() -> State {
        State {
            matrix: IDENTITY,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: IDENTITY,
            line: IDENTITY,
        }
    }
}

/// Marked content that says what its signs read.
struct Marked {
    actual: Option<String>,
    /// Where its signs begin in each direction.
    from: [usize; 4],
}

struct Reader<'a, 'b> {
    pdf: &'a Pdf,
    budget: &'b mut Budget,
    fonts: &'b mut Fonts,
    page: Page,
    /// Signs that run to the right, upwards, to the left and downwards, each turned to run to the right.
    turned: [Vec<Glyph>; 4],
    spans: Vec<Marked>,
}

impl<'a> Reader<'a, '_> {
    fn content(&mut self, content: &[u8], resources: &[&'a Dictionary], start: &State, depth: u8) {
        self.budget.unpacked = self.budget.unpacked.saturating_sub(content.len());
        let mut state = start.clone();
        let mut saved = Vec::new();
        let open = self.spans.len();
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            let Some(left) = self.budget.operators.checked_sub(1).filter(|_| !self.budget.is_spent()) else { return };
            self.budget.operators = left;
            match operation.operator.as_str() {
                "q" if saved.len() < MOST_SAVED_STATES => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "Do" => self.draw(&operation, resources, &state, depth),
                "BI" => self.page.pictures += 1,
                "BDC" | "BMC" => self.open(&operation, resources),
                "EMC" if self.spans.len() > open => self.close(),
                "Tf" => self.choose_font(&operation, resources, &mut state),
                _ => self.text(&operation, &mut state),
            }
        }
        while self.spans.len() > open {
            self.close();
        }
    }

    fn resource(&self, resources: &[&'a Dictionary], class: &[u8], name: &Object) -> Option<&'a Object> {
        let name = name.as_name().ok()?;
        resources.iter().find_map(|r| r.get_deref(class, self.pdf).ok()?.as_dict().ok()?.get_deref(name, self.pdf).ok())
    }

    /// A picture, or a form: drawings kept apart.
    fn draw(&mut self, operation: &Operation, resources: &[&'a Dictionary], state: &State, depth: u8) {
        let Some(stream) = operation.operands.first().and_then(|name| self.resource(resources, b"XObject", name)) else { return };
        let Ok(stream) = stream.as_stream() else { return };
        if !stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form") {
            self.page.pictures += 1;
            return;
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        let Ok(content) = stream.get_plain_content_with_limit(self.budget.bytes) else { return };
        let numbers = stream.dict.get_deref(b"Matrix", self.pdf).and_then(Object::as_array).map(|m| matrix(m));
        let matrix = times(&numbers.ok().flatten().unwrap_or(IDENTITY), &state.matrix);
        let own = stream.dict.get_deref(b"Resources", self.pdf).and_then(Object::as_dict).ok();
        let inner: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).take(usize::from(MOST_DEPTH) + 2).collect();
        self.content(&content, &inner, &State { matrix, ..state.clone() }, depth);
    }

    fn choose_font(&mut self, operation: &Operation, resources: &[&'a Dictionary], state: &mut State) {
        let [name, size] = operation.operands.as_slice() else { return };
        state.size = size.as_float().unwrap_or_default();
        let Some(font) = self.resource(resources, b"Font", name).and_then(|f| f.as_dict().ok()) else {
            state.font = None;
            return;
        };
        let key = std::ptr::from_ref(font) as usize;
        let (pdf, limit) = (self.pdf, self.budget.bytes);
        self.fonts.entry(key).or_insert_with(|| Font::new(pdf, font, limit));
        state.font = Some(key);
    }

    fn text(&mut self, operation: &Operation, state: &mut State) {
        let number = |at: usize| operation.operands.get(at).and_then(|o| o.as_float().ok()).unwrap_or_default();
        match operation.operator.as_str() {
            "cm" => state.matrix = times(&matrix(&operation.operands).unwrap_or(IDENTITY), &state.matrix),
            "BT" => (state.text, state.line) = (IDENTITY, IDENTITY),
            "Tc" => state.spacing = number(0),
            "Tw" => state.word_spacing = number(0),
            "Tz" => state.stretch = number(0) / 100.0,
            "TL" => state.leading = number(0),
            "Ts" => state.rise = number(0),
            "Td" => next_line(state, number(0), number(1)),
            "TD" => {
                state.leading = -number(1);
                next_line(state, number(0), number(1));
            }
            "Tm" => {
                state.line = matrix(&operation.operands).unwrap_or(IDENTITY);
                state.text = state.line;
            }
            "T*" => next_line(state, 0.0, -state.leading),
            "Tj" => self.show_all(&operation.operands, state),
            "'" => {
                next_line(state, 0.0, -state.leading);
                self.show_all(&operation.operands, state);
            }
            "\"" => {
                (state.word_spacing, state.spacing) = (number(0), number(1));
                next_line(state, 0.0, -state.leading);
                self.show_all(operation.operands.get(2..).unwrap_or_default(), state);
            }
            "TJ" => {
                if let Some(Object::Array(parts)) = operation.operands.first() {
                    self.show_all(parts, state);
                }
            }
            _ => {}
        }
    }

    fn show_all(&mut self, parts: &[Object], state: &mut State) {
        for part in parts {
            match part {
                Object::String(bytes, _) => self.show(bytes, state),
                other => {
                    let back = other.as_float().unwrap_or_default() / 1000.0;
                    advance(state, -back * state.size * state.stretch);
                }
            }
        }
    }

    fn show(&mut self, bytes: &[u8], state: &mut State) {
        let Some(font) = state.font.and_then(|key| self.fonts.get(&key)) else { return };
        for code in font.codes(bytes) {
            let Some(left) = self.budget.glyphs.checked_sub(1) else { return };
            self.budget.glyphs = left;
            let on_page = times(&times(&[state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise], &state.text), &state.matrix);
            let width = font.width(code);
            match font.text(code) {
                Some(text) => place(&mut self.turned, &on_page, width, text),
                None => self.page.untold += 1,
            }
            let word = if font.is_word_space(code) { state.word_spacing } else { 0.0 };
            advance(state, (width * state.size + state.spacing + word) * state.stretch);
        }
    }

    fn open(&mut self, operation: &Operation, resources: &[&'a Dictionary]) {
        let properties = operation.operands.get(1).and_then(|p| match p {
            Object::Dictionary(own) => Some(own),
            name => self.resource(resources, b"Properties", name)?.as_dict().ok(),
        });
        let told = properties.and_then(|p| p.get_deref(b"ActualText", self.pdf).ok());
        let actual = told.and_then(|text| lopdf::decode_text_string(text).ok());
        self.spans.push(Marked { actual, from: self.turned.each_ref().map(Vec::len) });
    }

    /// What a span of marked content says that its signs read takes the place of their letters when they are one stretch of a line.
    fn close(&mut self) {
        let Some(Marked { actual: Some(actual), from }) = self.spans.pop() else { return };
        for (signs, from) in self.turned.iter_mut().zip(from) {
            let Some(first) = signs.get(from).cloned() else { continue };
            let spanned = signs.get(from..).unwrap_or_default();
            if spanned.iter().any(|g| (g.y - first.y).abs() > first.size * 0.5) {
                continue;
            }
            let x = spanned.iter().map(|g| g.x).fold(f32::MAX, f32::min);
            let end = spanned.iter().map(|g| g.end).fold(f32::MIN, f32::max);
            signs.truncate(from);
            if !actual.is_empty() {
                signs.push(Glyph { x, end, text: actual.clone(), ..first });
            }
        }
    }
}

fn matrix(operands: &[Object]) -> Option<Matrix> {
    let mut numbers = [0.0; 6];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = operands.get(at)?.as_float().ok()?;
    }
    Some(numbers)
}

fn next_line(state: &mut State, right: f32, up: f32) {
    state.line = times(&[1.0, 0.0, 0.0, 1.0, right, up], &state.line);
    state.text = state.line;
}

fn advance(state: &mut State, right: f32) {
    state.text = times(&[1.0, 0.0, 0.0, 1.0, right, 0.0], &state.text);
}

/// Puts a sign where it is drawn, turned so that its line runs to the right.
fn place(turned: &mut [Vec<Glyph>; 4], on_page: &Matrix, width: f32, text: String) {
    let [right, up, .., x, y] = *on_page;
    let size = on_page[2].hypot(on_page[3]);
    if !(x.is_finite() && y.is_finite() && size.is_finite()) || size <= 0.0 {
        return;
    }
    // Slanted lines, as of watermarks, belong to none.
    if right.abs().min(up.abs()) > SLANT * right.abs().max(up.abs()) {
        return;
    }
    let length = (width * right.hypot(up)).max(0.0);
    let (turn, x, y) = match (right.abs() >= up.abs(), right >= 0.0, up >= 0.0) {
        // Letters mirrored from right to left stand on their feet all the same.
        (true, false, _) if on_page[3] > 0.0 => (0, x - length, y),
        (true, true, _) => (0, x, y),
        (true, false, _) => (2, -x, -y),
        (false, _, true) => (1, y, -x),
        (false, _, false) => (3, -y, x),
    };
    if let Some(signs) = turned.get_mut(turn) {
        signs.push(Glyph { x, end: x + length, y, size, text });
    }
}

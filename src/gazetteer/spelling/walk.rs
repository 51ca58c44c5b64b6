//! The search: one way through the transducer of names, the cheapest beginnings first.

use crate::gazetteer::table::{Posting, Table};
use crate::gazetteer::transducer::Cursor;

use super::symbol::{BEGIN, END, Symbol, symbol};
use super::word::{Target, Word};

/// Letters of names that one search may look at: a typing error among three million names is found within twenty thousand.
const MAX_NODES: usize = 24_000;

/// A name within the bound.
pub(super) struct Found {
    pub(super) postings: Vec<Posting>,
    pub(super) cost: f32,
    pub(super) key: String,
}

/// A beginning of a name.
struct Node {
    /// The beginning that is one letter shorter.
    parent: u32,
    letter: char,
    symbol: Symbol,
    cursor: Cursor,
}

/// What to look at next.
struct Next {
    cost: f32,
    node: u32,
    /// True when the name ends here and `cost` is its whole cost.
    is_name: bool,
}

/// Steps of cost that are told apart in the order of the search: names are ranked by their whole costs later.
const STEP: f32 = 0.25;

/// What waits: the cheapest step first, of one step the last found, which is the farthest written.
#[derive(Default)]
struct Queue {
    steps: Vec<Vec<Next>>,
    first: usize,
}

impl Queue {
    fn push(&mut self, next: Next) {
        let step = (next.cost / STEP) as usize;
        if step >= self.steps.len() {
            self.steps.resize_with(step + 1, Vec::new);
        }
        self.first = self.first.min(step);
        self.steps[step].push(next);
    }

    fn pop(&mut self) -> Option<Next> {
        while let Some(step) = self.steps.get_mut(self.first) {
            if let Some(next) = step.pop() {
                return Some(next);
            }
            self.first += 1;
        }
        None
    }
}

/// One search through a table's names, cheapest beginnings first.
pub(super) struct Search<'s> {
    word: &'s Word<'s>,
    table: &'s Table,
    nodes: Vec<Node>,
    /// A row for each node.
    rows: Vec<f32>,
    queue: Queue,
}

impl<'s> Search<'s> {
    pub(super) fn new(word: &'s Word<'s>, table: &'s Table) -> Search<'s> {
        let width = word.letters.len() + 1;
        let mut search = Search { word, table, nodes: Vec::new(), rows: vec![f32::INFINITY; width], queue: Queue::default() };
        search.rows[0] = 0.0;
        // Nothing, then the beginning, which stands for itself in both scripts.
        search.nodes.push(Node { parent: 0, letter: '^', symbol: BEGIN, cursor: table.start() });
        let mut row = Vec::with_capacity(width);
        word.next(word.target('a'), None, &search.rows, BEGIN, &mut row);
        search.rows.extend(row);
        search.nodes.push(Node { parent: 0, letter: '^', symbol: BEGIN, cursor: table.start() });
        search.queue.push(Next { cost: 0.0, node: 1, is_name: false });
        search
    }

    /// The next name that costs at most `bound`, about in order of cost.
    pub(super) fn next_name(&mut self, bound: f32) -> Option<Found> {
        while let Some(next) = self.queue.pop() {
            if next.cost > bound {
                return None;
            }
            if next.is_name {
                return Some(self.found(&next));
            }
            if self.nodes.len() < MAX_NODES {
                self.expand(next.node, bound);
            }
        }
        None
    }

    fn found(&self, next: &Next) -> Found {
        let mut letters = Vec::new();
        let mut at = next.node;
        while at > 1 {
            letters.push(self.nodes[at as usize].letter);
            at = self.nodes[at as usize].parent;
        }
        Found {
            postings: self.table.postings(self.nodes[next.node as usize].cursor),
            cost: next.cost,
            key: letters.into_iter().rev().collect(),
        }
    }

    fn expand(&mut self, node: u32, bound: f32) {
        let cursor = self.nodes[node as usize].cursor;
        let mut row = Vec::with_capacity(self.word.letters.len() + 1);
        for (letter, child) in letters(self.table, cursor) {
            let symbol = symbol(letter);
            let target = if node > 1 { self.target(node) } else { self.word.target(letter) };
            let least = self.step(target, node, symbol, &mut row);
            if least > bound {
                continue;
            }
            let number = self.nodes.len() as u32;
            self.nodes.push(Node { parent: node, letter, symbol, cursor: child });
            self.rows.extend(&row);
            self.queue.push(Next { cost: least, node: number, is_name: false });
            if self.table.is_name(child) {
                self.step(target, number, END, &mut row);
                let cost = row[self.word.letters.len()];
                if cost <= bound {
                    self.queue.push(Next { cost, node: number, is_name: true });
                }
            }
        }
    }

    /// The script of a name is that of its first letter.
    fn target(&self, mut node: u32) -> &'s Target<'s> {
        while self.nodes[node as usize].parent > 1 {
            node = self.nodes[node as usize].parent;
        }
        self.word.target(self.nodes[node as usize].letter)
    }

    fn step(&self, target: &Target<'_>, node: u32, name: Symbol, row: &mut Vec<f32>) -> f32 {
        let width = self.word.letters.len() + 1;
        let row_of = |node: u32| &self.rows[node as usize * width..(node as usize + 1) * width];
        let Node { parent, symbol, .. } = self.nodes[node as usize];
        self.word.next(target, Some((row_of(parent), symbol)), row_of(node), name, row)
    }
}

/// All letters that go on from here, each with where it leads.
fn letters(table: &Table, cursor: Cursor) -> Vec<(char, Cursor)> {
    let mut out = Vec::new();
    let mut open: Vec<([u8; 4], usize, Cursor)> = vec![([0; 4], 0, cursor)];
    while let Some((mut bytes, length, cursor)) = open.pop() {
        for (byte, child) in table.steps(cursor) {
            bytes[length] = byte;
            match std::str::from_utf8(&bytes[..=length]) {
                Ok(letter) => out.extend(letter.chars().map(|c| (c, child))),
                // A name is UTF-8: what is no letter yet becomes one within four bytes.
                Err(_) if length < 3 => open.push((bytes, length + 1, child)),
                Err(_) => {}
            }
        }
    }
    out
}

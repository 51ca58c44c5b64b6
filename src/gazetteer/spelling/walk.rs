//! The search: one way through the transducer of names, the cheapest beginnings first.

use std::ops::Range;
use std::sync::Arc;

use crate::gazetteer::table::{Posting, Table};
use crate::gazetteer::transducer::Cursor;

use super::symbol::{BEGIN, END, Symbol, symbol};
use super::word::Word;

/// Letters of names that one search may look at: a typing error among three million names is found within twenty thousand.
const MAX_NODES: usize = 24_000;

/// Latin letters and others.
const SCRIPTS: usize = 2;

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
    /// The name begins with a letter of ASCII.
    is_latin: bool,
    cursor: Cursor,
    /// The number behind that of the last name that begins so.
    end: u64,
}

/// A letter that goes on from a node.
struct Child {
    letter: char,
    cursor: Cursor,
    /// The number behind that of its last name.
    end: u64,
}

/// What one step of the search writes into, kept for the next.
#[derive(Default)]
struct Work {
    children: Vec<Child>,
    lead: Vec<u8>,
    ranges: Vec<Range<u32>>,
    row: Vec<f32>,
    whole_row: Vec<f32>,
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
    /// The word by whole costs, which bound what is looked at.
    whole: &'s Word<'s>,
    table: &'s Table,
    /// The numbers of the names of each country that is asked for; none: all names.
    among: Vec<Arc<[u32]>>,
    nodes: Vec<Node>,
    /// A row for each node, by the costs that are searched by and by the whole ones.
    rows: Vec<f32>,
    whole_rows: Vec<f32>,
    /// For each node, which of the names of each country begin so.
    ranges: Vec<Range<u32>>,
    queue: Queue,
    work: Work,
}

impl<'s> Search<'s> {
    /// A search among the names of some countries (none: of all).
    pub(super) fn new(word: &'s Word<'s>, whole: &'s Word<'s>, table: &'s Table, countries: &[&str]) -> Search<'s> {
        let width = word.letters.len() + 1;
        let among: Vec<_> = countries.iter().map(|country| table.national(country)).collect();
        let ranges = [&among; 1 + SCRIPTS].into_iter().flatten().map(|names| 0..names.len() as u32).collect();
        let end = table.name_count() as u64;
        let mut search = Search {
            word,
            whole,
            table,
            among,
            ranges,
            nodes: vec![Node { parent: 0, letter: '^', symbol: BEGIN, is_latin: true, cursor: table.start(), end }],
            rows: vec![f32::INFINITY; width],
            whole_rows: vec![f32::INFINITY; width],
            queue: Queue::default(),
            work: Work::default(),
        };
        search.rows[0] = 0.0;
        search.whole_rows[0] = 0.0;
        // Behind nothing the beginning, of a name in either script.
        for is_latin in [true, false] {
            let number = search.nodes.len() as u32;
            search.nodes.push(Node { parent: 0, letter: '^', symbol: BEGIN, is_latin, cursor: table.start(), end });
            let nothing = 0..width;
            let mut row = Vec::with_capacity(width);
            word.next(word.target(is_latin), None, &search.rows[nothing.clone()], BEGIN, &mut row);
            search.rows.extend(&row);
            whole.next(whole.target(is_latin), None, &search.whole_rows[nothing], BEGIN, &mut row);
            search.whole_rows.extend(&row);
            search.queue.push(Next { cost: 0.0, node: number, is_name: false });
        }
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
        while at as usize > SCRIPTS {
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
        let mut work = std::mem::take(&mut self.work);
        let Node { cursor, end, is_latin, .. } = self.nodes[node as usize];
        work.children.clear();
        add_letters(self.table, (cursor, end), &|number| self.next_number(node, number), &mut work.lead, &mut work.children);
        for child in &work.children {
            if node as usize <= SCRIPTS && child.letter.is_ascii() != is_latin {
                continue;
            }
            let symbol = symbol(child.letter);
            if self.step(self.whole, is_latin, &self.whole_rows, node, symbol, &mut work.whole_row) > self.whole.most {
                continue;
            }
            let least = self.step(self.word, is_latin, &self.rows, node, symbol, &mut work.row);
            if least > bound {
                continue;
            }
            self.narrow(node, child.cursor.before()..child.end, &mut work.ranges);
            let number = self.nodes.len() as u32;
            self.nodes.push(Node { parent: node, letter: child.letter, symbol, is_latin, cursor: child.cursor, end: child.end });
            self.rows.extend(&work.row);
            self.whole_rows.extend(&work.whole_row);
            self.ranges.append(&mut work.ranges);
            self.queue.push(Next { cost: least, node: number, is_name: false });
            if self.table.is_name(child.cursor) {
                self.step(self.word, is_latin, &self.rows, number, END, &mut work.row);
                let cost = work.row[self.word.letters.len()];
                if cost <= bound {
                    self.queue.push(Next { cost, node: number, is_name: true });
                }
            }
        }
        self.work = work;
    }

    /// For each country, which of its names those of a node are, and where these begin.
    fn names(&self, node: u32) -> impl Iterator<Item = (&[u32], u32)> {
        let width = self.among.len();
        let ranges = self.ranges.get(node as usize * width..(node as usize + 1) * width).unwrap_or_default();
        let lists = self.among.iter().zip(ranges);
        lists.map(|(names, range)| (names.get(range.start as usize..range.end as usize).unwrap_or_default(), range.start))
    }

    /// The first name below a node that is asked for, from a number on.
    fn next_number(&self, node: u32, number: u64) -> Option<u64> {
        if self.among.is_empty() {
            return Some(number);
        }
        let next = |names: &[u32]| names.get(names.partition_point(|name| u64::from(*name) < number)).copied();
        self.names(node).filter_map(|(names, _)| next(names)).min().map(u64::from)
    }

    /// Which of the names of each country have numbers of a range, all of them below a node.
    fn narrow(&self, node: u32, numbers: Range<u64>, ranges: &mut Vec<Range<u32>>) {
        ranges.clear();
        ranges.extend(self.names(node).map(|(names, start)| {
            let before = |number: u64| start + names.partition_point(|name| u64::from(*name) < number) as u32;
            before(numbers.start)..before(numbers.end)
        }));
    }

    fn step(&self, word: &Word<'_>, is_latin: bool, rows: &[f32], node: u32, name: Symbol, row: &mut Vec<f32>) -> f32 {
        let width = self.word.letters.len() + 1;
        let row_of = |node: u32| &rows[node as usize * width..(node as usize + 1) * width];
        let Node { parent, symbol, .. } = self.nodes[node as usize];
        word.next(word.target(is_latin), Some((row_of(parent), symbol)), row_of(node), name, row)
    }
}

/// Adds the letters that go on from here towards the names asked for: `next` gives the first of them from a number on. `end` is
/// the number behind the last name below, `lead` the first bytes of the letters.
fn add_letters(table: &Table, (cursor, end): (Cursor, u64), next: &impl Fn(u64) -> Option<u64>, lead: &mut Vec<u8>, out: &mut Vec<Child>) {
    let mut at = cursor.before() + u64::from(table.is_name(cursor));
    while let Some(number) = next(at).filter(|number| *number < end) {
        let Some((byte, cursor, end)) = table.toward(cursor, number, end).filter(|(_, _, end)| *end > at) else { return };
        at = end;
        if lead.is_empty() && byte.is_ascii() {
            out.push(Child { letter: char::from(byte), cursor, end });
            continue;
        }
        lead.push(byte);
        match std::str::from_utf8(lead) {
            Ok(letter) => out.extend(letter.chars().map(|letter| Child { letter, cursor, end })),
            // A name is UTF-8: what is no letter yet becomes one within four bytes.
            Err(_) if lead.len() < 4 => add_letters(table, (cursor, end), next, lead, out),
            Err(_) => {}
        }
        lead.pop();
    }
}

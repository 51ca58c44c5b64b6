//! The names of a table in order, all of them or those that an automaton accepts, read with every byte checked.

use fst::automaton::{AlwaysMatch, Automaton};
use fst::{IntoStreamer, Streamer};

use super::transducer::{Cursor, Transducer};

/// Longest name that is followed, bytes: damage may make longer ones.
const MAX_NAME: usize = 1 << 12;

/// The names of a table, each with its number in order.
#[derive(Clone, Copy, Debug)]
pub struct Names<'t> {
    transducer: Transducer<'t>,
    count: usize,
}

impl<'t> Names<'t> {
    pub(super) fn new(transducer: Transducer<'t>, count: usize) -> Names<'t> {
        Names { transducer, count }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All names.
    pub fn stream(&self) -> Stream<'t, AlwaysMatch> {
        self.search(AlwaysMatch).into_stream()
    }

    /// The names that an automaton accepts.
    pub fn search<A: Automaton>(&self, automaton: A) -> Search<'t, A> {
        Search { transducer: self.transducer, automaton }
    }
}

/// A search that has not begun.
#[derive(Clone, Copy, Debug)]
pub struct Search<'t, A> {
    transducer: Transducer<'t>,
    automaton: A,
}

impl<'a, 't: 'a, A: Automaton> IntoStreamer<'a> for Search<'t, A>
where
    A: 'a,
    A::State: 'a,
{
    type Item = (&'a [u8], u64);
    type Into = Stream<'t, A>;

    fn into_stream(self) -> Stream<'t, A> {
        let start = Transducer::start();
        let open = vec![Open { state: self.automaton.start(), steps: steps(self.transducer, start), entered: Some(start) }];
        Stream { transducer: self.transducer, automaton: self.automaton, open, name: Vec::new() }
    }
}

type Steps<'t> = Box<dyn Iterator<Item = (u8, Cursor)> + 't>;

fn steps(transducer: Transducer<'_>, cursor: Cursor) -> Steps<'_> {
    Box::new(transducer.steps(cursor))
}

/// A node on the way to where the search stands.
struct Open<'t, S> {
    state: S,
    steps: Steps<'t>,
    /// Where the node is, until it was asked whether a name ends in it.
    entered: Option<Cursor>,
}

/// A search on its way.
pub struct Stream<'t, A: Automaton> {
    transducer: Transducer<'t>,
    automaton: A,
    open: Vec<Open<'t, A::State>>,
    name: Vec<u8>,
}

impl<'a, 't: 'a, A: Automaton> Streamer<'a> for Stream<'t, A>
where
    A: 'a,
    A::State: 'a,
{
    type Item = (&'a [u8], u64);

    fn next(&'a mut self) -> Option<Self::Item> {
        while let Some(top) = self.open.last_mut() {
            if let Some(number) = top.entered.take().and_then(|cursor| self.transducer.number(cursor)) {
                let accepted = self
                    .automaton
                    .accept_eof(&top.state)
                    .map_or_else(|| self.automaton.is_match(&top.state), |state| self.automaton.is_match(&state));
                if accepted {
                    return Some((&self.name, number));
                }
            }
            let Some((byte, cursor)) = top.steps.next() else {
                self.open.pop();
                self.name.pop();
                continue;
            };
            let state = self.automaton.accept(&top.state, byte);
            if self.automaton.can_match(&state) && self.name.len() < MAX_NAME {
                self.name.push(byte);
                self.open.push(Open { state, steps: steps(self.transducer, cursor), entered: Some(cursor) });
            }
        }
        None
    }
}

//! What it costs to write one piece of a name as another: the table of `geodata/spelling/costs.tsv`.

use std::sync::OnceLock;

use crate::error::{Error, Result};

use super::symbol::{BEGIN, END, SYMBOLS, Script, Symbol, written};

static TEXT: &str = include_str!("../../../geodata/spelling/costs.tsv");

/// Cost of a letter written for another where the table has nothing: a slip of the pen, once in a thousand letters.
/// Above all learned ones: a habit of writers is likelier than an error.
const SLIP: f32 = 7.0;
/// What a slip costs at most where it is searched for: two are within reach.
const LOWERED_SLIP: f32 = 2.5;

/// Up to this cost a way of writing is usual: one in seven.
const USUAL: f32 = 2.0;

/// The same in one script, where letters mostly stay what they are.
const USUAL_AS_WRITTEN: f32 = 0.5;

/// What one direction of writing costs: from the letters of names to the letters that were written.
#[derive(Clone, Debug)]
pub(super) struct Direction {
    /// A written letter that the name has not.
    pub(super) added: [f32; SYMBOLS],
    /// A letter of the name that was not written.
    pub(super) dropped: [f32; SYMBOLS],
    /// One for one: `[written][name]`.
    pub(super) one: Vec<[f32; SYMBOLS]>,
    /// One written for two of the name, by those two: `(written, cost)`.
    pub(super) wide: Vec<Vec<(Symbol, f32)>>,
    /// For each first of such two, the second letters of which `wide` has any, a bit each: most pairs have none.
    pub(super) widened: [u64; SYMBOLS],
    /// Two written for one of the name, by the first written: `(second written, name, cost)`.
    pub(super) narrow: Vec<Vec<(Symbol, Symbol, f32)>>,
    /// The first or last letter written for that of the name: `(written, name, cost)`.
    pub(super) first: Vec<(Symbol, Symbol, f32)>,
    pub(super) last: Vec<(Symbol, Symbol, f32)>,
    /// What a written letter costs at least, whatever it was written for.
    pub(super) alone: [f32; SYMBOLS],
    /// What writing one for two costs at least, by the first of the two: `[written][first of the name]`.
    pub(super) opening: Vec<[f32; SYMBOLS]>,
}

impl Direction {
    fn new() -> Direction {
        let is_end = |s: usize| s == usize::from(BEGIN) || s == usize::from(END);
        let of_pair = |wrote: usize, name: usize| match () {
            () if wrote == name => 0.0,
            () if is_end(wrote) || is_end(name) => f32::INFINITY,
            () => SLIP,
        };
        let one = (0..SYMBOLS).map(|wrote| std::array::from_fn(|name| of_pair(wrote, name))).collect();
        let mut single = [SLIP; SYMBOLS];
        for end in [BEGIN, END] {
            single[usize::from(end)] = f32::INFINITY;
        }
        Direction {
            added: single,
            dropped: single,
            one,
            wide: vec![Vec::new(); SYMBOLS * SYMBOLS],
            widened: [0; SYMBOLS],
            narrow: vec![Vec::new(); SYMBOLS],
            first: Vec::new(),
            last: Vec::new(),
            alone: [0.0; SYMBOLS],
            opening: vec![[f32::INFINITY; SYMBOLS]; SYMBOLS],
        }
    }

    /// The same with every cost lowered: what is usual costs nothing, and only what is odd adds up. By these costs a
    /// search goes straight along the names that may be meant, whatever their vowels; the whole costs then rank them.
    fn lowered(&self, is_same_script: bool) -> Direction {
        let usual = if is_same_script { USUAL_AS_WRITTEN } else { USUAL };
        let lower = |cost: f32| if cost.is_finite() { (cost - usual).clamp(0.0, LOWERED_SLIP) } else { cost };
        Direction {
            added: self.added.map(lower),
            dropped: self.dropped.map(lower),
            one: self.one.iter().map(|row| row.map(lower)).collect(),
            wide: self.wide.iter().map(|all| all.iter().map(|(w, c)| (*w, lower(*c))).collect()).collect(),
            widened: self.widened,
            narrow: self.narrow.iter().map(|all| all.iter().map(|(w, n, c)| (*w, *n, lower(*c))).collect()).collect(),
            first: self.first.iter().map(|(w, n, c)| (*w, *n, lower(*c))).collect(),
            last: self.last.iter().map(|(w, n, c)| (*w, *n, lower(*c))).collect(),
            alone: self.alone,
            opening: self.opening.clone(),
        }
    }

    /// The least of two tables, way by way.
    fn at_most(mut self, other: &Direction) -> Direction {
        let least = |own: &mut [f32], other: &[f32]| own.iter_mut().zip(other).for_each(|(a, b)| *a = a.min(*b));
        least(&mut self.added, &other.added);
        least(&mut self.dropped, &other.dropped);
        self.one.iter_mut().zip(&other.one).for_each(|(a, b)| least(a, b));
        // Of a pair that both tables hold the search takes the cheaper by itself.
        self.wide.iter_mut().zip(&other.wide).for_each(|(a, b)| a.extend(b));
        self.narrow.iter_mut().zip(&other.narrow).for_each(|(a, b)| a.extend(b));
        self.first.extend(&other.first);
        self.last.extend(&other.last);
        self
    }

    /// Leaves out what is never the cheapest way, a pair that costs no less than its letters one by one, and sums up what is left.
    fn finished(mut self) -> Direction {
        let cell = |s: Symbol| usize::from(s);
        let Direction { added, dropped, one, wide, widened, narrow, alone, opening, .. } = &mut self;
        for (at, all) in wide.iter_mut().enumerate() {
            let (first, second) = (at / SYMBOLS, at % SYMBOLS);
            all.retain(|(w, cost)| *cost < (one[cell(*w)][first] + dropped[second]).min(dropped[first] + one[cell(*w)][second]));
        }
        for (first, all) in narrow.iter_mut().enumerate() {
            all.retain(|(w, n, cost)| *cost < (one[first][cell(*n)] + added[cell(*w)]).min(added[first] + one[cell(*w)][cell(*n)]));
        }
        for (written, alone) in alone.iter_mut().enumerate() {
            *alone = one[written].iter().copied().fold(added[written], f32::min);
        }
        for (at, all) in wide.iter().enumerate() {
            widened[at / SYMBOLS] |= u64::from(!all.is_empty()) << (at % SYMBOLS);
            for (written, cost) in all {
                alone[cell(*written)] = alone[cell(*written)].min(*cost);
                let opening = &mut opening[cell(*written)][at / SYMBOLS];
                *opening = opening.min(*cost);
            }
        }
        self
    }

    /// Takes one line of the table.
    fn set(&mut self, wrote: &[Symbol], name: &[Symbol], cost: f32) {
        match (wrote, name) {
            ([w], []) => self.added[usize::from(*w)] = cost,
            ([], [n]) => self.dropped[usize::from(*n)] = cost,
            ([w], [n]) => self.one[usize::from(*w)][usize::from(*n)] = cost,
            ([w], [n, m]) => self.wide[usize::from(*n) * SYMBOLS + usize::from(*m)].push((*w, cost)),
            ([BEGIN, w], [BEGIN, n]) => self.first.push((*w, *n, cost)),
            ([w, END], [n, END]) => self.last.push((*w, *n, cost)),
            ([w, v], [n]) => self.narrow[usize::from(*w)].push((*v, *n, cost)),
            _ => {}
        }
    }
}

/// How names are written in Latin letters, which depends on who wrote them down first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// Arabic names in English letters: «Khirbat al Jawz».
    Mashriq,
    /// Arabic and Berber names in French letters: «Khouribga», «Aïn Oussera».
    Maghreb,
    /// Names of other languages, written in Arabic by their sound: «Ouagadougou», «واغادوغو».
    Other,
}

impl Style {
    pub(super) const ALL: [Style; 3] = [Style::Mashriq, Style::Maghreb, Style::Other];
    const MASHRIQ: [&str; 17] = ["SY", "IQ", "LB", "JO", "PS", "SA", "YE", "OM", "AE", "QA", "BH", "KW", "EG", "SD", "LY", "IL", "SS"];
    const MAGHREB: [&str; 5] = ["TN", "DZ", "MA", "MR", "EH"];

    /// Of the names of a country.
    pub(super) fn of(country: &str) -> Style {
        match country {
            c if Style::MASHRIQ.contains(&c) => Style::Mashriq,
            c if Style::MAGHREB.contains(&c) => Style::Maghreb,
            _ => Style::Other,
        }
    }

    pub(super) fn code(self) -> &'static str {
        ["mashriq", "maghreb", "other"][self as usize]
    }
}

/// The costs of all four directions.
#[derive(Clone, Debug)]
pub struct Costs {
    /// By style, then by direction.
    exact: [[Direction; 4]; 3],
    least: [Direction; 4],
    lowered: [Direction; 4],
}

/// Codes of the directions in the file: written script, script of the name.
pub(super) const DIRECTIONS: [(&str, Script, Script); 4] = [
    ("ar-ar", Script::Arabic, Script::Arabic),
    ("ar-la", Script::Arabic, Script::Latin),
    ("la-ar", Script::Latin, Script::Arabic),
    ("la-la", Script::Latin, Script::Latin),
];

impl Costs {
    /// The costs that the program carries.
    ///
    /// # Panics
    /// Never: a test reads the embedded file.
    pub fn embedded() -> &'static Costs {
        static COSTS: OnceLock<Costs> = OnceLock::new();
        COSTS.get_or_init(|| Costs::parse("geodata/spelling/costs.tsv", TEXT).expect("a test reads the embedded table"))
    }

    /// Parses lines of style, direction, what is written, what stands in the name, and cost in natural-log units.
    ///
    /// # Errors
    /// [`Error::Line`] for the first line that is something else.
    pub fn parse(file: &str, text: &str) -> Result<Costs> {
        let mut exact: [[Direction; 4]; 3] = std::array::from_fn(|_| std::array::from_fn(|_| Direction::new()));
        for line in lines(file, text) {
            let line = line?;
            exact[line.style as usize][line.direction].set(&line.wrote, &line.name, line.cost);
        }
        let of_all = |of: &dyn Fn(&Direction) -> Direction, at: usize| {
            exact.iter().skip(1).fold(of(&exact[0][at]), |least, style| least.at_most(&of(&style[at]))).finished()
        };
        let least = std::array::from_fn(|at| of_all(&Direction::clone, at));
        let lowered = std::array::from_fn(|at| of_all(&|d| d.lowered(DIRECTIONS[at].1 == DIRECTIONS[at].2), at));
        Ok(Costs { exact: exact.map(|style| style.map(Direction::finished)), least, lowered })
    }

    /// Every line of a table that cannot be used.
    pub fn faults(file: &str, text: &str) -> Vec<Error> {
        lines(file, text).filter_map(std::result::Result::err).collect()
    }

    /// The costs from names of one script to words of another.
    pub(super) fn between(&self, style: Style, wrote: Script, name: Script) -> &Direction {
        &self.exact[style as usize][number(wrote, name)]
    }

    /// What writing a name so costs at least, whatever its style.
    pub(super) fn least(&self, wrote: Script, name: Script) -> &Direction {
        &self.least[number(wrote, name)]
    }

    /// The costs to search by: of each way of writing the least of all styles.
    pub(super) fn lowered(&self, wrote: Script, name: Script) -> &Direction {
        &self.lowered[number(wrote, name)]
    }
}

/// A line of the table.
struct Entry {
    style: Style,
    direction: usize,
    wrote: Vec<Symbol>,
    name: Vec<Symbol>,
    cost: f32,
}

fn lines(file: &str, text: &str) -> impl Iterator<Item = Result<Entry>> {
    text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).map(|(index, line)| {
        entry(line).ok_or_else(|| Error::Line {
            file: file.to_owned(),
            line: index + 1,
            found: line.to_owned(),
            expected: "style, direction, letters written, at most as many of the name (two for one, one for two), cost of 0 or more"
                .to_owned(),
        })
    })
}

fn entry(line: &str) -> Option<Entry> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [style, code, wrote, name, cost] = cells.as_slice() else { return None };
    let style = Style::ALL.into_iter().find(|s| s.code() == *style)?;
    let direction = DIRECTIONS.iter().position(|(c, _, _)| c == code)?;
    let cost: f32 = cost.parse().ok().filter(|c: &f32| *c >= 0.0)?;
    let of = |cell: &str| cell.chars().map(written).collect::<Vec<_>>();
    let (wrote, name) = (of(wrote), of(name));
    let is_at_end = matches!((wrote.as_slice(), name.as_slice()), ([BEGIN, _], [BEGIN, _]) | ([_, END], [_, END]));
    let is_known = matches!((wrote.len(), name.len()), (0 | 2, 1) | (1, 0..=2)) || is_at_end;
    is_known.then_some(Entry { style, direction, wrote, name, cost })
}

fn number(wrote: Script, name: Script) -> usize {
    DIRECTIONS.iter().position(|(_, w, n)| (*w, *n) == (wrote, name)).unwrap_or_default()
}

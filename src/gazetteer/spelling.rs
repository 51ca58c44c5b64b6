//! Places whose name is spelt nearly like a word, in the same script or across scripts.
//!
//! A name that no table records («تاجيرت» where only «Tagiret» is) is proposed by a weighted edit distance between
//! what was written and every name of the tables. The weights are learned from names that are recorded in both
//! scripts ([`learn`]), kept in `geodata/spelling/costs.tsv`, and say how unlikely it is that a writer who means
//! the name writes the word. Every proposal carries its cost; who asks decides how much is too much.

mod alike;
mod costs;
pub mod learn;
pub mod measure;
mod memo;
mod propose;
mod symbol;
mod walk;
mod word;
mod write;

pub use alike::may_spell;
pub use costs::Costs;
pub(super) use memo::Memo;
pub use propose::{Proposal, propose, propose_with, propose_within};
pub use write::in_arabic;

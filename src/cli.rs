//! The commands. They read arguments and files, call the floors below, and print; they decide nothing.

mod arguments;
mod check;
pub mod eval;
mod explain;
mod export;
mod find;
mod gazetteer;
mod ingest;
mod input;
mod output;
mod overlay;
mod parse;
mod run;
mod serve;
mod spelling;
mod token;
mod train;
mod watch;

pub use run::run;

//! dalil reads reports in Arabic, French and English and puts what they say on a map.

pub mod cli;
pub mod document;
pub mod error;
pub mod fetch;
pub mod gazetteer;
pub mod incident;
pub mod intake;
pub mod lang;
pub mod layer;
pub mod recognise;
pub mod resolve;
pub mod server;
pub mod snapshot;
pub mod store;
pub mod text;

pub use error::{Error, Result};

//! dalil reads reports in Arabic, French and English and puts what they say on a map.

pub mod cli;
pub mod error;
pub mod gazetteer;
pub mod incident;
pub mod lang;
pub mod recognise;
pub mod resolve;
pub mod text;

pub use error::{Error, Result};

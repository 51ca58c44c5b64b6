//! dalil reads reports in Arabic, French and English and puts what they say on a map.

pub mod error;
pub mod lang;
pub mod recognise;
pub mod text;

pub use error::{Error, Result};

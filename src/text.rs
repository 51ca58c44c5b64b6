//! The ground floor: spans of the original, one normal form with the way back, words and sentences.

pub mod fold;
pub mod read;
pub mod sentence;
pub mod sketch;
pub mod word;

pub use read::{CodePoints, Span, Text, Token, TokenKind};

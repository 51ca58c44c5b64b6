//! Spans of a text that are numbers, dates and tolls, with what they mean. Nothing here picks a place.

pub mod count;
pub mod number;
pub mod time;

//! What is known of a report from outside its text.

use crate::gazetteer::PlaceRef;
use crate::lang::Lang;
use crate::recognise::Without;

use super::home::Home;

/// What is known of a report from outside its text.
#[derive(Clone, Debug)]
pub struct About {
    /// Its language.
    pub lang: Lang,
    /// Places that its headline names.
    pub headline: Vec<PlaceRef>,
    /// Where its outlet has its readers.
    pub home: Option<Home>,
    /// What resolution is to leave out.
    pub without: Without,
}

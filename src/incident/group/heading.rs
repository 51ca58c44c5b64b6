//! Days that stand above events, in diaries and chronologies.

use crate::incident::kind::Granularity;
use crate::incident::statement::Recognised;
use crate::recognise::time::TimeMention;
use crate::text::TokenKind;

use super::{Group, day};

/// A line that is a date and nothing else, above events for which nothing else gives a day: a diary or a chronology.
pub(super) fn date_by_heading<'a>(all: &Recognised<'a>, groups: &mut [Group<'a>]) {
    let is_whole = |t: &&TimeMention| {
        let sentence = &all.text.sentences[all.text.tokens[t.tokens.start].sentence as usize];
        day(Some(t)).is_some() && sentence.clone().all(|at| t.tokens.contains(&at) || all.text.tokens[at].kind == TokenKind::Punct)
    };
    let headings: Vec<&'a TimeMention> = all.times.iter().filter(is_whole).collect();
    for group in groups.iter_mut().filter(|g| g.granularity == Granularity::Incident && g.time.is_none()) {
        let first = group.statements.first().map_or(0, |s| all.text.sentences[s.sentence].start);
        group.time = headings.iter().rev().find(|t| t.tokens.end <= first).copied();
    }
}

//! The words that lead to a name, read backwards from it: directions, kind words, banks, borders, «near».

use super::find::Seen;

/// Tokens that are read back from a name, at most.
const REACH: usize = 8;

/// What leads to a name; each with the token at which it begins.
#[derive(Debug, Default)]
pub(super) struct Lead {
    /// Directions, the nearest first: several when a conjunction joins them.
    pub(super) sides: Vec<(usize, &'static str)>,
    pub(super) near: Option<usize>,
    /// Countryside, outskirts.
    pub(super) around: Option<usize>,
    pub(super) region: Option<usize>,
    pub(super) bank: Option<usize>,
    pub(super) border: Option<usize>,
    pub(super) road: Option<usize>,
    pub(super) between: Option<usize>,
    /// The other side of a border («the border with»).
    pub(super) is_with: bool,
}

impl Lead {
    /// Reads back from a token, no further than the mention before and the sentence.
    pub(super) fn of(seen: Seen<'_>, mention: usize) -> Lead {
        let name = &seen.mentions[mention];
        let sentence = seen.text.sentences.get(name.sentence).map_or(0, |s| s.start);
        let before = mention.checked_sub(1).map_or(0, |m| seen.mentions[m].tokens.end.min(name.tokens.start));
        let lowest = sentence.max(before).max(name.tokens.start.saturating_sub(REACH));
        let mut lead = Lead::default();
        let mut at = name.tokens.start;
        // Another direction counts only behind a conjunction.
        let mut is_joined = true;
        while at > lowest {
            let back = lead.step(seen, at, lowest, &mut is_joined);
            match back {
                Some(next) if next < at => at = next,
                _ => break,
            }
        }
        lead
    }

    /// Reads one word or phrase that ends before a token; gives where it begins, or nothing when the lead is over.
    fn step(&mut self, seen: Seen<'_>, at: usize, lowest: usize, is_joined: &mut bool) -> Option<usize> {
        if let Some((hit, key)) = seen.ending(&seen.words.directions, at, lowest) {
            let is_free = self.near.or(self.around).or(self.border).or(self.between).is_none();
            if !*is_joined || !is_free || !is_direction(seen, hit.start) {
                return None;
            }
            self.sides.push((hit.start, key));
            *is_joined = seen.has_conjunction(hit.start);
            return Some(hit.start);
        }
        if let Some((hit, key)) = seen.ending(&seen.words.features, at, lowest) {
            self.kind(seen, hit.start, key);
            return Some(hit.start);
        }
        let token = at - 1;
        if let Some((hit, "bank")) = seen.ending(&seen.words.relative, at, lowest) {
            self.bank = Some(hit.start);
            return Some(hit.start);
        }
        if seen.is(token, "and") && !self.sides.is_empty() {
            *is_joined = true;
            return Some(token);
        }
        if self.sides.is_empty() && seen.grammar.near.contains(near(seen, token)) {
            self.near = Some(token);
            return None;
        }
        if seen.grammar.between.contains(near(seen, token)) {
            self.between = Some(token);
            return if self.border.is_none() { Some(token) } else { None };
        }
        if seen.is(token, "with") {
            self.is_with = true;
            return Some(token);
        }
        // «close to», «adjacent to».
        let leads_near = token > lowest && seen.is(token, "to") && seen.grammar.near.contains(near(seen, token - 1));
        (seen.is_link(token) || leads_near).then_some(token)
    }

    fn kind(&mut self, seen: Seen<'_>, start: usize, key: &str) {
        let slot = match key {
            _ if seen.is(start, "bank") => &mut self.bank,
            _ if seen.is(start, "edge") => &mut self.near,
            "countryside" | "suburb" => &mut self.around,
            "region" => &mut self.region,
            "border" => &mut self.border,
            "road" => &mut self.road,
            _ => return,
        };
        *slot = Some(start);
    }
}

/// The token without a conjunction written together with it.
fn near(seen: Seen<'_>, token: usize) -> &str {
    let folded = seen.folded(token);
    if seen.has_conjunction(token) && !seen.grammar.near.contains(folded) { folded.trim_start_matches('و') } else { folded }
}

/// «est» is a direction behind an article only: «l'est du Mali», never «il est du Mali».
fn is_direction(seen: Seen<'_>, token: usize) -> bool {
    !seen.is(token, "article") || token.checked_sub(1).is_some_and(|before| matches!(seen.sign(before), "'" | "\u{2019}" | "-"))
}

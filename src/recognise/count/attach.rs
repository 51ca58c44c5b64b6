//! Which word of harm a group belongs to.

use std::ops::Range;

use crate::lang::Lang;
use crate::lang::lists::{Harm, HarmForm, ListName, Word};
use crate::text::TokenKind;

use super::group::Group;
use super::harm::HarmWord;
use super::list::{befallen, is_blocked, is_listed, is_subordinator, leads_elsewhere, over_apposition};
use super::{Count, Reader};

/// Most tokens between a word of harm and a group with a noun for persons, and one without.
const REACH: usize = 8;
pub(super) const REACH_BARE: usize = 3;
/// The same for «death toll», which leads to its number over a verb.
const REACH_TOLL: usize = 6;
/// The same when a word of rise stands before the number («the death toll from Friday's bombing in the market rose to 46»).
const REACH_RISEN: usize = 14;
/// Most tokens between two groups that one conjunction joins («17 fighters of the group X and three members»).
const REACH_CHAIN: usize = 9;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub harm: usize,
    pub is_part: bool,
}

/// Gives each group its harm and adds the counts.
pub(super) fn attach(reader: &Reader, groups: &[Group], harms: &[HarmWord], out: &mut Vec<Count>) {
    let mut links: Vec<Option<Link>> = vec![None; groups.len()];
    for index in 0..groups.len() {
        links[index] = link(reader, groups, harms, &links, index);
    }
    // A group joined to the next one shares the harm that follows both («5 مدنيين و4 عسكريين قتلى»).
    for index in (0..groups.len().saturating_sub(1)).rev() {
        let (this, next) = (&groups[index], &groups[index + 1]);
        let is_forward = links[index + 1].is_some_and(|l| harms[l.harm].tokens.start >= next.number_end);
        let between = this.tokens.end.min(next.tokens.start)..next.tokens.start;
        if links[index].is_none() && is_forward && is_listed(reader, this, next, between) {
            links[index] = links[index + 1];
        }
    }
    for index in 0..groups.len() {
        if links[index].is_none() {
            over_apposition(reader, groups, harms, &mut links, index);
        }
    }
    let first = out.len();
    for (group, link) in groups.iter().zip(&links) {
        let Some(link) = link else { continue };
        let harm = &harms[link.harm];
        // Attackers who flee lose no home.
        let is_flight = harm.harm == Harm::Displaced && group.kind.is_some_and(|k| reader.lists.kind(k) == "militants");
        // «Five members of one family»: a household is driven out; who dies is counted by heads.
        let is_home = harm.harm != Harm::Displaced && group.kind.is_some_and(|k| reader.lists.kind(k) == "households");
        if harm.is_both || is_flight || is_home {
            continue;
        }
        let has_before = out[first..].iter().any(|c| c.harm == harm.harm);
        let who = reader.text.slice(reader.text.span(group.who.clone()));
        let kind = group.kind.map(|k| reader.lists.kind(k));
        out.push(Count {
            harm: harm.harm,
            tokens: group.tokens.clone(),
            span: reader.text.span(group.tokens.clone()),
            harm_tokens: harm.tokens.clone(),
            low: group.low as u32,
            high: group.high as u32,
            qualifier: group.qualifier.or_else(|| later_qualifier(reader, group, harm)),
            who: if group.who.is_empty() { String::new() } else { who.to_owned() },
            who_kind: kind.map(str::to_owned),
            is_attackers: harm.form == HarmForm::Attackers || kind == Some("militants"),
            part_of_previous: has_before && (group.is_part || group.is_of_them || link.is_part),
            is_vague: group.is_vague,
        });
    }
}

fn link(reader: &Reader, groups: &[Group], harms: &[HarmWord], links: &[Option<Link>], index: usize) -> Option<Link> {
    let group = &groups[index];
    let previous = index.checked_sub(1).and_then(|i| links[i].map(|l| (&groups[i], l)));
    let ahead = forward(reader, groups, harms, index);
    let behind = backward(reader, groups, harms, index);
    if let Some((harm, 0)) = ahead {
        let harm = befallen(reader, groups, harms, index, harm, behind).unwrap_or(harm);
        return Some(Link { harm, is_part: false });
    }
    if let Some((harm, 0)) = behind {
        // «six dead: four soldiers and two civilians».
        let is_list = reader.text.folded(group.tokens.start.saturating_sub(1)) == ":";
        let is_part = is_list && previous.is_some_and(|(_, link)| link.harm == harm);
        return Some(Link { harm, is_part });
    }
    // «including» and «of them» keep the harm of the group before.
    if let Some((_, link)) = previous.filter(|_| group.is_part) {
        return Some(Link { is_part: true, ..link });
    }
    match (ahead, behind) {
        (Some((harm, gap)), Some((_, other))) if gap <= other => return Some(Link { harm, is_part: false }),
        (_, Some((harm, _))) | (Some((harm, _)), None) => return Some(Link { harm, is_part: false }),
        (None, None) => {}
    }
    let (before, link) = previous?;
    let between = before.tokens.end..group.tokens.start;
    let starts_list = between.clone().any(|i| reader.text.folded(i) == ":");
    let is_joined = group.is_joined || between.end.checked_sub(1).is_some_and(|i| reader.is_comma(i));
    let has_noun = group.kind.is_some() || group.who.is_empty() || between.is_empty();
    let no_harm_between =
        !harms.iter().any(|h| between.contains(&h.tokens.start) && link.harm < harms.len() && h.harm != harms[link.harm].harm);
    if group.is_of_them && between.len() <= REACH_CHAIN && no_harm_between {
        return Some(Link { is_part: true, ..link });
    }
    let fits = (is_joined || starts_list) && has_noun && between.len() <= REACH_CHAIN && no_harm_between && !group.is_single;
    let is_pair = group.is_single && group.is_joined && group.kind.is_some() && between.len() <= 2 && no_harm_between;
    let blocked = between.clone().any(|i| reader.is_stop(i) && reader.text.folded(i) != ":");
    let in_part = groups[..index].iter().rev().take(1).any(|g| g.is_part) && before.is_part;
    (!blocked && (fits || is_pair)).then_some(Link { is_part: starts_list || link.is_part || in_part, ..link })
}

/// The word of harm after a group, and the tokens between.
fn forward(reader: &Reader, groups: &[Group], harms: &[HarmWord], index: usize) -> Option<(usize, usize)> {
    let group = &groups[index];
    let (found, harm) = harms.iter().enumerate().find(|(_, h)| h.tokens.start >= group.number_end)?;
    // «قتيلان»: the noun of harm is itself the group.
    if group.is_bare_noun && harm.tokens == group.tokens {
        return Some((found, 0));
    }
    let between = group.tokens.end.min(harm.tokens.start)..harm.tokens.start;
    let gap = between.len();
    let reach = if group.kind.is_some() || group.who.is_empty() { REACH } else { REACH_BARE };
    let next_group = groups.get(index + 1).map_or(usize::MAX, |g| g.tokens.start);
    let is_definite_noun = harm.is_noun() && harm.article && harm.tokens.start > group.number_end + 1;
    if gap > reach
        || harm.conjunction
        || next_group < harm.tokens.start
        || is_definite_noun
        || (harm.form == HarmForm::Toll && (gap > 0 || group.is_single))
    {
        return None;
    }
    if harm.form == HarmForm::Weak && (group.kind.is_none() || reader.lang != Lang::Ar) {
        return None;
    }
    let commas = between.clone().filter(|i| reader.is_comma(*i)).count();
    let is_apposition = commas == 2;
    if (commas > 0 && !is_apposition) || is_blocked(reader, between.clone()) || leads_elsewhere(reader, group, between.clone()) {
        return None;
    }
    // «وأخرى طبية مقتل أربعة»: one who is no object stands behind the Arabic verb.
    if group.is_bare_noun && group.is_single && reader.lang == Lang::Ar {
        return None;
    }
    if group.is_single && !(gap <= 4 && (group.kind.is_some() || gap == 0)) {
        return None;
    }
    if is_active(reader, group, harm, between, next_group) {
        return None;
    }
    Some((found, gap))
}

/// The persons before the verb did it: «five gunmen killed 12», «50 assaillants ont tué», «مسلحون قتلوا 3».
fn is_active(reader: &Reader, group: &Group, harm: &HarmWord, between: Range<usize>, next_group: usize) -> bool {
    let text = reader.text;
    if harm.form != HarmForm::Event || harm.is_both || (between.is_empty() && group.who.is_empty() && group.kind.is_none()) {
        return false;
    }
    let has = |words: &[&str]| between.clone().any(|i| words.contains(&text.folded(i)));
    let after = harm.tokens.end;
    // «two killed and four wounded» has no object.
    let object = next_group == after || (next_group == after + 1 && !reader.is_and(after) && !reader.is_comma(after));
    match reader.lang {
        Lang::Fr => {
            let auxiliary = has(&["ont", "a", "avaient", "avait", "ayant"]);
            let intransitive =
                matches!(text.folded(harm.tokens.start), "mort" | "morts" | "tombe" | "tombes" | "disparu" | "disparus" | "fui");
            auxiliary && !has(&["ete"]) && !intransitive
        }
        Lang::En => {
            let passive = has(&["was", "were", "been", "being", "is", "are", "be", "got", "left", "reported", "found", "believed"]);
            let determiner = matches!(text.folded(after), "the" | "a" | "an" | "his" | "their" | "at" | "its" | "more")
                && text.folded(after + 1) != "scene";
            let is_verb = matches!(
                text.folded(harm.tokens.start),
                "killed"
                    | "injured"
                    | "wounded"
                    | "abducted"
                    | "kidnapped"
                    | "seized"
                    | "arrested"
                    | "detained"
                    | "executed"
                    | "murdered"
                    | "massacred"
                    | "slaughtered"
                    | "beheaded"
                    | "captured"
                    | "displaced"
                    | "lynched"
                    | "assassinated"
            );
            let is_gerund = text.folded(harm.tokens.start).ends_with("ing") && harm.harm != Harm::Missing;
            let is_at_object = text.folded(after) == "at" && text.folded(after + 1) != "least";
            is_gerund || (is_verb && !passive && (object || (determiner && !is_at_object) || group.is_single))
        }
        Lang::Ar => {
            let is_plural_verb = text.folded(harm.tokens.start).ends_with("وا");
            is_plural_verb && next_group == after
        }
    }
}

/// The word of harm before a group, and the tokens between.
fn backward(reader: &Reader, groups: &[Group], harms: &[HarmWord], index: usize) -> Option<(usize, usize)> {
    let group = &groups[index];
    let (found, harm) = harms.iter().enumerate().rev().find(|(_, h)| h.tokens.end <= group.tokens.start)?;
    let between = harm.tokens.end..group.tokens.start;
    let text = reader.text;
    // Another group in between would be the object; only the chain leads over it.
    if index > 0 && groups[index - 1].tokens.start >= harm.tokens.start {
        return None;
    }
    let reach = match (harm.form, group.kind) {
        (HarmForm::Toll, _) if group.is_single => 0,
        (HarmForm::Toll, _) if has_risen(reader, group) => REACH_RISEN,
        (HarmForm::Toll, _) => REACH_TOLL,
        (_, Some(_)) => REACH,
        (_, None) => REACH_BARE,
    };
    let is_participle = reader.lang == Lang::Fr && text.folded(harm.tokens.start).ends_with('s');
    let refuses = match harm.form {
        HarmForm::Died | HarmForm::One | HarmForm::Two => true,
        HarmForm::Many => !harm.article && !between.is_empty(),
        HarmForm::Weak => group.kind.is_none() || (reader.lang != Lang::Ar && !between.is_empty()),
        HarmForm::Event | HarmForm::Attackers => is_participle && !between.is_empty(),
        HarmForm::Toll => false,
    };
    let stops = between.clone().any(|i| {
        let is_list = reader.text.folded(i) == ":" && i + 1 == between.end;
        (reader.is_stop(i) && !is_list) || (reader.is_comma(i) && harm.form != HarmForm::Toll) || reader.is_and(i)
    });
    // «he was injured when a man attacked», «arrested after police say he tried to rob a woman».
    let begins_clause =
        group.is_single && between.clone().any(|i| is_subordinator(reader, i) || matches!(text.folded(i), "that" | "who" | "que" | "qui"));
    // «captured four medals», «missing the last five races»: these verbs take things as well.
    let is_thing = reader.lang == Lang::En
        && matches!(harm.harm, Harm::Abducted | Harm::Missing)
        && group.kind.is_none()
        && !group.who.is_empty()
        && !text.tokens[group.who.start].capital;
    if refuses
        || stops
        || begins_clause
        || is_thing
        || between.len() > reach
        || group.is_joined && between.is_empty() && reader.lang == Lang::Ar
    {
        return None;
    }
    if group.is_single && !group.is_bare_noun && group.kind.is_none() {
        return None;
    }
    // «killed in three villages»: a preposition leads to another thing, unless it belongs to the verb or a time follows.
    if is_led_away(reader, between.clone(), group) {
        return None;
    }
    let function_words = between.clone().filter(|i| is_light(reader, *i)).count();
    Some((found, between.len() - function_words))
}

/// «rose to», «ارتفع … إلى»: a preposition right before the number and a word of rise before it.
fn has_risen(reader: &Reader, group: &Group) -> bool {
    let leads = group.tokens.start.checked_sub(1).is_some_and(|i| matches!(reader.text.folded(i), "to" | "a" | "الي"));
    let rises = |i: usize| reader.signs.at(i).iter().any(|s| s.word == Word::Rise);
    leads && (reader.sentence.start..group.tokens.start).any(rises)
}

/// Words between a verb and its object that carry nothing.
fn is_light(reader: &Reader, at: usize) -> bool {
    let folded = reader.text.folded(at);
    reader.text.tokens[at].kind == TokenKind::Punct
        || matches!(
            folded,
            "of" | "de"
                | "d"
                | "the"
                | "to"
                | "a"
                | "au"
                | "aux"
                | "at"
                | "was"
                | "were"
                | "is"
                | "est"
                | "الي"
                | "منهم"
                | "منها"
                | "had"
                | "en"
        )
}

fn is_led_away(reader: &Reader, between: Range<usize>, group: &Group) -> bool {
    // «killed by three gunmen», «على يد ثلاثة مسلحين»: who did it.
    let last = between.end.checked_sub(1).filter(|i| between.contains(i)).map_or("", |i| reader.text.folded(i));
    let is_agent = match reader.lang {
        Lang::En => last == "by",
        Lang::Fr => last == "par",
        Lang::Ar => matches!(last, "يد" | "ايدي" | "يدي" | "بيد" | "بايدي"),
    };
    if is_agent {
        return true;
    }
    if group.kind.is_some() && between.len() <= 2 {
        return false;
    }
    let Some(last) = between.end.checked_sub(1).filter(|i| between.contains(i)) else { return false };
    matches!(
        reader.text.folded(last),
        "in" | "by"
            | "with"
            | "from"
            | "near"
            | "after"
            | "since"
            | "during"
            | "across"
            | "dans"
            | "par"
            | "avec"
            | "pres"
            | "depuis"
            | "en"
            | "apres"
            | "في"
            | "علي"
            | "من"
            | "بعد"
            | "منذ"
            | "خلال"
            | "مع"
            | "about"
    ) && !(reader.text.folded(last) == "من" && group.kind.is_some())
}

/// «at least» behind the noun («أربعين جنديا تشاديا على الأقل»).
fn later_qualifier(reader: &Reader, group: &Group, harm: &HarmWord) -> Option<crate::lang::lists::Qualifier> {
    let from = if harm.tokens.start == group.number_end { harm.tokens.end } else { group.tokens.end };
    (from..from + 4).take_while(|i| *i < reader.sentence.end && reader.text.tokens[*i].kind != TokenKind::Punct).find_map(|i| {
        reader.signs.find(i, |s| match s.word {
            Word::Qualifier(q @ crate::lang::lists::Qualifier::AtLeast) if s.list == ListName::Qualifiers => {
                let end = s.end as usize;
                reader.text.tokens.get(end).is_none_or(|t| t.kind != TokenKind::Number).then_some(q)
            }
            _ => None,
        })
    })
}

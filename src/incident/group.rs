//! Which sentences tell of the same event.

use jiff::civil::Date;

use crate::recognise::count::{Count, Harm};
use crate::recognise::time::TimeMention;

use super::actors;
use super::divide;
use super::kind::Granularity;
use super::list::others;
use super::scene::{self, Scene, scene};
use super::statement::{Recognised, Statement};
use super::weights;

mod heading;

use heading::date_by_heading;

/// Sentences of one event.
pub(super) struct Group<'a> {
    pub(super) statements: Vec<Statement<'a>>,
    pub(super) granularity: Granularity,
    /// Why it is no event: «denied», «planned», «hypothetical».
    pub(super) unreal: Option<&'static str>,
    pub(super) scene: Option<Scene>,
    pub(super) time: Option<&'a TimeMention>,
    /// Weapons named so far.
    weapons: Vec<&'static str>,
    /// Exact figures of dead given so far.
    killed: Vec<u32>,
    has_toll: bool,
    /// Told beside other events, in words that set it apart from them.
    pub(super) is_apart: bool,
}

impl<'a> Group<'a> {
    fn of(statement: Statement<'a>, granularity: Granularity) -> Group<'a> {
        let (scene, time) = (statement.scene, statement.time);
        let empty = Group {
            statements: Vec::new(),
            granularity,
            unreal: None,
            scene,
            time,
            weapons: Vec::new(),
            killed: Vec::new(),
            has_toll: false,
            is_apart: false,
        };
        empty.and(statement)
    }

    fn and(mut self, statement: Statement<'a>) -> Group<'a> {
        self.push(statement);
        self
    }

    fn push(&mut self, statement: Statement<'a>) {
        self.weapons.extend(weapons(&statement));
        self.killed.extend(killed(&statement));
        self.has_toll |= statement.has_toll();
        self.statements.push(statement);
    }

    fn day(&self) -> Option<Date> {
        day(self.time)
    }

    /// Told as having happened, once.
    fn is_told(&self) -> bool {
        self.granularity != Granularity::Aggregate && self.unreal.is_none()
    }

    /// The byte at which the words begin that tell of this event alone, when its first sentence tells of several.
    pub(super) fn own_from(&self) -> u32 {
        self.statements.first().and_then(|s| s.own_from).unwrap_or(0)
    }

    /// The further places of the sentence that gave the scene.
    pub(super) fn beside(&self) -> Vec<usize> {
        let scene = self.scene.map(|s| s.mention);
        let tells =
            |s: &&Statement<'_>| scene.is_some() && (s.scene.map(|s| s.mention) == scene || s.beside.iter().any(|b| Some(*b) == scene));
        // A sentence that gives each place its own figure knows better than the one before that listed them.
        let told = self.statements.iter().filter(tells).max_by_key(|s| s.own_from.is_some());
        let all = told.into_iter().flat_map(|s| s.beside.iter().copied().chain(s.scene.map(|s| s.mention)));
        let mut out: Vec<usize> = all.filter(|m| Some(*m) != scene).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Takes in a sentence that tells more of the same event.
    fn take(&mut self, all: &Recognised<'a>, statement: Statement<'a>) {
        // «attacks in northern Benin»: a habit says neither where nor when this one was.
        if statement.is_general(all) {
            self.push(statement);
            return;
        }
        let later = weights::LATER_SENTENCE * self.statements.len().min(4) as f64;
        if let Some(found) = statement.scene.map(|s| Scene { score: s.score + later, ..s }) {
            let place = |s: Scene| all.resolutions[s.mention].place.as_ref();
            let narrows = self.scene.and_then(place).zip(place(found)).is_some_and(|(known, own)| scene::holds(known, own));
            // A quarter that no table knows does not take the point of the town that was told before.
            let loses =
                self.scene.and_then(place).is_some_and(|p| p.where_prec <= 2) && super::place::located(all, found.mention).is_none();
            if narrows || !loses && self.scene.is_none_or(|s| s.score < found.score) {
                self.scene = Some(found);
            }
        }
        if self.day().is_none() && (day(statement.time).is_some() || self.time.is_none()) {
            self.time = statement.time;
        }
        self.push(statement);
    }
}

/// The day of a time that is one day or two neighbouring ones.
fn day(time: Option<&TimeMention>) -> Option<Date> {
    time.and_then(|t| t.date.as_ref()).filter(|d| d.precision == 1).map(|d| d.start)
}

/// The sentences of a report as events, in the order of the text.
pub(super) fn groups<'a>(all: &Recognised<'a>) -> Vec<Group<'a>> {
    let mut out: Vec<Group<'a>> = Vec::new();
    // The sentence before, where it tells of no event by itself.
    let mut pending: Option<Statement<'a>> = None;
    for sentence in 0..all.text.sentences.len() {
        let (known, before) = (out.len(), pending.take());
        let mut statement = Statement::of(all, sentence);
        statement.scene = scene(all, &statement);
        statement.beside = statement.scene.map(|s| others(all, s.mention)).unwrap_or_default();
        statement.time = statement.event_time(all);
        // Only the last events are open: a report that tells of hundreds does not come back to the first.
        let closed = out.len().saturating_sub(weights::OPEN_EVENTS);
        let open = &mut out[closed..];
        let shares = divide::divided(all, &statement);
        if let Some(how) = statement.unreal(all) {
            out.push(Group { unreal: Some(how), ..Group::of(statement, Granularity::Incident) });
        } else if !statement.is_eventive() {
            pending = supply(all, open, statement);
        } else if let Some(index) = summed_up(open, &shares) {
            // «In all eight died: 3 in X and 5 in Y» is told once.
            statement.beside = divide::places(&shares);
            open[index].take(all, statement);
        } else if let Some(same) = same_toll(open, &statement) {
            open[same].take(all, statement);
        } else if statement.is_aggregate(all) {
            out.push(Group::of(statement, Granularity::Aggregate));
        } else {
            match place_in(all, open, &statement) {
                Where::Into(index) if !shares.is_empty() && !open[index].has_toll => share_out(all, &mut out, closed + index, shares),
                Where::Into(index) => open[index].take(all, statement),
                Where::New(granularity) if !shares.is_empty() => {
                    out.extend(shares.into_iter().map(|share| Group { is_apart: true, ..Group::of(share, granularity) }));
                }
                Where::New(granularity) => {
                    let is_apart = out.iter().any(Group::is_told) && is_set_apart(all, &statement);
                    out.push(Group { is_apart, ..Group::of(statement, granularity) });
                }
                Where::Nowhere => {}
            }
        }
        if let (Some(before), Some(new)) = (before, out.get_mut(known..).and_then(<[Group<'a>]>::last_mut)) {
            lead_in(all, new, &before);
        }
    }
    inherit(&mut out);
    date_by_heading(all, &mut out);
    out
}

/// The event already told with the sum of what a sentence divides among places.
fn summed_up(groups: &[Group<'_>], shares: &[Statement<'_>]) -> Option<usize> {
    let killed = shares.iter().flat_map(|s| &s.counts).filter(|c| c.harm == Harm::Killed && !c.part_of_previous);
    let sum: u32 = killed.map(|c| c.low).fold(0, u32::saturating_add);
    let told = |g: &Group<'_>| g.statements.iter().flat_map(|s| &s.counts).any(|c| c.harm == Harm::Killed && c.low == sum);
    groups.iter().rposition(|g| !shares.is_empty() && g.is_told() && told(g))
}

/// A sentence that divides what was told before among places: the first goes on with it, the others are events of their own, of its day.
fn share_out<'a>(all: &Recognised<'a>, groups: &mut Vec<Group<'a>>, index: usize, shares: Vec<Statement<'a>>) {
    let mut shares = shares.into_iter();
    let Some((known, first)) = groups.get_mut(index).zip(shares.next()) else { return };
    known.scene = first.scene;
    known.take(all, first);
    let (granularity, time) = (known.granularity, known.time);
    groups.extend(shares.map(|share| {
        let group = Group { is_apart: true, ..Group::of(share, granularity) };
        Group { time: group.time.or(time), ..group }
    }));
}

/// The event already told with exactly this toll («in all, 18 civilians died»).
fn same_toll(groups: &[Group<'_>], statement: &Statement<'_>) -> Option<usize> {
    let own = killed(statement)?;
    groups.iter().position(|g| g.is_told() && g.killed.contains(&own))
}

/// The exact figure of dead of a statement, when it is large enough to be told by.
fn killed(statement: &Statement<'_>) -> Option<u32> {
    const TELLING: u32 = 5;
    statement.counts.iter().find(|c| c.harm == Harm::Killed && c.low >= TELLING && c.low == c.high).map(|c| c.low)
}

enum Where {
    Into(usize),
    New(Granularity),
    Nowhere,
}

/// Whether a statement continues an event already told, begins another, or is too vague for either.
fn place_in(all: &Recognised<'_>, groups: &[Group<'_>], statement: &Statement<'_>) -> Where {
    let Some(last) = groups.iter().rposition(Group::is_told) else {
        if statement.is_general(all) {
            return Where::Nowhere;
        }
        // What a court hears is told again, however strong the words.
        if statement.has_flag("court") {
            return if statement.is_strong(all) && day(statement.time).is_some() {
                Where::New(Granularity::Background)
            } else {
                Where::Nowhere
            };
        }
        let recalled = statement.is_recalled() && !statement.is_strong(all);
        return Where::New(if recalled { Granularity::Background } else { Granularity::Incident });
    };
    let own_day = day(statement.time);
    let is_placed = own_day.is_some() || has_own_scene(all, statement);
    if statement.is_recalled() {
        return if statement.is_strong(all) && is_placed { Where::New(Granularity::Background) } else { Where::Nowhere };
    }
    let fits: Vec<bool> = groups.iter().map(|g| g.is_told() && fits(all, g, statement)).collect();
    let own_place = statement.scene.and_then(|s| all.resolutions[s.mention].place.as_ref());
    let there = |g: &Group<'_>| {
        let known = g.scene.and_then(|s| all.resolutions[s.mention].place.as_ref());
        own_place.zip(known).is_some_and(|(own, known)| own.id == known.id)
    };
    if let Some(same) = (0..groups.len()).rev().find(|i| fits[*i] && there(&groups[*i])) {
        return Where::Into(same);
    }
    if fits[last] {
        return Where::Into(last);
    }
    if let Some(earlier) = fits.iter().position(|f| *f).filter(|_| is_placed) {
        return Where::Into(earlier);
    }
    if !begins(all, statement) || statement.is_general(all) {
        return Where::Nowhere;
    }
    let main_day = groups.iter().find(|g| g.is_told()).and_then(Group::day);
    let is_news = match (all.published, main_day) {
        (Some(published), Some(main)) => days(main, published) <= weights::NEWS_DAYS,
        _ => true,
    };
    let recalled = is_news && matches!((own_day, main_day), (Some(own), Some(main)) if days(own, main) >= weights::RECALLED_DAYS);
    Where::New(if recalled { Granularity::Background } else { Granularity::Incident })
}

/// True when nothing in the statement says that it is another event than the group's.
fn fits(all: &Recognised<'_>, group: &Group<'_>, statement: &Statement<'_>) -> bool {
    if let (Some(own), Some(known)) = (day(statement.time), group.day())
        && days(own, known).abs() > weights::OTHER_DAY
    {
        return false;
    }
    if weapons_differ(group, statement) || signs_of_another(all, group, statement) >= weights::SIGNS_OF_ANOTHER {
        return false;
    }
    let place = |s: Option<Scene>| s.and_then(|s| all.resolutions[s.mention].place.as_ref());
    match (place(statement.scene), place(group.scene)) {
        // The seat of a unit, where nothing says that the town is meant, may be the unit that the next sentence narrows down.
        (Some(own), Some(known)) if begins(all, statement) => {
            !scene::differ(own, known) || !statement.has_toll() && !is_town(all, group) && scene::holds(known, own)
        }
        _ => true,
    }
}

/// A kind word makes the scene a town.
fn is_town(all: &Recognised<'_>, group: &Group<'_>) -> bool {
    group.scene.is_some_and(|s| all.mentions[s.mention].feature.is_some() && !scene::is_unit(all, s.mention))
}

/// A sentence that may begin an event: violence by its own word, or an arrest, a protest, an abduction at a place of its own.
fn begins(all: &Recognised<'_>, statement: &Statement<'_>) -> bool {
    let by_place = ["arrested", "abducted", "protest", "riot", "looting"].iter().any(|k| statement.has_event(k));
    statement.is_strong(all) || by_place && has_own_scene(all, statement)
}

/// Signs that a sentence tells of another event than the group's: words that open another, another weapon, another place,
/// another exact number of dead. No one of them says enough: the next sentence on an attack may name a second weapon.
fn signs_of_another(all: &Recognised<'_>, group: &Group<'_>, statement: &Statement<'_>) -> u32 {
    if !begins(all, statement) || statement.is_general(all) || statement.is_recalled() {
        return 0;
    }
    let own = weapons(statement);
    let by_weapon = !own.is_empty() && !group.weapons.is_empty() && own.iter().all(|w| !group.weapons.contains(w));
    let by_place = statement.scene.zip(group.scene).is_some_and(|(own, known)| scene::is_elsewhere(all, own.mention, known.mention));
    let exact = statement.counts.iter().find(|c| c.harm == Harm::Killed && c.low == c.high && !c.part_of_previous && !c.is_vague);
    let known = |c: &&&Count| group.statements.iter().flat_map(|s| &s.counts).any(|k| (k.low, k.high) == (c.low, c.high));
    let by_toll = group.has_toll && by_place && exact.as_ref().is_some_and(|c| !known(c));
    statement.opens_another() + u32::from(by_weapon) + u32::from(by_place) + u32::from(by_toll)
}

/// Another weapon with a toll of its own is another event («a roadside bomb had gone off earlier, killing two»).
fn weapons_differ(group: &Group<'_>, statement: &Statement<'_>) -> bool {
    let own = weapons(statement);
    let both_named = !own.is_empty() && !group.weapons.is_empty();
    statement.has_toll() && group.has_toll && both_named && own.iter().all(|w| !group.weapons.contains(w))
}

fn weapons(statement: &Statement<'_>) -> Vec<&'static str> {
    ["ied", "airstrike", "suicide", "shelling", "ambush", "clash", "arrested", "protest"]
        .into_iter()
        .filter(|k| statement.has_event(k))
        .collect()
}

/// Whole days from one date to another.
fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn has_own_scene(all: &Recognised<'_>, statement: &Statement<'_>) -> bool {
    statement.scene.is_some_and(|s| all.resolutions[s.mention].place.as_ref().is_none_or(|p| p.where_prec <= 3))
}

/// Words set it apart from the events told before it («in a separate attack»), or a weapon or an arrest does, and it has a place. Other
/// sentences with another place recall, describe («where two groups fight too») or say who spoke from where.
fn is_set_apart(all: &Recognised<'_>, statement: &Statement<'_>) -> bool {
    let exact = |s: Scene| all.resolutions[s.mention].place.as_ref().is_none_or(|p| p.where_prec <= 5);
    let by_deed = weapons(statement).iter().any(|w| !matches!(*w, "clash" | "protest"));
    statement.scene.is_some_and(exact) && (by_deed || statement.opens_another() >= weights::SIGNS_OF_ANOTHER)
}

/// A sentence without an event may still say where and when the one before it was («It happened on Friday in X»); it is given back when it does not.
fn supply<'a>(all: &Recognised<'a>, groups: &mut [Group<'a>], statement: Statement<'a>) -> Option<Statement<'a>> {
    let Some(last) = groups.last_mut().filter(|g| g.granularity == Granularity::Incident && g.is_told()) else { return Some(statement) };
    // «It became a battlefield. On one side X, on the other Y»: who fought.
    if last.statements.last().is_some_and(|s| s.sentence + 1 == statement.sentence) && actors::opposes(all, &statement) {
        last.push(statement);
        return None;
    }
    let Some(last) = Some(last).filter(|g| lacks(all, g) && supplies(all, &statement)) else { return Some(statement) };
    if last.statements.last().is_none_or(|s| s.sentence + 1 != statement.sentence) {
        return Some(statement);
    }
    last.take(all, statement);
    None
}

/// The same for the sentence before the first of an event, in words that no list has («On Friday the camp of X was …; 27 soldiers died»).
fn lead_in<'a>(all: &Recognised<'a>, group: &mut Group<'a>, before: &Statement<'a>) {
    let is_news = group.granularity == Granularity::Incident && group.unreal.is_none();
    let says_when = !before.times.is_empty() && !before.is_recalled();
    if is_news && says_when && group.scene.is_none() && group.day().is_none() {
        group.scene = before.scene.filter(|s| scene::may_supply(all, *s));
        group.time = before.time.filter(|_| group.scene.is_some());
    }
}

/// No place, or only a region, or no day.
fn lacks(all: &Recognised<'_>, group: &Group<'_>) -> bool {
    let is_region = |s: Scene| all.resolutions[s.mention].place.as_ref().is_some_and(|p| p.where_prec > 3);
    group.scene.is_none_or(is_region) || group.day().is_none()
}

/// An exact place and a day, and not of an earlier event.
fn supplies(all: &Recognised<'_>, statement: &Statement<'_>) -> bool {
    let has_day = day(statement.time).is_some();
    statement.scene.is_some_and(|s| scene::may_supply(all, s)) && has_day && !statement.is_recalled()
}

/// An event told without any place is at the place of the event told just before («the gate was attacked again on Friday»).
fn inherit(groups: &mut [Group<'_>]) {
    for index in 1..groups.len() {
        let (before, rest) = groups.split_at_mut(index);
        let (Some(known), Some(group)) = (before.last(), rest.first_mut()) else { continue };
        let sentence = |g: &Group<'_>, last: bool| {
            let s = if last { g.statements.last() } else { g.statements.first() };
            s.map_or(0, |s| s.sentence)
        };
        let near = sentence(group, false).saturating_sub(sentence(known, true)) <= weights::INHERIT_SENTENCES;
        let placeless = group.statements.iter().all(|s| s.places.is_empty());
        if near && placeless && group.granularity != Granularity::Aggregate && known.granularity != Granularity::Aggregate {
            group.scene = known.scene;
        }
    }
}

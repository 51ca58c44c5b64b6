//! What the keys of the lists mean.

use serde::{Deserialize, Serialize};

use super::ListName;

/// What a word of the lists says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// A number.
    Cardinal(u64),
    /// Multiplies the number before it or stands for itself («a dozen», «two dozen»).
    Scale(u64),
    /// A round amount («une vingtaine»).
    About(u64),
    /// A vague amount, lowest and highest.
    Vague(u64, u64),
    /// Half of the unit before it («مليون ونصف», «three and a half million»).
    Half,
    /// «إحدى», «أحد»: one before a word of tens, otherwise «one of».
    OneBeforeTens,
    /// «thirds», «أرباع»: with the number before it a share, no count.
    Fraction,
    /// A day of the month.
    Ordinal(u8),
    /// What is said about a number.
    Qualifier(Qualifier),
    /// «rose», «ارتفع»: of a pair of numbers after it the second holds.
    Rise,
    /// «to», «or» between the ends of a range.
    RangeTo,
    /// «aged», «رقم»: the number after it counts nothing.
    NotCount,
    /// A month.
    Month {
        /// 1 to 12.
        number: u8,
        /// It also means something else.
        is_ambiguous: bool,
    },
    /// A weekday.
    Weekday {
        /// 1 (Monday) to 7.
        number: u8,
        /// It also means something else.
        is_ambiguous: bool,
    },
    /// A word of time.
    Time(TimeWord),
    /// A unit of measure.
    Measure,
    /// Money or a share: the number before it counts nothing.
    Money,
    /// A direction; see `Lists::direction`.
    Direction(u8),
    /// A noun that is counted and is no person.
    Thing,
    /// A noun for persons; see `Lists::kind`.
    Person {
        /// Index of the kind.
        kind: u8,
        /// How many the form means.
        form: Form,
    },
    /// A word of harm.
    Harm {
        /// Which harm.
        harm: Harm,
        /// How it meets its number.
        form: HarmForm,
    },
    /// Dead and wounded in one number.
    Both,
    /// «including», «بينهم»: what follows is part of the number before.
    Part,
    /// «of them», «منهم» after a number.
    OfThem,
    /// «as well as», «إلى جانب»: joins two groups.
    Joint,
    /// A sum is stated next.
    Sum,
    /// «no», «aucun».
    Negation,
}

/// How many persons a noun's form means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One.
    One,
    /// Two (Arabic dual).
    Two,
    /// Several.
    Many,
}

/// What was done to persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Harm {
    /// Dead.
    Killed,
    /// Wounded.
    Injured,
    /// Taken by force by others than a state.
    Abducted,
    /// Not found.
    Missing,
    /// Driven from home.
    Displaced,
    /// Held by a state.
    Arrested,
}

impl Harm {
    /// Done to the body or by holding it; people also flee, vanish and are arrested long before and after an event.
    pub fn is_bodily(self) -> bool {
        matches!(self, Harm::Killed | Harm::Injured | Harm::Abducted)
    }
}

/// How a word of harm meets its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HarmForm {
    /// Verbs and verbal nouns: the number stands before or after.
    Event,
    /// «died», «péri»: the number stands before.
    Died,
    /// A noun for one harmed person.
    One,
    /// A noun for two.
    Two,
    /// A noun for several.
    Many,
    /// «سقط», «lost»: harm only with a noun for persons.
    Weak,
    /// «death toll»: leads to a number, over a verb.
    Toll,
    /// «neutralised»: the dead attacked.
    Attackers,
}

/// What is said about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// No fewer.
    AtLeast,
    /// More.
    MoreThan,
    /// Roughly.
    About,
    /// No more.
    UpTo,
    /// Fewer.
    LessThan,
    /// Begins a range.
    Between,
}

/// Words of `times.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the keys of times.txt")]
pub enum TimeWord {
    Today,
    Yesterday,
    LastNight,
    DayBeforeYesterday,
    Tomorrow,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
    Weekend,
    LastWeekend,
    Last,
    This,
    Next,
    Ago,
    Earlier,
    Later,
    NextDay,
    PreviousDay,
    TwoDaysBefore,
    TwoDaysAfter,
    SameDay,
    EndOf,
    StartOf,
    MiddleOf,
    PartOfDay,
    Since,
    Until,
    During,
    Year,
    YearCue,
    Month,
    Unit(Unit, u8),
    Clock,
    /// A noun that a date names («شارع», «place»).
    Named,
    /// A month of the Hijri calendar, 1 to 12.
    HijriMonth(u8),
    HijriEra,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the units")]
pub enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The meaning of a key; `None` when it has none. People and directions are indexed by `Lists`.
pub(super) fn word(list: ListName, key: &str) -> Option<Word> {
    match list {
        ListName::Numbers => number(key),
        ListName::Qualifiers => qualifier(key),
        ListName::Months => calendar(key, 12).map(|(number, is_ambiguous)| Word::Month { number, is_ambiguous }),
        ListName::Weekdays => calendar(key, 7).map(|(number, is_ambiguous)| Word::Weekday { number, is_ambiguous }),
        ListName::Times => time(key).map(Word::Time),
        ListName::Units => Some(if matches!(key, "money" | "percent") { Word::Money } else { Word::Measure }),
        ListName::NotPeople => Some(Word::Thing),
        ListName::Harm => harm(key),
        ListName::People | ListName::Directions => None,
    }
}

/// Kind and form of a key of `people.txt`.
pub(super) fn person(key: &str) -> Option<(&str, Form)> {
    Some(match key.split_once(':') {
        None => (key, Form::Many),
        Some((kind, "one")) => (kind, Form::One),
        Some((kind, "two")) => (kind, Form::Two),
        Some(_) => return None,
    })
}

/// Vague amounts as ranges. A word that names a unit starts at two of it (a dozen twice, a hundred twice) and ends
/// below the next unit; «several» and «some» are what a reader would not have counted otherwise.
fn vague(name: &str) -> Option<(u64, u64)> {
    Some(match name {
        "dozens" => (24, 99),
        "tens" => (20, 99),
        "scores" => (40, 99),
        "hundreds" => (200, 999),
        "thousands" => (2_000, 9_999),
        "millions" => (2_000_000, 9_999_999),
        "several" | "some" => (3, 9),
        _ => return None,
    })
}

fn number(key: &str) -> Option<Word> {
    Some(match key.split_once(':') {
        None if key == "dozen" => Word::Scale(12),
        None if key == "half_dozen" => Word::Cardinal(6),
        None if key == "half" => Word::Half,
        None if key == "one_before_tens" => Word::OneBeforeTens,
        None if key == "fraction" => Word::Fraction,
        None => Word::Cardinal(key.parse().ok()?),
        Some(("ord", day)) => Word::Ordinal(day.parse().ok().filter(|d| (1..=31).contains(d))?),
        Some(("about", value)) => Word::About(value.parse().ok()?),
        Some(("scale", value)) => Word::Scale(value.parse().ok()?),
        Some(("vague", name)) => vague(name).map(|(low, high)| Word::Vague(low, high))?,
        Some(_) => return None,
    })
}

fn qualifier(key: &str) -> Option<Word> {
    Some(Word::Qualifier(match key {
        "at_least" => Qualifier::AtLeast,
        "more_than" => Qualifier::MoreThan,
        "about" => Qualifier::About,
        "up_to" => Qualifier::UpTo,
        "less_than" => Qualifier::LessThan,
        "between" => Qualifier::Between,
        "rise" => return Some(Word::Rise),
        "range_to" => return Some(Word::RangeTo),
        "not_count" => return Some(Word::NotCount),
        _ => return None,
    }))
}

fn calendar(key: &str, highest: u8) -> Option<(u8, bool)> {
    let (number, is_ambiguous) = match key.split_once(':') {
        None => (key, false),
        Some((number, "ambiguous")) => (number, true),
        Some(_) => return None,
    };
    Some((number.parse().ok().filter(|n| (1..=highest).contains(n))?, is_ambiguous))
}

fn time(key: &str) -> Option<TimeWord> {
    use TimeWord as T;
    Some(match key {
        "today" => T::Today,
        "yesterday" => T::Yesterday,
        "last_night" => T::LastNight,
        "day_before_yesterday" => T::DayBeforeYesterday,
        "tomorrow" => T::Tomorrow,
        "this_week" => T::ThisWeek,
        "last_week" => T::LastWeek,
        "this_month" => T::ThisMonth,
        "last_month" => T::LastMonth,
        "this_year" => T::ThisYear,
        "last_year" => T::LastYear,
        "weekend" => T::Weekend,
        "last_weekend" => T::LastWeekend,
        "last" => T::Last,
        "this" => T::This,
        "next" => T::Next,
        "ago" => T::Ago,
        "earlier" => T::Earlier,
        "later" => T::Later,
        "next_day" => T::NextDay,
        "previous_day" => T::PreviousDay,
        "two_days_before" => T::TwoDaysBefore,
        "two_days_after" => T::TwoDaysAfter,
        "same_day" => T::SameDay,
        "end_of" => T::EndOf,
        "start_of" => T::StartOf,
        "middle_of" => T::MiddleOf,
        "part_of_day" => T::PartOfDay,
        "since" => T::Since,
        "until" => T::Until,
        "during" => T::During,
        "year" => T::Year,
        "year_cue" => T::YearCue,
        "month" => T::Month,
        "clock" => T::Clock,
        "named" => T::Named,
        "hijri" => T::HijriEra,
        _ => return hijri_month(key).or_else(|| unit(key)),
    })
}

fn hijri_month(key: &str) -> Option<TimeWord> {
    let month = key.strip_prefix("hijri:")?.parse().ok()?;
    (1..=12).contains(&month).then_some(TimeWord::HijriMonth(month))
}

fn unit(key: &str) -> Option<TimeWord> {
    let mut parts = key.strip_prefix("unit:")?.split(':');
    let unit = match parts.next()? {
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    match parts.next() {
        None => Some(TimeWord::Unit(unit, 1)),
        Some("2") => Some(TimeWord::Unit(unit, 2)),
        Some(_) => None,
    }
}

fn harm(key: &str) -> Option<Word> {
    let (name, form) = match key.split_once(':') {
        None => (key, HarmForm::Event),
        Some((name, "died")) => (name, HarmForm::Died),
        Some((name, "one")) => (name, HarmForm::One),
        Some((name, "two")) => (name, HarmForm::Two),
        Some((name, "many")) => (name, HarmForm::Many),
        Some((name, "weak")) => (name, HarmForm::Weak),
        Some((name, "toll")) => (name, HarmForm::Toll),
        Some((name, "attackers")) => (name, HarmForm::Attackers),
        Some(_) => return None,
    };
    let harm = match name {
        "killed" => Harm::Killed,
        "injured" => Harm::Injured,
        "abducted" => Harm::Abducted,
        "missing" => Harm::Missing,
        "displaced" => Harm::Displaced,
        "arrested" => Harm::Arrested,
        "both" => return Some(Word::Both),
        "part" => return Some(Word::Part),
        "of_them" => return Some(Word::OfThem),
        "joint" => return Some(Word::Joint),
        "sum" => return Some(Word::Sum),
        "negated" => return Some(Word::Negation),
        _ => return None,
    };
    Some(Word::Harm { harm, form })
}

//! The numbers of corroboration, in one place, in log-odds by rule of thumb: 1 is weak, 3 strong.
//!
//! Set by hand before looking at the pairs of the project's corpus and moved twice after it (`PLACE_WITHIN`, `NEAR`); the corpus
//! has 23 pairs, so they are judgements, not measurements. `docs/corroboration.md` tells what they score.

/// Two tellings are candidates for one event from this sum,
pub const ENOUGH: f32 = 4.0;
/// this much more when both recall the event rather than report it,
pub const BOTH_RECALLED: f32 = 1.5;
/// and no two tellings of one event may lie below this.
pub const LEAST: f32 = 1.0;

/// The same place, by the coarser UCDP precision (1 exact … 5 fuzzy area): a town says more than a province.
pub const PLACE_SAME: [f32; 8] = [0.0, 3.0, 2.6, 1.6, 0.9, 0.6, 0.0, 0.0];
/// Another place whose circle meets this one's, by the coarser precision.
pub const PLACE_WITHIN: [f32; 8] = [0.0, 1.2, 1.5, 0.9, 0.7, 0.4, 0.0, 0.0];
/// Places that are not located, or one of them, named by the same words.
pub const PLACE_NAMED: f32 = 1.5;
/// A village is where it is told to be, within its radius; ground of units reaches this many radii (standard deviations) out.
pub const UNIT_REACH: f64 = 2.5;
/// Metres around a first-level unit's middle within which its places are looked for.
pub const UNIT_SEARCH_M: f64 = 200_000.0;
/// Circles that meet across a border.
pub const OTHER_COUNTRY: f32 = -1.0;

/// The same day; days that overlap (the night from Monday to Tuesday); the same week; the same month.
pub const SAME_DAY: f32 = 3.0;
/// See [`SAME_DAY`].
pub const SAME_NIGHT: f32 = 2.5;
/// See [`SAME_DAY`].
pub const SAME_WEEK: f32 = 1.2;
/// See [`SAME_DAY`].
pub const SAME_MONTH: f32 = 0.5;
/// Days apart that «yesterday» or the day of publication may be wrong by,
pub const SOFT_DAYS: i32 = 1;
/// and what that costs.
pub const SOFT_DAY: f32 = -0.5;
/// News without a day is told within so many days of it.
pub const NEWS_DAYS: i32 = 14;
/// The day of one lies in the news days of the other,
pub const NEWS: f32 = 0.5;
/// or before them;
pub const OLD_NEWS: f32 = -1.0;
/// news is not told more than this many days after.
pub const STALE_DAYS: i32 = 45;

/// The same sub-type, the same type, types that one event is often told as.
pub const SAME_SUB_TYPE: f32 = 1.0;
/// See [`SAME_SUB_TYPE`].
pub const SAME_TYPE: f32 = 0.5;
/// See [`SAME_SUB_TYPE`].
pub const KINDRED_TYPE: f32 = 0.0;
/// Types that one event is seldom told as, and weapons that are seldom mistaken.
pub const ODD_TYPE: f32 = -1.0;
/// See [`ODD_TYPE`].
pub const OTHER_WEAPON: f32 = -2.5;

/// What an agreeing figure n says: `TOLL_FIRST + TOLL_GROWTH × ln n`, at most [`TOLL_MOST`]. Half of all attacks kill one or two, one
/// in a hundred kills fifty.
pub const TOLL_FIRST: f32 = 0.3;
/// See [`TOLL_FIRST`].
pub const TOLL_GROWTH: f32 = 0.9;
/// See [`TOLL_FIRST`].
pub const TOLL_MOST: f32 = 4.0;
/// The part of it for figures that are near (the smaller at least this part of the larger), or a group's of the other;
pub const NEAR: f64 = 0.75;
/// see [`NEAR`].
pub const NEAR_SHARE: f32 = 0.6;
/// for figures that may be two counts of one event,
pub const RIVAL: f64 = 0.5;
/// see [`RIVAL`].
pub const RIVAL_SHARE: f32 = 0.2;
/// and for a range («several») that holds the other.
pub const VAGUE_SHARE: f32 = 0.1;
/// A range whose upper end is more than so many times its lower one is vague.
pub const VAGUE: u32 = 2;
/// Figures farther apart than [`RIVAL`] are two events when they differ by so many dead;
pub const APART: u32 = 3;
/// less, or when the wounded agree, they cost this.
pub const FIGURES_APART: f32 = -1.0;
/// What the wounded and kidnapped say as a part of what the dead say: they are counted less well.
pub const WOUNDED_SHARE: f32 = 0.8;
/// Wounded or kidnapped whose figures are apart.
pub const WOUNDED_APART: f32 = -0.3;
/// A figure that says so much tells an event from others without a day.
pub const TELLING_FIGURE: f32 = 1.2;
/// Smallest figure that is looked up by itself.
pub const TELLING_COUNT: u32 = 3;

/// Each armed actor that both name, and most for all.
pub const ACTOR: f32 = 0.5;
/// See [`ACTOR`].
pub const ACTORS_MOST: f32 = 1.0;

/// A denial belongs to an event at its place on days that overlap; with neither day known it belongs to none.
pub const DENIED_DAYS: i32 = 1;

//! When something is looked at; pure functions of what is noted and the time.

use jiff::{SignedDuration, Timestamp};

use crate::store::WatchRow;

use super::FOLDER;

/// A folder of one's own is looked at this often, or as often as all the rest if that is more often: listing it asks nobody.
const FOLDERS_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// How often something is looked at while all goes well.
pub(super) fn interval(row: &WatchRow, every: SignedDuration) -> SignedDuration {
    if row.kind == FOLDER { every.min(FOLDERS_EVERY) } else { every }
}

/// When something is looked at next; `None`: now.
fn at(row: &WatchRow, every: SignedDuration) -> Option<Timestamp> {
    let noted: Timestamp = row.next_try.as_deref()?.parse().ok()?;
    if row.failures > 0 {
        return Some(noted);
    }
    // Asked to look more often than before, one need not wait for what was noted then.
    let tried: Timestamp = row.last_tried.as_deref()?.parse().ok()?;
    let at = tried.checked_add(interval(row, every)).map_or(noted, |at| at.min(noted));
    // A call every quarter of an hour that begins some seconds early shall not find everything undue.
    Some(at.checked_sub(interval(row, every) / 10).unwrap_or(at))
}

/// What is to be looked at now, the longest due first.
pub fn due(rows: Vec<WatchRow>, now: Timestamp, every: SignedDuration) -> Vec<WatchRow> {
    let mut due: Vec<WatchRow> = rows.into_iter().filter(|row| at(row, every).is_none_or(|at| at <= now)).collect();
    due.sort_by_cached_key(|row| (at(row, every), row.address.clone()));
    due
}

/// How long nothing is due.
pub fn next_due(rows: &[WatchRow], now: Timestamp, every: SignedDuration) -> SignedDuration {
    let waits = rows.iter().map(|row| at(row, every).map_or(SignedDuration::ZERO, |at| at.duration_since(now)));
    waits.min().unwrap_or(every).max(SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_is_told_by_notes_and_time_alone() {
        let row = |address: &str, kind: &str, failures: u32, tried: Option<&str>, next: Option<&str>| WatchRow {
            address: address.to_owned(),
            kind: kind.to_owned(),
            failures,
            last_tried: tried.map(|t| format!("2026-11-22T{t}Z")),
            next_try: next.map(|t| format!("2026-11-22T{t}Z")),
            ..WatchRow::default()
        };
        let rows = vec![
            row("new", "", 0, None, None),
            row("well", "feed", 0, Some("12:00:00"), Some("12:15:00")),
            row("failed", "feed", 1, Some("12:00:00"), Some("12:30:00")),
            row("folder", FOLDER, 0, Some("12:00:00"), Some("12:00:10")),
            row("slower before", "feed", 0, Some("12:00:00"), Some("23:00:00")),
            row("damaged", "feed", 1, Some("12:00:00"), Some("soon")),
        ];
        let every = SignedDuration::from_mins(15);
        let due_at = |time: &str| {
            let now = format!("2026-11-22T{time}Z").parse().unwrap();
            due(rows.clone(), now, every).into_iter().map(|row| row.address).collect::<Vec<_>>()
        };
        assert_eq!(due_at("12:00:01"), ["damaged", "new"]);
        assert_eq!(due_at("12:00:09"), ["damaged", "new", "folder"]);
        assert_eq!(due_at("12:13:29"), ["damaged", "new", "folder"]);
        assert_eq!(due_at("12:14:00"), ["damaged", "new", "folder", "slower before", "well"]);
        assert_eq!(due_at("12:29:59").len(), 5);
        assert_eq!(due_at("12:30:00").len(), 6);
        let wait = |rows: &[WatchRow]| next_due(rows, "2026-11-22T12:10:00Z".parse().unwrap(), every).as_secs();
        assert_eq!([wait(&rows), wait(&rows[1..3]), wait(&rows[2..3]), wait(&[])], [0, 210, 1200, 900]);
    }
}

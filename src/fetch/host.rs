//! How often a host is asked: pauses, what it asks for itself, and how long one waits after failures. Pure functions of a time that is given.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::robots::Robots;

/// The longest that is waited after failures, and the longest that a host is obeyed who asks for more.
const MOST: SignedDuration = SignedDuration::from_hours(24);
/// Twelve doublings of the shortest interval are more than [`MOST`].
const MOST_DOUBLINGS: u32 = 12;
/// A pause that a host asks for between requests (`Crawl-delay`) is kept up to here; who asks for more is asked less often anyway.
const MOST_PAUSE: Duration = Duration::from_mins(1);
/// How long what a host says about robots is believed (RFC 9309, 2.4).
const ROBOTS_KEPT: Duration = Duration::from_hours(24);

/// When something is tried next that is looked at `every` so often and has failed `failures` times in a row: twice as late after each
/// failure, at most a day, and never before the host said.
pub fn next_try(now: Timestamp, every: SignedDuration, failures: u32, asked: Option<SignedDuration>) -> Timestamp {
    let factor = 1_i32 << failures.min(MOST_DOUBLINGS);
    let backed_off = if failures == 0 { every } else { every.checked_mul(factor).unwrap_or(MOST).min(MOST.max(every)) };
    let wait = asked.map_or(backed_off, |asked| asked.min(MOST).max(backed_off));
    now.checked_add(wait).unwrap_or(now)
}

/// What `Retry-After` says: seconds, or a day and time.
pub fn asked_to_wait(header: &str, now: Timestamp) -> Option<SignedDuration> {
    let header = header.trim();
    let wait = if let Ok(seconds) = header.parse::<u32>() {
        SignedDuration::from_secs(seconds.into())
    } else {
        let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(header).ok()?;
        at.duration_since(now)
    };
    wait.is_positive().then_some(wait.min(MOST))
}

/// What is known of a host.
#[derive(Debug, Default)]
pub(super) struct Host {
    /// When it was last done with a request.
    last: Option<Instant>,
    /// It asked to be left alone until then.
    quiet_until: Option<Instant>,
    robots: Option<(Robots, Instant)>,
}

impl Host {
    /// How long to wait before it is asked again.
    pub(super) fn pause(&self, now: Instant, pause: Duration) -> Duration {
        let asked = self.robots.as_ref().and_then(|(robots, _)| robots.pause()).unwrap_or_default();
        let pause = pause.max(asked.min(MOST_PAUSE));
        self.last.map_or(Duration::ZERO, |last| (last + pause).saturating_duration_since(now))
    }

    /// How long it wants to be left alone.
    pub(super) fn quiet(&self, now: Instant) -> Option<Duration> {
        self.quiet_until.map(|until| until.saturating_duration_since(now)).filter(|left| !left.is_zero())
    }

    pub(super) fn was_asked(&mut self, now: Instant) {
        self.last = Some(now);
    }

    pub(super) fn be_quiet(&mut self, now: Instant, wait: Duration) {
        self.quiet_until = now.checked_add(wait);
    }

    /// What it says about robots, unless that is old.
    pub(super) fn robots(&self, now: Instant) -> Option<&Robots> {
        self.robots.as_ref().filter(|(_, at)| now.saturating_duration_since(*at) < ROBOTS_KEPT).map(|(robots, _)| robots)
    }

    pub(super) fn set_robots(&mut self, robots: Robots, now: Instant) {
        self.robots = Some((robots, now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: SignedDuration = SignedDuration::from_mins(15);

    #[test]
    fn each_failure_doubles_the_wait_up_to_a_day() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let wait = |failures: u32, asked: Option<i64>| {
            next_try(now, QUARTER, failures, asked.map(SignedDuration::from_secs)).duration_since(now).as_mins()
        };
        assert_eq!([wait(0, None), wait(1, None), wait(2, None), wait(3, None)], [15, 30, 60, 120]);
        assert_eq!([wait(7, None), wait(40, None), wait(u32::MAX, None)], [1440, 1440, 1440]);
        // The host's word counts when it is longer, up to a day.
        assert_eq!([wait(1, Some(60)), wait(1, Some(7200)), wait(1, Some(999_999_999))], [30, 120, 1440]);
        assert_eq!(next_try(now, SignedDuration::from_hours(48), 3, None).duration_since(now).as_hours(), 48);
        assert_eq!(next_try(now, SignedDuration::MAX, 3, None).duration_since(now).as_hours(), 24);
    }

    #[test]
    fn a_host_says_when_in_seconds_or_as_a_time() {
        let now: Timestamp = "2015-10-21T07:27:00Z".parse().unwrap();
        let wait = |header: &str| asked_to_wait(header, now).map(|d| d.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(60));
        assert_eq!([wait("Wed, 21 Oct 2015 07:26:00 GMT"), wait("soon"), wait("-5"), wait("0"), wait("")], [None; 5]);
        assert_eq!(wait("4000000000"), Some(86_400));
    }

    #[test]
    fn a_host_is_left_in_peace_between_requests() {
        let (mut host, begin, second) = (Host::default(), Instant::now(), Duration::from_secs(1));
        assert_eq!(host.pause(begin, 2 * second), Duration::ZERO);
        host.was_asked(begin);
        assert_eq!(host.pause(begin + second / 2, 2 * second), second * 3 / 2);
        assert_eq!(host.pause(begin + 3 * second, 2 * second), Duration::ZERO);
        host.set_robots(Robots::read(b"User-agent: *\nCrawl-delay: 10"), begin);
        assert_eq!(host.pause(begin + second, 2 * second), 9 * second);
        host.set_robots(Robots::read(b"User-agent: *\nCrawl-delay: 86400"), begin);
        assert_eq!(host.pause(begin, 2 * second), MOST_PAUSE);
        assert!(host.robots(begin + ROBOTS_KEPT).is_none() && host.robots(begin).is_some());
        host.be_quiet(begin, 60 * second);
        assert_eq!((host.quiet(begin + second), host.quiet(begin + 60 * second)), (Some(59 * second), None));
    }
}

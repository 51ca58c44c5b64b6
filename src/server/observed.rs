//! What is counted of requests, and told as Prometheus reads it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the durations that are told apart, seconds.
const BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 30.0];

/// Why a request was refused before its handler saw it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Refusal {
    Token,
    Role,
    Origin,
    Rate,
    Busy,
    Late,
}

impl Refusal {
    const NAMES: [&str; 6] = ["token", "role", "origin", "rate", "busy", "late"];
}

/// Counts since the server began.
#[derive(Debug, Default)]
pub(super) struct Observed {
    routes: Mutex<BTreeMap<String, Route>>,
    refused: [AtomicU64; Refusal::NAMES.len()],
    in_flight: AtomicI64,
    connections: AtomicI64,
}

#[derive(Debug, Default)]
struct Route {
    /// By the first digit of the status, from 1.
    classes: [u64; 5],
    /// By bound; what took longer than the last is counted in `classes` alone.
    within: [u64; BOUNDS.len()],
    seconds: f64,
}

impl Observed {
    pub(super) fn refuse(&self, why: Refusal) {
        if let Some(count) = self.refused.get(why as usize) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn connected(&self, change: i64) {
        self.connections.fetch_add(change, Ordering::Relaxed);
    }

    /// Counts a request as begun until what is given back is dropped.
    pub(super) fn begin(&self) -> impl Drop + '_ {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self)
    }

    pub(super) fn answered(&self, route: &str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        if !routes.contains_key(route) {
            routes.insert(route.to_owned(), Route::default());
        }
        let Some(known) = routes.get_mut(route) else { return };
        if let Some(count) = known.classes.get_mut(usize::from(status / 100).saturating_sub(1)) {
            *count += 1;
        }
        let seconds = took.as_secs_f64();
        known.seconds += seconds;
        for (_, count) in BOUNDS.iter().zip(&mut known.within).filter(|(bound, _)| seconds <= **bound) {
            *count += 1;
        }
    }

    /// The counts in the text format of Prometheus.
    pub(super) fn told(&self) -> String {
        let mut out = String::new();
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        headed(&mut out, "dalil_requests_total", "counter", "requests answered, by route and class of status");
        for (name, route) in routes.iter() {
            for (class, count) in (1..).zip(route.classes).filter(|(_, count)| *count > 0) {
                line(&mut out, &format!("dalil_requests_total{{route=\"{name}\",status=\"{class}xx\"}} {count}"));
            }
        }
        headed(&mut out, "dalil_request_duration_seconds", "histogram", "time until an answer begins");
        for (name, route) in routes.iter() {
            let all: u64 = route.classes.iter().sum();
            for (bound, count) in BOUNDS.iter().zip(route.within) {
                line(&mut out, &format!("dalil_request_duration_seconds_bucket{{route=\"{name}\",le=\"{bound}\"}} {count}"));
            }
            line(&mut out, &format!("dalil_request_duration_seconds_bucket{{route=\"{name}\",le=\"+Inf\"}} {all}"));
            line(&mut out, &format!("dalil_request_duration_seconds_sum{{route=\"{name}\"}} {}", route.seconds));
            line(&mut out, &format!("dalil_request_duration_seconds_count{{route=\"{name}\"}} {all}"));
        }
        drop(routes);
        headed(&mut out, "dalil_refused_total", "counter", "requests refused before they were looked into, by reason");
        for (name, count) in Refusal::NAMES.iter().zip(&self.refused) {
            line(&mut out, &format!("dalil_refused_total{{reason=\"{name}\"}} {}", count.load(Ordering::Relaxed)));
        }
        gauge(&mut out, "dalil_requests_in_flight", "requests whose answer has not begun", self.in_flight.load(Ordering::Relaxed));
        gauge(&mut out, "dalil_connections", "open connections", self.connections.load(Ordering::Relaxed));
        out
    }
}

/// Tells one number that goes up and down.
pub(super) fn gauge(out: &mut String, name: &str, says: &str, value: impl std::fmt::Display) {
    headed(out, name, "gauge", says);
    line(out, &format!("{name} {value}"));
}

pub(super) fn headed(out: &mut String, name: &str, kind: &str, says: &str) {
    line(out, &format!("# HELP {name} {says}\n# TYPE {name} {kind}"));
}

pub(super) fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}

struct InFlight<'a>(&'a Observed);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_told_by_route_class_and_duration() {
        let observed = Observed::default();
        observed.answered("/api", 200, Duration::from_millis(3));
        observed.answered("/api", 404, Duration::from_mins(1));
        observed.refuse(Refusal::Late);
        let _begun = observed.begin();
        let told = observed.told();
        for line in [
            "dalil_requests_total{route=\"/api\",status=\"2xx\"} 1",
            "dalil_requests_total{route=\"/api\",status=\"4xx\"} 1",
            "dalil_request_duration_seconds_bucket{route=\"/api\",le=\"0.0025\"} 0",
            "dalil_request_duration_seconds_bucket{route=\"/api\",le=\"0.005\"} 1",
            "dalil_request_duration_seconds_bucket{route=\"/api\",le=\"30\"} 1",
            "dalil_request_duration_seconds_bucket{route=\"/api\",le=\"+Inf\"} 2",
            "dalil_request_duration_seconds_sum{route=\"/api\"} 60.003",
            "dalil_request_duration_seconds_count{route=\"/api\"} 2",
            "dalil_refused_total{reason=\"late\"} 1",
            "dalil_refused_total{reason=\"token\"} 0",
            "dalil_requests_in_flight 1",
        ] {
            assert!(told.lines().any(|l| l == line), "{line}\n{told}");
        }
    }
}

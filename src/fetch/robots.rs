//! What a host lets programs ask (RFC 9309), and how slowly.

use std::time::Duration;

/// By which name rules may be meant for us.
const OUR_NAME: &str = "dalil";
/// More than this of a file is not looked at (RFC 9309, 2.5).
pub(super) const MAX_BYTES: usize = 500 * 1024;

/// The rules of a host that concern us.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    pause: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    pattern: Vec<u8>,
    allows: bool,
}

/// The lines that stand under one or several names.
#[derive(Default)]
struct Group {
    is_ours: bool,
    is_all: bool,
    has_rules: bool,
    robots: Robots,
}

impl Robots {
    /// Of a host that must not be asked for anything, since nobody knows its rules now.
    pub fn none_allowed() -> Robots {
        Robots { rules: vec![Rule { pattern: b"/".to_vec(), allows: false }], pause: None }
    }

    /// Reads a file; what is no rule is passed over.
    pub fn read(file: &[u8]) -> Robots {
        let file = String::from_utf8_lossy(file.get(..MAX_BYTES).unwrap_or(file));
        let mut groups: Vec<Group> = Vec::new();
        for line in file.trim_start_matches('\u{FEFF}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if groups.last().is_none_or(|group| group.has_rules) {
                    groups.push(Group::default());
                }
                if let Some(group) = groups.last_mut() {
                    group.is_ours |= product(value).eq_ignore_ascii_case(OUR_NAME);
                    group.is_all |= value == "*";
                }
                continue;
            }
            let Some(group) = groups.last_mut() else { continue };
            match key.as_str() {
                "allow" | "disallow" => {
                    group.has_rules = true;
                    // An empty rule forbids nothing.
                    if !value.is_empty() {
                        group.robots.rules.push(Rule { pattern: normal(value.as_bytes()), allows: key == "allow" });
                    }
                }
                "crawl-delay" => {
                    group.has_rules = true;
                    let seconds = value.parse::<f64>().ok().filter(|s| *s > 0.0);
                    group.robots.pause = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok());
                }
                _ => {}
            }
        }
        let has_own = groups.iter().any(|group| group.is_ours);
        let mut robots = Robots::default();
        for group in groups.into_iter().filter(|group| if has_own { group.is_ours } else { group.is_all }) {
            robots.rules.extend(group.robots.rules);
            robots.pause = robots.pause.max(group.robots.pause);
        }
        robots
    }

    /// Whether a path with its query may be asked for: the longest rule that fits decides, of equals the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path.as_bytes());
        if path == b"/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }

    /// The pause between requests that it asks for; not in the standard, but widely written.
    pub(super) fn pause(&self) -> Option<Duration> {
        self.pause
    }
}

/// The name of a program, without its version.
fn product(value: &str) -> &str {
    value.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default()
}

/// The one way to write a path: plain letters as they are, all others as `%D8`.
fn normal(path: &[u8]) -> Vec<u8> {
    let hex = |at: usize| path.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(path.len());
    let mut at = 0;
    while let Some(byte) = path.get(at) {
        let escaped = if *byte == b'%' { hex(at + 1).zip(hex(at + 2)).map(|(high, low)| (high * 16 + low) as u8) } else { None };
        at += if escaped.is_some() { 3 } else { 1 };
        match escaped {
            Some(inner) if inner.is_ascii_alphanumeric() || b"-._~".contains(&inner) => out.push(inner),
            Some(inner) => out.extend(format!("%{inner:02X}").bytes()),
            None if byte.is_ascii_graphic() => out.push(*byte),
            None => out.extend(format!("%{byte:02X}").bytes()),
        }
    }
    out
}

/// Whether a path begins as a pattern says; `*` is anything, `$` at the end is the end.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = pattern.strip_suffix(b"$").map_or((pattern, false), |pattern| (pattern, true));
    let mut parts: Vec<&[u8]> = pattern.split(|b| *b == b'*').collect();
    let Some(mut rest) = parts.first().and_then(|first| path.strip_prefix(*first)) else { return false };
    let last = if to_end && parts.len() > 1 { parts.pop() } else { None };
    // Each part where it comes first leaves the most for those after it.
    for part in parts.get(1..).unwrap_or_default().iter().filter(|part| !part.is_empty()) {
        let Some(found) = memchr::memmem::find(rest, part) else { return false };
        rest = rest.get(found + part.len()..).unwrap_or_default();
    }
    match last {
        Some(last) => rest.ends_with(last),
        None => !to_end || rest.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides_and_of_equals_the_friendly_one() {
        let robots = Robots::read(b"User-agent: *\nDisallow: /a\nAllow: /a/feed\nDisallow: /*.pdf$\nAllow: /same\nDisallow: /same\n");
        let allowed = ["/", "/b", "/a/feed", "/a/feed/x", "/x.pdf?y", "/same", "/robots.txt"];
        let refused = ["/a", "/a/b", "/abc", "/x.pdf", "/d/x.pdf"];
        assert!(allowed.iter().all(|path| robots.allows(path)));
        assert!(refused.iter().all(|path| !robots.allows(path)));
    }

    #[test]
    fn rules_for_us_are_all_that_counts() {
        let file = b"user-agent: other\nDisallow: /\n\nUser-Agent: first\nuser-agent: Dalil/0.1 # us\nCrawl-delay: 2.5\nDisallow: /x\n\n\
                     User-agent: *\nDisallow: /\nUser-agent: dalil\nDisallow: /y";
        let robots = Robots::read(file);
        assert!(robots.allows("/") && robots.allows("/z") && !robots.allows("/x") && !robots.allows("/y"));
        assert_eq!(robots.pause(), Some(Duration::from_millis(2500)));
        assert!(!Robots::read(b"User-agent: *\nDisallow: /").allows("/feed"));
        assert!(Robots::read(b"User-agent: *\nDisallow:").allows("/feed"));
        assert!(Robots::read(b"<html>not found</html>").allows("/feed"));
        assert!(Robots::read(b"Disallow: /").allows("/feed"), "a rule for nobody");
        assert!(!Robots::none_allowed().allows("/feed") && Robots::default().allows("/feed"));
    }

    #[test]
    fn a_path_is_the_same_however_it_is_escaped() {
        let robots = Robots::read("User-agent: *\nDisallow: /أخبار\nDisallow: /%7euser\nDisallow: /a*b*c$".as_bytes());
        assert!(!robots.allows("/%d8%a3%D8%AE%D8%A8%D8%A7%D8%B1/1") && !robots.allows("/~user") && !robots.allows("/%7Euser"));
        assert!(!robots.allows("/axbxc") && !robots.allows("/abcbc") && robots.allows("/abcd") && robots.allows("/acb"));
        // Crossing stars cost no time.
        let many = Robots::read(format!("User-agent: *\nDisallow: /{}$", "*a".repeat(2_000)).as_bytes());
        assert!(many.allows(&format!("/{}", "a".repeat(1_999))));
    }
}

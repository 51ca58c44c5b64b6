use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use dalil::fetch::Private;

use super::host::{Host, counter, send};
use super::{CONTACT, Follower, at, manners, record, wait};

#[test]
fn what_did_not_change_is_not_sent_again_and_what_was_read_is_not_read_again() {
    let (version, count) = counter();
    let host = Host::new(move |asked, _, out| {
        let version = version.load(Ordering::Relaxed);
        let tag = format!("\"v{version}\"");
        if asked.header("if-none-match") == Some(&tag) {
            return send(out, "304 Not Modified", &format!("etag: {tag}\r\n"), b"");
        }
        let body: String = (0..=version as u32).map(|n| record(&format!("r{n}"), n + 3)).collect();
        send(out, "200 OK", &format!("etag: {tag}\r\nlast-modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n"), body.as_bytes())
    });
    let feed = host.url("/feed.jsonl");
    let mut follower = Follower::new(manners(), std::slice::from_ref(&feed));
    let first = follower.pass();
    assert_eq!((first.seen, first.failed, first.read), (1, 0, 1));
    let asked = host.last();
    let agent = asked.header("user-agent").unwrap();
    assert!(agent.starts_with("dalil/") && agent.contains(CONTACT), "{agent}");
    assert_eq!((asked.header("if-none-match"), asked.header("if-modified-since")), (None, None));
    // Nothing is due, and nobody is asked.
    wait(5);
    assert_eq!(follower.pass().seen, 0);
    wait(10);
    assert_eq!((follower.pass().seen, host.paths().len()), (1, 3));
    let asked = host.last();
    assert_eq!(asked.header("if-none-match"), Some("\"v0\""));
    assert_eq!(asked.header("if-modified-since"), Some("Wed, 21 Oct 2015 07:28:00 GMT"));
    count.store(1, Ordering::Relaxed);
    wait(15);
    assert_eq!(follower.pass().read, 1);
    let row = follower.row(&feed);
    assert_eq!((row.read, row.failures, row.last_error, row.kind.as_str()), (2, 0, None, "json_lines"));
    assert_eq!((row.last_success.as_deref(), row.next_try.as_deref()), (Some("2026-11-22T12:30:00Z"), Some("2026-11-22T12:45:00Z")));
    assert!(follower.has("r0") && follower.has("r1"));
    // The rules for robots were asked for once.
    assert_eq!(host.paths(), ["/robots.txt", "/feed.jsonl", "/feed.jsonl", "/feed.jsonl"]);
    let incident = follower.store.incident_features().unwrap();
    assert!(incident.len() >= 2, "{incident:?}");
}

#[test]
fn a_host_is_asked_for_one_thing_at_a_time_with_a_pause() {
    let host = Host::new(|asked, _, out| {
        std::thread::sleep(Duration::from_millis(50));
        send(out, "200 OK", "", record(&asked.path, 4).as_bytes())
    });
    let feeds: Vec<String> = (0..5).map(|n| host.url(&format!("/{n}.jsonl"))).collect();
    let pause = Duration::from_millis(150);
    let mut follower = Follower::new(dalil::fetch::Manners { pause, ..manners() }, &feeds);
    assert_eq!(follower.pass().read, 5);
    let asked = host.asked.lock().unwrap();
    assert_eq!(asked.len(), 6);
    for pair in asked.windows(2) {
        let between = pair[1].begun.saturating_duration_since(pair[0].ended);
        // The answer is here a moment before its sender notes so.
        assert!(between + Duration::from_millis(20) >= pause, "{between:?}");
    }
}

#[test]
fn robots_are_told_by_the_host_what_they_may_ask() {
    let host = |robots: &'static str, status: &'static str| {
        Host::at(
            "127.0.0.1",
            Arc::new(move |asked: &super::host::Asked, _: usize, out: &mut std::net::TcpStream| {
                let is_robots = asked.path == "/robots.txt";
                send(
                    out,
                    if is_robots { status } else { "200 OK" },
                    "",
                    if is_robots { robots.into() } else { record(&asked.path, 3) }.as_bytes(),
                )
            }),
        )
    };
    let forbids = host("User-agent: *\nAllow: /\nUser-agent: dalil\nDisallow: /private\n", "200 OK");
    let broken = host("", "500 Internal Server Error");
    let none = host("", "410 Gone");
    let feeds = [forbids.url("/private/a.jsonl"), forbids.url("/b.jsonl"), broken.url("/c.jsonl"), none.url("/d.jsonl")];
    let mut follower = Follower::new(manners(), &feeds);
    let pass = follower.pass();
    assert_eq!((pass.seen, pass.failed, pass.read), (4, 2, 2));
    let error = |feed: &String| follower.row(feed).last_error.unwrap_or_default();
    assert!(error(&feeds[0]).contains("robots.txt does not let programs ask for /private/a.jsonl"), "{}", error(&feeds[0]));
    assert!(error(&feeds[2]).contains("answered 500") && error(&feeds[2]).contains("robots.txt"), "{}", error(&feeds[2]));
    assert_eq!(forbids.paths(), ["/robots.txt", "/b.jsonl"]);
    assert_eq!(broken.paths(), ["/robots.txt"]);
}

#[test]
fn who_asks_for_rest_gets_it() {
    let busy = Host::new(|_, _, out| send(out, "429 Too Many Requests", "retry-after: 7200\r\n", b""));
    let feeds = [busy.url("/a.jsonl"), busy.url("/b.jsonl")];
    let mut follower = Follower::new(manners(), &feeds);
    assert_eq!(follower.pass().failed, 2);
    // The second is of the same host, and was not even asked for.
    assert_eq!(busy.paths(), ["/robots.txt", "/a.jsonl"]);
    let rows = feeds.clone().map(|feed| follower.row(&feed));
    assert_eq!(rows[0].last_error.as_deref(), Some("answered 429 Too Many Requests"));
    assert!(rows[1].last_error.as_deref().unwrap().contains("asked to be left alone"), "{rows:?}");
    assert_eq!(rows[0].next_try.as_deref(), Some(at(7200).to_string().as_str()));
    assert!(rows[1].next_try > Some(at(7100).to_string()), "{rows:?}");
    wait(119);
    assert_eq!(follower.pass().seen, 0);
}

#[test]
fn failures_are_waited_for_longer_and_longer_and_forgotten_after_a_success() {
    let host = Host::new(|_, before, out| match before {
        0..=2 => send(out, "503 Service Unavailable", "", b""),
        _ => send(out, "200 OK", "", record("r", 3).as_bytes()),
    });
    let feed = host.url("/a.jsonl");
    let mut follower = Follower::new(manners(), std::slice::from_ref(&feed));
    let mut told = String::new();
    for _ in 0..4 {
        follower.pass();
        let row = follower.row(&feed);
        let next: jiff::Timestamp = row.next_try.as_deref().unwrap().parse().unwrap();
        let minutes = next.duration_since(row.last_tried.as_deref().unwrap().parse().unwrap()).as_mins();
        write!(told, "{} {minutes} {}; ", row.failures, row.last_error.unwrap_or_default()).unwrap();
        wait(minutes - 1);
        assert_eq!(follower.pass().seen, usize::from(row.failures == 0));
        wait(1);
    }
    let unavailable = "answered 503 Service Unavailable";
    assert_eq!(told, format!("1 30 {unavailable}; 2 60 {unavailable}; 3 120 {unavailable}; 0 15 ; "));
}

#[test]
fn addresses_are_checked_where_the_name_leads_and_after_each_redirect() {
    let inner = Host::new(|_, _, out| send(out, "200 OK", "", record("secret", 3).as_bytes()));
    let target = inner.url("/a.jsonl");
    // Nothing of this machine may be asked, however it is written.
    let port = target.rsplit(':').next().unwrap().to_owned();
    let written = [
        target.clone(),
        format!("http://localhost:{port}"),
        format!("http://[::ffff:127.0.0.1]:{port}"),
        format!("http://2130706433:{port}"),
    ];
    let mut follower = Follower::new(dalil::fetch::Manners { private: Private::Refused, ..manners() }, &written);
    let pass = follower.pass();
    assert_eq!((pass.failed, pass.read), (pass.seen, 0));
    for row in follower.store.watches().unwrap() {
        assert!(row.last_error.as_deref().unwrap().contains("not open to all"), "{row:?}");
    }
    // A host that may be asked leads to one that may not.
    let outer_target = target.clone();
    let outer = Host::at(
        "127.0.0.2",
        Arc::new(move |asked: &super::host::Asked, _: usize, out: &mut std::net::TcpStream| match asked.path.as_str() {
            "/in" => send(out, "302 Found", &format!("location: {outer_target}\r\n"), b""),
            "/file" => send(out, "301 Moved Permanently", "location: file:///etc/passwd\r\n", b""),
            "/loop" => send(out, "307 Temporary Redirect", "location: /loop\r\n", b""),
            "/nowhere" => send(out, "302 Found", "", b""),
            "/moved" => send(out, "308 Permanent Redirect", "location: /here.jsonl\r\n", b""),
            "/here.jsonl" => send(out, "200 OK", "", record("moved", 3).as_bytes()),
            _ => send(out, "404 Not Found", "", b""),
        }),
    );
    let feeds = ["/in", "/file", "/loop", "/nowhere", "/moved"].map(|path| outer.url(path));
    let only = Private::Only(vec!["127.0.0.2".parse().unwrap()]);
    let mut follower = Follower::new(dalil::fetch::Manners { private: only, ..manners() }, &feeds);
    let pass = follower.pass();
    assert_eq!((pass.seen, pass.failed, pass.read), (5, 4, 1));
    let error = |at: usize| follower.row(&feeds[at]).last_error.unwrap_or_default();
    assert!(error(0).contains("127.0.0.1 is of this machine"), "{}", error(0));
    assert!(error(1).contains("the scheme «file»"), "{}", error(1));
    assert!(error(2).contains("redirected more than 5 times"), "{}", error(2));
    assert!(error(3).contains("without saying where"), "{}", error(3));
    assert!(follower.has("moved") && !follower.has("secret"));
    assert_eq!(inner.paths(), Vec::<String>::new());
    assert_eq!(outer.paths().iter().filter(|path| *path == "/loop").count(), 6);
}

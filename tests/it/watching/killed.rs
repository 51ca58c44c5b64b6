//! `dalil watch` is killed while it reads: called again it goes on, with nothing twice and nothing lost.

use std::path::Path;
use std::process::{Command, Stdio};

use dalil::store::{Collection, Store};

use super::host::{Host, send};
use super::{CONTACT, record};
use crate::killed::killed_on_the_way;

const REPORTS: u32 = 400;
const KILLS: u32 = 4;

fn watch(store: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dalil"));
    command.args(["watch", "--once", "--allow-private", "--contact", CONTACT, "--store", store.to_str().unwrap()]).args(more);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn incidents(store: &Path) -> Vec<String> {
    crate::kept::published(&Store::open(store).unwrap(), Collection::Incidents)
}

#[test]
fn killed_in_the_middle_it_goes_on_with_nothing_twice_and_nothing_lost() {
    let body: String = (0..REPORTS).map(|n| record(&format!("r{n}"), n)).collect();
    let host = Host::new(move |asked, _, out| {
        if asked.header("if-none-match") == Some("\"one\"") {
            return send(out, "304 Not Modified", "", b"");
        }
        send(out, "200 OK", "etag: \"one\"\r\n", body.as_bytes())
    });
    let feed = host.url("/feed.jsonl");
    let folder = tempfile::tempdir().unwrap();
    let (whole, broken) = (folder.path().join("whole"), folder.path().join("broken"));
    assert!(watch(&whole, &[&feed]).status().unwrap().success());
    let mut counts = vec![0];
    for _ in 0..KILLS {
        let child = watch(&broken, &[&feed]).spawn().unwrap();
        counts.push(killed_on_the_way(child, &broken, counts.iter().copied().max().unwrap_or_default()));
    }
    assert!(counts[1] < REPORTS as usize, "never killed before the end: {counts:?}");
    // Without an address: what the store follows is followed.
    let status = watch(&broken, &[]).status().unwrap();
    assert!(status.success(), "{status:?} after {counts:?}");
    let store = Store::open(&broken).unwrap();
    assert_eq!(store.report_count().unwrap(), REPORTS as usize, "after {counts:?}");
    assert_eq!(incidents(&broken), incidents(&whole), "after {counts:?}");
    let row = store.watches().unwrap().pop().unwrap();
    assert_eq!((row.failures, row.last_error), (0, None));
}

#[test]
fn what_is_followed_is_listed_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let (store, news) = (folder.path().join("store"), folder.path().join("news"));
    std::fs::create_dir(&news).unwrap();
    std::fs::write(news.join("a.jsonl"), record("a", 3)).unwrap();
    let dalil = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_dalil")).args(["watch", "--store", store.to_str().unwrap()]).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(dalil(&["--once"]).0, Some(2));
    let news = news.to_str().unwrap();
    assert_eq!(dalil(&["--once", news]).0, Some(0));
    let (_, listed, _) = dalil(&["--list"]);
    assert!(listed.contains("news\tfolder\t1\t20"), "{listed}");
    // Who asks hosts says who it is.
    let (code, _, said) = dalil(&["--once", "http://127.0.0.1:9/feed.xml"]);
    assert!(code == Some(2) && said.contains("--contact"), "{said}");
    for (wrong, expected) in
        [("ftp://example.org/", "the scheme «ftp»"), ("http://u:p@example.org/", "password"), ("/nowhere/at/all", "nowhere")]
    {
        let (code, _, said) = dalil(&["--once", "--contact", "desk@example.org", wrong]);
        assert!(code == Some(2) && said.contains(expected), "{wrong}: {said}");
    }
    // Private addresses are refused unless allowed.
    let (code, _, said) = dalil(&["--once", "--contact", "desk@example.org", "http://127.0.0.1:9/feed.xml"]);
    assert!(code == Some(1) && said.contains("not open to all") && said.contains("again at"), "{said}");
    assert_eq!(dalil(&["--forget", "http://127.0.0.1:9/feed.xml", "--list"]).1.lines().count(), 1);
    assert_eq!(dalil(&["--forget", news]).0, Some(0));
    assert_eq!(dalil(&["--list"]).1, "");
}

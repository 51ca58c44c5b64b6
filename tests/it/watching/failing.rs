use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use super::host::{Host, send, trickle};
use super::{Follower, at, manners, record, wait};

/// Bytes that the packed bombs unpack to.
const BOMB_BYTES: u64 = 10 << 30;
const PIECE_BYTES: usize = 64 << 20;

/// Ten gigabytes of zeros as a deflate stream of ten megabytes: one packed piece, again and again.
static ZEROS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut compress = Compress::new(Compression::new(6), false);
    let mut piece = Vec::with_capacity(1 << 20);
    compress.compress_vec(&vec![0; PIECE_BYTES], &mut piece, FlushCompress::Full).unwrap();
    let mut out = piece.repeat((BOMB_BYTES / PIECE_BYTES as u64) as usize);
    // The last block, empty.
    out.extend([0x03, 0x00]);
    out
});

/// A zip archive with one file.
fn zip_bomb() -> Vec<u8> {
    let (name, data) = (b"bomb.txt", &*ZEROS);
    let mut common = Vec::new();
    // Version, flags, method, time, date, checksum, packed, unpacked, length of name and extra.
    for field in [20_u16, 0, 8, 0, 0x21] {
        common.extend(field.to_le_bytes());
    }
    for field in [0_u32, data.len() as u32, u32::MAX - 1] {
        common.extend(field.to_le_bytes());
    }
    common.extend((name.len() as u16).to_le_bytes());
    common.extend(0_u16.to_le_bytes());
    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&common);
    out.extend(name);
    out.extend(data);
    let directory = out.len() as u32;
    out.extend(b"PK\x01\x02\x14\x00");
    out.extend(&common);
    // Comment, disk, internal and external attributes, offset.
    out.extend([0; 14]);
    out.extend(name);
    let size = out.len() as u32 - directory;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(size.to_le_bytes());
    out.extend(directory.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// What a host does that is wrong, and what is noted of it.
type Wrong = (&'static str, fn(&mut TcpStream) -> std::io::Result<()>, &'static str);

static WRONGS: [Wrong; 18] = [
    ("/a.jsonl", |out| send(out, "500 Internal Server Error", "", b"no"), "answered 500"),
    ("/a.jsonl", |out| send(out, "403 Forbidden", "", b"no"), "answered 403"),
    ("/a.jsonl", |out| send(out, "204 No Content", "", b""), "answered 204"),
    ("/a.jsonl", |out| send(out, "304 Not Modified", "", b""), "answered 304"),
    ("/a.jsonl", |out| send(out, "429 Too Many Requests", "retry-after: soon\r\n", b""), "answered 429"),
    // A byte every so often never lets a read time out by itself.
    ("/a.jsonl", |out| trickle(out, "", b" ", Duration::from_millis(300)), "no whole answer within 5 s"),
    ("/a.jsonl", |out| trickle(out, "content-length: 1000\r\n", b"x", Duration::from_millis(300)), "no whole answer within 5 s"),
    (
        "/a.jsonl",
        |_| {
            std::thread::sleep(Duration::from_secs(20));
            Ok(())
        },
        "no whole answer within 5 s",
    ),
    ("/a.jsonl", |out| trickle(out, "", &[b'x'; 1 << 16], Duration::ZERO), "larger than 12 MB"),
    // Cut off in the middle of what was promised.
    (
        "/a.jsonl",
        |out| write!(out, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{{\"id\"").and_then(|()| out.shutdown(Shutdown::Both)),
        "the connection failed",
    ),
    ("/a.jsonl", |out| out.shutdown(Shutdown::Both), "the connection failed"),
    ("/a.jsonl", |out| out.write_all(b"SSH-2.0-OpenSSH_9.2\r\n\r\n").and_then(|()| out.shutdown(Shutdown::Both)), ""),
    ("/a.zip", |out| send(out, "200 OK", "content-type: application/zip\r\n", &zip_bomb()), "larger than 16 MB"),
    (
        "/a.jsonl",
        |out| {
            let mut body = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
            body.extend(&*ZEROS);
            send(out, "200 OK", "content-encoding: gzip\r\n", &body)
        },
        "larger than 12 MB",
    ),
    ("/a.jsonl", |out| send(out, "200 OK", "content-encoding: gzip\r\n", b"not packed at all"), "packed with gzip, and damaged"),
    ("/a.jsonl", |out| send(out, "200 OK", "content-encoding: br\r\n", b"x"), "«br»"),
    ("/a.jsonl", |out| send(out, "200 OK", "", b""), "the answer is empty"),
    ("/a.jsonl", |out| send(out, "200 OK", "", b"<html><body>Please log in"), ""),
];

#[test]
fn whatever_a_host_does_is_noted_and_holds_up_nobody() {
    let hosts: Vec<(Host, &Wrong)> = WRONGS.iter().map(|wrong| (Host::new(move |_, _, out| (wrong.1)(out)), wrong)).collect();
    let good = Host::new(|asked, _, out| send(out, "200 OK", "content-encoding: gzip\r\n", &gzip(record(&asked.path, 7).as_bytes())));
    let feeds: Vec<String> = hosts.iter().map(|(host, wrong)| host.url(wrong.0)).collect();
    let goods = [good.url("/good.jsonl"), good.url("/better.jsonl")];
    let mut follower = Follower::new(manners(), &[&feeds[..], &goods[..]].concat());
    // Making it takes longer than a host may.
    assert!(ZEROS.len() < 12_000_000, "{}", ZEROS.len());
    let begun = Instant::now();
    let pass = follower.pass();
    let needed = begun.elapsed();
    assert_eq!(pass.seen, WRONGS.len() + 2);
    let mut calm = 0;
    for (feed, (_, wrong)) in feeds.iter().zip(&hosts) {
        let row = follower.row(feed);
        let error = row.last_error.clone().unwrap_or_default();
        assert!(error.contains(wrong.2), "{}: «{error}», expected «{}»", wrong.0, wrong.2);
        if row.failures == 0 {
            calm += 1;
            continue;
        }
        assert_eq!((row.failures, row.last_success, row.read), (1, None, 0), "{error}");
        assert_eq!(row.next_try, Some(at(30 * 60).to_string()), "{error}");
    }
    // A page instead of records is one to a reader who does not know what was there before.
    assert!(calm <= 1, "{calm}");
    assert!(follower.has("/good.jsonl") && follower.has("/better.jsonl"));
    // Those that are slow are so at the same time.
    assert!(needed < Duration::from_secs(40), "{needed:?}");
    wait(29);
    let again = follower.pass();
    assert!(again.failed == 0 && again.seen <= 3, "{again:?}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    // Saved in windows-1256, whatever the header says.
    let text = "قتل ثلاثة مدنيين في هجوم شنه مسلحون على قرية قرب مدينة غاو في شمال مالي يوم الثلاثاء، وفق ما أعلن رئيس البلدية.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(text);
    let bytes = bytes.into_owned();
    let host = Host::new(move |asked, before, out| match asked.path.as_str() {
        "/page.txt" => send(out, "200 OK", "content-type: text/plain; charset=utf-8\r\n", &bytes),
        "/records.jsonl" => {
            send(out, "200 OK", "", &[record("whole", 3).as_bytes(), b"\xFF\xFE not a record\n", record("other", 4).as_bytes()].concat())
        }
        // A page stands where records stood.
        "/replaced" if before == 0 => send(out, "200 OK", "", record("before", 3).as_bytes()),
        _ => {
            send(out, "200 OK", "content-type: text/html\r\n", b"<!DOCTYPE html><html><body><p>This domain is for sale.</p></body></html>")
        }
    });
    let feeds = ["/page.txt", "/records.jsonl", "/replaced"].map(|path| host.url(path));
    let mut follower = Follower::new(manners(), &feeds);
    let pass = follower.pass();
    assert_eq!((pass.seen, pass.failed, pass.read), (3, 1, 4));
    let page = follower.store.reports([&feeds[0]]).unwrap().pop().unwrap();
    assert_eq!((page.text.trim_end(), page.url.as_deref()), (text, Some(feeds[0].as_str())));
    assert_eq!(page.provenance.fetched, Some(at(0).to_string()));
    let row = follower.row(&feeds[1]);
    assert!(row.last_error.as_deref().unwrap().starts_with("1 not read: "), "{row:?}");
    assert_eq!((row.failures, row.last_success.is_some(), row.read), (0, true, 2));
    wait(15);
    follower.pass();
    // The same bytes again: they are not read, and what was wrong with them still is.
    assert_eq!(follower.row(&feeds[1]).last_error, row.last_error);
    let replaced = follower.row(&feeds[2]);
    assert!(replaced.last_error.as_deref().unwrap().contains("a page is answered"), "{replaced:?}");
    assert_eq!((replaced.failures, replaced.read), (1, 1));
    assert!(!follower.has(&feeds[2]));
}

#[test]
fn what_somebody_took_out_stays_out() {
    let host = Host::new(|_, before, out| {
        let body = record("gone", 3) + &record("kept", 4) + &"\n".repeat(before);
        send(out, "200 OK", "", body.as_bytes())
    });
    let mut follower = Follower::new(manners(), &[host.url("/a.jsonl")]);
    assert_eq!(follower.pass().read, 2);
    let who = dalil::intake::Who { who: "me", now: "2026-11-22T12:00:00Z", is_dry: false };
    dalil::intake::remove_report(&mut follower.store, &dalil::gazetteer::Gazetteer::embedded(), "gone", None, who).unwrap();
    wait(15);
    assert_eq!((follower.pass().read, follower.has("gone"), follower.has("kept")), (0, false, true));
}

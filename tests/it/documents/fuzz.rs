//! Files with bytes cut, flipped and repeated: whatever comes of it, it comes soon and without a panic.

use std::time::{Duration, Instant};

use dalil::document::Kind;

use super::{found, read_folder};

/// Changed files for each file; `DALIL_FUZZ=100000` for a long run.
const ROUNDS: u32 = 30;
/// For a file of some kilobytes, in a build that is not optimised, on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Numbers that look like chance and are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

fn changed(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const SIGNS: [&[u8]; 12] =
        [b"<", b">", b"\"", b"&", b"</", b"<!--", b"<table>", b"<b x=1>", b"\0", b"\xFF", b"Content-Length: 99999999999", b"<![CDATA["];
    let mut out = bytes.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(out.len());
        match numbers.below(6) {
            0 => out.truncate(at),
            1 => drop(out.drain(at..(at + numbers.below(60)).min(out.len()))),
            2 => out.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << (at % 8)),
            3 => drop(out.splice(at..at, SIGNS[numbers.below(SIGNS.len())].iter().copied())),
            4 => {
                let piece: Vec<u8> = out.iter().skip(at).take(numbers.below(200)).copied().collect();
                let to = numbers.below(out.len());
                drop(out.splice(to..to, piece.repeat(1 + numbers.below(20))));
            }
            _ => out.iter_mut().skip(at).take(3).for_each(|b| *b = b'0'),
        }
    }
    out
}

#[test]
fn damaged_files_neither_panic_nor_hang() {
    let rounds = std::env::var("DALIL_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for kind in ["html", "feed", "warc"] {
        let (mut read, begun_all) = (0, Instant::now());
        for (name, bytes, _) in read_folder(kind) {
            for round in 0..rounds {
                let damaged = changed(&bytes, &mut numbers);
                let begun = Instant::now();
                read += damaged.len();
                for document in found(&name, &damaged).into_iter().flatten() {
                    let is_taken_apart = matches!(document.kind, Kind::Html | Kind::Feed);
                    assert!(!is_taken_apart || !document.text.trim().is_empty(), "{name} {round}");
                    let ends = document.origins.iter().map(|o| o.span.end as usize);
                    assert!(ends.into_iter().all(|end| document.text.is_char_boundary(end)), "{name} {round}");
                }
                assert!(begun.elapsed() < LONGEST, "{name} {round}: {:?}", begun.elapsed());
            }
        }
        println!("{kind}: {read} bytes in {:?}", begun_all.elapsed());
    }
}

#[test]
fn pages_that_are_traps_are_refused_soon() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let formatting: String = (0..3_000).map(|n| format!("<b id={n}>")).collect::<Vec<_>>().concat();
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect::<Vec<_>>().concat();
    for (what, page) in [
        ("nested", format!("<html>{}", many("<div>", 300_000))),
        ("open formatting", format!("<html>{formatting}{}", many("<p>x", 100_000))),
        ("attributes", format!("<html><p{attributes}>x</p>")),
        ("tags", format!("<html>{}", many("<p>x", 1_000_000))),
        ("nested lists", format!("<html>{}", many("<ul><li>", 100_000))),
        ("nested tables", format!("<html>{}", many("<table><tr><td>", 100_000))),
    ] {
        let begun = Instant::now();
        let read = found("trap.html", page.as_bytes());
        assert!(matches!(read.as_slice(), [Err(_)]), "{what}");
        assert!(begun.elapsed() < LONGEST, "{what}: {:?}", begun.elapsed());
    }
}

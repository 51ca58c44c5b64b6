use encoding_rs::WINDOWS_1256;

use super::host::{Host, send};
use super::{Follower, manners, wait};

const SUMMARY: &str = "هجوم قرب غاو، التفاصيل في الصفحة.";
const ARTICLE: &str = "قُتل ثلاثة جنود في هجوم شنه مسلحون على نقطة تفتيش قرب مدينة غاو شمالي مالي، وأصيب سبعة آخرون، حسبما قال مصدر أمني.";

fn page(paragraph: &str) -> String {
    let more = "وقال المصدر إن المهاجمين فروا على دراجات نارية باتجاه الحدود، وإن الجيش أرسل تعزيزات إلى المنطقة في الليلة نفسها.";
    format!(
        "<html><head><title>هجوم</title></head><body><nav><a href=/>الرئيسية</a></nav><article><h1>هجوم قرب غاو</h1><p>{paragraph}</p><p>{more}</p></article></body></html>"
    )
}

/// A feed of two entries with their pages, the second of which fails once, and one that has neither name nor address.
fn host() -> Host {
    Host::new(|asked, times, out| match asked.path.as_str() {
        "/feed.xml" => {
            let base = format!("http://{}", asked.header("host").unwrap_or_default());
            let entry = |n: u32| {
                format!(
                    "<item><title>خبر {n}</title><link>{base}/{n}.html</link><pubDate>Tue, 06 Sep 2022 10:00:00 +0000</pubDate><description>{SUMMARY}</description></item>"
                )
            };
            // Each time something new stands above the entry without a name.
            let newer: Vec<String> =
                (0..times).map(|n| format!("<item><guid>new-{n}</guid><title>هدوء في اليوم {n}</title></item>")).collect();
            let newer = newer.concat();
            let nameless = "<item><title>تجدد الاشتباكات في تمبكتو</title><description>لا تفاصيل بعد عن تجدد الاشتباكات.</description></item>";
            let feed =
                format!("<rss version='2.0'><channel><title>الساحل</title>{newer}{}{}{nameless}</channel></rss>", entry(1), entry(2));
            send(out, "200 OK", "content-type: application/rss+xml\r\n", feed.as_bytes())
        }
        // The header is wrong, and the page says nothing of its letters.
        "/1.html" => send(out, "200 OK", "content-type: text/html; charset=utf-8\r\n", &WINDOWS_1256.encode(&page(ARTICLE)).0),
        "/2.html" if times == 0 => send(out, "500 Oops", "", b""),
        "/2.html" => send(out, "200 OK", "", page(&ARTICLE.replace("ثلاثة", "خمسة")).as_bytes()),
        _ => send(out, "404 Not Found", "", b""),
    })
}

#[test]
fn entries_are_read_once_and_their_pages_when_asked_for() {
    let host = host();
    let feed = host.url("/feed.xml");
    let mut follower = Follower::new(manners(), std::slice::from_ref(&feed));
    follower.watching.reads_pages = true;
    assert_eq!((follower.pass().read, follower.row(&feed).kind), (3, "feed".to_owned()));
    let text = |follower: &Follower, part: &str| {
        let id = format!("{feed}#{part}");
        follower.store.reports([&id]).unwrap().pop().map(|report| report.text).unwrap_or_default()
    };
    let (one, two) = (host.url("/1.html"), host.url("/2.html"));
    assert!(text(&follower, &one).starts_with(ARTICLE), "{}", text(&follower, &one));
    assert!(!text(&follower, &one).contains("الرئيسية"));
    // A page that fails leaves what the feed says, and is told.
    assert_eq!(text(&follower, &two), SUMMARY);
    assert!(follower.row(&feed).last_error.is_some_and(|why| why.contains("/2.html")));
    let report = follower.store.reports([&format!("{feed}#{one}")]).unwrap().pop().unwrap();
    assert_eq!((report.published.unwrap().to_string(), report.source.as_deref()), ("2022-09-06".to_owned(), Some("الساحل")));
    wait(15);
    // Something new, and the page that failed; the rest stands.
    assert_eq!(follower.pass().read, 2);
    assert!(text(&follower, &two).contains("خمسة"));
    assert_eq!(follower.store.report_count().unwrap(), 4);
    assert_eq!(host.paths().iter().filter(|path| *path == "/1.html").count(), 1);
}

#[test]
fn a_feed_that_has_nothing_left_to_say_is_no_failure() {
    let host = Host::new(|_, times, out| {
        let entry = if times == 0 { "<item><guid>1</guid><title>هدوء في غاو</title></item>" } else { "" };
        send(out, "200 OK", "", format!("<rss version='2.0'><channel><title>x</title>{entry}</channel></rss>").as_bytes())
    });
    let feed = host.url("/feed.xml");
    let mut follower = Follower::new(manners(), std::slice::from_ref(&feed));
    assert_eq!(follower.pass().read, 1);
    wait(15);
    assert_eq!((follower.pass().failed, follower.row(&feed).last_error), (0, None));
}

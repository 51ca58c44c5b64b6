//! Chats as Telegram and `WhatsApp` hand them out: a report a message.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::decode::decode;
use super::{At, Basis, Document, Each, File, Kind, Origin, Published, Span, Why, published};

/// An export of one chat, or of all.
#[derive(Debug, Deserialize)]
struct Export {
    #[serde(default)]
    chats: Chats,
    #[serde(flatten)]
    chat: Chat,
}

#[derive(Debug, Default, Deserialize)]
struct Chats {
    #[serde(default)]
    list: Vec<Chat>,
}

#[derive(Debug, Deserialize)]
struct Chat {
    name: Option<String>,
    id: Option<i64>,
    #[serde(default)]
    messages: Vec<Value>,
}

/// `text` is a text, or a list of texts and of objects that hold one: links, names, bold words.
#[derive(Debug, Deserialize)]
struct Post {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
    date: Option<String>,
    from: Option<String>,
    author: Option<String>,
    forwarded_from: Option<String>,
    #[serde(default)]
    text: Value,
}

/// Whether an object is an export of Telegram.
pub(super) fn is_telegram(value: &Value) -> bool {
    let has_posts =
        |chat: &Value| chat["messages"].as_array().is_some_and(|all| all.first().is_none_or(|m| m["id"].is_i64() && m["type"].is_string()));
    value["messages"].is_array() && has_posts(value)
        || value["chats"]["list"].as_array().is_some_and(|all| all.first().is_some_and(has_posts))
}

/// The messages of an export of Telegram. What the service says itself (who joined, what was pinned) is passed over.
pub(super) fn telegram(file: File, value: Value, each: Each) -> bool {
    let export: Export = match serde_json::from_value(value) {
        Ok(export) => export,
        Err(e) => return each(Err(file.refused(Why::Damaged, e.to_string()))),
    };
    let is_one = export.chats.list.is_empty();
    for chat in export.chats.list.into_iter().chain([export.chat]) {
        for (index, message) in chat.messages.into_iter().enumerate() {
            let found = match serde_json::from_value::<Post>(message) {
                Ok(post) if post.kind != "message" => continue,
                Ok(post) => of_post(post, chat.name.as_deref(), chat.id.filter(|_| !is_one)),
                Err(e) => {
                    if !each(Err(file.refused(Why::Record, format!("message {}: {e}", index + 1)))) {
                        return false;
                    }
                    continue;
                }
            };
            if !found.text.trim().is_empty() && !each(Ok(found)) {
                return false;
            }
        }
    }
    true
}

fn of_post(post: Post, chat: Option<&str>, chat_id: Option<i64>) -> Document {
    let text = match &post.text {
        Value::Array(parts) => parts.iter().filter_map(|part| part.as_str().or_else(|| part["text"].as_str())).collect(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    // What a channel passes on was said by another.
    let source = post.forwarded_from.or_else(|| chat.map(str::to_owned));
    let author = post.author.or(post.from).filter(|from| source.as_deref() != Some(from));
    Document {
        text,
        published: post.date.as_deref().and_then(|date| published(date, Basis::Metadata)),
        source,
        author,
        part: chat_id.map_or_else(|| post.id.to_string(), |chat| format!("{chat}/{}", post.id)),
        kind: Kind::Telegram,
        ..Document::default()
    }
}

/// Direction marks that telephones put around everything.
const MARKS: [char; 7] = ['\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{2068}', '\u{2069}'];
/// Most bytes of the head of a line: day, time and who.
const HEAD_BYTES: usize = 160;

/// The head of a message: `[06/09/2022, 10:15:32] Ahmed: ` or `6/9/22, 10:15 - Ahmed: `.
struct Head<'a> {
    /// The three numbers of the day as they stand.
    day: [i16; 3],
    /// The year stands first.
    is_iso: bool,
    /// Who, and the words; `None` for what the service says itself.
    said: Option<(&'a str, &'a str)>,
}

/// Whether a text begins as an export of `WhatsApp` does.
pub(super) fn is_whatsapp(start: &str) -> bool {
    let mut lines = start.lines().filter(|l| !l.trim().is_empty());
    let is_head = |line: Option<&str>| line.is_none_or(|l| head(l).is_some());
    head(start.lines().next().unwrap_or_default()).is_some()
        && is_head(lines.nth(1))
        && lines.take(20).filter(|l| head(l).is_some()).count() > 0
}

fn head(line: &str) -> Option<Head<'_>> {
    let line = line.trim_start_matches(MARKS).trim_start_matches('\u{FEFF}');
    let (stamp, rest) = match line.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => line.split_once(" - ")?,
    };
    if stamp.len() > HEAD_BYTES {
        return None;
    }
    let (day, time) = stamp.split_once([',', '،', ' '])?;
    let time = time.trim_matches(|c: char| MARKS.contains(&c) || c.is_whitespace());
    let is_time = time
        .split_once([':', '.'])
        .is_some_and(|(hour, rest)| number(hour).is_some() && rest.chars().next().is_some_and(|c| digit(c).is_some()));
    let mut parts = day.trim_matches(MARKS).split(['/', '.', '-', '\u{200F}']).filter(|p| !p.is_empty());
    let numbers = [number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?];
    if !is_time || parts.next().is_some() {
        return None;
    }
    let rest = rest.trim_start();
    let said = rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|who| (who, ""))).filter(|(who, _)| who.len() <= HEAD_BYTES);
    Some(Head { day: numbers, is_iso: numbers[0] > 31, said })
}

fn digit(c: char) -> Option<u32> {
    match c {
        '\u{0660}'..='\u{0669}' => Some(u32::from(c) - 0x0660),
        '\u{06F0}'..='\u{06F9}' => Some(u32::from(c) - 0x06F0),
        _ => c.to_digit(10),
    }
}

/// A number of at most four digits, of any script that telephones write.
fn number(text: &str) -> Option<i16> {
    let text = text.trim_matches(MARKS);
    let is_short = !text.is_empty() && text.chars().count() <= 4;
    is_short.then(|| text.chars().try_fold(0_i16, |sum, c| Some(sum * 10 + digit(c)? as i16)))?
}

/// The messages of an export of `WhatsApp`. What the service says itself and what stands for a picture is passed over.
pub(super) fn whatsapp(file: File, each: Each) -> bool {
    let text = match decode(file.bytes) {
        Ok(text) => text,
        Err(reason) => return each(Err(file.refused(Why::Unknown, reason))),
    };
    let heads: Vec<Option<Head>> = text.lines().map(head).collect();
    let is_month_first = months_come_first(&heads);
    let mut open: Option<(usize, Document)> = None;
    for (number, (line, head)) in text.lines().zip(&heads).enumerate() {
        let Some(head) = head else {
            // A line without a head goes on with the message before it.
            if let Some((_, document)) = &mut open {
                document.text.push('\n');
                document.text.push_str(line);
            }
            continue;
        };
        if !open.take().is_none_or(|(line, document)| finished(line, document, each)) {
            return false;
        }
        open = head.said.filter(|(_, words)| !stands_for_nothing(words)).map(|(who, words)| {
            let author = who.trim_matches(|c: char| MARKS.contains(&c) || c == '~' || c.is_whitespace());
            let day = day_of(head, is_month_first).map(|day| Published { day, at: day.to_string(), basis: Basis::Metadata });
            let part = (number + 1).to_string();
            (
                number + 1,
                Document {
                    text: words.to_owned(),
                    author: Some(author.to_owned()),
                    published: day,
                    part,
                    kind: Kind::WhatsApp,
                    ..Document::default()
                },
            )
        });
    }
    open.is_none_or(|(line, document)| finished(line, document, each))
}

fn finished(line: usize, mut document: Document, each: Each) -> bool {
    document.text.truncate(document.text.trim_end().len());
    if document.text.trim().is_empty() {
        return true;
    }
    let span = Span { start: 0, end: document.text.len() as u32 };
    document.origins = vec![Origin { span, at: At::Line(line as u32) }];
    each(Ok(document))
}

/// Telephones mark what they say themselves («image omitted») with a direction mark or angle brackets, in every language.
fn stands_for_nothing(words: &str) -> bool {
    let bare = words.trim_matches(MARKS).trim();
    words.starts_with('\u{200E}') || bare.starts_with('<') && bare.ends_with('>')
}

/// Telephones write days as their owner does; a number above twelve somewhere tells which is the day. Most of the world puts it first.
fn months_come_first(heads: &[Option<Head>]) -> bool {
    let above = |at: usize| heads.iter().flatten().any(|h| !h.is_iso && h.day[at] > 12);
    above(1) && !above(0)
}

fn day_of(head: &Head, is_month_first: bool) -> Option<Date> {
    let [first, second, third] = head.day;
    let (year, month, day) = match (head.is_iso, is_month_first) {
        (true, _) => (first, second, third),
        (false, true) => (third, first, second),
        (false, false) => (third, second, first),
    };
    let year = if year < 100 { 2000 + year } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

//! Pages: the words of the article, without what stands around it, and what the page says of itself.
//!
//! Source → scan (is it a trap? where stands which letter?) → elements → pruned → the article's elements → lines → documents.

mod article;
mod charset;
mod lines;
mod linked_data;
mod live;
mod metadata;
mod prune;
mod scan;

use dom_query::Document as Page;

use super::{Document, Each, File, Kind, Why};
pub(super) use charset::decoded;
use lines::{Line, Role};
use linked_data::LinkedData;
use live::{Item, Parts};
use metadata::Metadata;
pub(super) use metadata::clean;
use scan::Scan;

/// Share of a line's letters in links above which it leads elsewhere, in a page whose words are mostly not links.
const LEADS_ELSEWHERE: f64 = 0.8;
/// Letters from which on a caption is compared, and letters of the credit that one of two may have more.
const CAPTION_LETTERS: usize = 15;
const CREDIT_LETTERS: usize = 30;
/// Captions that are compared with all lines.
const MOST_CAPTIONS: usize = 300;

/// The article of a page, or its items.
pub(super) fn documents(file: File, each: Each) -> bool {
    let source = match decoded(file.bytes) {
        Ok(source) => source,
        Err(reason) => return each(Err(file.refused(Why::Unknown, reason))),
    };
    match read(&source) {
        Ok(documents) => documents.into_iter().all(|document| each(Ok(document))),
        Err((why, reason)) => each(Err(file.refused(why, reason))),
    }
}

fn read(source: &str) -> Result<Vec<Document>, (Why, String)> {
    let scan = Scan::of(source);
    if let Some(reason) = scan.trap() {
        return Err((Why::TooLarge, reason));
    }
    let page = Page::from(source);
    let data = LinkedData::of(&page);
    let about = Metadata::of(&page, &data, source);
    prune::prune(&page);
    let roots = article::roots(&page);
    let Parts { above, items } = live::parts(&roots, &data);
    let mut out = Vec::new();
    let whole = Item { title: about.title.clone(), lines: above, ..Item::default() };
    out.extend(document(whole, &about, &scan));
    for (index, item) in items.into_iter().enumerate() {
        let part = item.name.clone().unwrap_or_else(|| format!("{}", index + 1));
        out.extend(document(item, &about, &scan).map(|item| Document { part, parent: Some(String::new()), ..item }));
    }
    different_parts(&mut out);
    if out.is_empty() {
        return Err((Why::Empty, "is a page without an article: nothing to read but menus, links or scripts".to_owned()));
    }
    Ok(out)
}

/// A part of a page with what the page says of itself; nothing if it has no words.
fn document(item: Item, about: &Metadata, scan: &Scan) -> Option<Document> {
    let text = text(item.lines, item.title.as_deref());
    if text.is_empty() {
        return None;
    }
    let Metadata { published, source, author, url, lang, .. } = about.clone();
    Some(Document {
        origins: scan.origins(&text),
        text,
        title: item.title,
        published: item.published.or(published),
        source,
        author: item.author.or(author),
        url: item.url.or(url),
        lang,
        kind: Kind::Html,
        ..Document::default()
    })
}

/// Items that the page names alike are told apart by their number.
fn different_parts(documents: &mut [Document]) {
    let mut seen = std::collections::BTreeSet::new();
    for (index, document) in documents.iter_mut().enumerate() {
        if !seen.insert(document.part.clone()) {
            document.part = format!("{}-{index}", document.part);
            seen.insert(document.part.clone());
        }
    }
}

/// Lines as a text: no headline that the title says, no caption that is said otherwise, no lines that only lead elsewhere.
fn text(mut lines: Vec<Line>, title: Option<&str>) -> String {
    let (linked, all) = lines.iter().fold((0, 0), |(linked, all), line| (linked + line.linked, all + letters(&line.text).chars().count()));
    if linked * 2 < all {
        lines.retain(|line| (line.linked as f64) < LEADS_ELSEWHERE * letters(&line.text).chars().count() as f64);
    }
    let headline = title.map(letters).unwrap_or_default();
    lines.retain(|line| line.role != Role::Heading || letters(&line.text) != headline);
    once(&mut lines);
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Takes out captions that say what another line says.
fn once(lines: &mut Vec<Line>) {
    let said: Vec<String> = lines.iter().map(|line| letters(&line.text)).collect();
    let mut captions = 0;
    let is_doubled = |at: usize, caption: &str| {
        caption.chars().count() >= CAPTION_LETTERS
            && said.iter().enumerate().any(|(other, words)| {
                let is_caption = lines.get(other).is_some_and(|line| line.role == Role::Caption);
                // Of two captions the first stays.
                let is_judge = if is_caption { other < at } else { other != at };
                let with_credit =
                    |short: &str, long: &str| long.strip_prefix(short).is_some_and(|credit| credit.chars().count() <= CREDIT_LETTERS);
                is_judge
                    && words.chars().count() >= CAPTION_LETTERS
                    && (words.contains(caption) || with_credit(words, caption) || is_caption && with_credit(caption, words))
            })
    };
    let doubled: Vec<bool> = (lines.iter().zip(&said).enumerate())
        .map(|(at, (line, words))| {
            captions += usize::from(line.role == Role::Caption);
            line.role == Role::Caption && captions <= MOST_CAPTIONS && is_doubled(at, words)
        })
        .collect();
    let mut doubled = doubled.into_iter();
    lines.retain(|_| !doubled.next().unwrap_or_default());
}

/// Letters and digits alone, small: what two lines have in common that say the same.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The lines of a piece of markup, as feeds and live pages carry it.
fn fragment_lines(markup: &str) -> Vec<Line> {
    if !markup.contains(['<', '&']) {
        return markup.lines().filter_map(clean).map(|text| Line { text, ..Line::default() }).collect();
    }
    if Scan::of(markup).trap().is_some() {
        return Vec::new();
    }
    let page = Page::from(markup);
    prune::prune(&page);
    page.body().map(lines::lines).unwrap_or_default()
}

/// The text of a piece of markup; `title` is said apart from it.
pub(super) fn fragment(markup: &str, title: Option<&str>) -> String {
    text(fragment_lines(markup), title)
}

//! What a page says of itself: title, day, outlet, author, address, language.

use dom_query::{Document as Page, NodeRef};

use crate::document::{Basis, Published, published};

use super::linked_data::{LinkedData, string};

/// Names and properties of meta elements that hold the day of publication, the most exact first.
const DAYS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "pubdate",
    "pub_date",
    "article_date_original",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "date",
];
const TITLES: &[&str] = &["og:title", "twitter:title", "parsely-title", "dc.title", "title"];
const OUTLETS: &[&str] = &["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];
const AUTHORS: &[&str] = &["article:author", "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"];
const LANGUAGES: &[&str] = &["og:locale", "content-language", "language", "dc.language"];
/// What stands between the headline and the name of the outlet in a page's title.
const BETWEEN: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "];
/// A paragraph so long is the article; what stands above it is its head.
const PARAGRAPH_CHARS: usize = 120;

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) source: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
}

/// The meta elements of a page: name in small letters, content.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(page: &Page) -> Metas {
        let of = |node: &NodeRef| {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| node.attr(key))?;
            let content = clean(&node.attr("content")?)?;
            Some((name.trim().to_ascii_lowercase(), content))
        };
        Metas(page.select("meta[content]").nodes().iter().filter_map(of).collect())
    }

    fn all<'a>(&'a self, names: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(move |name| self.0.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_str()))
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next().map(str::to_owned)
    }
}

impl Metadata {
    /// Of a page as it was saved.
    pub(super) fn of(page: &Page, data: &LinkedData, source: &str) -> Metadata {
        let metas = Metas::of(page);
        let article = data.article();
        let field = |name: &str| article.and_then(|a| string(a, name));
        let outlet = article.and_then(|a| data.names(a, "publisher")).or_else(|| metas.first(OUTLETS)).and_then(|name| clean(&name));
        let one = |selector: &str| page.select_single(selector);
        let is_address = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        let canonical = || one("link[rel~='canonical'][href]").attr("href").map(|href| href.trim().to_owned());
        let saved = || source.get(..source.len().min(4096)).or(Some(source)).and_then(saved_from);
        let author = article.and_then(|a| data.names(a, "author").or_else(|| data.names(a, "creator")));
        let author = author.or_else(|| metas.all(AUTHORS).find(|name| !name.contains("://")).map(str::to_owned));
        let root = one("html");
        let lang = root.attr("lang").or_else(|| root.attr("xml:lang")).map(|lang| lang.trim().to_owned()).filter(|lang| !lang.is_empty());
        Metadata {
            title: title(page, &metas, field("headline"), outlet.as_deref()),
            published: day(page, &metas, field("datePublished")),
            author: author.or_else(|| clean(&one("[itemprop~='author'] [itemprop~='name'], a[rel~='author']").text())),
            url: canonical().filter(is_address).or_else(|| metas.first(&["og:url"]).filter(is_address)).or_else(saved),
            lang: lang.or_else(|| metas.first(LANGUAGES)).or_else(|| field("inLanguage")),
            source: outlet,
        }
    }
}

/// One line of words, without what is left of markup; nothing if there are none.
pub(in crate::document) fn clean(text: &str) -> Option<String> {
    // Entities that were written twice: «&amp;quot;».
    let text = text.replace("&quot;", "\"").replace("&#039;", "'").replace("&amp;", "&");
    let words: Vec<&str> = text.split([' ', '\n', '\t', '\r']).filter(|w| !w.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn title(page: &Page, metas: &Metas, headline: Option<String>, outlet: Option<&str>) -> Option<String> {
    let told = headline.and_then(|h| clean(&h)).or_else(|| metas.first(TITLES)).map(|t| without_outlet(&t, outlet));
    let heads = page.select("h1");
    let heads: Vec<String> = heads.nodes().iter().filter_map(|h| clean(&h.text())).collect();
    let name = || clean(&page.select_single("title").text()).map(|t| without_outlet(&t, outlet));
    match (told, heads.as_slice()) {
        // Cut for the cards of social networks: the page has it whole.
        (Some(told), heads) => {
            let start = told.trim_end_matches(['.', '…', ' ']).to_owned();
            Some(heads.iter().find(|h| h.len() > told.len() && told.len() > start.len() && h.starts_with(&start)).cloned().unwrap_or(told))
        }
        (None, [one]) => Some(one.clone()),
        (None, heads) => {
            let name = name();
            name.clone().and_then(|name| heads.iter().find(|h| name.starts_with(h.as_str())).cloned()).or(name)
        }
    }
}

/// «Headline | Outlet» → «Headline»; without a known outlet, what stands behind the last line that is no hyphen.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let cut = |sign: &&str| {
        let (head, tail) = title.rsplit_once(*sign)?;
        let is_outlet = outlet.map_or(*sign == " | ", |name| tail.trim().eq_ignore_ascii_case(name.trim()));
        (is_outlet && !head.trim().is_empty()).then(|| head.trim().to_owned())
    };
    BETWEEN.iter().find_map(cut).unwrap_or_else(|| title.to_owned())
}

fn day(page: &Page, metas: &Metas, told: Option<String>) -> Option<Published> {
    let dated = |text: &str| published(text, Basis::Metadata);
    let marked = || {
        let marks = "[itemprop~='datePublished'], time[pubdate], time[class~='published'], time[class~='entry-date']";
        page.select(marks).nodes().iter().find_map(|node| written(node).and_then(|text| dated(&text)))
    };
    told.and_then(|text| dated(&text)).or_else(|| metas.all(DAYS).find_map(dated)).or_else(marked).or_else(|| above_the_text(page))
}

/// The day in a `time` element or one that is marked like it.
pub(super) fn written(node: &NodeRef) -> Option<String> {
    ["datetime", "content", "title"].iter().find_map(|key| node.attr(key)).map(|text| text.to_string()).or_else(|| clean(&node.text()))
}

/// The first `time` of the page's main part, if it stands above the article's first paragraph.
fn above_the_text(page: &Page) -> Option<Published> {
    let places = ["article", "main", "[role='main']", "body"];
    let part = places.iter().find_map(|place| page.select_single(place).nodes().first().copied())?;
    let is_text = |node: &NodeRef| {
        (node.has_name("p") || node.has_name("div") && node.has_only_text()) && node.normalized_char_count() > PARAGRAPH_CHARS
    };
    part.descendants_it()
        .take_while(|node| !is_text(node))
        .filter(|node| node.has_name("time") && node.has_attr("datetime"))
        .find_map(|node| published(&node.attr("datetime")?, Basis::Metadata))
}

/// Browsers note where a page was saved from: `<!-- saved from url=(0031)https://example.org/a -->`.
fn saved_from(head: &str) -> Option<String> {
    let (_, after) = head.split_once("<!-- saved from url=(")?;
    let (_, after) = after.split_once(')')?;
    let url = after.split("-->").next()?.trim();
    (url.starts_with("http://") || url.starts_with("https://")).then(|| url.to_owned())
}

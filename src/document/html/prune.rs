//! What pages put around articles, taken out by the names of elements and by the classes that all content systems use.

use std::collections::BTreeSet;

use dom_query::{Document, NodeId, NodeRef};

/// Elements that hold no words of an article.
const NO_WORDS: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "math", "canvas", "iframe", "object", "embed", "audio", "video", "select", "button",
    "input", "textarea", "nav", "aside", "dialog", "menu", "footer", "noframes", "datalist", "map",
];
/// Roles of such elements.
const ROLES: &[&str] =
    &["navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"];
/// Words in classes and identifiers of what stands around an article.
const AROUND: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "shares",
    "sharing",
    "sharebar",
    "sharethis",
    "addthis",
    "addtoany",
    "social",
    "socials",
    "related",
    "recommended",
    "recommendations",
    "recommendation",
    "comments",
    "comment",
    "respond",
    "disqus",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "newsletter",
    "subscribe",
    "subscription",
    "sidebar",
    "footer",
    "masthead",
    "advert",
    "advertisement",
    "ads",
    "adsbygoogle",
    "sponsored",
    "promo",
    "popular",
    "trending",
    "tags",
    "toolbar",
    "pagination",
    "pager",
    "popup",
    "modal",
    "outbrain",
    "taboola",
    "readmore",
    "mostread",
    "seealso",
];
/// Classes of what is there for programs that read pages aloud, or for nobody.
const UNSEEN: &[&str] = &["hidden", "d-none", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only"];
/// Words that make them say something of the article: «content has-sidebar».
const TURNED: &[&str] = &["has", "no", "with", "without"];
/// Of the page's letters, the share above which nothing is «around».
const MOST: f64 = 0.5;

/// Takes it out of a page.
pub(super) fn prune(page: &Document) {
    let Some(body) = page.body() else { return };
    let whole = body.normalized_char_count() as f64;
    let mut gone: BTreeSet<NodeId> = BTreeSet::new();
    for node in body.descendants() {
        if node.parent().is_some_and(|parent| gone.contains(&parent.id)) {
            gone.insert(node.id);
        } else if node.is_comment()
            || node.is_element() && is_around(&node) && node.normalized_char_count() as f64 <= MOST * whole
            || node.is_element() && holds_no_words(&node)
        {
            gone.insert(node.id);
            node.remove_from_parent();
        }
    }
}

fn holds_no_words(node: &NodeRef) -> bool {
    let name = node.node_name().unwrap_or_default();
    let is = |attribute: &str, value: &str| node.attr(attribute).is_some_and(|found| found.trim().eq_ignore_ascii_case(value));
    let style = node.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    // The footer of a quotation says whose words they are.
    let is_quoted = || node.ancestors_it(Some(2)).any(|a| a.has_name("blockquote"));
    (NO_WORDS.contains(&&*name) && !(&*name == "footer" && is_quoted()))
        || node.has_attr("hidden")
        || node.class().is_some_and(|class| class.split_ascii_whitespace().any(|name| UNSEEN.contains(&name)))
        || is("aria-hidden", "true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn is_around(node: &NodeRef) -> bool {
    if ["html", "body", "main", "article", "h1", "p", "a"].iter().any(|name| node.has_name(name)) {
        return false;
    }
    if node.attr("role").is_some_and(|role| ROLES.contains(&role.trim())) {
        return true;
    }
    let is_head_of_page = || node.ancestors_it(None).all(|a| !a.has_name("article") && !a.has_name("main"));
    if node.has_name("header") && is_head_of_page() && !holds(node, "h1") {
        return true;
    }
    let named = [node.class(), node.id_attr()];
    let found: Vec<String> = named.iter().flatten().flat_map(|names| words(names).collect::<Vec<_>>()).collect();
    found.iter().any(|word| AROUND.contains(&word.as_str())) && !found.iter().any(|word| TURNED.contains(&word.as_str()))
}

fn holds(node: &NodeRef, name: &str) -> bool {
    node.descendants_it().any(|n| n.has_name(name))
}

/// The words of classes: `post-shareBar` → post, share, bar.
pub(super) fn words(names: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::with_capacity(names.len() + 8);
    let mut was_small = false;
    for c in names.chars() {
        if was_small && c.is_ascii_uppercase() {
            spaced.push(' ');
        }
        was_small = c.is_ascii_lowercase();
        spaced.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
    }
    spaced.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

//! Which elements of a page hold the article.
//!
//! `dom_smoothie` weighs the elements (it counts the Arabic comma too); what it then cleans away by counting Latin commas and links
//! is not taken from it: its answer says which elements of our page are meant, and their words are read here.

use std::collections::BTreeSet;

use dom_query::{Document as Page, NodeId, NodeRef};
use dom_smoothie::{CandidateSelectMode, Config, ParsePolicy, Readability};

/// Numbers elements, so that they are known again in what comes back.
const MARK: &str = "data-dalil-element";
/// Letters that a marked body of an article has at least.
const BODY_CHARS: usize = 140;
/// Share of the letters of `<article>` below which something else was found than the article.
const LEAST: f64 = 0.4;
/// Elements that a page may have to be weighed.
const MOST_ELEMENTS: usize = 60_000;

/// The elements of a pruned page that hold the article, in order, none within another.
pub(super) fn roots(page: &Page) -> Vec<NodeRef<'_>> {
    let Some(body) = page.body() else { return page.root().children() };
    let whole = |selector: &str| {
        let found = page.select(selector);
        let found: Vec<NodeRef> = found.nodes().iter().filter(|n| n.normalized_char_count() >= BODY_CHARS).copied().collect();
        if let [one] = found.as_slice() { Some(*one) } else { None }
    };
    if let Some(told) = whole("[itemprop~='articleBody']") {
        return vec![told];
    }
    let only = whole("article").or_else(|| whole("main, [role='main']"));
    let weighed = weighed(page, body);
    let chars = |nodes: &[NodeRef]| nodes.iter().map(NodeRef::normalized_char_count).sum::<usize>() as f64;
    match only {
        Some(only) if chars(&weighed) < LEAST * only.normalized_char_count() as f64 => vec![only],
        None if weighed.is_empty() => vec![body],
        _ => weighed,
    }
}

/// What `dom_smoothie` holds for the article; nothing when it finds none.
fn weighed<'a>(page: &'a Page, body: NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut elements: Vec<NodeRef> = body.descendants_it().filter(NodeRef::is_element).collect();
    elements.insert(0, body);
    if elements.len() > MOST_ELEMENTS {
        return Vec::new();
    }
    for (number, element) in elements.iter().enumerate() {
        element.set_attr(MARK, &number.to_string());
    }
    let config = Config { disable_json_ld: true, candidate_select_mode: CandidateSelectMode::DomSmoothie, ..Config::default() };
    let copy = page.clone();
    // It asserts what it believes of a page: a page that is otherwise is a page without a known article.
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        Readability::with_document(copy, None, Some(config)).and_then(|mut r| r.parse_with_policy(ParsePolicy::Raw)).map(|a| a.content)
    }));
    let Ok(Ok(content)) = found else { return Vec::new() };
    let opening = format!("{MARK}=\"");
    let number = |after: &str| after.split('"').next()?.parse::<usize>().ok();
    let named: BTreeSet<usize> = content.split(opening.as_str()).skip(1).filter_map(number).collect();
    let mut within: BTreeSet<NodeId> = BTreeSet::new();
    let mut roots = Vec::new();
    for element in named.into_iter().filter_map(|number| elements.get(number)) {
        if element.parent().is_some_and(|parent| within.contains(&parent.id)) {
            within.insert(element.id);
            continue;
        }
        within.insert(element.id);
        if !element.ancestors_it(None).any(|ancestor| within.contains(&ancestor.id)) {
            roots.push(*element);
        }
    }
    // Loose words of the body are in none of its elements.
    if !roots.is_empty() && body.element_children().iter().all(|child| within.contains(&child.id)) { vec![body] } else { roots }
}

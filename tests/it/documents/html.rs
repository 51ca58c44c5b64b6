//! Pages.

use dalil::document::Kind;

use super::{agree, read_folder, true_origins};

#[test]
fn pages_give_their_articles_and_what_they_say_of_themselves() {
    agree("html", 9);
}

#[test]
fn paragraphs_lead_back_to_where_they_stood() {
    let (mut lines, mut led) = (0, 0);
    for (name, bytes, found) in read_folder("html") {
        let source = dalil::document::decode(&bytes).unwrap();
        for document in found.into_iter().flatten() {
            assert_eq!(document.kind, Kind::Html);
            lines += document.text.lines().count();
            led += true_origins(&name, &source, &document);
        }
    }
    // A sentence with a hidden part, and what a live page tells machines alone, have no place of their own.
    assert!(led + 2 >= lines && lines > 30, "{led} of {lines}");
}

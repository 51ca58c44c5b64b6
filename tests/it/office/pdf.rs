use super::{check, harm, says_the_same};
use dalil::document::At;

#[test]
fn pdf_is_read_in_the_order_of_the_eye() {
    check("pdf", 12);
}

#[test]
fn a_printed_report_says_the_same() {
    says_the_same("pdf", "report-ar.pdf", "01-talataye-ar.txt");
    says_the_same("pdf", "heads-en.pdf", "03-palma-en.txt");
}

#[test]
fn the_way_back_names_pages() {
    let document = super::document("pdf", "heads-en.pdf");
    let pages: Vec<At> = document.origins.iter().map(|o| o.at).collect();
    assert_eq!(pages, (1..=4).map(At::Page).collect::<Vec<_>>());
}

#[test]
fn damaged_pdf_neither_panics_nor_hangs() {
    harm("pdf", 60);
}

use super::{check, harm, says_the_same};
use dalil::document::At;

#[test]
fn documents_of_word_processors_are_read_as_they_are_shown() {
    check("word", 12);
}

#[test]
fn a_saved_report_says_the_same() {
    says_the_same("word", "report-ar.docx", "01-talataye-ar.txt");
    says_the_same("word", "report-fr.odt", "02-solhan-fr.txt");
    says_the_same("word", "report-ar.rtf", "01-talataye-ar.txt");
    says_the_same("word", "report-fr.rtf", "02-solhan-fr.txt");
}

#[test]
fn the_way_back_names_paragraphs() {
    let document = super::document("word", "tables-ar.docx");
    let paragraphs: Vec<At> = document.origins.iter().take(3).map(|o| o.at).collect();
    assert_eq!(paragraphs, [At::Paragraph(1), At::Paragraph(2), At::Paragraph(3)]);
}

#[test]
fn damaged_documents_neither_panic_nor_hang() {
    harm("word", 100);
}

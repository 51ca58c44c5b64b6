//! What files say of themselves, when they say anything.

/// Titles that programs make of the file's name.
const FILE_NAMES: [&str; 10] = [".doc", ".docx", ".odt", ".indd", ".pdf", ".qxd", ".rtf", ".pub", ".xlsx", ".dot"];

/// Words in one line; none when there are none.
pub(super) fn said(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c.is_control()).filter(|w| !w.is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// A title that a person gave: not the name of a file, not that of a template.
pub(super) fn title(text: &str) -> Option<String> {
    let title = said(text)?;
    let lower = title.to_lowercase();
    let is_made =
        lower.starts_with("microsoft word -") || lower.starts_with("untitled") || FILE_NAMES.iter().any(|end| lower.ends_with(end));
    (!is_made).then_some(title)
}

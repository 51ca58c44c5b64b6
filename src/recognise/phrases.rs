//! The phrase corpora of `tests/phrases`: one expected value, then the phrases that must give it.

use crate::lang::Lang;

/// Fewest phrases of a file.
const FEWEST: usize = 150;

/// Reads every phrase of the files and compares what `read` tells with what its group expects.
pub(crate) fn check(files: [(Lang, &str); 3], read: impl Fn(&str, Lang) -> String) {
    let mut failures = Vec::new();
    for (lang, file) in files {
        let (mut expected, mut phrases) = ("", 0);
        for line in file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            if let Some(value) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                expected = value;
                continue;
            }
            assert!(!expected.is_empty(), "«{line}» stands under no expected value");
            phrases += 1;
            let found = read(line, lang);
            if found != expected {
                failures.push(format!("{} «{line}»: {found}, expected {expected}", lang.code()));
            }
        }
        assert!(phrases >= FEWEST, "{} has {phrases} phrases", lang.code());
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

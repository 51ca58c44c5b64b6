//! What the three languages must agree on: the same files, the same keys, the same actors.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::file::File;

/// Names of all files of words, in any language.
pub(super) fn lists(files: &[File]) -> BTreeSet<String> {
    let words = files.iter().filter(|f| f.is_under("lexicon") && !f.is("actors.tsv"));
    words.filter_map(|f| Some(f.path.file_name()?.to_string_lossy().into_owned())).collect()
}

/// Keys of a list, or the name of each actor, with the first line of each.
fn heads(file: &File) -> Vec<(usize, String)> {
    if file.is("frequent.tsv") {
        return Vec::new();
    }
    let head = |line: &str| {
        if file.is("informants.txt") {
            return Some(line.splitn(4, '\t').take(3).collect::<Vec<_>>().join(", "));
        }
        if file.is("actors.txt") {
            return line.split('\t').next().map(str::to_owned);
        }
        line.trim().strip_prefix('[')?.strip_suffix(']').map(|key| format!("[{key}]"))
    };
    file.rows().filter_map(|(number, line)| Some((number, head(line)?))).collect()
}

/// Compares one list with itself in the other languages.
pub(super) fn check(files: &mut [File], sisters: &[PathBuf]) {
    let at: Vec<Option<usize>> = sisters.iter().map(|path| files.iter().position(|f| f.path == *path)).collect();
    for (path, _) in sisters.iter().zip(&at).filter(|(_, at)| at.is_none()) {
        if let Some(present) = at.iter().flatten().next() {
            files[*present].fault(1, &format!("no {}", path.display()), "the same file in each language");
        }
    }
    let present: Vec<usize> = at.into_iter().flatten().collect();
    for one in &present {
        for other in present.iter().filter(|other| *other != one) {
            let known: BTreeSet<String> = heads(&files[*other]).into_iter().map(|(_, head)| head).collect();
            let missing: Vec<(usize, String)> = heads(&files[*one]).into_iter().filter(|(_, head)| !known.contains(head)).collect();
            let name = files[*other].name.clone();
            for (line, head) in missing {
                files[*one].fault(line, &format!("{head}, which {name} has not"), "the same in each language");
            }
        }
    }
}

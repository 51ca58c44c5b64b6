//! The texts of `geodata/model/corpora.tsv` and `lessons.tsv`, read into examples.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::cli::eval::gold::{self, Gold};
use crate::lang::Lang;
use crate::recognise::model::train::Example;
use crate::text::Span;

/// Sentences of a corpus of single sentences that are read as one report.
const TOGETHER: usize = 10;

/// Where texts to learn from lie.
#[derive(Debug, clap::Args)]
pub(super) struct Folders {
    /// Folder of the public corpora that the lists in geodata/model name
    #[arg(long, value_name = "DIR")]
    corpora: PathBuf,
    /// Folder of the project, where geodata lies
    #[arg(long, value_name = "DIR", default_value = ".")]
    project: PathBuf,
}

impl Folders {
    /// The project's folder of lists and learned files.
    pub(super) fn model(&self) -> PathBuf {
        self.project.join("geodata/model")
    }
}

/// A file of texts with marked names.
pub(super) struct Corpus {
    pub(super) lang: Lang,
    pub(super) file: String,
    is_own: bool,
    layout: String,
    /// What it counts, in the unit of the list.
    pub(super) weight: f32,
    sha256: String,
}

/// Reads the list of corpora.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Corpus>> {
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = content.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty());
    lines.map(|(at, line)| row(line).with_context(|| format!("{}:{}", path.display(), at + 1))).collect()
}

fn row(line: &str) -> anyhow::Result<Corpus> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [lang, place, file, layout, weight, sha256, _, _] = cells.as_slice() else {
        bail!("{} columns, expected 8", cells.len());
    };
    Ok(Corpus {
        lang: Lang::from_code(lang).with_context(|| format!("language {lang:?}, expected ar, fr or en"))?,
        file: (*file).to_owned(),
        is_own: match *place {
            "project" => true,
            "corpora" => false,
            other => bail!("where {other:?}, expected project or corpora"),
        },
        layout: (*layout).to_owned(),
        weight: weight.parse().with_context(|| format!("weight {weight:?}, expected a number"))?,
        sha256: (*sha256).to_owned(),
    })
}

impl Corpus {
    /// Its examples, and why lines of it were refused.
    pub(super) fn examples(&self, folders: &Folders) -> anyhow::Result<(Vec<Example>, Vec<String>)> {
        let (path, bytes) = self.read(folders)?;
        match self.layout.as_str() {
            "gold" => self.gold(&path, &bytes),
            // Consecutive sentences of articles, together again.
            "sentences" => {
                Ok(self.gold(&path, &bytes).map(|(examples, refused)| (examples.chunks(TOGETHER).map(joined).collect(), refused))?)
            }
            "events" => self.lines(&path, &bytes, |line| {
                let value: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
                let text = value["text"].as_str().ok_or("no text")?.to_owned();
                let names = value["locations"].as_array().into_iter().flatten().filter_map(|l| span(&text, l)).collect();
                Ok((text, names))
            }),
            "brackets" => self.lines(&path, &bytes, brackets),
            other => bail!("layout {other:?}, expected gold, events or brackets"),
        }
    }

    /// Its reports in its language, with the places that their names mean where the gold says so, and why lines of it were refused.
    pub(super) fn reports(&self, folders: &Folders) -> anyhow::Result<(Vec<Gold>, Vec<String>)> {
        let (path, _) = self.read(folders)?;
        if self.layout != "gold" {
            bail!("{}: layout {:?}, expected gold", path.display(), self.layout);
        }
        self.golds(&path)
    }

    /// Where it lies and what it holds, if it is the file that the list names.
    fn read(&self, folders: &Folders) -> anyhow::Result<(PathBuf, Vec<u8>)> {
        let path = if self.is_own { &folders.project } else { &folders.corpora }.join(&self.file);
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let found = format!("{:x}", Sha256::digest(&bytes));
        if !self.is_own && found != self.sha256 {
            bail!("{}: sha256 {found}, expected {}", path.display(), self.sha256);
        }
        Ok((path, bytes))
    }

    fn golds(&self, path: &Path) -> anyhow::Result<(Vec<Gold>, Vec<String>)> {
        let (mut found, mut refused) = (Vec::new(), Vec::new());
        for gold in gold::read(path)? {
            match gold {
                Ok(gold) if Lang::from_code(&gold.lang) == Some(self.lang) => found.push(gold),
                Ok(_) => {}
                Err(error) => refused.push(error.to_string()),
            }
        }
        Ok((found, refused))
    }

    fn gold(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<(Vec<Example>, Vec<String>)> {
        let doubtful = doubtful(bytes);
        let (found, refused) = self.golds(path)?;
        let example = |gold: Gold| {
            let spans = doubtful.get(&gold.report.id).cloned().unwrap_or_default();
            self.example_of(gold, &spans)
        };
        Ok((found.into_iter().map(example).collect(), refused))
    }

    fn example_of(&self, gold: Gold, doubtful: &[(usize, usize)]) -> Example {
        let text = gold.report.text;
        let marked = gold.toponyms.unwrap_or_default().into_iter().filter(|t| t.kind.as_deref() != Some("associative"));
        let names = marked.filter_map(|t| bytes_of(&text, t.chars.start as usize, t.chars.end as usize)).collect();
        let doubtful = doubtful.iter().filter_map(|(start, end)| bytes_of(&text, *start, *end)).collect();
        Example { names, doubtful, text, is_whole: true, weight: self.weight }
    }

    fn lines(
        &self,
        path: &Path,
        bytes: &[u8],
        read: impl Fn(&str) -> Result<(String, Vec<Span>), String>,
    ) -> anyhow::Result<(Vec<Example>, Vec<String>)> {
        let content = std::str::from_utf8(bytes).with_context(|| path.display().to_string())?;
        let (mut examples, mut refused) = (Vec::new(), Vec::new());
        for (at, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            match read(line) {
                Ok((text, names)) => {
                    let is_whole = self.layout != "events";
                    examples.push(Example { text, names, doubtful: Vec::new(), is_whole, weight: self.weight });
                }
                Err(reason) => refused.push(format!("{}:{}: {reason}", path.display(), at + 1)),
            }
        }
        Ok((examples, refused))
    }
}

/// By report, the spans that are marked as organisations and nationalities, in code points.
fn doubtful(bytes: &[u8]) -> HashMap<String, Vec<(usize, usize)>> {
    let values = bytes.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    values
        .filter_map(|value| {
            let marked = value["entities"].as_array()?.iter();
            let spans = marked.filter(|e| matches!(e["type"].as_str(), Some("Organisation" | "Nationality")));
            let ends = spans.filter_map(|e| Some((e["start"].as_u64()? as usize, e["end"].as_u64()? as usize))).collect();
            Some((value["id"].as_str()?.to_owned(), ends))
        })
        .collect()
}

/// Several texts as one, each a line.
fn joined(parts: &[Example]) -> Example {
    let mut whole = Example { text: String::new(), names: Vec::new(), doubtful: Vec::new(), ..parts[0].clone() };
    for part in parts {
        let from = whole.text.len() as u32;
        let moved = |s: &Span| Span { start: s.start + from, end: s.end + from };
        whole.names.extend(part.names.iter().map(moved));
        whole.doubtful.extend(part.doubtful.iter().map(moved));
        whole.text.push_str(&part.text);
        whole.text.push('\n');
    }
    whole
}

/// A text whose names stand in square brackets, and the names' spans in the text without them.
fn brackets(line: &str) -> Result<(String, Vec<Span>), String> {
    let (mut text, mut names, mut open) = (String::with_capacity(line.len()), Vec::new(), None);
    for c in line.chars() {
        match (c, open) {
            ('[', None) => open = Some(text.len() as u32),
            (']', Some(start)) => {
                names.push(Span { start, end: text.len() as u32 });
                open = None;
            }
            ('[' | ']', _) => return Err(format!("«{c}» without its fellow behind «{text}»")),
            _ => text.push(c),
        }
    }
    if open.is_some() { Err("«[» without «]»".to_owned()) } else { Ok((text, names)) }
}

fn span(text: &str, object: &Value) -> Option<Span> {
    let at = |key: &str| object.get(key)?.as_u64().map(|n| n as usize);
    bytes_of(text, at("start")?, at("end")?)
}

/// Code points to bytes.
fn bytes_of(text: &str, start: usize, end: usize) -> Option<Span> {
    let mut bytes = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]);
    let first = bytes.nth(start)?;
    let last = if end > start { bytes.nth(end - start - 1)? } else { return None };
    Some(Span { start: first, end: last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_brackets() {
        let (text, names) = brackets("وصلوا إلى [غاو] وب[الرقة].").unwrap();
        let found: Vec<&str> = names.iter().filter_map(|n| text.get(n.start as usize..n.end as usize)).collect();
        assert_eq!((text.as_str(), found), ("وصلوا إلى غاو وبالرقة.", vec!["غاو", "الرقة"]));
        assert!(brackets("[Gao").is_err() && brackets("Gao]").is_err() && brackets("[[Gao]]").is_err());
    }

    #[test]
    fn code_points_become_bytes() {
        assert_eq!(bytes_of("à Gao", 2, 5), Some(Span { start: 3, end: 6 }));
        assert_eq!(bytes_of("Gao", 0, 9), None);
    }
}

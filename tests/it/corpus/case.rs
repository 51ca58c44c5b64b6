//! One file of the corpus: heading, `lang: ar · published: 2022-09-08 · …`, the report as a quotation, the table of
//! answers, and what is known to be wrong today.

use dalil::lang::Lang;
use dalil::recognise::Report;

pub(super) struct Case {
    pub(super) name: String,
    pub(super) report: Report,
    pub(super) rows: Vec<Row>,
    pub(super) known_wrong: Vec<Known>,
}

/// One answer: what is asked for, the words it hangs on, what they mean.
pub(super) struct Row {
    pub(super) at: String,
    pub(super) says: String,
    pub(super) means: String,
}

/// An answer that the program gives wrongly today, and why.
pub(super) struct Known {
    pub(super) label: String,
    pub(super) reason: String,
}

impl Row {
    /// How misses and `known_wrong` name it.
    pub(super) fn label(&self) -> String {
        format!("{} «{}»", self.at, self.says)
    }

    /// The words and which of their occurrences is meant: «Gao (2)» is the second Gao.
    pub(super) fn words(&self) -> (&str, usize) {
        let nth = self.says.strip_suffix(')').and_then(|s| s.rsplit_once(" ("));
        match nth.and_then(|(words, nth)| Some((words, nth.parse().ok()?))) {
            Some((words, nth)) => (words, nth),
            None => (&self.says, 1),
        }
    }
}

impl Case {
    pub(super) fn parse(name: &str, content: &str) -> Result<Case, String> {
        let mut lines = content.lines();
        lines.next().and_then(|l| l.strip_prefix("# ")).filter(|l| !l.is_empty()).ok_or("the first line is no heading")?;
        let about = lines.next().ok_or("no second line")?;
        let (mut lang, mut published) = (None, None);
        for part in about.split(" · ") {
            match part.split_once(": ") {
                Some(("lang", code)) => lang = Some(Lang::from_code(code).ok_or(format!("language «{code}»"))?),
                Some(("published", day)) => published = Some(day.parse().map_err(|e| format!("{day}: {e}"))?),
                _ => {}
            }
        }
        let (mut text, mut rows, mut known_wrong) = (Vec::new(), Vec::new(), Vec::new());
        let mut in_known = false;
        for line in lines {
            if let Some(said) = line.strip_prefix('>') {
                text.push(said.strip_prefix(' ').unwrap_or(said));
            } else if line == "known_wrong:" {
                in_known = true;
            } else if let Some(item) = line.strip_prefix("- ").filter(|_| in_known) {
                let (label, reason) = item.split_once("»: ").ok_or(format!("«{item}» is not `at «words»: reason`"))?;
                known_wrong.push(Known { label: format!("{label}»"), reason: reason.to_owned() });
            } else if line.starts_with('|') && !line.starts_with("| at |") && !line.starts_with("|---") {
                let cells: Vec<String> = line.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect();
                let [at, says, means] = <[String; 3]>::try_from(cells).map_err(|c| format!("{} cells in {line}", c.len()))?;
                rows.push(Row { at, says, means });
            } else if !line.is_empty() && !line.starts_with('|') {
                return Err(format!("«{line}» belongs to nothing"));
            }
        }
        if text.is_empty() || rows.is_empty() {
            return Err("no text or no answers".to_owned());
        }
        let report = Report {
            id: name.to_owned(),
            text: text.join("\n"),
            lang,
            title: None,
            published,
            source: None,
            url: None,
            ..Report::default()
        };
        Ok(Case { name: name.to_owned(), report, rows, known_wrong })
    }
}

#[test]
fn a_file_is_read_whole() {
    let file = "# Heading\nlang: fr · published: 2031-03-05 · own wording\n\n> Une.\n>\n> Deux.\n\n| at | says | means |\n|---|---|---|\n\
                | place | Deux (2) | none |\n\nknown_wrong:\n- place «Deux (2)»: for a reason\n";
    let case = Case::parse("x", file).unwrap();
    assert_eq!((case.report.text.as_str(), case.report.lang, case.rows.len()), ("Une.\n\nDeux.", Some(Lang::Fr), 1));
    assert_eq!((case.rows[0].words(), case.known_wrong[0].label == case.rows[0].label()), (("Deux", 2), true));
    for bad in ["", "# x\n\n> a\n", "# x\n\n> a\n| place | b |\n", "# x\nlang: xx\n\n> a\n| place | b | none |\n", "# x\n\nloose\n> a\n"] {
        assert!(Case::parse("x", bad).is_err(), "{bad:?}");
    }
}

//! The table of `geodata/README.md` lists every file with its rows.

use std::collections::BTreeMap;
use std::fs;

use super::{files, none, root};

#[test]
fn the_readme_counts_the_rows_of_every_file() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    for line in readme.lines().skip_while(|l| !l.starts_with("| file |")).skip(2).take_while(|l| l.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 5, "{line}");
        assert!(cells[2..].iter().all(|c| !c.is_empty()), "{line}");
        table.insert(cells[0].to_owned(), cells[1].to_owned());
    }
    let mut faults = Vec::new();
    for file in files("") {
        match table.remove(&file.name) {
            Some(rows) if rows == file.lines.len().to_string() => {}
            Some(rows) => faults.push(format!("{}: {} rows, the table says {rows}", file.name, file.lines.len())),
            None => faults.push(format!("{}: not in the table, {} rows", file.name, file.lines.len())),
        }
    }
    faults.extend(table.keys().map(|name| format!("{name}: in the table, and there is no such file")));
    none(&faults, "rows of the table are wrong");
}

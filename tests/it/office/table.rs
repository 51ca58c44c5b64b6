use super::{check, harm};

#[test]
fn rows_of_tables_are_reports() {
    check("table", 12);
}

#[test]
fn damaged_tables_neither_panic_nor_hang() {
    harm("table", 100);
}

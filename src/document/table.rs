//! Tables of reports: rows of text files and of workbooks, each a report, their columns found by what stands at their heads.

pub(super) mod columns;
mod delimited;
mod ods;
mod old;
mod row;
mod workbook;

pub(super) use columns::Fields;
pub(super) use delimited::{documents as delimited, is_table};
pub(super) use workbook::documents as workbook;

//! The values of one property, row by row, as narrow as they are.

use roaring::RoaringBitmap;

use super::dictionary::{Dictionary, Numbering};

/// Up to this many different texts, the rows of each are kept too: 25 sub-types, 250 countries, some hundred units.
const MAX_INDEXED: usize = 512;

/// Whole numbers in as few bytes as the greatest needs; the greatest of the width stands for «none».
#[derive(Clone, Debug)]
pub(super) enum Narrow {
    Eight(Vec<u8>),
    Sixteen(Vec<u16>),
    Whole(Vec<u32>),
}

pub(super) const NONE: u32 = u32::MAX;

impl Narrow {
    fn of(values: Vec<u32>) -> Narrow {
        let most = values.iter().filter(|v| **v != NONE).max().copied().unwrap_or(0);
        if most < u32::from(u8::MAX) {
            Narrow::Eight(values.into_iter().map(|v| if v == NONE { u8::MAX } else { v as u8 }).collect())
        } else if most < u32::from(u16::MAX) {
            Narrow::Sixteen(values.into_iter().map(|v| if v == NONE { u16::MAX } else { v as u16 }).collect())
        } else {
            Narrow::Whole(values)
        }
    }

    #[inline]
    pub(super) fn get(&self, row: u32) -> u32 {
        match self {
            Narrow::Eight(v) => v.get(row as usize).filter(|v| **v != u8::MAX).map_or(NONE, |v| u32::from(*v)),
            Narrow::Sixteen(v) => v.get(row as usize).filter(|v| **v != u16::MAX).map_or(NONE, |v| u32::from(*v)),
            Narrow::Whole(v) => v.get(row as usize).copied().unwrap_or(NONE),
        }
    }
}

/// The values of one property.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// No feature has it.
    Empty,
    /// Texts, and the rows of each when they are few.
    Text { dictionary: Dictionary, codes: Narrow, rows: Vec<RoaringBitmap> },
    /// Lists of texts; those of a row end where `ends` says.
    Texts { dictionary: Dictionary, codes: Vec<u32>, ends: Vec<u32> },
    /// Whole numbers and days, each less the least.
    Integer { least: i64, values: Narrow },
    /// Numbers; none is NaN.
    Real(Vec<f64>),
}

impl Column {
    /// The codes of a row's texts; none: it has no value.
    pub(super) fn codes(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        let (one, many): (Option<u32>, &[u32]) = match self {
            Column::Text { codes, .. } => (Some(codes.get(row)).filter(|c| *c != NONE), &[]),
            Column::Texts { codes, ends, .. } => {
                let start = row.checked_sub(1).and_then(|r| ends.get(r as usize)).copied().unwrap_or(0);
                let end = ends.get(row as usize).copied().unwrap_or(start);
                (None, codes.get(start as usize..end as usize).unwrap_or_default())
            }
            _ => (None, &[]),
        };
        one.into_iter().chain(many.iter().copied())
    }

    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        match self {
            Column::Text { dictionary, .. } | Column::Texts { dictionary, .. } => Some(dictionary),
            _ => None,
        }
    }

    /// A whole number.
    pub(super) fn integer(&self, row: u32) -> Option<i64> {
        match self {
            Column::Integer { least, values } => Some(values.get(row)).filter(|v| *v != NONE).map(|v| least + i64::from(v)),
            _ => None,
        }
    }

    /// A number of any kind.
    pub(super) fn number(&self, row: u32) -> Option<f64> {
        match self {
            Column::Real(values) => values.get(row as usize).copied().filter(|v| !v.is_nan()),
            _ => self.integer(row).map(|v| v as f64),
        }
    }

    /// A text.
    pub(super) fn text(&self, row: u32) -> Option<&str> {
        let code = self.codes(row).next()?;
        self.dictionary().map(|d| d.get(code))
    }

    pub(super) fn has_value(&self, row: u32) -> bool {
        match self {
            Column::Empty => false,
            Column::Text { .. } | Column::Texts { .. } => self.codes(row).next().is_some(),
            Column::Integer { .. } | Column::Real(_) => self.number(row).is_some(),
        }
    }
}

/// Collects the values of one property.
#[derive(Debug)]
pub(super) enum Builder {
    Text { numbering: Numbering, codes: Vec<u32> },
    Texts { numbering: Numbering, codes: Vec<u32>, ends: Vec<u32> },
    Integer(Vec<Option<i64>>),
    Real(Vec<f64>),
}

impl Builder {
    pub(super) fn text(&mut self, value: Option<&str>) {
        if let Builder::Text { numbering, codes } = self {
            codes.push(value.map_or(NONE, |v| numbering.number(v)));
        }
    }

    pub(super) fn texts<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) {
        if let Builder::Texts { numbering, codes, ends } = self {
            let start = ends.last().map_or(0, |e| *e as usize);
            for value in values {
                let code = numbering.number(value);
                if codes.get(start..).is_none_or(|before| !before.contains(&code)) {
                    codes.push(code);
                }
            }
            ends.push(codes.len() as u32);
        }
    }

    pub(super) fn integer(&mut self, value: Option<i64>) {
        if let Builder::Integer(values) = self {
            values.push(value);
        }
    }

    pub(super) fn real(&mut self, value: Option<f64>) {
        if let Builder::Real(values) = self {
            values.push(value.unwrap_or(f64::NAN));
        }
    }

    pub(super) fn finish(self) -> Column {
        match self {
            Builder::Text { numbering, codes } => {
                let (dictionary, order) = numbering.finish();
                if dictionary.len() == 0 {
                    return Column::Empty;
                }
                let codes: Vec<u32> = codes.into_iter().map(|c| order.get(c as usize).copied().unwrap_or(NONE)).collect();
                let rows = if dictionary.len() <= MAX_INDEXED { rows_of(&codes, dictionary.len()) } else { Vec::new() };
                Column::Text { dictionary, codes: Narrow::of(codes), rows }
            }
            Builder::Texts { numbering, codes, ends } => {
                let (dictionary, order) = numbering.finish();
                if dictionary.len() == 0 {
                    return Column::Empty;
                }
                let codes = codes.into_iter().map(|c| order.get(c as usize).copied().unwrap_or(NONE)).collect();
                Column::Texts { dictionary, codes, ends }
            }
            Builder::Integer(values) => {
                let Some(least) = values.iter().flatten().min().copied() else { return Column::Empty };
                // What is further from the least than the width holds cannot be told: no report counts that far.
                let narrow = values.into_iter().map(|v| v.and_then(|v| u32::try_from(v - least).ok()).unwrap_or(NONE));
                Column::Integer { least, values: Narrow::of(narrow.collect()) }
            }
            Builder::Real(values) if values.iter().all(|v| v.is_nan()) => Column::Empty,
            Builder::Real(values) => Column::Real(values),
        }
    }
}

fn rows_of(codes: &[u32], count: usize) -> Vec<RoaringBitmap> {
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (row, code) in codes.iter().enumerate() {
        if let Some(rows) = rows.get_mut(*code as usize) {
            rows.push(row as u32);
        }
    }
    rows.into_iter().map(|rows| rows.into_iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_values_at_every_width() {
        for most in [3_i64, 300, 70_000] {
            let mut builder = Builder::Integer(Vec::new());
            let given = [Some(-2), None, Some(most), Some(0)];
            for value in given {
                builder.integer(value);
            }
            let column = builder.finish();
            assert_eq!((0..4).map(|row| column.integer(row)).collect::<Vec<_>>(), given);
        }
    }

    #[test]
    fn a_list_is_equal_to_each_of_its_texts() {
        let mut builder = Builder::Texts { numbering: Numbering::default(), codes: Vec::new(), ends: Vec::new() };
        builder.texts(["FAMa", "JNIM", "FAMa"]);
        builder.texts([]);
        builder.texts(["JNIM"]);
        let column = builder.finish();
        let texts = |row| column.codes(row).map(|c| column.dictionary().unwrap().get(c)).collect::<Vec<_>>();
        assert_eq!((texts(0), texts(1), texts(2)), (vec!["FAMa", "JNIM"], vec![], vec!["JNIM"]));
        assert!(!column.has_value(1));
    }
}

//! Different texts of a column, each once, in order.

use std::collections::HashMap;

/// Texts in the order of their bytes; a text is named by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    text: String,
    ends: Vec<u32>,
}

impl Dictionary {
    /// From texts that come in order, none twice.
    pub(super) fn of_sorted<'a>(texts: impl IntoIterator<Item = &'a str>) -> Dictionary {
        let mut out = Dictionary::default();
        for text in texts {
            out.text.push_str(text);
            out.ends.push(out.text.len() as u32);
        }
        out.text.shrink_to_fit();
        out.ends.shrink_to_fit();
        out
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, code: u32) -> &str {
        let start = if code == 0 { 0 } else { self.ends.get(code as usize - 1).map_or(0, |e| *e as usize) };
        let end = self.ends.get(code as usize).map_or(start, |e| *e as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of a text; `Err`: that of the first one after it.
    pub(super) fn find(&self, text: &str) -> Result<u32, u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = u32::midpoint(low, high);
            match self.get(middle).cmp(text) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(middle),
            }
        }
        Err(low)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }
}

/// Gives numbers to texts as they come, and their order at the end.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    numbers: HashMap<Box<str>, u32>,
}

impl Numbering {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(text.into(), number);
        number
    }

    /// The texts in order, and for each number given the place in that order.
    pub(super) fn finish(self) -> (Dictionary, Vec<u32>) {
        let mut texts: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        texts.sort_unstable();
        let mut order = vec![0; texts.len()];
        for (place, (_, number)) in texts.iter().enumerate() {
            order[*number as usize] = place as u32;
        }
        (Dictionary::of_sorted(texts.iter().map(|(text, _)| text.as_ref())), order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_again() {
        let mut numbering = Numbering::default();
        let given: Vec<u32> = ["Mali", "غاو", "Gao", "Mali", ""].map(|t| numbering.number(t)).to_vec();
        assert_eq!(given, [0, 1, 2, 0, 3]);
        let (dictionary, order) = numbering.finish();
        assert_eq!(dictionary.iter().collect::<Vec<_>>(), ["", "Gao", "Mali", "غاو"]);
        assert_eq!(given.iter().map(|g| dictionary.get(order[*g as usize])).collect::<Vec<_>>(), ["Mali", "غاو", "Gao", "Mali", ""]);
        assert_eq!((dictionary.find("Gao"), dictionary.find("Kidal"), dictionary.find("ي")), (Ok(1), Err(2), Err(4)));
    }
}

//! Whether two spellings may be of one name, quickly and coarsely: by their consonants in an alphabet of both scripts.

/// Below this share of common consonants no word is taken for a spelling of a name.
const MAY_SPELL: f64 = 0.5;

/// False when a folded word can hardly be a spelling of a folded name, or the beginning of one.
pub fn may_spell(word: &str, name: &str) -> bool {
    alike(word, name) >= MAY_SPELL || name.split(' ').next().is_some_and(|first| alike(word, first) >= MAY_SPELL)
}

/// How many of the consonants agree, 0 to 1, over a coarse alphabet of both scripts.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (consonants(a), consonants(b));
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    1.0 - row[b.len()] as f64 / longest as f64
}

fn consonants(folded: &str) -> Vec<u8> {
    let class = |c: char| match c {
        'ب' | 'b' | 'p' => Some(b'B'),
        'ف' | 'f' | 'v' => Some(b'F'),
        'ت' | 'ط' | 'د' | 'ض' | 'ذ' | 'ث' | 't' | 'd' => Some(b'T'),
        'س' | 'ص' | 'ز' | 'ش' | 'ظ' | 's' | 'z' => Some(b'S'),
        'ج' | 'غ' | 'ق' | 'ك' | 'خ' | 'j' | 'g' | 'k' | 'q' | 'c' | 'x' => Some(b'K'),
        'م' | 'm' => Some(b'M'),
        'ن' | 'n' => Some(b'N'),
        'ل' | 'l' => Some(b'L'),
        'ر' | 'r' => Some(b'R'),
        _ => None,
    };
    let mut out: Vec<u8> = folded.chars().filter_map(class).collect();
    out.dedup();
    out
}

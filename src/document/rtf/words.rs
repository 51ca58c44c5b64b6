//! The control words of RTF that are understood.

use encoding_rs::Encoding;

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Destination {
    Body,
    /// A text box, which stands within what is passed over.
    Box,
    Note,
    Fonts,
    Title,
    Author,
    Created,
    /// Nowhere.
    Unknown,
}

/// Destinations that hold no text of the document.
const PASSED_OVER: [&str; 31] = [
    "annotation",
    "atnauthor",
    "atnid",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "comment",
    "company",
    "doccomm",
    "filetbl",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "generator",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "listtable",
    "objdata",
    "pict",
    "shprslt",
    "stylesheet",
    "themedata",
    "nonshppict",
];

/// The destination that a control word opens in another.
pub(super) fn destination(name: &str, within: Destination) -> Option<Destination> {
    match name {
        "title" => Some(Destination::Title),
        "author" => Some(Destination::Author),
        "creatim" => Some(Destination::Created),
        "fonttbl" => Some(Destination::Fonts),
        "footnote" if within != Destination::Unknown => Some(Destination::Note),
        "shptxt" => Some(Destination::Box),
        name if PASSED_OVER.contains(&name) => Some(Destination::Unknown),
        _ => None,
    }
}

/// Control words that stand for a sign.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "par" | "line" | "sect" | "page" | "column" | "row" | "nestrow" | "softline" => "\n",
        "cell" | "nestcell" => "\t",
        "tab" | "emspace" | "enspace" | "qmspace" => " ",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        _ => return None,
    })
}

/// A code page by its number in Windows.
pub(super) fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        65_001 => "utf-8".to_owned(),
        10_000 => "macintosh".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        708 | 28_596 => "iso-8859-6".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}

/// The code page of a font by its character set.
pub(super) fn page_of(charset: i32, default: &'static Encoding) -> &'static Encoding {
    match charset {
        0 => encoding_rs::WINDOWS_1252,
        77 => encoding_rs::MACINTOSH,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178..=180 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => default,
    }
}
